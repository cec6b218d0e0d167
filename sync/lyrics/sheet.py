"""Writing the spreadsheet of a storyboard: one row a sung line, to be edited and read back."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storyboard.schema.board import Direction, Storyboard
from storyboard.schema.files import write_whole
from storyboard.schema.song import LineRef
from storyboard.schema.timeline import SongMap
from storyboard.sync.lyrics.columns import NAMES
from storyboard.sync.lyrics.workbook import openpyxl_or_hint

_WIDTHS = (9, 9, 14, 48, 48, 28, 24, 24, 10)
"""Of the columns in NAMES, in characters."""
_READ_ME = (
    "A row of the sheet 'Lyrics' is one sung line. Edit what you like; --lyrics brings the file back.",
    "time and end are seconds from the start of the song (83.5) or minutes and seconds (1:23.5).",
    "section is intro, verse, pre-chorus, chorus, post-chorus, bridge, break, solo, outro or instrumental,"
    " with a number to tell one from the next.",
    "prompt, negative prompt, style and image (the path of a picture) say what is seen while the line is"
    " sung; what is empty is left open.",
    "strength says how far to leave the last picture, from 0 (stay with it) to 1 (a new one).",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip archive can hold: the same storyboard always gives the same bytes."""
_Value = str | float | None


def write_sheet(board: Storyboard, song_map: SongMap | None, out: Path) -> None:
    """Write the lyrics of a storyboard, their times and the wishes for them as .xlsx.

    Args:
        board: where a line's time is in song.times, it is that.
        song_map: else the time is that of the line's words in here.
        out: the file.

    Raises:
        SystemRequirementError: openpyxl is missing.
    """
    openpyxl = openpyxl_or_hint()
    book = openpyxl.Workbook()
    _fill(book.active, _rows(board, _times(board, song_map)))
    read_me = book.create_sheet("Read me")
    read_me.column_dimensions["A"].width = 110
    for text in _READ_ME:
        read_me.append([text])
    write_whole(out, _packed(book))


def _times(board: Storyboard, song_map: SongMap | None) -> dict[LineRef, tuple[float, float | None]]:
    times: dict[LineRef, tuple[float, float | None]] = {}
    if song_map:
        for ref, words in song_map.words_by_line().items():
            times[ref] = round(words[0].start_s, 3), round(words[-1].end_s, 3)
    if board.song.times:
        times = {time.ref: (time.start_s, time.end_s) for time in board.song.times}
    return times


def _rows(board: Storyboard, times: dict[LineRef, tuple[float, float | None]]) -> Iterator[list[_Value]]:
    wishes: dict[LineRef, Direction] = {each.ref: each for each in board.directions}
    numbers = Counter[str]()
    for section_index, section in enumerate(board.song.sections):
        numbers[section.kind] += 1
        label = f"{section.kind} {numbers[section.kind]}"
        if not section.lines:
            yield [None, None, label, *[None] * 6]
        for line_index, text in enumerate(section.lines):
            ref = section_index, line_index
            start_s, end_s = times.get(ref, (None, None))
            wish = wishes.get(ref) or Direction(section=section_index, line=line_index)
            wished = [wish.prompt, wish.negative_prompt, wish.style, wish.image]
            yield [start_s, end_s, label, text, *(each or None for each in wished), wish.strength]


def _fill(sheet: Any, rows: Iterator[list[_Value]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = "Lyrics"
    sheet.append(list(NAMES))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                _write_text(cell, value)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.value = value
                cell.alignment = Alignment(vertical="top")
                cell.number_format = "0.00" if column <= 2 else "General"
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _write_text(cell: Any, text: str) -> None:
    """Write a text that stays one: a lyric that begins with "=" is no formula."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _packed(book: Any) -> bytes:
    """Return the workbook as bytes in which no time of writing stands."""
    from datetime import datetime

    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    written, packed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with zipfile.ZipFile(written) as loose, zipfile.ZipFile(packed, "w") as archive:
        for entry in loose.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(fixed, loose.read(entry))
    return packed.getvalue()
