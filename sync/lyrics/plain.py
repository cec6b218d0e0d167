"""Lyrics as plain text: blank lines between sections, headings, counts, chords."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from storyboard.schema.song import SectionKind
from storyboard.sync.lyrics.chords import without_chords
from storyboard.sync.lyrics.dividing import divided
from storyboard.sync.lyrics.encoding import checked_line, empty, read_text
from storyboard.sync.lyrics.headings import (
    REFRAINS,
    WORDLESS,
    Heading,
    count_alone,
    heading_of,
    is_annotation,
    sung_text,
    without_count,
)
from storyboard.sync.lyrics.lyrics import NAMED, Block, Lyrics, SungLine, lyrics_of
from storyboard.sync.lyrics.preamble import without_preamble
from storyboard.sync.lyrics.returning import key

_NUMBERED = re.compile(r"^\d{1,2}[.)]\s+(?=\S)")


def read_plain(path: Path) -> Lyrics:
    """Read a text file of lyrics.

    Blank lines separate sections; in a file that names its verses a section lasts until the next heading. Of
    a text without either, what returns makes the choruses.
    A refrain named again without words has its words; "(x2)" repeats its line, or alone the lines above it.

    Raises:
        InputError: the file cannot be read, holds no line to sing, or a line is too long.
    """
    return plain_lyrics(read_text(path), path)


def plain_lyrics(text: str, path: Path) -> Lyrics:
    """Read the text of lyrics; `path` names it in errors and may be its title."""
    rows = [line.strip() for line in text.split("\n")]
    title, artist, rows = without_preamble(rows, path.stem)
    parts = _parts(_single_spaced(without_chords(rows)), path)
    blocks = _with_refrains(parts)
    if not any(block.lines for block in blocks):
        raise empty(path)
    is_named = any(part.is_named for part in parts)
    blocks = blocks if is_named else divided(blocks, by_hand=True)
    return lyrics_of(blocks, title=title, artist=artist, tells=NAMED if is_named else ())


class _Part:
    """Lines under one heading, or between two blanks."""

    def __init__(self, heading: Heading | None = None) -> None:
        self.kind: SectionKind | None = heading.kind if heading else None
        self.is_named = heading is not None
        self.n_times = heading.n_times if heading else 1
        self.texts: list[str] = []

    def add(self, text: str, n_times: int = 1) -> None:
        self.texts += [text] * n_times


def _parts(rows: Sequence[str | None], path: Path) -> list[_Part]:
    headings = [heading_of(row) for row in rows if row]
    names_verses = any(heading.kind == "verse" for heading in headings if heading)
    parts = [_Part()]
    after_blank = True
    for number, row in enumerate(rows, start=1):
        if row is None:
            continue
        if not row:
            after_blank = True
            continue
        heading = heading_of(row, may_be_bare=after_blank)
        if heading:
            parts.append(_Part(heading))
            row, after_blank = heading.text, False
        n_alone = count_alone(row)
        if n_alone:
            parts[-1].n_times = max(parts[-1].n_times, n_alone)
        elif not is_annotation(row):
            text, n_times = without_count(sung_text(row))
            if after_blank and _is_over(parts, text, names_verses):
                parts.append(_Part())
            text = text if parts[-1].texts else _NUMBERED.sub("", text)
            parts[-1].add(checked_line(text, str(path), f"line {number}"), n_times)
        elif row.startswith("[") and parts[-1].texts:
            parts.append(_Part())  # what stands in brackets ends what stands above it
        after_blank = after_blank and not row
    return parts


def _single_spaced(rows: list[str | None]) -> list[str | None]:
    """Pass over one blank of each run of blanks in a text with a blank after every line."""
    n_lines = sum(1 for row in rows if row)
    n_followed = sum(1 for row, after in pairwise(rows) if row and not after)
    if n_lines < 6 or n_followed < 0.9 * (n_lines - 1):
        return rows
    return [None if before and not row else row for before, row in pairwise(["", *rows])]


def _is_over(parts: Sequence[_Part], text: str, names_verses: bool) -> bool:
    """Whether a line after a blank belongs to a new part."""
    part = parts[-1]
    if part.texts:
        return not (names_verses and part.is_named)
    known = next((each.texts for each in parts if each.texts and each.kind == part.kind), [])
    return part.kind in REFRAINS and not names_verses and bool(known) and key(known[0]) != key(text)


def _with_refrains(parts: Sequence[_Part]) -> list[Block]:
    """Return the parts as blocks; a refrain named without words has those it has elsewhere."""
    words: dict[SectionKind, list[str]] = {}
    for part in parts:
        if part.texts and part.kind in REFRAINS:
            words.setdefault(part.kind, part.texts)
    blocks = []
    for part in parts:
        texts = part.texts or (words.get(part.kind, []) if part.kind in REFRAINS else [])
        if texts or part.kind in WORDLESS:
            lines = [SungLine(text) for text in texts]
            blocks += [Block(part.kind, lines) for _ in range(part.n_times if texts else 1)]
    return [replace(block, lines=list(block.lines)) for block in blocks]
