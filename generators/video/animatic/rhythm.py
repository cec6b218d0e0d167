"""Rhythm: what time it is in the music at a frame of the clip, and what a singing mouth does."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right

from storyboard.generators.seams import VideoRequest, Viseme
from storyboard.generators.video.animatic.figure.mouths import MOUTHS, Mouth
from storyboard.generators.video.animatic.scenery import Clock

_RAMP_S = 0.06
_BLEND_S = 0.083
"""How long a mouth takes from one shape to the next, which it has on the very frame that is asked."""
_DEFAULT_BPM = 100.0
BEATS_A_BAR = 4


class Rhythm:
    """The beats, downbeats and words of one clip."""

    def __init__(self, request: VideoRequest) -> None:
        self._fps = request.look.fps
        self._beats = sorted(set(request.beats))
        self._downbeats = sorted(set(request.downbeats)) or self._beats[::4]
        self._upbeat = -bisect_left(self._beats, self._downbeats[0]) % BEATS_A_BAR if self._downbeats else 0
        self._sung = sorted(request.sung)
        self._starts = [start for start, _ in self._sung]
        self._visemes: list[tuple[int, Viseme]] = [
            (0, "rest"),
            *sorted(request.visemes, key=lambda each: each[0]),
        ]
        self._changes = [frame for frame, _ in self._visemes]
        self._shapes = [MOUTHS[shape] for _, shape in self._visemes]

    @property
    def tempo_bpm(self) -> float:
        """Beats a minute in this clip."""
        if len(self._beats) < 2:
            return _DEFAULT_BPM
        gaps = sorted(b - a for a, b in zip(self._beats, self._beats[1:], strict=False))
        return 60.0 * self._fps / gaps[len(gaps) // 2]

    def clock(self, frame: int) -> Clock:
        """Return the time at a frame."""
        return Clock(frame / self._fps, self._beat(frame), self._pulse(frame))

    def mouth(self, frame: int) -> Mouth:
        """Return the shape of a singing mouth at a frame: as it is told, else open while a word sounds."""
        if len(self._shapes) < 2:
            return Mouth(open=self._opened(frame))
        at = bisect_right(self._changes, frame) - 1
        shape = self._shapes[at]
        if at + 1 == len(self._shapes):
            return shape
        blend = min(max(2.0, _BLEND_S * self._fps), float(self._changes[at + 1] - self._changes[at]))
        share = 1.0 - (self._changes[at + 1] - frame) / blend
        return shape.toward(self._shapes[at + 1], max(0.0, share))

    def _opened(self, frame: int) -> float:
        """Return how open a mouth is of which only is known when it sings, 0 to 1."""
        ramp = max(1.0, _RAMP_S * self._fps)
        at = bisect_right(self._starts, frame + ramp)
        opened = 0.0
        for start, end in self._sung[max(0, at - 3) : at]:
            opened = max(opened, min(1.0, (frame - start) / ramp + 1, (end - frame) / ramp + 1))
        return max(0.0, opened) * (0.78 + 0.22 * math.sin(frame / self._fps * 17))

    def _beat(self, frame: int) -> float:
        """Return the beat at a frame, counted so that the first downbeat is a multiple of a bar's beats."""
        beats = self._beats
        if len(beats) < 2:
            return frame / self._fps * _DEFAULT_BPM / 60
        at = min(max(bisect_right(beats, frame) - 1, 0), len(beats) - 2)
        return self._upbeat + at + (frame - beats[at]) / (beats[at + 1] - beats[at])

    def _pulse(self, frame: int) -> float:
        at = bisect_right(self._downbeats, frame)
        return math.exp(-(frame - self._downbeats[at - 1]) / self._fps * 3.6) if at else 0.0
