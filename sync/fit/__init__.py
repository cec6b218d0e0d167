"""Fit clips into their shots: which frame of a clip each frame of the film shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Shot, Timeline


def source_frames(shot: Shot, timeline_fps: int, clip_fps: float) -> list[int]:
    """Return, for every frame of a shot, the index of the clip's frame shown there."""
    step_s = shot.speed / timeline_fps
    times_s = (shot.source_start_s + index * step_s for index in range(shot.n_frames))
    # Half a frame's grace: a time that falls on a frame must not be rounded to the one before.
    return [int(time_s * clip_fps + 0.01) for time_s in times_s]


class Clip:
    """A clip read forward, frame by frame, as planes of yuv420p in the size of the film."""

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        """Open a clip.

        Raises:
            MediaError: the file is missing or holds no picture.
        """
        self.path = path
        self._size = size
        self._index = -1
        self._frame: NDArray[np.uint8] | None = None
        try:
            self._container = av.open(str(path))
            self._stream = self._container.streams.video[0]
        except (FFmpegError, IndexError, OSError) as error:
            raise MediaError(f"cannot be read as a clip ({error})", where=str(path)) from error
        self._stream.thread_type = "AUTO"
        self._decoded = self._container.decode(self._stream)

    @property
    def fps(self) -> float:
        """Frames a second."""
        return float(self._stream.average_rate or 0)

    @property
    def n_frames(self) -> int:
        """Number of frames, counted in the container's index, without decoding."""
        return self._stream.frames

    def frame(self, index: int) -> NDArray[np.uint8]:
        """Return a frame, shape (3 * height / 2, width); indices may only go up."""
        while self._index < index or self._frame is None:
            decoded = next(self._decoded, None)
            if decoded is None:
                raise MediaError(
                    f"ends at frame {self._index}, frame {index} is needed", where=str(self.path)
                )
            self._index += 1
            if self._index == index:
                self._frame = self._fitted(decoded)
        return self._frame

    def _fitted(self, frame: av.VideoFrame) -> NDArray[np.uint8]:
        """Scale a frame to the size of the film; shapes differ only where a generator could not help it."""
        width, height = self._size
        planes = frame.reformat(width=width, height=height, format="yuv420p").to_ndarray()
        return planes.astype(np.uint8, copy=False)

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()


def check_clips(timeline: Timeline, clips: dict[str, Path], size: tuple[int, int]) -> None:
    """Make sure that every clip is long enough before anything is encoded.

    Raises:
        MediaError: a clip is missing, broken or too short; `where` names it.
    """
    for path in clips.values():
        clip = Clip(path, size)
        try:
            shots = [shot for shot in timeline.shots if clips[shot.scene] == path]
            needed = 1 + max(source_frames(shot, timeline.fps, clip.fps)[-1] for shot in shots)
            if clip.n_frames < needed:
                raise MediaError(f"has {clip.n_frames} frames, its shots need {needed}", where=str(path))
        finally:
            clip.close()


def fitted_frames(
    timeline: Timeline, clips: dict[str, Path], size: tuple[int, int]
) -> Iterator[NDArray[np.uint8]]:
    """Yield every frame of the film in order; `clips` maps a scene's id to its file."""
    clip: Clip | None = None
    scene = ""
    try:
        for shot in timeline.shots:
            if clip is None or shot.scene != scene:
                if clip is not None:
                    clip.close()
                clip, scene = Clip(clips[shot.scene], size), shot.scene
            for index in source_frames(shot, timeline.fps, clip.fps):
                yield clip.frame(index)
    finally:
        if clip is not None:
            clip.close()
