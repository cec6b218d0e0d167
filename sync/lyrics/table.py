"""Lyrics as a table (.xlsx, .csv): one row a line, with its time and what is wished for its picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from storyboard.schema.board import Direction
from storyboard.schema.errors import InputError
from storyboard.schema.song import SectionKind
from storyboard.sync.lyrics.cells import Cell, Row, number_of, prose_of, seconds_of, text_of, with_clock_times
from storyboard.sync.lyrics.columns import WISHES, Columns, columns_of, header_among
from storyboard.sync.lyrics.encoding import checked_line, empty
from storyboard.sync.lyrics.headings import heading_of, without_count
from storyboard.sync.lyrics.lyrics import Block, Lyrics, SungLine, Told, lyrics_of
from storyboard.sync.lyrics.section_names import kind_named
from storyboard.sync.lyrics.timed import Mark, timed_blocks

_KINDS = "intro, verse, pre-chorus, chorus, post-chorus, bridge, break, solo, outro, instrumental"


def read_table(path: Path) -> Lyrics:
    """Read a spreadsheet or a CSV file.

    The columns are found by their headers, in any order: lyric, and optional time, end, section, prompt,
    negative prompt, style, image, strength. A row with a time and no lyric ends the line before it; one
    with a section and no lyric is a section without words.

    Raises:
        InputError: the file cannot be read, has no column of lyrics, or a cell is wrong: its row and column
            are named.
        SystemRequirementError: the package to read spreadsheets is missing.
    """
    columns, rows = _body(path)
    clocks = ("time", "end")
    rows = with_clock_times(rows, [columns.index[name] for name in clocks if name in columns.index])
    table = _Table(path, columns)
    for row in rows:
        table.take(row)
    return table.lyrics()


def _body(path: Path) -> tuple[Columns, list[Row]]:
    """Return the columns, and the rows below their header, of the first sheet that has one."""
    if path.suffix.lower() in (".csv", ".tsv"):
        from storyboard.sync.lyrics.separated import read_sheets
    else:
        from storyboard.sync.lyrics.workbook import read_sheets
    for rows in read_sheets(path):
        header = header_among(rows)
        if header:
            return columns_of(header, str(path)), [row for row in rows if row.number > header.number]
    raise InputError(
        "has no column headed 'lyric'",
        where=str(path),
        hint="write the headers into the first row: time, lyric, and if you like end, section, prompt,"
        " negative prompt, style, image, strength",
    )


@dataclass
class _Heading:
    """The section that rows belong to; one named again after a row without a name is a new one."""

    label: str = ""
    was_given: bool = False


class _Table:
    """Takes the rows one by one; what it holds is the song so far."""

    def __init__(self, path: Path, columns: Columns) -> None:
        self._path = path
        self._columns = columns
        self._lines: list[SungLine] = []
        self._marks: dict[int, list[Mark]] = {}
        self._sections: dict[int, list[SectionKind]] = {}
        self._heading = _Heading()
        self._last_s = 0.0
        self._last_row = 0

    def take(self, row: Row) -> None:
        """Take a row: a line, the end of one, a section without words, or nothing.

        Raises:
            InputError: a cell is wrong.
        """
        if not any(text_of(self._cell(row, name)) for name in self._columns.index):
            if not any(map(text_of, row.cells)):  # a remark in a column of the user's own divides nothing
                self._marks.setdefault(len(self._lines), []).append(None)
            return
        time_s, end_s = self._times(row)
        is_section = self._section(row)
        text = text_of(self._cell(row, "lyric"))
        wish = self._wish(row)
        if not text:
            if wish:
                name = next(name for name in WISHES if text_of(self._cell(row, name)))
                raise self._wrong(
                    row, name, "there is no line here to show it with", "write a lyric beside it"
                )
            if time_s is None and not is_section:
                raise self._wrong(row, "lyric", "the lyric is missing", "write it, or empty the row")
            self._ends(time_s)
            return
        where = f"row {row.number}, column {self._columns.letter('lyric')} (lyric): the line"
        checked_line(text, str(self._path), where)
        self._lines.append(SungLine(text, time_s, end_s, wish=wish))

    def lyrics(self) -> Lyrics:
        """Return what the rows say.

        Raises:
            InputError: there is no line among them.
        """
        if not self._lines:
            raise empty(self._path)
        tells: set[Told] = {"sections"} if self._sections else set()
        tells |= {"times"} if "time" in self._columns.index else set()
        tells |= {"directions"} if any(name in self._columns.index for name in WISHES) else set()
        blocks = self._blocks() if self._sections else timed_blocks(self._lines, self._marks)
        return lyrics_of(blocks, tells=tells)

    def _blocks(self) -> list[Block]:
        blocks = [Block()]
        for index in range(len(self._lines) + 1):
            blocks += [Block(kind) for kind in self._sections.get(index, [])]
            blocks[-1].lines += self._lines[index : index + 1]
        return [block for block in blocks if block.lines or block.kind]

    def _times(self, row: Row) -> tuple[float | None, float | None]:
        time_s, end_s = self._seconds(row, "time"), self._seconds(row, "end")
        if time_s is not None:
            if time_s < self._last_s:
                problem = f"{time_s:g} s is before the {self._last_s:g} s of row {self._last_row}"
                raise self._wrong(row, "time", problem, "put the rows into the order in which they are sung")
            self._last_s, self._last_row = time_s, row.number
        if end_s is not None and time_s is None:
            raise self._wrong(
                row, "end", "a line with an end needs a time", "write its time, or empty the end"
            )
        if end_s is not None and time_s is not None and end_s <= time_s:
            raise self._wrong(
                row, "end", f"{end_s:g} s is not after the time, {time_s:g} s", "correct one of them"
            )
        return time_s, end_s

    def _seconds(self, row: Row, name: str) -> float | None:
        try:
            return seconds_of(self._cell(row, name))
        except ValueError as error:
            raise self._wrong(row, name, str(error), "write seconds (83.5) or minutes (1:23.5)") from error

    def _section(self, row: Row) -> bool:
        """Begin a new section if the row names one; whether it did."""
        label = text_of(self._cell(row, "section"))
        begins = bool(label) and (label != self._heading.label or not self._heading.was_given)
        self._heading = _Heading(label or self._heading.label, bool(label))
        if not begins:
            return False
        heading = heading_of(label)
        kind = heading.kind if heading else kind_named(without_count(label)[0])
        if kind is None:
            raise self._wrong(row, "section", f"{label!r} is no kind of section", f"write one of: {_KINDS}")
        self._sections.setdefault(len(self._lines), []).append(kind)
        return True

    def _wish(self, row: Row) -> Direction | None:
        """Return what is wished for a line's picture; None if nothing is."""
        texts = {name: prose_of(self._cell(row, name)) for name in WISHES if name != "strength"}
        try:
            strength = number_of(self._cell(row, "strength"))
        except ValueError as error:
            raise self._wrong(row, "strength", str(error), "write a number from 0 to 1") from error
        if strength is not None and not 0 <= strength <= 1:
            problem = f"{strength:g} is not between 0 and 1"
            raise self._wrong(row, "strength", problem, "write a number from 0 to 1, or leave it empty")
        if strength is None and not any(texts.values()):
            return None
        fields = {name.replace(" ", "_"): text for name, text in texts.items()}
        return Direction(section=0, line=0, strength=strength, **fields)

    def _ends(self, time_s: float | None) -> None:
        last = self._lines[-1] if self._lines else None
        if time_s is not None and last and last.start_s is not None and last.end_s is None:
            self._lines[-1] = replace(last, end_s=time_s)
        self._marks.setdefault(len(self._lines), []).append(None)

    def _cell(self, row: Row, name: str) -> Cell:
        index = self._columns.index.get(name)
        return row.cells[index] if index is not None and index < len(row.cells) else None

    def _wrong(self, row: Row, name: str, problem: str, hint: str) -> InputError:
        place = f"row {row.number}, column {self._columns.letter(name)} ({name})"
        return InputError(f"{place}: {problem}", where=str(self._path), hint=hint)
