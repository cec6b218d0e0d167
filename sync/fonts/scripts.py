"""The script of a character, by its name in the Unicode database."""

from __future__ import annotations

import unicodedata
from functools import cache

EAST_ASIAN = "East Asian"
SYMBOLS = "symbols"
_EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KANGXI", "IDEOGRAPHIC"}
_RIGHT_TO_LEFT = {"R", "AL"}


@cache
def script_of(character: str) -> str | None:
    """Return the script of a letter or sign; None for what stands in every script: spaces, digits, points."""
    kind = unicodedata.category(character)
    name = unicodedata.name(character, "")
    if kind == "So" or "EMOJI" in name or _is_newer(character):
        return SYMBOLS
    if kind[0] not in "LM" or not name or name.startswith(("COMBINING", "MODIFIER", "VARIATION")):
        return None
    words = name.split()
    if words[0] in ("FULLWIDTH", "HALFWIDTH") or words[0] in _EAST_ASIAN:
        return EAST_ASIAN
    return words[0].partition("-")[0].capitalize()


def is_drawn(character: str) -> bool:
    """Whether a character needs a glyph: joiners, controls, spaces and variation selectors do not."""
    if _is_newer(character):
        return True
    kind = unicodedata.category(character)
    return kind[0] not in "CZ" and not unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def _is_newer(character: str) -> bool:
    """Whether it is where emoji are, but newer than Python's Unicode database."""
    return "\U0001f000" <= character < "\U00020000" and unicodedata.category(character) == "Cn"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter of a text belongs to a script written from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L" or direction in _RIGHT_TO_LEFT:
            return direction in _RIGHT_TO_LEFT
    return False


def region_of(text: str) -> str:
    """Return whose forms of the shared ideographs a text wants: JP, KR, SC or TC.

    Kana and hangul decide. Else the text is Chinese: simplified or traditional, by which of the national
    character sets (GB 2312, Big5) lacks fewer of its characters.
    """
    names = [unicodedata.name(character, "") for character in text]
    if any(name.startswith(("HIRAGANA", "KATAKANA")) for name in names):
        return "JP"
    if any(name.startswith("HANGUL") for name in names):
        return "KR"
    ideographs = "".join(c for c, name in zip(text, names, strict=True) if name.startswith("CJK"))
    return "TC" if _lacking(ideographs, "gb2312") > _lacking(ideographs, "big5") else "SC"


def _lacking(text: str, charset: str) -> int:
    return len(text) - len(text.encode(charset, errors="ignore").decode(charset))
