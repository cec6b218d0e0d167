# ruff: noqa: RUF001 - phonetic letters are meant
import pytest

from storyboard.generators.score import LineSlot, Score, score_of
from storyboard.generators.voice.singer.breathing import breaths_of
from storyboard.generators.voice.singer.lyrics import Syllable, syllables_of, words_of
from storyboard.generators.voice.singer.part import part_of
from storyboard.generators.voice.singer.rhythm import SungSyllable, steps_per_beat_of
from storyboard.generators.voice.singer.spelling import ipa_of, written_syllables
from storyboard.generators.voice.singer.transliteration import latin_of
from storyboard.schema.song import Section, Song


def placed(line: str, tempo_bpm: float = 100) -> tuple[tuple[SungSyllable, ...], LineSlot, Score]:
    song = Song(
        title="t",
        genre="pop",
        tempo_bpm=tempo_bpm,
        key="C major",
        sections=[Section(kind="verse", lines=[line])],
    )
    score = score_of(song)
    return part_of(song, score)[0].syllables, score.lines[0], score


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
    sung, slot, score = placed("I saw your name light up my phone tonight", tempo_bpm)
    beats = [one.beat for one in sung]
    assert beats == sorted(set(beats))
    assert beats[0] >= slot.first_beat
    assert score.beat_s(beats[-1]) < score.beat_s(slot.first_beat + slot.n_beats) - 0.3
    assert all(beat * 16 == int(beat * 16) for beat in beats)


@pytest.mark.parametrize("tempo_bpm", [50, 60, 80, 104, 140, 180, 220])
def test_the_grid_is_as_fine_as_speech_at_any_tempo(tempo_bpm: float) -> None:
    _, _, score = placed("One line", tempo_bpm)
    assert 0.09 <= score.beat_s(1) / steps_per_beat_of(score) <= 0.2


def test_stressed_syllables_prefer_strong_points() -> None:
    lines = [
        "You told the world a joke I used to know",
        "Summer rain is falling on the window",
        "Big red balloons were floating over town",
        "People come and people go but you remain",
    ]
    stressed, weak = [], []
    for line in lines:
        for one in placed(line)[0]:
            (stressed if one.syllable.stress == 2 else weak).append(one.beat)
    on_eighth = [beat * 2 == int(beat * 2) for beat in stressed]
    assert sum(on_eighth) / len(stressed) >= 0.75
    on_beat = [sum(beat == int(beat) for beat in beats) / len(beats) for beats in (stressed, weak)]
    assert on_beat[0] > 1.5 * on_beat[1]


def test_a_line_takes_about_as_long_as_it_is_spoken() -> None:
    sung, _, score = placed("Summer rain is falling on the window")
    assert 0.13 <= (score.beat_s(sung[-1].beat - sung[0].beat)) / (len(sung) - 1) <= 0.4


def test_a_line_far_too_long_keeps_every_word() -> None:
    sung, _, _ = placed("1999 " * 60)
    assert {one.word for one in sung} == set(range(60))


def test_a_line_in_a_roomy_slot_breathes_before_a_phrase_near_its_middle() -> None:
    words = words_of("I saw your name beneath a broken sign")
    breaths = breaths_of(words, usable_s=5.0)
    assert [word.text for word, breathes in zip(words, breaths, strict=True) if breathes] == ["name"]
    assert not any(breaths_of(words, usable_s=2.5))


def test_a_line_breathes_at_its_comma_but_not_after_its_end() -> None:
    breaths = breaths_of(words_of("Hold on, I am coming home."), usable_s=2.0)
    assert breaths == (False, True, False, False, False, False)


def test_the_halves_of_a_line_begin_half_a_slot_apart() -> None:
    sung, slot, _ = placed("I saw your name beneath a broken sign", 104)
    stressed = [one for one in sung if one.syllable.stress == 2]
    second = next(one for one in stressed if one.word > 3)
    assert abs(second.beat - stressed[0].beat - slot.n_beats / 2) <= 0.5


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("heart", ["heart"]),
        ("little", ["lit", "-tle"]),
        ("kitchen", ["kit", "-chen"]),
        ("loved", ["loved"]),
        ("telephone", ["te", "-le", "-phone"]),
        ("TikTok", ["Tik", "-Tok"]),
        ("9:30", None),
        ("привет", None),
        ("rock-n-roll's", None),
    ],
)
def test_a_written_word_is_divided_like_its_sounds(word: str, pieces: list[str] | None) -> None:
    (read,) = words_of(word)
    divided = written_syllables(read.text, len(read.syllables))
    assert len(divided) == len(read.syllables)
    assert all(piece.startswith("-") for piece in divided[1:])
    assert divided[0] + "".join(piece[1:] for piece in divided[1:]) == read.text
    assert pieces is None or divided == pieces


def test_sounds_are_given_in_the_international_alphabet() -> None:
    assert ipa_of(Syllable("stɹ", "ˈA", "nʤ", 2, True)) == "stɹeɪndʒ"
