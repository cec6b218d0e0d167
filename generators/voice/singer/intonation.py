"""The pitch of a line: notes joined by glides, long ones with vibrato, or the rise and fall of speech."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.voice.singer.phrasing import Parts
from storyboard.generators.voice.singer.voice_model import FRAME_RATE_HZ, Floats

_GLIDE_S = 0.07  # ends as the vowel begins, so that the vowel is in tune from its start
_VIBRATO_HZ = 5.4  # trained singers: 5 to 6.5 Hz (Sundberg, The Science of the Singing Voice, 1987)
_VIBRATO_CENTS = 22.0
_VIBRATO_AFTER_S = 0.28
_VIBRATO_GROWS_S = 0.2
_LIVELY, _WIDEST_MIDI = 1.1, 6.0  # a rapper's intonation: a little wider than speech, within these bounds


def pitch_curve(
    times_s: NDArray[np.float64], sung: Sequence[Parts], notes: Sequence[int]
) -> NDArray[np.float64]:
    """Return the pitch in Hz at each moment of a line, unvoiced moments included."""
    midi = np.full(times_s.shape, float(notes[0]))
    for part, note in zip(sung[1:], notes[1:], strict=True):
        midi += (note - midi) * _eased((times_s - part.nucleus_s) / _GLIDE_S + 1.0)
    for part in sung:
        midi += _vibrato_cents(times_s, part) / 100.0
    hz: NDArray[np.float64] = 440.0 * np.exp2((midi - 69.0) / 12.0)
    return hz


def speech_melody(intonation_hz: Floats, center_midi: float) -> NDArray[np.float64]:
    """Return speech in MIDI notes [frames] around a height, its unvoiced moments bridged.

    Args:
        intonation_hz: [frames] the pitch of speech, 0 where unvoiced.
        center_midi: where the middle of it shall lie.
    """
    voiced = np.flatnonzero(intonation_hz)
    if not len(voiced):
        return np.full(len(intonation_hz), center_midi)
    heights = 12.0 * np.log2(intonation_hz[voiced].astype(np.float64))
    bent = np.clip(_LIVELY * (heights - np.median(heights)), -_WIDEST_MIDI, _WIDEST_MIDI)
    melody: NDArray[np.float64] = center_midi + np.interp(np.arange(len(intonation_hz)), voiced, bent)
    return melody


def spoken_notes(melody: NDArray[np.float64], spoken: Sequence[Parts]) -> tuple[int, ...]:
    """Return the MIDI note nearest to each syllable of speech."""
    spans = [(round(part.nucleus_s * FRAME_RATE_HZ), round(part.coda_s * FRAME_RATE_HZ)) for part in spoken]
    return tuple(round(float(np.median(melody[first : max(first + 1, end)]))) for first, end in spans)


def spoken_curve(at_frames: NDArray[np.float64], melody: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the pitch in Hz of speech at any of its frames."""
    midi = np.interp(at_frames, np.arange(len(melody)), melody)
    hz: NDArray[np.float64] = 440.0 * np.exp2((midi - 69.0) / 12.0)
    return hz


def _vibrato_cents(times_s: NDArray[np.float64], part: Parts) -> NDArray[np.float64]:
    since_s = times_s - part.nucleus_s - _VIBRATO_AFTER_S
    depth = _eased(since_s / _VIBRATO_GROWS_S) * _eased((part.coda_s - times_s) / 0.05)
    return _VIBRATO_CENTS * depth * np.sin(2.0 * np.pi * _VIBRATO_HZ * since_s)


def _eased(fraction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a smooth step from 0 to 1."""
    clipped = np.clip(fraction, 0.0, 1.0)
    return clipped * clipped * (3.0 - 2.0 * clipped)
