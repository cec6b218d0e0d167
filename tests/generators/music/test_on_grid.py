"""Music at other tempi is brought onto the grid of a song, and what has no pulse is left as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from storyboard.generators.mix.sound import RATE_HZ, Sound
from storyboard.generators.music.on_grid import fit_to_grid, measure_hits
from storyboard.generators.music.on_grid.deliver import deliver
from storyboard.generators.music.on_grid.onsets import onsets_of
from storyboard.generators.music.on_grid.pulse import find_pulse
from storyboard.generators.score import Score, score_of
from storyboard.schema.errors import Cancelled, GeneratorError
from storyboard.schema.provenance import ModelUsed
from storyboard.schema.song import Song

TIMES_S = np.arange(round(0.25 * RATE_HZ)) / RATE_HZ
MODEL = ModelUsed(id="ada/tunes", revision="1")


def score(tempo_bpm: float, metre: str = "4/4", bars: int = 8) -> Score:
    section = {"kind": "verse", "bars": bars}
    return score_of(
        Song.model_validate(
            {"title": "Kettle", "genre": "pop", "tempo_bpm": tempo_bpm, "time_signature": metre,
             "key": "C major", "sections": [section]}
        )
    )  # fmt: skip


def steady(tempo_bpm: float, duration_s: float, first_s: float = 0.37) -> NDArray[np.float64]:
    return np.arange(first_s, duration_s - 0.3, 60 / tempo_bpm)


def drums(beats_s: NDArray[np.float64], beats_per_bar: int = 4) -> Sound:
    """A kick on the first beat of a bar, a snare on the others, hats on the eighths, a chord beneath."""
    rng = np.random.default_rng(0)
    kick = np.sin(2 * np.pi * 55 * TIMES_S) * np.exp(-TIMES_S * 18)
    snare = rng.normal(0, 0.4, len(TIMES_S)) * np.exp(-TIMES_S * 30)
    hat = np.diff(rng.normal(0, 0.1, len(TIMES_S) + 1)) * np.exp(-TIMES_S * 80)
    track = 0.02 * np.sin(2 * np.pi * 220 * np.arange(round((beats_s[-1] + 0.6) * RATE_HZ)) / RATE_HZ)
    period_s = float(np.median(np.diff(beats_s)))
    for beat, at_s in enumerate(beats_s):
        for sound, when_s in (
            (snare if beat % beats_per_bar else kick, at_s),
            (hat, at_s),
            (hat, at_s + period_s / 2),
        ):
            first = round(when_s * RATE_HZ)
            track[first : first + len(sound)] += 0.5 * sound[: len(track) - first]
    return np.stack([track, track]).astype(np.float32)


def onset_errors_s(sound: Sound, grid: Score) -> NDArray[np.float64]:
    """How far from every beat but the first and the last bar's the sound rises fastest, within 90 ms."""
    level = np.convolve(np.abs(np.diff(sound[0])), np.ones(96) / 96, "same")
    errors_s = []
    for beat in range(1, grid.n_beats - grid.beats_per_bar):
        first = round((grid.beat_s(beat) - 0.09) * RATE_HZ)
        near = level[first : first + round(0.18 * RATE_HZ)]
        errors_s.append(int(np.argmax(near > near.max() / 2)) / RATE_HZ - 0.09)
    return np.array(errors_s)


@pytest.mark.parametrize(
    ("played_bpm", "song_bpm", "metre"),
    [(97, 112, "4/4"), (124, 112, "4/4"), (180, 92, "4/4"), (97, 112, "3/4"), (112, 112, "4/4")],
)
def test_every_beat_comes_to_lie_on_the_grid(played_bpm: float, song_bpm: float, metre: str) -> None:
    grid = score(song_bpm, metre)
    fitted = fit_to_grid(drums(steady(played_bpm, 24), grid.beats_per_bar), grid)
    assert fitted.sound.shape == (2, round(grid.duration_s * RATE_HZ))
    assert fitted.on_grid and fitted.hit > 0.95
    assert np.percentile(np.abs(onset_errors_s(fitted.sound, grid)), 95) < 0.010


def test_the_first_beat_of_a_bar_comes_first() -> None:
    grid = score(112)
    fitted = fit_to_grid(drums(steady(97, 24))[:, round(0.9 * RATE_HZ) :], grid)
    bass = sosfilt(butter(4, 90, fs=RATE_HZ, output="sos"), fitted.sound[0])
    starts = [round(grid.beat_s(beat) * RATE_HZ) for beat in range(4, 20)]
    heard = [float(np.abs(bass[start : start + RATE_HZ // 10]).max()) for start in starts]
    assert min(heard[0::4]) > 2 * max(heard[1::4] + heard[2::4] + heard[3::4])


def test_a_tempo_that_drifts_is_followed() -> None:
    grid = score(104, bars=12)
    periods_s = 60 / (100 * (1 + 0.03 * np.sin(np.arange(64) / 10)))
    fitted = fit_to_grid(drums(0.3 + np.cumsum(periods_s)), grid)
    assert fitted.on_grid
    assert np.percentile(np.abs(onset_errors_s(fitted.sound, grid)), 95) < 0.025


def test_music_that_is_too_short_goes_on_by_whole_bars_without_a_click() -> None:
    grid = score(112, bars=12)
    source = drums(steady(112, 12, first_s=0.0))
    fitted = fit_to_grid(source, grid)
    assert fitted.on_grid
    assert np.percentile(np.abs(onset_errors_s(fitted.sound, grid)), 95) < 0.010
    assert np.abs(np.diff(fitted.sound)).max() <= np.abs(np.diff(source)).max() * 1.05


def test_noise_has_no_tempo_and_is_not_said_to_be_on_the_grid() -> None:
    grid = score(112)
    noise = np.random.default_rng(1).normal(0, 0.1, (2, 22 * RATE_HZ)).astype(np.float32)
    fitted = fit_to_grid(noise, grid)
    assert fitted.tempo_bpm is None
    assert fitted.take(grid).beats_s == [] and fitted.take(grid).sections == []
    middle = slice(RATE_HZ, 10 * RATE_HZ)
    assert np.allclose(fitted.sound[:, middle], noise[:, middle]), "it is cut, and not stretched"


def test_music_beside_the_grid_is_measured_as_such() -> None:
    grid = score(112)
    beside = drums(steady(112, 24, first_s=0.2))
    assert measure_hits(beside, grid) < 0.2
    assert measure_hits(drums(steady(112, 24, first_s=0.0)), grid) > 0.9


@pytest.mark.parametrize("n_samples", [0, 480, RATE_HZ])
def test_too_little_to_hear_a_pulse_is_no_error(n_samples: int) -> None:
    grid = score(112)
    assert find_pulse(onsets_of(np.zeros((2, n_samples), np.float32)), 112, 4) is None
    assert fit_to_grid(np.ones((2, n_samples), np.float32), grid).sound.shape[1] == round(
        grid.duration_s * RATE_HZ
    )


def test_a_take_on_the_grid_tells_the_beats_bars_and_sections_of_the_score(tmp_path: Path) -> None:
    grid = score(112)
    seen: list[float] = []
    take = deliver(drums(steady(97, 24))[:1], RATE_HZ, grid, tmp_path / "music.wav", MODEL, seen.append)
    assert take.beats_s == [grid.beat_s(beat) for beat in range(grid.n_beats)]
    assert take.downbeats_s == [grid.bar_s(bar) for bar in range(grid.n_bars)]
    assert [(span.label, span.end_s) for span in take.sections] == [("verse", grid.duration_s)]
    assert take.model == MODEL
    samples, rate_hz = soundfile.read(tmp_path / "music.wav")
    assert (rate_hz, samples.shape[1]) == (RATE_HZ, 2)
    assert np.array_equal(samples[:, 0], samples[:, 1]), "one channel is doubled"
    assert 0.05 < np.sqrt(np.mean(samples**2)) < 0.2
    assert seen[-1] == 1.0


@pytest.mark.parametrize(("value", "message"), [(0.0, "gave silence"), (np.nan, "not finite")])
def test_silence_and_numbers_that_are_none_are_refused(value: float, message: str, tmp_path: Path) -> None:
    samples = np.full((1, RATE_HZ), value, np.float32)
    with pytest.raises(GeneratorError, match=message):
        deliver(samples, RATE_HZ, score(112), tmp_path / "music.wav", MODEL, lambda _: None)
    assert not list(tmp_path.iterdir())


def test_a_stop_before_the_file_is_written_leaves_none(tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        deliver(drums(steady(97, 24)), RATE_HZ, score(112), tmp_path / "music.wav", MODEL, stop)
    assert not list(tmp_path.iterdir())
