"""Lyrics of lines that were heard: sections by pauses and by what returns."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.sync.lyrics.encoding import printable
from storyboard.sync.lyrics.headings import is_annotation, sung_text
from storyboard.sync.lyrics.lyrics import MAX_LINE, Lyrics, SungLine, lyrics_of
from storyboard.sync.lyrics.timed import timed_blocks


def lyrics_from(lines: Sequence[tuple[str, float, float, Sequence[float]]]) -> Lyrics:
    """Build lyrics of lines with their times.

    Args:
        lines: text, start and end in seconds, and the start of every word in seconds (or nothing). Where the
            end is not after the start, the time is not known. A text beyond the longest line is cut.
    """
    sung: list[tuple[float, SungLine]] = []
    for text, start_s, end_s, words_s in lines:
        written = sung_text(printable(text))[:MAX_LINE].strip()
        if is_annotation(written):
            continue
        if end_s > start_s:
            sung.append((start_s, SungLine(written, start_s, end_s, tuple(words_s))))
        else:  # it stays behind the line before it
            sung.append((sung[-1][0] if sung else 0.0, SungLine(written)))
    in_order = [line for _, line in sorted(sung, key=lambda each: each[0])]
    return lyrics_of(timed_blocks(in_order, {}))
