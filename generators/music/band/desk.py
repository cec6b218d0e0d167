"""The desk: parts become stems with level, place and room, and the stems add up to the recording.

Whatever depends on the whole band is a gain that all stems share, and what bends a wave is done within
one stem, so that the stems always add up to the music.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.music.band.automation import Automation, Curve
from storyboard.generators.music.band.performance import Part, Played, Stem
from storyboard.generators.music.band.reverb import plate
from storyboard.generators.music.band.sampler import RATE_HZ, Sampler, Stereo
from storyboard.generators.music.band.soundfont import SoundFont
from storyboard.generators.music.band.styles import INSTRUMENTS, Instrument, Style

_LOUD_RMS_DB = -15.0  # of the loudest passages at level 0, where the kick peaks at 0 dB
_DRUM_DRIVE = 0.9  # into the curve that rounds off the drums' peaks
_PEAK = 10 ** (-1.0 / 20)
_PRESSED = 0.62  # peaks are brought down to this share of the highest
_BLOCK = RATE_HZ // 1000
_AHEAD_BLOCKS, _SLOW_BLOCKS = 5, 60

Samples = NDArray[np.int16]
"""Samples as they are written, shape (2, n)."""

# Level of each drum's peak in dB, and its place; a listener sits at the kit.
DRUM_PLACES: dict[str, tuple[float, float]] = {
    "kick": (0.0, 0.0), "snare": (-0.5, 0.05), "snare2": (-0.5, 0.05), "rim": (-4.0, 0.05), "clap": (-3.0,
                                                                                                     0.0),
    "hat": (-7.0, 0.3), "pedal": (-8.0, 0.3), "open": (-8.0, 0.3), "ride": (-7.0, -0.3), "bell": (-8.0, -0.3),
    "crash": (-6.0, -0.35), "crash2": (-6.0, 0.4), "tambourine": (-10.0, -0.25), "shaker": (-9.0, -0.35),
    "high tom": (-4.0, 0.25), "mid tom": (-4.0, 0.0), "low tom": (-3.0, -0.3), "maracas": (-10.0, -0.35),
    "cowbell": (-11.0, 0.2), "clave": (-9.0, -0.2), "conga": (-6.0, 0.3), "mute conga": (-8.0, 0.3),
    "low conga": (-6.0, 0.3), "timbale": (-6.0, -0.25), "triangle": (-13.0, 0.35),
}  # fmt: skip


def stem_of(
    stem: Stem, parts: Sequence[Part], font: SoundFont, style: Style, automation: Automation
) -> Stereo:
    """Play the parts of one stem; one without parts is silent."""
    dry, room = (np.zeros((2, len(automation.fade)), np.float32) for _ in range(2))
    if not parts:
        return dry
    for part in parts:
        if stem == "drums":
            _add_drum(part, font, dry, room)
        else:
            _add(part, font, dry, room)
    if stem == "drums":
        dry = np.tanh(dry * np.float32(_DRUM_DRIVE)) * np.float32(10 ** (style.drums_db / 20) / _DRUM_DRIVE)
        room *= np.float32(10 ** (style.drums_db / 20))
    else:
        if stem != "bass":
            _dip(dry, automation.sung)
        dry *= automation.pump
    if stem != "bass":
        dry += plate(room, style.room_s)
    _brighten(dry)
    dry *= automation.energy
    return dry


def mixed(stems: dict[Stem, Stereo], automation: Automation) -> tuple[dict[Stem, Samples], Samples]:
    """Return the stems and their sum, which peaks at -1 dBFS and is silent at its end.

    Peaks are pressed down by one gain that all stems share. The sum is taken after rounding. The
    stems are used up: a long song's would fill the memory twice.
    """
    total = np.zeros_like(stems["drums"])
    for sound in stems.values():
        total += sound
    gain = _pressing(total) * automation.fade
    loudest = 1e-6
    for sound in (total, *stems.values()):
        sound *= gain
        loudest = max(loudest, float(sound.max()), -float(sound.min()))
    scale = np.float32(32767 * _PEAK / loudest)
    rounded = {stem: np.rint(stems.pop(stem) * scale).astype(np.int16) for stem in tuple(stems)}
    added = np.zeros_like(rounded["drums"])
    for samples in rounded.values():
        added += samples
    return rounded, added


def _add_drum(part: Part, font: SoundFont, dry: Stereo, room: Stereo) -> None:
    """Add one drum, its hardest stroke at its level."""
    sampler = _prepared(part, font)
    level_db, pan = DRUM_PLACES[part.name]
    hardest = max(part.notes, key=lambda note: note.velocity)
    peak = np.abs(sampler.note(hardest.key, hardest.velocity, hardest.length_s)).max()
    gain = _panned(pan) * np.float32(
        10 ** (level_db / 20) * (hardest.velocity / 127) ** 1.6 / max(peak, 1e-6)
    )
    share = np.float32(0.02 if part.name == "kick" else 0.12)
    for note in part.notes:
        _put(dry, note, sound := sampler.note(note.key, note.velocity, note.length_s) * gain)
        _put(room, note, sound * share)


def _add(part: Part, font: SoundFont, dry: Stereo, room: Stereo) -> None:
    """Add what plays bass, chords or melody, its loudest passages at its level."""
    sampler, instrument = _prepared(part, font), INSTRUMENTS[part.name]
    sound = np.zeros_like(dry)
    for note in part.notes:
        _put(sound, note, sampler.note(note.key, note.velocity, note.length_s))
    sound = _levelled(instrument, sound)
    if part.stem == "bass":
        dry += sound.mean(axis=0)
        return
    sound *= _panned(instrument.pan)
    dry += sound
    sound *= np.float32(instrument.room)
    room += sound


def _prepared(part: Part, font: SoundFont) -> Sampler:
    sampler = Sampler(font, part.bank, part.program)
    sampler.prepare((note.key, note.velocity, note.length_s) for note in part.notes)
    return sampler


def _put(stem: Stereo, note: Played, sound: Stereo) -> None:
    start = round(note.start_s * RATE_HZ)
    here = stem[:, start : start + sound.shape[1]]
    here += sound[:, : here.shape[1]]


def _levelled(instrument: Instrument, stem: Stereo) -> Stereo:
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


def _pressing(total: Stereo) -> Curve:
    """Return the gain that brings peaks down: it looks ahead, and comes back within some 60 ms."""
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    highest = np.abs(total).max(axis=0)
    blocks = np.pad(highest, (0, -len(highest) % _BLOCK)).reshape(-1, _BLOCK).max(axis=1)
    ceiling = _PRESSED * max(float(blocks.max()), 1e-6)
    wanted = np.minimum(1.0, ceiling / np.maximum(blocks, 1e-9))
    held = minimum_filter1d(wanted, 2 * _AHEAD_BLOCKS + 3)
    slow = minimum_filter1d(uniform_filter1d(held, _SLOW_BLOCKS), _SLOW_BLOCKS // 2)
    smooth = uniform_filter1d(np.minimum(held, slow), 2 * _AHEAD_BLOCKS + 1)
    moments = np.arange(len(highest)) / _BLOCK - 0.5
    return np.asarray(np.interp(moments, np.arange(len(smooth)), smooth), np.float32)


def _panned(pan: float) -> Stereo:
    left, right = np.cos((pan + 1) * np.pi / 4), np.sin((pan + 1) * np.pi / 4)
    return np.array([[left], [right]], np.float32) * np.float32(np.sqrt(2))


def _brighten(sound: Stereo) -> None:
    """Lift what lies above 5 kHz by some 3 dB: the font's samples are a little dull."""
    from scipy.signal import butter, sosfilt

    sos = butter(1, 5000, "highpass", fs=RATE_HZ, output="sos")
    for channel in sound:
        channel += 0.4 * sosfilt(sos, channel)


def _dip(band: Stereo, sung: Curve) -> None:
    """Take a stem down by 1 dB while someone sings, and by some 4 dB where words are (1 to 4 kHz)."""
    from scipy.signal import butter, sosfilt

    sos = butter(1, (1000, 4000), "bandpass", fs=RATE_HZ, output="sos")
    for channel in band:
        dipped = 0.9 * (channel - 0.4 * sosfilt(sos, channel))
        channel += (dipped - channel) * sung
