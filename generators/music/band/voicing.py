"""Voicing: which keys sound for a chord, so that hands move little from one chord to the next."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.generators.harmony import Chord

Voicing = tuple[int, ...]


def voice_led(
    chords: Sequence[Chord], scale: Sequence[int], centre: int, voices: int, sevenths: bool
) -> list[Voicing]:
    """Return MIDI keys from below for every chord, each near the one before and near `centre`."""
    voicings: list[Voicing] = []
    for chord in chords:
        if voices == 2:
            voicings.append(_power(chord, centre))
            continue
        pitches = (*chord.pitches, seventh(chord, scale)) if sevenths else chord.pitches
        before = voicings[-1] if voicings else None
        voicings.append(
            min(_positions(pitches, centre, voices), key=lambda keys: _cost(keys, before, centre))
        )
    return voicings


def seventh(chord: Chord, scale: Sequence[int]) -> int:
    """Return the pitch class of the seventh that the key gives a chord."""
    return scale[(chord.degree + 5) % 7]


def nearest(pitch_class: int, key: float) -> int:
    """Return the MIDI key of a pitch class that is nearest to a key."""
    return int(pitch_class + 12 * round((key - pitch_class) / 12))


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
    moves = sum(abs(key - other) for key, other in zip(keys, before, strict=True))
    return moves + 0.7 * off_centre + 2 * (keys[-1] == before[-1] - 12)
