"""JSON out of what language models write around it."""

from __future__ import annotations

import json
import re
from typing import Any

_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL | re.IGNORECASE)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


class NoJson(Exception):
    """The text holds no whole JSON object."""


def extract_json(text: str) -> dict[str, Any]:
    """Return the largest JSON object in a text: bare, in a code fence, or between prose.

    Raises:
        NoJson: there is none, or the only one is not closed.
    """
    text = _THOUGHT.sub("", text).strip().lstrip("\ufeff")
    candidates = [text, *(fenced.strip() for fenced in _FENCE.findall(text))]
    for candidate in candidates:
        for attempt in (candidate, _TRAILING_COMMA.sub(r"\1", candidate)):
            try:
                value = json.loads(attempt)
            except json.JSONDecodeError:
                continue
            if isinstance(value, dict):
                return value
    found = _objects_in(text)
    if found:
        return max(found, key=lambda value: len(json.dumps(value)))
    raise NoJson("it holds no whole JSON object" if "{" in text else "it holds no JSON object")


def _objects_in(text: str) -> list[dict[str, Any]]:
    """Return the JSON objects that stand in prose, not those inside another."""
    decoder, at = json.JSONDecoder(), text.find("{")
    found: list[dict[str, Any]] = []
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            # An object that breaks off must not be taken for the small ones inside it.
            if not found and text.count("{") > text.count("}"):
                return []
            at = text.find("{", at + 1)
            continue
        found.append(value)
        at = text.find("{", end)
    return found
