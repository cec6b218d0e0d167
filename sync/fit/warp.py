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
Seconds = NDArray[np.float64]
NEAR_S = 0.07
"""A visual beat this near to a beat of the music is on it: the tolerance of beat tracking (MIREX)."""


_OFF_S = 0.02  # this far beside the beat a visual beat may be put, if that lets more of them in
_OFF_COST = 0.15
_EDGE_S = 0.05  # what is nearer to an end of the shot than this is not moved


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
    end = (slot_s, start_s + speed * slot_s)
    shown = [beat for beat in beats if start_s + _EDGE_S < beat.time_s < end[1] - _EDGE_S]
    targets = [
        (beat_s + by_s, 1.0 - (_OFF_COST if by_s else 0.0))
        for beat_s in music_s
        for by_s in (0.0, -_OFF_S, _OFF_S)
        if _EDGE_S < beat_s + by_s < slot_s - _EDGE_S
    ]
    pairs = sorted((at_s, beat.time_s, beat.strength * worth) for beat in shown for at_s, worth in targets)
    if not pairs:
        return [(0.0, start_s), end]
    at_s, clip_s, worth = np.array(pairs).T
    score = np.where(_within(at_s, clip_s - start_s, speed, bound), worth, -np.inf)
    came = np.full(len(pairs), -1)
    for index in range(1, len(pairs)):
        reached = score[:index] + worth[index]
        step_s, moved_s = at_s[index] - at_s[:index], clip_s[index] - clip_s[:index]
        reached = np.where(_within(step_s, moved_s, speed, bound), reached, -np.inf)
        best = int(np.argmax(reached))
        if reached[best] > score[index] + 1e-12:
            score[index], came[index] = reached[best], best
    closed = np.where(_within(slot_s - at_s, end[1] - clip_s, speed, bound), score, -np.inf)
    chosen = int(np.argmax(closed))
    if not np.isfinite(closed[chosen]):
        return [(0.0, start_s), end]
    inner: list[Anchor] = []
    while chosen >= 0:
        inner.append((float(at_s[chosen]), float(clip_s[chosen])))
        chosen = int(came[chosen])
    return [(0.0, start_s), *inner[::-1], end]


def _within(length_s: Seconds, clip_s: Seconds, speed: float, bound: float) -> NDArray[np.bool_]:
    """Return which stretches, of so many seconds of shot and of clip, run within the bound."""
    forward = np.maximum(length_s, 1e-9) * speed
    slow, fast = forward / bound * (1 - 1e-9), forward * bound * (1 + 1e-9)
    return np.asarray((length_s > 1e-6) & (clip_s >= slow) & (clip_s <= fast))


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
