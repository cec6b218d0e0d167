"""How a clip moves: its motion, frame by frame, and its visual beats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.sync.fit.covering import Covering, quarter_turns
from storyboard.sync.fit.footage import Picture, Timing, evened, pictures_of, rate_of
from storyboard.sync.fit.impact import beats_in, impact_of

Curve = NDArray[np.float64]
Gray = NDArray[np.uint8]
_WIDTH = 160  # pixels in which movement is given
_MEASURED = 96  # pixels at which it is measured
_N_DIRECTIONS = 12
_FROZEN = 0.05  # mean difference of luma below which two frames show the same, encoded anew
_HELD_S = 0.25  # a picture may be held this long in movement
_CUT = 7.0  # mean difference of luma that may be a cut
_ALIKE = 0.6  # correlation above which it is none, but a light that flashes
_CUT_RATIO = 3.5  # and how far it must stand out from the second around it
_BLACK = 20.0  # mean luma below which a frame is black (video black is 16)


@dataclass(frozen=True)
class Motion:
    """What is known of a clip's movement.

    Attributes:
        fps: frames a second of the clip.
        amount: mean length of optical flow into each frame, pixels at a width of 160, shape (n_frames,).
        impact: how much movement stops or turns at each frame, pixels at a width of 160, shape (n_frames,).
        beats_s: the times of the visual beats in seconds.
        strengths: the impact of each beat, 0 to 1 (the clip's strong ones).
        is_black: whether each frame is black, shape (n_frames,).
        is_still: whether each frame stands still, as the one before it, shape (n_frames,).
    """

    fps: float
    amount: Curve
    impact: Curve
    beats_s: Curve
    strengths: Curve
    is_black: NDArray[np.bool_]
    is_still: NDArray[np.bool_]

    @property
    def n_frames(self) -> int:
        """Number of frames that can be decoded."""
        return len(self.amount)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.n_frames / self.fps


def motion_of(path: Path) -> Motion:
    """Measure the movement of a clip.

    Raises:
        MediaError: it cannot be decoded, or holds no picture.
    """
    return motion_and_timing(path)[0]


def motion_and_timing(path: Path) -> tuple[Motion, Timing]:
    """Measure the movement of a clip, and say when each of its frames is shown.

    Where the rate changes, the movement is given at the usual one, as if it had been kept.

    Raises:
        MediaError: it cannot be decoded, or holds no picture.
    """
    times_s: list[float] = []
    flow = _Flow()
    covering: Covering | None = None
    for picture in pictures_of(path):
        covering = covering or Covering(_small(picture))
        planes = covering.planes(picture)
        times_s.append(picture.time_s)
        flow.add(planes[: planes.shape[0] * 2 // 3])
    timing = evened(times_s, rate_of(path))
    return _motion(flow, timing), timing


def motion_of_frames(frames: Iterable[Gray], fps: float) -> Motion:
    """Measure the movement of pictures that are decoded already.

    Args:
        frames: luma in studio range, 8 bit, all of one size; 96 x 54 is enough.
        fps: how many of them are shown a second.

    Raises:
        MediaError: there is none.
    """
    flow = _Flow()
    for gray in frames:
        flow.add(gray)
    if not flow.directions:
        raise MediaError("no picture to measure")
    return _motion(flow, Timing(fps, np.arange(len(flow.directions)) / fps))


class _Flow:
    """Gathers what moves from frame to frame, how much changes, and which frames are black."""

    def __init__(self) -> None:
        self.directions: list[Curve] = []
        self.is_black: list[bool] = []
        self.changes: list[float] = []
        self.is_other: list[bool] = []
        self._before: Gray | None = None

    def add(self, gray: Gray) -> None:
        before = gray if self._before is None else self._before
        self.directions.append(_directogram(before, gray) * (_WIDTH / gray.shape[1]))
        self.is_black.append(float(gray.mean()) < _BLACK)
        change = float(np.abs(gray.astype(np.int16) - before).mean())
        self.changes.append(change)
        self.is_other.append(change > _CUT and not _alike(before, gray))
        self._before = gray


def _alike(before: Gray, after: Gray) -> bool:
    """Whether two pictures show the same but for their brightness, as where a light flashes."""
    first, second = before - before.mean(), after - after.mean()
    size = np.linalg.norm(first) * np.linalg.norm(second)
    return bool(size > 0 and (first * second).sum() / size > _ALIKE)


def _motion(flow: _Flow, timing: Timing) -> Motion:
    directogram = np.stack(flow.directions)
    for cut in _cuts(np.array(flow.changes), np.array(flow.is_other), timing.fps):
        directogram[cut] = directogram[cut - 1]
    shown = np.arange(len(directogram))
    at_s = np.arange(int(timing.times_s[-1] * timing.fps + 1e-3) + 1) / timing.fps
    if len(at_s) != len(shown) or not np.allclose(at_s, timing.times_s):
        directogram = _spread(directogram, timing.times_s, at_s)
        shown = np.searchsorted(timing.times_s, at_s + 1e-6, side="right") - 1
    impact = impact_of(directogram, timing.fps)
    beats_s, strengths = beats_in(impact, timing.fps)
    is_still = _still(np.array(flow.changes), timing.fps)[shown]
    is_black = np.array(flow.is_black)[shown]
    return Motion(timing.fps, directogram.sum(axis=1), impact, beats_s, strengths, is_black, is_still)


def _still(changes: Curve, fps: float) -> NDArray[np.bool_]:
    """Return which frames stand still: no change is near them but what an encoder mends of its own.

    A picture held for some frames, as animation does, moves; a lone change among still ones is a keyframe.
    """
    reach = max(2, round(_HELD_S * fps))
    active = np.flatnonzero(changes > _FROZEN)
    near = np.diff(active, prepend=-np.inf, append=np.inf) <= reach
    active = active[near[:-1] | near[1:]]
    still = np.ones(len(changes), np.bool_)
    for before, after in pairwise(active):
        if after - before <= reach:
            still[before : after + 1] = False
    return still


def _cuts(changes: Curve, is_other: NDArray[np.bool_], fps: float) -> list[int]:
    """Return the frames on which another picture begins: what changes there is no movement."""
    from scipy.ndimage import median_filter

    usual = median_filter(changes, max(3, round(fps) | 1), mode="nearest")
    return [int(cut) for cut in np.flatnonzero(is_other & (changes > _CUT_RATIO * usual)) if cut]


def _spread(directogram: Curve, times_s: Curve, at_s: Curve) -> Curve:
    """Return movement at a constant rate: what moved into a frame is spread over the time it took."""
    moved = np.cumsum(directogram, axis=0)
    even = np.stack([np.interp(at_s, times_s, column) for column in moved.T], axis=1)
    return np.diff(even, axis=0, prepend=even[:1])


def _small(picture: Picture) -> tuple[int, int]:
    """Return the size at which a clip's movement is measured, of its shape when upright."""
    wide, high = picture.frame.width * picture.pixel_aspect, picture.frame.height
    if quarter_turns(picture.frame) % 2:
        wide, high = high, wide
    return _MEASURED, min(4 * _MEASURED, max(16, round(_MEASURED * high / wide / 2) * 2))


def _directogram(before: Gray, after: Gray) -> Curve:
    """Return the mean flow in each direction between two frames, shape (12,)."""
    import cv2

    flow = cv2.calcOpticalFlowFarneback(before, after, None, 0.5, 3, 13, 2, 5, 1.1, 0)  # type: ignore[call-overload]
    length = np.hypot(flow[..., 0], flow[..., 1])
    angle = np.arctan2(flow[..., 1], flow[..., 0])
    bins = ((angle + np.pi) / (2 * np.pi) * _N_DIRECTIONS).astype(np.int64) % _N_DIRECTIONS
    sums = np.bincount(bins.ravel(), weights=length.ravel(), minlength=_N_DIRECTIONS)
    return np.asarray(sums / length.size, np.float64)
