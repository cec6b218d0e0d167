"""The sound that the words are looked for in: mono at 16 kHz, the middle of the stereo picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.sync.align.cepstra import RATE_HZ, Floats

_MASK_POWER = 2.0  # of 1, 2 and 3 the best on real songs
_NOISE = 1e-3  # without a floor of noise, digital silence and thin mixes fit no phone
_PEAK = 0.7
_WINDOW, _OVERLAP = 1024, 768
_BLOCK_S = 60  # masked at once, to bound memory


def foreground(path: Path) -> Floats:
    """Return what is mixed to the middle of a recording, where a lead voice is, at 16 kHz.

    Each moment and frequency is weighed by how alike left and right are (after Barry, Lawlor &
    Coyle, Sound Source Separation: Azimuth Discrimination and Resynthesis, 2004). Of a mono
    recording everything is kept.

    Raises:
        MediaError: the file cannot be read as sound.
    """
    left, right = _both_channels(path)
    middle = left if np.array_equal(left, right) else _middle(left, right)
    peak = float(np.abs(middle).max(initial=0.0))
    noise = np.random.default_rng(0).standard_normal(len(middle)).astype(np.float32)
    return np.asarray(middle * (_PEAK / max(peak, 1e-6)) + _NOISE * noise, np.float32)


def _both_channels(path: Path) -> tuple[Floats, Floats]:
    import soundfile
    from scipy.signal import resample_poly

    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise MediaError(f"cannot be read as sound ({error})", where=str(path)) from error
    samples = samples[:, [0, -1]]
    if rate_hz != RATE_HZ:
        common = int(np.gcd(rate_hz, RATE_HZ))
        samples = resample_poly(samples, RATE_HZ // common, rate_hz // common, axis=0)
    left, right = np.asarray(samples, np.float32).T
    return left, right


def _middle(left: Floats, right: Floats) -> Floats:
    block = _BLOCK_S * RATE_HZ
    parts = [
        _middle_of(left[first : first + block], right[first : first + block])
        for first in range(0, len(left), block)
    ]
    return np.concatenate(parts) if parts else left


def _middle_of(left: Floats, right: Floats) -> Floats:
    from scipy.signal import istft, stft

    def spectrum(sound: Floats) -> NDArray[np.complex64]:
        padded = np.pad(sound, (0, max(0, _WINDOW - len(sound))))
        return np.asarray(stft(padded, RATE_HZ, nperseg=_WINDOW, noverlap=_OVERLAP)[2], np.complex64)

    a, b = spectrum(left), spectrum(right)
    alike = 1 - np.abs(a - b) / (np.abs(a) + np.abs(b) + 1e-9)
    mask = np.clip(alike, 0, 1) ** _MASK_POWER
    middle = istft((a + b) / 2 * mask, RATE_HZ, nperseg=_WINDOW, noverlap=_OVERLAP)[1]
    return np.asarray(middle[: len(left)], np.float32)
