"""The desk takes what other generators record: any rate, soft or hot, mono or stereo, short or silent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from storyboard.generators.mix import balance, click_times_s, mix

LENGTH_S = 5.0
WORD_S = [(1.0, 1.3), (1.4, 1.7), (1.8, 2.2), (3.0, 3.5), (3.6, 4.2)]


def music(rate_hz: int) -> NDArray[np.float64]:
    """A dense band: chords with bright harmonics over a pulse."""
    times_s = np.arange(round(LENGTH_S * rate_hz)) / rate_hz
    chord = sum(np.sign(np.sin(2 * np.pi * pitch_hz * times_s)) for pitch_hz in (196.0, 246.9, 293.7))
    low = np.sin(2 * np.pi * 60 * times_s) * np.exp(-8 * (times_s % 0.5))
    smooth = sosfilt(butter(2, 6000, fs=rate_hz, output="sos"), chord)
    both = np.stack([smooth * 0.1 + low * 0.4, np.roll(smooth, rate_hz // 90) * 0.1 + low * 0.4], axis=1)
    return np.asarray(both)


def voice(rate_hz: int) -> NDArray[np.float64]:
    """Five words: a vowel's harmonics, soft at 2 kHz as sung vowels are."""
    times_s = np.arange(round(LENGTH_S * rate_hz)) / rate_hz
    tone = sum(np.sin(2 * np.pi * 220 * number * times_s) / number**1.6 for number in range(1, 20))
    gate = np.zeros(len(times_s))
    for start_s, end_s in WORD_S:
        gate += np.clip(np.minimum(times_s - start_s, end_s - times_s) / 0.02, 0, 1)
    return np.asarray(0.2 * tone * gate)


def write(path: Path, samples: NDArray[np.float64], rate_hz: int) -> Path:
    soundfile.write(path, samples, rate_hz, subtype="FLOAT")
    return path


@pytest.mark.parametrize(
    ("voice_hz", "music_hz", "voice_gain", "music_gain"),
    [
        (22050, 32000, 1.0, 1.0),
        (24000, 44100, 0.001, 1.0),
        (44100, 48000, 3.0, 0.001),
        (48000, 44100, 1.0, 2.5),
    ],
)
def test_voices_and_music_of_any_rate_and_level_are_mixed_alike(
    voice_hz: int, music_hz: int, voice_gain: float, music_gain: float, tmp_path: Path
) -> None:
    sung = write(tmp_path / "voice.wav", voice(voice_hz) * voice_gain, voice_hz)
    played = write(tmp_path / "music.wav", music(music_hz) * music_gain, music_hz)
    loudness = mix(sung, played, tmp_path / "mix.wav")
    assert loudness.lufs == pytest.approx(-14, abs=0.5)
    assert loudness.true_peak_dbtp <= -1
    samples, rate_hz = soundfile.read(tmp_path / "mix.wav")
    assert rate_hz == 48000 and abs(len(samples) - LENGTH_S * 48000) <= 2
    assert np.abs(samples).max() < 0.9
    assert click_times_s(samples, rate_hz).tolist() == []
    vocal, band = (sound[:, 48000 : 3 * 48000 // 2] for sound in balance(sung, played))
    assert 1 < 20 * np.log10(vocal.std() / band.std()) < 12


def test_music_makes_room_where_words_are_understood_and_only_while_they_are_sung(tmp_path: Path) -> None:
    sung, played = (
        write(tmp_path / f"{name}.wav", samples, 48000)
        for name, samples in (("voice", voice(48000)), ("music", music(48000)))
    )
    vocal, band = balance(sung, played)
    _, alone = balance(None, played)
    sos = butter(4, (1000, 4000), "bandpass", fs=48000, output="sos")
    words, ducked, before = ((sosfilt(sos, sound) ** 2).sum(axis=0) for sound in (vocal, band, alone))
    for start_s, end_s in WORD_S:
        span = slice(round(start_s * 48000), round(end_s * 48000))
        assert 10 * np.log10(ducked[span].mean() / before[span].mean()) < -4
        assert 10 * np.log10(words[span].mean() / ducked[span].mean()) > -3
    rest = slice(round(0.1 * 48000), round(0.6 * 48000))
    assert abs(10 * np.log10(ducked[rest].mean() / before[rest].mean())) < 0.1


def test_a_voice_longer_than_the_music_ends_with_it(tmp_path: Path) -> None:
    sung = write(tmp_path / "voice.wav", np.concatenate([voice(24000), voice(24000)]), 24000)
    played = write(tmp_path / "music.wav", music(48000), 48000)
    mix(sung, played, tmp_path / "mix.wav")
    assert soundfile.info(tmp_path / "mix.wav").frames == soundfile.info(played).frames


def test_music_in_mono_is_mixed_in_stereo(tmp_path: Path) -> None:
    played = write(tmp_path / "music.wav", music(44100)[:, 0], 44100)
    mix(None, played, tmp_path / "mix.wav")
    assert soundfile.info(tmp_path / "mix.wav").channels == 2
