"""Which grid point each syllable falls on: stressed syllables on strong beats, at a speaker's pace."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.generators.score import LineSlot, Score
from storyboard.generators.voice.singer.lyrics import SungWord, Syllable

END_GAP_S = 0.2
"""Silence kept at the end of every slot, so that a cut on the next downbeat never meets a word."""

_STRESSED_S, _UNSTRESSED_S = 0.34, 0.20  # time to the next syllable, as sung words are still understood
_CLAUSE_S = 0.3  # more at a comma
_LAST_S = 0.42  # what the last syllable needs to come to rest
_SHORTEST_S = 0.075  # a syllable that is shorter is not heard as one
_LONGEST_STEP_S = 0.3  # a coarser grid than this would make a line drag
_FILL, _SLOWEST, _FASTEST = 0.72, 1.0, 0.85  # a line fills this share of its slot, within these paces


@dataclass(frozen=True)
class SungSyllable:
    """A syllable on the grid: `beat` counts from the start of the song."""

    syllable: Syllable
    word: int
    beat: float


def place(words: Sequence[SungWord], slot: LineSlot, score: Score) -> tuple[SungSyllable, ...]:
    """Set every syllable of a line on a grid point of its slot, in order, none before its first beat.

    A line too long for the grid is talked evenly; one too long even for that loses syllables, never words.
    """
    usable_s = score.beat_s(slot.n_beats) - END_GAP_S
    syllables = _thinned(words, int((usable_s - 0.1) / _SHORTEST_S))
    targets_s = _targets_s(words, syllables)
    pace = min(max(_FILL * usable_s / sum(targets_s), _FASTEST), _SLOWEST)
    for steps_per_beat in _grids(score):
        steps = _best_steps(syllables, [pace * target for target in targets_s], slot, score, steps_per_beat)
        if steps is not None:
            beats = [step / steps_per_beat for step in steps]
            break
    else:
        last_s = usable_s * (1 - 1 / len(syllables)) if len(syllables) > 1 else 0.0
        spacing_s = last_s / max(1, len(syllables) - 1)
        beats = [index * spacing_s / score.beat_s(1) for index in range(len(syllables))]
    return tuple(
        SungSyllable(syllable, word, slot.first_beat + beat)
        for (word, syllable), beat in zip(syllables, beats, strict=True)
    )


def _thinned(words: Sequence[SungWord], n_most: int) -> list[tuple[int, Syllable]]:
    """Return (word, syllable) of a line, the longest words cut short until at most n_most are left."""
    lengths = [len(word.syllables) for word in words]
    while sum(lengths) > max(n_most, len(words)):
        lengths[lengths.index(max(lengths))] -= 1
    return [
        (index, syllable)
        for index, (word, length) in enumerate(zip(words, lengths, strict=True))
        for syllable in word.syllables[:length]
    ]


def _targets_s(words: Sequence[SungWord], syllables: list[tuple[int, Syllable]]) -> list[float]:
    """Return the wished time from each syllable to the next, and to the end for the last."""
    targets = []
    for position, (word, syllable) in enumerate(syllables):
        target = _STRESSED_S if syllable.stress == 2 else _UNSTRESSED_S
        ends_word = position + 1 == len(syllables) or syllables[position + 1][0] != word
        if ends_word and words[word].ends_clause:
            target += _CLAUSE_S
        targets.append(target)
    targets[-1] = max(targets[-1], _LAST_S)
    return targets


def _grids(score: Score) -> list[int]:
    """Return steps a beat to try, from the score's own subdivision to ever finer ones."""
    steps = score.subdivisions
    while score.beat_s(1) / steps > _LONGEST_STEP_S:
        steps *= 2
    grids = []
    while score.beat_s(1) / steps >= _SHORTEST_S:
        grids.append(steps)
        steps *= 2
    return grids


def _best_steps(
    syllables: list[tuple[int, Syllable]],
    targets_s: list[float],
    slot: LineSlot,
    score: Score,
    steps_per_beat: int,
) -> list[int] | None:
    """Choose the cheapest steps by dynamic programming; None if this grid has too few."""
    step_s = score.beat_s(1) / steps_per_beat
    last_room_s = min(_LAST_S, targets_s[-1])
    n_steps = int((score.beat_s(slot.n_beats) - END_GAP_S - last_room_s) / step_s) + 1
    natural = sum(max(1, round(target / step_s)) for target in targets_s[:-1])
    if n_steps < len(syllables) or (natural * 0.8 > n_steps and step_s > 2 * _SHORTEST_S):
        return None
    weights = [_weight(step, steps_per_beat, score) for step in range(n_steps)]
    start_steps = max(1, score.beats_per_bar * steps_per_beat // 2)
    costs = [
        _start_cost(step * step_s) + _stress_cost(syllables[0][1], weights[step])
        if step < start_steps
        else math.inf
        for step in range(n_steps)
    ]
    came_from: list[list[int]] = []
    for index in range(1, len(syllables)):
        costs, origins = _advance(costs, targets_s[index - 1] / step_s)
        came_from.append(origins)
        costs = [
            cost + _stress_cost(syllables[index][1], weight)
            for cost, weight in zip(costs, weights, strict=True)
        ]
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
        return 0.25 if half else 0.0
    place = beat % score.beats_per_bar
    if place == 0:
        return 1.0
    return 0.85 if 2 * place == score.beats_per_bar else 0.6


def _stress_cost(syllable: Syllable, weight: float) -> float:
    wish = (0.4 * weight, 0.5 * (1 - weight), 1.8 * (1 - weight))
    return wish[syllable.stress]


def _start_cost(late_s: float) -> float:
    return 1.2 * late_s
