"""Ducking: the music steps back where someone sings, and most where words are understood."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.sound import RATE_HZ, Sound

_DUCK_DB = -3.5
_DUCK_HZ = (250, 5000)  # where a voice lies
_WORDS_HZ = (1000, 4000)  # where consonants and the higher formants are
_WORDS_ABOVE_DB = 12.0  # the voice above the music there; what lacks, the music gives
_DIPPED_HZ = (700, 6000)  # edges of a filter so gentle that it acts on the words' band
_DEEPEST_DB = 14.0
_HOLD_S, _GLIDE_S = 0.2, 0.1
_BLOCK_S = 0.02


def singing(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much the voice is there, 0 to 1 at every sample, rising and falling gently."""
    from scipy.ndimage import maximum_filter1d, uniform_filter1d

    level = np.sqrt(_powers(voice))
    there = (level > 0.05 * np.percentile(level, 98)).astype(np.float32)
    return _at_samples(uniform_filter1d(maximum_filter1d(there, 15), 9), len(voice))


def ducked(music: Sound, sings: NDArray[np.float32]) -> Sound:
    """Turn the middle of the music down while someone sings."""
    from scipy.signal import butter, sosfilt

    mids = sosfilt(butter(1, _DUCK_HZ, "bandpass", fs=RATE_HZ, output="sos"), music)
    depth = 1 - 10 ** (_DUCK_DB / 20)
    return np.asarray(music - depth * sings * mids, np.float32)


def with_room_for_words(music: Sound, vocal: Sound, sings: NDArray[np.float32]) -> Sound:
    """Take from the music, from 1 to 4 kHz, what the voice lacks there against it, syllable by syllable."""
    from scipy.ndimage import maximum_filter1d, uniform_filter1d
    from scipy.signal import butter, sosfilt

    ear = butter(2, _WORDS_HZ, "bandpass", fs=RATE_HZ, output="sos")
    hold, glide = (max(1, round(time_s / _BLOCK_S)) for time_s in (_HOLD_S, _GLIDE_S))
    # Held, so that the music does not rush into the gaps between syllables.
    words_db, music_db = (
        10 * np.log10(maximum_filter1d(_powers(np.asarray(sosfilt(ear, sound), np.float32)), hold) + 1e-10)
        for sound in (vocal.mean(axis=0), music.mean(axis=0))
    )
    lacks_db = np.clip(_WORDS_ABOVE_DB - (words_db - music_db), 0, _DEEPEST_DB)
    gain = _at_samples(uniform_filter1d(10 ** (-lacks_db / 20), glide), music.shape[1])
    band = sosfilt(butter(1, _DIPPED_HZ, "bandpass", fs=RATE_HZ, output="sos"), music)
    return np.asarray(music - (1 - gain) * sings * band, np.float32)


def _powers(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the power of every block of 20 ms."""
    block = int(_BLOCK_S * RATE_HZ)
    padded = np.pad(sound, (0, -len(sound) % block))
    return np.asarray((padded.reshape(-1, block) ** 2).mean(axis=1), np.float64)


def _at_samples(blocks: NDArray[np.floating], n_samples: int) -> NDArray[np.float32]:
    moments = np.arange(n_samples) / int(_BLOCK_S * RATE_HZ) - 0.5
    return np.asarray(np.interp(moments, np.arange(len(blocks)), blocks), np.float32)
