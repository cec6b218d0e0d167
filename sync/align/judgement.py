"""Which of the lines that were found are really sung, and how sure each of their words is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from storyboard.sync.align.trellis import Heard

Found = dict[int, dict[int, Heard]]
"""By line and by word: where it was found."""

LIKELIEST_PHONE = 10.0
"""Usual length of a sung phone, in frames."""
# Logistic regression on the lines of six songs under their own lyrics, of eighteen excerpts of 20 s with
# two lines too many, and of fourteen pairs of a song and other lyrics: whether a line is sung.
_SUNG_CONSTANT, _OF_FIT, _OF_LENGTHS, _OF_WEAK_WORDS, _OF_SKIPPED = 2.64, 0.37, -1.01, 3.05, -3.07
_SUNG = 0.3  # of 0.3 to 0.5, what leaves lyrics of their own song whole
# Logistic regression on 1220 words of six songs whose times were set by hand: whether a word is within
# 0.3 s, given that its line is sung.
_CONSTANT, _OF_WORD, _OF_LINES, _OF_LENGTH = 1.52, 0.41, 1.08, -1.41


def likelihoods(
    found: Found, n_lines: int, n_phones: Sequence[Sequence[int]], timed: Collection[int]
) -> dict[int, float]:
    """Return how likely each line that was found is really sung, 0 to 1; 1 for the `timed` ones.

    Other lyrics find a place too, but a line of them fits less, its words have odd lengths, and some
    of them do not fit at all. How weak the weakest words are is told by all lines together, as is
    how many lines were stepped over for each that was found.

    Args:
        found: the lines found.
        n_lines: how many were sought.
        n_phones: by line and word.
        timed: lines that are sung because somebody said when.
    """
    free = {line: words for line, words in found.items() if line not in timed}
    likely = dict.fromkeys(timed, 1.0)
    if not free:
        return likely
    skipped = (n_lines - len(timed) - len(free)) / len(free)
    weak = float(np.mean([_weak_words(words) for words in free.values()]))
    for line, words in free.items():
        strange = min(1.5, float(np.mean([_strange(words[at], n_phones[line][at]) for at in words])))
        logit = _SUNG_CONSTANT + _OF_WEAK_WORDS * weak + _OF_SKIPPED * skipped
        logit += _OF_FIT * float(np.clip(_margin(words), -1, 3)) + _OF_LENGTHS * strange
        likely[line] = 1 / (1 + float(np.exp(-logit)))
    return likely


def sung_lines(found: Found, likely: Mapping[int, float]) -> Found:
    """Return the lines that are likely enough to be sung, each by itself."""
    return {line: words for line, words in found.items() if likely[line] >= _SUNG}


def confidences(
    found: Found, likely: Mapping[int, float], n_phones: Sequence[Sequence[int]]
) -> dict[tuple[int, int], float]:
    """Return how likely each (line, word) is within 0.3 s of the truth.

    It follows from how well the word fits, how well its line and the two beside it fit, and how far
    its phones are from usual lengths; less by how likely the line is sung at all.
    """
    margins = {line: _margin(words) for line, words in found.items()}
    sure = {}
    for line, words in found.items():
        around = float(np.mean([margins[at] for at in (line - 1, line, line + 1) if at in margins]))
        for word, heard in words.items():
            strange = min(2.0, _strange(heard, n_phones[line][word]))
            fits = float(np.clip(heard.margin, -2, 4))
            logit = _CONSTANT + _OF_WORD * fits + _OF_LINES * around + _OF_LENGTH * strange
            sure[line, word] = likely[line] / (1 + float(np.exp(-logit)))
    return sure


def _strange(heard: Heard, n_phones: int) -> float:
    """Return how far (log) the phones of a word are from their usual length."""
    return abs(float(np.log((heard.end_frame - heard.first_frame) / n_phones / LIKELIEST_PHONE)))


def _weak_words(words: dict[int, Heard]) -> float:
    """Return by how much all but the weakest quarter of a line's words fit better than a gap."""
    return float(np.clip(np.percentile([word.margin for word in words.values()], 25), -2, 2))


def _margin(words: dict[int, Heard]) -> float:
    """Return by how much a line fits better than a gap, on average over its frames."""
    return float(np.average([word.margin for word in words.values()], weights=_lengths(words)))


def _lengths(words: dict[int, Heard]) -> list[int]:
    return [word.end_frame - word.first_frame for word in words.values()]
