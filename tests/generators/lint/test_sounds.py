"""Rhyme by sound in English, by letters elsewhere."""
# ruff: noqa: RUF001 - Cyrillic letters are meant

from __future__ import annotations

import pytest

from storyboard.generators.lint.rhyming import unrhymed
from storyboard.generators.lint.sounds import is_alphabetic, last_word, lines_rhyme, rhymes, rhymes_nearly


@pytest.mark.parametrize(
    "pair",
    (
        "rough stuff; blue through; memory sea; again ten; again rain; choir fire; kite light; gone on; "
        "read bed; anywhere chair; letter better; phone alone; crowd loud; birthday stay"
    ).split("; "),
)
def test_words_that_sound_alike_rhyme_however_they_are_spelt(pair: str) -> None:
    assert rhymes(*pair.split())


@pytest.mark.parametrize(
    "pair", ["rough cough", "love move", "home time", "letter water", "night late", "food good"]
)
def test_words_that_only_look_alike_do_not(pair: str) -> None:
    one, other = pair.split()
    assert not rhymes(one, other) and not rhymes_nearly(one, other)


@pytest.mark.parametrize(
    "pair", ["home alone", "time mine", "night lights", "street asleep", "hand understands"]
)
def test_near_rhymes_count_as_listeners_hear_them(pair: str) -> None:
    assert rhymes_nearly(*pair.split())


def test_the_last_sung_word_is_the_one_before_marks_and_asides() -> None:
    assert last_word("I won\u2019t go home! (no, no)") == "home"
    assert last_word("Don\u2019t") == "don't"
    assert last_word("...") == ""


@pytest.mark.parametrize(
    ("language", "first", "second", "expected"),
    [
        ("de", "Ich steh allein vor deinem Haus", "Das Licht im Fenster geht jetzt aus", True),
        ("de", "Ich steh allein vor deinem Haus", "Der Regen fällt auf meine Schuhe", False),
        ("es", "Se me rompe el corazón", "Cuando suena la canción", True),
        ("fr", "Je marche dans la nuit", "Il tombe de la pluie", True),
        ("ru", "Я иду один домой", "Ты опять была со мной", True),
    ],
)
def test_other_languages_rhyme_by_their_endings(
    language: str, first: str, second: str, expected: bool
) -> None:
    assert lines_rhyme(first, second, language) is expected


def test_couplets_alternate_and_enclosed_rhymes_are_heard() -> None:
    couplets, alternate, enclosed = (
        ["day", "way", "night", "light"],
        ["day", "night", "way", "light"],
        [
            "day",
            "night",
            "light",
            "way",
        ],
    )
    assert unrhymed(couplets) == unrhymed(alternate) == unrhymed(enclosed) == []
    assert unrhymed(["day", "stone", "way", "cup"]) == [1, 3]


def test_writing_without_alphabet_is_known() -> None:
    assert is_alphabetic("Привет, world") and not is_alphabetic("夜の電車") and not is_alphabetic("...")
