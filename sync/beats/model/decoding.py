"""From logits of beats and downbeats to the grid of a song, by the same search as the built-in one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.beats import Beats, known_grid
from storyboard.sync.beats.bars import likeliest
from storyboard.sync.beats.evidence import BEATS_OF, PLACES, Evidence, Ints
from storyboard.sync.beats.model.activations import LOGIT_FRAME_S
from storyboard.sync.beats.strokes import FRAME_S, Floats

_UNSURE = 0.2  # mean probability of beats that are none
_SHORTEST_S = 4.0
_EXPECTED = 0.15  # log probability that a beat of the metre asked for gains
_SUREST = 8.0  # logits beyond it are as sure
_SUREST_BAR = 4.0
_NEAR_S = 0.03  # how far a beat may lie from its peak
_INSIDE = 0.25  # share of a beat from which on another may follow


def grid_of(found: Floats, *, beats_per_bar: int = 4) -> Beats | None:
    """Return the grid that logits (n_frames, 2), every 20 ms, tell of; None where they tell of none.

    Args:
        found: of beat and downbeat.
        beats_per_bar: the metre to expect where several would do.
    """
    if len(found) * LOGIT_FRAME_S < _SHORTEST_S:
        return None
    evidence = LogitEvidence(found)
    path = likeliest(evidence, {beats_per_bar: _EXPECTED})
    odds = evidence.beat(path.frames, path.intervals)
    confidence = float(np.mean(1 / (1 + np.exp(-odds))))
    if confidence < _UNSURE or len(path.frames) < 2 * beats_per_bar:
        return None
    beats_s = _at_their_peaks(np.asarray(path.frames * FRAME_S), found[:, 0])
    metres = [PLACES[place][0] for place in path.places]
    starts = np.array([PLACES[place][1] == 0 for place in path.places])
    metre = max(sorted(set(metres)), key=metres.count)
    grid = known_grid(beats_s.tolist(), beats_s[starts].tolist(), metre)
    return replace(grid, confidence=confidence)


class LogitEvidence(Evidence):
    """The logits of a network, where the search expects what features say."""

    def __init__(self, found: Floats) -> None:
        """Take logits (n_frames, 2) of beat and downbeat, every 20 ms."""
        from scipy.ndimage import maximum_filter1d

        self.n_frames = max(1, round(len(found) * LOGIT_FRAME_S / FRAME_S))
        at = np.arange(self.n_frames) * FRAME_S / LOGIT_FRAME_S

        def heard_at(column: int, width: int) -> Floats:
            near = maximum_filter1d(np.clip(found[:, column], -_SUREST, _SUREST), width)
            return np.asarray(np.interp(at, np.arange(len(found)), near), np.float32)

        self._heard = heard_at(0, 3)
        self._first = np.clip(heard_at(1, 5), -_SUREST_BAR, _SUREST_BAR)
        self._others: dict[int, Floats] = {}

    def beat(self, frames: Ints, interval: Ints | int) -> NDArray[np.float32]:
        """Return the log odds that a beat begins in each frame and none other before `interval` is over."""
        if isinstance(interval, np.ndarray):
            both = zip(frames.tolist(), interval.tolist(), strict=True)
            return np.array([self.beat(np.array([at]), length)[0] for at, length in both], np.float32)
        return np.asarray(np.minimum(self._heard[frames], -self._between(interval)[frames]), np.float32)

    def places(self, frames: Ints, interval: Ints | int) -> NDArray[np.float32]:
        """Return how much likelier a beat is each of PLACES than any beat, (n_frames, n_places)."""
        odds = self._first[frames]
        log_first, log_other = -np.log1p(np.exp(-odds)), -np.log1p(np.exp(odds))
        columns = []
        for metre, place in PLACES:
            share = 1 / BEATS_OF[metre]
            columns.append(log_other - np.log(1 - share) if place else log_first - np.log(share))
        return np.stack(columns, axis=1).astype(np.float32)

    def _between(self, interval: int) -> Floats:
        """Return the highest logit strictly between each frame and the one `interval` later."""
        from scipy.ndimage import maximum_filter1d

        if interval not in self._others:
            first, last = round(_INSIDE * interval), round((1 - _INSIDE) * interval)
            width = last - first + 1
            ahead = np.pad(self._heard, (0, last + 1), constant_values=-_SUREST)
            highest = maximum_filter1d(ahead, width)[first + width // 2 :][: self.n_frames]
            self._others[interval] = np.asarray(highest, np.float32)
        return self._others[interval]


def _at_their_peaks(beats_s: NDArray[np.floating[Any]], heard: Floats) -> NDArray[np.floating[Any]]:
    """Move each beat to the peak of the logits near it, if that says beat."""
    moved = np.array([_peak_near(beat_s, heard) for beat_s in beats_s.tolist()])
    return moved if np.all(np.diff(moved) > 0) else beats_s


def _peak_near(beat_s: float, heard: Floats) -> float:
    """Return the top of the parabola through the highest logits near a beat, or the beat."""
    middle, width = round(beat_s / LOGIT_FRAME_S), round(_NEAR_S / LOGIT_FRAME_S)
    frames = [at for at in range(middle - width, middle + width + 1) if 0 < at < len(heard) - 1]
    if not frames:
        return beat_s
    peak = max(frames, key=lambda at: float(heard[at]))
    before, top, after = (float(each) for each in heard[peak - 1 : peak + 2])
    if top <= 0 or not before <= top >= after or before + after == 2 * top:
        return beat_s
    return (peak + 0.5 * (before - after) / (before - 2 * top + after)) * LOGIT_FRAME_S
