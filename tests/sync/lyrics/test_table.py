"""Lyrics as a table that was filled by hand: spreadsheets and CSV."""

from __future__ import annotations

import builtins
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from storyboard.schema.board import Direction
from storyboard.schema.errors import InputError, SystemRequirementError
from storyboard.sync.lyrics import Lyrics, read_lyrics

Read = Callable[..., Lyrics]
DAY = datetime.datetime(2026, 1, 2)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows into the second sheet of a workbook; a cell may be (value, number format)."""

    def write(*rows: list[Any]) -> Path:
        book = openpyxl.Workbook()
        book.active.append(["How this song came to be"])
        sheet = book.create_sheet("Song")
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                held, shown = value if isinstance(value, tuple) else (value, None)
                cell = sheet.cell(number, column, held)
                if shown:
                    cell.number_format = shown
        path = tmp_path / "song.xlsx"
        book.save(path)
        return path

    return write


def test_columns_are_found_by_name_in_any_order(workbook: Any) -> None:
    path = workbook(
        ["Lyric", "STRENGTH", "my notes", "Time (s)", "Negative Prompt", "image", "Style", "Prompt", "End"],
        ["Come home", 0.4, "loud!", 12.5, "fog", "snow.png", "ink", "a lantern", 15],
        [None, None, "a remark of my own"],
        ["Before the snow", None, None, 16, None, None, None, None, None],
    )
    lyrics = read_lyrics(path)
    assert lyrics.lines() == ["Come home", "Before the snow"]
    assert [(time.ref, time.start_s, time.end_s) for time in lyrics.times] == [
        ((0, 0), 12.5, 15.0),
        ((0, 1), 16.0, None),
    ]
    assert lyrics.directions == (
        Direction(
            section=0,
            line=0,
            prompt="a lantern",
            negative_prompt="fog",
            style="ink",
            image="snow.png",
            strength=0.4,
        ),
    )
    assert lyrics.tells == {"times", "directions"}


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        (83.5, 83.5),
        (83, 83.0),
        ("83.5", 83.5),
        ("83,5 s", 83.5),
        ("1:23", 83.0),
        ("01:23.5", 83.5),
        ("1:23,5", 83.5),
        ("0:01:23.5", 83.5),
        ("[01:23.50]", 83.5),
        ((datetime.time(0, 1, 23, 500_000), "mm:ss.0"), 83.5),
        ((datetime.time(0, 1, 23), "h:mm:ss"), 83.0),
        ((datetime.timedelta(seconds=83.5), "[mm]:ss.00"), 83.5),
        ((datetime.time(1, 23), "h:mm"), 83.0),
        ((datetime.time(1, 23), "hh:mm:ss"), 83.0),
        ((datetime.timedelta(hours=75, minutes=10), "[h]:mm:ss"), 75 * 60 + 10),
    ],
)
def test_a_time_is_read_however_it_is_written(workbook: Any, cell: Any, seconds: float) -> None:
    (time,) = read_lyrics(workbook(["time", "lyric"], [cell, "Come home"])).times
    assert time.start_s == seconds


def test_hours_are_hours_where_the_seconds_beside_them_are_shown(workbook: Any) -> None:
    shown = "h:mm:ss"
    rows = [[(datetime.time(0, 0, 40), shown), "One"], [(datetime.time(0, 1, 0), shown), "Two"]]
    assert [time.start_s for time in read_lyrics(workbook(["time", "lyric"], *rows)).times] == [40.0, 60.0]


def test_sections_are_named_on_every_row_or_on_the_first(workbook: Any, shape: Any) -> None:
    lyrics = read_lyrics(
        workbook(
            ["section", "lyric"],
            ["Intro", None],
            ["Verse 1", "One"],
            ["Verse 1", "Two"],
            ["Estribillo", "Come home"],
            [None, "Before the snow"],
            ["Estribillo", "Come home"],
            ["solo", None],
            ["Verse 2", None],
            [None, "Three"],
        )
    )
    assert shape(lyrics) == [
        ("intro", []),
        ("verse", ["One", "Two"]),
        ("chorus", ["Come home", "Before the snow"]),
        ("chorus", ["Come home"]),
        ("solo", []),
        ("verse", ["Three"]),
    ]
    assert "sections" in lyrics.tells


def test_a_row_without_a_lyric_ends_the_line_before_it(workbook: Any) -> None:
    rows = [
        [1, None, "One"],
        [3, None, None],
        [4, 5, "Two"],
        [6, None, None],
        [None, None, None],
        [7, None, "Three"],
    ]
    lyrics = read_lyrics(workbook(["time", "end", "lyric"], *rows))
    assert [(time.start_s, time.end_s) for time in lyrics.times] == [(1.0, 3.0), (4.0, 5.0), (7.0, None)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([1, "One", 1.5, None, None, None], r"row 2, column C \(strength\): 1\.5 is not between 0 and 1"),
        ([1, "One", "much", None, None, None], r"row 2, column C \(strength\): 'much' is not a number"),
        (["soon", "One", None, None, None, None], r"row 2, column A \(time\): 'soon' is not a time"),
        ([-1, "One", None, None, None, None], r"row 2, column A \(time\): -1 s is before the song begins"),
        ([DAY, "One", None, None, None, None], r"row 2, column A \(time\): 2026-01-02 is a date"),
        ([1, None, None, "a lantern", None, None], r"row 2, column D \(prompt\): there is no line here"),
        ([None, None, 0.5, None, None, None], r"row 2, column C \(strength\): there is no line here"),
        ([None, "One", None, None, 3, None], r"row 2, column E \(end\): a line with an end needs a time"),
        ([3, "One", None, None, 3, None], r"row 2, column E \(end\): 3 s is not after the time, 3 s"),
        ([1, "One", None, None, None, "Kitchen"], r"row 2, column F \(section\): 'Kitchen' is no kind"),
        ([1, "x" * 401, None, None, None, None], r"row 2, column B \(lyric\): the line has 401 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_row_and_column(workbook: Any, row: list[Any], said: str) -> None:
    path = workbook(["time", "lyric", "strength", "prompt", "end", "section"], row, [9, "Last"])
    with pytest.raises(InputError, match=said) as raised:
        read_lyrics(path)
    assert raised.value.where == str(path) and raised.value.hint


def test_times_must_go_forward(workbook: Any) -> None:
    path = workbook(["time", "lyric"], [10, "One"], [None, "Two"], [9.5, "Three"])
    with pytest.raises(InputError, match=r"row 4, column A \(time\): 9\.5 s is before the 10 s of row 2"):
        read_lyrics(path)


def test_headers_that_cannot_be_meant_are_refused(workbook: Any) -> None:
    with pytest.raises(InputError, match="column B: 'promt'") as raised:
        read_lyrics(workbook(["lyric", "promt"], ["One", "a lantern"]))
    assert "'prompt'" in raised.value.hint
    with pytest.raises(InputError, match="column C: a second column of 'lyric'"):
        read_lyrics(workbook(["lyric", "time", "Text"], ["One", 1, "Two"]))
    with pytest.raises(InputError, match="no column headed 'lyric'") as raised:
        read_lyrics(workbook(["zeit", "was"], [1, "One"]))
    assert "negative prompt" in raised.value.hint


def test_numbers_and_signs_in_the_lyric_column_are_words(workbook: Any) -> None:
    lyrics = read_lyrics(workbook(["lyric"], [1999], [99.0], ["=love + hate"], [True], ["  Come\nhome "]))
    assert lyrics.lines()[:2] == ["1999", "99"]
    assert lyrics.lines()[-1] == "Come home"


def test_blank_rows_divide_what_names_no_sections(workbook: Any, shape: Any) -> None:
    rows = [["One"], ["Two"], [], ["Come home"], ["Snow"], [], ["Three"], [], ["Come home"], ["Snow"]]
    assert [kind for kind, _ in shape(read_lyrics(workbook(["lyric"], *rows)))] == [
        "verse", "chorus", "verse", "chorus",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "time,lyric,prompt\n1:02.5,\"Come, home\",a lantern\n65,Snow,\n",
        "time;lyric;prompt\n1:02,5;Come, home;a lantern\n65;Snow;\n",
        "\ufeffTime\tLyric\tPrompt\r\n62.5\tCome, home\ta lantern\r\n65\tSnow\t\r\n",
        "My song;;\n;;\ntime;lyric;prompt\n62,5;Come, home;a lantern\n65;Snow;\n",
    ],
)  # fmt: skip
def test_a_csv_file_is_read_whatever_separates_its_cells(read: Read, text: str) -> None:
    lyrics = read(text, "song.csv")
    assert lyrics.lines() == ["Come, home", "Snow"]
    assert [time.start_s for time in lyrics.times] == [62.5, 65.0]
    assert [wish.prompt for wish in lyrics.directions] == ["a lantern"]


def test_rows_of_a_csv_file_are_named_too(read: Read) -> None:
    with pytest.raises(InputError, match=r"row 3, column B \(time\): 'x' is not a time"):
        read("lyric,time\nOne,1\nTwo,x\n", "song.csv")


@pytest.mark.parametrize("data", [b"no zip", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_workbook_is_refused(read: Read, data: bytes) -> None:
    with pytest.raises(InputError, match="not a spreadsheet") as raised:
        read(data, "song.xlsx")
    assert ".xlsx" in raised.value.hint


def test_a_sheet_without_a_line_is_refused(workbook: Any) -> None:
    with pytest.raises(InputError, match="no line to sing"):
        read_lyrics(workbook(["time", "lyric"], [3, None]))


def test_without_openpyxl_the_line_that_installs_it_is_said(
    workbook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = workbook(["lyric"], ["One"]), builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SystemRequirementError) as raised:
        read_lyrics(path)
    assert raised.value.hint == 'pip install "storyboard[sheets]"'
