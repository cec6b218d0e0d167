"""Choosing the reader of a file by its suffix."""

from __future__ import annotations

from pathlib import Path

from storyboard.schema.errors import InputError
from storyboard.sync.lyrics.lyrics import Lyrics

SUFFIXES = (".txt", ".lrc", ".srt", ".vtt", ".ass", ".xlsx", ".csv")


def read_lyrics(path: Path) -> Lyrics:
    """Read the lyrics in a file; its suffix says what it is.

    .txt (plain, with or without headings), .lrc, .srt, .vtt, .ass (with times), .xlsx and .csv (one row a
    line: time, lyric, and what is wished for its picture).

    Raises:
        InputError: it is none of these, cannot be read, or holds no line to sing; for a spreadsheet, what is
            wrong in which row and column.
        SystemRequirementError: a package to read spreadsheets is missing.
    """
    suffix = path.suffix.lower()
    if suffix in (".txt", ".text", ".md"):
        from storyboard.sync.lyrics.plain import read_plain

        return read_plain(path)
    if suffix == ".lrc":
        from storyboard.sync.lyrics.lrc import read_lrc

        return read_lrc(path)
    if suffix in (".srt", ".vtt", ".ass", ".ssa"):
        from storyboard.sync.lyrics.subtitles import read_subtitles

        return read_subtitles(path)
    if suffix in (".xlsx", ".xlsm", ".csv", ".tsv"):
        from storyboard.sync.lyrics.table import read_table

        return read_table(path)
    hint = f"save the lyrics as one of {', '.join(SUFFIXES)}"
    raise InputError(
        f"{suffix or 'a file without a suffix'} is not read as lyrics", where=str(path), hint=hint
    )
