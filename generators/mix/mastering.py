"""Mastering: the level that services play at, and no peak above what a codec forgives."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from storyboard.generators.mix.loudness import loudness_of
from storyboard.generators.mix.sound import RATE_HZ, Sound

TARGET_LUFS = -14.0  # what streaming services play at
_CEILING_DBTP = -2.2  # AAC raises peaks by up to 0.7 dB; the film must keep the promised -1 dBTP too
_SILENT_LUFS = -60.0


def mastered(sound: Sound, where: Path) -> Sound:
    """Turn up to the target and limit, again until the limited sound measures right.

    Raises:
        MediaError: ffmpeg fails; `where` is named.
    """
    loudness = loudness_of(sound, where)
    if loudness.lufs < _SILENT_LUFS:
        return sound
    gain_db, ceiling_db = TARGET_LUFS - loudness.lufs, _CEILING_DBTP
    limited = sound
    for _ in range(6):
        limited = _limited(sound * np.float32(10 ** (gain_db / 20)), 10 ** (ceiling_db / 20))
        loudness = loudness_of(limited, where)
        error_db, over_db = TARGET_LUFS - loudness.lufs, loudness.true_peak_dbtp - (_CEILING_DBTP + 0.2)
        if abs(error_db) <= 0.15 and over_db <= 0:
            break
        gain_db += error_db
        ceiling_db -= max(0.0, over_db)
    return limited


def _limited(sound: Sound, ceiling: float) -> Sound:
    """Hold peaks between samples too below the ceiling: the gain looks ahead 5 ms and moves smoothly."""
    from scipy.ndimage import minimum_filter1d, uniform_filter1d
    from scipy.signal import resample_poly

    finer = np.abs(resample_poly(sound, 4, 1, axis=1)).max(axis=0)
    peaks = finer.reshape(-1, 4).max(axis=1)
    peaks = np.maximum(peaks, np.concatenate([peaks[1:], peaks[-1:]]))
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    half = int(0.005 * RATE_HZ)
    held = minimum_filter1d(wanted, 2 * half + 1)
    slow = minimum_filter1d(uniform_filter1d(held, 8 * half + 1), 2 * half + 1)
    gain = uniform_filter1d(np.minimum(held, slow), 2 * half + 1)
    return np.asarray(sound * gain, np.float32)
