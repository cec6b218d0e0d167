"""Chords above or among the words of a lead sheet: recognised and taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SYMBOL = (
    r"[A-GH](?:##?|bb?|♯|♭)?(?:maj|min|mi|m|M|dim|aug|sus|add|Δ|°|ø|\+|-)?\d{0,2}"
    r"(?:\(?(?:sus|add|maj|no|b|#|♭|♯|\+|-)\d{1,2}\)?)*(?:sus|M)?(?:/[A-GH](?:#|b|♯|♭)?)?"
)
_CHORD = re.compile(rf"^\(?{_SYMBOL}\)?\*?$")
_BARE = re.compile(r"^[A-GH]$")
_BETWEEN = re.compile(r"^(?:[|/\\%.:·~*-]+|N\.?C\.?|x\d|\(?\d?x\)?|\(x?\d\)|->|→)$", re.IGNORECASE)
_INLINE = re.compile(rf"\[\s*(?:{_SYMBOL}|N\.?C\.?)(?:[\s|,-]+{_SYMBOL})*\s*\]")
_REMARK = re.compile(r"\([a-z][a-z ,.]{2,}\)")  # (let ring)
_TABLATURE = re.compile(r"^\s*[A-Ga-g][#b]?\s*[|:][-\d|hpbrxsv/\\~()^* ]{6,}$")


def without_chords(lines: Sequence[str]) -> list[str | None]:
    """Return the lines without their chords; None for those that held nothing else.

    A line of bare letters ("C   G   F") is one of chords if it is spaced out as chords are, or if the
    text has chords elsewhere that cannot be words.
    """
    has_chords = any(_INLINE.search(line) or (_is_chord_line(line) and not _is_bare(line)) for line in lines)
    kept: list[str | None] = []
    for line in lines:
        is_spaced = "|" in line or bool(re.search(r"\S(?:\s{2,}|\t)\S", line))
        if _TABLATURE.match(line):
            kept.append(None)
        elif _is_chord_line(line) and (has_chords or is_spaced or not _is_bare(line)):
            kept.append(None)
        elif _INLINE.search(line):
            words = " ".join(_INLINE.sub("", line).split())
            kept.append(words if any(char.isalnum() for char in words) else None)
        else:
            kept.append(line)
    return kept


def _is_chord_line(line: str) -> bool:
    tokens = _REMARK.sub(" ", line).split()
    chords = [token for token in tokens if _CHORD.match(token.strip("|"))]
    rest = [token for token in tokens if token not in chords]
    return bool(chords) and all(_BETWEEN.match(token) for token in rest)


def _is_bare(line: str) -> bool:
    return all(
        _BARE.match(token.strip("|")) or _BETWEEN.match(token) for token in _REMARK.sub(" ", line).split()
    )
