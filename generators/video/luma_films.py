"""The films that Luma sends: how long they are, and several of them as one clip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from storyboard.generators.video.encode import encoding
from storyboard.schema.errors import MediaError

_AGAIN = "run again: it is fetched once more, and not paid again"


def seconds_of(film: Path) -> float:
    """Return how long a film is.

    Raises:
        MediaError: it is none.
    """
    with _opened(film) as container:
        return float((container.duration or 0) / av.time_base)


def joined(shots: Sequence[Sequence[Path]], out: Path, fps: int) -> list[int]:
    """Write the films of several shots as one clip, and return how many frames each shot has.

    Raises:
        MediaError: a film cannot be read.
    """
    with _opened(shots[0][0]) as first:
        width, height = (side - side % 2 for side in _size(first))
    counts = []
    with encoding(out, width, height, fps) as encoder:
        for films in shots:
            begun = encoder.n_frames
            for film in films:
                for planes in _pictures(film, width, height):
                    encoder.write(planes, keyframe=encoder.n_frames == begun)
            counts.append(encoder.n_frames - begun)
    return counts


def _pictures(film: Path, width: int, height: int) -> Iterator[Any]:
    """Yield the frames of a film in a size, as the encoder takes them."""
    with _opened(film) as container:
        for frame in container.decode(video=0):
            picture = frame.to_ndarray(format="rgb24", width=width, height=height)
            yield np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420), np.uint8)


def _size(film: Any) -> tuple[int, int]:
    stream = film.streams.video[0]
    return stream.codec_context.width, stream.codec_context.height


@contextmanager
def _opened(film: Path) -> Iterator[Any]:
    """Open a film that has pictures; what is wrong with it is a MediaError."""
    try:
        with av.open(str(film)) as container:
            if not container.streams.video:
                raise MediaError("Luma sent a film without pictures", hint=_AGAIN)
            yield container
    except av.FFmpegError as error:
        raise MediaError(f"Luma sent what is no film ({error.strerror})", hint=_AGAIN) from error
