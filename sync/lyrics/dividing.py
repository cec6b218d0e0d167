"""Dividing a text that has no marks: its refrains, and verses of a few lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from storyboard.schema.song import SectionKind
from storyboard.sync.lyrics.lyrics import Block
from storyboard.sync.lyrics.refrains import Span, alike, refrains
from storyboard.sync.lyrics.returning import key, returning

_LONG = 10
"""Lines from which on a block between two blanks is more than a verse or a chorus."""
_VERSE = 8
"""Lines of a verse at most, of which half is the least."""
_WRITTEN_VERSE = 16
"""Lines of a verse at most where the text is divided by its writer: as many as one of rap has."""


def divided(blocks: Sequence[Block], *, by_hand: bool) -> list[Block]:
    """Divide blocks of no kind: each refrain for itself, what lies between into verses of 4 to 8 lines.

    Args:
        blocks: in the order they are sung.
        by_hand: the blocks are those of the text's writer, who meant what he put together: only those of more
            than 10 lines are divided, and not those that return as a whole; a lone block is nobody's choice.
    """
    by_hand = by_hand and sum(1 for block in blocks if block.lines) > 1
    texts = [[line.text for line in block.lines] for block in blocks]
    spans = refrains(texts)
    same_as = returning(texts)
    parts: list[Block] = []
    first = 0
    for block, group in zip(blocks, same_as, strict=True):
        end = first + len(block.lines)
        is_meant = by_hand and (len(block.lines) <= _LONG or same_as.count(group) > 1)
        inner = [(start - first, stop - first) for start, stop in spans if first <= start < end]
        longest = _WRITTEN_VERSE if len(blocks) > 1 and not inner else _VERSE
        parts += [block] if block.kind or is_meant else _parts(block, inner, longest)
        first = end
    return parts


def _parts(block: Block, spans: Sequence[Span], longest: int) -> list[Block]:
    if not block.lines:
        return [block]
    parts = []
    for start, end in _with_tags(spans, [line.text for line in block.lines]):
        is_refrain = any(span[0] >= start and span[1] <= end for span in spans)
        cuts = [0, end - start] if is_refrain else _even_cuts(end - start, longest)
        kind: SectionKind | None = "chorus" if is_refrain else None
        parts += [Block(kind, block.lines[start + a : start + b]) for a, b in pairwise(cuts)]
    return [replace(parts[0], bars=block.bars), *parts[1:]]


def _with_tags(spans: Sequence[Span], texts: list[str]) -> list[Span]:
    """Return refrains and what lies between them; what is a refrain's tag is joined to that before it.

    A tag is a single line, or some of the refrain's own lines once more.
    """
    group = alike([key(text) for text in texts])
    joined: list[Span] = []
    refrain: Span | None = None
    for start, end in _with_gaps(spans, len(texts)):
        is_refrain = (start, end) in spans
        own = set(group[slice(*refrain)]) if refrain else set()
        if refrain and not is_refrain and (end - start == 1 or own.issuperset(group[start:end])):
            joined[-1] = joined[-1][0], end
        elif is_refrain and not refrain and joined and joined[-1] == (0, 1):
            joined[-1] = 0, end
        else:
            joined.append((start, end))
        refrain = (start, end) if is_refrain else refrain
    return joined


def _with_gaps(spans: Sequence[Span], n_lines: int) -> list[Span]:
    bounds = sorted({0, n_lines, *(bound for span in spans for bound in span)})
    return list(pairwise(bounds))


def _even_cuts(n_lines: int, longest: int) -> list[int]:
    """Return where to cut lines, after couplets, into parts of nearly one length, none over `longest`."""
    n_parts = -(-n_lines // (longest if n_lines <= longest else _VERSE))
    inner = [2 * int(n_lines * part / n_parts / 2 + 0.5) for part in range(1, n_parts)]
    return [0, *inner, n_lines]
