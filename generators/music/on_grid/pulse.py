"""Hear the pulse of a recording: its beats, which of them begin bars, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storyboard.generators.music.on_grid.metre import first_downbeat, near, on_the_beat
from storyboard.generators.music.on_grid.onsets import EAR_HZ, HOP, STEP_S, Curve, Onsets

_EARLY_S = 0.0097  # the flux of a window this long rises before the onset; measured on clicks
_SHORTEST_S = 4.0
_OCTAVE = np.sqrt(2.0)
_PRIOR_OCTAVES = 0.35  # how far models stray from the tempo that they are asked for


@dataclass(frozen=True)
class Pulse:
    """Beats in seconds, how strong each is, which begins the first bar, and the evidence, 0 to 1."""

    beats_s: Curve
    strength: Curve
    first_downbeat: int
    evidence: float

    @property
    def tempo_bpm(self) -> float:
        """The tempo of the whole, from its median beat."""
        return 60.0 / float(np.median(np.diff(self.beats_s)))


def find_pulse(onsets: Onsets, tempo_bpm: float, beats_per_bar: int) -> Pulse | None:
    """Find beats at the level of the metre that is nearest to a tempo.

    Args:
        onsets: of the recording.
        tempo_bpm: the tempo that was asked for; the beat found is within half an octave of it.
        beats_per_bar: of the song.

    Returns:
        The pulse, or None where there is too little to hear one at all.
    """
    import librosa

    envelope = onsets.all
    if len(envelope) * STEP_S < _SHORTEST_S or not envelope.any():
        return None
    period, evidence = _period(envelope, tempo_bpm)
    _, frames = librosa.beat.beat_track(
        onset_envelope=envelope,
        sr=EAR_HZ,
        hop_length=HOP,
        bpm=60.0 / (period * STEP_S),
        tightness=400,
        trim=False,
    )
    if len(frames) < 2 * beats_per_bar:
        return None
    frames = on_the_beat(np.asarray(frames, np.float64), onsets, period)
    beats_s = _refined(frames, envelope) * STEP_S + _EARLY_S
    return Pulse(beats_s, near(envelope, frames), first_downbeat(frames, onsets, beats_per_bar), evidence)


def _period(envelope: Curve, tempo_bpm: float) -> tuple[float, float]:
    """Return the beat's period in steps and how much of the envelope repeats with it, 0 to 1."""
    repeats = _autocorrelation(envelope)
    asked = 60.0 / tempo_bpm / STEP_S
    periods = np.exp(np.linspace(np.log(asked / _OCTAVE), np.log(asked * _OCTAVE), 1200))
    combed = np.mean([np.interp(periods * n, np.arange(len(repeats)), repeats) for n in range(1, 5)], axis=0)
    octaves = np.log2(periods / asked)
    best = int(np.argmax(combed * np.exp(-0.5 * (octaves / _PRIOR_OCTAVES) ** 2)))
    return float(periods[best]), float(np.clip(combed[best], 0.0, 1.0))


def _autocorrelation(envelope: Curve) -> Curve:
    centred = envelope - envelope.mean()
    spectrum = np.fft.rfft(centred, 2 * len(centred))
    raw = np.fft.irfft(np.abs(spectrum) ** 2)[: len(centred)]
    overlap = np.maximum(1.0 - np.arange(len(raw)) / len(raw), 0.1)
    return np.asarray(raw / overlap / max(raw[0], 1e-12))


def _refined(frames: Curve, envelope: Curve) -> Curve:
    """Move every beat to the middle of the onset within 40 ms of it, if there is one."""
    reach = round(0.04 / STEP_S)
    refined = frames.copy()
    floor = 0.1 * float(np.percentile(envelope, 99))
    for index, frame in enumerate(frames.round().astype(int)):
        first = max(0, frame - reach)
        onset = envelope[first : frame + reach + 1]
        if len(onset) and onset.max() > floor:
            peak = int(np.argmax(onset))
            part = onset[max(0, peak - 3) : peak + 4]
            refined[index] = first + max(0, peak - 3) + np.average(np.arange(len(part)), weights=part)
    return refined
