"""When a word of a caption begins to fill: the front that runs through its glyphs, found by least squares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]
_COLOURED = 0.15  # of the way from one colour to the other that a word must go to be measured
_EXPLAINED = 0.7  # of what its colour does, that the front must explain
_EDGE = 2  # frames at either end in which a caption fades
_LENGTHS = np.array([0.5, 1, 2, 3, 4.5, 6.5, 9, 13, 18, 26, 38, 55, 80])  # frames that a fill may take
_FINER = 8  # times start and length are looked for again, nearer to the last
_NEARER = 0.7


def fill_start(levels: Curve, ink: Curve) -> float | None:
    """Return the frame, in parts, on which a word begins to fill; None where that cannot be told.

    Args:
        levels: colour of the word, frame by frame: 0 unsung, 1 sung.
        ink: share of its pixels left of each place, see `WordGlyphs`.
    """
    seen = levels[_EDGE:-_EDGE]
    if len(seen) < 4 or float(np.ptp(seen)) < _COLOURED:
        return None
    starts = np.arange(-1.0, len(seen), 0.5)
    lengths = _LENGTHS[_LENGTHS <= len(seen)]
    step, factor = 0.75, 1.4
    start, length, explained = _best(seen, ink, starts, lengths)
    for _ in range(_FINER):
        starts = start + step * np.linspace(-1, 1, 9)
        lengths = length * factor ** np.linspace(-1, 1, 7)
        step, factor = step * _NEARER, factor**_NEARER
        start, length, explained = _best(seen, ink, starts, lengths)
    return _EDGE + start if explained >= _EXPLAINED else None


def _best(seen: Curve, ink: Curve, starts: Curve, lengths: Curve) -> tuple[float, float, float]:
    """Return start and length of the fill that is nearest to what is seen, and how much it explains."""
    frames = np.arange(len(seen), dtype=np.float64)
    front = (frames - starts[:, None, None]) / lengths[None, :, None]
    filled = np.interp(np.clip(front, 0, 1), ink[:, 0], ink[:, 1])
    filled -= filled.mean(axis=2, keepdims=True)
    around = seen - seen.mean()
    size = (filled**2).sum(axis=2)
    fit = filled @ around
    explained = np.where(fit > 0, fit**2 / np.maximum(size, 1e-9), 0.0) / float(around @ around)
    # Among starts that explain as much (nothing is seen between two frames) the one in the middle.
    place = np.argwhere(explained >= explained.max() - 1e-6)
    row, column = place[len(place) // 2]
    return float(starts[row]), float(lengths[column]), float(explained[row, column])
