"""Subtitles (.srt, .vtt, .ass): the text of each with its begin and end."""

from __future__ import annotations

import html
import re
from pathlib import Path

from storyboard.schema.errors import InputError
from storyboard.sync.lyrics.encoding import checked_line, empty, read_text
from storyboard.sync.lyrics.headings import heading_of, is_annotation, sung_text
from storyboard.sync.lyrics.lyrics import NAMED, Lyrics, SungLine, lyrics_of
from storyboard.sync.lyrics.timed import Mark, timed_blocks

_TAG = re.compile(r"<[^<>]{0,80}>")
_REMARK = re.compile(r"\[[^\]]*\]")
_SUNG_SIGN = re.compile(r"^#\s+|\s+#$")
_SHORTEST_S = 0.05
"""Rolling captions have one of this length or less between every two: the same rows again."""


def read_subtitles(path: Path) -> Lyrics:
    """Read subtitles: every row is a line; the rows of one subtitle share its time by their length.

    Raises:
        InputError: the file cannot be read, has no subtitle with words, or a line is too long.
    """
    lines: list[SungLine] = []
    marks: dict[int, list[Mark]] = {}
    shown: list[str] = []
    for start_s, end_s, text in _events(path):
        rows = [row for row in (_plain(row) for row in text.split("\n")) if row]
        sung: list[str] = []
        for row in rows[1:] if len(rows) > 1 and shown[-1:] == rows[:1] else rows:
            heading = heading_of(row)
            words = heading.text if heading else sung_text(_REMARK.sub("", row))
            if heading or is_annotation(row):
                marks.setdefault(len(lines) + len(sung), []).append(heading)
            if words and not is_annotation(words):
                sung.append(checked_line(words, str(path), f"the subtitle at {start_s:.1f} s"))
        shown = rows
        lines += _shared(sung, start_s, end_s)
    if not lines:
        raise empty(path)
    is_named = any(mark for before in marks.values() for mark in before)
    return lyrics_of(timed_blocks(lines, marks), tells=NAMED if is_named else ())


def _events(path: Path) -> list[tuple[float, float, str]]:
    """Return begin, end and text of every subtitle in the order they are shown; times in seconds."""
    import pysubs2
    from pysubs2.exceptions import Pysubs2Error

    try:
        subtitles = pysubs2.SSAFile.from_string(read_text(path), format_=path.suffix.lower().lstrip("."))
    except (Pysubs2Error, ValueError, IndexError) as error:
        hint = "save it again as .srt with a subtitle program"
        raise InputError(
            f"is not a {path.suffix} file that can be read", where=str(path), hint=hint
        ) from error
    events = [
        (event.start / 1000, event.end / 1000, event.plaintext)
        for event in subtitles
        if not event.is_comment and not event.is_drawing and event.end - event.start > 1000 * _SHORTEST_S
    ]
    return sorted(events, key=lambda event: event[:2])


def _plain(row: str) -> str:
    return " ".join(html.unescape(_SUNG_SIGN.sub("", _TAG.sub("", row).strip())).split())


def _shared(rows: list[str], start_s: float, end_s: float) -> list[SungLine]:
    """Divide the time of a subtitle among its rows."""
    lines, n_before, n_all = [], 0, sum(map(len, rows))
    for row in rows:
        first_s = start_s + (end_s - start_s) * n_before / n_all
        n_before += len(row)
        lines.append(SungLine(row, first_s, start_s + (end_s - start_s) * n_before / n_all))
    return lines
