"""The voice's part in a song: every line's words, syllables, grid points and notes."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.generators.harmony import chords_of
from storyboard.generators.score import LineSlot, Score
from storyboard.generators.voice.singer.lyrics import SungWord, words_of
from storyboard.generators.voice.singer.melody import notes_of, register_of
from storyboard.generators.voice.singer.rhythm import SungSyllable, place
from storyboard.schema.song import Song


@dataclass(frozen=True)
class SungLine:
    """A line ready to be sung; one MIDI note a syllable."""

    slot: LineSlot
    words: tuple[SungWord, ...]
    syllables: tuple[SungSyllable, ...]
    notes: tuple[int, ...]


def part_of(song: Song, score: Score) -> list[SungLine]:
    """Compose the voice's part: every line that holds anything to sing."""
    chords, register = chords_of(song, score), register_of(song)
    lines = []
    for slot in score.lines:
        words = words_of(slot.text)
        if words:
            syllables = place(words, slot, score)
            notes = notes_of(syllables, slot, song, score, chords, register)
            lines.append(SungLine(slot, words, syllables, notes))
    return lines
