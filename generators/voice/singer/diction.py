"""A line as the model would speak it: its codes, its lengths, its voicing, and when its syllables sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storyboard.generators.voice.singer.boundaries import on_voice, out_of_silence
from storyboard.generators.voice.singer.lyrics import Syllable
from storyboard.generators.voice.singer.phrasing import Parts, phonemes_of, spoken_parts
from storyboard.generators.voice.singer.voice_model import (
    FRAME_RATE_HZ,
    Encoded,
    Floats,
    Integers,
    Spectra,
    VoiceModel,
)

# The model's sounds come before the phonemes that cause them: median over 130 words, aligned.
_LAG_S = 0.045
# Spoken after the line and never heard: a voice that goes on does not sink into creak on the last word,
# which could not be held on a note.
_LEAD_OUT = " ðˈɛn"  # noqa: RUF001 - phonetic letters

# Spectra are drawn for one pitch in the middle of the speaking range, so that no rise or fall of speech
# shows through the melody.
_DRAWN_HZ = 215.0
_SHORTEST_PAIRS = 2  # of frames: no phoneme is spoken in such a hurry that it could not be stretched
_BREATH_FRAMES = 2  # the voice sets in this much after the consonant before a swallowed vowel
_VOICED_HZ = 60.0  # a spoken pitch below this is none


@dataclass(frozen=True)
class Diction:
    """A spoken line.

    `columns` [frames] says which phoneme sounds in each frame, `energy` and `intonation_hz` [frames]
    how loudly and how high it is spoken (0 where unvoiced), `voiced` [frames] where it is sung;
    `syllables` are in seconds of the spoken line.
    """

    encoded: Encoded
    columns: Integers
    energy: Floats
    intonation_hz: Floats
    voiced: Floats
    syllables: list[Parts]

    @property
    def lengths_s(self) -> list[float]:
        """How long each syllable takes, up to the next one; the last, to its end."""
        starts_s = [part.onset_s for part in self.syllables]
        return [float(length) for length in np.diff([*starts_s, self.syllables[-1].end_s])]


def spoken(syllables: Sequence[Syllable], breathes: Sequence[bool], voice: VoiceModel) -> Diction:
    """Have the model plan how to speak a line, with a breath after some of its syllables."""
    encoded = voice.encode(phonemes_of(syllables, breathes) + _LEAD_OUT)
    pairs = np.maximum(np.round(encoded.spoken_frames / 2), _SHORTEST_PAIRS).astype(np.int64)
    energy, intonation_hz = voice.spoken_prosody(encoded, pairs)
    columns = np.repeat(np.arange(len(pairs)), 2 * pairs)
    phoneme_s = (2 * pairs / FRAME_RATE_HZ).astype(np.float32)
    pad_s, sounds_s = float(phoneme_s[0]), phoneme_s[1:]
    parts = spoken_parts(syllables, breathes, sounds_s, pad_s, _LAG_S)
    begins = [True, *breathes[:-1]]
    parts = [
        out_of_silence(part, energy) if first else part for part, first in zip(parts, begins, strict=True)
    ]
    voiced = (intonation_hz > _VOICED_HZ).astype(np.float32)
    for part in parts:
        first, end = (round(edge_s * FRAME_RATE_HZ) for edge_s in (part.nucleus_s, part.coda_s))
        if np.count_nonzero(voiced[first:end]) < (end - first) / 2:
            voiced[first + _BREATH_FRAMES : end] = 1.0  # whispered in speech, sung all the same
    intonation_hz = np.where(intonation_hz > _VOICED_HZ, intonation_hz, 0.0).astype(np.float32)
    return Diction(
        encoded, columns, energy, intonation_hz, voiced, [on_voice(part, voiced) for part in parts]
    )


def drawn(diction: Diction, voice: VoiceModel) -> Spectra:
    """Draw the spectra of a spoken line, on one pitch."""
    return voice.draw(
        diction.encoded, diction.columns, diction.voiced * np.float32(_DRAWN_HZ), diction.energy
    )
