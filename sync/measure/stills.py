"""Small pictures of the frames beside cuts, kept while a film is decoded: its page decodes it no more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Timeline

LONG_SIDE = 288  # pixels
_BESIDE = 2  # frames that a change may lie from where it is planned, for its pictures to be kept
_MOST = 600  # pictures, of 140 kB; of a film with more cuts none is kept

Picture = NDArray[np.uint8]


class Stills:
    """Pictures of a film by frame, shape (height, width, 3), BGR, no longer than 288 pixels."""

    def __init__(self, timeline: Timeline) -> None:
        """Take what was planned, to know around which frames pictures are worth keeping."""
        wanted = _beside_cuts(timeline)
        self._wanted = wanted if len(wanted) <= _MOST else frozenset[int]()
        self._pictures: dict[int, Picture] = {}

    def see(self, number: int, frame: av.VideoFrame) -> None:
        """Keep a frame that is being decoded, if it lies beside a cut."""
        if number in self._wanted:
            self._pictures[number] = _small(frame)

    def pictures(self, video: Path, numbers: Iterable[int]) -> dict[int, Picture]:
        """Return the frames of the given numbers; the film is decoded only if one of them was not kept.

        Raises:
            MediaError: the film cannot be decoded.
        """
        wanted = set(numbers)
        missing = wanted - self._pictures.keys()
        found = _decoded(video, missing) if missing else {}
        return {number: self._pictures[number] for number in wanted & self._pictures.keys()} | found


def _beside_cuts(timeline: Timeline) -> frozenset[int]:
    """Return the frames on both sides of each planned change, and in the middle of a gradual one."""
    near = range(-1 - _BESIDE, _BESIDE + 1)
    places = {
        shot.first_frame + side * (shot.transition_frames // 2)
        for shot in timeline.shots[1:]
        for side in (-1, 0, 1)
    }
    last = timeline.n_frames - 1
    return frozenset(min(max(0, place + step), last) for place in places for step in near)


def _decoded(video: Path, wanted: set[int]) -> dict[int, Picture]:
    found: dict[int, Picture] = {}
    try:
        with av.open(str(video)) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            for number, frame in enumerate(container.decode(stream)):
                if number in wanted:
                    found[number] = _small(frame)
                if len(found) == len(wanted):
                    break
    except (FFmpegError, IndexError, OSError) as error:
        raise MediaError(f"cannot be decoded ({error})", where=str(video)) from error
    return found


def _small(frame: av.VideoFrame) -> Picture:
    scale = min(1.0, LONG_SIDE / max(frame.width, frame.height))
    size = round(frame.width * scale), round(frame.height * scale)
    return np.asarray(frame.reformat(*size, format="bgr24", interpolation="AREA").to_ndarray(), np.uint8)
