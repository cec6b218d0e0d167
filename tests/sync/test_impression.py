"""A first hearing tells tempo, metre, key and mood, and owns up to what it cannot hear."""

from __future__ import annotations

import re

import numpy as np
import pytest

from storyboard.schema.song import _KEY
from storyboard.sync.beats import RATE_HZ
from storyboard.sync.impression import Impression, impression_of, moods

SCALES = {"major": (0, 4, 7), "minor": (0, 3, 7)}


def chords(tonic: int, mode: str, duration_s: float = 16.0) -> np.ndarray:
    """Return tonic, subdominant and dominant chords of a key, a second each, from the tonic to itself."""
    minor = mode == "minor"
    roots = [0, 5, 7, 0] if not minor else [0, 5, 0, 7]
    sound = []
    for number in range(int(duration_s)):
        root = roots[number % 4]
        thirds = SCALES["minor" if minor and root != 7 else "major" if not minor else "minor"]
        time_s = np.arange(RATE_HZ) / RATE_HZ
        notes = [60 + tonic + root + step for step in thirds] + [48 + tonic + root]
        hz = [440 * 2 ** ((note - 69) / 12) for note in notes]
        sound.append(sum(np.sin(2 * np.pi * f * time_s) for f in hz) * np.exp(-2 * time_s))
    return (0.1 * np.concatenate(sound)).astype(np.float32)


def drums(tempo_bpm: float, duration_s: float = 24.0, divisions: int = 2) -> np.ndarray:
    """Return drum strokes on beats and much softer ticks between them."""
    sound = np.zeros(round(duration_s * RATE_HZ), np.float32)
    rng = np.random.default_rng(0)
    step_s = 60 / tempo_bpm / divisions
    time_s = np.arange(2400) / RATE_HZ
    thump = np.sin(2 * np.pi * 70 * time_s) * np.exp(-time_s * 30)
    rustle = rng.standard_normal(2400) * np.exp(-time_s * 60)
    for number in range(int((duration_s - 0.2) / step_s)):
        at = round(number * step_s * RATE_HZ)
        sound[at : at + 2400] += thump + 0.5 * rustle if number % divisions == 0 else 0.02 * rustle
    return 0.5 * sound


@pytest.mark.parametrize(
    ("tonic", "mode", "name"),
    [
        (0, "major", "C major"),
        (7, "major", "G major"),
        (9, "minor", "A minor"),
        (10, "major", "Bb major"),
        (1, "minor", "C# minor"),
    ],
)
def test_the_key_of_plain_chords_is_heard(tonic: int, mode: str, name: str) -> None:
    heard = impression_of(chords(tonic, mode))
    assert heard.key == name
    assert heard.key_confidence > 0.2


@pytest.mark.parametrize("tempo_bpm", [72, 100, 128])
def test_the_tempo_of_drums_is_heard_in_its_octave(tempo_bpm: float) -> None:
    heard = impression_of(drums(tempo_bpm))
    assert heard.tempo_bpm == pytest.approx(tempo_bpm, rel=0.02)
    assert heard.tempo_confidence > 0.5
    assert heard.beats_per_bar == 4


def test_beats_that_divide_in_three_are_six_eight() -> None:
    assert impression_of(drums(80, divisions=3)).beats_per_bar == 6


def test_noise_has_no_tempo_and_no_key() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(20 * RATE_HZ).astype(np.float32)
    heard = impression_of(noise)
    assert heard.tempo_confidence == 0
    assert heard.key_confidence < 0.2
    assert heard.brightness > 0.8


def test_silence_has_an_impression_too() -> None:
    heard = impression_of(np.zeros(10 * RATE_HZ, np.float32))
    assert (heard.tempo_confidence, heard.key_confidence, heard.energy) == (0, 0, 0)
    assert_in_range(heard)


def test_louder_is_more_energetic_and_higher_is_brighter() -> None:
    soft, loud = impression_of(0.05 * drums(100)), impression_of(drums(100))
    assert soft.energy < loud.energy
    low, high = impression_of(chords(0, "major")), impression_of(chords(0, "major")[::2].repeat(1))
    assert low.brightness < high.brightness
    assert_in_range(loud)


def assert_in_range(heard: Impression) -> None:
    assert _KEY.match(heard.key)
    assert 40 <= heard.tempo_bpm <= 240
    assert heard.beats_per_bar in (2, 3, 4, 6)
    assert all(
        0 <= part <= 1
        for part in (heard.tempo_confidence, heard.key_confidence, heard.energy, heard.brightness)
    )
    assert heard.moods and all(re.fullmatch("[a-z]+", mood) for mood in heard.moods)


def test_words_for_moods_follow_tempo_mode_energy_and_colour() -> None:
    assert "tense" in moods(140, True, 0.9, 0.5, 5)
    assert "gentle" in moods(70, False, 0.1, 0.5, 5)
    assert "driving" in moods(120, False, 0.7, 0.5, 5)
    assert "dark" in moods(70, True, 0.5, 0.1, 5)
    assert "bright" in moods(120, False, 0.5, 0.9, 5)
    assert "dramatic" in moods(100, False, 0.5, 0.5, 20)
