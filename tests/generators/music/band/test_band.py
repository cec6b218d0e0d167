from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from storyboard.generators.harmony import chords_of
from storyboard.generators.music.band import Band
from storyboard.generators.music.band.grooves import DRUM_KEYS
from storyboard.generators.music.band.sampler import RATE_HZ, Sampler
from storyboard.generators.music.band.soundfont import DRUM_BANK, general_midi
from storyboard.generators.music.band.styles import INSTRUMENTS, STYLES
from storyboard.generators.score import score_of
from storyboard.generators.seams import MusicGenerator, MusicTake, SongRequest
from storyboard.schema.progress import ignore
from storyboard.schema.song import Section, Song

LINES = ["I met my love on a sunny street", "And every step fell on the beat"]


def song(genre: str = "pop", tempo_bpm: float = 120, metre: str = "4/4", key: str = "G major") -> Song:
    sections = [
        Section(kind="intro", bars=2),
        Section(kind="verse", lines=LINES[:1]),
        Section(kind="chorus", lines=LINES),
    ]
    return Song.model_validate(
        {"title": "Street", "genre": genre, "tempo_bpm": tempo_bpm, "time_signature": metre, "key": key,
         "sections": sections}
    )  # fmt: skip


def shortened(song: Song) -> Song:
    sections = [Section(kind="verse", bars=1), Section(kind="chorus", bars=1)]
    return song.model_copy(update={"sections": sections})


def played(song: Song, out: Path, seed: int = 1) -> tuple[MusicTake, NDArray[np.float64]]:
    take = Band().play(SongRequest(song=song, seed=seed), out, ignore)
    samples, rate_hz = soundfile.read(out)
    assert rate_hz == RATE_HZ
    return take, samples


def onset_errors_s(samples: NDArray[np.float64], beats_s: list[float]) -> NDArray[np.float64]:
    """Distance from each beat to the attack next to it, where there is one: its first steep rise."""
    attacks = sosfilt(butter(2, 1500, "highpass", fs=RATE_HZ, output="sos"), samples.mean(axis=1))
    window, reach = RATE_HZ // 500, RATE_HZ // 33
    power = np.cumsum(np.pad(attacks**2, (1, 0)))
    level = np.sqrt((power[window:] - power[:-window]).clip(0) / window)
    errors = []
    for beat_s in beats_s:
        first = max(0, round(beat_s * RATE_HZ) - reach)
        near = level[first : round(beat_s * RATE_HZ) + reach]
        before = np.median(near[: reach // 3]) if first else 0.0
        if near.max() > max(0.01, 4 * before):
            rise = int(np.argmax(near > before + 0.3 * (near.max() - before)))
            errors.append((first + rise + window / 2) / RATE_HZ - beat_s)
    return np.array(errors)


def rms_db(samples: NDArray[np.float64], start_s: float, end_s: float) -> float:
    part = samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
    return float(10 * np.log10((part**2).mean() + 1e-12))


@pytest.fixture(scope="module")
def pop(tmp_path_factory: pytest.TempPathFactory) -> tuple[MusicTake, NDArray[np.float64]]:
    return played(song(), tmp_path_factory.mktemp("pop") / "music.wav")


def test_the_band_is_a_music_generator() -> None:
    Band().check()
    assert isinstance(Band(), MusicGenerator)


@pytest.mark.parametrize(
    ("genre", "metre", "tempo_bpm"),
    [
        ("rock", "4/4", 128),
        ("folk", "3/4", 104),
        ("ballad", "6/8", 58),
        ("latin", "2/4", 110),
        ("jazz", "4/4", 140),
    ],
)
def test_the_attacks_lie_on_the_grid(genre: str, metre: str, tempo_bpm: float, tmp_path: Path) -> None:
    take, samples = played(song(genre, tempo_bpm, metre), tmp_path / "music.wav")
    errors_s = np.abs(onset_errors_s(samples, take.downbeats_s))
    assert len(errors_s) >= 0.7 * len(take.downbeats_s)
    assert errors_s.max() < 0.010
    assert abs(np.median(onset_errors_s(samples, take.beats_s))) < 0.002


def test_the_take_names_every_beat_downbeat_and_section(pop: tuple[MusicTake, NDArray[np.float64]]) -> None:
    take, score = pop[0], score_of(song())
    assert take.beats_s == [score.beat_s(beat) for beat in range(score.n_beats)]
    assert take.downbeats_s == take.beats_s[:: score.beats_per_bar]
    assert [section.label for section in take.sections] == ["intro", "verse", "chorus"]
    assert take.sections[0].start_s == 0.0
    assert take.sections[1].start_s == score.bar_s(2)
    assert take.sections[-1].end_s == score.duration_s


@pytest.mark.parametrize(
    ("tempo_bpm", "metre", "key"),
    [(40, "6/8", "C# minor"), (40, "4/4", "Bb major"), (240, "2/4", "F# minor"), (240, "3/4", "Eb minor"),
     (239.7, "6/8", "Cb major"), (97.3, "4/4", "B minor"), (190, "4/4", "Ab major")],
)  # fmt: skip
def test_any_key_tempo_and_metre_is_played_in_full(
    tempo_bpm: float, metre: str, key: str, tmp_path: Path
) -> None:
    odd = shortened(song("unheard-of", tempo_bpm, metre, key))
    take, samples = played(odd, tmp_path / "music.wav")
    assert samples.shape[1] == 2
    assert abs(len(samples) - score_of(odd).duration_s * RATE_HZ) <= 1
    assert 0.5 < np.abs(samples).max() < 1.0
    for start_s, end_s in pairwise(take.downbeats_s):
        assert rms_db(samples, start_s, end_s) > -50


def test_every_section_of_every_kind_is_played(tmp_path: Path) -> None:
    kinds = [
        "chorus",
        "instrumental",
        "solo",
        "break",
        "bridge",
        "post-chorus",
        "pre-chorus",
        "outro",
        "verse",
    ]
    sections = [Section.model_validate({"kind": kind, "bars": 1}) for kind in kinds]
    instrumental = song().model_copy(update={"sections": sections})
    take, samples = played(instrumental, tmp_path / "music.wav")
    assert [section.label for section in take.sections] == kinds
    assert all(rms_db(samples, section.start_s, section.end_s) > -40 for section in take.sections)


def test_the_same_request_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("first", "again", "other"))
    for folder, seed in ((first, 1), (again, 1), (other, 2)):
        played(shortened(song("pop")), folder / "music.wav", seed)
    for name in ("music.wav", "drums.wav", "bass.wav", "harmony.wav", "lead.wav", "music.mid"):
        assert (first / name).read_bytes() == (again / name).read_bytes(), name
        assert (first / name).read_bytes() != (other / name).read_bytes(), name


def test_every_genre_sounds_unlike_the_others(tmp_path: Path) -> None:
    genres = [style.name for style in STYLES]
    sounds = {genre: played(shortened(song(genre)), tmp_path / "music.wav")[1] for genre in genres}
    spectra = {genre: np.abs(np.fft.rfft(samples[:, 0]))[:100000] for genre, samples in sounds.items()}
    for genre in genres:
        alike = [np.corrcoef(spectra[genre], spectra[other])[0, 1] for other in genres if other != genre]
        assert max(alike) < 0.8, genre


def test_the_chorus_is_louder_than_the_verse(pop: tuple[MusicTake, NDArray[np.float64]]) -> None:
    take, samples = pop
    intro, verse, chorus = (rms_db(samples, span.start_s, span.end_s) for span in take.sections)
    assert intro < verse + 1
    assert chorus > verse + 1.5


def test_the_last_hit_rings_and_fades_to_silence(pop: tuple[MusicTake, NDArray[np.float64]]) -> None:
    take, samples = pop
    final_s = take.downbeats_s[-1]
    assert rms_db(samples, final_s, final_s + 0.3) > -25
    assert np.abs(samples[-int(0.02 * RATE_HZ) :]).max() == 0
    steps = np.abs(np.diff(samples[round((final_s + 1) * RATE_HZ) :], axis=0))
    assert steps.max() < 0.05


def test_the_bass_plays_the_root_of_every_chord(tmp_path: Path) -> None:
    ballad = song("ballad", 80)
    take, samples = played(ballad, tmp_path / "music.wav")
    chords = chords_of(ballad, score_of(ballad))
    for bar in range(3, len(take.downbeats_s) - 1):
        start, end = (round(take.downbeats_s[place] * RATE_HZ) for place in (bar, bar + 1))
        spectrum = np.abs(np.fft.rfft(samples[start : end - (end - start) // 4].mean(axis=1), 1 << 19))
        levels = {
            key: spectrum[round(440 * 2 ** ((key - 69) / 12) * (1 << 19) / RATE_HZ)] for key in range(28, 60)
        }
        strongest = sorted(levels, key=lambda key: levels[key])[-4:]
        assert chords[bar].root in {key % 12 for key in strongest}, bar


def test_every_instrument_and_drum_of_the_tables_sounds() -> None:
    font = general_midi()
    for instrument in INSTRUMENTS.values():
        sampler = Sampler(font, 0, instrument.program)
        sampler.prepare([(instrument.centre, 100, 0.5)])
        assert np.abs(sampler.note(instrument.centre, 100, 0.5)).max() > 0.02
    for kit in {style.kit for style in STYLES}:
        sampler = Sampler(font, DRUM_BANK, kit)
        sampler.prepare((key, 100, 0.2) for key in DRUM_KEYS.values())
        assert all(np.abs(sampler.note(key, 100, 0.2)).max() > 0.02 for key in DRUM_KEYS.values())


def test_a_softer_touch_is_quieter_and_darker() -> None:
    sampler = Sampler(general_midi(), 0, 0)
    sampler.prepare([(60, 40, 1.0), (60, 120, 1.0)])
    soft, loud = (np.abs(np.fft.rfft(sampler.note(60, velocity, 1.0)[0])) for velocity in (40, 120))
    assert soft.sum() < 0.5 * loud.sum()
    bands = np.arange(len(soft))
    assert (soft * bands).sum() / soft.sum() < 0.9 * (loud * bands).sum() / loud.sum()


def test_progress_only_rises_and_ends_at_one(tmp_path: Path) -> None:
    seen: list[float] = []
    Band().play(SongRequest(song=shortened(song("folk")), seed=0), tmp_path / "music.wav", seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
