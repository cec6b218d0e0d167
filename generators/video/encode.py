"""Encoding: I420 frames to an H.264 MP4 that appears whole or not at all."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray

from storyboard.schema.files import beside

_OPTIONS = {
    "preset": "ultrafast",
    "qp": "16",
    "threads": "1",
    "bf": "0",
    "g": "24",
    "sc_threshold": "0",
    "x264-params": "rc-lookahead=0:sync-lookahead=0:mbtree=0:aq-mode=0:deblock=0,0",
}
"""One thread and no clock anywhere: the same frames give the same bytes.

A constant quantiser spares x264 the small picture by which it would judge every frame. Deblocking costs a
third of a millisecond, and what it takes out need not be encoded again in the film.
"""
_MMAP_MAX, _TRIM_THRESHOLD = -4, -1  # as malloc.h of glibc numbers what mallopt sets
_KEPT_BYTES = 1 << 30


class Encoder:
    """Writes frames at a constant rate."""

    def __init__(self, path: Path, width: int, height: int, fps: int) -> None:
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._stream = self._container.add_stream("libx264", rate=fps, options=_OPTIONS)
        self._stream.width, self._stream.height = width, height
        self._stream.pix_fmt = "yuv420p"
        context = self._stream.codec_context
        self._time_base = context.time_base = Fraction(1, fps)
        context.color_primaries = context.color_trc = 1  # BT.709
        context.colorspace, context.color_range = 6, 1  # OpenCV converts by BT.601, studio range
        self.n_frames = 0

    def write(self, planes: NDArray[np.uint8], *, keyframe: bool) -> None:
        """Encode one I420 frame of shape (height * 3 / 2, width); x264 makes a copy of its own."""
        frame = av.VideoFrame.from_numpy_buffer(planes, format="yuv420p")
        frame.pts = self.n_frames
        frame.time_base = self._time_base
        if keyframe:
            frame.pict_type = PictureType.I
        for packet in self._stream.encode(frame):
            self._container.mux(packet)
        self.n_frames += 1

    def finish(self) -> None:
        """Flush the encoder."""
        for packet in self._stream.encode(None):
            self._container.mux(packet)

    def close(self) -> None:
        """Close the file."""
        self._container.close()


@contextmanager
def encoding(out: Path, width: int, height: int, fps: int) -> Iterator[Encoder]:
    """Yield an encoder that writes beside `out`; the file is renamed to `out` when all went well."""
    _keep_freed_memory()
    with beside(out, ".mp4") as place:
        encoder = Encoder(place, width, height, fps)
        try:
            yield encoder
            encoder.finish()
        finally:
            encoder.close()


def _keep_freed_memory() -> None:
    """Keep the memory of pictures that are done with for the next ones, where the C library is glibc.

    A frame takes dozens of them, and to ask the system for each anew took a seventh of a clip's time.
    """
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_MMAP_MAX, 0)
        libc.mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
