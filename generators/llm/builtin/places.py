"""Places: the kinds of setting there are, and which of them the words of a topic mean."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.schema.scene import TimeOfDay, Weather


@dataclass(frozen=True)
class Place:
    """What is settled about a kind of setting; its texts and deeds stay in the table."""

    distance: int
    inside: bool
    sung: bool
    """Whether a song is performed there."""
    rare: bool
    """Whether only topics and themes that ask for it lead there."""
    like: str
    """The group of those so alike in a picture that a film shows one of them."""
    hours: tuple[TimeOfDay, ...]
    weather: tuple[Weather, ...]
    near: tuple[str, ...]
    """Kinds that a story there leads to."""


@functools.cache
def places() -> dict[str, Place]:
    """Return every kind of setting by name."""
    return {
        kind: Place(
            distance=data["distance"],
            inside=data.get("inside", False),
            sung=data.get("sung", False),
            rare=data.get("rare", False),
            like=data.get("like", kind),
            hours=tuple(data.get("hours", ())),
            weather=tuple(data.get("weather", ())),
            near=tuple(data["near"]),
        )
        for kind, data in table("settings").items()
    }


@dataclass(frozen=True)
class Meant:
    """The kinds of setting that words mean, in their order: named outright, and only suggested."""

    named: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """All of them, those named first."""
        return tuple(dict.fromkeys(self.named + self.told))


@functools.cache
def meant_by(words: Sequence[str]) -> Meant:
    """Return the kinds of setting that the words of a topic mean."""
    text = " ".join(words).lower()
    found = [kinds for match in _pattern().finditer(text) for kinds in _meanings()[match["words"]]]
    named, told = ([kind for sort, kind in found if sort == wanted] for wanted in ("named", "told"))
    return Meant(
        tuple(dict.fromkeys(named)), tuple(kind for kind in dict.fromkeys(told) if kind not in named)
    )


def kind_named(word: str) -> str:
    """Return the kind of place that a word of a topic means, or ""."""
    return next(iter(meant_by((word,)).kinds), "")


def place_name(words: Sequence[str]) -> str:
    """Return the kind of place whose name a phrase ends in, as "the old swimming pool" does, or ""."""
    ends = (" ".join(words[-length:]).lower() for length in (1, 2))
    meanings = (meaning for end in ends for meaning in _meanings().get(end, []))
    return next((kind for sort, kind in meanings if sort == "named"), "")


@functools.cache
def _meanings() -> dict[str, list[tuple[str, str]]]:
    """Return what each phrase means: "named" or "told" with a kind; nothing for one to be passed over."""
    data = table("aliases")
    meanings: dict[str, list[tuple[str, str]]] = {phrase: [] for phrase in data["pass_over"].split(", ")}
    for kind in places():
        meanings[kind] = [("named", kind)]
    for sort in ("told", "named"):
        for kind, phrases in data[sort].items():
            for phrase in phrases.split(", "):
                meanings[phrase] = [(sort, kind)]
    return meanings


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Return an expression for every phrase in the singular or plural, the longest first."""
    longest = sorted(chain(_meanings()), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?P<words>{'|'.join(map(re.escape, longest))})(?:'s|s'|s|es)?(?!\w)")
