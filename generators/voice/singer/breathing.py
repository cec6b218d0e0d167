"""Where a line breathes: at its commas, and near its middle when its slot is much longer than it is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from storyboard.generators.voice.singer.lyrics import SungWord

_SPOKEN_SYLLABLE_S = 0.215  # on average, by the model
_ROOMY = 1.75  # a slot so many times as long as the spoken line is sung in two halves
_SMALLEST_HALF = 3  # syllables
# Words that open a phrase in English: a breath before one of them does not tear anything apart.
_OPENERS = frozenset(
    "and but or so because if when while where until till before after since as than like that who which "
    "what how in on at by for from with without to into through under over across beneath between behind "
    "above around i you we they he she it there every all".split()
)
# Words that want the next one: no breath after them.
_CLINGING = frozenset(
    "a an the my your his her its our their to of i'm you're we're is are was were be".split()
)


def breaths_of(words: Sequence[SungWord], usable_s: float) -> tuple[bool, ...]:
    """Return after which words the singer may breathe; never after the last.

    Args:
        words: the line.
        usable_s: the time there is to sing it.
    """
    breaths = [word.ends_clause for word in words[:-1]]
    middle = _middle(words)
    if not any(breaths) and middle is not None and usable_s > _ROOMY * _spoken_s(words):
        breaths[middle] = True
    return (*breaths, False)


def _spoken_s(words: Sequence[SungWord]) -> float:
    return _SPOKEN_SYLLABLE_S * sum(len(word.syllables) for word in words)


def _middle(words: Sequence[SungWord]) -> int | None:
    """Return the word nearest to the middle after which a phrase ends."""
    total = sum(len(word.syllables) for word in words)
    sung, best, distance = 0, None, 0.22 * total
    for index, (word, following) in enumerate(itertools.pairwise(words)):
        sung += len(word.syllables)
        opens = following.text.lower() in _OPENERS and word.text.lower() not in _OPENERS | _CLINGING
        if opens and min(sung, total - sung) >= _SMALLEST_HALF and abs(sung - total / 2) <= distance:
            best, distance = index, abs(sung - total / 2)
    return best
