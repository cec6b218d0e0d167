"""EDL (CMX 3600): one line of timecodes a shot, over conformed clips; markers as LOC comments."""

from __future__ import annotations

import re
from pathlib import Path

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import write_whole
from storyboard.schema.timeline import Timeline
from storyboard.sync.export.conforming import shot_name, song_frames
from storyboard.sync.export.markers import MarkerKind, markers_of, timecode

_HOUR_S = 3600  # programs begin to count at one hour
_COLORS: dict[MarkerKind, str] = {"section": "GREEN", "bar": "RED", "line": "CYAN"}
_EVENT = re.compile(
    r"^\d+\s+\S+\s+(?P<channels>\S+)\s+(?:C|D|W\d+|K\S*)\s+(?:\d+\s+)?"
    r"\S+\s+\S+\s+(?P<start>\d\d:\d\d:\d\d[:;]\d\d)\s+(?P<end>\d\d:\d\d:\d\d[:;]\d\d)\s*$"
)
_NAME = re.compile(r"^\*\s*(?:FROM|TO) CLIP NAME:\s*(?P<name>.+?)\s*$")
_FILE = re.compile(r"^\*\s*SOURCE FILE(?: PATH)?:\s*(?P<file>.+?)\s*$")


def write_edl(timeline: Timeline, board: Storyboard, out: Path) -> None:
    """Write the cut as an EDL; its clips lie beside it as clips/NNN-scene.mp4, its sound as song.wav."""
    fps, hour = timeline.fps, _HOUR_S * timeline.fps
    rows = [f"TITLE: {_line(board.song.title)}", "FCM: NON-DROP FRAME", ""]
    markers = markers_of(timeline, board)
    for index, shot in enumerate(timeline.shots):
        name, start = shot_name(index, shot), hour + shot.first_frame
        rows += [
            _event(index + 1, "V", shot.n_frames, start, fps),
            f"* FROM CLIP NAME: {name}.mp4",
            f"* SOURCE FILE: clips/{name}.mp4",
            f"* COMMENT: {_line(shot.reason)}",
        ]
        rows += [
            f"* LOC: {timecode(hour + marker.frame, fps)} {_COLORS[marker.kind]:<7} {_line(marker.text)}"
            for marker in markers
            if shot.first_frame <= marker.frame <= shot.last_frame
        ]
        if index == 0:  # strict readers take no comment before the first event
            rows.append(f"* FRAME RATE: {fps}")
        rows.append("")
    rows += [
        _event(len(timeline.shots) + 1, "AA", song_frames(timeline), hour, fps),
        "* FROM CLIP NAME: song.wav",
        "* SOURCE FILE: song.wav",
    ]
    write_whole(out, ("\n".join(rows) + "\n").encode())


def _event(number: int, channels: str, n_frames: int, start: int, fps: int) -> str:
    times = (0, n_frames, start, start + n_frames)
    return f"{number:03d}  AX       {channels:<5} C        " + " ".join(timecode(at, fps) for at in times)


def _line(text: str) -> str:
    return " ".join(text.split())


def read_edl(text: str, fps: int, where: str) -> list[tuple[str, str, float, float]]:
    """Return name, file, start and end in seconds of every picture in an EDL, in the order it lists them.

    Args:
        text: the EDL.
        fps: what its timecodes count, where it does not say so itself.
        where: its path, for errors.

    Raises:
        InputError: it holds no picture.
    """
    stated = re.search(r"^\*\s*FRAME RATE:\s*([1-9]\d?)\s*$", text, re.MULTILINE)
    rate = int(stated[1]) if stated else fps
    events: list[tuple[str, str, float, float]] = []
    is_picture = False
    for line in text.splitlines():
        if event := _EVENT.match(line.strip()):
            start_s, end_s = _seconds(event["start"], rate), _seconds(event["end"], rate)
            is_picture = bool(re.search(r"V|^B|NONE", event["channels"])) and end_s > start_s
            if is_picture:
                events.append(("", "", start_s, end_s))
        elif is_picture and (named := _NAME.match(line.strip())):
            _, file_name, start_s, end_s = events[-1]
            events[-1] = (named["name"], file_name, start_s, end_s)
        elif is_picture and (file := _FILE.match(line.strip())):
            name, _, start_s, end_s = events[-1]
            events[-1] = (name, file["file"], start_s, end_s)
    if not events:
        raise InputError("holds no picture that can be read", where=where, hint="export a CMX 3600 EDL")
    offset_s = min(start_s for *_, start_s, _ in events) // _HOUR_S * _HOUR_S
    return [(name, file, start_s - offset_s, end_s - offset_s) for name, file, start_s, end_s in events]


def _seconds(code: str, fps: int) -> float:
    hours, minutes, seconds, frames = (int(part) for part in re.split("[:;]", code))
    return hours * 3600 + minutes * 60 + seconds + frames / fps
