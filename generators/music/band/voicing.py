"""Voicing: which keys sound for a chord, so that hands move little from one chord to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from storyboard.generators.harmony import Chord

Voicing = tuple[int, ...]

Colour = Literal["power", "triad", "add9", "sixth", "seventh", "ninth"]
"""What a style makes of a triad: root and fifth, the triad itself, with the ninth, with the sixth (where
there is none, the seventh), with the seventh, or third to ninth without the root, which the bass has."""

BORROWED = 0
"""The degree of a chord that is not of the key: a major triad with a minor seventh."""


def voice_led(
    chords: Sequence[Chord], scale: Sequence[int], centre: int, voices: int, colour: Colour
) -> list[Voicing]:
    """Return MIDI keys from below for every chord, each near the one before and near `centre`."""
    voicings: list[Voicing] = []
    for chord in chords:
        if colour == "power":
            voicings.append(_power(chord, centre))
            continue
        before = voicings[-1] if voicings else None
        positions = _positions(tones(chord, scale, colour), centre, voices)
        voicings.append(min(positions, key=lambda keys: _cost(keys, before, centre)))
    return voicings


def tones(chord: Chord, scale: Sequence[int], colour: Colour) -> tuple[int, ...]:
    """Return the pitch classes that a colour makes of a chord: three for a triad, else four."""
    root, third, fifth = chord.pitches
    ninth = _above(chord, scale, 1)
    if colour == "add9" and (ninth - root) % 12 == 2:
        return root, ninth, third, fifth
    if colour == "sixth" and (_above(chord, scale, 5) - root) % 12 == 9:
        return root, third, fifth, _above(chord, scale, 5)
    if colour == "ninth" and (ninth - root) % 12 == 2:
        return third, fifth, seventh(chord, scale), ninth
    if colour in ("triad", "add9"):
        return root, third, fifth
    return root, third, fifth, seventh(chord, scale)


def seventh(chord: Chord, scale: Sequence[int]) -> int:
    """Return the pitch class of the seventh that the key gives a chord."""
    return (chord.root + 10) % 12 if chord.degree == BORROWED else _above(chord, scale, 6)


def nearest(pitch_class: int, key: float) -> int:
    """Return the MIDI key of a pitch class that is nearest to a key."""
    return int(pitch_class + 12 * round((key - pitch_class) / 12))


def _above(chord: Chord, scale: Sequence[int], steps: int) -> int:
    """Return the pitch class so many steps of the scale above a chord's root."""
    if chord.degree == BORROWED:
        return (chord.root + (0, 2, 4, 5, 7, 9, 10)[steps]) % 12
    return scale[(chord.degree - 1 + steps) % 7]


def _power(chord: Chord, centre: int) -> Voicing:
    root = nearest(chord.root, centre - 5)
    return (root, root + 7, root + 12) if chord.quality != "dim" else (root, root + 6, root + 12)


def _positions(pitches: Sequence[int], centre: int, voices: int) -> list[Voicing]:
    """Return the close positions of a chord whose lowest key lies within an octave below the centre."""
    found = []
    for bottom in range(centre - 11, centre + 3):
        if bottom % 12 not in pitches:
            continue
        keys = sorted(bottom + (pitch - bottom) % 12 for pitch in pitches)
        keys = [*keys, bottom + 12] if len(keys) < voices else keys
        found.append(tuple(keys))
    return found


def _cost(keys: Voicing, before: Voicing | None, centre: int) -> float:
    off_centre = abs(sum(keys) / len(keys) - centre)
    if before is None:
        return off_centre
    moves = sum(abs(key - other) for key, other in zip(keys, before, strict=False))
    return moves + 0.7 * off_centre + 2 * (keys[-1] == before[-1] - 12)
