"""Which of the lines that were found are really sung, and how sure each of their words is.

Lyrics of another song find a place too, and the model comes to like them, but never as much as the right
ones; and once it has learnt the voice they move, while what is right stays where it was. Two logistic
regressions weigh that. benchmarks/fit_alignment.py fitted them, on whole songs, on excerpts with lines too
many or missing, and on the lyrics of other songs. Judged by a fit without their song, 360 of 364 right
lines are kept and 20 of 340 foreign ones, and words are as often right as is said, within 0.01 on average.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from storyboard.sync.align.cepstra import FRAME_S
from storyboard.sync.align.search import Found, Searched
from storyboard.sync.align.trellis import Heard

LIKELIEST_PHONE = 10.0
"""Usual length of a sung phone, in frames."""
SUNG = 0.2
"""A line that is less likely sung than this is left out."""
_COUNTED = 60  # frames
_LEAST_ROOM = 0.5
_SUREST = 2.0  # logit: beyond, how likely a line is sung tells nothing of its words

LINE_WEIGHTS: tuple[float, ...] = (-11.05, 8.2, 2.05, 12.87)
"""Constant, then as `line_features`."""
WORD_WEIGHTS: tuple[float, ...] = (0.17, 0.99, -0.64, -1.84, 1.79)
"""Constant, then as `word_features`."""


@dataclass(frozen=True)
class Evidence:
    """What was found, and what it is judged by.

    Attributes:
        searched: what was found first and last.
        n_phones: by line and word, for all lines that were sought.
        timed: lines that are sung because somebody said when.
    """

    searched: Searched
    n_phones: Sequence[Sequence[int]]
    timed: Collection[int] = ()

    @property
    def free(self) -> Found:
        """The lines that were found and may not be sung."""
        return {line: words for line, words in self.searched.last.items() if line not in self.timed}


def sung_lines(evidence: Evidence) -> dict[int, float]:
    """Return how likely each line that was found is really sung, 0 to 1; 1 for the `timed` ones."""
    likely = dict.fromkeys(evidence.searched.last, 1.0)
    for line, features in line_features(evidence).items():
        likely[line] = _logistic(LINE_WEIGHTS, features)
    return likely


def confidences(evidence: Evidence, likely: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """Return how likely each (line, word) that was found is within 0.3 s of the truth."""
    return {
        place: _logistic(WORD_WEIGHTS, features)
        for place, features in word_features(evidence, likely).items()
    }


def line_features(evidence: Evidence) -> dict[int, list[float]]:
    """Return what tells whether a line is sung: how well it fits, all lines fit, and their weaker words do.

    A fit is the margin over a gap as a share of what the likeliest phones would have.
    """
    free = evidence.free
    if not free:
        return {}
    whole = _fit([word for words in free.values() for word in words.values()])
    weak = float(np.mean([np.percentile([_fit([w]) for w in words.values()], 25) for words in free.values()]))
    return {line: [_fit(list(words.values())), whole, weak] for line, words in free.items()}


def word_features(evidence: Evidence, likely: Mapping[int, float]) -> dict[tuple[int, int], list[float]]:
    """Return what tells whether a word is within 0.3 s of the truth.

    How well it fits, how odd its length is, how far (s) it moved while the model learnt the voice, and
    how likely (logit) its line is sung; with more than that, songs left out were judged worse.
    """
    made = {}
    for line, words in evidence.searched.last.items():
        sure = float(np.clip(likely[line], 1e-3, 1 - 1e-3))
        logit = float(np.clip(np.log(sure / (1 - sure)), -_SUREST, _SUREST))
        for word, heard in words.items():
            strange = min(2.0, _strange(heard, evidence.n_phones[line][word]))
            made[line, word] = [_fit([heard]), strange, min(1.0, _moved_s(evidence, line, word)), logit]
    return made


def _moved_s(evidence: Evidence, line: int, word: int) -> float:
    """Return how far a word moved between the first search and the last; without end if it came late."""
    before = evidence.searched.first.get(line, {}).get(word)
    if before is None:
        return float("inf")
    return abs(evidence.searched.last[line][word].first_frame - before.first_frame) * FRAME_S


def _logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    logit = weights[0] + sum(w * f for w, f in zip(weights[1:], features, strict=True))
    return 1 / (1 + float(np.exp(-np.clip(logit, -30, 30))))


def _strange(heard: Heard, n_phones: int) -> float:
    """Return how far (log) the phones of a word are from their usual length."""
    return abs(float(np.log((heard.end_frame - heard.first_frame) / n_phones / LIKELIEST_PHONE)))


def _fit(words: Sequence[Heard]) -> float:
    """Return how well words fit, from -1 over 0 (as a gap) and 1 (as the likeliest phones) to 1.2.

    Frames are averaged, but no word counts for more than 0.6 s.
    """
    lengths = [min(_COUNTED, word.end_frame - word.first_frame) for word in words]
    margin = np.average([word.margin for word in words], weights=lengths)
    room = np.average([word.room for word in words], weights=lengths)
    return float(np.clip(margin / max(room, _LEAST_ROOM), -1, 1.2))
