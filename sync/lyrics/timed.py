"""From lines with times to blocks: headings, pauses and what returns divide them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from storyboard.sync.lyrics.dividing import divided
from storyboard.sync.lyrics.headings import WORDLESS, Heading
from storyboard.sync.lyrics.lyrics import Block, SungLine

PAUSE_S = 4.0
"""Silence after which a new section begins: two bars at 120 BPM, more than a singer's breath."""
_WORD_S = 0.45  # a sung word, on average, where no end is known
_SHORTEST_LINE_S = 1.5
_LAST_WORD_S = 0.8

Mark = Heading | None
"""What stands before a line: a heading, or None for a blank or a remark."""


def timed_blocks(lines: Sequence[SungLine], marks: dict[int, list[Mark]]) -> list[Block]:
    """Divide lines into blocks.

    Where the file has headings they alone count; else a blank, a remark, a pause of PAUSE_S or more and
    the begin and end of a part that is sung more than once; what is still long is cut into even parts.

    Args:
        lines: in the order they are sung; a line without a time stands where it is sung.
        marks: what stands before line n, and after the last line under the key len(lines).
    """
    if any(mark for before in marks.values() for mark in before):
        return _under_headings(lines, marks)
    cuts = {index for index in marks if index < len(lines)} | _pauses(lines)
    bounds = sorted({0, *cuts, len(lines)})
    blocks = [Block(None, list(lines[first:end])) for first, end in pairwise(bounds)]
    return divided(blocks, by_hand=False)


def _under_headings(lines: Sequence[SungLine], marks: dict[int, list[Mark]]) -> list[Block]:
    blocks = [Block()]
    for index in range(len(lines) + 1):
        blocks += [Block(mark.kind) for mark in marks.get(index, []) if mark]
        blocks[-1].lines += lines[index : index + 1]
    return [block for block in blocks if block.lines or block.kind in WORDLESS]


def _pauses(lines: Sequence[SungLine]) -> set[int]:
    """Return the lines before which nothing is sung for PAUSE_S."""
    return {
        index
        for index, (before, line) in enumerate(pairwise(lines), start=1)
        if before.start_s is not None
        and line.start_s is not None
        and line.start_s - _end_s(before, before.start_s) >= PAUSE_S
    }


def _end_s(line: SungLine, start_s: float) -> float:
    if line.end_s is not None:
        return line.end_s
    if line.words_s:
        return line.words_s[-1] + _LAST_WORD_S
    return start_s + max(_SHORTEST_LINE_S, _WORD_S * len(line.text.split()))
