"""The search: the likeliest path through all states of all lines, over the whole song at once.

Lines stand in a row, with a gap before, between and after them, and one that may be passed by between
two words. A gap is anything that is not the lyrics: silence, instruments, other singing. A line that is
not sung is stepped over from gap to gap. The path is exact (Viterbi, 1967): nothing is pruned, so
nothing is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.progress import OnFraction
from storyboard.sync.align.acoustics import FIRST, INSIDE, LAST, ONLY, SILENCE, AcousticModel
from storyboard.sync.align.cepstra import Floats
from storyboard.sync.align.pronunciation import VOWELS, Pronunciation

_GAP, _PAUSE = -1, -2  # instead of a senone: between lines, and between the words of one
_VOWEL_STATES = (0, 1, 1, 1, 1, 1, 1, 2)  # a sung vowel lasts 80 ms at least
_STATES = (0, 1, 2)
_UNLIKELY = 6.0  # a gap fits as well as a phone that is this much (log) worse than the likeliest one
_WAITING = 1.0  # for each frame of a pause: a line is sung in one go; the best of 0 to 3 on real songs
_NEVER = np.float32(-1e30)
_SKIP = (
    8.0  # for each phone of a line that is stepped over: of 3 to 30, what tells foreign lines from sung ones
)
_BLOCK = 30_000_000  # frames times states scored at once
_REMEMBERED = 400_000_000  # steps of the way back held at once, one byte each

Ways = list[list[Pronunciation]]
"""The words of a line, each with the ways it may be sung."""


@dataclass(frozen=True)
class Heard:
    """Where a word was found.

    Attributes:
        first_frame: its first frame.
        end_frame: the one after its last.
        margin: by how much (log, by frame) the word fits better than a gap.
        room: by how much the likeliest phones do; the margin of a perfect fit.
        vowel_frame: the first frame of its first vowel; its first frame where there is none.
    """

    first_frame: int
    end_frame: int
    margin: float
    room: float
    vowel_frame: int


@dataclass(frozen=True)
class Path:
    """The state of every frame, how well (log) it fits, and how well a gap would, each (n_frames,)."""

    states: NDArray[np.int64]
    fits: Floats
    gaps: Floats


@dataclass
class Trellis:
    """States in a row; arcs lead to a state from itself, and from those in `before`.

    A state of a word is of (line, word), a gap of (-1, the line that follows).
    """

    senones: list[int] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)  # whether it is of a vowel
    words: list[tuple[int, int]] = field(default_factory=list)
    before: list[list[tuple[int, float]]] = field(default_factory=list)
    finals: list[int] = field(default_factory=list)

    def add(
        self, senone: int, word: tuple[int, int], before: list[tuple[int, float]], opens: bool = False
    ) -> int:
        """Add a state of (line, word), reached by (state, cost); return its number."""
        self.senones.append(senone)
        self.opens.append(opens)
        self.words.append(word)
        self.before.append(before)
        return len(self.senones) - 1


def trellis_of(lines: Sequence[Ways], model: AcousticModel) -> Trellis:
    """Put the lines in a row, every word with all its pronunciations side by side."""
    row = Trellis()
    gap = row.add(_GAP, (-1, 0), [])
    entries = [(gap, 0.0)]
    for number, line in enumerate(lines):
        ends = _add_line(row, number, line, entries, model)
        n_phones = sum(len(ways[0]) for ways in line)
        gap = row.add(_GAP, (-1, number + 1), [*ends, (gap, -_SKIP * n_phones)])
        entries = [*ends, (gap, 0.0)]
    row.finals = [state for state, _ in entries]
    return row


def _add_line(
    row: Trellis, number: int, line: Ways, entries: list[tuple[int, float]], model: AcousticModel
) -> list[tuple[int, float]]:
    """Add the states of a line; return the states in which it may end."""
    for index, ways in enumerate(line):
        left = line[index - 1][0][-1] if index else SILENCE
        right = line[index + 1][0][0] if index + 1 < len(line) else SILENCE
        ends = []
        for way in ways:
            before = entries
            for phone, context in zip(way, _contexts(way, left, right), strict=True):
                senones = model.senones(phone, *context)
                opens = phone in VOWELS
                for state in _VOWEL_STATES if opens else _STATES:
                    before = [(row.add(senones[state], (number, index), before, opens), 0.0)]
            ends += before
        entries = ends
        if index + 1 < len(line):
            entries = [*ends, (row.add(_PAUSE, (-1, -1), ends), 0.0)]
    return entries


def _contexts(way: Pronunciation, left: str, right: str) -> list[tuple[str, str, int]]:
    """Return the neighbours of every phone of a word, and its position."""
    around = [left, *way, right]
    positions = [INSIDE] * len(way)
    positions[0], positions[-1] = (FIRST, LAST) if len(way) > 1 else (ONLY, ONLY)
    return list(zip(around, around[2:], positions, strict=False))


class Fit:
    """How well each state fits each frame, computed where it is asked for."""

    def __init__(
        self,
        row: Trellis,
        sound: tuple[Floats, Floats, Floats],
        windows: Sequence[tuple[int, int]],
        model: AcousticModel,
        timed: Collection[int] = (),
        sung: Floats | None = None,
    ) -> None:
        """Take what the search must know.

        Args:
            row: the lines.
            sound: its three streams.
            windows: the first and end frame in which each line may be sung.
            model: to score the states with.
            timed: the lines that begin where their window does.
            sung: by how much each frame speaks against a gap.
        """
        self.n_frames = len(sound[0])
        self._sound, self._model = sound, model
        senones = np.array(row.senones)
        self._used = np.unique(senones[senones >= 0]).astype(np.int64)
        self._column = np.searchsorted(self._used, senones)
        self._gaps, self._pauses = np.flatnonzero(senones == _GAP), np.flatnonzero(senones == _PAUSE)
        self._due = [
            (state, *windows[row.words[state][1]]) for state in self._gaps if row.words[state][1] in timed
        ]
        self._known: dict[int, tuple[NDArray[np.float16], Floats]] = {}
        self._sung = np.zeros(self.n_frames, np.float32) if sung is None else sung
        spans = np.array([*windows, (0, self.n_frames)])
        self._first, self._end = spans[[line for line, _ in row.words]].T

    def block(self, first: int, end: int) -> tuple[Floats, Floats]:
        """Return scores (frames, states), and what a gap scores (frames,), relative to any phone's best."""
        scores, gap = self._scores(first, end)
        fit = scores[:, np.minimum(self._column, len(self._used) - 1)].astype(np.float32)
        silent = (gap - self._sung[first:end])[:, None]
        fit[:, self._gaps] = silent
        fit[:, self._pauses] = silent - _WAITING
        for state, begins, ends in self._due:
            fit[max(0, begins - first) : max(0, ends - first), state] -= _WAITING
        frames = np.arange(first, end)[:, None]
        fit[(frames < self._first) | (frames >= self._end)] = _NEVER
        return fit, gap

    def _scores(self, first: int, end: int) -> tuple[NDArray[np.float16], Floats]:
        """Return the scores of the senones used; remembered where that takes little memory."""
        if first in self._known:
            return self._known[first]
        levels, slope, bend = (stream[first:end] for stream in self._sound)
        plain = self._model.plain_senones
        asked = np.union1d(plain, self._used)
        scores = self._model.scores((levels, slope, bend), asked)
        likeliest, unspoken = self._model.background(scores[:, np.searchsorted(asked, plain)])
        used = scores[:, np.searchsorted(asked, self._used)] - likeliest[:, None]
        made = used.astype(np.float16), np.maximum(unspoken - likeliest, -_UNLIKELY)
        if self.n_frames * len(self._used) <= _REMEMBERED // 2:
            self._known[first] = made
        return made


def best_path(row: Trellis, fit: Fit, on_fraction: OnFraction) -> Path:
    """Return the likeliest path through all frames."""
    arcs = _Arcs(row)
    block = max(100, _BLOCK // len(row.senones))
    edges = [*range(0, fit.n_frames, block), fit.n_frames]
    spans = list(pairwise(edges))
    values = np.full(len(row.senones), _NEVER)
    values[0] = 0.0
    entered, steps = [], []
    remembers = fit.n_frames * len(row.senones) <= _REMEMBERED
    for number, (first, end) in enumerate(spans):
        entered.append(values)
        values, back = arcs.forward(values, fit.block(first, end)[0])
        steps.append(back if remembers else None)
        on_fraction(0.9 * (number + 1) / len(spans))
    state = max(row.finals, key=lambda final: float(values[final]))
    path = Path(
        np.zeros(fit.n_frames, np.int64),
        np.zeros(fit.n_frames, np.float32),
        np.zeros(fit.n_frames, np.float32),
    )
    for (first, end), start, kept in zip(spans[::-1], entered[::-1], steps[::-1], strict=True):
        scores, gap = fit.block(first, end)
        back = arcs.forward(start, scores)[1] if kept is None else kept
        for frame in range(end - first - 1, -1, -1):
            path.states[first + frame] = state
            path.fits[first + frame] = scores[frame, state]
            state = arcs.step_back(state, int(back[frame, state]))
        path.gaps[first:end] = gap
    on_fraction(1.0)
    return path


def heard_on(path: Path, row: Trellis) -> dict[int, dict[int, Heard]]:
    """Return, by line and word, where each on a path was heard; stepped-over lines are missing."""
    lines, words = np.array(row.words)[path.states].T
    sounds_open = np.array(row.opens)[path.states]
    changes = np.flatnonzero((np.diff(lines) != 0) | (np.diff(words) != 0)) + 1
    heard: dict[int, dict[int, Heard]] = {}
    for first, end in pairwise([0, *changes.tolist(), len(lines)]):
        if lines[first] < 0:
            continue
        within = slice(first, end)
        opened = np.flatnonzero(sounds_open[within])
        heard.setdefault(int(lines[first]), {})[int(words[first])] = Heard(
            first,
            end,
            float(np.mean(path.fits[within] - path.gaps[within])),
            -float(np.mean(path.gaps[within])),
            first + int(opened[0]) if len(opened) else first,
        )
    return heard


class _Arcs:
    """The arcs of a trellis as arrays: the one way into most states, the several into the others."""

    def __init__(self, row: Trellis) -> None:
        width = max(len(before) for before in row.before)
        self._from = np.zeros((len(row.before), max(1, width)), np.int64)
        costs = np.full(self._from.shape, _NEVER)
        for state, before in enumerate(row.before):
            for way, (source, cost) in enumerate(before):
                self._from[state, way], costs[state, way] = source, cost
        n_ways = np.array([len(before) for before in row.before])
        self._single = self._from[:, 0]
        self._first_cost = costs[:, 0]
        self._many = np.flatnonzero(n_ways > 1)
        self._many_from, self._many_costs = self._from[self._many], costs[self._many]

    def forward(self, values: Floats, fit: Floats) -> tuple[Floats, NDArray[np.uint8]]:
        """Advance over the frames of `fit`; return the values, and for each step 0 (stayed) or the way in."""
        back = np.zeros(fit.shape, np.uint8)
        rows = np.arange(len(self._many))
        ways = np.ones(len(values), np.uint8)
        for frame, scores in enumerate(fit):
            moved = values[self._single] + self._first_cost
            several = values[self._many_from] + self._many_costs
            best = several.argmax(axis=1)
            moved[self._many] = several[rows, best]
            ways[self._many] = best + 1
            back[frame] = np.where(moved > values, ways, 0)
            values = np.maximum(moved, values) + scores
            np.maximum(values, _NEVER, out=values)
        return values, back

    def step_back(self, state: int, way: int) -> int:
        """Return the state before."""
        return int(self._from[state, way - 1]) if way else state
