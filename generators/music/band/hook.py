"""The lead: a hook where nobody sings, and a short answer where a line leaves room for one."""

from __future__ import annotations

import math
import random

from storyboard.generators.harmony import Chord
from storyboard.generators.music.band.arrangement import Arrangement, Bar, Note
from storyboard.generators.music.band.figures import HOOKS
from storyboard.generators.music.band.patterns import Step, steps_of
from storyboard.generators.music.band.styles import INSTRUMENTS
from storyboard.generators.music.band.voicing import nearest

_FASTEST_S = 0.1
_ANSWER_S = 0.8  # a gap shorter than this stays empty
_BREATH_S = 0.1


def play(arrangement: Arrangement, instrument: str, rng: random.Random) -> list[Note]:
    """Return the melody of the lead; it is silent while a line is sung."""
    centre = INSTRUMENTS[instrument].centre
    cells = HOOKS[arrangement.style.hooks][arrangement.metre]
    hook = _Hook(cells[rng.randrange(len(cells))], rng)
    other = _Hook(cells[rng.randrange(len(cells))], rng)
    notes: list[Note] = []
    for bar in arrangement.bars:
        chosen = other if bar.kind == "solo" and bar.position // 2 % 2 else hook
        if not _carries_line(arrangement, bar):
            notes += _bar(arrangement, bar, chosen, centre)
    notes = sorted([*notes, *_answers(arrangement, hook, centre)], key=lambda note: note.beat)
    if notes and notes[-1].beat >= arrangement.final_beat - 2 * arrangement.score.beats_per_bar:
        key = nearest(arrangement.final.root, notes[-1].key)
        rings = arrangement.score.n_beats - arrangement.final_beat
        notes.append(Note(arrangement.final_beat, rings * 0.8, key, 84, tight=True))
    return notes


class _Hook:
    """A rhythm and the shape of a melody; chords decide its notes."""

    def __init__(self, pattern: str, rng: random.Random) -> None:
        self.steps, self.length = steps_of(pattern)
        self.shape: list[int] = []
        height = rng.choice((0, 3, 5))
        for step in self.steps:
            self.shape.append(height)
            # A note that leads on does so by a step: two leaps in a row are hard to sing along with.
            moves = (-1, 1) if step.symbol == "p" else (-4, -3, -2, 2, 3, 4, 5)
            height = max(-6, min(10, height + rng.choice(moves)))

    def note(self, place: int) -> tuple[Step, int]:
        return self.steps[place], self.shape[place]


def _bar(arrangement: Arrangement, bar: Bar, hook: _Hook, centre: int) -> list[Note]:
    per_bar = arrangement.score.beats_per_bar
    start = bar.position * per_bar % hook.length
    notes: list[Note] = []
    for place in range(len(hook.steps)):
        step, height = hook.note(place)
        beat = step.beat - start
        if not 0 <= beat < per_bar:
            continue
        n_beats = min(step.n_beats, per_bar - beat)
        too_fast = n_beats * arrangement.beat_s < _FASTEST_S
        if too_fast or arrangement.is_sung(bar.first_beat + beat, n_beats):
            continue
        loud = 104 if step.symbol == "N" else 92
        before = notes[-1].key if notes else centre + height
        chord = bar.turn if bar.turn and beat >= arrangement.turn_beat else bar.chord
        key = _key(arrangement, chord, step.symbol, centre + height, before)
        notes.append(Note(bar.first_beat + beat, n_beats * 0.95, key, loud, tight=beat == 0))
    return notes


def _key(arrangement: Arrangement, chord: Chord, symbol: str, wanted: int, before: int) -> int:
    if symbol in "nN":
        return min((nearest(pitch, wanted) for pitch in chord.pitches), key=lambda key: abs(key - wanted))
    side = 1 if wanted >= before else -1
    return next(
        key for key in (before + side, before + 2 * side, before + 3 * side) if key % 12 in arrangement.scale
    )


def _carries_line(arrangement: Arrangement, bar: Bar) -> bool:
    return any(
        line.first_beat <= bar.first_beat < line.first_beat + line.n_beats for line in arrangement.score.lines
    )


def _answers(arrangement: Arrangement, hook: _Hook, centre: int) -> list[Note]:
    """Return a few soft notes of the hook's shape after every second line, where there is room."""
    notes: list[Note] = []
    step = _step(arrangement)
    pairs = zip(arrangement.score.lines, arrangement.sung, strict=True)
    for place, (line, (_, sung_until)) in enumerate(pairs):
        last = line.first_beat + line.n_beats
        first = math.ceil((sung_until + _BREATH_S / arrangement.beat_s) / step) * step
        bar = arrangement.bars[min(int(first // arrangement.score.beats_per_bar), len(arrangement.bars) - 1)]
        if line.ref[1] % 2 == 0 or (last - first) * arrangement.beat_s < _ANSWER_S or bar.energy < 0.4:
            continue
        n_notes = min(4, int((last - 0.5 - first) / step))
        heights = [hook.shape[(place + number) % len(hook.shape)] for number in range(n_notes)]
        for number, height in enumerate(heights):
            beat = first + number * step
            if not arrangement.is_sung(beat, step):
                key = _key(arrangement, bar.chord, "n", centre + height, centre)
                if number and key == notes[-1].key:
                    key = _key(arrangement, bar.chord, "n", centre + height + 4, centre)
                notes.append(Note(beat, step * (0.9 if number < n_notes - 1 else 1.0), key, 76))
    return notes


def _step(arrangement: Arrangement) -> float:
    """Return an eighth in beats, or a beat where eighths would rush."""
    eighth = 1 / arrangement.score.subdivisions
    return eighth if eighth * arrangement.beat_s > 0.16 else 1.0
