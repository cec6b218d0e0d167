"""Crossfades and dips: gradual changes, and where their middle is.

A frame of a crossfade is taken for a mixture of the pictures before and after it; the middle is where
the weight of the new one passes a half. A dip is looked for in the light: down to dark and up again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.timeline import Shot

Curve = NDArray[np.float64]
_AROUND_S = 0.25  # a change is looked for this much beyond where it is planned
_ALIKE = 3.0  # root mean square difference, 0 to 255, below which two pictures cannot be told apart
_APART = 12.0  # the same: two pictures must differ by this for their mixtures to be told from movement
_UNMIXED = 0.4  # of that difference, what a mixture may leave unexplained
_MISFIT = 0.2  # of the weights against a straight rise, on average, from which it is none
_REFINED = 3  # times a crossfade is measured, each between nearer pictures
_SHORTEST = 4  # frames between them at least
_NOISE = 2.0  # of a pixel from frame to frame, 0 to 255, where nothing moves
_GRADUAL = 3.0  # frames that a change takes, to be none at once
_DARK = 0.6  # of the light of the darker side, below which the picture dips


@dataclass(frozen=True)
class Change:
    """A gradual change: the frame of its middle, in parts, and how many frames it takes."""

    middle: float
    n_frames: float


def window_of(shots: Sequence[Shot], index: int, fps: float, n_frames: int) -> tuple[int, int]:
    """Return the first and last frame among which the change to a shot is looked for.

    It goes beyond what is planned, never beyond the cuts before and after.
    """
    shot = shots[index]
    around = shot.transition_frames // 2 + max(2, round(_AROUND_S * fps))
    first = max(shots[index - 1].first_frame, shot.first_frame - 1 - around)
    return max(0, first), min(n_frames - 1, shot.last_frame, shot.first_frame + around)


def look_alike(pictures: NDArray[np.uint8], window: tuple[int, int]) -> bool:
    """Whether the pictures on both sides of a window cannot be told apart."""
    way = pictures[window[1]].astype(np.float64) - pictures[window[0]]
    return float(np.sqrt((way**2).mean())) < _ALIKE


def crossfade_in(pictures: NDArray[np.uint8], window: tuple[int, int]) -> Change | None:
    """Return the change from the first picture of a window to its last; None where there is none.

    One that takes less than three frames is a cut. The pictures go on moving while they mix: once a
    change is found, it is measured again between the pictures next to it.
    """
    first, last = window
    for refined in range(_REFINED):
        weights = _weights(pictures, first, last)
        change = _best_rise(weights, first)
        if change is None:
            return None
        half = change.n_frames / 2
        nearer = (
            max(window[0], math.floor(change.middle - 0.5 - half) - 1),
            min(window[1], math.ceil(change.middle - 0.5 + half) + 1),
        )
        if nearer == (first, last) or nearer[1] - nearer[0] < _SHORTEST or refined + 1 == _REFINED:
            break
        first, last = nearer
    return change if _is_mixture(pictures[first : last + 1], weights) else None


def _is_mixture(pictures: NDArray[np.uint8], weights: Curve) -> bool:
    """Whether the pictures between the first and the last are mixtures of the two.

    A camera that moves leads from one picture to another as well, but not by mixing them.
    """
    old, way = pictures[0].astype(np.float64), pictures[-1].astype(np.float64) - pictures[0]
    apart = float(np.sqrt((way**2).mean()))
    if apart < _APART:
        return False
    inside = (weights > 0.2) & (weights < 0.8)
    if not inside.any():
        return True
    left = pictures[inside] - old - weights[inside, None] * way
    return bool(np.median(np.sqrt((left**2).mean(axis=1))) <= _UNMIXED * apart)


def _weights(pictures: NDArray[np.uint8], first: int, last: int) -> Curve:
    """Return how much of the last picture is in each from the first to it, by least squares.

    What moves before the first or after the last says little: it counts less.
    """
    old, new = pictures[first].astype(np.float64), pictures[last].astype(np.float64)
    reach = (last - first) // 2
    moved = (old - pictures[max(0, first - reach)]) ** 2
    moved += (new - pictures[min(len(pictures) - 1, last + reach)]) ** 2
    way = (new - old) / (_NOISE**2 + moved)
    return np.asarray((pictures[first : last + 1] - old) @ way / max(float((new - old) @ way), 1e-9))


def _best_rise(weights: Curve, first: int) -> Change | None:
    """Return the straight rise from 0 to 1 that is nearest to some weights."""
    frames = np.arange(len(weights), dtype=np.float64)
    middles = np.arange(1.0, len(weights) - 1, 0.05)
    lengths = np.arange(1.0, len(weights), 0.5)
    rise = (frames[None, None] - middles[:, None, None]) / lengths[None, :, None] + 0.5
    # The mean of what is left, not of its square: a flash on the beat spoils a few frames altogether.
    misfit = np.abs(np.clip(rise, 0, 1) - weights).mean(axis=2)
    place = np.unravel_index(int(misfit.argmin()), misfit.shape)
    if misfit[place] > _MISFIT:
        return None
    # The weight is one half between the two frames nearest to the middle: the later is the first new one.
    return Change(first + float(middles[place[0]]) + 0.5, float(lengths[place[1]]))


def is_gradual(change: Change) -> bool:
    """Whether a change takes long enough to be none at once."""
    return change.n_frames >= _GRADUAL


def dip_in(luma: Curve, window: tuple[int, int]) -> Change | None:
    """Return the dip to dark in a window; None where the light stays.

    Its middle lies midway between where half the light is gone and where half is back.
    """
    first, last = window
    light = luma[first : last + 1] - 16.0
    lowest = int(light.argmin())
    sides = float(light[: lowest + 1].max()), float(light[lowest:].max())
    if light[lowest] > _DARK * min(sides) or min(sides) <= 0:
        return None
    falls = _crossing(light[: lowest + 1], (sides[0] + light[lowest]) / 2)
    rises = len(light) - 1 - _crossing(light[lowest:][::-1], (sides[1] + light[lowest]) / 2)
    return Change(first + (falls + rises) / 2, 2 * (rises - falls))


def _crossing(falling: Curve, level: float) -> float:
    """Return where a curve that ends low last passes a level."""
    above = np.flatnonzero(falling >= level)
    index = int(above.max()) if len(above) else 0
    if index + 1 >= len(falling):
        return float(index)
    return index + float((falling[index] - level) / max(falling[index] - falling[index + 1], 1e-9))
