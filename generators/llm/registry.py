"""Choosing a writer by name: built in, from an installed package, or a language model on a server."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from storyboard.generators.llm.chat_spec import HOSTS, is_chat_spec
from storyboard.generators.llm.writer import Writer
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
    return next((name for name, host in HOSTS.items() if os.environ.get(host.key_variable)), "builtin")


def open_writer(spec: str, render: Render) -> Writer:
    """Return the writer that a spec names.

    A spec is "auto", "builtin", the name of an installed writer, "openai", "together" (either with
    "#model"), or the URL of an OpenAI-compatible server with "#model".

    Raises:
        UnknownGenerator: nothing has that name; the hint lists what is allowed.
        GeneratorUnavailable: the installed writer cannot be imported.
    """
    chosen = resolve_spec(spec)
    if chosen == "builtin":
        from storyboard.generators.llm.builtin import BuiltinWriter

        return BuiltinWriter()
    if is_chat_spec(chosen):
        from storyboard.generators.llm.chat import Chat
        from storyboard.generators.llm.llm_writer import LLMWriter

        return LLMWriter(Chat(chosen), render)
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
