"""Choosing a writer by name: built in, from an installed package, or a language model on a server."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from storyboard.generators.llm.chat_spec import HOSTS, is_chat_spec, parse_spec
from storyboard.generators.llm.usage import Usage
from storyboard.generators.llm.writer import Writer
from storyboard.generators.settings import load_settings
from storyboard.schema.errors import GeneratorUnavailable, UnknownGenerator

GROUP = "storyboard.llm"
Render = Callable[..., str]
"""Renders a prompt template: render(name, **inputs) -> text."""


def resolve_spec(spec: str) -> str:
    """Return the writer that a spec means here: "auto" becomes a language model if one is configured."""
    if spec.strip() not in ("", "auto"):
        return spec.strip()
    chosen = os.environ.get("STORYBOARD_LLM", "").strip()
    if chosen and chosen != "auto":
        return chosen
    settings = load_settings()
    if settings.llm.spec and settings.llm.spec != "auto":
        return settings.llm.spec
    return next((name for name in HOSTS if parse_spec(name).key(settings.keys)), "builtin")


def open_writer(
    spec: str, render: Render, *, max_cost_usd: float | None = None, usage: Usage | None = None
) -> Writer:
    """Return the writer that a spec names.

    A spec is "auto", "builtin", the name of an installed writer, "openai", "together" (either with
    "#model"), or the URL of an OpenAI-compatible server with "#model". A language model counts what
    it takes in `usage`, and stops before that exceeds `max_cost_usd`: writers that are opened one
    after another for one film share it.

    Raises:
        UnknownGenerator: nothing has that name; the hint lists what is allowed.
        GeneratorUnavailable: the installed writer cannot be imported.
        DocumentError: the settings or prices of the user cannot be used.
    """
    chosen = resolve_spec(spec)
    if chosen == "builtin":
        from storyboard.generators.llm.builtin import BuiltinWriter

        return BuiltinWriter()
    if is_chat_spec(chosen):
        from storyboard.generators.llm.chat import Chat
        from storyboard.generators.llm.llm_writer import LLMWriter

        return LLMWriter(Chat(chosen, usage=usage, max_cost_usd=max_cost_usd), render)
    for point in entry_points(group=GROUP):
        if point.name == chosen:
            return _load(point)
    raise UnknownGenerator(
        f"there is no writer named {chosen!r}", where="generators.llm", hint=f"use one of: {_allowed()}"
    )


def _allowed() -> str:
    installed = sorted({point.name for point in entry_points(group=GROUP)} | {"builtin"})
    return ", ".join(["auto", *installed, *HOSTS, "openai#MODEL", "http://HOST:PORT/v1#MODEL"])


def _load(point: EntryPoint) -> Writer:
    try:
        factory = point.load()
    except (ImportError, AttributeError) as error:
        raise GeneratorUnavailable(
            f"the writer {point.name!r} cannot be imported ({error})",
            where="generators.llm",
            hint=f"reinstall the package that provides {point.value}",
        ) from error
    writer: Writer = factory()
    return writer
