"""How a clip moves: its motion, frame by frame, and its visual beats.

A visual beat is a moment in which movement changes direction or stops: a foot that lands, a head that
turns. They are the peaks of the impact envelope of Davis and Agrawala, Visual Rhythm and Beat (ACM
Transactions on Graphics 37(4), 2018): the deceleration of optical flow, summed over directions.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError

Curve = NDArray[np.float64]
Gray = NDArray[np.uint8]
_WIDTH = 160  # pixels at which movement is measured
_N_DIRECTIONS = 12
_SMOOTH_S = 0.06  # of flow over time, before it is differentiated
_APART_S = 0.15  # two beats are never nearer to each other
_STANDS_OUT = 0.25  # of the largest impact, that a beat must reach
_SPREAD_S = 0.5  # around a peak, over which its neighbours count as its surroundings
_STILL = 0.02  # pixels a frame, at `_WIDTH`, below which nothing moves
_BLACK = 20.0  # mean luma below which a frame is black (video black is 16)


@dataclass(frozen=True)
class Motion:
    """What is known of a clip's movement.

    Attributes:
        fps: frames a second of the clip.
        amount: mean length of optical flow into each frame, pixels at a width of 160, shape (n_frames,).
        impact: deceleration into each frame, 0 to 1 (the clip's strongest), shape (n_frames,).
        beats_s: the times of the visual beats in seconds.
        strengths: the impact of each beat, 0 to 1.
        is_black: whether each frame is black, shape (n_frames,).
    """

    fps: float
    amount: Curve
    impact: Curve
    beats_s: Curve
    strengths: Curve
    is_black: NDArray[np.bool_]

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
    grays, fps = _grays(path)
    directions = [np.zeros(_N_DIRECTIONS)]
    directions += [_directogram(before, after) for before, after in itertools.pairwise(grays)]
    directogram = np.stack(directions)
    amount = directogram.sum(axis=1)
    impact = _impact(directogram, fps)
    beats, strengths = _peaks(impact, fps)
    is_black = np.array([float(gray.mean()) < _BLACK for gray in grays])
    return Motion(fps, amount, impact, beats, strengths, is_black)


def part_of(motion: Motion, start_s: float, length_s: float) -> Motion:
    """Return the movement of a stretch of a clip, its times counted from the stretch's beginning."""
    first = round(start_s * motion.fps)
    end = min(motion.n_frames, max(first + 1, round((start_s + length_s) * motion.fps)))
    inside = (motion.beats_s >= first / motion.fps) & (motion.beats_s < end / motion.fps)
    return Motion(
        motion.fps,
        motion.amount[first:end],
        motion.impact[first:end],
        motion.beats_s[inside] - first / motion.fps,
        motion.strengths[inside],
        motion.is_black[first:end],
    )


def still_runs(motion: Motion) -> NDArray[np.bool_]:
    """Return whether nothing moves into each frame, shape (n_frames,); the first counts as moving."""
    still = np.asarray(motion.amount < _STILL)
    still[:1] = False
    return still


def _grays(path: Path) -> tuple[list[Gray], float]:
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            fps = float(stream.average_rate or 0)
            height = max(16, round(_WIDTH * stream.height / stream.width / 2) * 2)
            grays = [
                frame.reformat(_WIDTH, height, format="gray", interpolation="AREA").to_ndarray()
                for frame in container.decode(stream)
            ]
    except (FFmpegError, IndexError, OSError) as error:
        raise MediaError(f"cannot be read as a clip ({error})", where=str(path)) from error
    if not grays or not fps:
        raise MediaError("holds no picture", where=str(path))
    return [gray.astype(np.uint8, copy=False) for gray in grays], fps


def _directogram(before: Gray, after: Gray) -> Curve:
    """Return the mean flow in each direction between two frames, shape (12,)."""
    import cv2

    flow = cv2.calcOpticalFlowFarneback(before, after, None, 0.5, 3, 13, 2, 5, 1.1, 0)  # type: ignore[call-overload]
    length = np.hypot(flow[..., 0], flow[..., 1])
    angle = np.arctan2(flow[..., 1], flow[..., 0])
    bins = ((angle + np.pi) / (2 * np.pi) * _N_DIRECTIONS).astype(np.int64) % _N_DIRECTIONS
    sums = np.bincount(bins.ravel(), weights=length.ravel(), minlength=_N_DIRECTIONS)
    return np.asarray(sums / length.size, np.float64)


def _impact(directogram: Curve, fps: float) -> Curve:
    """Return the deceleration of flow summed over directions, scaled so that its largest is 1."""
    from scipy.ndimage import gaussian_filter1d

    smooth = gaussian_filter1d(directogram, max(0.5, _SMOOTH_S * fps), axis=0)
    slowing = np.zeros_like(smooth)
    slowing[:-1] = np.maximum(smooth[:-1] - smooth[1:], 0.0)
    impact = slowing.sum(axis=1)
    largest = float(impact.max())
    return np.asarray(impact / largest if largest > _STILL else np.zeros_like(impact), np.float64)


def _peaks(impact: Curve, fps: float) -> tuple[Curve, Curve]:
    """Return times and strengths of the peaks that stand out from what is around them."""
    from scipy.signal import find_peaks

    peaks, _ = find_peaks(
        impact,
        height=_STANDS_OUT,
        distance=max(1, round(_APART_S * fps)),
        prominence=_STANDS_OUT / 2,
        wlen=max(3, round(2 * _SPREAD_S * fps) | 1),
    )
    return peaks / fps, impact[peaks]
