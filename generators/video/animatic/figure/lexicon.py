"""Words: which of the things that can be drawn a phrase means, with a nearest match for the rest.

Every table of looks (garments, hair, colours, cloth, faces, builds, species) is a lexicon: names
with the phrases for them. The longest phrase found wins, the later one among equals, for the last
noun of an English phrase says what the thing is ("denim jacket", "sweater dress").
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Generic, TypeVar

Name = TypeVar("Name")
_WORD = re.compile(r"[a-z]+")
_NEAR_ENOUGH = 0.76  # of difflib's ratio: one letter wrong in five, as "sneekers" or "turtelneck"
_LINKS = re.compile(
    r"\s*(?:,|;|/|\+|&|\b(?:under(?:neath)?|over|beneath|below|atop|on top of"
    r"|and|plus|paired|layered|with|in)\b)\s*"
)


def words_of(text: str) -> list[str]:
    """Return the plain words of a text: lower case, without accents and plural endings."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['\u2019]s\b", "", text.lower()))
    return [_stem(word) for word in _WORD.findall(plain.encode("ascii", "ignore").decode())]


def parts_of_phrase(text: str) -> list[str]:
    """Return the parts of a phrase that names several things: "hoodie under a denim jacket"."""
    return [part for part in _LINKS.split(text.lower()) if part.strip()]


class Lexicon(Generic[Name]):
    """Names with the phrases for them.

    Args:
        table: name to its phrases, separated by commas; a name earlier in it wins a draw.
    """

    def __init__(self, table: Mapping[Name, str]) -> None:
        self._phrases: dict[tuple[str, ...], Name] = {}
        for name, phrases in table.items():
            for phrase in phrases.split(","):
                self._phrases.setdefault(tuple(words_of(phrase)), name)
        self._longest = max(len(phrase) for phrase in self._phrases)
        self._singles = {phrase[0]: name for phrase, name in self._phrases.items() if len(phrase) == 1}

    def find(self, text: str) -> Name | None:
        """Return the name whose phrase stands in a text; None if none does."""
        found = self._all_in(text)
        return max(found, key=lambda each: (each[1], each[0]))[2] if found else None

    def every(self, text: str) -> list[Name]:
        """Return all names whose phrases stand in a text, in its order."""
        return [name for _, _, name in self._all_in(text)]

    def nearest(self, text: str, otherwise: Name) -> Name:
        """Return the name whose phrase stands in a text, else the one spelled most like it."""
        found = self.find(text)
        if found is None:
            found = self._alike(text)
        return otherwise if found is None else found

    def _all_in(self, text: str) -> list[tuple[int, int, Name]]:
        """Return (end, length, name) of the phrases in a text, the longest at every place."""
        words = words_of(text)
        found: list[tuple[int, int, Name]] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                name = self._phrases.get(tuple(words[at : at + length]))
                if name is not None:
                    found.append((at + length, length, name))
                    at += length - 1
                    break
            at += 1
        return found

    def _alike(self, text: str) -> Name | None:
        best: tuple[float, Name] | None = None
        for word in reversed(words_of(text)):
            near = self._nearest_word(word) if len(word) > 3 else None
            if near is not None and (best is None or near[0] > best[0]):
                best = near
        return best[1] if best else None

    def _nearest_word(self, word: str) -> tuple[float, Name] | None:
        """Return the likeness and name of a known word that ends, begins or is spelled like one."""
        best: tuple[float, Name] | None = None
        for known, name in self._singles.items():
            likeness = difflib.SequenceMatcher(None, word, known).ratio()
            if len(known) > 3 and word.endswith(known):
                likeness = 1 + len(known) / len(word)
            elif len(known) > 3 and word.startswith(known):
                likeness = max(likeness, 0.5 + len(known) / len(word) / 2)
            if likeness >= _NEAR_ENOUGH and (best is None or likeness > best[0]):
                best = (likeness, name)
        return best


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
