import itertools
from pathlib import Path

import numpy as np
import pytest
import soundfile

from storyboard.generators.score import Score, score_of
from storyboard.generators.seams import SongRequest, VoiceGenerator, VoiceTake
from storyboard.generators.voice.singer import Singer, voice_model
from storyboard.generators.voice.singer.delivery import delivery_of
from storyboard.generators.voice.singer.part import part_of
from storyboard.generators.voice.singer.performance import timed
from storyboard.generators.voice.singer.phrasing import sung_parts
from storyboard.schema.errors import Cancelled, GeneratorUnavailable, InputError
from storyboard.schema.song import Section, Song, VocalTags

CHORUS = ["I met my ex on TikTok again", "Every little heart is breaking mine"]
STRANGE = [
    "Rock-n-roll's 24/7, $5 @ 9:30!",
    "DON'T STOP BELIEVING NOW",
    "🎉 ... —",
    "привет мир",
    "你好世界",
    "Wow",
    "The quick brown fox jumps over the lazy dog and then he runs across the river to the town and back",
    "1999 2000 2001 2002 2003 2004 2005 2006",
]


def song(
    lines: list[str], tempo_bpm: float = 104, metre: str = "4/4", key: str = "G major", voice: str = ""
) -> Song:
    return Song(
        title="Test",
        genre="pop",
        tempo_bpm=tempo_bpm,
        time_signature=metre,
        key=key,
        sections=[
            Section(kind="intro", bars=1),
            Section(kind="verse", lines=lines),
            Section(kind="chorus", lines=CHORUS),
            Section(kind="chorus", lines=CHORUS),
        ],
        vocals=VocalTags(voice=voice),
    )


class Recording:
    """A song sung once: its take, its sound, its score and the progress reported."""

    def __init__(self, sung: Song, folder: Path) -> None:
        path = folder / "voice.wav"
        self.song = sung
        self.progress: list[float] = []
        self.take: VoiceTake = Singer().sing(SongRequest(song=sung, seed=7), path, self.progress.append)
        self.score: Score = score_of(sung)
        self.sound, self.rate_hz = soundfile.read(path, dtype="float32")
        self.bytes = path.read_bytes()

    def line_words(self) -> list[list[str]]:
        grouped = itertools.groupby(self.take.words, key=lambda word: (word.section, word.line))
        return [[word.text for word in words] for _, words in grouped]

    def level_db(self, start_s: float, end_s: float) -> float:
        piece = self.sound[int(start_s * self.rate_hz) : int(end_s * self.rate_hz)]
        return float(10 * np.log10(np.mean(np.square(piece, dtype=np.float64)) + 1e-12))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    lines = ["I saw your name light up my phone tonight", "A little dance beneath the kitchen light"]
    return Recording(song(lines), tmp_path_factory.mktemp("plain"))


@pytest.fixture(
    scope="module",
    params=[
        (60, "2/4", "C major", "male, low"),
        (180, "3/4", "F# minor", "female, high"),
        (90, "6/8", "Bb minor", ""),
    ],
    ids=["slow 2/4 low man", "fast 3/4 high woman", "6/8"],
)
def strange(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    tempo_bpm, metre, key, voice = request.param
    return Recording(song(STRANGE, tempo_bpm, metre, key, voice), tmp_path_factory.mktemp("strange"))


def test_it_is_a_voice_generator() -> None:
    assert isinstance(Singer(), VoiceGenerator)
    Singer().check()


def test_the_recording_is_mono_and_exactly_as_long_as_the_score(plain: Recording, strange: Recording) -> None:
    for recording in (plain, strange):
        assert recording.sound.ndim == 1
        assert abs(len(recording.sound) - recording.score.duration_s * recording.rate_hz) <= 1


def test_the_same_request_gives_the_same_bytes(plain: Recording, tmp_path: Path) -> None:
    assert Recording(plain.song, tmp_path).bytes == plain.bytes


def test_every_word_of_every_line_has_its_time_in_order(plain: Recording) -> None:
    expected = [plain.song.line(ref).split() for ref in plain.song.line_refs()]
    assert plain.line_words() == expected
    starts_s = [word.start_s for word in plain.take.words]
    assert starts_s == sorted(starts_s)


def test_words_keep_their_spelling_and_lose_the_punctuation_at_their_ends(strange: Recording) -> None:
    lines = strange.line_words()
    assert lines[0] == ["Rock-n-roll's", "24/7", "5", "9:30"]
    assert lines[1] == ["DON'T", "STOP", "BELIEVING", "NOW"]
    assert lines[2] == ["привет", "мир"]
    assert lines[3] == ["你好世界"]


def test_words_lie_inside_their_slot_and_do_not_overlap(plain: Recording, strange: Recording) -> None:
    for recording in (plain, strange):
        slots = {slot.ref: slot for slot in recording.score.lines}
        for ref, group in itertools.groupby(recording.take.words, key=lambda word: (word.section, word.line)):
            words, slot = list(group), slots[ref]
            assert words[0].start_s >= recording.score.beat_s(slot.first_beat) - 1e-6
            assert words[-1].end_s <= recording.score.beat_s(slot.first_beat + slot.n_beats) - 0.15
            assert all(word.end_s - word.start_s >= 0.02 for word in words)
            assert all(one.end_s <= two.start_s + 1e-6 for one, two in itertools.pairwise(words))


def test_words_start_on_their_grid_points(plain: Recording) -> None:
    points_s = [
        plain.score.beat_s(sung.beat)
        for line in part_of(plain.song, plain.score)
        for number, sung in enumerate(line.syllables)
        if number == 0 or sung.word != line.syllables[number - 1].word
    ]
    errors_s = [abs(word.start_s - at_s) for word, at_s in zip(plain.take.words, points_s, strict=True)]
    assert np.median(errors_s) <= 0.025
    assert max(errors_s) <= 0.05


def test_a_line_is_heard_from_the_moment_its_first_word_is_said_to_start(plain: Recording) -> None:
    firsts = [
        next(words)
        for _, words in itertools.groupby(plain.take.words, key=lambda word: (word.section, word.line))
    ]
    for word in firsts:
        assert plain.level_db(word.start_s - 0.3, word.start_s - 0.05) < -60
        assert plain.level_db(word.start_s, word.start_s + 0.06) > -45


def test_nothing_sounds_where_nobody_sings(plain: Recording, strange: Recording) -> None:
    for recording in (plain, strange):
        quiet = np.ones(len(recording.sound), bool)
        for word in recording.take.words:
            first, last = word.start_s - 0.6, word.end_s + 0.6
            quiet[max(0, int(first * recording.rate_hz)) : int(last * recording.rate_hz)] = False
        assert np.abs(recording.sound[quiet]).max(initial=0.0) < 1e-3


def test_lines_are_equally_loud_and_never_clip(plain: Recording, strange: Recording) -> None:
    for recording in (plain, strange):
        assert np.abs(recording.sound).max() < 0.95
        for _, group in itertools.groupby(recording.take.words, key=lambda word: (word.section, word.line)):
            words = list(group)
            assert -22 < recording.level_db(words[0].start_s, words[-1].end_s) < -16


def test_the_voice_is_in_tune_on_every_vowel_long_enough_to_hear(plain: Recording) -> None:
    librosa = pytest.importorskip("librosa")
    hop, rate_hz = 160, 16_000
    sound = librosa.resample(plain.sound[: 20 * plain.rate_hz], orig_sr=plain.rate_hz, target_sr=rate_hz)
    f0_hz, voiced, _ = librosa.pyin(sound, fmin=80, fmax=500, sr=rate_hz, frame_length=1024, hop_length=hop)
    times_s = librosa.times_like(f0_hz, sr=rate_hz, hop_length=hop)
    errors, n_held = [], 0
    for line in part_of(plain.song, plain.score):
        vowels = sung_parts(timed(line, plain.score), line.diction.syllables)
        for part, note in zip(vowels, line.notes, strict=True):
            inside = (times_s > part.nucleus_s + 0.03) & (times_s < part.coda_s - 0.02)
            if inside.sum() >= 5:
                n_held += 1
                assert np.mean(voiced[inside]) > 0.5, f"a vowel at {part.nucleus_s:.2f} s is not sung"
                heard_hz = np.median(f0_hz[inside & voiced])
                errors.append(1200 * np.log2(heard_hz / librosa.midi_to_hz(note)))
    assert n_held > 15
    assert np.median(np.abs(errors)) <= 5
    assert np.max(np.abs(errors)) <= 50


def test_the_last_vowel_of_a_section_is_held_longer_than_others(plain: Recording) -> None:
    lines = part_of(plain.song, plain.score)
    lengths_s = []
    for line in lines:
        last = sung_parts(timed(line, plain.score), line.diction.syllables)[-1]
        lengths_s.append((line.slot.ref, last.coda_s - last.nucleus_s))
    ends = [length for ref, length in lengths_s if ref[1] == 1]
    others = [length for ref, length in lengths_s if ref[1] == 0]
    assert min(ends) > max(others) >= 0.4


def test_every_syllable_has_its_note_in_order_inside_its_word(plain: Recording, strange: Recording) -> None:
    for recording in (plain, strange):
        notes, words = recording.take.notes, recording.take.words
        firsts = [note for note in notes if not note.text.startswith("-")]
        assert len(firsts) == len(words)
        assert [note.start_s for note in firsts] == [word.start_s for word in words]
        assert all(one.end_s <= two.start_s + 1e-6 for one, two in itertools.pairwise(notes))
        assert all(note.phonemes for note in notes)


def test_the_syllables_of_a_word_spell_it(plain: Recording) -> None:
    spelt: list[str] = []
    for note in plain.take.notes:
        if note.text.startswith("-"):
            spelt[-1] += note.text[1:]
        else:
            spelt.append(note.text)
    assert spelt == [word.text for word in plain.take.words]


def test_a_rapped_song_rises_and_falls_like_speech_on_the_same_grid(plain: Recording, tmp_path: Path) -> None:
    sung, rapped = (part_of(plain.song, plain.score, style) for style in ("sung", "rap"))
    assert [one.syllables for one in sung] == [one.syllables for one in rapped]
    assert all(line.speech_midi is not None and np.ptp(line.speech_midi) > 1 for line in rapped)
    request = SongRequest(song=plain.song, seed=7, parameters={"style": "rap"})
    Singer().sing(request, tmp_path / "rap.wav", lambda _: None)
    assert (tmp_path / "rap.wav").read_bytes() != plain.bytes


@pytest.mark.parametrize(("genre", "delivery"), [("Hip-Hop", "rap"), ("trap", "rap"), ("trip pop", "sung")])
def test_the_genre_decides_whether_words_are_rapped(genre: str, delivery: str) -> None:
    assert delivery_of(song(["One line"]).model_copy(update={"genre": genre})) == delivery


@pytest.mark.parametrize(("name", "value"), [("pitch", 3), ("style", "yodel")])
def test_an_unknown_parameter_is_refused_by_name(name: str, value: str | int, tmp_path: Path) -> None:
    request = SongRequest(song=song(["One line"]), seed=1, parameters={name: value})
    with pytest.raises(InputError, match=name):
        Singer().sing(request, tmp_path / "voice.wav", lambda _: None)
    assert not list(tmp_path.iterdir())


def test_progress_rises_to_one_in_at_least_a_dozen_steps(plain: Recording) -> None:
    assert len(plain.progress) >= 12
    assert plain.progress == sorted(plain.progress)
    assert plain.progress[-1] == 1.0


def test_a_song_without_words_is_silence(tmp_path: Path) -> None:
    silent = song(["🎉"]).model_copy(update={"sections": [Section(kind="solo", bars=2)]})
    recording = Recording(silent, tmp_path)
    assert not recording.sound.any()
    assert not recording.take.words


def test_cancelling_stops_the_singer(tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        Singer().sing(SongRequest(song=song(["One line"]), seed=1), tmp_path / "voice.wav", stop)


def test_another_release_of_the_voice_is_refused_with_the_command_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    voice_model.model_path.cache_clear()
    monkeypatch.setattr(voice_model.importlib.metadata, "version", lambda _: "0.3.0")
    with pytest.raises(GeneratorUnavailable, match=r"0\.3\.0") as caught:
        Singer().check()
    assert "pip install" in caught.value.hint


def test_another_model_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    voice_model.model_path.cache_clear()
    monkeypatch.setattr(voice_model, "_MODEL_SHA256", "0" * 64)
    with pytest.raises(GeneratorUnavailable, match="voice model"):
        Singer().check()
