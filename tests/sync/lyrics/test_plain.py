"""Lyrics as plain text."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.schema.errors import InputError
from storyboard.schema.song import Song
from storyboard.sync.lyrics import Lyrics, read_lyrics

Read = Callable[..., Lyrics]
HOOK = "Come home before the snow\nBefore the lanterns go"


@pytest.mark.parametrize(
    "data",
    [
        "Über Brücken\nführt kein Weg".encode(),
        codecs.BOM_UTF8 + "Über Brücken\r\nführt kein Weg".encode(),
        "Über Brücken\nführt kein Weg".encode("utf-16"),
        "Über Brücken\r\nführt kein Weg".encode("utf-16-be"),
        "Über Brücken\nführt kein Weg".encode("utf-16-le"),
        "Über Brücken\r\nführt kein Weg".encode("cp1252"),
        "U\u0308ber Bru\u0308cken\nfu\u0308hrt\u200b kein Weg".encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16-be", "utf-16-le", "windows", "decomposed"],
)
def test_any_common_encoding_is_read(read: Read, data: bytes) -> None:
    assert read(data).lines() == ["Über Brücken", "führt kein Weg"]


def test_without_headings_what_returns_is_the_chorus(read: Read, shape: Any) -> None:
    lyrics = read(
        f"One\nTwo\n\n{HOOK}\n\nThree\nFour\n\nCome home, before the snow!\nbefore the lanterns go\n"
    )
    assert [kind for kind, _ in shape(lyrics)] == ["verse", "chorus", "verse", "chorus"]
    assert shape(lyrics)[3][1] == ["Come home, before the snow!", "before the lanterns go"]
    assert "sections" not in lyrics.tells


def test_a_chorus_with_another_last_line_is_a_chorus_still(read: Read, shape: Any) -> None:
    lyrics = read("a b\nc d\ne f\ng h\n\nx\ny\n\na b\nc d\ne f\nand so we end")
    assert [kind for kind, _ in shape(lyrics)] == ["chorus", "verse", "chorus"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("[Verse 1]", "verse"),
        ("[Verse 1: Ida & Jon]", "verse"),
        ("VERSE TWO:", "verse"),
        ("Chorus:", "chorus"),
        ("**Chorus**", "chorus"),
        ("## Final Chorus", "chorus"),
        ("(Verse 2)", "verse"),
        ("[Pre-Chorus]", "pre-chorus"),
        ("Prechorus 1:", "pre-chorus"),
        ("{Post-Chorus}", "post-chorus"),
        ("[Hook]", "chorus"),
        ("[Middle 8]", "bridge"),
        ("<Breakdown>", "break"),
        ("Estribillo:", "chorus"),
        ("[Último estribillo]", "chorus"),
        ("(Pre-estribillo)", "pre-chorus"),
        ("Puente:", "bridge"),
        ("[Couplet 2]", "verse"),
        ("[Pré-refrain]", "pre-chorus"),
        ("Refrain :", "chorus"),
        ("[Pont]", "bridge"),
        ("2. Strophe:", "verse"),
        ("[Vorrefrain]", "pre-chorus"),
        ("Kehrvers:", "chorus"),
        ("[Brücke]", "bridge"),
        ("[Strofa 1]", "verse"),
        ("Ritornello:", "chorus"),
        ("[Refrão]", "chorus"),
        ("[Pré-refrão]", "pre-chorus"),
        ("[Ponte]", "bridge"),
        ("[Intro]", "intro"),
        ("[Guitar Solo]", "solo"),
        ("[Outro]", "outro"),
        ("[Zwischenspiel]", "instrumental"),
    ],
)
def test_headings_are_understood_in_seven_languages(read: Read, shape: Any, heading: str, kind: str) -> None:
    lyrics = read(f"One\nTwo\nThree\n\n{heading}\nA line below")
    assert shape(lyrics) == [("verse", ["One", "Two", "Three"]), (kind, ["A line below"])]
    assert lyrics.tells == {"sections"}


def test_a_word_that_may_be_a_heading_is_sung_within_a_verse(read: Read) -> None:
    assert read("I walk alone\nSolo\nAgain: alone\nBreak, break, break").lines() == [
        "I walk alone", "Solo", "Again: alone", "Break, break, break",
    ]  # fmt: skip


def test_a_name_alone_between_blanks_is_a_heading(read: Read, shape: Any) -> None:
    assert shape(read(f"Verse 1\nOne\nTwo\n\nChorus\n{HOOK}"))[1] == ("chorus", HOOK.split("\n"))


def test_in_a_file_that_names_its_verses_a_blank_ends_no_section(read: Read, shape: Any) -> None:
    lyrics = read(f"[Verse 1]\nOne\nTwo\n\nThree\nFour\n\n[Chorus]\n{HOOK}")
    assert shape(lyrics) == [("verse", ["One", "Two", "Three", "Four"]), ("chorus", HOOK.split("\n"))]


def test_in_a_file_that_names_only_its_chorus_a_blank_ends_it(read: Read, shape: Any) -> None:
    lyrics = read(f"One\nTwo\n\nChorus:\n{HOOK}\n\nThree\nFour\n\nChorus\n\nFive\nSix")
    assert [kind for kind, _ in shape(lyrics)] == ["verse", "chorus", "verse", "chorus", "verse"]
    assert shape(lyrics)[3][1] == HOOK.split("\n")


def test_a_refrain_named_again_has_its_words(read: Read, shape: Any) -> None:
    lyrics = read(f"[Verse]\nOne\n[Pre-Chorus]\nWait\n[Chorus]\n{HOOK}\n[Verse]\nTwo\n[Pre-Chorus]\n[Chorus]")
    assert shape(lyrics)[4:] == [("pre-chorus", ["Wait"]), ("chorus", HOOK.split("\n"))]


@pytest.mark.parametrize(
    "count", ["[Chorus x2]", "[Chorus] x2", "Chorus (2x):", "[Chorus] (\u00d72)", "Chorus x2"]
)
def test_a_counted_heading_is_as_many_sections(read: Read, shape: Any, count: str) -> None:
    lyrics = read(f"[Verse]\nOne\n\n{count}\n{HOOK}")
    assert shape(lyrics)[1:] == [("chorus", HOOK.split("\n"))] * 2


@pytest.mark.parametrize("count", ["x2", "(x2)", "[2x]", "(2 times)", "(bis)", "2 x"])
def test_a_count_alone_repeats_the_block_above(read: Read, shape: Any, count: str) -> None:
    assert shape(read(f"[Verse]\nOne\n\n[Chorus]\n{HOOK}\n{count}"))[1:] == [("chorus", HOOK.split("\n"))] * 2


def test_a_count_after_a_line_repeats_the_line(read: Read) -> None:
    lyrics = read("Na na na (x3)\nHey Jude x2\nI drive a 4x4\nSize 2\n[Verse]\nOne [2x]")
    assert lyrics.lines() == [*["Na na na"] * 3, *["Hey Jude"] * 2, "I drive a 4x4", "Size 2", "One", "One"]


def test_chords_are_taken_out(read: Read) -> None:
    lead_sheet = """[Verse 1]
G        D/F#      Em7  | Cadd9
The kettle sings at half past four
| Am | F  % | (x2)
A [Am]postcard slides be[G7]neath the [C]door
[G]  [D]
Am7  Fmaj7 (let ring)
e|--0--2--3--|
C   G   F
Come home
"""
    assert read(lead_sheet).lines() == [
        "The kettle sings at half past four", "A postcard slides beneath the door", "Come home",
    ]  # fmt: skip


def test_words_that_look_like_chords_are_sung(read: Read) -> None:
    lines = ["A B C", "It is easy as", "1 2 3", "Add it up", "Am I wrong", "Be A", "E"]
    assert read("\n".join(lines)).lines() == lines


def test_remarks_are_not_sung_and_backing_vocals_are(read: Read) -> None:
    text = "[Produced by nobody]\nCome home\n(ooh, ooh)\n"
    text += "[spoken]\n♪ Before the snow ♪\n(soft music)\n# one more\n*"
    assert read(text).lines() == ["Come home", "(ooh, ooh)", "Before the snow", "# one more"]


def test_title_and_artist_above_the_first_heading_are_not_sung(read: Read) -> None:
    for text in (
        "Before the Snow\nby Ida\n\n[Verse 1]\nOne",
        "Title: Before the Snow\nArtist: Ida\n\nOne",
        "Title:\nBefore the Snow\nArtist: Ida\n\nStyle: folk\n\nLyrics:\nOne",
    ):
        lyrics = read(text)
        assert (lyrics.title, lyrics.artist, lyrics.lines()) == ("Before the Snow", "Ida", ["One"])


def test_a_first_row_that_is_the_file_name_is_the_title(read: Read) -> None:
    lyrics = read("BEFORE THE SNOW\n\nOne\nTwo\n", "Before the snow.txt")
    assert (lyrics.title, lyrics.lines()) == ("BEFORE THE SNOW", ["One", "Two"])
    assert read("Something else\n\nOne\nTwo\n").lines() == ["Something else", "One", "Two"]


def test_a_text_with_a_blank_after_every_line_still_has_sections(read: Read, shape: Any) -> None:
    text = "\n\n".join(["One", "Two", "Three", "", "Four", "Five", "Six", "", "Seven", "Eight", "Nine"])
    assert [len(lines) for _, lines in shape(read(text))] == [3, 3, 3]


def test_instrumental_sections_are_kept_and_an_end_is_none(read: Read, shape: Any) -> None:
    lyrics = read("[Intro]\n\n[Verse]\nOne\n\n[Guitar Solo]\n\n[Bridge]\n\n[Outro]\n\n[End]")
    assert [kind for kind, _ in shape(lyrics)] == ["intro", "verse", "solo", "outro"]


def test_a_line_too_long_is_named(read: Read) -> None:
    for text, number in (("One\n\n", 3), ("One\n\n" * 9, 19), ("Title: One\n\nAm G7\n", 4)):
        with pytest.raises(InputError, match=rf"song\.txt: line {number} has 401 characters") as raised:
            read(text + "x" * 401)
    assert raised.value.hint


@pytest.mark.parametrize("text", ["", " \n\n\t", "[Verse 1]\n\n[Chorus]", "\ufeff", "♪♪♪"])
def test_a_file_without_a_line_to_sing_is_refused(read: Read, text: str) -> None:
    with pytest.raises(InputError, match="no line to sing") as raised:
        read(text)
    assert raised.value.hint


@pytest.mark.parametrize("data", [bytes(range(32)) * 20, b"PK\x03\x04\x00\x00\x08\x00" * 40])
def test_a_file_that_is_no_text_is_refused(read: Read, data: bytes) -> None:
    with pytest.raises(InputError, match="not a text"):
        read(data)


def test_a_huge_file_and_a_missing_one_are_refused(read: Read, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="larger than 2 MB"):
        read("la la la\n" * 300_000)
    with pytest.raises(InputError, match="cannot be read"):
        read_lyrics(tmp_path / "none.txt")


def test_another_suffix_is_refused_with_what_is_read(read: Read) -> None:
    with pytest.raises(InputError, match=r"\.docx is not read as lyrics") as raised:
        read("One", "song.docx")
    assert ".txt" in raised.value.hint and ".lrc" in raised.value.hint and ".xlsx" in raised.value.hint


def _fits(lyrics: Lyrics) -> bool:
    return bool(
        Song(
            title="x", genre="x", tempo_bpm=100, key="C major", sections=list(lyrics.sections),
            times=list(lyrics.times),
        )
    )  # fmt: skip


def test_a_long_section_is_split_into_even_parts(read: Read, shape: Any) -> None:
    lines = [f"line {number}" for number in range(70)]
    lyrics = read("\n".join(["[Verse]", *lines]))
    assert [len(lines) for _, lines in shape(lyrics)] == [23, 23, 24]
    assert lyrics.lines() == lines and _fits(lyrics)


def test_many_small_sections_are_merged_without_losing_a_line(read: Read, shape: Any) -> None:
    blocks = [f"line {number}\nand more {number}" for number in range(45)]
    with_hooks = [f"{block}\n\n{HOOK}" if not n % 9 else block for n, block in enumerate(blocks)]
    lyrics = read("\n\n".join(with_hooks))
    assert len(lyrics.sections) <= 32 and _fits(lyrics)
    assert len(lyrics.lines()) == 45 * 2 + 5 * 2
    assert [lines for kind, lines in shape(lyrics) if kind == "chorus"] == [HOOK.split("\n")] * 5


def test_more_lines_than_a_storyboard_holds_are_refused(read: Read) -> None:
    assert _fits(read("\n\n".join(f"line {number}" for number in range(1024))))
    with pytest.raises(InputError, match="1025 lines"):
        read("\n\n".join(f"line {number}" for number in range(1025)))
