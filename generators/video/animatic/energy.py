"""Energy: how much a scene moves with the music, by its kind, tempo, mood, actions and the pace of cuts."""

from __future__ import annotations

from bisect import bisect_right

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.figure import actions_of
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.feelings import energy_of, feeling_of
from storyboard.generators.video.animatic.rhythm import Rhythm

_KINDS = {"performance": 0.66, "story": 0.46, "environment": 0.36}
_LIVELY = {"dance_jump": 0.16, "jump": 0.12, "dance": 0.10, "run": 0.10, "guitar": 0.06, "laugh": 0.04}
_STILL = {
    "sleep": -0.18,
    "cry": -0.14,
    "read": -0.10,
    "window": -0.08,
    "look_out": -0.08,
    "waltz": -0.08,
    "sit": -0.04,
}
_ANDANTE_BPM, _A_TEMPO = 104.0, 0.0025
"""The tempo that neither calms nor drives, and what every beat a minute above it adds."""
_TWO_BARS, _A_BEAT = 8.0, 0.018
"""A shot of so many beats is cut neither fast nor slowly; what every beat less adds."""
_LEAST, _MOST = 0.15, 1.0


class Energy:
    """How much one clip moves with the music, shot by shot: where it is cut faster the song is louder."""

    def __init__(self, request: VideoRequest) -> None:
        tempo_bpm = Rhythm(request).tempo_bpm
        base = _KINDS.get(request.scene.kind, 0.46) + _of_tempo(tempo_bpm) + _of_scene(request)
        beat_frames = request.look.fps * 60 / tempo_bpm
        self._starts = [shot.first_frame for shot in request.shots]
        self._levels = [
            min(_MOST, max(_LEAST, base + _of_pace(shot.n_frames / beat_frames))) for shot in request.shots
        ]

    def at(self, frame: int) -> float:
        """Return the energy at a frame of the clip, 0 to 1."""
        return self._levels[max(0, bisect_right(self._starts, frame) - 1)]


def _of_tempo(tempo_bpm: float) -> float:
    return max(-0.10, min(0.12, (tempo_bpm - _ANDANTE_BPM) * _A_TEMPO))


def _of_pace(n_beats: float) -> float:
    return max(-0.10, min(0.12, (_TWO_BARS - n_beats) * _A_BEAT))


def _of_scene(request: VideoRequest) -> float:
    feeling = feeling_of(request.scene.mood)
    done = {part for action in actions_of(request.scene).values() for part in parts_of(action)}
    moved = [value for verbs in (_LIVELY, _STILL) for verb, value in verbs.items() if verb in done]
    return (0.35 * (energy_of(feeling) - 0.5) if feeling else 0.0) + max(moved, default=0.0)
