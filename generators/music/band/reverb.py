"""A plate reverb: convolution with noise that decays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_RATE_HZ = 48000
_SEED = 1729
_PREDELAY_S = 0.018
_BAND_HZ = (220, 5500)


def plate(send: NDArray[np.float32], room_s: float) -> NDArray[np.float32]:
    """Return the reverb of a stereo send at 48 kHz, shape (2, n); `room_s` is the time to -60 dB."""
    from scipy.signal import butter, oaconvolve, sosfilt

    rng = np.random.default_rng(_SEED)
    times_s = np.arange(int(room_s * _RATE_HZ)) / _RATE_HZ
    noise = rng.standard_normal((2, len(times_s))) * 10 ** (-3 * times_s / room_s)
    noise *= np.minimum(times_s / 0.008, 1)
    noise = sosfilt(butter(1, _BAND_HZ, "bandpass", fs=_RATE_HZ, output="sos"), noise)
    noise /= np.sqrt((noise**2).sum() / 2)
    response = np.pad(noise, ((0, 0), (int(_PREDELAY_S * _RATE_HZ), 0))).astype(np.float32)
    wet = np.empty(send.shape, np.float32)
    # A channel at a time: convolving takes four times the memory of what is convolved.
    for channel, dry in enumerate(send):
        wet[channel] = oaconvolve(dry, response[channel])[: len(dry)]
    return wet
