"""The MIDI file of a song: its tempo, metre and key, and a track for every player."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from storyboard.generators.music.band.performance import Part, Played
from storyboard.schema.song import Song

if TYPE_CHECKING:
    from pretty_midi import Instrument, PrettyMIDI

TICKS_PER_QUARTER = 960
_DRUM_S = 0.1  # how long a drum's key is held: it rings by itself
_SHORTEST_S = 0.01


def empty_midi(song: Song) -> PrettyMIDI:
    """Return a MIDI song without tracks: tempo (in 6/8 a beat is a dotted quarter), metre and key."""
    from pretty_midi import KeySignature, PrettyMIDI, TimeSignature

    quarters = 1.5 if song.time_signature == "6/8" else 1.0
    midi = PrettyMIDI(resolution=TICKS_PER_QUARTER, initial_tempo=song.tempo_bpm * quarters, charset="utf-8")
    over, under = (int(number) for number in song.time_signature.split("/"))
    midi.time_signature_changes.append(TimeSignature(over, under, 0.0))
    midi.key_signature_changes.append(KeySignature(song.tonic + 12 * song.is_minor, 0.0))
    return midi


def midi_bytes(song: Song, parts: Sequence[Part], duration_s: float) -> bytes:
    """Return the MIDI file of what the band plays: one track for the drums, one for each other part."""
    midi = empty_midi(song)
    kit = [part for part in parts if part.stem == "drums"]
    if kit:
        drums = [note for part in kit for note in _short(part.notes)]
        midi.instruments.append(_track("drums", kit[0].program, drums, duration_s, is_drum=True))
    for part in parts:
        if part.stem != "drums":
            name = part.stem if part.name == part.stem else f"{part.stem}: {part.name}"
            midi.instruments.append(_track(name, part.program, part.notes, duration_s))
    file = io.BytesIO()
    midi.write(file)
    return file.getvalue()


def _short(notes: Sequence[Played]) -> list[Played]:
    return [Played(note.start_s, min(note.length_s, _DRUM_S), note.key, note.velocity) for note in notes]


def _track(
    name: str, program: int, notes: Sequence[Played], duration_s: float, *, is_drum: bool = False
) -> Instrument:
    from pretty_midi import Instrument, Note

    track = Instrument(program=program, is_drum=is_drum, name=name)
    for note in _apart(notes, duration_s):
        track.notes.append(Note(note.velocity, note.key, note.start_s, note.start_s + note.length_s))
    return track


def _apart(notes: Sequence[Played], duration_s: float) -> list[Played]:
    """Let go of every key before it is struck again, and of all keys before the song ends.

    A second stroke at the same moment would end the first at once, and is left out.
    """
    apart: list[Played] = []
    for key in sorted({note.key for note in notes}):
        strokes = sorted((note for note in notes if note.key == key), key=lambda note: note.start_s)
        kept = [stroke for stroke, later in pairwise(strokes) if later.start_s - stroke.start_s > _SHORTEST_S]
        kept += strokes[-1:]
        ends_s = [stroke.start_s for stroke in kept[1:]] + [duration_s - 0.002]
        for stroke, end_s in zip(kept, ends_s, strict=True):
            length_s = min(stroke.length_s, end_s - stroke.start_s)
            if length_s >= _SHORTEST_S / 2:
                apart.append(Played(stroke.start_s, length_s, key, stroke.velocity))
    return sorted(apart, key=lambda note: (note.start_s, note.key))
