"""Bring what a model speaks onto the grid of the score: trimmed, stretched to its slot, laid on its beat."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.sound import ffmpeg
from storyboard.generators.score import LineSlot, Score
from storyboard.schema.errors import GeneratorError
from storyboard.schema.files import beside

Floats = NDArray[np.float32]

RATE_HZ = 48_000
SLOWEST, FASTEST = 0.75, 1.35  # tempo at which speech still sounds like the same person speaking
BREATH_S = 0.12  # left free at the end of a slot
_FADE_S = 0.008
_FRAME_S = 0.01
_SILENCE_DB = -38.0  # of the loud frames; breaths and room lie below
_LEAST_PEAK = 1e-4
_LEVEL_RMS = 0.1  # of the frames that sound, 20 dB below full scale
_CEILING = 0.9
_PAUSE_S = 0.09  # the shortest gap that can part two lines; stop consonants close for less
_ASIDE = 0.35  # how far from its expected place, in lines, a pause may lie


def trimmed(sound: Floats, rate_hz: int) -> Floats:
    """Return the sound without the silence at its ends; nothing is left of one that is silent."""
    frame = round(_FRAME_S * rate_hz)
    sounding = np.flatnonzero(_sounding(sound, frame))
    if not len(sounding):
        return sound[:0]
    # A consonant fades out longer than it sets in.
    first, last = (int(sounding[0]) - 1) * frame, (int(sounding[-1]) + 4) * frame
    return sound[max(0, first) : last]


def fitted(sound: Floats, rate_hz: int, slot_s: float) -> Floats:
    """Return the sound at 48 kHz, no longer than its slot, stretched to fill it as far as is natural.

    Slower than 0.75 of its tempo it never gets: it ends early instead. Faster than 1.35 it gets only
    where it would not fit otherwise.
    """
    whole = resampled(trimmed(sound, rate_hz), rate_hz)
    room_s = max(slot_s - BREATH_S, slot_s / 2)
    tempo = max(SLOWEST, len(whole) / RATE_HZ / room_s)
    return faded(stretched(whole, tempo)[: round(room_s * RATE_HZ)])


def resampled(sound: Floats, rate_hz: int) -> Floats:
    """Return the sound at 48 kHz."""
    if rate_hz == RATE_HZ or not len(sound):
        return np.asarray(sound, np.float32)
    from scipy.signal import resample_poly

    shared = int(np.gcd(rate_hz, RATE_HZ))
    return np.asarray(resample_poly(sound, RATE_HZ // shared, rate_hz // shared), np.float32)


def stretched(sound: Floats, tempo: float) -> Floats:
    """Return the sound at 48 kHz at another tempo, pitch and formants kept."""
    n_samples = round(len(sound) / tempo)
    if not len(sound) or abs(n_samples - len(sound)) < RATE_HZ // 500:
        return sound
    source = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "-"]
    # Its default for transients, "crisp", leaves tones up to 3 % off their pitch.
    change = f"rubberband=tempo={tempo:.6f}:transients=mixed"
    padded = np.pad(sound, (0, RATE_HZ // 10)).astype("<f4")
    where = Path("time stretching")
    said = ffmpeg([*source, "-af", change, "-f", "f32le", "-"], where=where, stdin=padded.tobytes()).stdout
    return _exactly(np.frombuffer(said, "<f4"), n_samples)


def faded(sound: Floats) -> Floats:
    """Return the sound faded in and out, so that it joins silence without a click."""
    ramp_n = min(round(_FADE_S * RATE_HZ), len(sound) // 2)
    ramp = np.linspace(0.0, 1.0, ramp_n, endpoint=False, dtype=np.float32)
    whole = np.array(sound, np.float32)
    whole[:ramp_n] *= ramp
    whole[len(whole) - ramp_n :] *= ramp[::-1]
    return whole


def parted(sound: Floats, rate_hz: int, weights: Sequence[float]) -> list[Floats] | None:
    """Cut what was spoken in one breath into its lines, at the pauses nearest to where they should be.

    Args:
        sound: several lines, trimmed.
        rate_hz: its sample rate.
        weights: the expected length of each line, in any unit.

    Returns:
        One sound a line, or None when the pauses do not tell where the lines end.
    """
    frame = round(_FRAME_S * rate_hz)
    expected = np.cumsum(weights)[:-1] / sum(weights) * len(sound) / frame
    reach = _ASIDE * len(sound) / frame / len(weights)
    pauses = _pauses(_sounding(sound, frame))
    cuts: list[int] = []
    for place in expected:
        near = [pause for pause in pauses if abs(sum(pause) / 2 - place) < reach]
        if not near:
            return None
        start, end = max(near, key=lambda pause: pause[1] - pause[0])
        cuts.append((start + end) // 2 * frame)
    if any(later <= earlier for earlier, later in pairwise(cuts)):
        return None
    return np.split(sound, cuts)


def slot_s(score: Score, slots: Sequence[LineSlot]) -> tuple[float, float]:
    """Return the start of the first slot and the length of all, which follow each other, in seconds."""
    first, last = slots[0], slots[-1]
    start_s = score.beat_s(first.first_beat)
    return start_s, score.beat_s(last.first_beat + last.n_beats) - start_s


class Recording:
    """A mono recording as long as the score, on which lines are laid one by one."""

    def __init__(self, score: Score) -> None:
        self.samples: Floats = np.zeros(round(score.duration_s * RATE_HZ), np.float32)
        self._has_lines = bool(score.lines)

    def lay(self, sound: Floats, start_s: float) -> None:
        """Add a sound at 48 kHz from start_s on, as loud as every other one."""
        first = round(start_s * RATE_HZ)
        part = self.samples[first : first + len(sound)]
        part += levelled(sound)[: len(part)]

    def write(self, out: Path, *, where: str) -> None:
        """Write WAV, 48 kHz, 16 bit, so that the file appears whole or not at all.

        Raises:
            GeneratorError: the song has lines and nothing sounds; `where` names the generator.
        """
        peak = float(np.abs(self.samples).max(initial=0.0))
        if self._has_lines and not peak > _LEAST_PEAK:
            hint = "try another model, another voice or another seed"
            raise GeneratorError("the model gave silence", where=where, hint=hint)
        write_wav(self.samples * np.float32(_CEILING / max(peak, _CEILING)), RATE_HZ, out)


def levelled(sound: Floats) -> Floats:
    """Return the sound at the level that every line has; one that is silent stays so."""
    frame = round(_FRAME_S * RATE_HZ)
    sounding = _sounding(sound, frame)
    if not sounding.any():
        return sound * np.float32(0.0)
    rms = float(np.sqrt(np.mean(_powers(sound, frame)[sounding])))
    return np.asarray(sound * (_LEVEL_RMS / rms), np.float32)


def write_wav(sound: Floats, rate_hz: int, out: Path) -> None:
    """Write mono 16-bit WAV beside its place and move it there."""
    import soundfile

    samples = np.round(np.clip(sound, -1.0, 1.0) * 32767.0).astype(np.int16)
    with beside(out, ".wav") as place:
        soundfile.write(place, samples, rate_hz, subtype="PCM_16", format="WAV")


def _powers(sound: Floats, frame: int) -> NDArray[np.float64]:
    padded = np.pad(sound, (0, -len(sound) % frame)).astype(np.float64)
    return np.asarray((padded.reshape(-1, frame) ** 2).mean(axis=1))


def _sounding(sound: Floats, frame: int) -> NDArray[np.bool_]:
    """Say of every frame whether it sounds, by the loud ones of the same sound."""
    powers = _powers(sound, frame) if len(sound) else np.zeros(1)
    loud = float(np.percentile(powers, 95))
    return powers > max(loud * 10 ** (_SILENCE_DB / 10), _LEAST_PEAK**2)


def _pauses(sounding: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and last frame of every pause between two sounds."""
    edges = np.flatnonzero(np.diff(sounding.astype(np.int8)))
    falls = [int(edge) for edge in edges if sounding[edge]]
    rises = [int(edge) for edge in edges if not sounding[edge]]
    pairs = ((fall, next((rise for rise in rises if rise > fall), None)) for fall in falls)
    return [(fall, rise) for fall, rise in pairs if rise is not None and (rise - fall) * _FRAME_S >= _PAUSE_S]


def _exactly(sound: Floats, n_samples: int) -> Floats:
    return np.asarray(np.pad(sound, (0, max(0, n_samples - len(sound))))[:n_samples], np.float32)
