"""The parts of torchaudio that coqui's models use, in plain torch.

coqui-tts asks for torchaudio and, since torch 2.9, for torchcodec. Neither has a build for torch without
CUDA, and of all that is in them coqui's voices use what is here: mel spectrograms, resampling, and
reading a file. Names, arguments and buffers are those of torchaudio, so that weights load.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

_LOBES = 6  # zero crossings of the resampling filter on each side, torchaudio's default
_ROLLOFF = 0.99  # of the lower Nyquist frequency, likewise


class Spectrogram(torch.nn.Module):
    """Magnitudes of a short-time Fourier transform, raised to a power."""

    window: torch.Tensor

    def __init__(
        self,
        n_fft: int,
        win_length: int,
        hop_length: int,
        window_fn: Callable[..., torch.Tensor],
        power: float,
    ) -> None:
        super().__init__()
        self.n_fft, self.win_length, self.hop_length, self.power = n_fft, win_length, hop_length, power
        self.register_buffer("window", window_fn(win_length))

    def forward(self, sound: torch.Tensor) -> torch.Tensor:
        """Turn samples, shape (..., n), into shape (..., n_fft // 2 + 1, frames)."""
        flat = sound.reshape(-1, sound.shape[-1])
        spectrum = torch.stft(
            flat,
            self.n_fft,
            self.hop_length,
            self.win_length,
            self.window,
            center=True,
            pad_mode="reflect",
            return_complex=True,
        )
        return spectrum.abs().pow(self.power).reshape(*sound.shape[:-1], *spectrum.shape[-2:])


class MelScale(torch.nn.Module):
    """Sums a spectrogram into mel bands."""

    fb: torch.Tensor

    def __init__(
        self, n_mels: int, sample_rate: int, f_min: float, f_max: float, n_freqs: int, norm: str | None
    ) -> None:
        super().__init__()
        self.register_buffer("fb", _mel_bands(n_mels, sample_rate, f_min, f_max, n_freqs, norm))

    def forward(self, spectrogram: torch.Tensor) -> torch.Tensor:
        """Turn shape (..., freqs, frames) into shape (..., mels, frames)."""
        return (spectrogram.transpose(-1, -2) @ self.fb).transpose(-1, -2)


class MelSpectrogram(torch.nn.Module):
    """A spectrogram in mel bands."""

    def __init__(
        self,
        sample_rate: int = 16000,
        n_fft: int = 400,
        win_length: int | None = None,
        hop_length: int | None = None,
        f_min: float = 0.0,
        f_max: float | None = None,
        n_mels: int = 128,
        window_fn: Callable[..., torch.Tensor] = torch.hann_window,
        power: float = 2.0,
        normalized: bool = False,
        norm: str | None = None,
    ) -> None:
        super().__init__()
        if normalized:
            raise NotImplementedError("a normalised spectrogram needs torchaudio itself")
        length = win_length or n_fft
        self.spectrogram = Spectrogram(n_fft, length, hop_length or length // 2, window_fn, power)
        top_hz = f_max if f_max is not None else float(sample_rate // 2)
        self.mel_scale = MelScale(n_mels, sample_rate, f_min, top_hz, n_fft // 2 + 1, norm)

    def forward(self, sound: torch.Tensor) -> torch.Tensor:
        """Turn samples, shape (..., n), into shape (..., mels, frames)."""
        mels: torch.Tensor = self.mel_scale(self.spectrogram(sound))
        return mels


class Resample(torch.nn.Module):
    """Brings samples to another rate by a windowed sinc."""

    kernel: torch.Tensor

    def __init__(self, orig_freq: int = 16000, new_freq: int = 16000) -> None:
        super().__init__()
        shared = math.gcd(int(orig_freq), int(new_freq))
        self.old, self.new = int(orig_freq) // shared, int(new_freq) // shared
        if self.old != self.new:
            kernel, self.width = _sinc_kernel(self.old, self.new)
            self.register_buffer("kernel", kernel)

    def forward(self, sound: torch.Tensor) -> torch.Tensor:
        """Turn samples, shape (..., n), into as many as the new rate has."""
        if self.old == self.new:
            return sound
        flat = sound.reshape(-1, 1, sound.shape[-1])
        padded = torch.nn.functional.pad(flat, (self.width, self.width + self.old))
        phases = torch.nn.functional.conv1d(padded, self.kernel.to(padded), stride=self.old)
        wanted = math.ceil(self.new * sound.shape[-1] / self.old)
        return phases.transpose(1, 2).reshape(*sound.shape[:-1], -1)[..., :wanted]


def resample(waveform: torch.Tensor, orig_freq: int, new_freq: int) -> torch.Tensor:
    """Return samples at another rate."""
    sound: torch.Tensor = Resample(orig_freq, new_freq)(waveform)
    return sound


def load(uri: str | Path, *_: Any, **__: Any) -> tuple[torch.Tensor, int]:
    """Read a sound file: samples, shape (channels, n), and their rate."""
    import soundfile

    samples, rate_hz = soundfile.read(str(uri), dtype="float32", always_2d=True)
    return torch.from_numpy(samples.T.copy()), int(rate_hz)


def _mel_bands(
    n_mels: int, rate_hz: int, low_hz: float, high_hz: float, n_freqs: int, norm: str | None
) -> torch.Tensor:
    """Return triangles over the mel scale of HTK, shape (n_freqs, n_mels)."""
    frequencies = torch.linspace(0, rate_hz // 2, n_freqs)
    low, high = (2595.0 * math.log10(1.0 + hz / 700.0) for hz in (low_hz, high_hz))
    corners = 700.0 * (10 ** (torch.linspace(low, high, n_mels + 2) / 2595.0) - 1.0)
    start, middle, end = corners[:-2], corners[1:-1], corners[2:]
    rising = (frequencies[:, None] - start) / (middle - start)
    falling = (end - frequencies[:, None]) / (end - middle)
    bands = torch.minimum(rising, falling).clamp_min(0.0)
    return bands * (2.0 / (end - start)) if norm == "slaney" else bands


def _sinc_kernel(old: int, new: int) -> tuple[torch.Tensor, int]:
    """Return one filter for each phase of the new rate, shape (new, 1, taps), and half its width."""
    cutoff = min(old, new) * _ROLLOFF
    width = math.ceil(_LOBES * old / cutoff)
    taps = torch.arange(-width, width + old, dtype=torch.float64) / old
    phases = -torch.arange(new, dtype=torch.float64) / new
    place = ((phases[:, None] + taps) * cutoff).clamp(-_LOBES, _LOBES)
    window = torch.cos(place * math.pi / (2 * _LOBES)) ** 2
    return (torch.sinc(place) * window * cutoff / old)[:, None].float(), width
