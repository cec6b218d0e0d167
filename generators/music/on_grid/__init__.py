"""Bring music that was made without a clock onto the grid of a score, and measure that it is there.

Models are told a tempo and give another, and begin anywhere in a bar. The beats are heard, stretched
to the score's, a bar's first beat is moved to 0, and the length is made the score's. Where no pulse is
heard nothing is stretched, and nothing is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.sound import RATE_HZ, Sound
from storyboard.generators.music.grid import grid_of
from storyboard.generators.music.on_grid.onsets import onsets_of
from storyboard.generators.music.on_grid.pulse import Pulse, find_pulse
from storyboard.generators.music.on_grid.stretch import warp
from storyboard.generators.score import Score
from storyboard.generators.seams import MusicTake
from storyboard.schema.provenance import ModelUsed

HIT_S = 0.05  # a beat of the score is hit when one is heard this near to it
ON_GRID = 0.8  # the share of beats hit from which the grid is reported
_EVIDENCE = 0.15  # noise has 0.02 to 0.05, drums that drift by 3 % 0.34
_STEADY_S = 0.012  # beats may stray this far before the tempo is followed piece by piece
_AROUND = 4  # beats before and after one, over which its place is smoothed
_LOOP_BARS = 8
_OVERLAP_S = 0.015


@dataclass(frozen=True)
class Fitted:
    """Music as long as the score, what was heard in it before, and what was measured after."""

    sound: Sound
    tempo_bpm: float | None
    evidence: float
    hit: float

    @property
    def on_grid(self) -> bool:
        """Whether the score's beats may be relied on."""
        return self.hit >= ON_GRID

    def take(self, score: Score, model: ModelUsed | None = None) -> MusicTake:
        """Return the take: with the grid of the score where the music keeps it, else without."""
        return grid_of(score, model) if self.on_grid else MusicTake(model=model)


def fit_to_grid(sound: Sound, score: Score) -> Fitted:
    """Stretch, align and cut music to a score.

    Args:
        sound: the recording, shape (channels, n) at 48 kHz; what is too short is repeated by whole bars.
        score: where the beats shall be.
    """
    heard = find_pulse(onsets_of(sound), score.tempo_bpm, score.beats_per_bar)
    if heard is None or heard.evidence < _EVIDENCE:
        evidence = heard.evidence if heard else 0.0
        return Fitted(_ended(_filled(sound, score), score), None, evidence, 0.0)
    fitted = _ended(_filled(_aligned(sound, heard, score), score), score)
    return Fitted(fitted, heard.tempo_bpm, heard.evidence, measure_hits(fitted, score))


def measure_hits(sound: Sound, score: Score) -> float:
    """Return the share of the score's beats, 0 to 1, within 50 ms of which a beat is heard.

    Whether the beat or what lies half-way between is heard as the beat is a matter of taste in some
    styles; it was settled when the music was fitted, and either will do here.
    """
    heard = find_pulse(onsets_of(sound), score.tempo_bpm, score.beats_per_bar)
    if heard is None or heard.evidence < _EVIDENCE:
        return 0.0
    beats_s = np.array([score.beat_s(beat) for beat in range(score.n_beats)])
    between_s = (heard.beats_s[:-1] + heard.beats_s[1:]) / 2
    return max(_hits(beats_s, heard.beats_s), _hits(beats_s, between_s))


def _hits(beats_s: NDArray[np.float64], heard_s: NDArray[np.float64]) -> float:
    nearest_s = np.abs(beats_s[:, None] - heard_s[None, :]).min(axis=1)
    return float(np.mean(nearest_s <= HIT_S))


def _aligned(sound: Sound, heard: Pulse, score: Score) -> Sound:
    """Return the recording from its first downbeat on, in the tempo of the score."""
    beats_s = _smooth(heard)[heard.first_downbeat :]
    if beats_s[0] < 0:
        beats_s = beats_s[score.beats_per_bar :]
    anchors = _anchors(beats_s)
    return warp(sound, [float(beats_s[beat]) for beat in anchors], [score.beat_s(beat) for beat in anchors])


def _smooth(heard: Pulse) -> NDArray[np.float64]:
    """Put every beat onto the line through its neighbours, the strong ones first.

    What is played loosely stays so, and a beat that was only guessed comes to lie where it belongs.
    """
    beats_s = heard.beats_s
    numbers = np.arange(len(beats_s))
    trust = heard.strength / heard.strength.max() + 0.01
    smooth = np.empty(len(beats_s))
    for beat in numbers:
        near = slice(max(0, beat - _AROUND), beat + _AROUND + 1)
        slope, at_0 = np.polyfit(numbers[near], beats_s[near], 1, w=trust[near])
        smooth[beat] = slope * beat + at_0
    return smooth


def _anchors(beats_s: NDArray[np.float64]) -> list[int]:
    """Return the beats between which the tempo is steady, the first and the last among them."""
    anchors = [0]
    last = len(beats_s) - 1
    while anchors[-1] < last:
        first = anchors[-1]
        ends = [end for end in range(last, first + 1, -1) if _is_steady(beats_s[first : end + 1])]
        anchors.append(ends[0] if ends else first + 1)
    return anchors


def _is_steady(beats_s: NDArray[np.float64]) -> bool:
    even_s = np.linspace(beats_s[0], beats_s[-1], len(beats_s))
    return float(np.abs(beats_s - even_s).max()) <= _STEADY_S


def _filled(sound: Sound, score: Score) -> Sound:
    """Cut to the score's length, or repeat the last whole bars until it is reached."""
    n_needed, bar = round(score.duration_s * RATE_HZ), score.bar_s(1) * RATE_HZ
    n_bars = int(sound.shape[1] / bar)
    if sound.shape[1] >= n_needed or not n_bars:
        return np.pad(sound[:, :n_needed], ((0, 0), (0, max(0, n_needed - sound.shape[1]))))
    n_loop = min(_LOOP_BARS, n_bars)
    starts = [0, *range(n_bars, int(n_needed / bar) + 1, n_loop)]
    result = np.zeros((len(sound), n_needed), np.float32)
    overlap = round(_OVERLAP_S * RATE_HZ)
    for start, end in pairwise([*starts, None]):
        taken = 0 if start == 0 else round((n_bars - n_loop) * bar)
        first = round(start * bar)
        stop = min(n_needed, round(n_bars * bar) - taken + first if end is None else round(end * bar))
        piece = sound[:, max(0, taken - overlap) : taken + stop - first].copy()
        early = min(overlap, taken)
        ramp = np.linspace(0.0, 1.0, early, endpoint=False, dtype=np.float32)
        piece[:, :early] *= ramp
        result[:, first - early : first] *= 1.0 - ramp
        result[:, first - early : first - early + piece.shape[1]] += piece
    return result


def _ended(sound: Sound, score: Score) -> Sound:
    """Begin without a click, and fade out over the last two thirds of the last bar."""
    times_s = np.arange(sound.shape[1]) / RATE_HZ
    final_s, end_s = score.bar_s(score.n_bars - 1), score.duration_s
    first_s, last_s = final_s + (end_s - final_s) / 3, end_s - 0.03
    part = np.clip((times_s - first_s) / (last_s - first_s), 0.0, 1.0)
    gain = np.cos(part * np.pi / 2) ** 2 * np.minimum(times_s / 0.003, 1.0)
    return np.asarray(sound * gain, np.float32)
