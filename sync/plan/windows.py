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
    sung = [[spans[ref] for ref in scene.lines if ref in spans] for scene in board.scenes]
    windows: list[Window] = []
    for index in range(1, n_scenes):
        ends = [span.end_s for scene in sung[:index] for span in scene]
        starts = [span.start_s for scene in sung[index:] for span in scene]
        after = math.ceil(max(ends, default=0.0) * fps - 1e-6)
        until = math.floor(min(starts, default=song_map.duration_s) * fps + 1e-6)
        even, slack = round(n_frames * index / n_scenes), n_frames // (4 * n_scenes)
        first = after if sung[index - 1] else max(after, even - slack)
        last = until if sung[index] else min(until, max(even + slack, first))
        earliest = windows[-1].first + 1 if windows else 1
        latest = n_frames - (n_scenes - index)  # a frame is left to every scene, whatever is sung
        first = min(max(earliest, min(first, last)), latest)
        windows.append(Window(first, min(max(first, last), latest)))
    return windows


def points_of(song_map: SongMap, board: Storyboard, windows: list[Window], n_frames: int) -> list[CutPoint]:
    """Return the cut points with both ends of the song, every pin, and at least one in every window."""
    fps = board.look.fps
    points = Points(song_map, fps)
    found = {} if board.cutting.only_pins else _offered(points, windows, n_frames)
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


def _offered(points: Points, windows: list[Window], n_frames: int) -> dict[int, CutPoint]:
    """Return what the song offers, by frame, and at least one point in every window."""
    found = {point.frame: point for point in points.all(n_frames) if 0 < point.frame < n_frames}
    for window in windows:
        if not any(frame in window for frame in found):
            point = points.within(window.first, window.last)
            found[point.frame] = point
    return found
