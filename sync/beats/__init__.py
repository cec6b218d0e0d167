"""The beats of a song that nobody knows the grid of: tempo, beats, bars and metre by ear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.beats.bars import Path, likeliest
from storyboard.sync.beats.clarity import onset_curve, pulse_clarity
from storyboard.sync.beats.evidence import BEATS_OF, PLACES, Evidence
from storyboard.sync.beats.strokes import FRAME_S, RATE_HZ, Floats, features_of

__all__ = ["RATE_HZ", "Beats", "Floats", "at_rate", "known_grid", "onset_curve", "track"]

_UNSURE = 0.4
_UNCLEAR, _CLEAR = 0.1, 0.2  # clarity: strokes at random reach 0.09, recorded songs 0.2 and more
_LIKELY, _SURE = 0.82, 0.9  # likeness to beats: strokes at random reach 0.8
_EXPECTED = 0.15  # log probability a beat that the metre asked for gains
_LATENCY_S = 0.001  # of the features behind what is heard, measured on rendered songs
_NEAR_FRAMES = 3  # so far from a beat lies its stroke
_TOGETHER = 9  # beats are moved alike, so that one odd stroke moves none
_STEADY = 0.04  # a constant tempo wanders by less
_PHRASE_BEATS = 8
_NEARLY_ALL = 0.9
_SAME_S = 1e-3  # a downbeat is the beat it lies as near to
_UNHEARD_BPM = 60.0  # of a single beat


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
        confidence: the share of the beats that lie within 70 ms of one, as benchmarks/beats.py finds it
            on songs like this: 0.4 to 1; 1 where the players know the grid.
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
    if clarity <= 0:
        return None
    features = features_of(sound)
    evidence = Evidence(features)
    path = likeliest(evidence, _bonus(beats_per_bar))
    likeness = _likeness_to_beats(evidence, path)
    confidence = likeness * _share_of_pulse(clarity, likeness)
    if confidence < _UNSURE or len(path.frames) < 2 * beats_per_bar:
        return None
    return _grid(path, features, confidence)


def known_grid(beats_s: Sequence[float], downbeats_s: Sequence[float], beats_per_bar: int) -> Beats:
    """Return the grid that the players of a song know.

    Args:
        beats_s: every beat in seconds, at least one.
        downbeats_s: the first beat of every bar.
        beats_per_bar: 2, 3, 4 or 6, whose bars are of two beats.
    """
    beats, starts = np.array(beats_s), np.array(downbeats_s)
    bars = np.diff(np.searchsorted(beats, starts - _SAME_S)).tolist()
    tempi_bpm = _local_tempi_bpm(beats) if len(beats) > 1 else np.array([_UNHEARD_BPM])
    return Beats(
        beats_s=beats.tolist(),
        downbeats_s=starts.tolist(),
        tempo_bpm=float(np.median(tempi_bpm)),
        beats_per_bar=beats_per_bar,
        is_steady=_is_steady(tempi_bpm),
        keeps_metre=bars.count(BEATS_OF.get(beats_per_bar, beats_per_bar)) >= _NEARLY_ALL * len(bars),
        confidence=1.0,
    )


def _bonus(beats_per_bar: int) -> dict[int, float]:
    """Return what each metre gains; two beats a bar may be those of 6."""
    expected = (2, 6) if beats_per_bar in (2, 6) else (beats_per_bar,)
    return {metre: _EXPECTED for metre in expected}


def _likeness_to_beats(evidence: Evidence, path: Path) -> float:
    """Return the mean probability of the beats of a path."""
    odds = evidence.beat(path.frames, path.intervals)
    return float(np.mean(1 / (1 + np.exp(-odds))))


def _share_of_pulse(clarity: float, likeness: float) -> float:
    """Return 0 where strokes may have come at random, 1 where there is a pulse.

    A pulse that changes all the time is not clear, and shows in how like beats its beats are.
    """
    clear = (clarity - _UNCLEAR) / (_CLEAR - _UNCLEAR)
    like = max(0.0, (likeness - _LIKELY) / (_SURE - _LIKELY))
    return min(1.0, max(0.0, clear + like))


def _grid(path: Path, features: Floats, confidence: float) -> Beats:
    beats_s = np.maximum(0.0, _at_their_strokes(path.frames, features) * FRAME_S - _LATENCY_S)
    metres = [PLACES[place][0] for place in path.places]
    starts = np.array([PLACES[place][1] == 0 for place in path.places])
    tempi_bpm = _local_tempi_bpm(beats_s)
    metre = max(sorted(set(metres)), key=metres.count)
    return Beats(
        beats_s=beats_s.tolist(),
        downbeats_s=beats_s[starts].tolist(),
        tempo_bpm=float(np.median(tempi_bpm)),
        beats_per_bar=metre,
        is_steady=_is_steady(tempi_bpm),
        keeps_metre=metres.count(metre) >= _NEARLY_ALL * len(metres),
        confidence=confidence,
    )


def _at_their_strokes(frames: NDArray[np.int64], features: Floats) -> NDArray[np.float64]:
    """Move beats, a few together, to the middle of the strokes that they were found by."""
    from scipy.ndimage import median_filter

    near = np.arange(-_NEAR_FRAMES, _NEAR_FRAMES + 1)
    heard = features[np.clip(frames[:, None] + near, 0, len(features) - 1), 0] ** 2 + 1e-6
    late = median_filter((heard * near).sum(axis=1) / heard.sum(axis=1), _TOGETHER, mode="nearest")
    moved = frames + late
    return np.asarray(moved if np.all(np.diff(moved) > 0) else frames, np.float64)


def _is_steady(tempi_bpm: NDArray[np.float64]) -> bool:
    spread_bpm = np.ptp(np.percentile(tempi_bpm, [5, 95]))
    return bool(spread_bpm < _STEADY * np.median(tempi_bpm))


def _local_tempi_bpm(beats_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the tempo over every few beats."""
    span = min(_PHRASE_BEATS, len(beats_s) - 1)
    return np.asarray(60 * span / (beats_s[span:] - beats_s[:-span]))
