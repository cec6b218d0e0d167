"""Conformed clips: one file a shot with exactly the frames that the film shows, at the film's rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from storyboard.schema.board import Look
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Shot, Timeline
from storyboard.sync.assemble import Picture

_KEYFRAME_S = 0.5  # editing programs jump about in a clip
_CRF = "12"  # nobody sees the difference to the source


def shot_name(index: int, shot: Shot) -> str:
    """Return the name of a shot, counted from 1: 003-the-road."""
    return f"{index + 1:03d}-{shot.scene}"


def song_frames(timeline: Timeline) -> int:
    """Return how many whole frames the song sounds for: its end may lie within the film's last frame."""
    return max(1, min(timeline.n_frames, int(timeline.song_map.duration_s * timeline.fps + 1e-6)))


def conform_shots(
    timeline: Timeline,
    clips: Mapping[str, Path],
    look: Look,
    folder: Path,
    progress: OnFraction = ignore,
) -> list[Path]:
    """Write one clip a shot (MP4, H.264, no sound) and return the files in order.

    Args:
        timeline: the shots, as the film was assembled from them.
        clips: the file of each scene as it is shown, by the scene's id.
        look: size and palette of the film.
        folder: where the files go; made if it is not there.
        progress: receives the fraction done.

    Raises:
        MediaError: a clip is missing or too short (known before anything is written).
    """
    picture = Picture(timeline, clips, look)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    try:
        for index, shot in enumerate(timeline.shots):
            path = folder / f"{shot_name(index, shot)}.mp4"
            shown = (picture.frame(at) for at in range(shot.first_frame, shot.last_frame + 1))
            _write(shown, timeline.fps, look.size, path)
            written.append(path)
            progress((shot.last_frame + 1) / timeline.n_frames)
    finally:
        picture.close()
    return written


def _write(frames: Iterator[NDArray[np.uint8]], fps: int, size: tuple[int, int], out: Path) -> None:
    # Without B-frames the first frame is at zero in every program, edit lists read or not.
    options = {"crf": _CRF, "preset": "veryfast", "bf": "0", "g": str(max(1, round(_KEYFRAME_S * fps)))}
    with av.open(str(out), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as container:
        stream = container.add_stream("libx264", rate=fps, options={**options, "threads": "1"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = 6  # BT.601, as the film
        for planes in frames:
            for packet in stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
