"""Where a cut may fall: whole frames on beats, outside every sung word, each with what it marks."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from storyboard.schema.song import LineRef, Song
from storyboard.schema.timeline import SongMap, Word

_SPARSE_S = 6.0  # without a beat for this long, a cut is offered between words all the same


@dataclass(frozen=True)
class LineSpan:
    """When one occurrence of a line is sung."""

    ref: LineRef
    start_s: float
    end_s: float


@dataclass(frozen=True)
class CutPoint:
    """A frame on which a shot may begin."""

    frame: int
    grid: Literal["downbeat", "beat", "none"]
    bar: int = 0
    section: str = field(default="", compare=False)
    line: LineRef | None = field(default=None, compare=False)
    inside_line: bool = False


def line_spans(song_map: SongMap) -> list[LineSpan]:
    """Return when every line that has words is sung, in order."""
    return [
        LineSpan(ref, min(word.start_s for word in words), max(word.end_s for word in words))
        for ref, words in song_map.words_by_line().items()
    ]


def inside_word(time_s: float, words: list[Word]) -> bool:
    """Whether a word is being sung at this time; its very first and last moment do not count."""
    return any(word.start_s < time_s < word.end_s for word in words)


def cut_points(song_map: SongMap, fps: int, n_frames: int) -> list[CutPoint]:
    """Return every point at which a cut may fall, in order of frames, without the song's two ends."""
    downbeats = {round(beat, 4) for beat in song_map.downbeats_s}
    lines = line_spans(song_map)
    points: dict[int, CutPoint] = {}
    for beat_s in song_map.beats_s:
        frame = _free_frame(beat_s, fps, song_map.words)
        if frame is not None and 0 < frame < n_frames:
            on_downbeat = round(beat_s, 4) in downbeats
            points[frame] = _mark(frame, beat_s, "downbeat" if on_downbeat else "beat", song_map, lines)
    for frame in _fillers(sorted(points), fps, n_frames, song_map):
        points[frame] = _mark(frame, frame / fps, "none", song_map, lines)
    return [points[frame] for frame in sorted(points)]


def off_grid_point(time_s: float, song_map: SongMap, fps: int) -> CutPoint:
    """Return the last frame at or before a time, for where no beat will do."""
    frame = max(1, math.floor(time_s * fps + 1e-6))
    return _mark(frame, time_s, "none", song_map, line_spans(song_map))


def _free_frame(beat_s: float, fps: int, words: list[Word]) -> int | None:
    """Return the frame nearest to a beat, within one frame of it and outside every word."""
    around = sorted({math.floor(beat_s * fps), math.ceil(beat_s * fps)}, key=lambda f: abs(f - beat_s * fps))
    return next((frame for frame in around if not inside_word(frame / fps, words)), None)


def _fillers(taken: list[int], fps: int, n_frames: int, song_map: SongMap) -> list[int]:
    """Offer a frame a second between words wherever beats are missing for long."""
    fillers = []
    for start, end in zip([0, *taken], [*taken, n_frames], strict=True):
        if end - start > _SPARSE_S * fps:
            seconds = range(start + fps, end - fps // 2, fps)
            fillers += [frame for frame in seconds if not inside_word(frame / fps, song_map.words)]
    return fillers


def _mark(
    frame: int,
    time_s: float,
    grid: Literal["downbeat", "beat", "none"],
    song_map: SongMap,
    lines: list[LineSpan],
) -> CutPoint:
    near_s = 0.06
    section = next((span.label for span in song_map.sections if abs(span.start_s - time_s) < near_s), "")
    inside = any(line.start_s + near_s < time_s < line.end_s - near_s for line in lines)
    upcoming = next((line for line in lines if line.start_s >= time_s - near_s), None)
    follows = upcoming if upcoming and upcoming.start_s - time_s < 1.5 else None
    return CutPoint(
        frame=frame,
        grid=grid,
        bar=bisect_right(song_map.downbeats_s, time_s + near_s),
        section=section,
        line=follows.ref if follows and not inside else None,
        inside_line=inside,
    )


def reason(point: CutPoint, song: Song, *, new_scene: str = "") -> str:
    """Say in words why a shot begins here."""
    where = {"downbeat": f"downbeat of bar {point.bar}", "beat": f"beat in bar {point.bar}"}
    parts = [where.get(point.grid, "between words, no beat near")]
    if point.section:
        parts.append(f"{point.section} begins")
    if point.line is not None:
        section, line = point.line
        kind = song.sections[section].kind
        parts.append(f"line {line + 1} of the {kind}: “{song.line(point.line)}”")
    elif point.inside_line:
        parts.append("between two words")
    if new_scene:
        parts.append(f"new scene: {new_scene}")
    return ", ".join(parts)
