"""The spreadsheet of a storyboard: written, looked at, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from storyboard.schema.board import Direction, Storyboard
from storyboard.schema.song import LineTime, Section, SongFile
from storyboard.schema.timeline import SongMap
from storyboard.sync.lyrics import merged, read_lyrics, write_sheet

WISHES = [
    Direction(section=1, line=1, prompt="a lantern in the fog", style="ink", strength=0.25),
    Direction(section=4, line=0, prompt="two\nlines", negative_prompt="rain", image="door.png", strength=1.0),
]


@pytest.fixture
def wished(board: Storyboard) -> Storyboard:
    song = board.song.model_copy(
        update={
            "audio": SongFile(file="song.mp3", sha256="0" * 64, duration_s=60),
            "times": [
                LineTime(section=1, line=0, start_s=10.125, end_s=12.5),
                LineTime(section=1, line=1, start_s=13),
                LineTime(section=3, line=1, start_s=41.75, end_s=44.0),
            ],
        }
    )
    return Storyboard.model_validate(
        board.model_copy(update={"song": song, "directions": WISHES}).model_dump()
    )


def test_a_board_comes_back_from_its_sheet_as_it_was(wished: Storyboard, tmp_path: Path) -> None:
    write_sheet(wished, None, tmp_path / "sheet.xlsx")
    lyrics = read_lyrics(tmp_path / "sheet.xlsx")
    assert [(section.kind, section.lines) for section in lyrics.sections] == [
        (section.kind, section.lines) for section in wished.song.sections
    ]
    assert list(lyrics.times) == wished.song.times
    assert list(lyrics.directions) == WISHES
    assert merged(wished, lyrics) == wished


def test_a_song_that_was_made_here_shows_when_its_lines_are_sung(
    board: Storyboard, song_map: SongMap, tmp_path: Path
) -> None:
    write_sheet(board, song_map, tmp_path / "sheet.xlsx")
    lyrics = read_lyrics(tmp_path / "sheet.xlsx")
    sung = song_map.words_by_line()
    assert [time.ref for time in lyrics.times] == list(sung)
    for time, words in zip(lyrics.times, sung.values(), strict=True):
        assert time.start_s == pytest.approx(words[0].start_s, abs=0.001)
        assert time.end_s == pytest.approx(words[-1].end_s, abs=0.001)
    assert merged(board, lyrics) == board


def test_the_sheet_is_laid_out_to_be_worked_in(wished: Storyboard, tmp_path: Path) -> None:
    write_sheet(wished, None, tmp_path / "sheet.xlsx")
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    sheet = book["Lyrics"]
    assert [cell.value for cell in sheet[1]] == [
        "time", "end", "section", "lyric", "prompt", "negative prompt", "style", "image", "strength",
    ]  # fmt: skip
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2" and sheet.column_dimensions["D"].width > 30
    assert [cell.value for cell in sheet[3]][:4] == [
        10.125,
        12.5,
        "verse 1",
        "The kettle sings at half past four",
    ]
    assert sheet.max_row == 1 + 8 + 1
    assert book["Read me"].max_row == 5


def test_the_same_board_gives_the_same_bytes(
    wished: Storyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sheet(wished, None, tmp_path / "one.xlsx")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    write_sheet(wished, None, tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("line", ["=1+1", "+49 30 1234", "@home", "-", "1999", "1:23", "TRUE", "#REF!"])
def test_a_lyric_is_never_a_formula_or_a_number(board: Storyboard, tmp_path: Path, line: str) -> None:
    sections = [*board.song.sections]
    sections[1] = Section(kind="verse", lines=[line, "The second"])
    song = board.song.model_copy(update={"sections": sections})
    write_sheet(board.model_copy(update={"song": song}), None, tmp_path / "sheet.xlsx")
    cell: Any = openpyxl.load_workbook(tmp_path / "sheet.xlsx")["Lyrics"]["D3"]
    assert (cell.value, cell.data_type) == (line, "s")
    assert read_lyrics(tmp_path / "sheet.xlsx").lines()[0] == line


def test_neighbouring_sections_of_one_kind_stay_apart(board: Storyboard, tmp_path: Path) -> None:
    sections = [
        Section(kind="chorus", lines=["One"]),
        Section(kind="chorus", lines=["One"]),
        Section(kind="solo"),
    ]
    song = board.song.model_copy(update={"sections": sections})
    write_sheet(board.model_copy(update={"song": song}), None, tmp_path / "sheet.xlsx")
    assert list(read_lyrics(tmp_path / "sheet.xlsx").sections) == sections
