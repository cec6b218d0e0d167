"""What a song does at each moment: strokes in bands of the spectrum, and changes of harmony."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE_HZ = 22_050
HOP = 256
FRAME_S = HOP / RATE_HZ
N_FEATURES = 10

_FFT = 1024
_EDGES_HZ = np.geomspace(30, 10_500, 41)
_GROUPS_HZ = ((30, 130), (130, 400), (400, 2000), (2000, 5000), (5000, 10_500))
# kick and bass, low toms and chords, snare and voice, attacks, cymbals
_DEEPEST_DB = 70.0  # below the loudest; what lies under it is no stroke
_FAINTEST_DB = -30.0
_LOUDER = 6  # column of the rise of the loudness
_LOUDNESS = 0.3  # power of the sound's, as the ear has it (Stevens, 1955)
_CHROMA_FFT, _CHROMA_HOP = 4096, 1024
_REGISTERS_HZ = ((50, 250), (200, 2000))  # of the bass and of the chords
_CHORD_S = 0.35  # compared before and after each moment
_AROUND_S = 4.0  # how far around it a moment is measured against


def features_of(sound: Floats) -> Floats:
    """Return the features of mono sound at RATE_HZ, (n_frames, N_FEATURES), each about 0 to 3.

    They are the rise of the whole spectrum in this frame and within two frames, that of five bands and
    of the loudness within one frame, and the change of the bass and of the chords: each over its level
    nearby.
    """
    from scipy.ndimage import maximum_filter1d

    rises = _rises(sound)
    over = _over_level_nearby(np.concatenate([rises, _changes(sound, len(rises))], axis=1))
    curves = np.log1p(2 * over)
    curves[:, _LOUDER] = over[:, _LOUDER] / 2
    whole, parts = curves[:, :1], curves[:, 1:]
    columns = [whole, maximum_filter1d(whole, 5, axis=0), maximum_filter1d(parts, 3, axis=0)]
    return np.concatenate(columns, axis=1).astype(np.float32)


def _rises(sound: Floats) -> Floats:
    """Return by how many dB spectrum and bands rise, and by how much the loudness, (n_frames, 7).

    Each band is compared with the loudest of its neighbours before, so that a voice that slides is no
    stroke (Böck & Widmer, Maximum filter vibrato suppression for onset detection, 2013).
    """
    bands, centres_hz = _bands()
    power = _spectra(sound, _FFT, HOP) ** 2 @ bands
    levels_db = 10 * np.log10(power + 1e-10)
    levels_db = np.maximum(levels_db, max(float(levels_db.max()) - _DEEPEST_DB, _FAINTEST_DB))
    before = levels_db.copy()
    before[:, 1:] = np.maximum(before[:, 1:], levels_db[:, :-1])
    before[:, :-1] = np.maximum(before[:, :-1], levels_db[:, 1:])
    rise = np.zeros_like(levels_db)
    rise[2:] = np.maximum(0, levels_db[2:] - before[:-2])
    groups = [rise[:, (centres_hz >= low) & (centres_hz < high)].mean(axis=1) for low, high in _GROUPS_HZ]
    loudness = (power**_LOUDNESS).sum(axis=1)  # accents are louder: in decibels they hardly differ
    louder = np.zeros_like(loudness)
    louder[2:] = np.maximum(0, loudness[2:] - loudness[:-2])
    return np.stack([rise.mean(axis=1), *groups, louder], axis=1)


def _bands() -> tuple[Floats, NDArray[np.float64]]:
    hz = np.arange(_FFT // 2 + 1) * RATE_HZ / _FFT
    centres_hz = np.sqrt(_EDGES_HZ[:-1] * _EDGES_HZ[1:])
    matrix = np.zeros((len(hz), len(centres_hz)), np.float32)
    for band, centre_hz in enumerate(centres_hz):
        inside = (hz >= _EDGES_HZ[band]) & (hz < _EDGES_HZ[band + 1])
        matrix[inside if inside.any() else np.abs(hz - centre_hz).argmin(), band] = 1
    return matrix, centres_hz


def _changes(sound: Floats, n_frames: int) -> Floats:
    """Return how unlike the pitch classes are before and after each frame, (n_frames, 2), 0 to 1."""
    hz = np.arange(1, _CHROMA_FFT // 2 + 1) * RATE_HZ / _CHROMA_FFT
    spectra = _spectra(sound, _CHROMA_FFT, _CHROMA_HOP)[:, 1:]
    pitch = 12 * np.log2(hz / 440)
    away = np.abs((pitch[:, None] - np.arange(12) + 6) % 12 - 6)
    columns = []
    for low_hz, high_hz in _REGISTERS_HZ:
        heard = ((hz >= low_hz) & (hz < high_hz))[:, None]
        change = _unlikeness(np.sqrt(spectra @ (heard * np.maximum(0, 1 - away)).astype(np.float32)))
        edges = (np.arange(len(change)) - 0.5) * _CHROMA_HOP
        columns.append(np.interp(np.arange(n_frames) * HOP, edges, change))
    return np.stack(columns, axis=1).astype(np.float32)


def _unlikeness(chroma: Floats) -> NDArray[np.float64]:
    """Return one less the cosine of what lies before and after every edge between frames."""
    width = round(_CHORD_S * RATE_HZ / _CHROMA_HOP)
    total = np.concatenate([np.zeros((1, 12)), np.cumsum(chroma, axis=0, dtype=np.float64)])
    at = np.arange(len(total))
    after = total[np.minimum(at + width, len(chroma))] - total
    before = total - total[np.maximum(at - width, 0)]
    lengths = np.linalg.norm(after, axis=1), np.linalg.norm(before, axis=1)
    floor = 0.02 * float(lengths[0].max()) + 1e-9
    unlike = 1 - (after * before).sum(axis=1) / (lengths[0] * lengths[1] + floor**2)
    unlike[0] = 0
    return np.asarray(unlike)


def _over_level_nearby(curves: Floats) -> Floats:
    from scipy.ndimage import uniform_filter1d

    mean = uniform_filter1d(curves**2, round(2 * _AROUND_S / FRAME_S), axis=0, mode="nearest")
    nearby, whole = np.sqrt(np.maximum(mean, 0)), np.sqrt((curves**2).mean(axis=0, keepdims=True))
    return np.asarray(curves / (nearby + 0.2 * whole + 1e-6), np.float32)


def _spectra(sound: Floats, n_fft: int, hop: int) -> Floats:
    """Return magnitudes of frames centred on multiples of `hop`, (n_frames, n_fft / 2 + 1)."""
    import scipy.fft

    padded = np.pad(sound, n_fft // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, n_fft)[::hop]
    window = np.hanning(n_fft + 1)[:-1].astype(np.float32)
    found = np.empty((len(frames), n_fft // 2 + 1), np.float32)
    for first in range(0, len(frames), 512):
        found[first : first + 512] = np.abs(
            np.asarray(scipy.fft.rfft(frames[first : first + 512] * window, axis=1))
        )
    return found
