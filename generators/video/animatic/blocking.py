"""Blocking: what characters do to each other decides where they stand and which way they turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from storyboard.generators.video.animatic.figure.combined import parts_of

Side = Literal[-1, 1]
Mark = tuple[float, float]
EMBRACE = 0.152
"""How far apart two stand who hold each other, in scene units."""
APART = {"embrace": EMBRACE, "waltz": 0.178, "hold_hands": 0.235}
"""How far apart the pairs of each kind stand, in scene units."""
_TALL_ENOUGH = 0.62
"""Height of the smallest figure whose embrace is drawn, where an adult is 1.0."""
_BEHIND, _BEFORE = -0.008, 0.010
_AS_TALL = 1.05
"""Up to this many times the smallest's height an arm lies on the back of another, not on the face."""
_TURNED_OUT = frozenset(("window", "look_out", "cook", "piano", "drive"))
"""What has its furniture in front, and so is done with the face away from the others."""


def embracing(actions: Sequence[str], heights: Sequence[float]) -> list[int]:
    """Return who hug each other: none if only one does, or if one is too small to be held standing."""
    found = [index for index, action in enumerate(actions) if action == "hug"]
    fit = len(found) > 1 and min(heights[index] for index in found) >= _TALL_ENOUGH
    return found if fit else []


def paired(actions: Sequence[str], heights: Sequence[float], pets: Sequence[bool]) -> tuple[str, list[int]]:
    """Return what some do together, and who: hold each other, dance in each other's arms, hold hands.

    Empty where nobody does. Of those who dance or hold hands the first two make the pair; animals on
    four legs are in none but a hug.
    """
    together = embracing(actions, heights)
    if together:
        return "embrace", together
    for kind in ("waltz", "hold_hands"):
        found = [i for i, action in enumerate(actions) if parts_of(action)[1] == kind and not pets[i]]
        fit = len(found) > 1 and min(heights[index] for index in found[:2]) >= 0.5 * _TALL_ENOUGH
        if fit and (kind != "waltz" or _near_in_height(heights, found[:2])):
            return kind, found[:2]
    return "", []


def places_of(n: int, together: Sequence[int]) -> list[int]:
    """Return each character's place from the left: in order, but who belong together side by side."""
    if not together:
        return list(range(n))
    order = [index for index in range(n) if index < together[0] and index not in together]
    order += [*together, *(index for index in range(n) if index > together[0] and index not in together)]
    return [order.index(index) for index in range(n)]


def drawn_close(
    marks: Sequence[Mark], together: Sequence[int], heights: Sequence[float], kind: str = "embrace"
) -> list[Mark]:
    """Return the marks with a pair close together, the smallest of them in front."""
    moved = list(marks)
    if together:
        smallest = min(together, key=lambda index: heights[index])
        middle = sum(marks[index][0] for index in together) / len(together)
        apart = APART.get(kind, EMBRACE)
        for k, index in enumerate(together):
            x = middle + (k - (len(together) - 1) / 2) * apart
            moved[index] = (x, _BEFORE if index == smallest else _BEHIND)
    return moved


def lays_an_arm(height: float, heights: Sequence[float]) -> bool:
    """Return whether one who embraces is drawn with an arm over the others in front."""
    return height <= _AS_TALL * min(heights)


def facing_in_embrace(index: int, together: Sequence[int]) -> Side:
    """Return which way one turns who embraces: towards the middle of the group."""
    return 1 if together.index(index) < len(together) / 2 else -1


def turned_out(action: str, facing: Side, n: int) -> Side:
    """Turn one who needs room in front away from the others."""
    if n > 1 and parts_of(action)[1] in _TURNED_OUT:
        return 1 if facing < 0 else -1
    return facing


def pointing(action: str, facing: Side, place: int, n: int) -> tuple[str, Side]:
    """Turn an arm that points out of a neighbour's face: to the free side, else upwards."""
    if parts_of(action)[1] != "point" or not 0 <= place + facing < n:
        return action, facing
    if 0 <= place - facing < n:
        return action.replace("point", "point_up"), facing
    return action, 1 if facing < 0 else -1


def in_car(actions: Sequence[str]) -> list[str]:
    """Return what people do who sit in a car: one drives, the others ride and do what can be done there."""
    return _seated(actions, "steer", "ride")


def car_marks(actions: Sequence[str], half: float) -> list[Mark]:
    """Return where the people in a car sit: who steers at the wheel, one beside, the others behind."""
    front = min(0.20, half * 0.42)
    order = sorted(range(len(actions)), key=lambda index: actions[index] != "steer")
    seats = [(front, 0.0), (-front, 0.0), *((0.0, -0.03),) * (len(actions) == 3)]
    seats += [(-0.34 * front, -0.03), (0.34 * front, -0.03)] if len(actions) > 3 else []
    marks = dict(zip(order, seats, strict=False))
    return [marks[index] for index in range(len(actions))]


def in_open_car(actions: Sequence[str]) -> list[str]:
    """Return what people do on the road with one who drives: the others ride along in the same car."""
    return _seated(actions, "drive", "passenger")


def _seated(actions: Sequence[str], drives: str, rides: str) -> list[str]:
    """Let the first who drives do so, and all others ride, with what can be done while riding."""
    done: list[str] = []
    for action in actions:
        rest = parts_of(action)[1]
        if rest == "drive":
            done.append(drives if drives not in done else rides)
        else:
            done.append(f"{rides}+{rest}" if rest in _RIDING else rides)
    return done


def open_car_marks(actions: Sequence[str]) -> list[Mark]:
    """Return where people in an open car sit: one behind the other, from who drives on."""
    behind, marks = 0, []
    for action in actions:
        if action == "drive":
            marks.append((0.06, 0.0))
        else:
            behind += 1
            marks.append((0.06 - 0.118 * behind, -0.006 - 0.002 * behind))
    return marks


_RIDING = frozenset(("phone", "talk", "sing", "laugh", "cry", "read", "look_up", "wave"))


def _near_in_height(heights: Sequence[float], pair: Sequence[int]) -> bool:
    return max(heights[i] for i in pair) <= 1.25 * min(heights[i] for i in pair)
