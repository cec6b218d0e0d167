"""Loudness of a sung line: every line alike, its syllables evened out, peaks bent, never cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.voice.singer.phrasing import Parts
from storyboard.generators.voice.singer.voice_model import Floats

_RMS = 10 ** (-18.0 / 20.0)  # while singing
_EVENED = 0.35  # how much of the difference between syllables is taken away
_MOST_GAIN = 4.0
_KNEE, _CEILING = 0.6, 0.89  # of full scale


def levelled(sound: Floats, start_s: float, sung: Sequence[Parts], rate_hz: int) -> Floats:
    """Bring a line that starts at `start_s` to the common loudness, bending what peaks out of it."""
    evened = sound * _evening_gain(sound, start_s, sung, rate_hz)
    loudness = _rms(np.concatenate([_part(evened, start_s, part, rate_hz) for part in sung]))
    return _bent(evened * np.float32(_RMS / max(loudness, 1e-6)))


def _evening_gain(sound: Floats, start_s: float, sung: Sequence[Parts], rate_hz: int) -> Floats:
    """Return a slow gain [samples] that raises soft syllables towards the loud ones."""
    loudness = np.array([_rms(_part(sound, start_s, part, rate_hz)) for part in sung])
    wanted = np.sqrt(np.mean(loudness**2))
    gains = np.minimum((wanted / np.maximum(loudness, 1e-6)) ** _EVENED, _MOST_GAIN)
    middles = [(part.nucleus_s + part.coda_s) / 2 - start_s for part in sung]
    times_s = np.arange(len(sound)) / rate_hz
    gain: Floats = np.interp(times_s, middles, gains).astype(np.float32)
    return gain


def _part(sound: Floats, start_s: float, part: Parts, rate_hz: int) -> Floats:
    """Return the samples of one syllable, at least one."""
    first = max(0, round((part.onset_s - start_s) * rate_hz))
    return sound[first : max(first + 1, round((part.end_s - start_s) * rate_hz))]


def _rms(sound: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) if len(sound) else 0.0


def _bent(sound: Floats) -> Floats:
    """Bend what exceeds the knee so that nothing exceeds the ceiling."""
    size = np.abs(sound)
    room = _CEILING - _KNEE
    over = _KNEE + room * np.tanh((size - _KNEE) / room)
    bent: Floats = (np.sign(sound) * np.where(size > _KNEE, over, size)).astype(np.float32)
    return bent
