from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from storyboard.generators.mix import Loudness, measure_loudness, mix
from storyboard.schema.errors import MediaError

MUSIC_HZ, VOICE_HZ, LENGTH_S = 44100, 22050, 9.0
SUNG_S = (3.0, 6.0)


def music(rate_hz: int = MUSIC_HZ) -> NDArray[np.float64]:
    """A hit every half second over noise: lively enough to need a limiter."""
    rng = np.random.default_rng(5)
    times_s = np.arange(round(LENGTH_S * rate_hz)) / rate_hz
    hits = np.exp(-30 * (times_s % 0.5)) * np.sin(2 * np.pi * 70 * times_s)
    noise = sosfilt(
        butter(1, (300, 2000), "bandpass", fs=rate_hz, output="sos"), rng.standard_normal((2, len(times_s)))
    )
    return np.stack([hits, hits]).T * 0.3 + 0.3 * noise.T


def voice() -> NDArray[np.float64]:
    """Vowel-like tones of 440 Hz and its harmonics, from 3 to 6 s, in syllables."""
    times_s = np.arange(round(LENGTH_S * VOICE_HZ)) / VOICE_HZ
    tone = sum(np.sin(2 * np.pi * 440 * number * times_s) / number for number in range(1, 9))
    sung = (times_s >= SUNG_S[0]) & (times_s < SUNG_S[1])
    return np.asarray(0.05 * tone * sung * np.abs(np.sin(2 * np.pi * 1.5 * times_s)) ** 0.5)


@pytest.fixture(scope="module")
def stems(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("stems")
    soundfile.write(folder / "voice.wav", voice(), VOICE_HZ)
    soundfile.write(folder / "music.wav", music(), MUSIC_HZ)
    return folder / "voice.wav", folder / "music.wav"


@pytest.fixture(scope="module")
def mixed(stems: tuple[Path, Path]) -> tuple[Loudness, Path]:
    out = stems[0].parent / "mix.wav"
    return mix(*stems, out), out


def level_db(
    samples: NDArray[np.float64], band_hz: tuple[float, float], span_s: tuple[float, float]
) -> float:
    part = samples.mean(axis=1)[round(span_s[0] * 48000) : round(span_s[1] * 48000)]
    power = np.abs(np.fft.rfft(part * np.blackman(len(part)))) ** 2 / len(part)
    bands_hz = np.fft.rfftfreq(len(part), 1 / 48000)
    return float(10 * np.log10(power[(bands_hz >= band_hz[0]) & (bands_hz < band_hz[1])].sum() / len(part)))


def test_the_mix_is_mastered_for_streaming(mixed: tuple[Loudness, Path]) -> None:
    loudness, out = mixed
    assert loudness.lufs == pytest.approx(-14.0, abs=0.5)
    assert loudness.true_peak_dbtp <= -1.0
    assert loudness == measure_loudness(out)


def test_the_mix_is_48_khz_stereo_as_long_as_the_music(mixed: tuple[Loudness, Path]) -> None:
    found = soundfile.info(mixed[1])
    assert (found.samplerate, found.channels, found.subtype) == (48000, 2, "PCM_16")
    assert found.frames == pytest.approx(LENGTH_S * 48000, abs=1)


def test_the_voice_lies_above_the_music_while_it_sings(mixed: tuple[Loudness, Path]) -> None:
    samples = soundfile.read(mixed[1])[0]
    near_voice = (380.0, 2000.0)
    above_db = level_db(samples, near_voice, (3.2, 5.8)) - level_db(samples, near_voice, (0.5, 2.8))
    assert 3 < above_db < 11


def test_the_music_makes_room_for_the_voice(mixed: tuple[Loudness, Path]) -> None:
    samples = soundfile.read(mixed[1])[0]
    between_harmonics = (560.0, 760.0)
    dip_db = level_db(samples, between_harmonics, (3.2, 5.8)) - level_db(
        samples, between_harmonics, (0.5, 2.8)
    )
    low = (45.0, 110.0)
    assert dip_db < -1
    assert abs(level_db(samples, low, (3.2, 5.8)) - level_db(samples, low, (0.5, 2.8))) < 2.5


def test_the_voice_stands_in_the_middle_and_is_wide(mixed: tuple[Loudness, Path]) -> None:
    left, right = soundfile.read(mixed[1])[0][round(3.2 * 48000) : round(5.8 * 48000)].T
    assert abs(10 * np.log10((left**2).mean() / (right**2).mean())) < 1.5
    assert np.corrcoef(left, right)[0, 1] < 0.995


def test_the_same_stems_give_the_same_bytes(stems: tuple[Path, Path], mixed: tuple[Loudness, Path]) -> None:
    again = stems[0].parent / "again.wav"
    mix(*stems, again)
    assert again.read_bytes() == mixed[1].read_bytes()


@pytest.mark.parametrize("silence", [True, False])
def test_without_a_voice_the_music_is_mastered_alone(
    silence: bool, stems: tuple[Path, Path], tmp_path: Path
) -> None:
    soundfile.write(tmp_path / "silent.wav", np.zeros(1000), VOICE_HZ)
    loudness = mix(tmp_path / "silent.wav" if silence else None, stems[1], tmp_path / "mix.wav")
    assert loudness.lufs == pytest.approx(-14.0, abs=0.5)
    assert loudness.true_peak_dbtp <= -1.0


@pytest.mark.parametrize("crest", ["impulses", "square"])
def test_music_that_is_hard_to_limit_still_keeps_the_peak(crest: str, tmp_path: Path) -> None:
    times_s = np.arange(48000 * 4) / 48000
    if crest == "square":
        sound = np.sign(np.sin(2 * np.pi * 11997 * times_s)) * 0.99
    else:
        sound = (np.arange(len(times_s)) % 4800 == 0) * 0.9 + 1e-3 * np.sin(2 * np.pi * 440 * times_s)
    soundfile.write(tmp_path / "hard.wav", np.stack([sound, sound]).T, 48000)
    assert mix(None, tmp_path / "hard.wav", tmp_path / "mix.wav").true_peak_dbtp <= -1.0


def test_silent_music_stays_silent(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "music.wav", np.zeros((48000, 2)), 48000)
    loudness = mix(None, tmp_path / "music.wav", tmp_path / "mix.wav")
    assert loudness.lufs <= -69
    assert np.abs(soundfile.read(tmp_path / "mix.wav")[0]).max() == 0


def test_the_ends_do_not_click(mixed: tuple[Loudness, Path]) -> None:
    samples = soundfile.read(mixed[1])[0]
    assert np.abs(samples[0]).max() < 1e-3
    assert np.abs(samples[-1]).max() < 1e-3


def test_loudness_is_measured_on_a_video_too(mixed: tuple[Loudness, Path], tmp_path: Path) -> None:
    video = tmp_path / "video.mp4"
    picture = ["-f", "lavfi", "-i", "color=c=black:s=64x64:r=10:d=9"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *picture, "-i", str(mixed[1]), "-shortest", "-y", str(video)]
    subprocess.run(command, check=True, capture_output=True)
    assert measure_loudness(video).lufs == pytest.approx(mixed[0].lufs, abs=0.3)


def test_a_file_that_is_not_sound_is_named(stems: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "notes.wav").write_text("not a sound")
    with pytest.raises(MediaError, match=r"notes\.wav.*ffmpeg failed"):
        mix(None, tmp_path / "notes.wav", tmp_path / "mix.wav")
    with pytest.raises(MediaError, match=r"missing\.wav"):
        mix(tmp_path / "missing.wav", stems[1], tmp_path / "mix.wav")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.wav"]
