"""What returns in a song: blocks that are the same words again."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence

_SAME = 0.75  # the share of lines that two blocks have in common when one is the other again


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
