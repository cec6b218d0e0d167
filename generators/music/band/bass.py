"""The bass player: roots on the downbeats, and steps that lead into the next chord."""

from __future__ import annotations

from storyboard.generators.harmony import Chord
from storyboard.generators.music.band.arrangement import Arrangement, Bar, Note
from storyboard.generators.music.band.figures import BASS
from storyboard.generators.music.band.patterns import steps_of
from storyboard.generators.music.band.styles import INSTRUMENTS
from storyboard.generators.music.band.voicing import nearest

_VELOCITIES = {"r": 100, "3": 88, "5": 90, "8": 92, "a": 86, "n": 92, "g": 48}
_LOWEST = 28  # the open E string


def play(arrangement: Arrangement, instrument: str) -> list[Note]:
    """Return the bass line."""
    centre = INSTRUMENTS[instrument].centre
    notes: list[Note] = []
    for bar in arrangement.bars:
        if bar.energy >= 0.34:
            notes += _bar(arrangement, bar, centre)
    root = _low(arrangement.final.root, centre)
    rings = arrangement.score.n_beats - arrangement.final_beat
    return [*notes, Note(arrangement.final_beat, rings, root, arrangement.final_velocity, tight=True)]


def _bar(arrangement: Arrangement, bar: Bar, centre: int) -> list[Note]:
    style, per_bar = arrangement.style, arrangement.score.beats_per_bar
    pattern = BASS[style.bass_full if bar.is_full else style.bass_light][arrangement.metre]
    steps, length = steps_of(pattern)
    start = bar.position * per_bar % length
    notes = []
    for step in steps:
        beat = step.beat - start
        if 0 <= beat < per_bar:
            chord = bar.turn if bar.turn and beat >= arrangement.turn_beat else bar.chord
            key = _key(arrangement, bar, chord, step.symbol, centre)
            velocity = _VELOCITIES[step.symbol] * (0.82 + 0.18 * bar.energy)
            n_beats = min(step.n_beats, per_bar - beat) * 0.94
            notes.append(Note(bar.first_beat + beat, n_beats, key, velocity, tight=beat == 0))
    return notes


def _key(arrangement: Arrangement, bar: Bar, chord: Chord, symbol: str, centre: int) -> int:
    root, coming = _low(chord.root, centre), _low(bar.next_chord.root, centre)
    if symbol == "a":
        return _approach(root, coming, bar, arrangement.scale)
    if symbol == "n":
        return coming
    if symbol in "35":
        pitch = chord.pitches[1 if symbol == "3" else 2]
        above = root + (pitch - root) % 12
        return above - 12 if above > centre + 10 and above - 12 >= _LOWEST else above
    return root + 12 if symbol == "8" else root


def _approach(root: int, target: int, bar: Bar, scale: tuple[int, ...]) -> int:
    """Return the key of the scale next to the coming root, on the side the line comes from."""
    if root == target:
        return nearest(bar.chord.pitches[2], root)
    away = -1 if root < target else 1
    steps = [target + away * size for size in (2, 1) if (target + away * size) % 12 in scale]
    key = steps[0] if steps else target + away
    return key if key >= _LOWEST else target - away


def _low(pitch_class: int, centre: int) -> int:
    key = nearest(pitch_class, centre - 2)
    return key + 12 if key < _LOWEST else key
