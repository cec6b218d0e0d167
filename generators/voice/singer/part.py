"""The voice's part in a song: every line's words, syllables, grid points and notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.harmony import chords_of
from storyboard.generators.score import LineSlot, Score
from storyboard.generators.voice.register import register_of
from storyboard.generators.voice.singer.delivery import Delivery, delivery_of
from storyboard.generators.voice.singer.diction import Diction, spoken
from storyboard.generators.voice.singer.intonation import speech_melody, spoken_notes
from storyboard.generators.voice.singer.lyrics import SungWord, words_of
from storyboard.generators.voice.singer.melody import notes_of
from storyboard.generators.voice.singer.rhythm import SungSyllable, place, syllables_for
from storyboard.generators.voice.singer.voice_model import load_voice
from storyboard.schema.song import Song

_HOLD_S, _SECTION_HOLD_S, _RAPPED_HOLD_S = 0.5, 0.85, 0.2  # of the last vowel of a line, of a section, of rap


@dataclass(frozen=True)
class SungLine:
    """A line ready to be sung: one MIDI note a syllable, `breathes` after which a rest may follow.

    `speech_midi` [frames of the spoken line] is the pitch of a line that is rapped; its notes are only
    the nearest to that. None: the notes are sung. `hold_s` is how long the last vowel is held if there is
    room.
    """

    slot: LineSlot
    words: tuple[SungWord, ...]
    syllables: tuple[SungSyllable, ...]
    notes: tuple[int, ...]
    breathes: tuple[bool, ...]
    diction: Diction
    speech_midi: NDArray[np.float64] | None
    hold_s: float


def part_of(song: Song, score: Score, delivery: Delivery | None = None) -> list[SungLine]:
    """Compose the voice's part: every line that holds anything to sing.

    Args:
        song: what is sung.
        score: its grid.
        delivery: sung or rapped; None: as the genre is.

    Raises:
        GeneratorUnavailable: the voice, whose pace of speech the rhythm follows, is missing.
    """
    voice, chords, register = load_voice(), chords_of(song, score), register_of(song)
    is_rapped = (delivery or delivery_of(song)) == "rap"
    lines = []
    for slot in score.lines:
        words = words_of(slot.text)
        if words:
            syllables = syllables_for(words, slot, score)
            breathes = tuple(one.breathes for one in syllables)
            diction = spoken([one.syllable for one in syllables], breathes, voice)
            placed = place(syllables, diction.lengths_s, slot, score)
            section = song.sections[slot.ref[0]]
            speech, hold_s = None, _HOLD_S
            if is_rapped:
                speech, hold_s = speech_melody(diction.intonation_hz, register.spoken_midi), _RAPPED_HOLD_S
                notes = spoken_notes(speech, diction.syllables)
            else:
                notes = notes_of(placed, slot, song, score, chords, register)
                if slot.ref[1] + 1 == len(section.lines):
                    hold_s = _SECTION_HOLD_S
            lines.append(SungLine(slot, words, placed, notes, breathes, diction, speech, hold_s))
    return lines
