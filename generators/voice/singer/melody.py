"""The tune: one melody a kind of section, found on the grid, resting on the chords the band plays."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

from storyboard.generators.harmony import Chord, scale_of
from storyboard.generators.score import LineSlot, Score
from storyboard.generators.voice.register import Register
from storyboard.generators.voice.singer.rhythm import SungSyllable
from storyboard.schema.song import Song

# Contours of a phrase in scale steps around the section's centre, start to end of its slot.
_CONTOURS = (
    (0, 1, 2, 3, 2, 1),  # arch
    (3, 3, 2, 2, 1, 0),  # fall
    (0, 0, 1, 2, 3, 2),  # climb
    (2, 1, 0, 1, 2, 1),  # dip
    (2, 2, 3, 3, 1, 1),  # call
    (1, 2, 1, 3, 2, 0),  # wave
)
# A figure of a few grid points that gives a section its hook: steps added on weak points, repeated.
_FIGURES = ((0, 1, 0, -1), (0, -1, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (0, 0, -1, 0))
_PHRASE_ORDER = {
    "chorus": (0, 1, 0, 2),
    "post-chorus": (0, 0, 0, 1),
    "verse": (0, 1, 0, 1),
    "pre-chorus": (0, 0, 1, 2),
}
_SWING = 1.3  # how far the contours are followed: a tune, not a chant
_LIFT = {"chorus": 2, "post-chorus": 2, "pre-chorus": 1, "bridge": 1}  # scale steps above the verse


def notes_of(
    syllables: Sequence[SungSyllable],
    slot: LineSlot,
    song: Song,
    score: Score,
    chords: Sequence[Chord],
    register: Register,
) -> tuple[int, ...]:
    """Return the MIDI note of every syllable of a line.

    The tune is a function of the grid: wherever a line of the same kind and place puts a syllable, it
    finds the same note, so other words, or more of them, still sing the same melody.
    """
    section = song.sections[slot.ref[0]]
    phrase = _phrase(section.kind, slot.ref[1], len(section.lines))
    notes: list[int] = []
    for index, sung in enumerate(syllables):
        # Syllables between two eighths stay on the note of the first: fast words on few notes are clear.
        beat = math.floor((sung.beat - slot.first_beat) * score.subdivisions + 1e-6) / score.subdivisions
        wanted = _wanted_step(song, section.kind, phrase, beat, beat / slot.n_beats, score)
        bar = min(int(sung.beat + 1e-6) // score.beats_per_bar, score.n_bars - 1)
        on_beat = abs(sung.beat - round(sung.beat)) < 1e-6
        is_last = index + 1 == len(syllables)
        ends_section = is_last and slot.ref[1] + 1 == len(section.lines)
        pitches = _allowed(song, chords[bar], on_beat or is_last, ends_section)
        center = register.center_midi + 12 / 7 * wanted
        notes.append(_nearest(pitches, center, register, notes[-1] if notes else None))
    return tuple(notes)


def _phrase(kind: str, line: int, n_lines: int) -> int:
    """Return which of a section's phrases a line sings: A B A C and the like."""
    order = _PHRASE_ORDER.get(kind, (0, 1, 0, 2))
    return order[line % len(order)] if n_lines > 1 else order[0]


def _wanted_step(song: Song, kind: str, phrase: int, beat: float, within: float, score: Score) -> float:
    """Return the height the tune wants at a point of its slot, in scale steps from the register's centre."""
    digest = hashlib.sha256(f"{song.title}/{kind}/{phrase}".encode()).digest()
    contour = _CONTOURS[digest[0] % len(_CONTOURS)]
    at = min(max(within / 0.85, 0.0), 1.0) * (len(contour) - 1)
    left = min(int(at), len(contour) - 2)
    height = contour[left] + (contour[left + 1] - contour[left]) * (at - left)
    hook = hashlib.sha256(f"{song.title}/{kind}/hook".encode()).digest()
    figure = _FIGURES[hook[0] % len(_FIGURES)]
    ornament = figure[round(beat * score.subdivisions) % len(figure)]
    return _SWING * (height - 1.5) + ornament + _LIFT.get(kind, 0)


def _allowed(song: Song, chord: Chord, rests_on_chord: bool, ends_section: bool) -> tuple[int, ...]:
    """Return the pitch classes to choose from: the tonic at a section's end if the chord holds it."""
    if ends_section:
        return (song.tonic,) if song.tonic in chord.pitches else (chord.root,)
    return chord.pitches if rests_on_chord else scale_of(song)


def _nearest(pitches: Sequence[int], center: float, register: Register, previous: int | None) -> int:
    """Return the note of those pitch classes nearest to a height, shy of leaps over a third."""
    lowest, highest = int(register.lowest_midi), int(register.highest_midi)
    notes = [note for note in range(lowest, highest + 1) if note % 12 in pitches]

    def cost(note: int) -> tuple[float, int]:
        leap = 0.0 if previous is None else abs(note - previous)
        return abs(note - center) + 0.15 * leap + max(0.0, leap - 4.0) + 3.0 * max(0.0, leap - 7.0), note

    return min(notes, key=cost)
