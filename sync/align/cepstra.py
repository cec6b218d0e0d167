"""What the recogniser sees of a recording: mel cepstra, made alike for every song, and their movement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE_HZ = 16_000
FRAME_S = 0.01
_HOP = 160
_WINDOW = 410  # 25.6 ms
_N_FFT = 512
_N_BANDS = 25
N_CEPSTRA = 13
_LIFTER = 22
_LOWEST_HZ, _HIGHEST_HZ = 130.0, 6800.0  # these six: feat.params of the acoustic model
_PREEMPHASIS = 0.97
_LOCAL_MEAN_S = 10.0
_BLOCK = 4096  # frames transformed at once, to bound memory


def cepstra(samples: Floats) -> Floats:
    """Return the mel-frequency cepstra (n_frames, 13) of sound at 16 kHz, peaks about 1.

    Davis & Mermelstein, Comparison of Parametric Representations for Monosyllabic Word
    Recognition, 1980; windows, bands and lifter are those the model was trained with.
    """
    sound = np.asarray(samples, np.float64) * 32_768
    sound = np.append(sound[:1], sound[1:] - _PREEMPHASIS * sound[:-1])
    n_frames = max(0, 1 + (len(sound) - _WINDOW) // _HOP)
    window, bands, cosines = np.hamming(_WINDOW), _mel_bands(), _lifted_cosines()
    frames = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP] if n_frames else sound[:0, None]
    made = np.empty((n_frames, N_CEPSTRA), np.float32)
    for first in range(0, n_frames, _BLOCK):
        block = frames[first : first + _BLOCK] * window
        power = np.abs(np.fft.rfft(block, _N_FFT)) ** 2
        made[first : first + _BLOCK] = np.log(power @ bands + 1e-4) @ cosines
    return made


def levelled(made: Floats, spread: Floats) -> Floats:
    """Take the local mean from the cepstra, and give them the spread the model was trained on.

    Music under a voice shifts the cepstra and narrows them; both are undone (cepstral mean and
    variance normalisation, Viikki & Laurila, 1998). `spread` is the wanted deviation, (13,).
    """
    from scipy.ndimage import uniform_filter1d

    width = min(len(made), round(_LOCAL_MEAN_S / FRAME_S))
    moved = made - uniform_filter1d(made, max(1, width), axis=0, mode="nearest")
    deviation = moved.std(axis=0)
    return np.asarray(moved * (spread / np.maximum(deviation, 1e-3)), np.float32)


def streams(levels: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the cepstra, their slope and the slope's slope, each (n_frames, 13)."""
    n_frames = len(levels)
    padded = np.pad(levels, ((3, 3), (0, 0)), mode="edge")

    def slope(offset: int) -> Floats:
        before, after = 1 + offset, 5 + offset
        return np.asarray(padded[after : after + n_frames] - padded[before : before + n_frames], np.float32)

    return levels, slope(0), np.asarray(slope(1) - slope(-1), np.float32)


def _mel_bands() -> NDArray[np.float64]:
    """Return triangular bands of unit area, (bins, bands), their corners on whole bins."""
    bin_hz = RATE_HZ / _N_FFT
    low, high = 2595 * np.log10(1 + np.array([_LOWEST_HZ, _HIGHEST_HZ]) / 700)
    corners = 700 * (10 ** (np.linspace(low, high, _N_BANDS + 2) / 2595) - 1)
    corners = np.round(corners / bin_hz) * bin_hz
    left, centre, right = corners[:-2], corners[1:-1], corners[2:]
    hz = np.arange(_N_FFT // 2 + 1)[:, None] * bin_hz
    height = 2 / (right - left)
    rising, falling = (hz - left) / (centre - left), (right - hz) / (right - centre)
    return np.asarray(np.maximum(0, np.minimum(rising, falling)) * height)


def _lifted_cosines() -> NDArray[np.float64]:
    """Return the cosine transform from bands to cepstra with the lifter applied, (bands, 13)."""
    order = np.arange(N_CEPSTRA)
    angles = order[:, None] * (np.arange(_N_BANDS) + 0.5) * np.pi / _N_BANDS
    cosines = np.cos(angles) * np.sqrt(2 / _N_BANDS)
    cosines[0] *= np.sqrt(0.5)
    lifter = 1 + _LIFTER / 2 * np.sin(order * np.pi / _LIFTER)
    return np.asarray((cosines * lifter[:, None]).T)
