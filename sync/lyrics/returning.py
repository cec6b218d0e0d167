"""What returns in a song: blocks that are the same words again, and runs of lines sung more than once."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_SAME = 0.75  # the share of lines that two blocks have in common when one is the other again
_SHORTEST_RUN = 2


def key(text: str) -> str:
    """Return a line as it sounds: no case, no punctuation, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(words.split()) or text.strip()


def returning(blocks: Sequence[Sequence[str]]) -> list[int]:
    """Return for each block the index of the first one that it repeats, or its own.

    Blocks are the same if three quarters of their lines are; blocks without lines repeat nothing.
    """
    keys = [[key(line) for line in block] for block in blocks]
    first: list[int] = []
    for index, lines in enumerate(keys):
        earlier = (other for other in range(index) if first[other] == other and _is_same(keys[other], lines))
        first.append(next(earlier, index))
    return first


def _is_same(first: list[str], second: list[str]) -> bool:
    if set(first).isdisjoint(second):
        return False
    if 2 * min(len(first), len(second)) < _SAME * (len(first) + len(second)):
        return False
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= _SAME


def run_starts(lines: Sequence[str]) -> list[bool]:
    """Say of each line whether a part that is sung more than once begins or has just ended there.

    Such a part is a run of two or more lines that comes again elsewhere, word for word. A single line that
    stands out between two such parts, or at the end of one, is no part of its own.
    """
    keys = [key(line) for line in lines]
    length = _longest_runs(keys)
    inside_until, starts = 0, [False] * len(keys)
    for index in range(len(keys)):
        if index >= inside_until and length[index] >= _SHORTEST_RUN:
            starts[index] = True
            inside_until = index + length[index]
            if inside_until < len(keys):
                starts[inside_until] = True
    return _without_single_lines(starts, length)


def _longest_runs(keys: list[str]) -> list[int]:
    """Return how many lines from each one on are sung again, in the same order, without overlapping."""
    n = len(keys)
    longest = [0] * n
    below = [0] * (n + 1)
    for first in range(n - 1, -1, -1):
        common = [0] * (n + 1)
        for second in range(n - 1, first, -1):
            if keys[first] == keys[second]:
                common[second] = below[second + 1] + 1
                run = min(common[second], second - first)
                longest[first] = max(longest[first], run)
                longest[second] = max(longest[second], run)
        below = common
    return longest


def _without_single_lines(starts: list[bool], length: list[int]) -> list[bool]:
    """Take a boundary back that would leave one line alone which itself does not return."""
    marks = [index for index, is_start in enumerate(starts) if is_start]
    for mark, following in pairwise([*marks, len(starts)]):
        if following - mark == 1 and length[mark] < _SHORTEST_RUN:
            starts[mark] = False
    return starts
