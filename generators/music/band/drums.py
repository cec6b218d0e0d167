"""The drummer: grooves by section, fills into the next one, a crash where it begins, a last hit."""

from __future__ import annotations

import random

from storyboard.generators.music.band.arrangement import FULL, Arrangement, Bar, Note
from storyboard.generators.music.band.grooves import (
    BUILDS,
    DRUM_KEYS,
    DRUM_VELOCITIES,
    FILLS,
    GROOVES,
    Groove,
)
from storyboard.generators.music.band.patterns import steps_of

_TIMEKEEPERS = ("hat", "shaker", "ride", "maracas", "pedal", "clave", "triangle")
_DROPPED_IN_FILLS = ("hat", "open", "ride", "rim", "snare", "clap", "shaker",
                     "conga", "low conga", "mute conga")  # fmt: skip
_DROPPED_IN_BUILDS = (*_DROPPED_IN_FILLS, "kick")
_BUILD_RISE = 0.15  # of energy, from which on a build is worth its bar
_FASTEST_S = 0.075  # steps nearer than this are thinned out
_RING_S = 2.5
_SHORT_S = {"hat": 0.3, "pedal": 0.3, "open": 0.35}


def play(arrangement: Arrangement, rng: random.Random) -> dict[str, list[Note]]:
    """Return the notes of each drum by its lane's name."""
    lanes: dict[str, list[Note]] = {}
    for bar in arrangement.bars:
        hits = _bar(arrangement, bar, rng)
        for lane, notes in hits.items():
            lanes.setdefault(lane, []).extend(notes)
    loud = arrangement.final_velocity
    for lane, velocity in (("kick", loud), ("crash", loud - 4), ("crash2", loud - 10)):
        lanes.setdefault(lane, []).append(
            _hit(arrangement, lane, arrangement.final_beat, velocity, tight=True)
        )
    return lanes


def _bar(arrangement: Arrangement, bar: Bar, rng: random.Random) -> dict[str, list[Note]]:
    per_bar = arrangement.score.beats_per_bar
    builds = _builds(arrangement, bar)
    fill_beats = per_bar if builds else _fill_beats(arrangement, bar, rng)
    fill_from = bar.first_beat + per_bar - fill_beats
    hits: dict[str, list[Note]] = {}
    for lane, pattern in _groove(arrangement, bar).items():
        kept = _in_bar(arrangement, bar, lane, pattern)
        if fill_beats and lane in (_DROPPED_IN_BUILDS if builds else _DROPPED_IN_FILLS):
            kept = [note for note in kept if note.beat < fill_from - 0.01]
        hits[lane] = kept
    if fill_beats:
        fills = FILLS[arrangement.style.fills]
        fill = BUILDS[arrangement.style.build] if builds else fills[rng.randrange(len(fills))]
        for lane, notes in _fill(arrangement, fill, fill_from, fill_beats).items():
            hits[lane] = hits.get(lane, []) + notes
    for lane, velocity in _crashes(bar):
        hits[lane] = [_hit(arrangement, lane, bar.first_beat, velocity, tight=True)]
    return hits


def _groove(arrangement: Arrangement, bar: Bar) -> Groove:
    style = arrangement.style
    groove = GROOVES[style.full if bar.is_full else style.light][arrangement.metre]
    if bar.energy < 0.34:
        return {lane: pattern for lane, pattern in groove.items() if lane in _TIMEKEEPERS}
    if bar.kind in ("break", "bridge") and bar.energy < 0.45:
        return {lane: pattern for lane, pattern in groove.items() if lane in (*_TIMEKEEPERS, "kick")}
    return groove


def _in_bar(arrangement: Arrangement, bar: Bar, lane: str, pattern: str) -> list[Note]:
    """Return a lane's hits in one bar; far from the style's tempo, in half or double time."""
    rate = _rate(arrangement)
    steps, length = steps_of(pattern)
    per_bar = arrangement.score.beats_per_bar
    start = (bar.position * per_bar * rate) % length
    notes = []
    for turn in range(3):
        for step in steps:
            beat = (step.beat + turn * length - start) / rate
            if not -0.001 <= beat < per_bar - 0.001 or _too_fast(arrangement, step.n_beats / rate, beat):
                continue
            velocity = DRUM_VELOCITIES[step.symbol] * (0.8 + 0.2 * bar.energy)
            on_beat = abs(beat - round(beat)) < 0.01
            notes.append(_hit(arrangement, lane, bar.first_beat + beat, velocity, tight=on_beat))
    return notes


def _rate(arrangement: Arrangement) -> float:
    if arrangement.metre != "4/4":
        return 1.0
    slowest, fastest = arrangement.style.tempos_bpm
    tempo_bpm = arrangement.score.tempo_bpm
    return 2.0 if tempo_bpm < slowest else 0.5 if tempo_bpm > fastest else 1.0


def _too_fast(arrangement: Arrangement, n_beats: float, beat: float) -> bool:
    on_half = abs(beat * 2 - round(beat * 2)) < 0.01
    return n_beats * arrangement.beat_s < _FASTEST_S and not on_half


def _fill_beats(arrangement: Arrangement, bar: Bar, rng: random.Random) -> int:
    """Return for how many beats a fill is played at the end of a bar, if at all."""
    if bar.energy < 0.34 and bar.next_energy < 0.6:
        return 0
    if bar.closes:
        return 2 if abs(bar.next_energy - bar.energy) > 0.1 or bar.is_full else 1
    wants = bar.is_full and bar.position % 4 == 3 and bar.n_bars - bar.position > 2
    return 1 if wants and rng.random() < 0.5 else 0


def _builds(arrangement: Arrangement, bar: Bar) -> bool:
    """Return whether this bar is given to a build: the last before something much bigger."""
    rises = bar.next_energy - bar.energy >= _BUILD_RISE and bar.energy >= 0.34
    return (
        bool(arrangement.style.build) and bar.closes and bar.n_bars >= 2 and rises and bar.next_energy >= FULL
    )


def _fill(arrangement: Arrangement, fill: Groove, first_beat: float, n_beats: int) -> dict[str, list[Note]]:
    """Play the last beats of a fill, growing louder; in 6/8 its steps move to the nearest eighths."""
    hits: dict[str, list[Note]] = {}
    for lane, pattern in fill.items():
        steps, length = steps_of(pattern)
        for step in steps:
            beat = step.beat - (length - n_beats)
            if arrangement.score.subdivisions == 3:
                beat = round(beat * 6) / 6
            if not -0.001 < beat < n_beats - 0.001 or _too_fast(arrangement, step.n_beats, beat):
                continue
            velocity = DRUM_VELOCITIES[step.symbol] * (0.82 + 0.18 * beat / n_beats)
            tight = abs(beat - round(beat)) < 0.01
            hits.setdefault(lane, []).append(_hit(arrangement, lane, first_beat + beat, velocity, tight))
    return hits


def _crashes(bar: Bar) -> list[tuple[str, float]]:
    if not bar.opens or (bar.index == 0 and not bar.is_full):
        return []
    if bar.energy >= 0.9:
        return [("crash", 112.0), ("crash2", 96.0)]
    return [("crash", 104.0)] if bar.is_full else [("crash2", 56.0)] if bar.energy > 0.4 else []


def _hit(arrangement: Arrangement, lane: str, beat: float, velocity: float, tight: bool) -> Note:
    ring_s = _SHORT_S.get(lane, _RING_S)
    return Note(beat, ring_s / arrangement.beat_s, DRUM_KEYS[lane], min(127.0, velocity), tight)
