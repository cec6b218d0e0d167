"""What this machine can run, and what each missing thing would need."""

from __future__ import annotations

import os
from dataclasses import dataclass

from storyboard.generators import registry
from storyboard.generators.llm import resolve_spec
from storyboard.orchestrator.listening_models import chosen
from storyboard.orchestrator.requirements import check_system
from storyboard.schema.errors import StoryboardError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `needed` says that nothing works without it."""

    what: str
    ready: bool
    detail: str
    needed: bool = False


def examine() -> list[Finding]:
    """Look at the system, at every registered generator and at what listens."""
    findings = [_system(), _ffmpeg(), _writer()]
    for family in registry.FAMILIES:
        if family != "llm":
            findings += [_generator(family, name) for name in registry.names(family)]
    return [*findings, _listening()]


def _system() -> Finding:
    try:
        check_system()
    except StoryboardError as error:
        return Finding("system libraries", False, f"{error.message}; {error.hint}", needed=True)
    return Finding("system libraries", True, "EGL, GL, expat", needed=True)


def _ffmpeg() -> Finding:
    from storyboard.sync.ffmpeg import program

    try:
        path = program()
    except RuntimeError as error:
        return Finding("ffmpeg", False, str(error), needed=True)
    return Finding("ffmpeg", True, os.path.basename(path), needed=True)


def _writer() -> Finding:
    spec = resolve_spec("auto")
    if spec != "builtin":
        return Finding("llm", True, f"auto takes {spec}")
    better = "set OPENAI_API_KEY or TOGETHER_API_KEY, or STORYBOARD_LLM=http://localhost:11434/v1#MODEL"
    return Finding("llm", True, f"auto takes the built-in writer; for richer writing {better}")


def _listening() -> Finding:
    """Look at what finds words and beats: the built-in models, or those that the settings choose."""
    try:
        found = chosen("en")
    except StoryboardError as error:
        return Finding("listening", False, f"{error.message}; {error.hint}")
    models = [found.words_revision or "built-in words", found.beats_revision or "built-in beats"]
    return Finding("listening", True, ", ".join(models))


def _generator(family: registry.Family, name: str) -> Finding:
    what = f"{family} {name}"
    try:
        registry.load(family, name)().check()
    except StoryboardError as error:
        return Finding(what, False, f"{error.message}; {error.hint}")
    chosen = registry.choose(family, "auto") == name
    return Finding(what, True, "what auto takes" if chosen else "")
