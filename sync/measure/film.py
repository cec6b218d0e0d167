"""Decode a film once, and keep of every frame what the measurements need.

A frame is kept as a small picture (luma and chroma), as how much it differs from the one before it, and
as the levels under the captions' glyphs; never at full size, so that a long film takes little memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction
from storyboard.sync.measure.glyphs import Glyphs
from storyboard.sync.measure.stills import Stills

Plane = NDArray[np.uint8]
_LONG_SIDE = 96  # pixels at least, of the luma in which change and movement are measured
_FULL_SCALE = 0.9886  # of it, a tenth of a dB less: a clipped top does not come level out of an encoder
_REPORT_EVERY = 48  # frames


@dataclass(frozen=True)
class Film:
    """What was seen and heard.

    Attributes:
        fps: frames a second.
        changes: how much each frame differs from the one before, 0 to 255, shape (n_frames,).
        luma: mean luma of each frame above the captions, 0 to 255, shape (n_frames,).
        stirs: mean luma difference from the frame before, above the captions, shape (n_frames,).
        pictures: each frame as a vector of its luma and chroma at low resolution, shape (n_frames, k).
        n_luma: how many numbers of that vector are luma; they come first.
        levels: of each caption, its (first frame, levels under its glyphs frame by frame).
        sound_s: length of the sound in seconds.
        clipped_samples: how many samples lie within 0.1 dB of full scale, or beyond.
    """

    fps: float
    changes: NDArray[np.float64]
    luma: NDArray[np.float64]
    stirs: NDArray[np.float64]
    pictures: Plane
    n_luma: int
    levels: list[tuple[int, NDArray[np.float32]]]
    sound_s: float
    clipped_samples: int

    @property
    def n_frames(self) -> int:
        """Number of frames that could be decoded."""
        return len(self.changes)

    @property
    def lumas(self) -> Plane:
        """The luma of each frame as a vector, shape (n_frames, n_luma)."""
        return self.pictures[:, : self.n_luma]

    @property
    def picture_s(self) -> float:
        """Length of the picture in seconds."""
        return self.n_frames / self.fps


class Decoding:
    """One pass through a film: iterate over `frames()`, then ask for `film()`."""

    def __init__(
        self,
        video: Path,
        captions: Sequence[Glyphs],
        n_frames: int,
        progress: OnFraction,
        stills: Stills | None = None,
    ) -> None:
        self._video, self._captions, self._progress = video, captions, progress
        self._expected, self._stills = n_frames, stills
        self.fps = 0.0
        self._changes: list[float] = []
        self._luma: list[float] = []
        self._stirs: list[float] = []
        self._pictures: list[Plane] = []
        self._n_luma = 0
        self._levels: list[list[NDArray[np.float32]]] = [[] for _ in captions]
        self._first: list[int] = [0 for _ in captions]
        self._samples, self._rate_hz, self._clipped = 0, 48_000, 0

    def frames(self) -> Iterator[tuple[int, Plane]]:
        """Decode, and yield the number of each frame with its small luma above the captions.

        Raises:
            MediaError: the file cannot be decoded or has no picture or no sound.
        """
        try:
            with av.open(str(self._video)) as container:
                picture, sound = container.streams.video[0], container.streams.audio[0]
                picture.thread_type = "AUTO"
                self.fps, self._rate_hz = float(picture.average_rate or 0), sound.rate
                before: tuple[Plane, ...] | None = None
                for frame in container.decode(picture, sound):
                    if isinstance(frame, av.AudioFrame):
                        self._hear(frame)
                    elif isinstance(frame, av.VideoFrame):
                        before = self._see(frame, before)
                        yield len(self._changes) - 1, self._above_captions(before[0])
        except (FFmpegError, IndexError, OSError) as error:
            raise MediaError(f"cannot be measured ({error})", where=str(self._video)) from error
        if not self._changes or not self._samples or not self.fps:
            raise MediaError("has no picture or no sound", where=str(self._video))

    def film(self) -> Film:
        """Return what was kept."""
        return Film(
            fps=self.fps,
            changes=np.asarray(self._changes),
            luma=np.asarray(self._luma),
            stirs=np.asarray(self._stirs),
            pictures=np.stack(self._pictures),
            n_luma=self._n_luma,
            levels=[
                (first, np.stack(levels) if levels else np.zeros((0, caption.n_levels), np.float32))
                for caption, first, levels in zip(self._captions, self._first, self._levels, strict=True)
            ],
            sound_s=self._samples / self._rate_hz,
            clipped_samples=self._clipped,
        )

    def _hear(self, frame: av.AudioFrame) -> None:
        self._samples += frame.samples
        sound = frame.to_ndarray()
        largest = 1.0 if sound.dtype.kind == "f" else 2.0 ** (8 * sound.dtype.itemsize - 1) - 1
        self._clipped += int(np.count_nonzero(np.abs(sound) >= _FULL_SCALE * largest))

    def _see(self, frame: av.VideoFrame, before: tuple[Plane, ...] | None) -> tuple[Plane, ...]:
        planes = planes_of(frame)
        block = max(1, max(frame.width, frame.height) // _LONG_SIDE)
        small = tuple(shrunk(plane, block) for plane in planes)
        number = len(self._changes)
        above = self._above_captions(small[0])
        self._luma.append(float(above.mean()))
        self._stirs.append(_difference(above, self._above_captions(before[0])) if before else 0.0)
        self._changes.append(change_between(before, small) if before else 0.0)
        halves = [shrunk(plane, 2).ravel() for plane in small]
        self._pictures.append(np.concatenate(halves))
        self._n_luma = len(halves[0])
        self._read_captions(number, planes)
        if self._stills is not None:
            self._stills.see(number, frame)
        if number % _REPORT_EVERY == 0:
            self._progress(min(1.0, number / self._expected))
        return small

    def _read_captions(self, number: int, planes: tuple[Plane, ...]) -> None:
        at_s = number / self.fps
        for index, caption in enumerate(self._captions):
            if caption.from_s <= at_s <= caption.to_s:
                if not self._levels[index]:
                    self._first[index] = number
                self._levels[index].append(caption.levels(planes))

    def _above_captions(self, luma: Plane) -> Plane:
        top = min((caption.top for caption in self._captions), default=1.0)
        return luma[: max(len(luma) // 2, int(top * len(luma)))]


def size_of(video: Path) -> tuple[int, int]:
    """Return width and height of a film.

    Raises:
        MediaError: it cannot be read or has no picture.
    """
    try:
        with av.open(str(video)) as container:
            picture = container.streams.video[0]
            return picture.width, picture.height
    except (FFmpegError, IndexError, OSError) as error:
        raise MediaError(f"cannot be measured ({error})", where=str(video)) from error


def shrunk(plane: Plane, block: int) -> Plane:
    """Return a plane in which every square of `block` pixels a side is one; what is left over is left out."""
    import cv2

    rows, columns = max(1, plane.shape[0] // block), max(1, plane.shape[1] // block)
    # Whole blocks only: any other factor takes OpenCV five times as long.
    whole = plane[: rows * block, : columns * block]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)


def planes_of(frame: av.VideoFrame) -> tuple[Plane, ...]:
    """Return luma and the two chroma planes (half as wide and high) of a frame, without a copy if it can."""
    if frame.format.name not in ("yuv420p", "yuvj420p"):
        frame = frame.reformat(format="yuv420p")
    return tuple(
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]
        for plane in frame.planes
    )


def change_between(before: tuple[Plane, ...], after: tuple[Plane, ...]) -> float:
    """Return how much two pictures differ, 0 to 255: mean absolute difference of luma and chroma.

    Weighed as content-aware scene detectors do.
    """
    weights = (0.6, 0.2, 0.2)
    return sum(weight * _difference(a, b) for weight, a, b in zip(weights, before, after, strict=True))


def _difference(a: Plane, b: Plane) -> float:
    import cv2

    return float(cv2.mean(cv2.absdiff(a, b))[0])
