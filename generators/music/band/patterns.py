"""Patterns: rhythms written as step strings, and how they are read.

A pattern is beats apart by spaces, each beat cut into as many equal steps as it has characters:
"X.o. x..." is two beats of four steps. "." rests and "-" holds what sounded before; what the other
characters mean is said at each table, in grooves and figures. 2/4 plays halves of 4/4 patterns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Metre = Literal["4/4", "3/4", "6/8"]
ByMetre = dict[Metre, str]


@dataclass(frozen=True)
class Step:
    """A symbol at a place in its pattern, both in beats."""

    symbol: str
    beat: float
    n_beats: float


@cache
def steps_of(pattern: str) -> tuple[tuple[Step, ...], int]:
    """Return the steps of a pattern that sound, and the pattern's length in beats."""
    steps: list[Step] = []
    beats = pattern.replace("|", " ").split()
    for number, beat in enumerate(beats):
        for position, symbol in enumerate(beat):
            length = 1 / len(beat)
            if symbol == "-" and steps:
                last = steps[-1]
                steps[-1] = Step(last.symbol, last.beat, last.n_beats + length)
            elif symbol not in "-.":
                steps.append(Step(symbol, number + position * length, length))
    return tuple(steps), len(beats)
