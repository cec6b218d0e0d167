"""How words are spelled in the letters that an acoustic model knows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

STAR = -1
"""Instead of a letter: anything at all is sung."""

# What Unicode does not decompose.
_PLAIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h"}
_APOSTROPHES = "'’‘ʼ`´"  # noqa: RUF001 - what people type
_SYMBOL_WORDS = frozenset("&+%$€£#@")


@dataclass(frozen=True)
class Vocabulary:
    """The output of a model.

    Attributes:
        ids: of each letter, one character; in upper or lower case.
        blank: of "no letter", between the letters.
        delimiter: of the end of a word, where the model has one.
    """

    ids: Mapping[str, int]
    blank: int
    delimiter: int | None = None

    def spelt(self, word: str) -> list[int]:
        """Return the letters of a word; [STAR] if it cannot be written in them, [] if nothing is sung.

        A letter that the model lacks is taken without its accents, after Unicode's decomposition.
        """
        spelling: list[int] = []
        for char in unicodedata.normalize("NFC", word.lower()):
            if char in _SYMBOL_WORDS:
                return [STAR]
            found = self._letter(char)
            if found is None:
                return [STAR]
            spelling += found
        return spelling

    def _letter(self, char: str) -> list[int] | None:
        """Return the ids of a character: none of a mark that is not sung, None if it cannot be written."""
        if char in _APOSTROPHES:
            return [self.ids["'"]] if "'" in self.ids else []
        for way in _ways(char):
            ids = [self.ids.get(each, self.ids.get(each.upper())) for each in way]
            if ids and None not in ids:
                return [each for each in ids if each is not None]
        return None if char.isalnum() else []


def _ways(char: str) -> Iterator[str]:
    """Yield a character as it is, then in plainer letters."""
    if char.isalnum():
        yield char
        yield _PLAIN.get(char, "")
        yield "".join(each for each in unicodedata.normalize("NFKD", char) if each.isalnum())
