"""How much each moment is like a beat, and like which beat of a bar of which metre.

Both are logistic regressions on what is heard at the moment and at parts of a beat around it, so that
the tempo matters too: strokes where half a beat would be speak against the slower of two tempi.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.beats.strokes import FRAME_S, Floats
from storyboard.sync.beats.weights import BAR, BAR_BIAS, BEAT, BEAT_BIAS, TEMPO

Ints = NDArray[np.int64]

BEATS_OF = {2: 2, 3: 3, 4: 4, 6: 2}
"""Beats in a bar of each metre; those of 6 divide in three."""

PLACES = [(metre, place) for metre, beats in BEATS_OF.items() for place in range(beats)]
"""Every beat that there is: its metre and its place in the bar."""

BEAT_PARTS = (0, 1 / 2, 1 / 4, 3 / 4, 1 / 3, 2 / 3, 1.0)
BAR_PARTS = (-1.0, 0, 1.0, 2.0, 1 / 2, 1 / 3, 2 / 3)
_SLOWEST_BPM, _FASTEST_BPM = 40.0, 240.0
_USUAL_BPM = 105.0  # most tempi people tap lie around it (McKinney & Moelants, 2006)

INTERVALS: Ints = np.unique(
    np.round(np.geomspace(60 / _FASTEST_BPM / FRAME_S, 60 / _SLOWEST_BPM / FRAME_S, 90)).astype(np.int64)
)
"""The frames that a beat may last."""


_COLUMNS = [
    slice(PLACES.index((metre, 0)), PLACES.index((metre, 0)) + beats) for metre, beats in BEATS_OF.items()
]
_METRE_SHARE = 0.6  # with all of it a waltz passes for fours; with 0.3 six-eight for a waltz


class Evidence:
    """What the features of a song say about every frame and length of a beat."""

    def __init__(self, features: Floats) -> None:
        """Weigh the features, (n_frames, n_features)."""
        self.n_frames = len(features)
        beat, bar = np.array(BEAT, np.float32), np.array(BAR, np.float32)
        self._beat = [features @ beat[part] for part in range(len(BEAT_PARTS))]
        self._bar = [features @ bar[part] for part in range(len(BAR_PARTS))]

    def beat(self, frames: Ints, interval: Ints | int) -> NDArray[np.float32]:
        """Return the log odds that a beat as long as `interval` begins in each frame."""
        total = tempo_terms(interval) @ np.array(TEMPO, np.float32) + BEAT_BIAS
        for part, weighed in zip(BEAT_PARTS, self._beat, strict=True):
            total = total + weighed[self._at(frames, part, interval)]
        return np.asarray(total, np.float32)

    def places(self, frames: Ints, interval: Ints | int) -> NDArray[np.float32]:
        """Return how much likelier a beat is each of PLACES than any beat, (n_frames, n_places).

        Which place of its metre it is counts in full, which metre a single beat is like by a share: a
        metre shows in how places follow one another.
        """
        total = np.tile(np.array(BAR_BIAS, np.float32), (len(frames), 1))
        for part, weighed in zip(BAR_PARTS, self._bar, strict=True):
            total += weighed[self._at(frames, part, interval)]
        of_metre = np.stack([_log_sum(total[:, columns]) for columns in _COLUMNS], axis=1)
        like_metre = of_metre - _log_sum(of_metre)[:, None]
        found = np.empty_like(total)
        for metre, columns in enumerate(_COLUMNS):
            n_places = columns.stop - columns.start
            within = total[:, columns] - of_metre[:, metre, None] + np.float32(np.log(n_places))
            found[:, columns] = within + _METRE_SHARE * like_metre[:, metre, None]
        return found

    def _at(self, frames: Ints, part: float, interval: Ints | int) -> Ints:
        at = np.round(frames + part * np.asarray(interval)).astype(np.int64)
        return np.clip(at, 0, self.n_frames - 1)


def _log_sum(values: NDArray[np.float32]) -> NDArray[np.float32]:
    highest = values.max(axis=1)
    return np.asarray(highest + np.log(np.exp(values - highest[:, None]).sum(axis=1)))


def tempo_terms(interval: NDArray[Any] | int) -> NDArray[np.float32]:
    """Return octaves from the usual tempo and their square, (..., 2)."""
    octaves = np.log2(np.asarray(interval) * FRAME_S * _USUAL_BPM / 60)
    return np.stack([octaves, octaves**2], axis=-1).astype(np.float32)


def beat_terms(features: Floats, frames: NDArray[Any], interval: NDArray[Any]) -> Floats:
    """Return what `BEAT` and `TEMPO` are weights of: for fitting them."""
    parts = [features[_rounded(frames + part * interval, len(features))] for part in BEAT_PARTS]
    return np.concatenate([*parts, tempo_terms(interval)], axis=1)


def bar_terms(features: Floats, frames: NDArray[Any], interval: NDArray[Any]) -> Floats:
    """Return what `BAR` is weights of: for fitting them."""
    parts = [features[_rounded(frames + part * interval, len(features))] for part in BAR_PARTS]
    return np.concatenate(parts, axis=1)


def _rounded(frames: NDArray[Any], n_frames: int) -> Ints:
    return np.clip(np.round(frames).astype(np.int64), 0, n_frames - 1)
