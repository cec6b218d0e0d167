from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.generators.mix import click_times_s

RATE_HZ = 48000
LENGTH_S = 3.0


def music() -> NDArray[np.float64]:
    """A bass, a chord with vibrato, and a soft shaker on every half second; nothing in it jumps."""
    times_s = np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ
    rng = np.random.default_rng(2)
    wobble = 0.002 * np.sin(2 * np.pi * 5 * times_s)
    chord = sum(np.sin(2 * np.pi * pitch_hz * (times_s + wobble / 9)) for pitch_hz in (220, 277, 330, 660))
    bass = sum(np.sin(2 * np.pi * 55 * number * times_s) / number for number in range(1, 12))
    shaker = rng.standard_normal(len(times_s)) * np.exp(-40 * (times_s % 0.5))
    return np.asarray(0.06 * chord + 0.1 * bass + 0.02 * shaker)


def struck() -> NDArray[np.float64]:
    """Drum-like sounds that begin within a millisecond."""
    times_s = np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ
    part_s = times_s % 0.25
    tone = np.sin(2 * np.pi * 180 * part_s) + 0.5 * np.sin(2 * np.pi * 1700 * part_s)
    return np.asarray(0.4 * tone * np.exp(-18 * part_s) * np.minimum(part_s / 0.0008, 1))


@pytest.mark.parametrize("sound", [music(), struck(), np.zeros(RATE_HZ), np.zeros(10), np.zeros(0)])
def test_what_was_played_cleanly_has_no_clicks(sound: NDArray[np.float64]) -> None:
    assert click_times_s(sound, RATE_HZ).tolist() == []


@pytest.mark.parametrize("jump", [0.05, -0.1, 0.3])
def test_a_jump_is_found_where_it_was_planted(jump: float) -> None:
    planted_s = [0.31, 0.82, 1.44, 2.67]
    sound = music()
    for moment_s in planted_s:
        sound[round(moment_s * RATE_HZ) :] += jump
        jump = -jump
    assert click_times_s(sound, RATE_HZ) == pytest.approx(planted_s, abs=0.001)


def test_a_single_wrong_sample_is_found_in_either_channel() -> None:
    stereo = np.stack([music(), music()[::-1]], axis=1)
    stereo[round(0.9 * RATE_HZ), 0] += 0.1
    stereo[round(1.7 * RATE_HZ), 1] -= 0.1
    assert click_times_s(stereo, RATE_HZ) == pytest.approx([0.9, 1.7], abs=0.001)


def test_a_part_cut_into_another_clicks_and_a_faded_one_does_not() -> None:
    place, n_faded = round(1.2 * RATE_HZ), round(0.01 * RATE_HZ)
    one, other = music(), np.roll(music(), 12345)
    cut = np.concatenate([one[:place], other[place:]])
    ramp = np.clip((np.arange(len(one)) - place) / n_faded, 0, 1)
    assert click_times_s(cut, RATE_HZ) == pytest.approx([1.2], abs=0.001)
    assert len(click_times_s(one * (1 - ramp) + other * ramp, RATE_HZ)) == 0


@pytest.mark.parametrize("rate_hz", [22050, 32000, 44100])
def test_clicks_are_found_at_any_rate(rate_hz: int) -> None:
    sound = music()[: 2 * rate_hz]
    sound[rate_hz:] += 0.1
    assert click_times_s(sound, rate_hz) == pytest.approx([1.0], abs=0.001)
