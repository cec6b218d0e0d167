"""Spectrogram images as Riffusion was trained on them: sound to image, image to sound.

The sizes are those of SpectrogramParams and the scale that of image_from_spectrogram in
github.com/riffusion/riffusion-hobby: mel amplitudes over the loudest, to the power 0.25, dark is loud,
high notes on top, a column every 10 ms.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.progress import OnFraction

RATE_HZ = 44_100
COLUMNS_PER_S = 100
N_MELS = 512
_HOP = RATE_HZ // COLUMNS_PER_S
_WINDOW = 4_410  # samples: 100 ms
_PADDED = 17_640  # samples: 400 ms, the transform of the window with silence around it
_HIGHEST_HZ = 10_000.0
_POWER = 0.25
_ITERATIONS = 32
_MOMENTUM = 0.99  # Perraudin, Balazs and Søndergaard, A Fast Griffin-Lim Algorithm, 2013

Image = NDArray[np.float32]
"""Shape (512, columns), 0 (loud) to 1 (silent), high notes first."""


def image_of(samples: NDArray[np.float32]) -> Image:
    """Return the image of mono sound at 44.1 kHz."""
    import librosa

    spectrum = np.abs(librosa.stft(samples, n_fft=_PADDED, hop_length=_HOP, win_length=_WINDOW))
    mel = _filters() @ spectrum
    loudness = (mel / max(float(mel.max()), 1e-9)) ** _POWER
    return np.asarray(1.0 - loudness[::-1], np.float32)


def samples_of(image: Image, seed: int, device: str, progress: OnFraction) -> NDArray[np.float32]:
    """Return mono sound at 44.1 kHz whose spectrogram is the image's, by Griffin and Lim's iteration.

    The image holds no phases: they are drawn from the seed, and brought to agree with each other.

    Args:
        image: shape (512, columns).
        seed: of the first phases.
        device: where torch computes.
        progress: called after every iteration; may raise Cancelled.
    """
    import torch

    loudness = torch.from_numpy(_linear(image)).to(device)
    drawn = torch.rand(loudness.shape, generator=torch.Generator().manual_seed(seed)).to(device)
    window = torch.hann_window(_WINDOW, device=device)
    sizes: dict[str, Any] = {"n_fft": _WINDOW, "hop_length": _HOP, "window": window}
    phases = torch.polar(torch.ones_like(loudness), 2 * torch.pi * drawn)
    before = torch.zeros_like(phases)
    for iteration in range(_ITERATIONS):
        sound = torch.istft(loudness * phases, **sizes)
        agreed = torch.stft(sound, **sizes, return_complex=True)
        pushed = agreed - before * (_MOMENTUM / (1 + _MOMENTUM))
        phases = pushed / pushed.abs().clamp_min(1e-12)
        before = agreed
        progress((iteration + 1) / _ITERATIONS)
    samples = torch.istft(loudness * phases, **sizes).cpu().numpy()
    return np.asarray(samples / max(float(np.abs(samples).max()), 1e-9), np.float32)


def _linear(image: Image) -> NDArray[np.float32]:
    """Return the amplitude at every frequency of the transform, shape (2206, columns).

    A mel band is the sum under its triangle: over the triangle's area it is the amplitude at its peak,
    and between the peaks lie straight lines. The 100 ms window blurs more than that.
    """
    mel = (1.0 - np.clip(image[::-1], 0.0, 1.0)) ** (1 / _POWER)
    areas = np.maximum(_filters().sum(axis=1), 0.5)
    peaks_hz = _mel_to_hz(np.linspace(0.0, _hz_to_mel(_HIGHEST_HZ), N_MELS + 2)[1:-1])
    bins_hz = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    place = np.interp(bins_hz, peaks_hz, np.arange(N_MELS))
    below = np.minimum(place.astype(int), N_MELS - 2)
    part = (place - below)[:, None].astype(np.float32)
    amplitude = (mel / areas[:, None]).astype(np.float32)
    linear = amplitude[below] * (1 - part) + amplitude[below + 1] * part
    linear[bins_hz > _HIGHEST_HZ] = 0.0
    linear[0] = 0.0
    return np.asarray(linear, np.float32)


@cache
def _filters() -> NDArray[np.float32]:
    """Return the 512 triangles from 0 to 10 kHz on the HTK mel scale, peaks 1, shape (512, 8821)."""
    import librosa

    return np.asarray(
        librosa.filters.mel(
            sr=RATE_HZ, n_fft=_PADDED, n_mels=N_MELS, fmin=0.0, fmax=_HIGHEST_HZ, htk=True, norm=None
        ),
        np.float32,
    )


def _hz_to_mel(hz: float) -> float:
    return 2595.0 * float(np.log10(1.0 + hz / 700.0))


def _mel_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(700.0 * (10.0 ** (mel / 2595.0) - 1.0))
