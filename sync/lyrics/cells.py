"""What a cell of a table says: a text, a number, or a time however it is written."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

Cell = str | int | float | bool | datetime.time | datetime.timedelta | datetime.datetime | None
_CLOCK = re.compile(r"^(?:(\d+):)?(\d+):(\d{1,2}(?:[.,]\d+)?)$")
_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_UNIT = re.compile(r"\s*(?:s|sec|secs|seconds)\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A row: its number as the spreadsheet shows it, its cells, the formats of those with a clock time."""

    number: int
    cells: tuple[Cell, ...]
    formats: dict[int, str] = field(default_factory=dict)


def text_of(cell: Cell) -> str:
    """Return a cell as one line of text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "".join(char if ord(char) >= 32 else " " for char in str(cell)).strip()


def prose_of(cell: Cell) -> str:
    """Return a cell as text that may have several lines."""
    if not isinstance(cell, str):
        return text_of(cell)
    lines = cell.replace("_x000D_", "").replace("\r\n", "\n").split("\n")
    return "\n".join(text_of(line) for line in lines).strip()


def number_of(cell: Cell) -> float | None:
    """Return the number in a cell, None if it is empty; "0,5" and "50%" are numbers too.

    Raises:
        ValueError: it holds something else; the message says what.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        return float(cell)
    text = text_of(cell)
    if not text:
        return None
    share = 100.0 if text.endswith("%") else 1.0
    plain = text.removesuffix("%").strip()
    if isinstance(cell, bool) or not _NUMBER.match(plain):
        raise ValueError(f"{text!r} is not a number")
    return float(plain.replace(",", ".")) / share


def seconds_of(cell: Cell) -> float | None:
    """Return the time in a cell in seconds, None if it is empty: 83.5, "1:23.5", "0:01:23,5", a clock time.

    Raises:
        ValueError: it holds something else; the message says what.
    """
    seconds: float | None
    if isinstance(cell, datetime.timedelta):
        seconds = cell.total_seconds()
    elif isinstance(cell, datetime.datetime):
        raise ValueError(f"{cell:%Y-%m-%d} is a date")
    elif isinstance(cell, datetime.time):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    else:
        text = _UNIT.sub("", text_of(cell).strip("[]"))
        match = _CLOCK.match(text)
        if match:
            hours, minutes, rest = match.groups()
            seconds = int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
        elif text and (isinstance(cell, bool) or not _NUMBER.match(text)):
            raise ValueError(f"{text!r} is not a time")
        else:
            seconds = float(text.replace(",", ".")) if text else None
    if seconds is not None and seconds < 0:
        raise ValueError(f"{seconds:g} s is before the song begins")
    return seconds


def with_clock_times(rows: Sequence[Row], columns: Sequence[int]) -> list[Row]:
    """Return the rows with the clock times in some columns as those who typed them meant them.

    Who types 1:23 into a spreadsheet means a minute, and it takes an hour: it shows h:mm, or 1:23:00. So a
    time shown without seconds, or any with hours while every one of them is on a whole minute, is minutes and
    seconds.
    """
    with_hours = [
        _clock(row, column)
        for row in rows
        for column in columns
        if "h" in row.formats.get(column, "").lower()
    ]
    are_whole = all(seconds % 60 == 0 for seconds in with_hours)
    meant = []
    for row in rows:
        cells = list(row.cells)
        for column in columns:
            shown = row.formats.get(column, "").lower()
            is_clock = column < len(cells) and isinstance(cells[column], datetime.time | datetime.timedelta)
            if is_clock and "h" in shown and (are_whole or "s" not in shown):
                cells[column] = datetime.timedelta(seconds=_clock(row, column) / 60)
        meant.append(replace(row, cells=tuple(cells)))
    return meant


def _clock(row: Row, column: int) -> float:
    cell = row.cells[column]
    return (seconds_of(cell) or 0.0) if isinstance(cell, datetime.time | datetime.timedelta) else 0.0
