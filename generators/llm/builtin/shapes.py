"""Story shapes: the orders in which a song and its film can tell something."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from random import Random
from typing import Any, Literal, get_args

from storyboard.generators.llm.builtin.lexicon import Couplet, couplets, table
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.schema.scene import TimeOfDay

Journey = Literal["outward", "homeward", "there and back", "free"]
Source = Literal["topic", "theme", "shape"]
_FIT_WEIGHTS = (6, 3, 2)  # of a shape that suits the topic's first, second, third theme


@dataclass(frozen=True)
class Beat:
    """A step of the story: who is seen (letters a, b, c for the cast) and ways to say what happens."""

    who: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """One order of telling: beats, hours and places of the scenes, and what the verses are made of."""

    name: str
    themes: frozenset[str]
    hours: tuple[tuple[TimeOfDay, ...], ...]
    journey: Journey
    verses: tuple[tuple[tuple[Source, ...], ...], ...]
    begin: Beat
    middle: tuple[Beat, ...]
    change: tuple[str, ...]
    opening: tuple[Couplet, ...]
    turn: tuple[Couplet, ...]
    chorus: tuple[Couplet, ...]
    bridge: tuple[Couplet, ...]

    def sources(self, n_before: int, rng: Random) -> tuple[Source, ...]:
        """Return what the couplets of a verse are about; `n_before` verses have been sung."""
        return rng.choice(self.verses[min(n_before, len(self.verses) - 1)])


@functools.cache
def shapes() -> dict[str, Shape]:
    """Return every shape by name."""
    return {name: _shape(name, data) for name, data in table("shapes").items()}


def shape_of(reading: Reading, seed: int) -> Shape:
    """Return the shape of a story: one that suits the topic's themes, another with another seed."""
    rng = reading.rng(seed, "shape")
    known = shapes()
    weights = [
        sum(
            weight
            for theme, weight in zip(reading.themes, _FIT_WEIGHTS, strict=False)
            if theme.name in shape.themes
        )
        for shape in known.values()
    ]
    names = list(known)
    return known[rng.choices(names, weights if any(weights) else [1] * len(names))[0]]


def _shape(name: str, data: dict[str, Any]) -> Shape:
    assert data["journey"] in get_args(Journey)
    return Shape(
        name=name,
        themes=frozenset(data["themes"].split()),
        hours=tuple(map(tuple, data["hours"])),
        journey=data["journey"],
        verses=tuple(
            tuple(tuple(choice.split()) for choice in verse.split(" | ")) for verse in data["verses"]
        ),
        begin=_beat(data["begin"]),
        middle=tuple(map(_beat, data["middle"])),
        change=tuple(data["change"]),
        opening=couplets(data["opening"]),
        turn=couplets(data["turn"]),
        chorus=couplets(data["chorus"]),
        bridge=couplets(data["bridge"]),
    )


def _beat(data: dict[str, Any]) -> Beat:
    return Beat(data["who"], tuple(data["texts"]))
