"""The desk: notes become stems, stems get level, place and room, and become one stereo recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.music.band.reverb import plate
from storyboard.generators.music.band.sampler import RATE_HZ, Sampler, Stereo
from storyboard.generators.music.band.styles import Instrument

_LOUD_RMS_DB = -15.0  # of the loudest passages at level 0, where the kick peaks at 0 dB
_PEAK = 10 ** (-1.0 / 20)

# Level of each drum's peak in dB, and its place; a listener sits at the kit.
DRUM_PLACES: dict[str, tuple[float, float]] = {
    "kick": (0.0, 0.0), "snare": (-0.5, 0.05), "snare2": (-0.5, 0.05), "rim": (-4.0, 0.05), "clap": (-3.0,
                                                                                                     0.0),
    "hat": (-7.0, 0.3), "pedal": (-8.0, 0.3), "open": (-8.0, 0.3), "ride": (-7.0, -0.3), "bell": (-8.0, -0.3),
    "crash": (-6.0, -0.35), "crash2": (-6.0, 0.4), "tambourine": (-10.0, -0.25), "shaker": (-9.0, -0.35),
    "high tom": (-4.0, 0.25), "mid tom": (-4.0, 0.0), "low tom": (-3.0, -0.3), "maracas": (-10.0, -0.35),
    "cowbell": (-11.0, 0.2), "clave": (-9.0, -0.2), "conga": (-6.0, 0.3), "mute conga": (-8.0, 0.3),
    "low conga": (-6.0, 0.3), "timbale": (-6.0, -0.25),
}  # fmt: skip


@dataclass(frozen=True)
class Played:
    """A note as played: when and how long in seconds, MIDI key and velocity."""

    start_s: float
    length_s: float
    key: int
    velocity: int


@dataclass(frozen=True)
class Automation:
    """Curves along the song, one value a sample: how loud the band is, when someone sings, the pump."""

    energy: NDArray[np.float32]
    sung: NDArray[np.float32]
    pump: NDArray[np.float32]
    fade: NDArray[np.float32]


class Desk:
    """Sums up stems of one length and finishes them."""

    def __init__(self, n_samples: int) -> None:
        self._n_samples = n_samples
        self._drums, self._bass, self._band, self._room = (
            np.zeros((2, n_samples), np.float32) for _ in range(4)
        )

    def add_drum(self, lane: str, sampler: Sampler, notes: Sequence[Played]) -> None:
        """Add one drum, its samples levelled by their peak."""
        level_db, pan = DRUM_PLACES[lane]
        stem = self._stem(sampler, notes)
        loudest = max((note.velocity for note in notes), default=127)
        peak = np.abs(stem).max() / (loudest / 127) ** 1.6
        stem *= _panned(pan) * np.float32(10 ** (level_db / 20) / max(peak, 1e-6))
        self._drums += stem
        self._room += stem * np.float32(0.02 if lane == "kick" else 0.12)

    def add_bass(self, instrument: Instrument, sampler: Sampler, notes: Sequence[Played]) -> None:
        """Add the bass, in the middle."""
        stem = self._levelled(instrument, self._stem(sampler, notes))
        self._bass += stem.mean(axis=0)

    def add(self, instrument: Instrument, sampler: Sampler, notes: Sequence[Played]) -> None:
        """Add an instrument that plays chords or melody."""
        stem = self._levelled(instrument, self._stem(sampler, notes)) * _panned(instrument.pan)
        self._band += stem
        self._room += stem * np.float32(instrument.room)

    def finish(self, automation: Automation, drums_db: float, room_s: float) -> Stereo:
        """Return the recording, shape (2, n): peak at -1 dBFS, silent at its end."""
        band = self._band + (_dipped(self._band) - self._band) * automation.sung
        mix = (self._bass + band) * automation.pump
        mix += self._drums * np.float32(10 ** (drums_db / 20)) + plate(self._room, room_s)
        mix = np.tanh(_brightened(mix) * automation.energy * np.float32(0.8))
        scale = np.float32(_PEAK / max(float(np.abs(mix).max()), 1e-6))
        return np.asarray(mix * automation.fade * scale, np.float32)

    def _stem(self, sampler: Sampler, notes: Iterable[Played]) -> Stereo:
        notes = list(notes)
        sampler.prepare((note.key, note.velocity, note.length_s) for note in notes)
        stem = np.zeros((2, self._n_samples), np.float32)
        for note in notes:
            start = round(note.start_s * RATE_HZ)
            sound = sampler.note(note.key, note.velocity, note.length_s)[:, : max(0, self._n_samples - start)]
            stem[:, start : start + sound.shape[1]] += sound
        return stem

    def _levelled(self, instrument: Instrument, stem: Stereo) -> Stereo:
        from scipy.signal import butter, sosfilt

        band_hz = (instrument.low_hz, instrument.high_hz)
        stem = np.asarray(sosfilt(butter(1, band_hz, "bandpass", fs=RATE_HZ, output="sos"), stem), np.float32)
        target = 10 ** ((_LOUD_RMS_DB + instrument.level_db) / 20)
        return stem * np.float32(target / max(_loud_rms(stem), 1e-6))


def _loud_rms(stem: Stereo) -> float:
    """Return the RMS of the loudest tenth of a stem, in windows of 0.4 s."""
    window = int(0.4 * RATE_HZ)
    usable = stem[:, : max(window, stem.shape[1] // window * window)]
    powers = (usable.reshape(2, -1, min(window, usable.shape[1])) ** 2).mean(axis=(0, 2))
    return float(np.sqrt(np.sort(powers)[-max(1, len(powers) // 10) :].mean()))


def _panned(pan: float) -> Stereo:
    left, right = np.cos((pan + 1) * np.pi / 4), np.sin((pan + 1) * np.pi / 4)
    return np.array([[left], [right]], np.float32) * np.float32(np.sqrt(2))


def _brightened(mix: Stereo) -> Stereo:
    """Lift what lies above 5 kHz by some 3 dB: the font's samples are a little dull."""
    from scipy.signal import butter, sosfilt

    highs = sosfilt(butter(1, 5000, "highpass", fs=RATE_HZ, output="sos"), mix)
    return np.asarray(mix + 0.4 * highs, np.float32)


def _dipped(band: Stereo) -> Stereo:
    """Take the band where words are understood (1 to 4 kHz) down by some 4 dB."""
    from scipy.signal import butter, sosfilt

    sos = butter(1, (1000, 4000), "bandpass", fs=RATE_HZ, output="sos")
    return np.asarray(band - 0.4 * sosfilt(sos, band), np.float32) * np.float32(0.9)
