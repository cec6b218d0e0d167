"""LRC: lines with times, simple and enhanced (a time for every word)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from storyboard.sync.lyrics.encoding import checked_line, empty, read_text
from storyboard.sync.lyrics.headings import heading_of, is_annotation, sung_text
from storyboard.sync.lyrics.languages import language_code
from storyboard.sync.lyrics.lyrics import NAMED, Lyrics, SungLine, lyrics_of
from storyboard.sync.lyrics.plain import plain_lyrics
from storyboard.sync.lyrics.timed import Mark, timed_blocks

# Of three numbers the last is hundredths, [mm:ss:xx], unless a fraction follows it, [h:mm:ss.xx].
_CLOCK = r"(?:(\d{1,2}):(?=\d{1,2}:\d{1,2}\.))?(\d{1,3}):(\d{1,2})(?:[.:,](\d{1,3}))?"
_STAMP = re.compile(rf"\s*\[\s*{_CLOCK}\s*\]")
_WORD_STAMP = re.compile(rf"[<\[]\s*{_CLOCK}\s*[>\]]")
_TAG = re.compile(r"^\s*\[\s*(#|[A-Za-z_]{2,12})\s*:(.*)\]\s*$")
_SINGER = re.compile(r"^[FMD]:\s+(?=\S)")


@dataclass(frozen=True)
class _Row:
    """One occurrence of a row: a line, or what stands between; with a time of its own it ends the last."""

    start_s: float
    line: SungLine | None = None
    mark: Mark = None
    is_timed: bool = True


def read_lrc(path: Path) -> Lyrics:
    """Read an LRC file; one without any time is read as plain text.

    Several times before a line are as many occurrences. A row with a time and no text ends the line before
    it. A positive offset shows the lyrics earlier, in milliseconds.

    Raises:
        InputError: the file cannot be read, holds no line to sing, or a line is too long.
    """
    text = read_text(path)
    tags, rest = _tags(text.split("\n"))
    if not any(_STAMP.match(row) for row in rest):
        lyrics = plain_lyrics("\n".join(rest), path)
        title, artist, language = _credits(tags)
        title, artist = title or lyrics.title, artist or lyrics.artist
        return replace(lyrics, title=title, artist=artist, language=language)
    lines, marks = _in_order(_rows(rest, _offset_s(tags), path))
    if not lines:
        raise empty(path)
    is_named = any(mark for before in marks.values() for mark in before)
    title, artist, language = _credits(tags)
    return lyrics_of(
        timed_blocks(lines, marks),
        title=title,
        artist=artist,
        language=language,
        tells=NAMED if is_named else (),
    )


def _tags(rows: list[str]) -> tuple[dict[str, str], list[str]]:
    tags: dict[str, str] = {}
    rest: list[str] = []
    for row in rows:
        match = _TAG.match(row)
        if match and not heading_of(row):
            tags.setdefault(match[1].lower(), match[2].strip())
        else:
            rest.append(row)
    return tags, rest


def _credits(tags: dict[str, str]) -> tuple[str, str, str]:
    """Return title, artist and language as the tags say them."""
    language = language_code(tags.get("la", "") or tags.get("lang", "") or tags.get("language", ""))
    return tags.get("ti", ""), tags.get("ar", ""), language


def _offset_s(tags: dict[str, str]) -> float:
    try:
        return int(tags.get("offset", "0").replace("ms", "")) / 1000
    except ValueError:
        return 0.0


def _rows(texts: list[str], offset_s: float, path: Path) -> list[_Row]:
    """Return every occurrence of every row in the order of the file; one without a time follows the last."""
    rows: list[_Row] = []
    for number, text in enumerate(texts, start=1):
        starts, rest = _stamps(text)
        if not starts and not rest:
            continue
        heading = heading_of(_WORD_STAMP.sub("", rest)) if rest else None
        sung = heading.text if heading else "" if is_annotation(rest) else rest
        last_s = rows[-1].start_s if rows else 0.0
        times: list[float | None] = [*starts] if starts else [None]
        for start_s in times:
            at_s = last_s if start_s is None else max(0.0, start_s - offset_s)
            if heading or not sung:
                rows.append(_Row(at_s, mark=heading, is_timed=start_s is not None))
            if sung:
                line = _line(sung, None if start_s is None else at_s, at_s - (starts or [0.0])[0])
                checked_line(line.text, str(path), f"line {number}")
                rows.append(_Row(at_s, line, is_timed=start_s is not None))
    return rows


def _stamps(text: str) -> tuple[list[float], str]:
    """Return the times before a row, in seconds, and what follows them."""
    starts, at = [], 0
    while match := _STAMP.match(text, at):
        starts.append(_seconds(match))
        at = match.end()
    return starts, text[at:].strip()


def _line(text: str, start_s: float | None, later_s: float) -> SungLine:
    """Return a line with the times of its words, if it has them; they are `later_s` after those written."""
    stamps = [max(0.0, _seconds(match) + later_s) for match in _WORD_STAMP.finditer(text)]
    pieces = _WORD_STAMP.split(text)[:: 1 + _WORD_STAMP.groups]
    whole = _SINGER.sub("", sung_text("".join(pieces)))
    if start_s is None or not stamps:
        return SungLine(whole, start_s)
    words_s = _word_starts(pieces, [start_s, *stamps])
    is_known = len(words_s) == len(whole.split())
    end_s = stamps[-1] if not pieces[-1].strip() else None
    return SungLine(whole, start_s, end_s, tuple(words_s) if is_known else ())


def _word_starts(pieces: list[str], starts: list[float]) -> list[float]:
    """Return the start of every word that begins a piece; a piece may be a syllable of the word before."""
    words_s, is_new = [], True
    for piece, start_s in zip(pieces, starts, strict=True):
        if piece.strip() and (is_new or piece[0].isspace()):
            words_s.append(start_s)
        is_new = is_new if not piece else piece[-1].isspace()
    return words_s


def _seconds(match: re.Match[str]) -> float:
    hours, minutes, seconds, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def _in_order(rows: list[_Row]) -> tuple[list[SungLine], dict[int, list[Mark]]]:
    """Return the lines as they are sung, each ended by an empty row after it, and what stands before each."""
    lines: list[SungLine] = []
    marks: dict[int, list[Mark]] = {}
    for row in sorted(rows, key=lambda row: row.start_s):
        if row.line is not None:
            lines.append(row.line)
            continue
        marks.setdefault(len(lines), []).append(row.mark)
        if row.is_timed and lines and lines[-1].end_s is None and lines[-1].start_s is not None:
            lines[-1] = replace(lines[-1], end_s=row.start_s)
    return lines, marks
