"""The columns of a table of lyrics, found by their headers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.schema.errors import InputError
from storyboard.sync.lyrics.cells import Row, text_of

NAMES = ("time", "end", "section", "lyric", "prompt", "negative prompt", "style", "image", "strength")
WISHES = ("prompt", "negative prompt", "style", "image", "strength")
_ALSO = {
    "time": "start, start time, begin, timestamp, time start, starts, from, zeit, temps, tiempo",
    "end": "end time, stop, ends, to, until, time end, ende, fin",
    "section": "part, section name, kind, teil, sección, seccion",
    "lyric": "lyrics, line, lyric line, text, words, letra, paroles, liedtext, testo",
    "prompt": "positive prompt, image prompt, scene prompt",
    "negative prompt": "negative, neg prompt, negative prompts, avoid",
    "style": "styles",
    "image": "target image, init image, picture, reference image, image file, target",
    "strength": "image strength, denoise, denoising strength, strength value",
}
_NAME_OF = {also: name for name in NAMES for also in (name, *_ALSO[name].split(", "))}
_ALIKE = 0.8
_FIRST_ROWS = 20


@dataclass(frozen=True)
class Columns:
    """Which column, counted from 0, holds what."""

    index: dict[str, int]

    def letter(self, name: str) -> str:
        """Return the letter of a column as spreadsheets show it; of one that is missing, the lyrics'."""
        number, letters = self.index.get(name, self.index["lyric"]) + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters


def header_among(rows: Sequence[Row]) -> Row | None:
    """Return the header: of the first rows that name a column of lyrics, the one that names most columns."""
    named = [(len(names), row) for row in rows[:_FIRST_ROWS] if "lyric" in (names := _known(row))]
    return max(named, key=lambda each: each[0])[1] if named else None


def columns_of(header: Row, where: str) -> Columns:
    """Return the columns that a header names; columns with other names are left alone.

    Raises:
        InputError: two columns have one name, or one is all but named like a known one.
    """
    headers = [_plain(text_of(cell)) for cell in header.cells]
    index: dict[str, int] = {}
    for position, said in enumerate(headers):
        name = _NAME_OF.get(said)
        place = f"row {header.number}, column {Columns({'lyric': position}).letter('lyric')}"
        if name in index:
            raise InputError(
                f"{place}: a second column of '{name}'", where=where, hint="empty one of the two headers"
            )
        if name:
            index[name] = position
        elif alike := difflib.get_close_matches(said, NAMES, 1, _ALIKE):
            raise InputError(
                f"{place}: '{said}' is no header known here", where=where, hint=f"did you mean '{alike[0]}'?"
            )
    return Columns(index)


def _known(row: Row) -> set[str]:
    """Return the names of the columns that a row heads."""
    return {name for cell in row.cells if (name := _NAME_OF.get(_plain(text_of(cell))))}


def _plain(header: str) -> str:
    """Return a header without its unit and marks: "Time (s)" is "time", "image_file" is "image file"."""
    return " ".join(re.sub(r"\(.*?\)|\[.*?\]|[_*:#-]", " ", header.casefold()).split())
