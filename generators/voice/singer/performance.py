"""One line, performed: spoken by the model, stretched onto the grid, sung on its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.score import Score
from storyboard.generators.voice.singer.boundaries import on_voice
from storyboard.generators.voice.singer.intonation import pitch_curve
from storyboard.generators.voice.singer.levels import levelled
from storyboard.generators.voice.singer.part import SungLine
from storyboard.generators.voice.singer.phrasing import (
    Parts,
    phonemes_of,
    rests,
    spoken_parts,
    spoken_time_of,
    sung_parts,
)
from storyboard.generators.voice.singer.rhythm import END_GAP_S
from storyboard.generators.voice.singer.vocoder import resized, sound_of, stretched
from storyboard.generators.voice.singer.voice_model import FRAME_RATE_HZ, RATE_HZ, Floats, Spectra, VoiceModel

_PRE_ROLL_S = 0.05  # room for a fade before the first sound
_FADE_IN_S, _FADE_OUT_S = 0.012, 0.03
# The model's sounds come before the phonemes that cause them: median over 130 words, aligned.
_LAG_S = 0.045
# Spoken before and after the line and never heard: a voice already under way has no soft start, and
# one that goes on does not sink into creak on the last word.
_LEAD_IN, _LEAD_OUT = "ˈʌp", " ðˈɛn"  # noqa: RUF001 - phonetic letters
# Spectra are drawn for one pitch in the middle of the speaking range, so that no rise or fall of speech
# shows through the melody.
_DRAWN_HZ = 215.0
# No phoneme is spoken in a hurry: swallowed syllables cannot be stretched into sung ones
# (the clearest single gain by a speech recogniser: word error 0.53 against 0.65 on ten lines).
_SHORTEST_PAIRS = 2
_BREATH_FRAMES = 2  # the voice sets in this much after the consonant before a swallowed vowel
_VOICED_HZ = 60.0  # a spoken pitch below this is none
_TRACT = {"female": 1.0, "male": 1.16}  # length of the vocal tract: a man's is about a sixth longer


@dataclass(frozen=True)
class Performance:
    """The sound of a line (24 kHz, from `first_sample` of the song) and when its syllables sound."""

    first_sample: int
    sound: Floats
    syllables: list[Parts]


@dataclass(frozen=True)
class _Speech:
    """The line as spoken: spectra and pitch [frames], and when its syllables sound, in seconds."""

    spectra: Spectra
    f0_hz: Floats
    syllables: list[Parts]


def perform(
    line: SungLine, score: Score, voice: VoiceModel, sex: str, rng: np.random.Generator
) -> Performance:
    """Sing a line; `sex` (female or male) chooses the length of the vocal tract."""
    speech = _spoken(line, voice)
    grid_s = [score.beat_s(sung.beat) for sung in line.syllables]
    last_s = score.beat_s(line.slot.first_beat + line.slot.n_beats) - END_GAP_S
    sung = sung_parts(grid_s, speech.syllables, last_s)

    first_sample = max(0, round((sung[0].onset_s - _PRE_ROLL_S) * RATE_HZ))
    start_s = first_sample / RATE_HZ
    n_frames = int((sung[-1].end_s + _FADE_OUT_S - start_s) * FRAME_RATE_HZ) + 2
    times_s = start_s + np.arange(n_frames) / FRAME_RATE_HZ
    at_frames = spoken_time_of(times_s, sung, speech.syllables) * FRAME_RATE_HZ

    nearest = np.clip(np.rint(at_frames), 0, len(speech.f0_hz) - 1).astype(np.int64)
    pitch_hz = pitch_curve(times_s, sung, line.notes)
    f0_hz = np.where(speech.f0_hz[nearest] > 0, pitch_hz, 0.0).astype(np.float32)
    spectra = resized(stretched(speech.spectra, at_frames), _TRACT[sex])
    sound = sound_of(spectra, f0_hz, rng) * _gate(len(times_s) * int(RATE_HZ / FRAME_RATE_HZ), start_s, sung)
    return Performance(first_sample, levelled(sound, start_s, sung, RATE_HZ), sung)


def _spoken(line: SungLine, voice: VoiceModel) -> _Speech:
    encoded = voice.encode(_LEAD_IN + phonemes_of(line.syllables) + _LEAD_OUT)
    pairs = np.maximum(np.round(encoded.spoken_frames / 2), _SHORTEST_PAIRS).astype(np.int64)
    energy, spoken_hz = voice.spoken_prosody(encoded, pairs)
    columns = np.repeat(np.arange(len(pairs)), 2 * pairs)
    phoneme_s = (2 * pairs / FRAME_RATE_HZ).astype(np.float32)
    n_lead = 1 + len(_LEAD_IN)  # the model's own pad comes first
    start_s = float(phoneme_s[:n_lead].sum())
    syllables = spoken_parts(line.syllables, phoneme_s[n_lead:], start_s, _LAG_S)
    f0_hz = np.where(spoken_hz > _VOICED_HZ, _DRAWN_HZ, 0.0).astype(np.float32)
    for part in syllables:
        first, end = (round(edge_s * FRAME_RATE_HZ) for edge_s in (part.nucleus_s, part.coda_s))
        if np.count_nonzero(f0_hz[first:end]) < (end - first) / 2:
            f0_hz[first + _BREATH_FRAMES : end] = _DRAWN_HZ  # whispered in speech, sung all the same
    spectra = voice.draw(encoded, columns, f0_hz, energy)
    return _Speech(spectra, f0_hz, [on_voice(part, f0_hz) for part in syllables])


def _gate(n_samples: int, start_s: float, sung: Sequence[Parts]) -> Floats:
    """Return a gain [samples] that is 0 before, between and after the phrases, with soft edges."""
    rested = rests(sung)
    starts_s = [sung[0].onset_s, *(end_s for _, end_s in rested)]
    ends_s = [*(rest_s for rest_s, _ in rested), sung[-1].end_s]
    times_s: NDArray[np.float64] = start_s + np.arange(n_samples) / RATE_HZ
    gain = np.zeros(n_samples)
    for phrase_s, end_s in zip(starts_s, ends_s, strict=True):
        rising = np.clip((times_s - phrase_s) / _FADE_IN_S, 0.0, 1.0)
        falling = np.clip((end_s + _FADE_OUT_S - times_s) / _FADE_OUT_S, 0.0, 1.0)
        gain = np.maximum(gain, np.minimum(rising, falling))
    return gain.astype(np.float32)
