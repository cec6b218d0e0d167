"""Where phrases end: after the words where there are some, else where the song comes to rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.timeline import Word
from storyboard.sync.beats import RATE_HZ, Floats

_BREATH_S = 0.35  # a singer who stops for so long within a line has ended a phrase
_FFT, _HOP = 2048, 512
_VOICE_HZ = (200.0, 4000.0)
_STROKE_S = 0.25  # what is shorter is a stroke, not a note
_SMOOTH_S = 0.15
_NEARBY_S = 4.0
_REST_DB = 3.0  # below the level nearby
_REST_S = 0.25
_APART_S = 1.5
_FAINTEST_DB = -50.0  # below the loudest


def phrase_ends_of_words(words: Sequence[Word]) -> list[float]:
    """Return the end of every line, and of what comes before a breath within one.

    Args:
        words: in the order in which they are sung.
    """
    ends = [
        word.end_s
        for word, following in pairwise(words)
        if (word.section, word.line) != (following.section, following.line)
        or following.start_s - word.end_s >= _BREATH_S
    ]
    return [round(end, 6) for end in [*ends, *(word.end_s for word in words[-1:])]]


def phrase_ends_by_ear(channels: Floats) -> list[float]:
    """Return where the voice, or what is in its place, begins to rest, in seconds.

    A rest is a fall of the level of what is in the middle of the stereo picture, as high as voices are,
    and held: the median over time leaves drum strokes out (Fitzgerald, Harmonic/percussive separation
    using median filtering, 2010).

    Args:
        channels: the song or its voice at 22,050 Hz, (n, 1) or (n, 2).
    """
    from scipy.ndimage import uniform_filter1d

    level_db = uniform_filter1d(_held_db(channels), _frames(_SMOOTH_S))
    nearby_db = uniform_filter1d(level_db, _frames(_NEARBY_S))
    found: list[float] = []
    for first, end in _runs(level_db < nearby_db - _REST_DB):
        start_s, rest_s = first * _HOP / RATE_HZ, (end - first) * _HOP / RATE_HZ
        apart_s = start_s - found[-1] if found else start_s
        if rest_s >= _REST_S and apart_s >= _APART_S:
            found.append(round(start_s, 6))
    return found


def _held_db(channels: Floats) -> NDArray[np.float64]:
    """Return the level of what is held in the middle between 200 Hz and 4 kHz, a value a frame of 23 ms."""
    import librosa
    from scipy.ndimage import median_filter

    hz = librosa.fft_frequencies(sr=RATE_HZ, n_fft=_FFT)
    low, high = np.searchsorted(hz, _VOICE_HZ)
    spectra = [librosa.stft(channel, n_fft=_FFT, hop_length=_HOP)[low:high] for channel in channels.T]
    left, right = spectra[0], spectra[-1]
    apart = np.abs(left - right) / (np.abs(left) + np.abs(right) + 1e-9)
    middle = np.abs(left + right) / 2 * np.maximum(0, 1 - apart) ** 2
    held = median_filter(middle, size=(1, _frames(_STROKE_S)))
    level_db = 10 * np.log10((held**2).sum(axis=0) + 1e-12)
    return np.asarray(np.maximum(level_db, level_db.max() + _FAINTEST_DB))


def _frames(time_s: float) -> int:
    return max(1, round(time_s * RATE_HZ / _HOP))


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return first and end of every run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]
