"""Where a cut may fall: whole frames on beats, outside every sung word, each with what it marks.

A song without a grid is cut where a phrase begins, where a section begins, and between words.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from storyboard.schema.song import LineRef
from storyboard.schema.timeline import SongMap, Word

Grid = Literal["downbeat", "beat", "phrase", "none"]
_SPARSE_S = 6.0  # without a beat for this long, a cut is offered between words all the same
_BREATH_S = 0.3  # a silence after which the voice begins a new phrase
_LEAD_S = 0.08  # the picture changes this long before a phrase, so that the eye is there first
_NEAR_S = 0.06  # what is this near in time is at the same place
_SOON_S = 1.5  # a line that begins within this time is what the cut leads to


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
    grid: Grid
    bar: int = 0
    section: str = field(default="", compare=False)
    line: LineRef | None = field(default=None, compare=False)
    inside_line: bool = False
    inside_word: bool = False


def line_spans(song_map: SongMap) -> list[LineSpan]:
    """Return when every line that has words is sung, in order."""
    return [
        LineSpan(ref, min(word.start_s for word in words), max(word.end_s for word in words))
        for ref, words in song_map.words_by_line().items()
    ]


def inside_word(time_s: float, words: list[Word]) -> bool:
    """Whether a word is being sung at this time; its very first and last moment do not count."""
    return any(word.start_s < time_s < word.end_s for word in words)


class Points:
    """The cut points of a song; holds what is looked up for each of them."""

    def __init__(self, song_map: SongMap, fps: int) -> None:
        self._map, self._fps = song_map, fps
        words = sorted(song_map.words, key=lambda word: word.start_s)
        self._starts = [word.start_s for word in words]
        self._ends = list(accumulate((word.end_s for word in words), max))
        self._lines = line_spans(song_map)
        self._line_starts = [line.start_s for line in self._lines]
        self._downbeats = {round(beat, 4) for beat in song_map.downbeats_s}

    def all(self, n_frames: int) -> list[CutPoint]:
        """Return the points in order, without the song's two ends."""
        points: dict[int, CutPoint] = {}
        for beat_s in self._map.beats_s:
            frame = self._free_frame(beat_s)
            if frame is not None and 0 < frame < n_frames:
                grid: Grid = "downbeat" if round(beat_s, 4) in self._downbeats else "beat"
                points[frame] = self.at(frame, beat_s, grid)
        for start, end in self._sparse(sorted(points), n_frames):
            for time_s, found in self._off_grid(start / self._fps, end / self._fps):
                frame = max(1, math.floor(time_s * self._fps + 1e-6))
                if start < frame < end and not self.sung(frame / self._fps):
                    points.setdefault(frame, self.at(frame, time_s, found))
        return [points[frame] for frame in sorted(points)]

    def within(self, first: int, last: int) -> CutPoint:
        """Return the frame nearest to the middle of a stretch, outside every word if there is one."""
        middle = (first + last) / 2
        frames = sorted(range(first, last + 1), key=lambda frame: abs(frame - middle))
        frame = next((each for each in frames if not self.sung(each / self._fps)), frames[0])
        return self.at(frame, frame / self._fps, "none")

    def nearest(self, time_s: float) -> CutPoint:
        """Return the frame nearest to a time that the user has chosen, with what the song does there."""
        frame = max(1, round(time_s * self._fps))
        beats = self._map.beats_s
        index = bisect_left(beats, time_s)
        beat_s = min(beats[max(0, index - 1) : index + 1], key=lambda beat: abs(beat - time_s), default=None)
        if beat_s is None or abs(beat_s - frame / self._fps) > 1 / self._fps:
            return self.at(frame, time_s, "none")
        return self.at(frame, beat_s, "downbeat" if round(beat_s, 4) in self._downbeats else "beat")

    def sung(self, time_s: float) -> bool:
        """Whether a word is being sung at this time."""
        index = bisect_left(self._starts, time_s)
        return index > 0 and self._ends[index - 1] > time_s

    def at(self, frame: int, time_s: float, grid: Grid) -> CutPoint:
        """Return a point with everything that begins there."""
        sections = self._map.sections
        section = next((each.label for each in sections if abs(each.start_s - time_s) < _NEAR_S), "")
        upcoming = bisect_left(self._line_starts, time_s - _NEAR_S)
        current = self._lines[upcoming - 1] if upcoming else None
        inside = current is not None and current.start_s + _NEAR_S < time_s < current.end_s - _NEAR_S
        following = self._lines[upcoming] if upcoming < len(self._lines) else None
        leads = following is not None and following.start_s - time_s < _SOON_S and not inside
        return CutPoint(
            frame=frame,
            grid=grid,
            bar=bisect_right(self._map.downbeats_s, time_s + _NEAR_S),
            section=section,
            line=following.ref if following and leads else None,
            inside_line=inside,
            inside_word=self.sung(frame / self._fps),
        )

    def _free_frame(self, beat_s: float) -> int | None:
        """Return the frame nearest to a beat, within one frame of it and outside every word."""
        fps = self._fps
        around = sorted(
            {math.floor(beat_s * fps), math.ceil(beat_s * fps)}, key=lambda f: abs(f - beat_s * fps)
        )
        return next((frame for frame in around if not self.sung(frame / fps)), None)

    def _sparse(self, taken: list[int], n_frames: int) -> list[tuple[int, int]]:
        """Return the stretches, in frames, in which no beat offers a cut for long."""
        edges = zip([0, *taken], [*taken, n_frames], strict=True)
        return [(start, end) for start, end in edges if end - start > _SPARSE_S * self._fps]

    def _off_grid(self, start_s: float, end_s: float) -> list[tuple[float, Grid]]:
        """Offer the beginnings of phrases and sections in a stretch, and a moment every half second."""
        offered: dict[float, Grid] = {
            half / 2: "none" for half in range(math.ceil(2 * start_s + 1), math.floor(2 * end_s) + 1)
        }
        begins = [each.start_s for each in self._map.sections]
        silent_since = 0.0
        for begins_s, ends_s in zip(self._starts, self._ends, strict=True):
            if begins_s - silent_since >= _BREATH_S:
                begins.append(max(silent_since, begins_s - _LEAD_S))
            silent_since = ends_s
        offered |= {time_s: "phrase" for time_s in begins if start_s < time_s < end_s}
        return sorted(offered.items(), key=lambda point: (point[1] != "phrase", point[0]))
