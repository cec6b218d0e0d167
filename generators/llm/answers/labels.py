"""Filled-in text templates: labels such as "**Verse 1:**" or "*Scene 3: The Roof*" and what follows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from storyboard.generators.llm.answers.clean import plain_words, printable, unmarked, without_bullet

_FENCE_LINE = re.compile(r"^\s*```\w*\s*$")
_RULE = re.compile(r"^\s*[-=_*~]{3,}\s*$")
_HEAD = re.compile(r"^(?P<label>[^\W\d_][^::]{0,48}?|\W?)\s*[::]\s*(?P<rest>.*)$")
_BRACKETED = re.compile(r"^[\[(<](?P<label>[^\])>]{2,48})[\])>]\s*[::]?\s*(?P<rest>.*)$")
_NUMBERED = re.compile(
    r"^(?P<name>.*?)[\s_#(]*(?P<number>\d{1,2}|one|two|three|four|five|six|[ivx]{1,4})?\)?$", re.IGNORECASE
)
_WHOLLY_BRACKETED = re.compile(r"^[\[(<]([^\[\](){}<>]*)[\])>]$")
_REMARK = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$|\s*[x\u00d7]\s?\d\s*$", re.IGNORECASE)
_DASHED = re.compile(r"^(?P<label>[^\W\d_][\w ]{1,24}?\s*\d{1,2})\s*[-\u2013\u2014.]\s*(?P<rest>.+)$")
_LONGEST_LINE, _LONGEST_LABEL = 2000, 60  # characters
_MOST_ENTRIES = 600
"""Twenty-four scenes have half of them."""
_CHATTER = re.compile(
    r"^(?:let me know|i hope|hope (?:this|you)|feel free|enjoy\b|note(?: that)?:|please let|would you like"
    r"|this (?:song|storyboard|story|cast)\b|if you(?:'d| would) like)",
    re.IGNORECASE,
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
           "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}  # fmt: skip


@dataclass
class Entry:
    """A label of the template, with the text on its line and the lines under it."""

    name: str
    number: int | None = None
    value: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def whole(self) -> str:
        """Everything that stands after the label, as one text."""
        return " ".join(filter(None, [self.value, *self.lines]))


def entries(text: str, names: Mapping[str, str], headings: frozenset[str]) -> list[Entry]:
    """Return the labelled entries of a text in order; what stands before the first label is left out.

    Args:
        text: an answer, with or without bold, italics, headings, bullets, fences and chatter.
        names: every way to write a label, as plain words, and the name it stands for.
        headings: the names that may also stand alone on a line, without a colon, and be numbered.
    """
    found: list[Entry] = []
    after_blank = after_fence = False
    for raw in (line[:_LONGEST_LINE] for line in printable(text).splitlines()):
        if _FENCE_LINE.match(raw) or _RULE.match(raw):
            after_fence = bool(found) and "`" in raw
            continue
        line = unmarked(without_bullet(raw))
        entry = _entry(line, names, headings)
        if len(found) > _MOST_ENTRIES:
            break
        if entry:
            found.append(entry)
            after_fence = False
        elif found and line and not after_fence:
            if after_blank and found[-1].whole and _CHATTER.match(line):
                break
            found[-1].lines.append(line)
        after_blank = not line
    return found


def _entry(line: str, names: Mapping[str, str], headings: frozenset[str]) -> Entry | None:
    for pattern in (_HEAD, _BRACKETED, _DASHED):
        match = pattern.match(line)
        if match and (label := label_of(match["label"], names)):
            name, number = label
            if pattern is not _DASHED or (name in headings and number is not None):
                return Entry(name, number, match["rest"].strip())
    alone = label_of(line, names)
    if alone and alone[0] in headings and len(line) <= 48:
        return Entry(*alone)
    return None


def label_of(text: str, names: Mapping[str, str]) -> tuple[str, int | None] | None:
    """Return the name and number that a label stands for; None if it is none of the names."""
    if len(text) > _LONGEST_LABEL:
        return None
    text = _WHOLLY_BRACKETED.sub(r"\1", text.strip(" -\u2013\u2014.\"'"))
    text = _REMARK.sub("", text)
    plain = plain_words(text)
    if plain in names:
        return names[plain], None
    match = _NUMBERED.match(plain)
    if match and match["number"] and (name := names.get(match["name"].strip())):
        number = match["number"]
        return name, _COUNTS.get(number) or (int(number) if number.isdigit() else None)
    # "Final chorus", "Second verse", "Scene 3 title": a known name with one more word.
    first, _, rest = plain.partition(" ")
    if first in ("final", "last", "first", "second", "third", "the", "character", "main") and rest in names:
        return names[rest], None
    return None
