"""Write a scene's clip as its shots need it: exactly their frames, at the film's rate and size.

Where a shot runs slower than its clip, the frames between are made up by motion-compensated
interpolation (ffmpeg's minterpolate) before any are chosen.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Retime
from storyboard.sync import ffmpeg
from storyboard.sync.fit.warp import positions_s

_SMOOTH = 4  # frames made up of one where a clip is slowed
_PAD_S = 1.0  # minterpolate leaves the last frames out; these are padded, then cut again
_GRACE = 0.01  # of a frame: a time that falls on one must not be rounded to the one before


def frames_of(fits: Sequence[Retime], n_frames: Sequence[int], fps: int, clip_fps: float) -> list[int]:
    """Return the index of the clip's frame for every frame of the shots, in order."""
    indices: list[int] = []
    for found, count in zip(fits, n_frames, strict=True):
        at_s = positions_s(found.anchors, np.arange(count) / fps)
        indices += [int(index) for index in at_s * clip_fps + _GRACE]
    return indices


def conform(
    clip: Path,
    clip_fps: float,
    fits: Sequence[Retime],
    n_frames: Sequence[int],
    fps: int,
    size: tuple[int, int],
    out: Path,
    progress: OnFraction = ignore,
) -> None:
    """Write the frames of the shots to `out` (MP4, H.264, hardly compressed).

    Args:
        clip: the clip as its generator made it.
        clip_fps: its frames a second.
        fits: how each shot is filled from it.
        n_frames: the length of each shot in frames of the film.
        fps: frames a second of the film.
        size: width and height of the film; a clip of another shape is cropped about its centre.
        out: the file to write.
        progress: receives the fraction done.

    Raises:
        MediaError: the clip cannot be read or ends too early.
    """
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        source, rate = clip, clip_fps
        if any(found.speed < 1 - 1e-6 for found in fits):
            source, rate = Path(folder) / "smooth.mp4", clip_fps * _SMOOTH
            _smooth(clip, rate, source)
        indices = frames_of(fits, n_frames, fps, rate)
        _write(_picked(source, indices, size), len(indices), fps, size, out, progress)


def _smooth(clip: Path, fps: float, out: Path) -> None:
    """Write a clip at a higher rate, its new frames made up along the movement."""
    rate = Fraction(fps).limit_denominator(1001)
    chain = f"tpad=stop_mode=clone:stop_duration={_PAD_S},minterpolate=fps={rate}:mi_mode=mci:mc_mode=aobmc"
    picture = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "10", "-pix_fmt", "yuv420p"]
    ffmpeg.run(["-y", "-i", str(clip), "-vf", chain, "-an", *picture, str(out)], where=str(clip))


def _picked(clip: Path, indices: list[int], size: tuple[int, int]) -> Iterator[NDArray[np.uint8]]:
    """Yield frames by index; they are read forward, and kept only where they go back."""
    back = any(after < before for before, after in itertools.pairwise(indices))
    held: dict[int, NDArray[np.uint8]] = {}
    wanted = set(indices)
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        decoded = enumerate(container.decode(stream))
        at, picture = -1, None
        for index in indices:
            while index > at:
                found = next(decoded, None)
                if found is None:
                    raise MediaError(f"ends at frame {at}, frame {index} is needed", where=str(clip))
                at = found[0]
                if at in wanted:
                    picture = covering(found[1], size)
                    if back:
                        held[at] = picture
            chosen = held[index] if back else picture
            assert chosen is not None
            yield chosen


def covering(frame: av.VideoFrame, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a frame that fills the film's picture, cropped about its centre, RGB (height, width, 3)."""
    width, height = size
    scale = max(width / frame.width, height / frame.height)
    across, down = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
    across, down = max(across, width), max(down, height)
    picture = frame.reformat(across, down, format="rgb24").to_ndarray()
    left, top = (across - width) // 2, (down - height) // 2
    return np.ascontiguousarray(picture[top : top + height, left : left + width], np.uint8)


def _write(
    pictures: Iterator[NDArray[np.uint8]],
    n_frames: int,
    fps: int,
    size: tuple[int, int],
    out: Path,
    progress: OnFraction,
) -> None:
    with av.open(str(out), "w") as container:
        options = {"crf": "12", "preset": "veryfast", "threads": "2"}
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for count, picture in enumerate(pictures, start=1):
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
            if count % 24 == 0:
                progress(count / n_frames)
        for packet in stream.encode():
            container.mux(packet)
    progress(1.0)
