"""Setting text: rows of like width, and what libass needs to draw them in their fonts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from storyboard.sync import fonts
from storyboard.sync.captions.rows import breaks_in
from storyboard.sync.captions.subtitles import plain

_NEARLY_FULL = 0.86
"""Another row is begun only where it makes the letters larger than this share of their full size allows."""


@dataclass(frozen=True)
class Rows:
    """A text in rows, and the size of its letters in pixels an em."""

    texts: tuple[str, ...]
    em: float


def set_in_rows(text: str, em: float, width: float, most: int, height: float) -> Rows:
    """Return a text in as few rows as let its letters have their full size, or nearly.

    Args:
        text: one line of any script.
        em: full size of the letters, in pixels.
        width: of the longest row allowed, in pixels.
        most: rows.
        height: of all rows together at most, in pixels, without space between them.
    """
    height /= height_of(text, 1.0)
    best = Rows((text,), min(em, height, em * width / max(1e-6, width_of(text, em))))
    for n_rows in range(2, most + 1):
        if best.em >= em * _NEARLY_FULL:
            break
        texts = _divided(text, n_rows, lambda part: width_of(part, em))
        widest = max(width_of(part, em) for part in texts)
        size = min(em, height / len(texts), em * width / max(1e-6, widest))
        if size > best.em * 1.02:
            best = Rows(texts, size)
    return best


def width_of(text: str, em: float) -> float:
    """Return how wide libass draws a text, in pixels."""
    return em * sum(run.face.width_of(run.text) * run.face.enlarged for run in fonts.choose(text).runs(text))


def height_of(text: str, em: float) -> float:
    """Return how high a row of a text is, in pixels: the em of its largest letters."""
    return em * max((run.face.enlarged for run in fonts.choose(text).runs(text)), default=1.0)


def written(text: str, em: float) -> str:
    """Return a text with the tags that set it in its fonts at a size."""
    choice = fonts.choose(text)
    parts = []
    for run in choice.runs(plain(choice.drawable(text))):
        face = run.face
        size = round(em * face.enlarged * face.line_height, 1)
        parts.append(f"{{\\fn{face.family}\\b{int(face.is_bold)}\\fs{size}}}{run.text}")
    return "".join(parts)


def _divided(text: str, n_rows: int, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Return a text in rows of which the widest is as narrow as can be."""
    places = [0, *_word_starts(text), len(text)]

    @cache
    def width(first: int, last: int) -> float:
        return measure(text[places[first] : places[last]].strip())

    @cache
    def best(first: int, rows: int) -> tuple[float, tuple[int, ...]]:
        """Return the widest row from a place on, and where the others begin."""
        end = len(places) - 1
        if rows == 1 or first >= end - 1:
            return width(first, end), ()
        found: tuple[float, tuple[int, ...]] = (width(first, end), ())
        for at in range(first + 1, end):
            own = width(first, at)
            if own >= found[0]:
                break
            rest, begins = best(at, rows - 1)
            if max(own, rest) < found[0]:
                found = (max(own, rest), (at, *begins))
        return found

    edges = [0, *(places[at] for at in best(0, n_rows)[1]), len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(edges))


def _word_starts(text: str) -> list[int]:
    """Return where a row may begin: in text without spaces where a word surely begins, if anywhere.

    Japanese writes the ends of words in hiragana and their beginnings in other letters.
    """
    places = breaks_in(text)
    sure = [
        at for at in places if text[at - 1].isspace() or (_is_hiragana(text[at - 1]) > _is_hiragana(text[at]))
    ]
    return sure or places


def _is_hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"
