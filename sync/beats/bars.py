"""The likeliest beats and bars of a song: a bar pointer that moves through bars of several metres.

The model is that of Whiteley, Cemgil & Godsill (Bayesian modelling of temporal structure in musical audio,
2006) with the state space of Krebs, Böck & Widmer (An efficient state-space model for joint tempo and
meter tracking, 2015), where the tempo changes on beats alone: between two beats nothing is left to
choose, so that the search goes from beat to beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.beats.evidence import BEATS_OF, INTERVALS, PLACES, Evidence
from storyboard.sync.beats.strokes import FRAME_S

_WANDERS = 0.03  # deviation of the length of a beat from that of the last one, as a share
_STEPS = 1e-5  # chance of a step of the tempo, of no more than _LARGEST_STEP
_LARGEST_STEP, _JUMPS = 1.35, 1e-9
_OTHER_METRE = -12.0  # what a change of metre costs, in log probability
_USUAL_FRAMES = 45.0  # a beat counts in proportion to its length, so that few long ones gain nothing
_LATE_START = -2.0  # for every usual beat before the first
_LONGEST_START_S = 3.0
_CHUNK = 1024
_NEVER = np.float32(-1e9)

_PREVIOUS = np.array([PLACES.index((metre, (place - 1) % BEATS_OF[metre])) for metre, place in PLACES])
_FIRSTS = np.array([index for index, (_, place) in enumerate(PLACES) if place == 0])
_LASTS = _PREVIOUS[_FIRSTS]


@dataclass(frozen=True)
class Path:
    """The beats found: frame, index in PLACES and length in frames of each."""

    frames: NDArray[np.int64]
    places: NDArray[np.int64]
    intervals: NDArray[np.int64]


def likeliest(evidence: Evidence, bonus: dict[int, float]) -> Path:
    """Return the likeliest path through the song (Viterbi, 1967).

    Args:
        evidence: of a song that is longer than a beat.
        bonus: what each beat of a metre gains, in log probability.
    """
    n_frames, n_places, n_intervals = evidence.n_frames, len(PLACES), len(INTERVALS)
    longest = int(INTERVALS.max())
    reached = np.full((longest + 1, n_places, n_intervals), _NEVER)  # a ring: frame t at t % (longest + 1)
    from_interval = np.zeros((n_frames, n_places, n_intervals), np.int8)
    from_place = np.zeros((n_frames, n_places, n_intervals), np.int8)
    moves, columns = _moves(), np.arange(n_intervals)
    n_starts = min(round(_LONGEST_START_S / FRAME_S), n_frames - 1)
    for first in range(0, n_frames, _CHUNK):
        gains = _gains(evidence, np.arange(first, min(first + _CHUNK, n_frames)), bonus)
        for frame in range(first, first + len(gains)):
            left = (frame - INTERVALS) % (longest + 1)
            arriving = reached[left, :, columns].T
            entering, places = _entering(arriving)
            choices = entering[:, None, :] + moves
            best = choices.argmax(axis=2)
            new = np.take_along_axis(choices, best[:, :, None], axis=2)[:, :, 0]
            from_interval[frame] = best
            from_place[frame] = np.take_along_axis(places, best, axis=1)
            if frame < n_starts:
                start = np.float32(_LATE_START * frame / _USUAL_FRAMES)
                fresh = new < start
                new[fresh], from_interval[frame][fresh] = start, -1
            reached[frame % (longest + 1)] = new + gains[frame - first]
    return _traced(reached, from_interval, from_place)


def _gains(evidence: Evidence, frames: NDArray[np.int64], bonus: dict[int, float]) -> NDArray[np.float32]:
    """Return what a beat in each frame gains, (n_frames, n_places, n_intervals)."""
    extra = np.array([bonus.get(metre, 0.0) for metre, _ in PLACES], np.float32)
    gains = np.empty((len(frames), len(PLACES), len(INTERVALS)), np.float32)
    for column, interval in enumerate(INTERVALS.tolist()):
        places = evidence.places(frames, interval) + extra
        gains[:, :, column] = (places + evidence.beat(frames, interval)[:, None]) * (interval / _USUAL_FRAMES)
    return gains


def _moves() -> NDArray[np.float32]:
    """Return the log probability of every length of a beat after every other, (to, from)."""
    ratio = np.log(INTERVALS[:, None] / INTERVALS[None, :])
    spread = np.hypot(_WANDERS, 0.5 / INTERVALS[None, :])
    step = np.where(np.abs(ratio) < np.log(_LARGEST_STEP), _STEPS, _JUMPS)
    return np.asarray(np.log(np.exp(-0.5 * (ratio / spread) ** 2) + step), np.float32)


def _entering(arriving: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Return the best way into each place, and from where, when any bar may follow any other."""
    entering = arriving[_PREVIOUS]
    places = np.repeat(_PREVIOUS[:, None], arriving.shape[1], axis=1).astype(np.int8)
    ended = arriving[_LASTS]
    last = ended.argmax(axis=0)
    changed = ended.max(axis=0) + np.float32(_OTHER_METRE)
    better = changed > entering[_FIRSTS]
    if better.any():
        entering[_FIRSTS] = np.where(better, changed, entering[_FIRSTS])
        places[_FIRSTS] = np.where(better, _LASTS[last].astype(np.int8), places[_FIRSTS])
    return entering, places


def _traced(
    reached: NDArray[np.float32], from_interval: NDArray[np.int8], from_place: NDArray[np.int8]
) -> Path:
    """Go back from the best beat whose next would lie beyond the end."""
    n_frames, ring = len(from_interval), len(reached)
    frames = np.arange(max(0, n_frames - ring + 1), n_frames)
    ends = reached[frames % ring]
    beyond = frames[:, None] + INTERVALS[None, :] >= n_frames
    ends = np.where(beyond[:, None, :], ends, _NEVER)
    at, place, interval = (int(index) for index in np.unravel_index(int(ends.argmax()), ends.shape))
    frame, found = int(frames[at]), []
    while True:
        found.append((frame, place, int(INTERVALS[interval])))
        came = int(from_interval[frame, place, interval])
        if came < 0:
            break
        place = int(from_place[frame, place, interval])
        frame, interval = frame - int(INTERVALS[came]), came
    columns = np.array(found[::-1], np.int64)
    return Path(columns[:, 0], columns[:, 1], columns[:, 2])
