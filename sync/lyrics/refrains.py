"""Refrains: passages of a song that return in the same words, or nearly so, without any mark in its text."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from storyboard.sync.lyrics.returning import key

_NEARLY = 0.8  # the share of words that two lines have in common when one is sung for the other
_SHORTEST = 2  # lines of the passage that returns most
_SHORTEST_OTHER = 3  # lines of any other: two lines that return are often a verse begun again
_LONGEST = 12  # lines: what is longer is a refrain with its verse
_IN_A_ROW = 0.5  # what a return counts for that follows at once

Span = tuple[int, int]
"""The first line, and the one after the last."""


@dataclass(frozen=True)
class _Text:
    """A text: its lines as they sound, which of them are nearly the same, and which belong together."""

    keys: list[str]
    alike: list[int]
    block_of: list[int]

    def is_passage(self, start: int, end: int) -> bool:
        """Whether lines stand in one block; one line over and over only if it is all of it that is there."""
        if self.block_of[start] != self.block_of[end - 1]:
            return False
        if len(set(self.alike[start:end])) > 1:
            return True
        around = [line for line in (start - 1, end) if 0 <= line < len(self.keys)]
        return all(self.alike[line] != self.alike[start] for line in around)

    def n_exact(self, first: int, second: int, length: int) -> int:
        """Return how many lines of two passages are the same word for word."""
        return sum(self.keys[first + n] == self.keys[second + n] for n in range(length))


def refrains(blocks: Sequence[Sequence[str]]) -> list[Span]:
    """Return the passages that return, in the order they are sung; lines are counted through all blocks.

    The passage whose returns cover most lines comes first, then others among the lines that are left. At
    least half of its lines return word for word; none reaches from one block into the next. What follows
    several of its returns alike, though not all, belongs to those.
    """
    keys = [key(line) for block in blocks for line in block]
    block_of = [number for number, block in enumerate(blocks) for _ in block]
    text = _Text(keys, alike(keys), block_of)
    is_free = [True] * len(keys)
    found: list[Span] = []
    while passage := _best(text, is_free, _SHORTEST_OTHER if found else _SHORTEST):
        for start, end in _extended(text, is_free, *passage):
            found.append((start, end))
            is_free[start:end] = [False] * (end - start)
    return sorted(found)


def alike(keys: Sequence[str]) -> list[int]:
    """Return for each line the index of the first one that sounds nearly the same, or its own."""
    first: dict[str, int] = {}
    heads: list[tuple[int, list[str], set[str]]] = []
    for index, line in enumerate(keys):
        if line in first:
            continue
        words = line.split()
        distinct = set(words)
        same = (head for head, others, known in heads if _is_near(words, others, distinct, known))
        first[line] = next(same, index)
        if first[line] == index:
            heads.append((index, words, distinct))
    return [first[line] for line in keys]


def _is_near(words: list[str], others: list[str], distinct: set[str], known: set[str]) -> bool:
    shared, n_words = len(distinct & known), len(words) + len(others)
    if shared * 2 < _NEARLY * min(len(distinct) + len(known), n_words):
        return "".join(words) == "".join(others)  # written as one word, or as two
    numbers = [[word for word in line if word.isdigit()] for line in (words, others)]
    ratio = difflib.SequenceMatcher(None, words, others, autojunk=False).ratio()
    return numbers[0] == numbers[1] and ratio >= _NEARLY


def _best(text: _Text, is_free: list[bool], shortest: int) -> tuple[list[int], int] | None:
    """Return where the passage begins whose returns cover most lines, and its length in lines."""
    best: tuple[list[int], int] | None = None
    most = 0.0
    for length in range(_LONGEST, shortest - 1, -1):
        for starts in _returns(text, is_free, length):
            in_a_row = sum(after - before == length for before, after in pairwise(starts))
            gain = length * (len(starts) - 1 - _IN_A_ROW * in_a_row)
            if gain > most:
                best, most = (starts, length), gain
    return best


def _returns(text: _Text, is_free: list[bool], length: int) -> Iterator[list[int]]:
    """Yield where each passage of a length begins that is sung twice or more, without overlapping."""
    starts: dict[tuple[int, ...], list[int]] = {}
    for start in range(len(text.keys) - length + 1):
        end = start + length
        if not all(is_free[start:end]) or not text.is_passage(start, end):
            continue
        at = starts.setdefault(tuple(text.alike[start:end]), [])
        if not at or (at[-1] + length <= start and 2 * text.n_exact(at[0], start, length) >= length):
            at.append(start)
    yield from (at for at in starts.values() if len(at) > 1)


def _extended(text: _Text, is_free: list[bool], starts: list[int], length: int) -> list[Span]:
    """Return the spans of a passage; where a line more follows two or more of its returns, with that line."""
    ends = {start: start + length for start in starts}
    growing = list(starts)
    while growing:
        growing = [
            start
            for start in growing
            if ends[start] < len(text.keys)
            and is_free[ends[start]]
            and ends[start] not in starts
            and text.block_of[ends[start]] == text.block_of[start]
            and ends[start] - start < _LONGEST
        ]
        times = Counter(text.alike[ends[start]] for start in growing)
        growing = [start for start in growing if times[text.alike[ends[start]]] > 1]
        for start in growing:
            ends[start] += 1
    return list(ends.items())
