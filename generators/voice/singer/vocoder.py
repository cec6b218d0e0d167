"""From spectra and a pitch curve to sound: spoken spectra, stretched in time, over sung pulses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.voice.singer.voice_model import Floats, Spectra

# The free-phase branch belongs to the spoken pitch periods. Under other notes its phase, repeated in
# every frame of a held vowel, buzzes at the frame rate; drawn at random and softer it is breath, and
# without it consonants next to vowels go missing (measured by a speech recogniser).
_FREE_GAIN = 0.7


def stretched(spectra: Spectra, at_frames: NDArray[np.float64]) -> Spectra:
    """Return the spectra at any moments, counted in frames, between two of them where need be."""
    last = spectra.harmonic.shape[1] - 1
    at = np.clip(at_frames, 0.0, last)
    left = np.floor(at).astype(np.int64)
    right = np.minimum(left + 1, last)
    share = (at - left).astype(np.float32)
    nearest = np.rint(at).astype(np.int64)

    def between(values: Floats) -> Floats:
        mixed: Floats = values[:, left] * (1 - share) + values[:, right] * share
        return mixed

    return Spectra(
        between(spectra.harmonic),
        spectra.harmonic_phase[:, nearest],
        between(spectra.noise),
        between(spectra.free),
        spectra.free_phase[:, nearest],
    )


def resized(spectra: Spectra, tract: float) -> Spectra:
    """Return the spectra of a vocal tract so many times as long: formants come down by that factor."""
    if tract == 1.0:
        return spectra
    n_bins = spectra.harmonic.shape[0]
    at = np.minimum(np.arange(n_bins) * tract, n_bins - 1)
    left = np.floor(at).astype(np.int64)
    right = np.minimum(left + 1, n_bins - 1)
    share = (at - left).astype(np.float32)[:, None]

    def moved(values: Floats) -> Floats:
        mixed: Floats = values[left] * (1 - share) + values[right] * share
        return mixed

    nearest = np.rint(at).astype(np.int64)
    return Spectra(
        moved(spectra.harmonic),
        spectra.harmonic_phase[nearest],
        moved(spectra.noise),
        moved(spectra.free),
        spectra.free_phase[nearest],
    )


def sound_of(spectra: Spectra, f0_hz: Floats, rng: np.random.Generator) -> Floats:
    """Return the sound, 24 kHz, frame k centred on sample 300 k.

    Args:
        spectra: one column a frame.
        f0_hz: [frames] pitch, 0 where unvoiced.
        rng: draws the breath noise.
    """
    from hibari import dsp  # type: ignore[import-untyped, unused-ignore]

    voiced = f0_hz > 0
    phase, free, free_phase = spectra.harmonic_phase, spectra.free, spectra.free_phase
    if voiced.any():
        # The phase response of a moving pitch must not jump from frame to frame.
        steady = np.median(phase[:, voiced], axis=1, keepdims=True)
        phase = np.where(voiced, steady, phase).astype(np.float32)
        drawn = rng.uniform(-np.pi, np.pi, free_phase.shape)
        free_phase = np.where(voiced, drawn, free_phase).astype(np.float32)
        free = (free + np.where(voiced, np.log(_FREE_GAIN), 0.0)).astype(np.float32)
    sound: Floats = dsp.synth(spectra.harmonic, phase, spectra.noise, free, free_phase, f0_hz, rng)
    return sound
