"""When each scene may begin: after the last word of the scene before it, at the latest with its own first."""

from __future__ import annotations

import math
from dataclasses import dataclass

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import SongMap
from storyboard.sync.plan.points import CutPoint, Points, line_spans


@dataclass(frozen=True)
class Window:
    """The first and the last frame on which a scene may begin, both included."""

    first: int
    last: int

    def __contains__(self, frame: int) -> bool:
        """Whether the scene may begin on a frame."""
        return self.first <= frame <= self.last


def windows_of(song_map: SongMap, board: Storyboard, n_frames: int) -> list[Window]:
    """Return the window of every scene but the first, which begins with the song.

    A scene whose lines are not sung anywhere begins near its share of the song.
    """
    fps, n_scenes = board.look.fps, len(board.scenes)
    spans = {span.ref: span for span in line_spans(song_map)}
    windows: list[Window] = []
    earliest = 1
    for index, (before, after) in enumerate(zip(board.scenes, board.scenes[1:], strict=False), start=1):
        ends = [spans[ref].end_s for ref in before.lines if ref in spans]
        starts = [spans[ref].start_s for ref in after.lines if ref in spans]
        even, slack = round(n_frames * index / n_scenes), n_frames // (4 * n_scenes)
        last = math.floor(min(starts) * fps + 1e-6) if starts else even + slack
        first = math.ceil(max(ends) * fps - 1e-6) if ends else even - slack
        first = max(earliest, min(first, last))
        last = min(max(first, last), n_frames - (n_scenes - index))
        windows.append(Window(first, last))
        earliest = first + 1
    return windows


def points_of(song_map: SongMap, board: Storyboard, windows: list[Window], n_frames: int) -> list[CutPoint]:
    """Return the cut points with both ends of the song, every pin, and at least one in every window."""
    fps = board.look.fps
    points = Points(song_map, fps)
    found = {point.frame: point for point in points.all(n_frames) if 0 < point.frame < n_frames}
    for window in windows:
        if not any(frame in window for frame in found):
            point = points.within(window.first, window.last)
            found[point.frame] = point
    for index, pin in enumerate(board.cutting.pins):
        point = points.nearest(pin.at_s)
        if not 0 < point.frame < n_frames:
            raise InputError(
                f"{pin.at_s:g} s is outside the song, which lasts {song_map.duration_s:.2f} s",
                where=f"cutting.pins[{index}].at_s",
                hint="move the pin into the song, or take it away",
            )
        found[point.frame] = point
    opening = song_map.sections[0].label if song_map.sections else ""
    start, end = CutPoint(0, "downbeat", bar=1, section=opening), CutPoint(n_frames, "none")
    return [start, *(found[frame] for frame in sorted(found)), end]
