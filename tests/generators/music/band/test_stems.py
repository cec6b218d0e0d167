from __future__ import annotations

from pathlib import Path

import numpy as np
import pretty_midi
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.generators.mix import click_times_s
from storyboard.generators.music.band import Band
from storyboard.generators.music.band.grooves import DRUM_KEYS
from storyboard.generators.seams import MusicTake, SongRequest
from storyboard.schema.errors import Cancelled, InputError
from storyboard.schema.progress import ignore
from storyboard.schema.song import Section, Song

STEMS = {"drums": "drums.wav", "bass": "bass.wav", "harmony": "harmony.wav", "lead": "lead.wav"}
LINE = "I met my love on a sunny street"


def asked_for(genre: str = "pop", metre: str = "4/4", **parameters: str | float) -> SongRequest:
    sections = [
        Section(kind="intro", bars=1),
        Section(kind="verse", lines=[LINE]),
        Section(kind="chorus", bars=2),
        Section(kind="outro", bars=1),
    ]
    song = {"title": "Street", "genre": genre, "tempo_bpm": 110, "time_signature": metre, "key": "F# minor",
            "sections": sections}  # fmt: skip
    return SongRequest(song=Song.model_validate(song), seed=4, parameters=parameters)


@pytest.fixture(scope="module", params=[("pop", "4/4"), ("waltz", "3/4"), ("rock", "6/8")])
def recorded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[SongRequest, MusicTake, Path]:
    asked = asked_for(*request.param)
    out = tmp_path_factory.mktemp("song") / "music.wav"
    return asked, Band().play(asked, out, ignore), out


Recorded = tuple[SongRequest, MusicTake, Path]


def samples_of(path: Path) -> NDArray[np.int32]:
    samples, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == 48000 and samples.shape[1] == 2 and soundfile.info(path).subtype == "PCM_16"
    return samples.astype(np.int32)


def test_the_stems_add_up_to_the_music(recorded: Recorded) -> None:
    _, take, out = recorded
    assert take.stems == STEMS
    stems = [samples_of(out.parent / name) for name in take.stems.values()]
    assert np.array_equal(np.sum(stems, axis=0), samples_of(out))


def test_every_stem_is_played_and_unlike_the_others(recorded: Recorded) -> None:
    out = recorded[2]
    stems = {stem: samples_of(out.parent / name).mean(axis=1) for stem, name in STEMS.items()}
    for stem, samples in stems.items():
        assert samples.std() > 50, stem
        assert all(abs(np.corrcoef(samples, stems[other])[0, 1]) < 0.3 for other in stems if other != stem)


def test_music_and_stems_do_not_click(recorded: Recorded) -> None:
    for name in ("music.wav", "harmony.wav", "lead.wav"):
        samples, rate_hz = soundfile.read(recorded[2].parent / name)
        assert click_times_s(samples, rate_hz).tolist() == [], name


def test_a_stem_that_nobody_plays_is_silent_but_there(tmp_path: Path) -> None:
    sung = Section(kind="chorus", lines=[LINE])
    alone = asked_for().song.model_copy(update={"sections": [sung]})
    take = Band().play(SongRequest(song=alone, seed=1), tmp_path / "music.wav", ignore)
    assert take.stems == STEMS
    lengths = {len(samples_of(tmp_path / name)) for name in ("music.wav", *STEMS.values())}
    assert len(lengths) == 1
    assert not samples_of(tmp_path / "lead.wav").any()


@pytest.mark.parametrize("stopped_at", [0.0, 0.5, 0.9, 1.0])
def test_a_stopped_band_leaves_nothing(stopped_at: float, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction >= stopped_at:
            raise Cancelled("stop")

    short = asked_for().song.model_copy(update={"sections": [Section(kind="verse", bars=1)]})
    with pytest.raises(Cancelled):
        Band().play(SongRequest(song=short, seed=1), tmp_path / "music.wav", stop)
    assert not list(tmp_path.iterdir())


def test_the_midi_file_has_the_songs_tempo_metre_and_key(recorded: Recorded) -> None:
    asked, take, out = recorded
    midi = pretty_midi.PrettyMIDI(str(out.parent / take.midi))
    over, under = (int(number) for number in asked.song.time_signature.split("/"))
    assert [(change.numerator, change.denominator) for change in midi.time_signature_changes] == [
        (over, under)
    ]
    assert [change.key_number for change in midi.key_signature_changes] == [12 + 6]
    quarters = 165 if asked.song.time_signature == "6/8" else 110
    assert midi.get_tempo_changes()[1] == pytest.approx([quarters], abs=0.01)
    assert midi.get_downbeats() == pytest.approx(take.downbeats_s, abs=0.005)


def test_the_midi_file_has_a_named_track_for_every_player(recorded: Recorded) -> None:
    midi = pretty_midi.PrettyMIDI(str(recorded[2].parent / "music.mid"))
    assert [track.name.split(":")[0] for track in midi.instruments if track.is_drum] == ["drums"]
    names = [track.name for track in midi.instruments]
    assert len(set(names)) == len(names)
    assert {name.split(":")[0] for name in names} == {"drums", "bass", "harmony", "lead"}
    programs = {track.name.split(":")[0]: track.program for track in midi.instruments}
    assert 32 <= programs["bass"] <= 39


def test_the_midi_file_holds_what_is_heard_on_the_grid(recorded: Recorded) -> None:
    asked, take, out = recorded
    midi = pretty_midi.PrettyMIDI(str(out.parent / take.midi))
    assert midi.get_end_time() <= len(samples_of(out)) / 48000
    step_s = (take.beats_s[1] - take.beats_s[0]) / (12 if asked.song.time_signature == "6/8" else 8)
    for track in midi.instruments:
        assert all(note.pitch in DRUM_KEYS.values() for note in track.notes if track.is_drum)
        strummed = 0.032 if "guitar" in track.name or "steel" in track.name else 0.0
        for note in track.notes:
            off_s = note.start - round(note.start / step_s) * step_s
            assert -0.009 < off_s < 0.009 + strummed, (track.name, note)


def test_no_key_is_struck_in_the_midi_file_before_it_is_let_go(recorded: Recorded) -> None:
    midi = pretty_midi.PrettyMIDI(str(recorded[2].parent / "music.mid"))
    for track in midi.instruments:
        ends: dict[int, float] = {}
        for note in sorted(track.notes, key=lambda note: note.start):
            assert note.start >= ends.get(note.pitch, 0.0) - 1e-4, track.name
            ends[note.pitch] = note.end


def test_a_style_can_be_asked_for_by_name(tmp_path: Path) -> None:
    sections = [Section(kind="chorus", bars=1)]
    for name, asked in (("named", asked_for("pop", style="reggae")), ("genre", asked_for("reggae"))):
        song = asked.song.model_copy(update={"sections": sections})
        Band().play(asked.model_copy(update={"song": song}), tmp_path / name / "music.wav", ignore)
    assert (tmp_path / "named/music.mid").read_bytes() == (tmp_path / "genre/music.mid").read_bytes()


@pytest.mark.parametrize(
    ("parameters", "name", "hint"),
    [
        ({"steps": 30}, "steps", "style"),
        ({"style": "polka"}, "style", "waltz"),
        ({"style": 3}, "style", "pop"),
    ],
)
def test_a_parameter_that_the_band_does_not_know_is_refused_by_name(
    parameters: dict[str, str | float], name: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        Band().play(asked_for(**parameters), tmp_path / "music.wav", ignore)
    assert refused.value.where == f"generators.parameters.music.{name}"
    assert hint in refused.value.hint
    assert not list(tmp_path.iterdir())
