"""Pairs of small pictures from every shot, decoded with as little work as the file allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream
from numpy.typing import NDArray

from storyboard.schema.timeline import Shot, Timeline

WIDTH, HEIGHT = 128, 72
"""Size at which pictures are looked at, in pixels; the shape does not matter."""
_WHERE = (0.12, 0.5, 0.88)  # in a shot
_APART_S = 0.125  # between the pictures of a pair: long enough to see a slow movement
_NEAR_S = 0.5  # a pair may be taken this much earlier or later where decoding can begin there

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Pair:
    """Two pictures of a shot shortly after each other, as BGR, shape (HEIGHT, WIDTH, 3)."""

    shot: int
    first: Picture
    second: Picture


@dataclass(frozen=True)
class _Look:
    """A moment of a clip to look at, within the piece of it that a shot shows, in seconds."""

    at_s: float
    first_s: float
    last_s: float
    shot: int


def pairs_of(timeline: Timeline, clips: dict[str, Path]) -> Iterator[Pair]:
    """Yield some pairs of pictures of every shot whose clip is given and can be read, clip by clip."""
    looks: dict[Path, list[_Look]] = {}
    for index, shot in enumerate(timeline.shots):
        if shot.scene in clips:
            looks.setdefault(clips[shot.scene], []).extend(_looks_at(shot, index, timeline.fps))
    for path, wanted in looks.items():
        yield from _pairs_in(path, sorted(wanted, key=lambda look: (look.at_s, look.shot)))


def _looks_at(shot: Shot, index: int, fps: int) -> list[_Look]:
    first_s = shot.source_start_s
    last_s = first_s + shot.n_frames * shot.speed / fps - _APART_S
    return [_Look(first_s + part * (last_s - first_s), first_s, last_s, index) for part in _WHERE]


def _pairs_in(path: Path, looks: Sequence[_Look]) -> Iterator[Pair]:
    try:
        with av.open(str(path)) as container:
            reader = _Reader(container, container.streams.video[0])
            for look in looks:
                begin_s = reader.easiest_near(look)
                first, second = reader.picture(begin_s), reader.picture(begin_s + _APART_S)
                if first is not None and second is not None:
                    yield Pair(look.shot, first, second)
    except (FFmpegError, IndexError, OSError):
        return  # a clip that cannot be read is refused where the film is assembled, with its name


class _Reader:
    """Reads small pictures, forward only, by the shortest way."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container, self._stream = container, stream
        self._unit_s = float(stream.time_base or 1)
        self._zero_s = float((stream.start_time or 0) * self._unit_s)
        self._starts_s = sorted(
            entry.timestamp * self._unit_s - self._zero_s
            for entry in stream.index_entries
            if entry.is_keyframe
        )
        self._decoded = container.decode(stream)
        self._at_s = -1.0

    def easiest_near(self, look: _Look) -> float:
        """Return the time at which decoding can begin if there is one near, else the time itself."""
        earliest = max(look.first_s, look.at_s - _NEAR_S, self._at_s)
        latest = min(look.last_s, look.at_s + _NEAR_S)
        near = [start_s for start_s in self._starts_s if earliest <= start_s <= latest]
        return min(near, key=lambda start_s: abs(start_s - look.at_s), default=look.at_s)

    def picture(self, time_s: float) -> Picture | None:
        """Return the first picture at or after a time that is not before the last; None after the end."""
        self._skip_to(time_s)
        for frame in self._decoded:
            self._at_s = float(frame.time or 0.0) - self._zero_s
            if self._at_s >= time_s - 1e-3:
                small = frame.reformat(width=WIDTH, height=HEIGHT, format="bgr24", interpolation="AREA")
                return small.to_ndarray().astype(np.uint8, copy=False)
        return None

    def _skip_to(self, time_s: float) -> None:
        """Jump if decoding can begin between here and there."""
        ahead = [start_s for start_s in self._starts_s if self._at_s + _APART_S < start_s <= time_s + 1e-3]
        if ahead:
            self._container.seek(round((ahead[-1] + self._zero_s) / self._unit_s), stream=self._stream)
            self._decoded = self._container.decode(self._stream)
