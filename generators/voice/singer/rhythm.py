"""Which grid point each syllable falls on: at a speaker's pace, stressed syllables on strong points.

What keeps sung words understood is that every sound keeps its share of the time, so the rhythm starts
from how long the line takes when spoken, and moves its syllables to the nearest points of a grid about
as fine as speech itself (sixteenths at middle tempi).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.generators.score import LineSlot, Score
from storyboard.generators.voice.singer.breathing import breaths_of
from storyboard.generators.voice.singer.lyrics import SungWord, Syllable

END_GAP_S = 0.2
"""Silence kept at the end of every slot, so that a cut on the next downbeat never meets a word."""

_CLAUSE_S = 0.28  # more than spoken at a comma: a breath
_LAST_S = 0.42  # what the last syllable needs to come to rest
_FINEST_S, _COARSEST_S = 0.095, 0.19  # steps that speech still fits on: a spoken syllable takes 0.2 s
_SHORTEST_S = 0.075  # a syllable that is shorter is not heard as one
_FILL, _SLOWEST, _FASTEST = 0.75, 1.2, 0.97  # a line fills this share of its slot, within these paces


@dataclass(frozen=True)
class LineSyllable:
    """A syllable of a line: which word it belongs to, and whether the singer breathes after it."""

    syllable: Syllable
    word: int
    breathes: bool


@dataclass(frozen=True)
class SungSyllable:
    """A syllable on the grid: `beat` counts from the start of the song."""

    syllable: Syllable
    word: int
    beat: float


def syllables_for(words: Sequence[SungWord], slot: LineSlot, score: Score) -> list[LineSyllable]:
    """Return a line's syllables; one too long for its slot loses syllables, never words."""
    usable_s = _usable_s(slot, score)
    n_most = int((usable_s - 0.1) / _SHORTEST_S)
    lengths = [len(word.syllables) for word in words]
    while sum(lengths) > max(n_most, len(words)):
        lengths[lengths.index(max(lengths))] -= 1
    return [
        LineSyllable(syllable, index, breathes and number + 1 == length)
        for index, (word, length, breathes) in enumerate(
            zip(words, lengths, breaths_of(words, usable_s), strict=True)
        )
        for number, syllable in enumerate(word.syllables[:length])
    ]


def place(
    syllables: Sequence[LineSyllable], spoken_s: Sequence[float], slot: LineSlot, score: Score
) -> tuple[SungSyllable, ...]:
    """Set every syllable of a line on a grid point of its slot, in order, none before its first beat.

    A line too long for the grid is talked evenly.

    Args:
        syllables: the line.
        spoken_s: how long each takes when the line is spoken, up to the next one, in seconds.
        slot: where the line is sung.
        score: the grid.
    """
    targets_s = _targets_s(syllables, spoken_s, _usable_s(slot, score), score.beat_s(slot.n_beats) / 2)
    for steps_per_beat in _grids(score):
        steps = _best_steps(syllables, targets_s, slot, score, steps_per_beat)
        if steps is not None:
            beats = [step / steps_per_beat for step in steps]
            break
    else:
        usable_s = _usable_s(slot, score)
        last_s = usable_s * (1 - 1 / len(syllables)) if len(syllables) > 1 else 0.0
        spacing_s = last_s / max(1, len(syllables) - 1)
        beats = [index * spacing_s / score.beat_s(1) for index in range(len(syllables))]
    return tuple(
        SungSyllable(one.syllable, one.word, slot.first_beat + beat)
        for one, beat in zip(syllables, beats, strict=True)
    )


def _targets_s(
    syllables: Sequence[LineSyllable], spoken_s: Sequence[float], usable_s: float, middle_s: float
) -> list[float]:
    """Return the wished time from each syllable to the next, and to the end for the last."""
    pause_s = sum(_CLAUSE_S for one in syllables if one.breathes)
    pace = min(max((_FILL * usable_s - pause_s) / sum(spoken_s), _FASTEST), _SLOWEST)
    targets_s = [pace * length for length in spoken_s]
    breaths = [index for index, one in enumerate(syllables) if one.breathes]
    for index in breaths:
        targets_s[index] += _CLAUSE_S
    if len(breaths) == 1:
        # The second half's first stress comes with the middle of the slot, if there is room for both.
        (breath,) = breaths
        pickup_s = sum(targets_s[breath + 1 : _first_stress(syllables, breath + 1)])
        wait_s = middle_s - pickup_s - sum(targets_s[: breath + 1])
        over_s = sum(targets_s) + wait_s - usable_s
        targets_s[breath] += max(0.0, wait_s) if over_s <= 0 else 0.0
    return targets_s


def _first_stress(syllables: Sequence[LineSyllable], first: int) -> int:
    stressed = (i for i in range(first, len(syllables)) if syllables[i].syllable.stress == 2)
    return next(stressed, first)


def steps_per_beat_of(score: Score) -> int:
    """Return how many grid points a beat has: sixteenths at middle tempi, so that speech fits."""
    steps = 2 * score.subdivisions
    while score.beat_s(1) / steps > _COARSEST_S:
        steps *= 2
    while score.beat_s(1) / steps < _FINEST_S and steps % 2 == 0:
        steps //= 2
    return steps


def _usable_s(slot: LineSlot, score: Score) -> float:
    return score.beat_s(slot.n_beats) - END_GAP_S


def _grids(score: Score) -> list[int]:
    """Return steps a beat to try, from the song's own to ever finer ones."""
    steps = steps_per_beat_of(score)
    finer = itertools.takewhile(
        lambda count: score.beat_s(1) / count >= _SHORTEST_S, (steps * 2**power for power in range(1, 5))
    )
    return [steps, *finer]


def _best_steps(
    syllables: Sequence[LineSyllable],
    targets_s: Sequence[float],
    slot: LineSlot,
    score: Score,
    steps_per_beat: int,
) -> list[int] | None:
    """Choose the cheapest steps by dynamic programming; None if this grid has too few."""
    step_s = score.beat_s(1) / steps_per_beat
    last_room_s = min(_LAST_S, max(targets_s[-1], _FINEST_S))
    n_steps = int((_usable_s(slot, score) - last_room_s) / step_s) + 1
    natural = sum(max(1, round(target / step_s)) for target in targets_s[:-1])
    if n_steps < len(syllables) or (natural * 0.8 > n_steps and step_s > 2 * _SHORTEST_S):
        return None
    weights = [_weight(step, steps_per_beat, score) for step in range(n_steps)]
    start_steps = max(1, score.beats_per_bar * steps_per_beat // 2)
    stresses = [one.syllable.stress for one in syllables]
    costs = [
        _start_cost(step * step_s) + _stress_cost(stresses[0], weights[step])
        if step < start_steps
        else math.inf
        for step in range(n_steps)
    ]
    came_from: list[list[int]] = []
    for stress, target_s in zip(stresses[1:], targets_s, strict=False):
        costs, origins = _advance(costs, target_s / step_s)
        came_from.append(origins)
        costs = [cost + _stress_cost(stress, weight) for cost, weight in zip(costs, weights, strict=True)]
    step = min(range(n_steps), key=costs.__getitem__)
    if math.isinf(costs[step]):
        return None
    steps = [step]
    for origins in reversed(came_from):
        steps.append(origins[steps[-1]])
    return steps[::-1]


def _advance(costs: list[float], target_steps: float) -> tuple[list[float], list[int]]:
    """Return the cheapest way to every step from an earlier one, and which one that was."""
    reach = max(3, math.ceil(3 * target_steps))
    lengths = [4.0 * math.log(length / target_steps) ** 2 for length in range(1, reach + 1)]
    best, origins = [math.inf] * len(costs), [0] * len(costs)
    for step in range(1, len(costs)):
        for length in range(1, min(reach, step) + 1):
            cost = costs[step - length] + lengths[length - 1]
            if cost < best[step]:
                best[step], origins[step] = cost, step - length
    return best, origins


def _weight(step: int, steps_per_beat: int, score: Score) -> float:
    """Return how strong a grid point is in its bar, from 0 to 1."""
    beat, within = divmod(step, steps_per_beat)
    if within:
        half = 2 * within == steps_per_beat or 3 * within % steps_per_beat == 0
        return 0.5 if half else 0.0
    place = beat % score.beats_per_bar
    if place == 0:
        return 1.0
    return 0.9 if 2 * place == score.beats_per_bar else 0.8


def _stress_cost(stress: int, weight: float) -> float:
    wish = (0.1 * weight, 0.1 * (1 - weight), 0.8 * (1 - weight))
    return wish[stress]


def _start_cost(late_s: float) -> float:
    return 1.2 * late_s
