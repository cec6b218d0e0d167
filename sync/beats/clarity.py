"""Whether there is a pulse at all: how alike the strokes of a song are a beat later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.beats.strokes import FRAME_S, HOP, RATE_HZ, Floats

_WINDOW_S = 12.0
_SLOWEST_BPM, _FASTEST_BPM = 40.0, 240.0
_FAINTEST_DB = 1.0  # rise of the strongest strokes; a drone has 0.2, noise 0.7, songs 2.4 and more


def onset_curve(sound: Floats) -> Floats:
    """Return by how many dB the mel spectrum rises, on average, at each frame of 11.6 ms."""
    import librosa

    return np.asarray(librosa.onset.onset_strength(y=sound, sr=RATE_HZ, hop_length=HOP), np.float32)


def pulse_clarity(onsets: Floats) -> float:
    """Return how alike an onset curve is one beat and two beats later, 0 to 1, at the best tempo.

    See Lartillot et al., Multi-feature modeling of pulse clarity, 2008. Noise, speech and strokes at
    random stay below 0.1.
    """
    if len(onsets) < 4 / FRAME_S or np.percentile(onsets, 99) < _FAINTEST_DB:
        return 0.0
    likeness = _self_likeness(onsets)
    lags = 60 / np.geomspace(_SLOWEST_BPM, _FASTEST_BPM, 600) / FRAME_S
    once, twice = (np.interp(lags * beats, np.arange(len(likeness)), likeness) for beats in (1, 2))
    return float(np.clip(0.6 * once + 0.4 * twice, 0, 1).max())


def _self_likeness(onsets: Floats) -> NDArray[np.float64]:
    """Return the mean autocorrelation of windows of the curve, 1 at lag 0, up to six seconds of lag."""
    width = min(len(onsets), round(_WINDOW_S / FRAME_S))
    window = np.hanning(width)
    size = 2 ** int(np.ceil(np.log2(2 * width)))

    def correlation(part: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.fft.irfft(np.abs(np.fft.rfft(part, size)) ** 2)[: width // 2])

    overlap = correlation(window)
    found = []
    for first in range(0, len(onsets) - width + 1, max(1, width // 2)):
        part = onsets[first : first + width].astype(np.float64)
        if part.std() > 1e-6:
            correlated = correlation((part - part.mean()) * window)
            found.append(correlated / correlated[0] * overlap[0] / overlap)
    return np.asarray(np.mean(found, axis=0)) if found else np.zeros(width // 2)
