"""OpenTimelineIO: the whole cut with speed changes, markers and reasons; media by relative paths."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import MediaError, SystemRequirementError
from storyboard.schema.files import write_whole
from storyboard.schema.timeline import Shot, Timeline
from storyboard.sync.export.conforming import shot_name, song_frames
from storyboard.sync.export.markers import MarkerKind, markers_of

_COLORS: dict[MarkerKind, str] = {"section": "GREEN", "bar": "RED", "line": "CYAN"}
MediaKind = Literal["video", "audio"]
METADATA = "storyboard"
"""Where this project's own facts lie in the metadata of a clip."""


def otio_or_hint() -> Any:
    """Return the opentimelineio package.

    Raises:
        SystemRequirementError: it is not installed.
    """
    try:
        import opentimelineio
    except ImportError as error:
        raise SystemRequirementError(
            "OpenTimelineIO files need the opentimelineio package", hint='pip install "storyboard[edit]"'
        ) from error
    return opentimelineio


def write_otio(timeline: Timeline, board: Storyboard, folder: Path, out: Path) -> None:
    """Write the cut as an OpenTimelineIO file; the same film in the same place gives the same bytes.

    A shot that runs at another speed carries a linear time warp; a speed that changes inside a shot is
    kept whole in its metadata, and runs at its mean for programs that do not read that.

    Args:
        timeline: the shots, with how each clip was fitted.
        board: the song and the scenes.
        folder: the project, in which the clips and the song lie.
        out: the .otio to write; media are named relative to its folder.

    Raises:
        SystemRequirementError: opentimelineio is not installed.
        MediaError: a clip or the song is missing.
    """
    otio = otio_or_hint()
    cut = otio.schema.Timeline(name=board.song.title)
    cut.metadata[METADATA] = {"fps": timeline.fps, "n_frames": timeline.n_frames, "topic": board.topic}
    video = otio.schema.Track(name="Shots", kind=otio.schema.TrackKind.Video)
    media = {
        name: _media(otio, folder / name, out.parent, "video")
        for name in dict.fromkeys(shot.clip for shot in timeline.shots)
    }
    for index, shot in enumerate(timeline.shots):
        if shot.transition_frames:
            video.append(_transition(otio, shot, timeline.fps))
        video.append(_clip(otio, index, shot, timeline, board, media[shot.clip].deepcopy()))
    audio = otio.schema.Track(name="Song", kind=otio.schema.TrackKind.Audio)
    song = _media(otio, folder / song_file(board), out.parent, "audio")
    length = _range(otio, 0, song_frames(timeline), timeline.fps)
    audio.append(otio.schema.Clip(name=board.song.title, media_reference=song, source_range=length))
    cut.tracks.extend([video, audio])
    cut.tracks.markers.extend(_markers(otio, timeline, board))
    write_whole(out, (otio.adapters.otio_json.write_to_string(cut) + "\n").encode())


def song_file(board: Storyboard) -> str:
    """Return the path of the song in its project: the master made here, or the user's own recording."""
    return board.song.audio.file if board.song.audio else "song/mix.wav"


def _clip(otio: Any, index: int, shot: Shot, timeline: Timeline, board: Storyboard, media: Any) -> Any:
    clip = otio.schema.Clip(
        name=shot_name(index, shot),
        media_reference=media,
        source_range=_range(otio, shot.source_start_s * timeline.fps, shot.n_frames, timeline.fps),
    )
    titles = {scene.id: scene.title for scene in board.scenes}
    clip.metadata[METADATA] = {
        "scene": shot.scene,
        "title": titles.get(shot.scene, ""),
        "reason": shot.reason,
        "framing": shot.framing,
        "accents": [accent.model_dump(mode="json") for accent in shot.accents],
    }
    if shot.retime is not None:
        clip.metadata[METADATA]["retime"] = shot.retime.model_dump(mode="json")
    backward = shot.retime is not None and shot.retime.way == "forward and back"
    if abs(shot.speed - 1) > 1e-6 and not backward:
        clip.effects.append(otio.schema.LinearTimeWarp(name="speed", time_scalar=shot.speed))
    return clip


def _transition(otio: Any, shot: Shot, fps: int) -> Any:
    """Return a crossfade as every program knows it, and a dip by its name."""

    def half() -> Any:
        return otio.opentime.RationalTime(shot.transition_frames // 2, fps)

    dissolve = otio.schema.TransitionTypes.SMPTE_Dissolve
    kind = dissolve if shot.transition == "crossfade" else otio.schema.TransitionTypes.Custom
    return otio.schema.Transition(
        name=shot.transition, transition_type=kind, in_offset=half(), out_offset=half()
    )


def _markers(otio: Any, timeline: Timeline, board: Storyboard) -> list[Any]:
    return [
        otio.schema.Marker(
            name=marker.text,
            marked_range=_range(otio, marker.frame, marker.n_frames, timeline.fps),
            color=_COLORS[marker.kind],
            metadata={METADATA: {"kind": marker.kind}},
        )
        for marker in markers_of(timeline, board)
    ]


def _media(otio: Any, path: Path, beside: Path, kind: MediaKind) -> Any:
    """Return a reference to a file by its path from a folder, with what it holds."""
    length, rate = _held(path, kind)
    try:
        url = quote(Path(os.path.relpath(path.resolve(), beside.resolve())).as_posix())
    except ValueError:  # on another drive
        url = path.resolve().as_uri()
    return otio.schema.ExternalReference(target_url=url, available_range=_range(otio, 0, length, rate))


def _held(path: Path, kind: MediaKind) -> tuple[int, float]:
    """Return length and rate of a media file: in frames, or in samples of a sound."""
    import av
    from av.error import FFmpegError

    try:
        with av.open(str(path)) as container:
            if kind == "video":
                picture = container.streams.video[0]
                return picture.frames, float(picture.average_rate or 1)
            rate = container.streams.audio[0].rate
            return round((container.duration or 0) / av.time_base * rate), rate
    except (FFmpegError, IndexError, OSError) as error:
        raise MediaError(f"cannot be read ({error})", where=str(path)) from error


def _range(otio: Any, start: float, length: float, rate: float) -> Any:
    time = otio.opentime.RationalTime
    return otio.opentime.TimeRange(time(start, rate), time(length, rate))
