"""Room: the stretches of ground where nobody stands, sits, lies, cooks or plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from storyboard.generators.video.animatic.scenery import Scenery

_ARMS = 0.17
"""How far a person reaches to either side, in scene units."""
_BODY = 0.085
"""How far the body alone reaches: what stands farther back is seen beside it."""
_STEPS = (0.0, 0.22, 0.36, 0.34, 0.30)
"""How far apart so many people stand; alone, how far off the middle."""
_EDGE = 0.85
"""How much of the ground is surely in the picture: a wide shot may look aside a little."""
_AHEAD = {"cook": 0.36, "work": 0.30, "piano": 0.40, "drive": 0.60, "guitar": 0.24}
"""How far what belongs to an action reaches before a person."""
_BROAD = {"lie": 0.42, "sleep": 0.30, "sit": 0.24, "passenger": 0.60, "dance": 0.20, "drive": 0.60}
"""How far an action reaches to either side."""
Stretch = tuple[float, float]
"""Left and right end, in scene units."""


class Standing(Protocol):
    """Somebody on a mark."""

    @property
    def x(self) -> float:
        """Where, in scene units."""
        ...

    @property
    def action(self) -> str:
        """What is done; two at once are joined by a plus sign."""
        ...

    @property
    def facing(self) -> int:
        """The side that is looked to, -1 or 1."""
        ...


def free_ground(scenery: Scenery, cast: Sequence[Standing], *, behind: bool = False) -> list[Stretch]:
    """Return the stretches of ground clear of the cast, from left to right.

    `behind`: for what stands farther back and may be partly hidden by an arm.
    """
    taken = sorted([*scenery.filled, *(_stretch_of(each, _BODY if behind else _ARMS) for each in cast)])
    free, at = [], -scenery.w * _EDGE
    for left, right in taken:
        if left > at:
            free.append((at, left))
        at = max(at, right)
    if scenery.w * _EDGE > at:
        free.append((at, scenery.w * _EDGE))
    return free


def guessed_ground(scenery: Scenery, n_people: int) -> list[Stretch]:
    """Return the stretches of ground that so many people leave wherever they may stand."""
    edge = scenery.w * _EDGE
    if n_people == 0:
        return [(-edge, edge)]
    centre = scenery.centre * scenery.w
    half = _ARMS + (0.06 if n_people > 1 else 0.0)
    if n_people == 1:
        half += min(_STEPS[1], scenery.w * 0.2) if scenery.centre == 0 else 0.0
    else:
        half += (n_people - 1) / 2 * min(_STEPS[min(n_people, 4)], 2 * scenery.w * 0.80 / n_people)
    return [(-edge, centre - half), (centre + half, edge)]


def is_at_the_left(scenery: Scenery, stretch: Stretch) -> bool:
    """Whether a stretch begins at the picture's left edge."""
    return stretch[0] <= -scenery.w * _EDGE


def _stretch_of(person: Standing, reach: float) -> Stretch:
    parts = person.action.split("+")
    half = max((_BROAD.get(part, 0.0) for part in parts), default=0.0)
    half = max(half, reach)
    ahead = max(half, *(_AHEAD.get(part, 0.0) for part in parts))
    left, right = (half, ahead) if person.facing > 0 else (ahead, half)
    return person.x - left, person.x + right
