"""Syllables as they are sung, counted from spelling."""

from __future__ import annotations

import functools
import re

from storyboard.generators.llm.builtin.lexicon import table

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_GROUP = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]+")
_HIATUS = re.compile(r"ia(?!l|n)|io(?!n|u)|eo(?!u)|ua(?!r)|uou|[aeo]ing|ying|iet|ya")


def words_of(text: str) -> list[str]:
    """Return the words of a line in lower case, apostrophes kept."""
    return [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]


def syllables(text: str) -> int:
    """Count the syllables of a line."""
    return sum(_of_word(word) for word in words_of(text))


@functools.cache
def _known_words() -> dict[str, int]:
    counts = table("syllables")
    return {word: int(count) for count, words in counts.items() for word in words.split()}


@functools.cache
def _of_word(word: str) -> int:
    bare = word.split("'")[0]
    known = _known_words()
    if word in known or bare in known:
        return known[word] if word in known else known[bare]
    count = len(_GROUP.findall(bare)) + len(_HIATUS.findall(bare))
    return max(1, count - _silent(bare))


def _silent(word: str) -> int:
    """Count vowel letters at the end, or before a final suffix, that are not sung."""
    if len(word) > 3 and re.search(r"[^aeiouytd]ed$", word):
        return 1
    if (
        len(word) > 3
        and re.search(r"[^aeiouysxzcg]es$", word)
        and not re.search(r"(ch|sh|[^aeiou]l)es$", word)
    ):
        return 1
    if len(word) > 2 and re.search(r"[^aeiouy]e$", word) and not re.search(r"[^aeioulr]le$", word):
        return 1
    if re.search(
        r"[aeiouy][^aeiouy]e(ly|less|ness|ful|ment|times|body|where|thing|lamps?|lights?|board)$", word
    ):
        return 1
    return 0
