"""The spectra that the network was trained on: 4096 samples every 1024 at 44.1 kHz, up to 11 kHz."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.separation.unet import N_BINS
from storyboard.sync.separation.weights import Floats

RATE_HZ = 44_100

_N_WINDOW, _STEP = 4096, 1024
_STEPS = _N_WINDOW // _STEP
_EDGE = _N_WINDOW - _STEP  # of silence at both ends: then every sample is in as many windows
_HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_N_WINDOW) / _N_WINDOW)).astype(np.float32)
_GAIN = 1.5  # of four overlapping squared windows

Bins = NDArray[np.complex64]


def analysed(sound: Floats) -> Bins:
    """Return the spectra (2, n_frames, N_BINS) of samples (n, 2) at 44.1 kHz."""
    after = _EDGE + (-len(sound) - _EDGE) % _STEP
    padded = np.pad(sound, ((_EDGE, after), (0, 0)))
    bins = [_spectra(channel.reshape(-1, _STEP)) for channel in padded.T]
    return np.stack(bins)


def _spectra(steps: Floats) -> Bins:
    """Return the spectra (n_frames, N_BINS) of sound cut into steps, (n_frames + 3, _STEP)."""
    n_frames = len(steps) - _STEPS + 1
    windows = np.concatenate([steps[step : step + n_frames] for step in range(_STEPS)], axis=1)
    return np.asarray(np.fft.rfft(windows * _HANN)[:, :N_BINS], np.complex64)


def sounded(bins: Bins, n_samples: int) -> Floats:
    """Return the samples (n,) whose spectra (n_frames, N_BINS) are given."""
    windows = np.fft.irfft(bins, _N_WINDOW) * (_HANN / _GAIN)
    steps = np.zeros((len(windows) + _STEPS - 1, _STEP), np.float32)
    for step in range(_STEPS):
        steps[step : step + len(windows)] += windows[:, step * _STEP : (step + 1) * _STEP]
    return steps.reshape(-1)[_EDGE : _EDGE + n_samples]
