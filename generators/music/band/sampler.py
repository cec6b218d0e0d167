"""The sampler: how one note sounds, as stereo samples, played from a SoundFont's regions."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.music.band.soundfont import Region, SoundFont

RATE_HZ = 48000
_LAYERS = (50, 85, 120)  # the velocities at which a key is sampled: brightness follows the touch
_SILENT_DB = -70.0
_INAUDIBLE = 1e-5
_SEAM = 256  # samples over which a loop's end fades into its start
_BEGINNING, _ABRUPT, _SOFTENED_S = 8, 0.02, 0.002  # a sample that begins above this clicks

Stereo = NDArray[np.float32]
"""Samples, shape (2, n)."""


class Sampler:
    """Plays the keys of one preset; every key is worked out once for each layer of touch."""

    def __init__(self, font: SoundFont, bank: int, program: int) -> None:
        self._font, self._bank, self._program = font, bank, program
        self._tones: dict[tuple[int, int], tuple[Stereo, float]] = {}

    def prepare(self, notes: Iterable[tuple[int, int, float]]) -> None:
        """Work out the tones for notes of (key, velocity, seconds), each as long as its longest."""
        longest: dict[tuple[int, int], float] = {}
        for key, velocity, length_s in notes:
            place = (key, _layer(velocity))
            longest[place] = max(longest.get(place, 0.0), length_s)
        for (key, layer), length_s in longest.items():
            regions = self._font.regions(self._bank, self._program, key, _LAYERS[layer])
            release_s = min(max((region.release_s for region in regions), default=0.1) * 0.6, 1.2)
            n_samples = round((length_s + release_s) * RATE_HZ) + 1
            sound = np.zeros((2, n_samples), np.float32)
            for region in regions:
                sound += _tone(region, key, _LAYERS[layer], n_samples)
            self._tones[key, layer] = _trimmed(sound), max(release_s, 0.01)

    def note(self, key: int, velocity: int, length_s: float) -> Stereo:
        """Return one note with its release, shape (2, n); its (key, touch) was prepared."""
        sound, release_s = self._tones[key, _layer(velocity)]
        held, fading = round(length_s * RATE_HZ), round(release_s * RATE_HZ)
        note = sound[:, : held + fading] * np.float32((velocity / 127) ** 1.6)
        tail = note[:, held:]
        if tail.shape[1]:
            tail *= np.linspace(1, 0, fading, dtype=np.float32)[: tail.shape[1]] ** 3
        return note


def _trimmed(sound: Stereo) -> Stereo:
    """Cut off the silence after a sound has died away."""
    heard = np.flatnonzero(np.abs(sound).max(axis=0) > _INAUDIBLE)
    return sound[:, : heard[-1] + 1] if len(heard) else sound[:, :1]


def _layer(velocity: int) -> int:
    return 0 if velocity < 65 else 1 if velocity < 100 else 2


def _tone(region: Region, key: int, velocity: int, n_samples: int) -> Stereo:
    cents = (key - region.root_key) * region.cents_per_key + region.tuning_cents
    wave = _resampled(region, 2 ** (cents / 1200) * region.rate_hz / RATE_HZ, n_samples)
    wave = _filtered(region, wave, velocity) * _envelope(region, n_samples)
    left = np.cos((region.pan + 1) * np.pi / 4) * np.sqrt(2)
    right = np.sin((region.pan + 1) * np.pi / 4) * np.sqrt(2)
    return np.stack([wave * np.float32(left), wave * np.float32(right)])


def _resampled(region: Region, step: float, n_samples: int) -> NDArray[np.float32]:
    """Read the sample at another speed, around its loop, by four-point Hermite interpolation."""
    source = _seamless(region)
    at = np.arange(n_samples) * step
    if region.loop:
        first, last = region.loop
        at = np.where(at < last, at, first + (at - first) % (last - first))
    else:
        at = at[: int(max(0, len(region.samples) - 9) / step)]
    whole = at.astype(np.int64)
    part = (at - whole).astype(np.float32)
    before, here, after, later = (source[np.maximum(whole + step, 0)] for step in (-1, 0, 1, 2))
    slope, next_slope = (after - before) * 0.5, (later - here) * 0.5
    rise = here - after
    curve = (2 * rise + slope + next_slope) * part + (-3 * rise - 2 * slope - next_slope)
    wave = (curve * part + slope) * part + here
    return np.pad(wave, (0, n_samples - len(wave))).astype(np.float32)


def _seamless(region: Region) -> NDArray[np.float32]:
    """Return a region's samples, the end of its loop faded into what lies before its start."""
    source = np.concatenate([region.samples, np.zeros(4, np.float32)])
    if region.loop:
        first, last = region.loop
        n_faded = min(_SEAM, first, last - first)
        ramp = np.linspace(0, 1, n_faded + 1, dtype=np.float32)[1:]
        ending, before = source[last - n_faded : last], source[first - n_faded : first]
        source[last - n_faded : last] = ending + ramp * (before - ending)
        source[last : last + 4] = source[first : first + 4]
    return source


def _filtered(region: Region, wave: NDArray[np.float32], velocity: int) -> NDArray[np.float32]:
    """Low-pass a wave; a filter sweep is a fade from the open filter to the closed one."""
    softness = -1800 * (1 - velocity / 127)
    closed = _low_passed(wave, region.cutoff_cents + softness)
    if abs(region.sweep_cents) < 100:
        return closed
    opened = _low_passed(wave, region.cutoff_cents + region.sweep_cents + softness)
    times_s = np.arange(len(wave), dtype=np.float32) / RATE_HZ
    fall = np.clip((times_s - region.sweep_hold_s) / max(region.sweep_decay_s, 0.001), 0, 1)
    amount = np.maximum(1 - fall, region.sweep_sustain).astype(np.float32)
    return opened * amount + closed * (1 - amount)


def _low_passed(wave: NDArray[np.float32], cents: float) -> NDArray[np.float32]:
    from scipy.signal import butter, sosfilt

    cutoff_hz = 8.176 * 2 ** (cents / 1200)
    if cutoff_hz > 17000:
        return wave
    sos = butter(2, max(cutoff_hz, 60.0), fs=RATE_HZ, output="sos")
    return np.asarray(sosfilt(sos, wave), np.float32)


def _envelope(region: Region, n_samples: int) -> NDArray[np.float32]:
    """Return the loudness over time: attack, hold, decay in dB down to the sustained level."""
    times_s = np.arange(n_samples, dtype=np.float32) / RATE_HZ
    falling_s = np.maximum(times_s - region.attack_s - region.hold_s, 0)
    level_db = np.maximum(-100 * falling_s / max(region.decay_s, 0.001), region.sustain_db)
    level = np.where(level_db < _SILENT_DB, 0, 10 ** ((level_db + region.gain_db) / 20))
    if region.attack_s > 0:
        level = level * np.minimum(times_s / region.attack_s, 1)
    # What sustains may begin in the middle of its wave, and some drums do too: that clicks.
    if region.loop or np.abs(region.samples[:_BEGINNING]).max() > _ABRUPT:
        level = level * np.minimum(times_s / _SOFTENED_S, 1) ** 2
    return np.asarray(level, np.float32)
