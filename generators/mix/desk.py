"""The mix itself: balance voice and music, then bring the sum to a broadcast level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.mix.ducking import ducked, singing, with_room_for_words
from storyboard.generators.mix.loudness import Loudness, measure_loudness
from storyboard.generators.mix.mastering import mastered
from storyboard.generators.mix.sound import RATE_HZ, Sound, read, write
from storyboard.generators.mix.vocals import dressed

_VOICE_ABOVE_DB = 5.0
_RIDE, _RIDE_DB, _RIDE_S = 0.85, 4.5, 4.0  # how far the voice follows the music, and how slowly
_SILENT = 3e-5  # nothing in a recording is louder: it is the noise of its last bits
_USUAL = 0.5  # the peak at which a recording comes to the desk, however it was recorded


def mix(voice: Path | None, music: Path, out: Path) -> Loudness:
    """Mix a voice and music, of any rate, into 48 kHz stereo WAV as long as the music.

    The voice lies about 5 dB above the music while it sings, and the music makes room where words are
    understood; the result has -14 LUFS and a true peak of -1 dBTP at most. No voice, or a silent one,
    leaves the music alone.

    Raises:
        MediaError: a file cannot be read, or ffmpeg fails; `where` names it.
    """
    vocal, played = balance(voice, music)
    write(out, mastered(_without_clicks(vocal + played), music))
    return measure_loudness(out)


def balance(voice: Path | None, music: Path) -> tuple[Sound, Sound]:
    """Return voice and music as they lie in the mix before it is mastered: stereo, as long as the music.

    Raises:
        MediaError: a file cannot be read; `where` names it.
    """
    played = _at_desk(read(music, 2))
    sung = np.zeros((1, played.shape[1]), np.float32)
    if voice is not None:
        samples = read(voice, 1)[:, : played.shape[1]]
        sung[:, : samples.shape[1]] = samples
    sung = _at_desk(sung)
    return _balanced(sung[0], played) if sung.any() else (np.zeros_like(played), played)


def _balanced(voice: NDArray[np.float32], music: Sound) -> tuple[Sound, Sound]:
    sings = singing(voice)
    music = ducked(music, sings)
    weight = sings.astype(np.float64)
    vocal = dressed(voice) * _ride(music, weight)
    ratio = _weighted_rms(vocal, weight) / max(_weighted_rms(music, weight), 1e-4)
    vocal = vocal * np.float32(10 ** (_VOICE_ABOVE_DB / 20) / max(ratio, 1e-6))
    return vocal, with_room_for_words(music, vocal, sings)


def _at_desk(sound: Sound) -> Sound:
    """Turn a soft or hot recording to a usual level; a silent one to silence."""
    peak = float(np.abs(sound).max(initial=0))
    return sound * np.float32(_USUAL / peak) if peak > _SILENT else np.zeros_like(sound)


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
