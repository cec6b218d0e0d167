"""A title from the lyrics of a song that has none: whole phrases that its choruses open, end or return to."""

from __future__ import annotations

from typing import Any

import pytest

from storyboard.generators.llm.builtin.describing import sung_title
from storyboard.schema.song import Section, Song

VERSE = [
    "the ferry leaves at seven with a dog upon the deck",
    "my coat is full of feathers and my hat of salt",
]
OTHER = [
    "the harbour has a tailor who mends the broken sails",
    "he whistles to the seagulls in the middle of july",
]


def titled(*sections: list[str], language: str = "en", chorus: bool = True) -> str:
    """Return the title of a song whose every second section is a chorus."""
    kinds: list[Any] = ["chorus" if chorus and index % 2 else "verse" for index in range(len(sections))]
    parts = [Section(kind=kind, lines=lines) for kind, lines in zip(kinds, sections, strict=True)]
    song = Song(title="Untitled", genre="x", tempo_bpm=100, key="C major", sections=parts)
    return sung_title(song, language)


def test_the_line_that_ends_each_chorus_is_the_title() -> None:
    hook = [
        "thousands of lanterns on the water tonight",
        "nobody else would know you are there",
        "my paper boat",
    ]
    assert titled(VERSE, hook, OTHER, hook) == "My Paper Boat"


def test_the_line_that_opens_each_chorus_is_the_title() -> None:
    hook = ["carry me over", "through all of the weather that anyone saw in the bay since the morning we met"]
    assert titled(VERSE, hook, OTHER, hook) == "Carry Me Over"


def test_the_phrase_that_returns_most_is_the_title_though_no_line_is_it_alone() -> None:
    hook = ["paper boat you carry all my letters home", "paper boat you never mind the rain"]
    verse = ["paper boat was folded in the kitchen by the door", *VERSE]
    other = ["paper boat went sailing with a feather for a mast", *OTHER, "paper boat came back"]
    assert titled(verse, hook, other, hook) == "Paper Boat"


def test_a_phrase_is_never_cut_out_of_a_longer_one_that_returns() -> None:
    hook = [
        "keeper of the northern lighthouse tell everybody where i am",
        "you were gone before the summer came",
    ]
    once = [*VERSE, "keeper of the northern lighthouse let me in"]
    assert titled(once, hook, OTHER, hook) == "Keeper of the Northern Lighthouse"
    alone = [
        "tell everybody on the island that the winter will be long",
        "we are burning all the furniture we have",
    ]
    assert titled(VERSE, alone, OTHER, alone) == "We Are Burning All the Furniture We Have"


def test_a_line_sung_over_and_over_is_said_once_and_sounds_are_no_title() -> None:
    hook = ["come along come along come along", "la la la la", "oh oh oh"]
    assert titled(VERSE, hook, OTHER, hook) == "Come Along"


def test_without_a_chorus_what_returns_counts_and_else_the_first_short_line() -> None:
    verse = [*VERSE, "slow train to the sea", *OTHER, "slow train to the sea"]
    assert titled(verse, chorus=False) == "Slow Train to the Sea"
    assert titled([*VERSE, "nobody waved"], chorus=False) == "Nobody Waved"
    assert titled(VERSE, chorus=False) == "The Ferry Leaves at Seven with a Dog Upon the Deck"


@pytest.mark.parametrize(
    ("language", "hook", "title"),
    [
        ("de", ["kleines boot aus papier", "und trag mich heute ganz nach haus"], "Kleines boot aus papier"),
        ("es", ["barco de papel", "que no sabe volver a la orilla de mi casa"], "Barco de papel"),
        ("ja", ["紙の舟", "紙の舟"], "紙の舟"),
        ("hi", ["काग़ज़ की नाव"], "काग़ज़ की नाव"),
        ("en", ["I'M GOING HOME", "WHERE ALL THE RIVERS THAT I EVER SAW WILL GO"], "I'm Going Home"),
    ],
)  # fmt: skip
def test_titles_are_written_as_their_language_writes_them(language: str, hook: list[str], title: str) -> None:
    assert titled(hook, hook, hook, hook, language=language) == title


@pytest.mark.parametrize(
    "line", ["oh", "...", "la la la", "x" * 400, "a " * 190 + "b", "U.S.A., U.S.A.!", "(hey) -"]
)
def test_any_line_gives_a_title_that_a_song_can_have(line: str) -> None:
    assert 0 < len(titled([line], [line])) <= 80
