"""How much each moment is like a beat, and like which beat of a bar of which metre.

Both are small networks (one layer of hidden units) of what is heard at the moment and at parts of a beat
around it, so that the tempo matters too: strokes where half a beat would be speak against the slower of
two tempi. They also know how the whole song sounds: without drums, chords tell the bars.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.beats.strokes import FRAME_S, Floats

Ints = NDArray[np.int64]

BEATS_OF = {2: 2, 3: 3, 4: 4, 6: 2}
"""Beats in a bar of each metre; those of 6 divide in three."""

PLACES = [(metre, place) for metre, beats in BEATS_OF.items() for place in range(beats)]
"""Every beat that there is: its metre and its place in the bar."""

BEAT_PARTS = (-1, -3 / 4, -2 / 3, -1 / 2, -1 / 3, -1 / 4, 0, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 3 / 2, 2)
BAR_PARTS = (-3, -2, -1, -1 / 2, 0, 1 / 3, 1 / 2, 2 / 3, 1, 3 / 2, 2, 3, 4)
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
_WEIGHTS = Path(__file__).with_name("weights.npz")


@lru_cache(maxsize=1)
def _weights() -> dict[str, Floats]:
    """Return what benchmarks/fit_beats.py fitted."""
    with np.load(_WEIGHTS) as held:
        return {name: np.asarray(held[name], np.float32) for name in held.files}


class _Hidden:
    """The hidden units of a network, for every frame of a song at once.

    What each part of a beat adds to them depends on its frame alone, so that all of it is worked out
    once and then only looked up.
    """

    def __init__(self, features: Floats, weights: Floats, bias: Floats, parts: tuple[float, ...]) -> None:
        n_parts, n_features = len(parts), features.shape[1]
        of_parts = weights[:, : n_parts * n_features].reshape(-1, n_parts, n_features)
        of_song = weights[:, n_parts * n_features :][:, : 2 * n_features]
        self._parts = parts
        self._bias = bias + of_song @ song_terms(features)
        self._added = [np.ascontiguousarray(features @ of_parts[:, part].T) for part in range(n_parts)]

    def at(self, frames: Ints, interval: Ints | int, more: Floats | float = 0.0) -> Floats:
        """Return the units for beats as long as `interval` that begin in each frame, (n_frames, n_units)."""
        last = len(self._added[0]) - 1
        total = np.empty((len(frames), len(self._bias)), np.float32)
        total[:] = self._bias + more
        for part, added in zip(self._parts, self._added, strict=True):
            at = np.round(frames + part * np.asarray(interval)).astype(np.int64)
            total += added[np.clip(at, 0, last)]
        return np.maximum(total, 0, out=total)


class Evidence:
    """What the features of a song say about every frame and length of a beat."""

    def __init__(self, features: Floats) -> None:
        """Weigh the features, (n_frames, n_features)."""
        self.n_frames = len(features)
        held = _weights()
        self._of_tempo = held["beat_in"][:, -2:]
        self._beat = _Hidden(features, held["beat_in"], held["beat_b"], BEAT_PARTS)
        self._bar = _Hidden(features, held["bar_in"], held["bar_b"], BAR_PARTS)

    def beat(self, frames: Ints, interval: Ints | int) -> NDArray[np.float32]:
        """Return the log odds that a beat as long as `interval` begins in each frame."""
        hidden = self._beat.at(frames, interval, tempo_terms(interval) @ self._of_tempo.T)
        return np.asarray(hidden @ _weights()["beat_out"] + _weights()["beat_bias"], np.float32)

    def places(self, frames: Ints, interval: Ints | int) -> NDArray[np.float32]:
        """Return how much likelier a beat is each of PLACES than any beat, (n_frames, n_places).

        Which place of its metre it is counts in full, which metre a single beat is like by a share: a
        metre shows in how places follow one another.
        """
        total = self._bar.at(frames, interval) @ _weights()["bar_out"].T + _weights()["bar_bias"]
        of_metre = np.stack([_log_sum(total[:, columns]) for columns in _COLUMNS], axis=1)
        like_metre = of_metre - _log_sum(of_metre)[:, None]
        found = np.empty_like(total)
        for metre, columns in enumerate(_COLUMNS):
            n_places = columns.stop - columns.start
            within = total[:, columns] - of_metre[:, metre, None] + np.float32(np.log(n_places))
            found[:, columns] = within + _METRE_SHARE * like_metre[:, metre, None]
        return found


def _log_sum(values: NDArray[np.float32]) -> NDArray[np.float32]:
    highest = values.max(axis=1)
    return np.asarray(highest + np.log(np.exp(values - highest[:, None]).sum(axis=1)))


def tempo_terms(interval: NDArray[Any] | int) -> NDArray[np.float32]:
    """Return octaves from the usual tempo and their square, (..., 2)."""
    octaves = np.log2(np.asarray(interval) * FRAME_S * _USUAL_BPM / 60)
    return np.stack([octaves, octaves**2], axis=-1).astype(np.float32)


def song_terms(features: Floats) -> Floats:
    """Return how the whole song sounds: mean and deviation of every feature."""
    whole = features.astype(np.float32)
    return np.concatenate([whole.mean(axis=0), whole.std(axis=0)])


def terms(
    features: Floats, frames: NDArray[Any], interval: NDArray[Any], parts: tuple[float, ...]
) -> NDArray[np.floating]:
    """Return what the networks hear in parts of each beat, (n, parts and features): for fitting them."""
    at = np.round(frames[:, None] + np.array(parts) * interval[:, None]).astype(np.int64)
    heard = features[np.clip(at, 0, len(features) - 1)]
    return np.asarray(heard.reshape(len(frames), len(parts) * features.shape[1]))
