"""Rhyme by sound: families of words that end alike when sung."""

from __future__ import annotations

import functools

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.meter import words_of


@functools.cache
def _families() -> dict[str, frozenset[str]]:
    """Return for each word the names of its families; a word said two ways has two."""
    found: dict[str, set[str]] = {}
    for name, members in table("rhymes").items():
        for word in members.split():
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def rhymes(first: str, second: str) -> bool:
    """Whether the last words of two lines rhyme; a word also rhymes with itself."""
    one, other = last_word(first), last_word(second)
    if one == other:
        return bool(one)
    families = _families()
    return bool(families.get(one, frozenset()) & families.get(other, frozenset()))


def last_word(line: str) -> str:
    """Return the last word of a line in lower case."""
    words = words_of(line)
    return words[-1] if words else ""
