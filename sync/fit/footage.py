"""What a file of moving pictures holds: its frames, in order, each with its time.

What the container says of itself (how many frames, at what rate) is not believed: files are cut off,
phones change their rate while they film, and some formats keep no count. What can be decoded counts.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError

Times = NDArray[np.float64]
_EVEN = 0.55  # of a frame: a clip whose frames are nowhere further off runs at a constant rate
_NTSC = 0.0015  # 23.976, 29.97 and 59.94 are shown as 24, 30 and 60: 0.1 % faster is not seen
_ROUNDED = 0.02  # milliseconds make 23.8 of 24
_USUAL_FPS = 24.0
_SLOWEST_FPS, _FASTEST_FPS = 1.0, 240.0


@dataclass(frozen=True)
class Picture:
    """A decoded frame: its time in seconds, and how much wider than high its pixels are."""

    time_s: float
    frame: av.VideoFrame
    pixel_aspect: float = 1.0


@dataclass(frozen=True)
class Timing:
    """When each frame of a clip is shown.

    Attributes:
        fps: frames a second; the usual, where they change.
        times_s: the time of every frame from the first, in seconds, shape (n_frames,).
    """

    fps: float
    times_s: Times


def pictures_of(path: Path) -> Generator[Picture]:
    """Yield what can be decoded of a clip; a file that is cut off ends early.

    Raises:
        MediaError: the file is missing, or nothing in it can be decoded.
    """
    last_s = -np.inf
    with _opened(path) as (container, stream):
        stream.thread_type = "AUTO"
        aspect = float(stream.sample_aspect_ratio or 1)
        period_s = 1 / (_declared_fps(stream) or _USUAL_FPS)
        for frame in _decoded(container, stream):
            time_s = frame.time if frame.time is not None else max(last_s, -period_s) + period_s
            if time_s > last_s:
                yield Picture(time_s, frame, aspect)
                last_s = time_s
    if not np.isfinite(last_s):
        raise MediaError("holds no picture that can be read", where=str(path))


def rate_of(path: Path) -> float:
    """Return the rate that a file gives for its pictures, 0 where it gives none.

    Raises:
        MediaError: the file is missing, or holds no picture.
    """
    with _opened(path) as (_, stream):
        return _declared_fps(stream)


def timing_of(path: Path) -> Timing:
    """Return when the frames of a clip are shown, read from its packets without decoding any.

    Raises:
        MediaError: the file is missing, or holds no picture.
    """
    with _opened(path) as (container, stream):
        declared = _declared_fps(stream)
        base = float(stream.time_base or 1)
        shown = [p for p in _packets(container, stream) if p.size and not p.is_discard]
        ticks = {packet.pts for packet in shown if packet.pts is not None}
    if not shown:
        raise MediaError("holds no picture that can be read", where=str(path))
    if not ticks:  # a bare stream, whose frames have no times
        return evened(list(np.arange(len(shown)) / (declared or _USUAL_FPS)), declared)
    return evened([tick * base for tick in sorted(ticks)], declared)


def evened(times_s: Sequence[float], declared_fps: float) -> Timing:
    """Return the timing of frames: an even one where they keep a rate but for rounding."""
    times = np.asarray(times_s, np.float64) - times_s[0]
    count = np.arange(len(times))
    if len(times) < 2:
        return Timing(_sane(declared_fps or _USUAL_FPS), times)
    for fps in (declared_fps, (len(times) - 1) / times[-1]):
        if fps and np.abs(times - count / fps).max() <= _EVEN / fps:
            whole = float(round(fps))
            fps = whole if abs(fps - whole) <= _NTSC * fps else fps
            return Timing(_sane(fps), count / _sane(fps))
    usual = 1 / float(np.median(np.diff(times)))  # of times that a container may have rounded
    return Timing(_sane(round(usual) if abs(usual - round(usual)) < _ROUNDED * usual else usual), times)


def _sane(fps: float) -> float:
    return min(_FASTEST_FPS, max(_SLOWEST_FPS, fps))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise MediaError("holds no picture", where=str(path))
            yield container, container.streams.video[0]
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"cannot be read as a clip ({error})", where=str(path)) from error


def _declared_fps(stream: VideoStream) -> float:
    return float(stream.average_rate or stream.guessed_rate or 0)


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[av.Packet[VideoStream]]:
    """Yield the packets that are whole; the one in which a file was cut off is not."""
    with suppress(FFmpegError):
        for packet in container.demux(stream):
            if not packet.is_corrupt:
                yield packet


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    for packet in _packets(container, stream):
        with suppress(FFmpegError):  # one broken picture; the next may be whole
            for frame in packet.decode():
                if not frame.is_corrupt:
                    yield frame
