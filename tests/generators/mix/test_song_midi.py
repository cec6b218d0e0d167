from __future__ import annotations

from pathlib import Path

import mido
import pretty_midi
import pytest

from storyboard.generators.mix import song_midi
from storyboard.generators.music.band import Band
from storyboard.generators.seams import SongRequest, SungNote, VoiceTake
from storyboard.schema.errors import MediaError
from storyboard.schema.progress import ignore
from storyboard.schema.song import Section, Song

SONG = Song(
    title="Sévérine",
    genre="folk",
    tempo_bpm=97.3,
    time_signature="6/8",
    key="Eb major",
    sections=[Section(kind="verse", lines=["Sévérine, my love"])],
)
NOTES = [
    SungNote(start_s=0.5, end_s=0.8, midi=63, text="Sé"),
    SungNote(start_s=0.8, end_s=1.1, midi=65, text="-vé"),
    SungNote(start_s=1.1, end_s=1.75, midi=67, text="-rine,"),
    SungNote(start_s=2.0, end_s=2.6, midi=68, text="my"),
    SungNote(start_s=2.4, end_s=3.0, midi=68, text="恋"),
]


@pytest.fixture(scope="module")
def music_midi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("music")
    take = Band().play(SongRequest(song=SONG, seed=1), folder / "music.wav", ignore)
    return folder / take.midi


def read(path: Path) -> pretty_midi.PrettyMIDI:
    return pretty_midi.PrettyMIDI(str(path), charset="utf-8")


def test_the_voice_joins_the_bands_tracks_untouched(music_midi: Path, tmp_path: Path) -> None:
    song_midi(VoiceTake(notes=NOTES), music_midi, SONG, tmp_path / "song.mid")
    band, song = read(music_midi), read(tmp_path / "song.mid")
    assert [track.name for track in song.instruments] == [
        *(track.name for track in band.instruments),
        "voice",
    ]
    for before, after in zip(band.instruments, song.instruments, strict=False):
        assert [(note.start, note.end, note.pitch, note.velocity) for note in before.notes] == [
            (note.start, note.end, note.pitch, note.velocity) for note in after.notes
        ]


def test_every_syllable_is_sung_at_its_pitch_and_time(music_midi: Path, tmp_path: Path) -> None:
    song_midi(VoiceTake(notes=NOTES), music_midi, SONG, tmp_path / "song.mid")
    song = read(tmp_path / "song.mid")
    voice = next(track for track in song.instruments if track.name == "voice")
    assert [note.pitch for note in voice.notes] == [63, 65, 67, 68, 68]
    assert [note.start for note in voice.notes] == pytest.approx([0.5, 0.8, 1.1, 2.0, 2.4], abs=0.001)
    assert [note.end for note in voice.notes] == pytest.approx([0.8, 1.1, 1.75, 2.4, 3.0], abs=0.001)
    assert [lyric.text for lyric in song.lyrics] == ["Sé", "-vé", "-rine,", "my", "恋"]
    assert [lyric.time for lyric in song.lyrics] == [note.start for note in voice.notes]


def test_the_syllables_stand_in_the_track_of_the_voice(music_midi: Path, tmp_path: Path) -> None:
    song_midi(VoiceTake(notes=NOTES), music_midi, SONG, tmp_path / "song.mid")
    tracks = mido.MidiFile(tmp_path / "song.mid", charset="utf-8").tracks
    worded = [track for track in tracks if any(message.type == "lyrics" for message in track)]
    assert [track.name for track in worded] == ["voice"]
    kinds = [
        message.type for message in worded[0] if message.type == "lyrics" or message.dict().get("velocity")
    ]
    assert kinds == ["lyrics", "note_on"] * 5


def test_without_music_the_song_gives_tempo_metre_and_key(tmp_path: Path) -> None:
    song_midi(VoiceTake(notes=NOTES), None, SONG, tmp_path / "song.mid")
    song = read(tmp_path / "song.mid")
    assert [track.name for track in song.instruments] == ["voice"]
    assert song.get_tempo_changes()[1] == pytest.approx([97.3 * 1.5], abs=0.01)
    metre, key = song.time_signature_changes[0], song.key_signature_changes[0]
    assert (metre.numerator, metre.denominator, key.key_number) == (6, 8, 3)


@pytest.mark.parametrize("voice", [None, VoiceTake()])
def test_without_a_voice_the_music_stays_as_it_was(
    voice: VoiceTake | None, music_midi: Path, tmp_path: Path
) -> None:
    song_midi(voice, music_midi, SONG, tmp_path / "song.mid")
    assert [track.name for track in read(tmp_path / "song.mid").instruments] == [
        track.name for track in read(music_midi).instruments
    ]


def test_without_both_there_is_a_file_with_the_grid(tmp_path: Path) -> None:
    song_midi(None, None, SONG, tmp_path / "song.mid")
    assert read(tmp_path / "song.mid").time_signature_changes[0].numerator == 6


def test_the_same_takes_give_the_same_bytes(music_midi: Path, tmp_path: Path) -> None:
    for name in ("one.mid", "two.mid"):
        song_midi(VoiceTake(notes=NOTES), music_midi, SONG, tmp_path / name)
    assert (tmp_path / "one.mid").read_bytes() == (tmp_path / "two.mid").read_bytes()


@pytest.mark.parametrize(
    "data", [b"", b"not a midi file", b"MThd\x00\x00\x00\x06\x00\x01\x00\x02\x03\xc0MTrk\x00"]
)
def test_a_broken_midi_file_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "music.mid").write_bytes(data)
    with pytest.raises(MediaError, match=r"music\.mid.*is not a MIDI file"):
        song_midi(None, tmp_path / "music.mid", SONG, tmp_path / "song.mid")
    with pytest.raises(MediaError, match=r"gone\.mid"):
        song_midi(None, tmp_path / "gone.mid", SONG, tmp_path / "song.mid")
    assert not (tmp_path / "song.mid").exists()
