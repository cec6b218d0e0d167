"""Beats and bars are heard in the right octave and metre, on time, through changes, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.sync.beats import RATE_HZ, Beats, Floats, track

Times = NDArray[np.float64]
TIME_S = np.arange(round(0.2 * RATE_HZ)) / RATE_HZ
NEAR_S = 0.07


def steady(tempo_bpm: float, n_beats: int) -> Times:
    return 0.5 + np.arange(n_beats) * 60 / tempo_bpm


def band(beats_s: Times, metre: int, swing: float = 0.5, drums: bool = True) -> Floats:
    """Return a backbeat with hats, a bass on the first of each bar, and chords that change with it."""
    rng = np.random.default_rng(7)
    sound = 1e-4 * rng.standard_normal(round((beats_s[-1] + 1) * RATE_HZ))
    for beat, (start_s, end_s) in enumerate(pairwise(beats_s)):
        place, bar = beat % metre, beat // metre
        root = (0, 5, 7, 9)[bar % 4]
        played = [(0.0, 0.2 * chord(57 + root)), (swing, 0.08 * chord(57 + root))]
        if place == 0:
            played.append((0.0, 0.6 * pluck(33 + root)))
        if drums:
            strong = place == 0 if metre == 3 else place % 2 == 0
            played += [(part, 0.1 * rustle(rng, 80)) for part in (0.0, swing)]
            played.append((0.0, thump() if strong else 0.5 * rustle(rng, 25)))
        for part, note in played:
            at = round((start_s + part * (end_s - start_s)) * RATE_HZ)
            sound[at : at + len(note)] += note
    return np.asarray(0.3 * sound / np.abs(sound).max(), np.float32)


def thump() -> Times:
    return np.asarray(np.sin(2 * np.pi * 60 * TIME_S) * np.exp(-20 * TIME_S))


def rustle(rng: np.random.Generator, fall: float) -> Times:
    return np.asarray(rng.standard_normal(len(TIME_S)) * np.exp(-fall * TIME_S))


def pluck(midi: float) -> Times:
    hz = 440 * 2 ** ((midi - 69) / 12)
    return np.asarray(sum(np.sin(2 * np.pi * hz * n * TIME_S) / n for n in (1, 2, 3)) * np.exp(-8 * TIME_S))


def chord(midi: float) -> Times:
    return pluck(midi) + pluck(midi + 4) + pluck(midi + 7)


def heard(sound: Floats) -> Beats:
    found = track(sound, RATE_HZ)
    assert found is not None
    return found


def f_measure(found_s: list[float], true_s: Times) -> float:
    distances = np.abs(np.array(found_s)[:, None] - true_s)
    hits = min((distances.min(axis=0) < NEAR_S).sum(), (distances.min(axis=1) < NEAR_S).sum())
    return float(2 * hits / (len(found_s) + len(true_s)))


@pytest.mark.parametrize(("tempo_bpm", "metre"), [(168, 4), (72, 4), (100, 3), (150, 3)])
def test_tempo_and_metre_are_heard_without_halving_or_doubling(tempo_bpm: float, metre: int) -> None:
    true_s = steady(tempo_bpm, round(40 * tempo_bpm / 60))
    found = heard(band(true_s, metre))
    assert found.tempo_bpm == pytest.approx(tempo_bpm, rel=0.02)
    assert found.beats_per_bar == metre
    assert found.is_steady and found.keeps_metre
    assert f_measure(found.beats_s, true_s[:-1]) > 0.95
    assert f_measure(found.downbeats_s, true_s[:-1:metre]) > 0.9


def test_beats_are_heard_when_they_sound() -> None:
    true_s = steady(113, 70)
    found = heard(band(true_s, 4))
    assert abs(np.median([beat - true_s[np.abs(true_s - beat).argmin()] for beat in found.beats_s])) < 0.006


CHANGES: dict[str, Callable[[Times], Times]] = {
    "ramp": lambda beat: 1 + 0.35 * beat / len(beat),
    "step": lambda beat: np.where(beat < len(beat) / 2, 1.0, 1.25),
    "rubato": lambda beat: 1 + 0.08 * np.sin(beat / 3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_beats_follow_a_tempo_that_changes(change: str) -> None:
    true_s = 0.5 + np.cumsum(60 / 96 / CHANGES[change](np.arange(64.0)))
    found = heard(band(true_s, 4))
    assert f_measure(found.beats_s, true_s[:-1]) > 0.95
    assert f_measure(found.downbeats_s, true_s[:-1:4]) > 0.85
    assert not found.is_steady


def test_swung_notes_are_no_beats() -> None:
    true_s = steady(126, 80)
    assert f_measure(heard(band(true_s, 4, swing=0.667)).beats_s, true_s[:-1]) > 0.95


def test_chords_alone_have_beats_and_bars() -> None:
    true_s = steady(96, 64)
    found = heard(band(true_s, 4, drums=False))
    assert f_measure(found.beats_s, true_s[:-1]) > 0.95
    assert f_measure(found.downbeats_s, true_s[:-1:4]) > 0.9


def test_a_change_of_metre_is_followed() -> None:
    fours, threes = steady(112, 49), steady(112, 43)
    first = band(fours, 4)[: round(fours[-1] * RATE_HZ)]
    second = band(threes, 3)[round(threes[0] * RATE_HZ) :]
    found = heard(np.concatenate([first, second]))
    bars_s = np.concatenate([fours[:-1:4], fours[-1] + threes[:-1:3] - threes[0]])
    assert not found.keeps_metre
    assert f_measure(found.downbeats_s, bars_s) > 0.85


def test_sound_at_another_rate_has_the_same_beats() -> None:
    sound = band(steady(104, 50), 4)
    doubled = track(np.repeat(sound, 2), 2 * RATE_HZ)
    assert doubled is not None
    assert f_measure(doubled.beats_s, np.array(heard(sound).beats_s)) > 0.95


def random_chords() -> Floats:
    rng = np.random.default_rng(3)
    sound = np.zeros(40 * RATE_HZ)
    for start_s in np.cumsum(rng.uniform(0.15, 1.2, 50)):
        note, at = chord(57 + int(rng.integers(12))), round(start_s * RATE_HZ)
        sound[at : at + len(note)] += note[: max(0, len(sound) - at)]
    return np.asarray(0.1 * sound, np.float32)


def hiss() -> Floats:
    return np.random.default_rng(0).normal(0, 0.1, 20 * RATE_HZ).astype(np.float32)


def silence() -> Floats:
    return np.zeros(20 * RATE_HZ, np.float32)


def a_moment() -> Floats:
    return band(steady(120, 4), 4)[: RATE_HZ // 2]


@pytest.mark.parametrize("sound", [random_chords, hiss, silence, a_moment])
def test_nothing_is_made_up(sound: Callable[[], Floats]) -> None:
    assert track(sound(), RATE_HZ) is None


def test_confidence_falls_with_noise() -> None:
    sound = band(steady(110, 60), 4)
    noise = 0.2 * np.random.default_rng(5).standard_normal(len(sound)).astype(np.float32)
    noisy = track(sound + noise, RATE_HZ)
    assert 0.2 <= (noisy.confidence if noisy else 0.2) < heard(sound).confidence <= 1
