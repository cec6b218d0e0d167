"""The vocal chain: a dry mono voice becomes one that sits in a band."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.sound import RATE_HZ, Sound
from storyboard.generators.music.band.reverb import plate

_LOW_CUT_HZ = 90
_PRESENCE_HZ, _PRESENCE = (1600, 6500), 0.45  # some 3 dB more where consonants are
_THRESHOLD_DB, _RATIO = -8.0, 2.5  # of the voice's own loud passages
_ATTACK_S, _RELEASE_S, _BLOCK_S = 0.008, 0.12, 0.004
_ROOM_S, _ROOM = 1.3, 0.11
_DOUBLES = ((0.013, 0.7, 0.0016), (0.021, 0.9, 0.0019))  # delay in s, wobble in Hz and in s
_DOUBLE = 0.16


def dressed(voice: NDArray[np.float32]) -> Sound:
    """Return the voice, shape (n,), as stereo, shape (2, n): cleaned, evened, doubled, in a room."""
    clean = _compressed(_equalised(voice))
    stereo = np.stack([clean + np.float32(_DOUBLE) * _double(clean, *double) for double in _DOUBLES])
    return np.asarray(stereo + np.float32(_ROOM) * plate(stereo, _ROOM_S), np.float32)


def _equalised(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    from scipy.signal import butter, sosfilt

    clean = sosfilt(butter(2, _LOW_CUT_HZ, "highpass", fs=RATE_HZ, output="sos"), voice)
    presence = sosfilt(butter(1, _PRESENCE_HZ, "bandpass", fs=RATE_HZ, output="sos"), clean)
    return np.asarray(clean + _PRESENCE * presence, np.float32)


def _compressed(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn loud syllables down, so that soft ones are not lost in the band."""
    block = int(_BLOCK_S * RATE_HZ)
    blocks = np.pad(voice, (0, -len(voice) % block)).reshape(-1, block)
    level = np.sqrt((blocks**2).mean(axis=1))
    loud = float(np.percentile(level, 98)) or 1e-6
    level_db = _followed(20 * np.log10(np.maximum(level / loud, 1e-4)))
    over_db = np.maximum(level_db - _THRESHOLD_DB, 0)
    gain = 10 ** (-over_db * (1 - 1 / _RATIO) / 20)
    return voice * np.interp(np.arange(len(voice)) / block - 0.5, np.arange(len(gain)), gain).astype(
        np.float32
    )


def _followed(level_db: NDArray[np.float64]) -> NDArray[np.float64]:
    """Follow a level quickly upwards and slowly downwards."""
    rise, fall = (1 - np.exp(-_BLOCK_S / time_s) for time_s in (_ATTACK_S, _RELEASE_S))
    followed, now = np.empty(len(level_db)), -80.0
    for place, level in enumerate(level_db.tolist()):
        now += (rise if level > now else fall) * (level - now)
        followed[place] = now
    return followed


def _double(
    voice: NDArray[np.float32], delay_s: float, wobble_hz: float, wobble_s: float
) -> NDArray[np.float32]:
    """Return the voice a little later and, by a delay that wobbles, a little out of tune."""
    times_s = np.arange(len(voice)) / RATE_HZ
    late_s = delay_s + wobble_s * np.sin(2 * np.pi * wobble_hz * times_s)
    return np.interp(times_s - late_s, times_s, voice).astype(np.float32)
