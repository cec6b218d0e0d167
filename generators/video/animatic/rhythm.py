"""Rhythm: what time it is in the music at a frame of the clip, and whether a word is being sung."""

from __future__ import annotations

import math
from bisect import bisect_right

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.scenery import Clock

_RAMP_S = 0.06
_DEFAULT_BPM = 100.0


class Rhythm:
    """The beats, downbeats and words of one clip."""

    def __init__(self, request: VideoRequest) -> None:
        self._fps = request.look.fps
        self._beats = sorted(set(request.beats))
        self._downbeats = sorted(set(request.downbeats)) or self._beats[::4]
        self._sung = sorted(request.sung)
        self._starts = [start for start, _ in self._sung]

    def clock(self, frame: int) -> Clock:
        """Return the time at a frame."""
        return Clock(frame / self._fps, self._beat(frame), self._pulse(frame))

    def mouth(self, frame: int) -> float:
        """Return how open a singing mouth is at a frame, 0 to 1."""
        ramp = max(1.0, _RAMP_S * self._fps)
        at = bisect_right(self._starts, frame + ramp)
        opened = 0.0
        for start, end in self._sung[max(0, at - 3) : at]:
            opened = max(opened, min(1.0, (frame - start) / ramp + 1, (end - frame) / ramp + 1))
        return max(0.0, opened) * (0.78 + 0.22 * math.sin(frame / self._fps * 17))

    def _beat(self, frame: int) -> float:
        beats = self._beats
        if len(beats) < 2:
            return frame / self._fps * _DEFAULT_BPM / 60
        at = min(max(bisect_right(beats, frame) - 1, 0), len(beats) - 2)
        return at + (frame - beats[at]) / (beats[at + 1] - beats[at])

    def _pulse(self, frame: int) -> float:
        at = bisect_right(self._downbeats, frame)
        return math.exp(-(frame - self._downbeats[at - 1]) / self._fps * 3.6) if at else 0.0
