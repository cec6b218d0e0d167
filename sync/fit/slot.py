"""Fit a clip into its slot: which part of it, how fast, and bent so that its movement meets the beat.

A clip that is long enough is trimmed to where it moves best. One that is too short runs slower, as far
as that looks natural; further only forward and back, where that is asked for. What nothing can fit is
an error that says what would: no slot is ever filled with a picture that stands still.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Retime
from storyboard.sync.fit.motion import Motion, still_runs
from storyboard.sync.fit.warp import Anchor, Beat, hit_rate, warp_of

SLOWEST = 0.5
"""Slower than half speed, movement is seen to be slowed even where frames between are made up."""
BOUND = 1.25
"""A stretch may run this much faster or slower than the shot: below what is noticed in gestures."""
_PACE_LOSS = 0.6  # how much a window's stillness counts against its movement on the beat


@dataclass(frozen=True)
class Slot:
    """Where a clip must fit: its length in seconds, and the beats of the music inside it."""

    length_s: float
    music_s: tuple[float, ...] = ()
    forward_and_back: bool = False


def fit(motion: Motion, slot: Slot, name: str = "clip") -> Retime:
    """Return the best way in which a clip fills a slot.

    Raises:
        MediaError: the clip is too short, or what is not black of it; `name` says which clip.
    """
    first, end = _usable(motion)
    usable_s = (end - first) / motion.fps
    beats = [Beat(float(t), float(s)) for t, s in zip(motion.beats_s, motion.strengths, strict=True)]
    if usable_s + 1e-6 >= slot.length_s:
        start_s = _best_start(motion, slot, first, end, beats)
        way: Literal["whole", "part"] = "whole" if usable_s - slot.length_s < 1 / motion.fps else "part"
        return _bent(start_s, 1.0, slot, beats, way)
    speed = usable_s / slot.length_s
    if speed >= SLOWEST:
        return _bent(first / motion.fps, speed, slot, beats, "slower")
    if slot.forward_and_back and usable_s > 0:
        return _there_and_back(first / motion.fps, usable_s, slot, beats)
    raise MediaError(
        f"gives {usable_s:.2f} s, its slot lasts {slot.length_s:.2f} s: more than it can be slowed down for",
        where=name,
        hint="take the scene again longer, or cut it into more shots",
    )


def _bent(
    start_s: float, speed: float, slot: Slot, beats: Sequence[Beat], way: Literal["whole", "part", "slower"]
) -> Retime:
    plain = [(0.0, start_s), (slot.length_s, start_s + speed * slot.length_s)]
    warped = warp_of(start_s, speed, slot.length_s, beats, slot.music_s, BOUND)
    hits = hit_rate(plain, beats, slot.music_s), hit_rate(warped, beats, slot.music_s)
    return Retime(anchors=warped if hits[1] > hits[0] else plain, way=way, on_beat=(hits[0], max(hits)))


def _there_and_back(start_s: float, usable_s: float, slot: Slot, beats: Sequence[Beat]) -> Retime:
    """Run a clip forward and backward at its own speed until the slot is full."""
    anchors: list[Anchor] = [(0.0, start_s)]
    time_s, forward = 0.0, True
    while time_s < slot.length_s - 1e-9:
        step_s = min(usable_s, slot.length_s - time_s)
        time_s += step_s
        at = anchors[-1][1]
        anchors.append((time_s, at + step_s if forward else at - step_s))
        forward = not forward
    return Retime(anchors=anchors, way="forward and back")


def _usable(motion: Motion) -> tuple[int, int]:
    """Return the first frame and the end of the longest stretch that is not black and ends in movement."""
    lit = np.concatenate([[0], (~motion.is_black).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(lit))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(ends - starts))
    first, end = int(starts[longest]), int(ends[longest])
    moving = np.flatnonzero(~still_runs(motion)[first:end])
    return (first, first + int(moving[-1]) + 1) if len(moving) > 1 else (first, end)


def _best_start(motion: Motion, slot: Slot, first: int, end: int, beats: Sequence[Beat]) -> float:
    """Return where the part begins that moves most and meets most beats, in seconds."""
    n_frames = math.ceil(slot.length_s * motion.fps - 1e-6)
    starts = range(first, max(first, end - n_frames) + 1)
    until = np.concatenate([[0.0], np.cumsum(motion.amount)])
    moved: NDArray[np.float64] = np.array([until[min(s + n_frames, end)] - until[s] for s in starts])
    most = float(moved.max()) or 1.0
    hits = [_hits(start / motion.fps, slot, beats) for start in starts]
    return starts[int(np.argmax(_PACE_LOSS * moved / most + np.asarray(hits)))] / motion.fps


def _hits(start_s: float, slot: Slot, beats: Sequence[Beat]) -> float:
    return hit_rate([(0.0, start_s), (slot.length_s, start_s + slot.length_s)], beats, slot.music_s)
