"""JSON out of what language models write around it, whole or as far as it goes."""

from __future__ import annotations

import json
import re
from typing import Any

_FENCE = re.compile(r"```[a-zA-Z]*\s*(.*?)(?:```|\Z)", re.DOTALL)
_THINKS = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DEEPEST = 50  # brackets within brackets, of an answer that breaks off
_LONGEST = 200_000
"""Characters that are read; a storyboard has a tenth of them."""


def without_thoughts(text: str) -> str:
    """Return an answer without what a model thought aloud before it."""
    text = text[:_LONGEST]
    marks = list(_THINKS.finditer(text))
    if marks and not marks[0][1] and marks[-1][1]:
        text = text[: marks[0].start()] + text[marks[-1].end() :]
    return text.strip().lstrip("\ufeff")


def json_in(text: str) -> Any:
    """Return the largest JSON object or list in a text: bare, in a code fence, or between prose.

    One that breaks off is closed after its last whole value. Returns None where there is none.
    """
    text = without_thoughts(text)
    candidates = [text, *(fenced.strip() for fenced in _FENCE.findall(text))]
    for candidate in candidates:
        value = _loaded(candidate)
        if value is not None:
            return value
    found = _values_in(text)
    if found:
        return max(found, key=lambda sized: sized[0])[1]
    broken = [
        _mended(candidate[at:]) for candidate in candidates[:4] if (at := _first_bracket(candidate)) >= 0
    ]
    return next((value for value in broken if value), None)


def _loaded(text: str) -> dict[str, Any] | list[Any] | None:
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            value = json.loads(attempt)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, (dict, list)):
            return value
    return None


def _values_in(text: str) -> list[tuple[int, Any]]:
    """Return length and value of the JSON objects that stand in prose, not of those inside another."""
    decoder, at = json.JSONDecoder(), text.find("{")
    found: list[tuple[int, Any]] = []
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            # An object that breaks off must not be taken for the small ones inside it.
            if not found and text.count("{") > text.count("}"):
                return []
            at = text.find("{", at + 1)
            continue
        found.append((end - at, value))
        at = text.find("{", end)
    return found


def _first_bracket(text: str) -> int:
    return min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)


def _mended(text: str) -> Any:
    """Return a value that breaks off, closed after the last of its parts that is whole."""
    ends = _ends_of_values(text)
    for end, closing in reversed(ends[-40:]):
        value = _loaded(text[:end] + closing)
        if value is not None:
            return value
    return None


def _ends_of_values(text: str) -> list[tuple[int, str]]:
    """Return each place after a whole value, with the brackets that would close the rest there."""
    ends: list[tuple[int, str]] = []
    open_brackets: list[str] = []
    in_string = escaped = False
    for position, char in enumerate(text):
        if in_string:
            in_string, escaped = escaped or char != '"', char == "\\" and not escaped
        elif char == '"':
            in_string = True
        elif char in "{[":
            open_brackets.append("}" if char == "{" else "]")
        elif char in "}]" and open_brackets:
            open_brackets.pop()
        if 0 < len(open_brackets) <= _DEEPEST and not in_string and char in '}],"':
            end = position if char == "," else position + 1
            ends.append((end, "".join(reversed(open_brackets))))
    return ends
