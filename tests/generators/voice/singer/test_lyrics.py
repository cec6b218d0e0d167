# ruff: noqa: RUF001 - phonetic letters are meant
import pytest

from storyboard.generators.score import LineSlot, Score, score_of
from storyboard.generators.voice.singer.lyrics import syllables_of, words_of
from storyboard.generators.voice.singer.rhythm import place
from storyboard.generators.voice.singer.transliteration import latin_of
from storyboard.schema.song import Section, Song


def slot_of(line: str, tempo_bpm: float = 100) -> tuple[LineSlot, Score]:
    song = Song(
        title="t",
        genre="pop",
        tempo_bpm=tempo_bpm,
        key="C major",
        sections=[Section(kind="verse", lines=[line])],
    )
    score = score_of(song)
    return score.lines[0], score


def test_consonants_go_to_the_following_vowel_as_english_allows() -> None:
    assert [(one.onset, one.nucleus, one.coda) for one in syllables_of("stɹˈAnʤəɹz")] == [
        ("stɹ", "ˈA", "n"),
        ("ʤ", "ə", "ɹz"),
    ]


def test_primary_stress_is_read_and_function_words_are_weak() -> None:
    words = words_of("the tonight")
    assert [syllable.stress for word in words for syllable in word.syllables] == [0, 0, 2]


def test_a_shouted_line_is_read_like_a_spoken_one() -> None:
    shouted, spoken = words_of("DON'T STOP BELIEVING NOW"), words_of("don't stop believing now")
    assert [word.syllables for word in shouted] == [word.syllables for word in spoken]


@pytest.mark.parametrize("line", ["", "...", "🎉🎉", "— … !?"])
def test_a_line_with_nothing_to_sing_has_no_words(line: str) -> None:
    assert words_of(line) == ()


@pytest.mark.parametrize("line", ["hmm", "pst", "你好", "привет", "😀la", "½", "x" * 300, "déjà-vu"])
def test_any_word_gets_at_least_one_syllable(line: str) -> None:
    (word,) = words_of(line)
    assert len(word.syllables) >= 1


@pytest.mark.parametrize(
    ("text", "latin"),
    [("мама", "mama"), ("안녕", "annyeong"), ("さくら", "sakura"), ("λόγος", "logos"), ("café", "café")],
)
def test_other_scripts_are_spelt_in_latin_letters(text: str, latin: str) -> None:
    assert latin_of(text) == latin


@pytest.mark.parametrize("tempo_bpm", [60, 100, 180])
def test_syllables_rise_through_the_slot_on_a_grid(tempo_bpm: float) -> None:
    slot, score = slot_of("I saw your name light up my phone tonight", tempo_bpm)
    beats = [sung.beat for sung in place(words_of(slot.text), slot, score)]
    assert beats == sorted(set(beats))
    assert beats[0] >= slot.first_beat
    assert score.beat_s(beats[-1]) < score.beat_s(slot.first_beat + slot.n_beats) - 0.3
    assert all(beat * 8 == int(beat * 8) for beat in beats)


def test_stressed_syllables_prefer_beats() -> None:
    slot, score = slot_of("You told the world a joke I used to know")
    sung = place(words_of(slot.text), slot, score)
    stressed = [one.beat == int(one.beat) for one in sung if one.syllable.stress == 2]
    assert sum(stressed) / len(stressed) >= 0.75


def test_a_line_far_too_long_keeps_every_word() -> None:
    slot, score = slot_of("1999 " * 60)
    sung = place(words_of(slot.text), slot, score)
    assert {one.word for one in sung} == set(range(60))
