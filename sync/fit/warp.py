"""Bend a clip's time so that its visual beats fall on the music's, within a bound of stretch.

A warp is a list of anchors (seconds in the shot, seconds in the clip), straight between them. Which
visual beat goes to which beat of the music is one optimum: as much impact on beats as the bound allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Anchor = tuple[float, float]
NEAR_S = 0.07
"""A visual beat this near to a beat of the music is on it: the tolerance of beat tracking (MIREX)."""


@dataclass(frozen=True)
class Beat:
    """A visual beat: when it is in the clip, in seconds, and how strong, 0 to 1."""

    time_s: float
    strength: float


def warp_of(
    start_s: float, speed: float, slot_s: float, beats: Sequence[Beat], music_s: Sequence[float], bound: float
) -> list[Anchor]:
    """Return the anchors of a shot, its two ends among them, which stay where they are.

    Args:
        start_s: where the shot begins in the clip.
        speed: seconds of clip a second of shot, on the whole.
        slot_s: the length of the shot.
        beats: the visual beats of the clip.
        music_s: the beats of the music, in seconds of the shot.
        bound: how many times faster or slower than `speed` any stretch may run, above 1.
    """
    first, last = (0.0, start_s), (slot_s, start_s + speed * slot_s)
    inner = [beat for beat in beats if first[1] + 0.05 < beat.time_s < last[1] - 0.05]
    at = [time for time in music_s if 0.05 < time < slot_s - 0.05]
    pairs = [(time, beat) for beat in inner for time in at if _fits(first, (time, beat.time_s), speed, bound)]
    pairs.sort(key=lambda pair: (pair[0], pair[1].time_s))
    score = np.full(len(pairs), -np.inf)
    came = np.full(len(pairs), -1)
    for index, (time, beat) in enumerate(pairs):
        if _fits(first, (time, beat.time_s), speed, bound):
            score[index] = beat.strength
        for other in range(index):
            before = (pairs[other][0], pairs[other][1].time_s)
            reached = score[other] + beat.strength
            if reached > score[index] + 1e-12 and _fits(before, (time, beat.time_s), speed, bound):
                score[index], came[index] = reached, other
    ends = [
        index
        for index, (time, beat) in enumerate(pairs)
        if np.isfinite(score[index]) and _fits((time, beat.time_s), last, speed, bound)
    ]
    if not ends:
        return [first, last]
    return [first, *_trace(pairs, came, max(ends, key=lambda index: (score[index], -index))), last]


def _fits(before: Anchor, after: Anchor, speed: float, bound: float) -> bool:
    """Whether the stretch between two anchors runs within the bound."""
    length_s = after[0] - before[0]
    if length_s <= 1e-6:
        return False
    factor = (after[1] - before[1]) / length_s / speed
    return 1 / bound - 1e-9 <= factor <= bound + 1e-9


def _trace(pairs: list[tuple[float, Beat]], came: NDArray[np.int64], index: int) -> list[Anchor]:
    anchors: list[Anchor] = []
    while index >= 0:
        anchors.append((pairs[index][0], pairs[index][1].time_s))
        index = int(came[index])
    return anchors[::-1]


def positions_s(anchors: Sequence[Anchor], times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where in the clip each moment of the shot is, in seconds."""
    return np.interp(times_s, [anchor[0] for anchor in anchors], [anchor[1] for anchor in anchors])


def hit_rate(anchors: Sequence[Anchor], beats: Sequence[Beat], music_s: Sequence[float]) -> float:
    """Return the share of the impact shown in a shot that falls on a beat of the music, 0 to 1."""
    first, last = anchors[0], anchors[-1]
    shown = [beat for beat in beats if first[1] < beat.time_s < last[1]]
    total = sum(beat.strength for beat in shown)
    if not total or not music_s:
        return 0.0
    clip_s, shot_s = [anchor[1] for anchor in anchors], [anchor[0] for anchor in anchors]
    at = np.interp([beat.time_s for beat in shown], clip_s, shot_s)
    near = np.abs(at[:, None] - np.asarray(music_s)[None, :]).min(axis=1) <= NEAR_S
    return float(sum(beat.strength for beat, hits in zip(shown, near, strict=True) if hits) / total)
