"""The word data of the built-in writer, read once from the TOML files beside it."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

Couplet = tuple[str, str]
"""Two lines that rhyme; they may hold slots such as {x}."""


@dataclass(frozen=True)
class Theme:
    """What a song can be about: words that call it, and what it brings along."""

    name: str
    keywords: frozenset[str]
    mood: str
    genres: tuple[str, ...]
    partner: str
    settings: tuple[str, ...]
    deed: str  # a word of what people do all the time where this theme rules; may be empty
    trouble: str
    change: str
    opening: tuple[Couplet, ...]
    turn: tuple[Couplet, ...]
    chorus: tuple[Couplet, ...]
    bridge: tuple[Couplet, ...]


@functools.cache
def table(name: str) -> dict[str, Any]:
    """Return one data file as a dictionary, or all those of a folder, which hold different tables."""
    data = resources.files(__package__) / "data"
    folder = data / name
    files = (
        sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else [data / f"{name}.toml"]
    )
    return {key: value for file in files for key, value in tomllib.loads(file.read_text("utf-8")).items()}


@functools.cache
def themes() -> dict[str, Theme]:
    """Return every theme by name, in alphabetical order."""
    folder = resources.files(__package__) / "data" / "themes"
    names = sorted(file.name.removesuffix(".toml") for file in folder.iterdir())
    return {name: _theme(name, table(f"themes/{name}")) for name in names if not name.startswith("_")}


def _theme(name: str, data: dict[str, Any]) -> Theme:
    return Theme(
        name=name,
        keywords=frozenset(stem(word) for word in data["keywords"].split()),
        mood=data["mood"],
        genres=tuple(data["genres"]),
        partner=data["partner"],
        settings=tuple(data["settings"]),
        deed=data.get("deed", ""),
        trouble=data["trouble"],
        change=data["change"],
        opening=couplets(data["opening"]),
        turn=couplets(data["turn"]),
        chorus=couplets(data["chorus"]),
        bridge=couplets(data["bridge"]),
    )


def couplets(text: str) -> tuple[Couplet, ...]:
    """Read couplets written one to a row, their lines parted by a slash."""
    rows = [row.split(" / ") for row in text.strip().splitlines()]
    return tuple((first.strip(), second.strip()) for first, second in rows)


def stem(word: str) -> str:
    """Cut a word down so that its forms meet: "dragons" and "dragon", "baking" and "bake"."""
    word = word.lower().replace("\u2019", "'").removesuffix("'s").strip("'")
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
