"""Write a scene's clip as its shots need it: exactly their frames, at the film's rate and size.

Where a shot is shown slower than its clip was shot, or the clip has fewer frames a second than the
film, pictures between its frames are made up, so that none is shown twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Retime
from storyboard.sync.fit.between import Between, SlowMotion
from storyboard.sync.fit.covering import CENTRE, Covering, Focus, Planes
from storyboard.sync.fit.footage import Picture, Timing, pictures_of
from storyboard.sync.fit.warp import positions_s

_HELD = 16  # frames kept while a clip runs backward, before it is read from its beginning again
_NEAR = 0.002  # of a frame: a moment this near to a frame shows it as it is


@dataclass(frozen=True)
class Moment:
    """What a frame of the film shows: a frame of the clip, or a picture part of the way to its next."""

    index: int
    part: float = 0.0


@dataclass(frozen=True)
class Conforming:
    """How a clip is written: frames a second and size of the film, slow motion, and what the crop keeps."""

    fps: int
    size: tuple[int, int]
    slow_motion: SlowMotion = "flow"
    focus: Focus = CENTRE


def moments_of(fits: Sequence[Retime], n_frames: Sequence[int], fps: int, timing: Timing) -> list[Moment]:
    """Return what every frame of the shots shows, in order."""
    moments: list[Moment] = []
    last = len(timing.times_s) - 1
    for found, count in zip(fits, n_frames, strict=True):
        at_s = positions_s(found.anchors, np.arange(count) / fps)
        places = np.clip(np.interp(at_s, timing.times_s, np.arange(last + 1)), 0, last)
        slow = _slowed(places)
        moments += [_moment(float(place), bool(is_slow)) for place, is_slow in zip(places, slow, strict=True)]
    return moments


def _slowed(places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return for each frame whether choosing the nearest frame of the clip could show one twice."""
    steps = np.abs(np.diff(places))
    slow = np.zeros(len(places), np.bool_)
    slow[1:] |= steps < 1 - 1e-4
    slow[:-1] |= steps < 1 - 1e-4
    return slow


def _moment(place: float, is_slow: bool) -> Moment:
    nearest = int(place + 0.5 + 1e-6)
    if not is_slow or abs(place - nearest) <= _NEAR:
        return Moment(nearest)
    return Moment(int(place), place - int(place))


def conform(
    clip: Path,
    timing: Timing,
    fits: Sequence[Retime],
    n_frames: Sequence[int],
    film: Conforming,
    out: Path,
    progress: OnFraction = ignore,
) -> None:
    """Write the frames of the shots to `out` (MP4, H.264, hardly compressed, BT.601 in studio range).

    Args:
        clip: the clip as its generator made it.
        timing: when its frames are shown.
        fits: how each shot is filled from it.
        n_frames: the length of each shot in frames of the film.
        film: what the film is like.
        out: the file to write.
        progress: receives the fraction done.

    Raises:
        MediaError: the clip cannot be read or ends too early.
    """
    moments = moments_of(fits, n_frames, film.fps, timing)
    reader = _Reader(clip, Covering(film.size, film.focus), _HELD if _goes_back(moments) else 2)
    _write(_shown(moments, reader, Between(film.slow_motion)), len(moments), film, out, progress)


def _goes_back(moments: Sequence[Moment]) -> bool:
    return any(after.index < before.index for before, after in pairwise(moments))


def _shown(moments: Sequence[Moment], reader: _Reader, between: Between) -> Iterator[Planes]:
    for moment in moments:
        if moment.part:
            after = reader.planes(moment.index + 1)
            yield between.picture(reader.planes(moment.index), after, moment.part)
        else:
            yield reader.planes(moment.index)


class _Reader:
    """Reads a clip by the number of a frame, forward with ease, backward by beginning again."""

    def __init__(self, clip: Path, covering: Covering, n_held: int) -> None:
        self._clip = clip
        self._covering = covering
        self._pictures: Iterator[Picture] = pictures_of(clip)
        self._held: deque[tuple[int, Picture]] = deque(maxlen=n_held)
        self._n_read = 0
        self._made: dict[int, Planes] = {}

    def planes(self, index: int) -> Planes:
        """Return a frame in the size of the film."""
        if index not in self._made:
            made = self._covering.planes(self._picture(index))
            kept = sorted(self._made, key=lambda each: abs(each - index))[:2]
            self._made = {each: self._made[each] for each in kept} | {index: made}
        return self._made[index]

    def _picture(self, index: int) -> Picture:
        if index < self._n_read - len(self._held):
            self._pictures, self._n_read = pictures_of(self._clip), 0
            self._held.clear()
        for picture in islice(self._pictures, max(0, index + 1 - self._n_read)):
            self._held.append((self._n_read, picture))
            self._n_read += 1
        for number, picture in self._held:
            if number == index:
                return picture
        raise MediaError(f"ends at frame {self._n_read - 1}, frame {index} is needed", where=str(self._clip))


def _write(
    pictures: Iterator[Planes], n_frames: int, film: Conforming, out: Path, progress: OnFraction
) -> None:
    try:
        with av.open(str(out), "w", format="mp4") as container:
            options = {"crf": "12", "preset": "veryfast", "threads": "2"}
            stream = container.add_stream("libx264", rate=film.fps, options=options)
            stream.width, stream.height = film.size
            stream.pix_fmt = "yuv420p"
            stream.codec_context.colorspace, stream.codec_context.color_range = 6, 1  # BT.601, studio range
            for count, picture in enumerate(pictures, start=1):
                for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="yuv420p")):
                    container.mux(packet)
                if count % 24 == 0:
                    progress(count / n_frames)
            for packet in stream.encode():
                container.mux(packet)
    except FFmpegError as error:
        raise MediaError(f"cannot be written ({error})", where=str(out)) from error
    progress(1.0)
