"""What a song is like at first hearing: tempo, metre, key, energy, colour, and a few words for its mood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.sync.beats import RATE_HZ, Floats, at_rate, onset_curve, track

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
# Probe-tone ratings: Krumhansl & Kessler, Tracing the Dynamic Changes in Perceived Tonal Organization, 1982
_MAJOR_KEYS = "C Db D Eb E F F# G Ab A Bb B".split()
_MINOR_KEYS = "C C# D Eb E F F# G G# A Bb B".split()
_UNHEARD_TEMPO_BPM = 100.0  # given, with confidence 0, where there is no pulse
_TONAL = 0.3  # deviation of the pitch classes over their mean; noise has a tenth of it
_CHROMA_FFT = 8192
_LOWEST_NOTE_HZ, _HIGHEST_NOTE_HZ = 60.0, 2500.0  # beyond are drums and overtones
_SOFT_DB, _LOUD_DB = -32.0, -10.0  # mean level of a quiet ballad and of a loud master
_DARK_HZ, _BRIGHT_HZ = 500.0, 4000.0
_SPARSE, _BUSY = 0.5, 5.0  # strokes a second


@dataclass(frozen=True)
class Impression:
    """A first hearing of a song.

    Attributes:
        tempo_bpm: 40 to 240.
        tempo_confidence: 0 (no pulse) to 1.
        beats_per_bar: 2, 3, 4 or 6; 4 when unsure.
        key: as a song's key is written, "G major".
        key_confidence: 0 to 1.
        energy: 0 (soft and sparse) to 1 (loud and busy).
        brightness: 0 (all low) to 1 (all high).
        moods: a few plain words, the clearest first.
    """

    tempo_bpm: float
    tempo_confidence: float
    beats_per_bar: int
    key: str
    key_confidence: float
    energy: float
    brightness: float
    moods: list[str]


def impression_of(song: Path | Floats, rate_hz: int = RATE_HZ) -> Impression:
    """Return the impression of a sound file, or of samples (n,) or (n, channels) at `rate_hz`.

    Raises:
        MediaError: the file cannot be read, or there is no sound.
    """
    samples, rate_hz = _read(song) if isinstance(song, Path) else (song, rate_hz)
    mono = samples.mean(axis=1) if samples.ndim == 2 else samples
    if not len(mono):
        raise MediaError("holds no sound", where=str(song) if isinstance(song, Path) else "")
    sound = at_rate(np.asarray(mono, np.float32), rate_hz)
    onsets = onset_curve(sound)
    heard = track(sound, RATE_HZ, onsets=onsets)
    key, key_confidence = key_of(sound)
    levels_db = _levels_db(sound)
    energy = _energy(float(np.mean(levels_db)), onsets)
    brightness = _brightness(sound)
    tempo_bpm = heard.tempo_bpm if heard else _UNHEARD_TEMPO_BPM
    swing_db = float(np.percentile(levels_db, 90) - np.percentile(levels_db, 10))
    return Impression(
        tempo_bpm=round(tempo_bpm, 1),
        tempo_confidence=round(heard.confidence if heard else 0.0, 3),
        beats_per_bar=heard.beats_per_bar if heard else 4,
        key=key,
        key_confidence=round(key_confidence, 3),
        energy=round(energy, 3),
        brightness=round(brightness, 3),
        moods=moods(tempo_bpm, key.endswith("minor"), energy, brightness, swing_db),
    )


def key_of(sound: Floats) -> tuple[str, float]:
    """Return the key of mono sound at 22,050 Hz and how clear it is, 0 to 1.

    The key whose profile goes best with how strong each pitch class sounds (Krumhansl & Schmuckler).
    It is clear where the next best is far behind; the relative key may come nearer.
    """
    strengths = _pitch_classes(sound)
    contrast = float(strengths.std() / max(float(strengths.mean()), 1e-12))
    if contrast < 1e-6:
        return "C major", 0.0
    fits = {
        (tonic, minor): float(np.corrcoef(strengths, np.roll(_MINOR if minor else _MAJOR, tonic))[0, 1])
        for tonic in range(12)
        for minor in (False, True)
    }
    best = max(fits, key=lambda key: fits[key])
    tonic, minor = best
    relative = ((tonic + (3 if minor else 9)) % 12, not minor)
    other = max(fit for key, fit in fits.items() if key not in (best, relative))
    ahead = min((fits[best] - other) / 0.15, 0.5 + (fits[best] - fits[relative]) / 0.15)
    name = f"{_MINOR_KEYS[tonic]} minor" if minor else f"{_MAJOR_KEYS[tonic]} major"
    return name, float(np.clip(ahead, 0, 1) * np.clip(fits[best], 0, 1) * min(1.0, contrast / _TONAL))


def _pitch_classes(sound: Floats) -> NDArray[np.float64]:
    """Return the mean power of each pitch class, (12,); zeros when nothing sounds."""
    import librosa

    spectrum = np.abs(librosa.stft(sound, n_fft=_CHROMA_FFT, hop_length=_CHROMA_FFT // 2))
    hz = librosa.fft_frequencies(sr=RATE_HZ, n_fft=_CHROMA_FFT)
    spectrum[(hz < _LOWEST_NOTE_HZ) | (hz > _HIGHEST_NOTE_HZ)] = 0
    if spectrum.mean() < 1e-6:
        return np.zeros(12)
    chroma = librosa.feature.chroma_stft(S=spectrum**2, sr=RATE_HZ, n_fft=_CHROMA_FFT, norm=None)
    return np.asarray(chroma.mean(axis=1), np.float64)


def moods(tempo_bpm: float, minor: bool, energy: float, brightness: float, swing_db: float) -> list[str]:
    """Return words for a mood, the clearest first.

    The rules follow what listeners agree on (Juslin & Laukka, 2004; Russell's plane of arousal and
    valence): fast and loud is lively, minor is the darker side, wide dynamics are drama.
    """
    fast, slow = tempo_bpm >= 115, tempo_bpm < 85
    found = []
    if energy >= 0.6:
        found += ["tense" if minor and not slow else "triumphant" if not minor and slow else "driving"]
        found += ["powerful"] if energy >= 0.8 else []
    elif energy < 0.35:
        found += ["melancholy" if minor else "tender", "gentle"]
    else:
        found += ["brooding" if minor and slow else "wistful" if minor else "playful" if fast else "warm"]
    if brightness >= 0.62:
        found.append("bright")
    elif brightness < 0.35:
        found.append("dark" if minor else "mellow")
    if swing_db > 14:
        found.append("dramatic")
    return found


def _read(path: Path) -> tuple[Floats, int]:
    import soundfile

    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise MediaError(f"cannot be read as sound ({error})", where=str(path)) from error
    return np.asarray(samples, np.float32), int(rate_hz)


def _levels_db(sound: Floats) -> NDArray[np.float64]:
    """Return the level of every half second that is not silent."""
    step = RATE_HZ // 2
    power = np.array([np.mean(sound[at : at + step] ** 2) for at in range(0, len(sound), step)])
    levels = 10 * np.log10(power + 1e-12)
    heard = levels[levels > -60]
    return heard if len(heard) else np.array([-60.0])


def _energy(level_db: float, onsets: Floats) -> float:
    import librosa

    strokes = librosa.util.peak_pick(
        onsets, pre_max=4, post_max=4, pre_avg=20, post_avg=20, delta=1.0, wait=4
    )
    rate = len(strokes) / max(1e-3, len(onsets) * 256 / RATE_HZ)
    loud = np.clip((level_db - _SOFT_DB) / (_LOUD_DB - _SOFT_DB), 0, 1)
    busy = np.clip((rate - _SPARSE) / (_BUSY - _SPARSE), 0, 1)
    return float(0.65 * loud + 0.35 * busy)


def _brightness(sound: Floats) -> float:
    """Return where the middle of the spectrum lies, on a logarithmic scale."""
    import librosa

    spectrum = np.abs(librosa.stft(sound, n_fft=2048, hop_length=2048)).mean(axis=1)
    total = float(spectrum.sum())
    if total < 1e-9:
        return 0.0
    hz = np.arange(len(spectrum)) * RATE_HZ / 2048
    centroid = float((hz * spectrum).sum() / total)
    return float(np.clip(np.log(max(centroid, 1.0) / _DARK_HZ) / np.log(_BRIGHT_HZ / _DARK_HZ), 0, 1))
