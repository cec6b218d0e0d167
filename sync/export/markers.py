"""What an editor wants to see above the cut: bars, sections and sung lines, each at its frame."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from storyboard.schema.board import Storyboard
from storyboard.schema.files import write_whole
from storyboard.schema.timeline import Timeline

MarkerKind = Literal["section", "bar", "line"]
_ORDER: tuple[MarkerKind, ...] = ("section", "bar", "line")


@dataclass(frozen=True)
class Marker:
    """A moment of the song: what begins on this frame, and for how many frames it lasts."""

    frame: int
    n_frames: int
    kind: MarkerKind
    text: str


def markers_of(timeline: Timeline, board: Storyboard) -> list[Marker]:
    """Return the bars, the sections and the sung lines of a film in order of time."""
    song_map = timeline.song_map
    found = [
        _marker(timeline, beat_s, beat_s, "bar", f"bar {number}")
        for number, beat_s in enumerate(song_map.downbeats_s, start=1)
    ]
    found += [
        _marker(timeline, span.start_s, span.end_s, "section", span.label) for span in song_map.sections
    ]
    found += [
        _marker(timeline, words[0].start_s, words[-1].end_s, "line", board.song.line(ref))
        for ref, words in song_map.words_by_line().items()
    ]
    inside = (marker for marker in found if marker.frame < timeline.n_frames)
    return sorted(inside, key=lambda marker: (marker.frame, _ORDER.index(marker.kind)))


def _marker(timeline: Timeline, start_s: float, end_s: float, kind: MarkerKind, text: str) -> Marker:
    first = round(start_s * timeline.fps)
    last = min(round(end_s * timeline.fps), timeline.n_frames)
    return Marker(first, max(1, last - first), kind, text)


def write_markers(timeline: Timeline, board: Storyboard, out: Path) -> None:
    """Write cuts and markers as a table (CSV): frame, seconds, timecode, kind, text, scene."""
    starts = [shot.first_frame for shot in timeline.shots]
    rows = [(shot.first_frame, -1, "cut", shot.reason) for shot in timeline.shots]
    rows += [
        (marker.frame, _ORDER.index(marker.kind), marker.kind, marker.text)
        for marker in markers_of(timeline, board)
    ]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["frame", "time_s", "timecode", "kind", "text", "scene"])
    for frame, _, kind, what in sorted(rows, key=lambda row: row[:2]):
        scene = timeline.shots[bisect_right(starts, frame) - 1].scene
        time_s = f"{frame / timeline.fps:.3f}"
        table.writerow([frame, time_s, timecode(frame, timeline.fps), kind, what, scene])
    write_whole(out, text.getvalue().encode())


def timecode(frame: int, fps: int) -> str:
    """Return a frame as hours:minutes:seconds:frames, no frame dropped."""
    seconds, frames = divmod(frame, fps)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frames:02d}"
