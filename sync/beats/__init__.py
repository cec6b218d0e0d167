"""The beats of a song that nobody knows the grid of: tempo, beats, bars and metre by ear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.beats.bars import Path, likeliest
from storyboard.sync.beats.clarity import onset_curve, pulse_clarity
from storyboard.sync.beats.evidence import PLACES, Evidence
from storyboard.sync.beats.strokes import FRAME_S, RATE_HZ, Floats, features_of

__all__ = ["RATE_HZ", "Beats", "Floats", "at_rate", "onset_curve", "track", "track_beats"]

_UNSURE = (
    0.2  # noise, speech and random strokes reach 0.13, a singer alone 0.05, recorded songs 0.27 and more
)
_CLEAR = 0.3  # clarity of a pulse that leaves no doubt that there is one
_EXPECTED = 0.15  # log probability a beat that the metre asked for gains
_LATENCY_S = 0.003  # of the features behind what is heard, measured on rendered songs
_STEADY = 0.04  # a constant tempo wanders by less
_PHRASE_BEATS = 8
_NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Beats:
    """The grid of a song.

    Attributes:
        beats_s: every beat in seconds.
        downbeats_s: the first beat of every bar.
        tempo_bpm: beats a minute, the median when it changes.
        beats_per_bar: the metre most bars have: 2, 3, 4 or 6; the beats of 6 divide in three and two of
            them are a bar.
        is_steady: whether the tempo stays the same.
        keeps_metre: whether nearly all bars have the same metre.
        confidence: 0.2 to 1.
    """

    beats_s: list[float]
    downbeats_s: list[float]
    tempo_bpm: float
    beats_per_bar: int
    is_steady: bool
    keeps_metre: bool
    confidence: float


def at_rate(samples: Floats, rate_hz: int) -> Floats:
    """Return mono sound at the rate that everything here works at."""
    from scipy.signal import resample_poly

    common = int(np.gcd(rate_hz, RATE_HZ))
    if rate_hz == RATE_HZ:
        return samples
    return np.asarray(resample_poly(samples, RATE_HZ // common, rate_hz // common), np.float32)


def track(
    samples: Floats, rate_hz: int, *, beats_per_bar: int = 4, onsets: Floats | None = None
) -> Beats | None:
    """Return the grid of mono sound, or None when the evidence for a pulse is weak.

    Args:
        samples: mono.
        rate_hz: their rate.
        beats_per_bar: the metre to expect where several would do.
        onsets: the onset curve, when it is known already.
    """
    sound = at_rate(samples, rate_hz)
    clarity = pulse_clarity(onset_curve(sound) if onsets is None else onsets)
    if clarity < _UNSURE * _CLEAR:
        return None
    features = features_of(sound)
    evidence = Evidence(features)
    path = likeliest(evidence, _bonus(beats_per_bar))
    confidence = _likeness_to_beats(evidence, path) * min(1.0, clarity / _CLEAR)
    if confidence < _UNSURE or len(path.frames) < 2 * beats_per_bar:
        return None
    return _grid(path, confidence)


def track_beats(samples: Floats, rate_hz: int, beats_per_bar: int) -> tuple[list[float], list[float]]:
    """Return beats and downbeats in seconds; both empty when the evidence for a pulse is weak."""
    heard = track(samples, rate_hz, beats_per_bar=beats_per_bar)
    return (heard.beats_s, heard.downbeats_s) if heard else ([], [])


def _bonus(beats_per_bar: int) -> dict[int, float]:
    """Return what each metre gains; two beats a bar may be those of 6."""
    expected = (2, 6) if beats_per_bar in (2, 6) else (beats_per_bar,)
    return {metre: _EXPECTED for metre in expected}


def _likeness_to_beats(evidence: Evidence, path: Path) -> float:
    """Return the mean probability of the beats of a path."""
    odds = evidence.beat(path.frames, path.intervals)
    return float(np.mean(1 / (1 + np.exp(-odds))))


def _grid(path: Path, confidence: float) -> Beats:
    beats_s = np.maximum(0.0, path.frames * FRAME_S - _LATENCY_S)
    metres = [PLACES[place][0] for place in path.places]
    starts = np.array([PLACES[place][1] == 0 for place in path.places])
    tempi_bpm = _local_tempi_bpm(beats_s)
    metre = max(sorted(set(metres)), key=metres.count)
    middle_bpm = float(np.median(tempi_bpm))
    return Beats(
        beats_s=beats_s.tolist(),
        downbeats_s=beats_s[starts].tolist(),
        tempo_bpm=middle_bpm,
        beats_per_bar=metre,
        is_steady=bool(np.ptp(np.percentile(tempi_bpm, [5, 95])) < _STEADY * middle_bpm),
        keeps_metre=metres.count(metre) >= _NEARLY_ALL * len(metres),
        confidence=confidence,
    )


def _local_tempi_bpm(beats_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the tempo over every few beats."""
    span = min(_PHRASE_BEATS, len(beats_s) - 1)
    return np.asarray(60 * span / (beats_s[span:] - beats_s[:-span]))
