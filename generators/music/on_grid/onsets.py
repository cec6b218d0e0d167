"""Hear where something begins in a recording, and which notes sound meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.sound import RATE_HZ, Sound

Curve = NDArray[np.float64]

EAR_HZ = 22_050
HOP = 110  # samples: 5.0 ms, an order below the 50 ms within which a beat counts as hit
STEP_S = HOP / EAR_HZ
_N_FFT = 1024
_LOW_HZ = 150.0  # below it lie kick drum and bass
_BLOCK = 2000  # steps: ten seconds
_NOTES_FFT, _NOTES_HOP = 4096, 1100  # ten steps of the onsets
NOTES_STEP = _NOTES_HOP // HOP


@dataclass(frozen=True)
class Onsets:
    """How strongly something begins every STEP_S seconds, in all and in the bass alone, and the notes.

    `notes` has shape (12, n), the strength of every note from C on, in every tenth of these steps.
    """

    all: Curve
    low: Curve
    notes: Curve


def onsets_of(sound: Sound) -> Onsets:
    """Measure onsets as rising energy, compressed, summed over frequencies (spectral flux).

    Bello et al., A Tutorial on Onset Detection in Music Signals, 2005.
    """
    import librosa

    if sound.shape[1] < RATE_HZ:
        return Onsets(np.zeros(1), np.zeros(1), np.zeros((12, 1)))
    mono = librosa.resample(sound.mean(axis=0), orig_sr=RATE_HZ, target_sr=EAR_HZ, res_type="soxr_mq")
    mono = mono / max(float(np.abs(mono).max()), 1e-9)
    rises, low_rises = _flux(mono)
    sustained = np.abs(librosa.stft(mono, n_fft=_NOTES_FFT, hop_length=_NOTES_HOP))
    notes = librosa.feature.chroma_stft(S=sustained, sr=EAR_HZ, n_fft=_NOTES_FFT, tuning=0.0, norm=None)
    return Onsets(_sharp(rises), _sharp(low_rises), notes.astype(np.float64))


def _flux(mono: NDArray[np.floating]) -> tuple[Curve, Curve]:
    """Return the mean rise over all frequencies and over the low ones, a stretch of the sound at a time."""
    from scipy.signal import get_window

    padded = np.pad(mono, _N_FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _N_FFT)[::HOP]
    window = get_window("hann", _N_FFT).astype(np.float32)
    n_low = round(_LOW_HZ * _N_FFT / EAR_HZ)
    rises, low_rises = np.zeros(len(frames)), np.zeros(len(frames))
    for first in range(1, len(frames), _BLOCK):
        spectrum = np.fft.rfft(frames[first - 1 : first + _BLOCK] * window, axis=1)
        rise = np.maximum(0.0, np.diff(np.log1p(10.0 * np.abs(spectrum)), axis=0))
        rises[first : first + len(rise)] = rise.mean(axis=1)
        low_rises[first : first + len(rise)] = rise[:, :n_low].mean(axis=1)
    return rises, low_rises


def _sharp(flux: Curve) -> Curve:
    """Take away what goes on all the time, so that only what stands out is left."""
    from scipy.ndimage import gaussian_filter1d

    smooth = gaussian_filter1d(flux, 0.01 / STEP_S)
    around = gaussian_filter1d(smooth, 0.4 / STEP_S)
    return np.asarray(np.maximum(0.0, smooth - around))
