"""Text as language models send it, made into text that a document can hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_MARKS = re.compile(r"[*`]+|(?<!\w)_+(?=\w)|(?<=[^\s_])_+(?!\w)|^\s*#+\s+")
_BULLET = re.compile(r"^\s*(?:>+\s*)?(?:[-*\u2022\u2013]\s+|\(?\d{1,2}[.)]\s+)?")
_BLANK = re.compile(
    r"^[\W_]*$|^[<\[({][^<>\[\](){}]*[>\])}]$|^(?:n/?a|none|null|tbd|unknown|unspecified)\.?$", re.IGNORECASE
)
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'


def clean(value: Any, limit: int = 400) -> str:
    """Return a value as one line of printable text; empty if it holds none, or only a blank to fill in.

    Lists are joined by commas, as models answer in lists where a text is asked for.
    """
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, (clean(item, limit) for item in value)))[:limit].strip()
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = unmarked(printable(str(value)[: 8 * limit]))
    text = " ".join(text.split())
    if text[:1] in _QUOTES and text[-1:] in _QUOTES and len(text) > 1:
        text = text[1:-1].strip()
    return "" if _BLANK.match(text) else _shortened(text, limit)


def printable(text: str) -> str:
    """Return a text without control characters and half characters, which no document may hold."""
    kept = "".join(char if _is_text(char) else " " for char in text)
    return kept.encode("utf-8", "ignore").decode("utf-8")


def unmarked(text: str) -> str:
    """Return a text without the marks of bold, italics, headings and code."""
    return _MARKS.sub("", text).strip()


def without_bullet(line: str) -> str:
    """Return a line without the dash, dot or number of a list before it."""
    return _BULLET.sub("", line, count=1).strip()


def plain_words(text: str) -> str:
    """Return a text in lower case, in American spelling, its words parted by one space: for comparing."""
    folded = unicodedata.normalize("NFKD", text.lower())
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.sub(r"[^a-z0-9#]+", " ", folded).split()
    return " ".join(word.replace("colour", "color").replace("grey", "gray") for word in words)


def _is_text(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Cf") or char == "\u200d"


def _shortened(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters, ended after a word."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") or text[:limit]
