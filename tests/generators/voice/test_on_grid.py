"""What a model speaks is brought onto the grid: trimmed, stretched within limits, laid on its beat."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.generators.score import score_of
from storyboard.generators.voice import on_grid
from storyboard.generators.voice.on_grid import BREATH_S, FASTEST, RATE_HZ, SLOWEST, Recording
from storyboard.schema.errors import GeneratorError
from storyboard.schema.song import Song

Floats = NDArray[np.float32]


def tone(length_s: float, hz: float = 220.0, rate_hz: int = RATE_HZ) -> Floats:
    times_s = np.arange(round(length_s * rate_hz)) / rate_hz
    return (0.3 * np.sin(2 * np.pi * hz * times_s)).astype(np.float32)


def silence(length_s: float, rate_hz: int = RATE_HZ) -> Floats:
    return np.zeros(round(length_s * rate_hz), np.float32)


def pitch_hz(sound: Floats) -> float:
    n_bins = 8 * len(sound)  # finer than the sound itself resolves
    return float(np.abs(np.fft.rfft(sound * np.hanning(len(sound)), n_bins)).argmax() * RATE_HZ / n_bins)


def test_silence_at_the_ends_is_trimmed_and_the_pause_inside_kept() -> None:
    sound = np.concatenate([silence(0.7), tone(0.5), silence(0.4), tone(0.5), silence(1.1)])
    assert len(on_grid.trimmed(sound, RATE_HZ)) / RATE_HZ == pytest.approx(1.4, abs=0.06)


def test_nothing_is_left_of_silence() -> None:
    assert len(on_grid.trimmed(silence(1.0), RATE_HZ)) == 0
    assert len(on_grid.fitted(silence(1.0), RATE_HZ, 2.0)) == 0


@pytest.mark.parametrize("spoken_s", [2.0, 2.6, 3.3])
def test_a_line_near_its_slot_is_stretched_to_fill_it_with_its_pitch(spoken_s: float) -> None:
    slot_s = 2.6
    fitted = on_grid.fitted(tone(spoken_s, rate_hz=24_000), 24_000, slot_s)
    assert SLOWEST < spoken_s / slot_s < FASTEST
    assert len(fitted) / RATE_HZ == pytest.approx(slot_s - BREATH_S, abs=0.002)
    assert pitch_hz(fitted) == pytest.approx(220.0, rel=0.01)


def test_a_short_line_is_slowed_no_further_than_is_natural() -> None:
    fitted = on_grid.fitted(tone(1.2), RATE_HZ, 4.0)
    assert len(fitted) / RATE_HZ == pytest.approx(1.2 / SLOWEST, abs=0.01)


def test_a_line_far_too_long_is_compressed_whole_and_never_leaves_its_slot() -> None:
    sound = np.concatenate([tone(3.0, 220.0), tone(3.0, 440.0)])
    fitted = on_grid.fitted(sound, RATE_HZ, 2.0)
    assert len(fitted) / RATE_HZ <= 2.0 - BREATH_S + 1e-6
    half = len(fitted) // 2
    assert pitch_hz(fitted[: half - 4800]) == pytest.approx(220.0, rel=0.02)
    assert pitch_hz(fitted[half + 4800 :]) == pytest.approx(440.0, rel=0.02)


def test_a_stretched_sound_keeps_its_place_in_time() -> None:
    sound = np.concatenate([tone(0.3), silence(0.7), tone(0.3), silence(0.7)])
    stretched = on_grid.stretched(sound, 1.25)
    onset = np.flatnonzero(np.abs(stretched[round(0.5 * RATE_HZ) :]) > 0.1)[0] / RATE_HZ + 0.5
    assert onset == pytest.approx(1.0 / 1.25, abs=0.015)


def test_a_line_begins_and_ends_in_silence() -> None:
    faded = on_grid.faded(np.ones(RATE_HZ, np.float32))
    assert faded[0] == 0.0 and faded[-1] == 0.0
    assert np.abs(np.diff(faded)).max() < 0.01


@pytest.fixture
def song() -> Song:
    lines = ["rain on the road", "we are going home"]
    sections = [{"kind": "intro"}, {"kind": "verse", "lines": lines}]
    return Song(title="Rain", genre="pop", tempo_bpm=97, key="C major", sections=sections)


def test_the_recording_is_as_long_as_the_score_and_its_lines_stand_on_their_beats(
    song: Song, tmp_path: Path
) -> None:
    score = score_of(song)
    recording = Recording(score)
    for slot in score.lines:
        start_s, length_s = on_grid.slot_s(score, [slot])
        recording.lay(on_grid.fitted(tone(1.5), RATE_HZ, length_s), start_s)
    recording.write(tmp_path / "voice.wav", where="test")
    samples, rate_hz = soundfile.read(tmp_path / "voice.wav")
    assert (rate_hz, len(samples)) == (RATE_HZ, round(score.duration_s * RATE_HZ))
    for slot in score.lines:
        first = round(score.beat_s(slot.first_beat) * RATE_HZ)
        assert not samples[first - 2400 : first - 48].any()
        assert np.abs(samples[first : first + 960]).max() > 0.02


def test_soft_and_loud_lines_sound_alike(song: Song) -> None:
    recording = Recording(score_of(song))
    recording.lay(tone(1.0) * np.float32(0.01), 0.0)
    recording.lay(tone(1.0) * np.float32(3.0), 2.0)
    soft, loud = recording.samples[:RATE_HZ], recording.samples[2 * RATE_HZ : 3 * RATE_HZ]
    assert np.std(soft) == pytest.approx(np.std(loud), rel=0.01)


def test_loud_peaks_do_not_clip(song: Song, tmp_path: Path) -> None:
    recording = Recording(score_of(song))
    sound = tone(1.0)
    sound[24_000] = 30.0
    recording.lay(sound, 0.0)
    recording.write(tmp_path / "voice.wav", where="test")
    assert np.abs(soundfile.read(tmp_path / "voice.wav")[0]).max() < 0.95


def test_a_take_in_which_nothing_sounds_is_an_error(song: Song, tmp_path: Path) -> None:
    recording = Recording(score_of(song))
    recording.lay(silence(1.0), 0.0)
    with pytest.raises(GeneratorError, match="silence"):
        recording.write(tmp_path / "voice.wav", where="bark")
    assert not list(tmp_path.iterdir())


def test_lines_spoken_together_are_parted_at_the_pauses_between_them() -> None:
    lines = [tone(1.0), tone(2.0), tone(1.0)]
    sound = np.concatenate([lines[0], silence(0.3), lines[1], silence(0.2), lines[2]])
    parts = on_grid.parted(sound, RATE_HZ, [1.0, 2.0, 1.0])
    assert parts is not None
    lengths = [len(on_grid.trimmed(part, RATE_HZ)) / RATE_HZ for part in parts]
    assert lengths == pytest.approx([1.0, 2.0, 1.0], abs=0.06)
    assert sum(map(len, parts)) == len(sound)


def test_lines_without_a_pause_where_one_ends_are_left_together() -> None:
    sound = np.concatenate([tone(0.4), silence(0.3), tone(3.3)])
    assert on_grid.parted(sound, RATE_HZ, [2.0, 2.0]) is None
    assert on_grid.parted(tone(4.0), RATE_HZ, [2.0, 2.0]) is None
