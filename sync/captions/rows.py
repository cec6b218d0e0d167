"""Where a long line is divided: into two rows of like width at most, in smaller letters if need be."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_SLIGHTLY_SMALLER = 0.9
"""A line that fits at nine tenths of the size stays in one row."""
_AFTER_A_PHRASE, _AND_SMALLER = 0.75, 0.9
"""What the wider row counts where a phrase ends: less, but not much less if it makes the letters smaller."""
_LEADING_VOWELS = "เแโใไເແໂໃໄ"  # Thai and Lao write no spaces; before these a syllable begins
_STAYS_WITH_THE_WORD = "!?:;»"  # where a space stands before it, as in French


@dataclass(frozen=True)
class Rows:
    """How a line is set: where its second row begins (0: in one row), and its size."""

    break_at: int
    scale: float


def rows_of(text: str, width_of: Callable[[str], float], usable: float) -> Rows:
    """Return the rows of a line.

    Args:
        text: the line.
        width_of: the width of a text at full size.
        usable: the width that a row may have, in the same unit.
    """
    whole = width_of(text)
    if whole * _SLIGHTLY_SMALLER <= usable:
        return Rows(0, min(1.0, usable / whole) if whole else 1.0)
    best, lightest = Rows(0, usable / whole), float("inf")
    for place in breaks_in(text):
        wider = max(width_of(text[:place].rstrip()), width_of(text[place:]))
        gain = _AFTER_A_PHRASE if wider <= usable else _AND_SMALLER
        weight = wider * (gain if _ends_a_phrase(text[:place]) else 1.0)
        if weight < lightest:
            best, lightest = Rows(place, min(1.0, usable / wider)), weight
    return best


def breaks_in(text: str) -> list[int]:
    """Return every place at which a second row may begin."""
    return [place for place in range(1, len(text)) if _may_break(text[place - 1], text[place])]


def _may_break(before: str, after: str) -> bool:
    if after.isspace():
        return False
    if before.isspace():
        return after not in _STAYS_WITH_THE_WORD
    if after in _LEADING_VOWELS:
        return True
    return (_is_full_width(before) or _is_full_width(after)) and _ends_well(before) and _begins_well(after)


def _is_full_width(character: str) -> bool:
    """Whether rows may be divided beside it: kana, ideographs, their points; hangul has spaces."""
    wide = unicodedata.east_asian_width(character) in ("W", "F")
    return wide and not unicodedata.name(character, "").startswith("HANGUL")


def _begins_well(character: str) -> bool:
    """Whether a row may begin with it: no closing mark, no small kana, nothing that lengthens or joins."""
    kind = unicodedata.category(character)
    return kind not in ("Pe", "Pf", "Po", "Lm", "Mn", "Mc") and " SMALL " not in unicodedata.name(
        character, ""
    )


def _ends_well(character: str) -> bool:
    return unicodedata.category(character) not in ("Ps", "Pi")


def _ends_a_phrase(text: str) -> bool:
    """Whether a text ends with a point, a comma or the like, or with a space among letters that need none."""
    last = text.rstrip()[-1:]
    if not last or last in "'\"":
        return False
    return unicodedata.category(last) in ("Po", "Pd") or (_is_full_width(last) and text[-1].isspace())
