"""Fit a clip into its slot: which part of it, how fast, and bent so that its movement meets the beat.

A clip that is long enough is trimmed to where it moves best. One that is too short runs slower, as far
as that looks natural; further only forward and back, where that is asked for. What nothing can fit is
an error that says what would: no slot is ever filled with a picture that stands still.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Retime
from storyboard.sync.fit.motion import Motion
from storyboard.sync.fit.warp import Anchor, Beat, hit_rate, warp_of

SLOWEST = 0.5
"""Slower than half speed, movement is seen to be slowed even where frames between are made up."""
BOUND = 1.25
"""A stretch may run this much faster or slower than the shot: below what is noticed in gestures."""
_SHORTEST_S = 0.4  # forward and back over less than this is a flicker
_PACE_LOSS = 0.6  # how much a window's stillness counts against its movement on the beat
_STARTS = 64  # beginnings tried, evenly spread over those that there are
_STOPPED = 2.0  # how much a window counts less that ends in stillness: more than all else it can win


@dataclass(frozen=True)
class Slot:
    """Where a clip must fit: its length in seconds, the beats of the music inside it, a frame's length."""

    length_s: float
    music_s: tuple[float, ...] = ()
    forward_and_back: bool = False
    frame_s: float = 1 / 24

    @property
    def shown_s(self) -> float:
        """How much time lies between its first and its last frame."""
        return max(0.0, self.length_s - self.frame_s)


@dataclass(frozen=True)
class Usable:
    """The stretch of a clip that can be shown: the times of its first and of its last frame, in seconds."""

    first_s: float
    last_s: float

    @property
    def shown_s(self) -> float:
        """How much time lies between its first and its last frame."""
        return self.last_s - self.first_s


def usable_of(motion: Motion, name: str = "clip") -> Usable:
    """Return the longest stretch that is not black and ends in movement.

    Raises:
        MediaError: all of it is black, or nothing moves in it; `name` says which clip.
    """
    lit = np.concatenate([[0], (~motion.is_black).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(lit))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        raise MediaError("is black throughout", where=name, hint="take the scene again")
    longest = int(np.argmax(ends - starts))
    first, end = int(starts[longest]), int(ends[longest])
    moving = np.flatnonzero(~motion.is_still[first + 1 : end])
    if not len(moving):
        raise MediaError("stands still throughout", where=name, hint="take the scene again")
    return Usable(first / motion.fps, (first + 1 + int(moving[-1])) / motion.fps)


def speed_for(usable: Usable, slot: Slot) -> float:
    """Return how fast a clip runs that fills a slot from its first to its last frame; at most 1."""
    enough = usable.shown_s >= slot.shown_s * (1 - 1e-6)
    return 1.0 if enough else usable.shown_s / slot.shown_s


def too_short(usable: Usable, slot: Slot, name: str) -> MediaError:
    """Return the error that says what would help."""
    given_s = usable.shown_s + slot.frame_s
    return MediaError(
        f"gives {given_s:.2f} s, its slot lasts {slot.length_s:.2f} s: more than it can be slowed down for",
        where=name,
        hint="take the scene again longer, or cut it into more shots",
    )


def part_in(motion: Motion, slot: Slot, first_s: float, last_s: float) -> Retime:
    """Return the best part of a stretch that is long enough, at the clip's own speed."""
    beats = beats_of(motion)
    start_s = _best_start(motion, slot, first_s, last_s, beats)
    spare_s = last_s - first_s - slot.shown_s
    return bent(start_s, 1.0, slot, beats, "whole" if spare_s < 1 / motion.fps else "part")


def bent(
    start_s: float, speed: float, slot: Slot, beats: Sequence[Beat], way: Literal["whole", "part", "slower"]
) -> Retime:
    """Return a clip run from a moment at a speed, its time bent to the beat where that wins."""
    plain = [(0.0, start_s), (slot.length_s, start_s + speed * slot.length_s)]
    warped = warp_of(start_s, speed, slot.length_s, beats, slot.music_s, BOUND)
    hits = hit_rate(plain, beats, slot.music_s), hit_rate(warped, beats, slot.music_s)
    return Retime(anchors=warped if hits[1] > hits[0] else plain, way=way, on_beat=(hits[0], max(hits)))


def there_and_back(usable: Usable, length_s: float) -> list[Anchor]:
    """Return the anchors of a clip that runs forward and backward at its own speed; empty if it flickers."""
    if usable.shown_s < _SHORTEST_S:
        return []
    anchors: list[Anchor] = [(0.0, usable.first_s)]
    time_s, forward = 0.0, True
    while time_s < length_s - 1e-9:
        step_s = min(usable.shown_s, length_s - time_s)
        time_s += step_s
        anchors.append((time_s, anchors[-1][1] + (step_s if forward else -step_s)))
        forward = not forward
    return anchors


def beats_of(motion: Motion) -> list[Beat]:
    """Return the visual beats of a clip."""
    return [Beat(float(t), float(s)) for t, s in zip(motion.beats_s, motion.strengths, strict=True)]


def _best_start(motion: Motion, slot: Slot, first_s: float, last_s: float, beats: Sequence[Beat]) -> float:
    """Return where the part begins that moves most and meets most beats, in seconds."""
    spare = max(0, int((last_s - first_s - slot.shown_s) * motion.fps + 1e-6))
    starts_s = first_s + np.arange(0, spare + 1, 1 + spare // _STARTS) / motion.fps
    frames_s = np.arange(motion.n_frames) / motion.fps
    until = np.cumsum(motion.amount)
    moved: NDArray[np.float64] = np.interp(starts_s + slot.shown_s, frames_s, until)
    moved = moved - np.interp(starts_s, frames_s, until)
    most = float(moved.max()) or 1.0
    hits = np.array([bent(float(start_s), 1.0, slot, beats, "part").on_beat[1] for start_s in starts_s])
    ends = np.rint((starts_s + slot.shown_s) * motion.fps).astype(int).clip(0, motion.n_frames - 1)
    score = _PACE_LOSS * moved / most + hits - _STOPPED * motion.is_still[ends]
    return float(starts_s[int(np.argmax(score))])
