"""Which of the lines that were found are really sung, and how sure each of their words is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from storyboard.sync.align.trellis import Heard

Found = dict[int, dict[int, Heard]]
"""By line and by word: where it was found."""

_DOUBTFUL = 0.25  # so much of the lyrics stepped over: the rest has to be clear
_CLEAR = 0.35  # of a perfect fit: lines that are sung clearly reach it, those of other songs seldom
_OTHER_SONG = 1 / 3  # no more than this left: these are not the lyrics of this song
_LIKELIEST_PHONE = 10.0  # frames
# Logistic regression on 1220 words of six songs whose times were set by hand: whether a word is within
# 0.3 s. Confidence and share of right words then differ by one percent on average over ten bins.
_CONSTANT, _OF_WORD, _OF_LINES, _OF_LENGTH = 1.52, 0.41, 1.08, -1.41


def sung_lines(found: Found, n_lines: int, timed: Collection[int]) -> Found:
    """Return the lines that are really sung, out of those found among `n_lines` that were sought.

    A few lines that are not sung are stepped over by the search. Lyrics with many of those are
    doubtful, and each of their lines has to fit clearly. If few do, it is another song and none is
    kept but the `timed` ones, which are sung because somebody said when.
    """
    untimed = n_lines - len(timed)
    free = [line for line in found if line not in timed]
    if not untimed or len(free) >= (1 - _DOUBTFUL) * untimed:
        return found
    clear = [line for line in free if _fit(found[line]) >= _CLEAR]
    kept = {*timed, *(clear if len(clear) > _OTHER_SONG * untimed else ())}
    return {line: words for line, words in found.items() if line in kept}


def confidences(
    found: Found, n_lines: int, n_phones: Sequence[Sequence[int]]
) -> dict[tuple[int, int], float]:
    """Return how likely each (line, word) is within 0.3 s of the truth.

    It follows from how well the word fits, how well its line and the two beside it fit, and how far
    its phones are from usual lengths; less by the share of lines that were not found.

    Args:
        found: the lines found.
        n_lines: how many were sought.
        n_phones: by line and word.
    """
    margins = {line: _margin(words) for line, words in found.items()}
    share = len(found) / max(1, n_lines)
    sure = {}
    for line, words in found.items():
        around = float(np.mean([margins[at] for at in (line - 1, line, line + 1) if at in margins]))
        for word, heard in words.items():
            phone_length = (heard.end_frame - heard.first_frame) / n_phones[line][word]
            strange = min(2.0, abs(float(np.log(phone_length / _LIKELIEST_PHONE))))
            fits = float(np.clip(heard.margin, -2, 4))
            logit = _CONSTANT + _OF_WORD * fits + _OF_LINES * around + _OF_LENGTH * strange
            sure[line, word] = share / (1 + float(np.exp(-logit)))
    return sure


def _margin(words: dict[int, Heard]) -> float:
    """Return by how much a line fits better than a gap, on average over its frames."""
    return float(np.average([word.margin for word in words.values()], weights=_lengths(words)))


def _fit(words: dict[int, Heard]) -> float:
    """Return how well a line fits: 0 no better than a gap, 1 perfectly."""
    room = float(np.average([word.room for word in words.values()], weights=_lengths(words)))
    return _margin(words) / max(room, 1e-3)


def _lengths(words: dict[int, Heard]) -> list[int]:
    return [word.end_frame - word.first_frame for word in words.values()]
