"""The likeliest path of known lines through what an acoustic model hears: Viterbi over its letters.

The model is one of connectionist temporal classification (Graves et al., 2006): at each frame it gives
the probability of every letter and of a blank; between two letters there may be blanks, and between two
equal ones there must be. Lines stand in a row with a gap before, between and after them; a line that is
not sung is stepped over from gap to gap. The path is exact: nothing is pruned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.align.model.vocabulary import STAR

Floats = NDArray[np.float32]
Spelling = list[list[int]]
"""The words of a line, each with its letters."""

GAP, PAUSE, REST, ANY = -4, -3, -2, -1
"""The columns after those of the letters: between lines, between words, between letters, and STAR."""
SKIP = 5.0
"""For each letter of a line that is stepped over; of 4 to 9, what tells lines that are not sung best."""
UNLIKELY = 3.0
"""A gap fits as well as a letter that is this much (log) worse than the likeliest one."""
WAITING = 0.05
"""For each frame of a line without a letter: a line is sung in one go."""
_NEVER = np.float32(-1e30)
_BLOCK = 512  # frames whose steps back are held at once


@dataclass
class Row:
    """States in a row, a letter on every odd place; each is reached from itself and the one before.

    Attributes:
        columns: by state, of the scores.
        places: by state, (line, word), or (-1, -1) of a gap or pause.
        gaps: the states that are gaps: before the first line and after each.
        costs: what stepping over each line costs.
    """

    columns: list[int] = field(default_factory=lambda: [GAP])
    places: list[tuple[int, int]] = field(default_factory=lambda: [(-1, -1)])
    gaps: list[int] = field(default_factory=lambda: [0])
    costs: list[float] = field(default_factory=list)


def row_of(lines: Sequence[Spelling]) -> Row:
    """Put lines in a row; words without letters are left out, and no line may be without any."""
    row = Row()
    for number, line in enumerate(lines):
        n_letters = 0
        for index, word in enumerate(line):
            for place, letter in enumerate(word):
                if n_letters:
                    row.columns.append(REST if place else PAUSE)
                    row.places.append((number, index) if place else (-1, -1))
                row.columns.append(ANY if letter == STAR else letter)
                row.places.append((number, index))
                n_letters += 1
        row.columns.append(GAP)
        row.places.append((-1, -1))
        row.gaps.append(len(row.columns) - 1)
        row.costs.append(SKIP * n_letters)
    return row


def scores_of(emissions: Floats, blank: int, delimiter: int | None) -> Floats:
    """Return emissions (n_frames, n_letters), log, relative to the likeliest, with the four more."""
    fits = emissions - emissions.max(axis=1, keepdims=True)
    rest = fits[:, blank]
    gap = np.maximum(rest, -UNLIKELY)
    pause = gap if delimiter is None else np.maximum(gap, fits[:, delimiter])
    extra = [gap, pause - WAITING, rest - WAITING, np.full_like(rest, -WAITING)]
    return np.concatenate([fits, np.stack(extra, axis=1)], axis=1).astype(np.float32)


def margins_of(scores: Floats, columns: NDArray[np.int64]) -> Floats:
    """Return by how much (log) each frame fits its column of a path better than it fits a gap."""
    waits = np.isin(columns, (PAUSE, REST, ANY)) * np.float32(WAITING)
    fits = scores[np.arange(len(scores)), columns]
    return np.asarray(fits + waits - scores[:, GAP], np.float32)


def best_path(scores: Floats, row: Row, windows: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Return the state of every frame on the likeliest path.

    Args:
        scores: (n_frames, n_columns).
        row: the states.
        windows: by line, the first frame in which it may be sung and the one after the last.
    """
    steps = _Steps(row)
    masked = _Windowed(scores, row, windows)
    values = np.full(len(row.columns), _NEVER, np.float32)
    values[0] = 0.0
    entered = []
    for first in range(0, len(scores), _BLOCK):
        entered.append(values)
        values, _ = steps.forward(values, masked.block(first))
    path = np.empty(len(scores), np.int64)
    state = _last_state(values, row)
    for first, start in zip(range(0, len(scores), _BLOCK)[::-1], entered[::-1], strict=True):
        back = steps.forward(start, masked.block(first))[1]
        for frame in range(len(back) - 1, -1, -1):
            path[first + frame] = state
            state = steps.step_back(state, int(back[frame, state]))
    return path


def _last_state(values: Floats, row: Row) -> int:
    """Return the better of the last gap and the last letter."""
    last = row.gaps[-1]
    return last - 1 if last and values[last - 1] > values[last] else last


class _Windowed:
    """The scores of all states, never outside the window of their line."""

    def __init__(self, scores: Floats, row: Row, windows: Sequence[tuple[int, int]]) -> None:
        self._scores = scores
        self._columns = np.array(row.columns) % scores.shape[1]
        spans = np.array([(0, len(scores)), *windows])
        line = np.zeros(len(row.columns), np.int64)
        for number, (gap, following) in enumerate(zip(row.gaps, row.gaps[1:], strict=False)):
            line[gap + 1 : following] = number + 1
        self._first, self._end = spans[line].T

    def block(self, first: int) -> Floats:
        """Return (frames, states) from a frame on."""
        fits = self._scores[first : first + _BLOCK, self._columns]
        frames = np.arange(first, first + len(fits))[:, None]
        fits[(frames < self._first) | (frames >= self._end)] = _NEVER
        return fits


class _Steps:
    """The steps of a row: 0 to stay, 1 from the state before, 2 from the letter before, 3 over a line."""

    def __init__(self, row: Row) -> None:
        columns = np.array(row.columns)
        self._leap = np.full(len(columns), _NEVER, np.float32)
        is_letter = (columns >= 0) | (columns == ANY)
        self._leap[2:][is_letter[2:] & is_letter[:-2] & (columns[2:] != columns[:-2])] = 0.0
        self._from, self._to = np.array(row.gaps[:-1], np.int64), np.array(row.gaps[1:], np.int64)
        self._costs = np.array(row.costs, np.float32)
        self._before = dict(zip(row.gaps[1:], row.gaps, strict=False))

    def forward(self, values: Floats, fits: Floats) -> tuple[Floats, NDArray[np.uint8]]:
        """Advance over the frames of `fits`; return the values, and the step into each state and frame."""
        back = np.zeros(fits.shape, np.uint8)
        near, far = np.full_like(values, _NEVER), np.full_like(values, _NEVER)
        for frame, fit in enumerate(fits):
            step = back[frame]
            near[1:] = values[:-1]
            far[2:] = values[:-2] + self._leap[2:]
            over = values[self._from] - self._costs
            np.copyto(step, 1, where=near > values)
            best = np.maximum(near, values)
            np.copyto(step, 2, where=far > best)
            np.maximum(best, far, out=best)
            stepped = over > best[self._to]
            step[self._to[stepped]] = 3
            best[self._to[stepped]] = over[stepped]
            values = best + fit
        return values, back

    def step_back(self, state: int, step: int) -> int:
        """Return the state before."""
        return self._before[state] if step == 3 else state - step
