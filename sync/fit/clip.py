"""A clip read forward, frame by frame, in the size of the film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.sync.fit.covering import CENTRE, Covering, Focus
from storyboard.sync.fit.footage import pictures_of, timing_of


class Clip:
    """A clip read forward, frame by frame, as planes of yuv420p in the size of the film."""

    def __init__(self, path: Path, size: tuple[int, int], focus: Focus = CENTRE) -> None:
        """Open a clip; one of another shape is cropped about its focal point.

        Raises:
            MediaError: the file is missing or holds no picture.
        """
        self.path = path
        self._timing = timing_of(path)
        self._covering = Covering(size, focus)
        self._pictures = pictures_of(path)
        self._index = -1
        self._frame: NDArray[np.uint8] | None = None

    @property
    def fps(self) -> float:
        """Frames a second."""
        return self._timing.fps

    @property
    def n_frames(self) -> int:
        """Number of frames that are whole in the file, whatever its index says; none is decoded for it."""
        return len(self._timing.times_s)

    def frame(self, index: int) -> NDArray[np.uint8]:
        """Return a frame, shape (3 * height / 2, width); indices may only go up."""
        while self._index < index or self._frame is None:
            picture = next(self._pictures, None)
            if picture is None:
                raise MediaError(
                    f"ends at frame {self._index}, frame {index} is needed", where=str(self.path)
                )
            self._index += 1
            if self._index == index:
                self._frame = self._covering.planes(picture)
        return self._frame

    def close(self) -> None:
        """Let go of the file."""
        self._pictures.close()
