"""The song sheet: what is pasted into song services, and comes back as lyrics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.prompts.song_sheet import MAX_STYLE, song_sheet
from storyboard.schema.song import RecordingTags, Section, Song, VocalTags
from storyboard.sync.lyrics import read_lyrics


def song(**fields: Any) -> Song:
    base = {
        "title": "Level Two",
        "genre": "folk",
        "tempo_bpm": 96,
        "key": "G major",
        "sections": [
            Section(kind="intro", bars=2),
            Section(
                kind="verse", lines=["A heron stood on level two", "The ticket said it parked there too"]
            ),
            Section(kind="pre-chorus", lines=["Wait"]),
            Section(kind="chorus", lines=["Level two, level two"]),
            Section(kind="verse", lines=["The barrier [striped] came down"]),
            Section(kind="solo"),
            Section(kind="chorus", lines=["Level two, level two"]),
            Section(kind="outro"),
        ],
        "recording": RecordingTags(beat="brushed drums, steady", melody="winding"),
        "vocals": VocalTags(emotions="wry, warm", voice="female, warm"),
    }
    return Song.model_validate(base | fields)


def block(text: str, name: str) -> str:
    """Return the line below a heading of the sheet."""
    rows = text.splitlines()
    return rows[next(index for index, row in enumerate(rows) if row.startswith(name)) + 1]


def test_every_section_has_the_tag_that_services_know() -> None:
    rows = song_sheet(song(), "en").splitlines()
    assert [row for row in rows if row.startswith("[")] == [
        "[Instrumental Intro]", "[Verse 1]", "[Pre-Chorus]", "[Chorus]", "[Verse 2]", "[Solo]", "[Chorus]",
        "[Outro]", "[End]",
    ]  # fmt: skip


def test_the_style_says_what_matters_most_first_and_nothing_twice() -> None:
    text = song_sheet(song(), "en")
    assert block(text, "Style") == "folk, female, warm, wry, 96 BPM, G major, brushed drums, steady, winding"
    assert "in full" not in text
    assert block(text, "Title") == "Level Two"


def test_a_long_style_is_given_short_and_in_full() -> None:
    tags = ", ".join(f"adjective number {number}" for number in range(20))
    text = song_sheet(song(recording=RecordingTags(beat=tags)), "en")
    short, full = block(text, "Style ("), block(text, "Style, in full")
    assert len(short) <= MAX_STYLE < len(full)
    assert short.startswith("folk, female") and full.startswith(short) and "adjective number 19" in full
    assert f"Style ({len(short)} characters):" in text


@pytest.mark.parametrize(("language", "said"), [("de", True), ("en", False), ("en-GB", False)])
def test_another_language_than_english_is_said(language: str, said: bool) -> None:
    assert ("sung in German" in song_sheet(song(), language)) is said


def test_a_lyric_in_brackets_is_no_tag() -> None:
    assert "The barrier (striped) came down" in song_sheet(song(), "en")


def test_the_sheet_reads_back_as_the_same_lyrics(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    sections = [section for section in song().sections if "[" not in "".join(section.lines)]
    sheet.write_text(song_sheet(song(sections=sections), "en"), encoding="utf-8")
    lyrics = read_lyrics(sheet)
    assert lyrics.title == "Level Two"
    assert [(section.kind, section.lines) for section in lyrics.sections] == [
        (section.kind, section.lines) for section in sections
    ]
