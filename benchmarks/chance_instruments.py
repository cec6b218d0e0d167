"""Instruments and rooms that are drawn by chance, for benchmarks/chance_band.py."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from beats import Times
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

from storyboard.sync.beats import RATE_HZ

Rng = np.random.Generator
Instrument = Callable[[float, float], Times]
"""A sound of a pitch (MIDI) and a length in seconds."""


def thud(rng: Rng) -> Instrument:
    """Draw a drum that falls in pitch."""
    low_hz, sweep_hz, fall = rng.uniform(42, 75), rng.uniform(0, 160), rng.uniform(7, 22)
    bend_s, click = rng.uniform(0.008, 0.04), rng.uniform(0, 0.3)
    time_s = clock(0.35)
    phase = low_hz * time_s + sweep_hz * bend_s * (1 - np.exp(-time_s / bend_s))
    body = np.sin(2 * np.pi * phase) * np.exp(-fall * time_s)
    body += click * rng.standard_normal(len(time_s)) * np.exp(-200 * time_s)
    return lambda _, __: body


def noise(kind: str, rng: Rng) -> Instrument:
    """Draw a snare, a hat, or something shaken or struck by hand."""
    low_hz = {
        "snare": rng.uniform(150, 1200),
        "hat": rng.uniform(3000, 7000),
        "hand": rng.uniform(200, 4000),
    }[kind]
    high_hz = min(10_500.0, low_hz * rng.uniform(1.6, 6))
    fall = rng.uniform(14, 45) if kind == "snare" else rng.uniform(10, 90)
    rise_s = rng.uniform(0.0005, 0.004) if kind == "snare" else rng.uniform(0.0005, 0.03)
    tone_hz, tonal = rng.uniform(120, 1400), rng.uniform(0, 0.8) * (kind != "hat")
    time_s = clock(0.3)
    shape = np.minimum(1, time_s / rise_s) * np.exp(-fall * time_s)
    band = butter(2, (low_hz, high_hz), "band", fs=RATE_HZ, output="sos")

    def play(_: float, __: float) -> Times:
        rustle = sosfilt(band, rng.standard_normal(len(time_s)))
        return np.asarray(
            (2 * rustle / rustle.std() * 0.3 + tonal * np.sin(2 * np.pi * tone_hz * time_s)) * shape
        )

    return play


def tone(rng: Rng) -> Instrument:
    """Draw a pitched instrument: its overtones, how it begins, falls and trembles."""
    slope, n_partials = rng.uniform(0.5, 2.5), int(rng.integers(2, 12))
    odd = rng.random() < 0.25
    rise_s = float(np.exp(rng.uniform(np.log(0.002), np.log(0.08))))
    fall = float(np.exp(rng.uniform(np.log(0.3), np.log(9))))
    tremble, sharp = rng.uniform(0, 0.5) * (rng.random() < 0.3), rng.uniform(0, 3)
    pluck, pluck_fall = rng.uniform(0, 0.8) * (rng.random() < 0.5), rng.uniform(60, 300)

    def play(midi: float, held_s: float) -> Times:
        time_s = clock(held_s + 0.05)
        hz = 440 * 2 ** ((midi - 69) / 12)
        phase = 2 * np.pi * hz * time_s + tremble * np.sin(2 * np.pi * 5 * time_s)
        numbers = [n for n in range(1, n_partials + 1) if not (odd and n % 2 == 0) and n * hz < 9000]
        wave = sum(np.sin(n * phase) / n**slope * np.exp(-sharp * n * time_s) for n in numbers)
        ends = np.minimum(1, (held_s + 0.05 - time_s) / 0.05)
        burst = pluck * rng.standard_normal(len(time_s)) * np.exp(-pluck_fall * time_s)
        return np.asarray((wave * np.minimum(1, time_s / rise_s) * np.exp(-fall * time_s) + burst) * ends)

    return play


def heard_through(sound: Times, rng: Rng) -> NDArray[np.float32]:
    """Return the sound in a room of chance, squeezed and filtered by chance, above some hiss."""
    time_s = clock(rng.uniform(0.1, 0.9))
    room = rng.uniform(0, 0.08) * rng.standard_normal(len(time_s)) * np.exp(-rng.uniform(5, 12) * time_s)
    room[0] = 1
    wet = fftconvolve(sound, room)[: len(sound)]
    wet /= np.percentile(np.abs(wet), 99.8) + 1e-9
    if rng.random() < 0.5:
        wet = np.tanh(rng.uniform(0.8, 3) * wet)
    if rng.random() < 0.25:
        wet = sosfilt(butter(2, rng.uniform(3000, 8000), fs=RATE_HZ, output="sos"), wet)
    hiss = 10 ** rng.uniform(-4, -1.8)
    return np.asarray(0.5 * (wet + hiss * rng.standard_normal(len(wet))), np.float32)


def clock(duration_s: float) -> Times:
    """Return the time of every sample."""
    return np.arange(round(duration_s * RATE_HZ)) / RATE_HZ


def add(sound: Times, at_s: float, note: Times) -> None:
    """Add a note to a sound, as far as it goes."""
    first = max(0, round(at_s * RATE_HZ))
    kept = note[: max(0, len(sound) - first)]
    sound[first : first + len(kept)] += kept
