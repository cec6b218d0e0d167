"""One line, performed: spoken by the model, stretched onto the grid, sung on its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.score import Score
from storyboard.generators.voice.singer.diction import drawn
from storyboard.generators.voice.singer.intonation import pitch_curve, spoken_curve
from storyboard.generators.voice.singer.levels import levelled
from storyboard.generators.voice.singer.part import SungLine
from storyboard.generators.voice.singer.phrasing import (
    Knot,
    Parts,
    knots_of,
    rests,
    spoken_time_of,
    sung_parts,
)
from storyboard.generators.voice.singer.rhythm import END_GAP_S
from storyboard.generators.voice.singer.vocoder import resized, sound_of, stretched
from storyboard.generators.voice.singer.voice_model import FRAME_RATE_HZ, RATE_HZ, Floats, VoiceModel

_PRE_ROLL_S = 0.05  # room for a fade before the first sound
_FADE_IN_S, _FADE_OUT_S = 0.012, 0.03
_TRACT = {"female": 1.0, "male": 1.16}  # length of the vocal tract: a man's is about a sixth longer

_HOP = int(RATE_HZ / FRAME_RATE_HZ)  # samples a frame


@dataclass(frozen=True)
class Performance:
    """The sound of a line (24 kHz, from `first_sample` of the song) and when its syllables sound."""

    first_sample: int
    sound: Floats
    syllables: list[Parts]


def perform(
    line: SungLine, score: Score, voice: VoiceModel, sex: str, rng: np.random.Generator
) -> Performance:
    """Sing a line; `sex` (female or male) chooses the length of the vocal tract."""
    knots = timed(line, score)
    sung = sung_parts(knots, line.diction.syllables)

    first_sample = max(0, round((sung[0].onset_s - _PRE_ROLL_S) * RATE_HZ))
    start_s = first_sample / RATE_HZ
    n_frames = int((sung[-1].end_s + _FADE_OUT_S - start_s) * FRAME_RATE_HZ) + 2
    times_s = start_s + np.arange(n_frames) / FRAME_RATE_HZ
    at_frames = spoken_time_of(times_s, knots) * FRAME_RATE_HZ

    nearest = np.clip(np.rint(at_frames), 0, len(line.diction.voiced) - 1).astype(np.int64)
    if line.speech_midi is None:
        pitch_hz = pitch_curve(times_s, sung, line.notes)
    else:
        pitch_hz = spoken_curve(at_frames, line.speech_midi)
    f0_hz = np.where(line.diction.voiced[nearest] > 0, pitch_hz, 0.0).astype(np.float32)
    spectra = resized(stretched(drawn(line.diction, voice), at_frames), _TRACT[sex])
    sound = sound_of(spectra, f0_hz, rng) * _gate(len(times_s) * _HOP, start_s, sung)
    return Performance(first_sample, levelled(sound, start_s, sung, RATE_HZ), sung)


def timed(line: SungLine, score: Score) -> list[Knot]:
    """Return which moment of the spoken line sounds when."""
    grid_s = [score.beat_s(sung.beat) for sung in line.syllables]
    last_s = score.beat_s(line.slot.first_beat + line.slot.n_beats) - END_GAP_S
    return knots_of(grid_s, line.diction.syllables, line.breathes, line.hold_s, last_s)


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
