"""The mix itself: balance voice and music, then bring the sum to a broadcast level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.loudness import Loudness, loudness_of, measure_loudness
from storyboard.generators.mix.sound import RATE_HZ, Sound, read, write
from storyboard.generators.mix.vocals import dressed

TARGET_LUFS = -14.0  # what streaming services play at
_CEILING_DBTP = -2.2  # AAC raises peaks by up to 0.7 dB; the film must keep the promised -1 dBTP too
_VOICE_ABOVE_DB = 5.0
_DUCK_DB = -3.5
_DUCK_HZ = (250, 5000)  # where a voice lies
_SILENT_LUFS = -60.0
_BLOCK_S = 0.02
_RIDE, _RIDE_DB, _RIDE_S = 0.85, 4.5, 4.0  # how far the voice follows the music, and how slowly


def mix(voice: Path | None, music: Path, out: Path) -> Loudness:
    """Mix a mono voice and stereo music into 48 kHz stereo WAV as long as the music.

    The voice lies about 5 dB above the music while it sings; the result has -14 LUFS and a true
    peak of -1 dBTP at most. No voice, or a silent one, leaves the music alone.

    Raises:
        MediaError: a file cannot be read, or ffmpeg fails; `where` names it.
    """
    played = read(music, 2)
    sung = np.zeros((1, played.shape[1]), np.float32)
    if voice is not None:
        samples = read(voice, 1)[:, : played.shape[1]]
        sung[:, : samples.shape[1]] = samples
    total = _balanced(sung[0], played) if np.abs(sung).max(initial=0) > 1e-4 else played
    write(out, _mastered(_without_clicks(total), music))
    return measure_loudness(out)


def _balanced(voice: NDArray[np.float32], music: Sound) -> Sound:
    singing = _singing(voice)
    music = _ducked(music, singing)
    weight = singing.astype(np.float64)
    vocal = dressed(voice) * _ride(music, weight)
    ratio = _weighted_rms(vocal, weight) / max(_weighted_rms(music, weight), 1e-4)
    gain = 10 ** (_VOICE_ABOVE_DB / 20) / max(ratio, 1e-6)
    return vocal * np.float32(gain) + music


def _singing(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much the voice is there, 0 to 1 at every sample, rising and falling gently."""
    from scipy.ndimage import maximum_filter1d, uniform_filter1d

    block = int(_BLOCK_S * RATE_HZ)
    padded = np.pad(voice, (0, -len(voice) % block))
    level = np.sqrt((padded.reshape(-1, block) ** 2).mean(axis=1))
    there = (level > 0.05 * np.percentile(level, 98)).astype(np.float32)
    held = uniform_filter1d(maximum_filter1d(there, 15), 9)
    moments = np.arange(len(voice)) / block - 0.5
    return np.asarray(np.interp(moments, np.arange(len(held)), held), np.float32)


def _ducked(music: Sound, singing: NDArray[np.float32]) -> Sound:
    from scipy.signal import butter, sosfilt

    mids = sosfilt(butter(1, _DUCK_HZ, "bandpass", fs=RATE_HZ, output="sos"), music)
    depth = 1 - 10 ** (_DUCK_DB / 20)
    return np.asarray(music - depth * singing * mids, np.float32)


def _ride(music: Sound, weight: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the fader of the voice, one value a sample: up with loud choruses, down with soft verses."""
    from scipy.ndimage import uniform_filter1d

    power = uniform_filter1d((_heard(music) ** 2).mean(axis=0), int(_RIDE_S * RATE_HZ), mode="nearest")
    level_db = 10 * np.log10(np.maximum(power, 1e-8))
    usual_db = (level_db * weight).sum() / max(weight.sum(), 1)
    ride_db = np.clip(_RIDE * (level_db - usual_db), -_RIDE_DB, _RIDE_DB)
    return np.asarray(10 ** (ride_db / 20), np.float32)


def _weighted_rms(sound: Sound, weight: NDArray[np.float64]) -> float:
    """Return the RMS as an ear weighs it, where weight is high."""
    return float(np.sqrt((_heard(sound) ** 2 * weight).sum() / max(weight.sum(), 1) / 2))


def _heard(sound: Sound) -> NDArray[np.float64]:
    """Filter as an ear does: the two stages of ITU-R BS.1770-5 at 48 kHz."""
    from scipy.signal import sosfilt

    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, 1, -1.69065929318241, 0.73248077421585]
    low_cut = [1.0, -2.0, 1.0, 1, -1.99004745483398, 0.99007225036621]
    return np.asarray(sosfilt(np.array([shelf, low_cut]), sound), np.float64)


def _without_clicks(sound: Sound) -> Sound:
    n_fade = min(int(0.003 * RATE_HZ), sound.shape[1] // 2)
    faded = sound.copy()
    if n_fade:
        ramp = np.linspace(0, 1, n_fade, dtype=np.float32)
        faded[:, :n_fade] *= ramp
        faded[:, -n_fade:] *= ramp[::-1]
    return faded


def _mastered(sound: Sound, where: Path) -> Sound:
    """Turn up to the target and limit, again until the limited sound measures right."""
    loudness = loudness_of(sound, where)
    if loudness.lufs < _SILENT_LUFS:
        return sound
    gain_db, ceiling_db = TARGET_LUFS - loudness.lufs, _CEILING_DBTP
    mastered = sound
    for _ in range(6):
        mastered = _limited(sound * np.float32(10 ** (gain_db / 20)), 10 ** (ceiling_db / 20))
        loudness = loudness_of(mastered, where)
        error_db, over_db = TARGET_LUFS - loudness.lufs, loudness.true_peak_dbtp - (_CEILING_DBTP + 0.2)
        if abs(error_db) <= 0.15 and over_db <= 0:
            break
        gain_db += error_db
        ceiling_db -= max(0.0, over_db)
    return mastered


def _limited(sound: Sound, ceiling: float) -> Sound:
    """Hold peaks between samples too below the ceiling: the gain looks ahead 5 ms and moves smoothly."""
    from scipy.ndimage import minimum_filter1d, uniform_filter1d
    from scipy.signal import resample_poly

    finer = np.abs(resample_poly(sound, 4, 1, axis=1)).max(axis=0)
    peaks = finer.reshape(-1, 4).max(axis=1)
    peaks = np.maximum(peaks, np.concatenate([peaks[1:], peaks[-1:]]))
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    half = int(0.005 * RATE_HZ)
    held = minimum_filter1d(wanted, 2 * half + 1)
    slow = minimum_filter1d(uniform_filter1d(held, 8 * half + 1), 2 * half + 1)
    gain = uniform_filter1d(np.minimum(held, slow), 2 * half + 1)
    return np.asarray(sound * gain, np.float32)
