"""Reading the sheets of an Excel workbook."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path
from typing import Any

from storyboard.schema.errors import InputError, SystemRequirementError
from storyboard.sync.lyrics.cells import Row
from storyboard.sync.lyrics.encoding import read_bytes

MAX_ROWS = 3000
_MAX_COLUMNS = 40
_MAX_BYTES = 20_000_000
_MAX_UNPACKED = 200_000_000


def openpyxl_or_hint() -> Any:
    """Return the openpyxl package.

    Raises:
        SystemRequirementError: it is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise SystemRequirementError(
            "spreadsheets need the openpyxl package", hint='pip install "storyboard[sheets]"'
        ) from error
    return openpyxl


def read_sheets(path: Path) -> list[list[Row]]:
    """Return the rows of every sheet, numbered as they are shown; formulas as their last values.

    Raises:
        InputError: it is not a workbook that can be read.
        SystemRequirementError: openpyxl is missing.
    """
    openpyxl = openpyxl_or_hint()
    data = read_bytes(path, _MAX_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise ValueError("it is too large")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of decorations that openpyxl does not know
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [_rows(sheet) for sheet in book.worksheets]
            book.close()
    except Exception as error:  # a broken workbook fails in any of the parsers below openpyxl
        hint = "save it again as .xlsx, without a password, or as .csv"
        raise InputError("is not a spreadsheet that can be read", where=str(path), hint=hint) from error
    return sheets


def _rows(sheet: Any) -> list[Row]:
    sheet.reset_dimensions()  # programs write wrong ones
    rows = []
    for number, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS, max_col=_MAX_COLUMNS), start=1):
        formats = {
            index: cell.number_format for index, cell in enumerate(cells) if getattr(cell, "is_date", False)
        }
        rows.append(Row(number, tuple(cell.value for cell in cells), formats))
    return rows
