"""Blocking: what characters do to each other decides where they stand and which way they turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from storyboard.generators.video.animatic.figure.combined import parts_of

Side = Literal[-1, 1]
Mark = tuple[float, float]
EMBRACE = 0.152
"""How far apart two stand who hold each other, in scene units."""
_TALL_ENOUGH = 0.62
"""Height of the smallest figure whose embrace is drawn, where an adult is 1.0."""
_BEHIND, _BEFORE = -0.008, 0.010
_AS_TALL = 1.05
"""Up to this many times the smallest's height an arm lies on the back of another, not on the face."""


def embracing(actions: Sequence[str], heights: Sequence[float]) -> list[int]:
    """Return who hug each other: none if only one does, or if one is too small to be held standing."""
    found = [index for index, action in enumerate(actions) if action == "hug"]
    fit = len(found) > 1 and min(heights[index] for index in found) >= _TALL_ENOUGH
    return found if fit else []


def places_of(n: int, together: Sequence[int]) -> list[int]:
    """Return each character's place from the left: in order, but who embrace side by side."""
    if not together:
        return list(range(n))
    order = [index for index in range(n) if index < together[0] and index not in together]
    order += [*together, *(index for index in range(n) if index > together[0] and index not in together)]
    return [order.index(index) for index in range(n)]


def drawn_close(marks: Sequence[Mark], together: Sequence[int], heights: Sequence[float]) -> list[Mark]:
    """Return the marks with those who embrace close together, the smallest of them in front."""
    moved = list(marks)
    if together:
        smallest = min(together, key=lambda index: heights[index])
        middle = sum(marks[index][0] for index in together) / len(together)
        for k, index in enumerate(together):
            x = middle + (k - (len(together) - 1) / 2) * EMBRACE
            moved[index] = (x, _BEFORE if index == smallest else _BEHIND)
    return moved


def lays_an_arm(height: float, heights: Sequence[float]) -> bool:
    """Return whether one who embraces is drawn with an arm over the others in front."""
    return height <= _AS_TALL * min(heights)


def facing_in_embrace(index: int, together: Sequence[int]) -> Side:
    """Return which way one turns who embraces: towards the middle of the group."""
    return 1 if together.index(index) < len(together) / 2 else -1


def pointing(action: str, facing: Side, place: int, n: int) -> tuple[str, Side]:
    """Turn an arm that points out of a neighbour's face: to the free side, else upwards."""
    if parts_of(action)[1] != "point" or not 0 <= place + facing < n:
        return action, facing
    if 0 <= place - facing < n:
        return action.replace("point", "point_up"), facing
    return action, 1 if facing < 0 else -1
