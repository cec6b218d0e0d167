"""Reading a table from a CSV file, whatever separates its cells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from storyboard.schema.errors import InputError
from storyboard.sync.lyrics.cells import Row
from storyboard.sync.lyrics.encoding import read_text

_SEPARATORS = ",;\t|"


def read_sheets(path: Path) -> list[list[Row]]:
    """Return the one sheet of a CSV file, its rows numbered from 1.

    Raises:
        InputError: it cannot be read.
    """
    text = read_text(path)
    # A lyric may hold any separator; the first rows, the header among them, hold the right one most often.
    head = "\n".join(text.split("\n")[:3])
    separator = max(_SEPARATORS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        hint = "save it again as CSV, or as .xlsx"
        raise InputError(f"is not a CSV file ({error})", where=str(path), hint=hint) from error
    return [[Row(number, tuple(row)) for number, row in enumerate(rows, start=1)]]
