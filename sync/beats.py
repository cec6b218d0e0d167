"""The beats of a song that nobody knows the grid of: tempo, beats and bars by ear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE_HZ = 22_050
_HOP = 256
_FRAME_S = _HOP / RATE_HZ
_WINDOW_S = 12.0
_SLOWEST_BPM, _FASTEST_BPM = 40.0, 240.0
_USUAL_BPM, _USUAL_OCTAVES = (
    105.0,
    0.65,
)  # tempi people tap: a bell over the logarithm (McKinney & Moelants 2006)
_WEAKEST = 0.15  # periodicity of noise, speech and random hits stays below, of songs above
_FAINTEST_DB = 1.0  # rise of the strongest strokes; a drone has 0.2, noise 0.7, songs 2.4 and more
_OFF_BEAT = 1.25  # with so much more bass between the beats than on them, those between are the beats
_SURE = 0.1  # by so much a metre must repeat better than the others
_LATENCY_S = 0.030  # of the onset curve behind what is heard, measured on rendered songs


@dataclass(frozen=True)
class Pulse:
    """A tempo and how clearly it is heard.

    Attributes:
        tempo_bpm: beats a minute; 0 when there is no pulse.
        clarity: how alike the onsets are one beat later, 0 to 1 (Lartillot et al., Multi-feature
            modeling of pulse clarity, 2008).
    """

    tempo_bpm: float
    clarity: float

    @property
    def is_heard(self) -> bool:
        """Whether the evidence is strong enough to cut on."""
        return self.tempo_bpm > 0 and self.clarity >= _WEAKEST


def at_rate(samples: Floats, rate_hz: int) -> Floats:
    """Return mono sound at the rate that everything here works at."""
    from scipy.signal import resample_poly

    common = int(np.gcd(rate_hz, RATE_HZ))
    if rate_hz == RATE_HZ:
        return samples
    return np.asarray(resample_poly(samples, RATE_HZ // common, rate_hz // common), np.float32)


def onset_curve(sound: Floats) -> Floats:
    """Return by how many dB the mel spectrum rises, on average, at each frame of 11.6 ms."""
    import librosa

    return np.asarray(librosa.onset.onset_strength(y=sound, sr=RATE_HZ, hop_length=_HOP), np.float32)


def bass_curve(sound: Floats) -> Floats:
    """Return the same of what is below 200 Hz, where drum and bass mark the beats."""
    import librosa

    bass = librosa.onset.onset_strength(y=sound, sr=RATE_HZ, hop_length=_HOP, fmax=200.0, n_mels=12)
    return np.asarray(bass, np.float32)


def pulse_of(onsets: Floats) -> Pulse:
    """Return the tempo of an onset curve, its octave chosen among those that people would tap."""
    if len(onsets) < 4 / _FRAME_S or np.percentile(onsets, 99) < _FAINTEST_DB:
        return Pulse(0.0, 0.0)
    likeness = _self_likeness(onsets)
    bpm = np.geomspace(_SLOWEST_BPM, _FASTEST_BPM, 600)
    lags = 60 / bpm / _FRAME_S

    def alike(beats: float) -> NDArray[np.float64]:
        return np.interp(lags * beats, np.arange(len(likeness)), likeness)

    salience = np.maximum(0, 0.6 * alike(1) + 0.4 * alike(2))
    usual = np.exp(-0.5 * (np.log2(bpm / _USUAL_BPM) / _USUAL_OCTAVES) ** 2)
    best = int(np.argmax(salience * usual))
    return Pulse(float(bpm[best]), float(min(1.0, salience[best])))


def beats_per_bar(onsets: Floats, pulse: Pulse) -> int:
    """Guess the metre from which multiple of the beat repeats best: 2, 3, 4 or 6; 4 when unsure."""
    if not pulse.is_heard:
        return 4
    likeness = _self_likeness(onsets)
    lag = 60 / pulse.tempo_bpm / _FRAME_S

    def alike(beats: float) -> float:
        return float(np.interp(lag * beats, np.arange(len(likeness)), likeness))

    if max(alike(1 / 3), alike(2 / 3)) > max(alike(1 / 2), alike(3 / 4), alike(1 / 4)) + _SURE:
        return 6  # beats that divide in three: two of them are a bar
    if alike(3) > max(alike(2), alike(4)) + _SURE:
        return 3
    return 4


def track_beats(samples: Floats, rate_hz: int, beats_per_bar: int) -> tuple[list[float], list[float]]:
    """Track beats by ear (Ellis, Beat Tracking by Dynamic Programming, 2007).

    Bars start on the beats with most onset in the bass and most change of harmony, taken one phase
    for the whole song.

    Returns:
        Beats and downbeats in seconds; both empty when the evidence for a pulse is weak.
    """
    import librosa

    sound = at_rate(samples, rate_hz)
    onsets = onset_curve(sound)
    pulse = pulse_of(onsets)
    if not pulse.is_heard:
        return [], []
    bass = bass_curve(sound)
    _, frames = librosa.beat.beat_track(
        onset_envelope=onsets, sr=RATE_HZ, hop_length=_HOP, bpm=pulse.tempo_bpm, trim=False
    )
    frames = _off_the_off_beat(np.asarray(frames), bass)
    beats_s = [max(0.0, float(frame) * _FRAME_S - _LATENCY_S) for frame in frames]
    if len(beats_s) < 2 * beats_per_bar:
        return [], []
    phase = _bar_phase(sound, bass, frames, beats_per_bar)
    return beats_s, beats_s[phase::beats_per_bar]


def _self_likeness(onsets: Floats) -> NDArray[np.float64]:
    """Return the mean autocorrelation of windows of the curve, 1 at lag 0, up to six seconds of lag."""
    width = min(len(onsets), round(_WINDOW_S / _FRAME_S))
    window = np.hanning(width)
    size = 2 ** int(np.ceil(np.log2(2 * width)))

    def correlation(part: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.fft.irfft(np.abs(np.fft.rfft(part, size)) ** 2)[: width // 2])

    overlap = correlation(window)
    found = []
    for first in range(0, len(onsets) - width + 1, max(1, width // 2)):
        part = onsets[first : first + width].astype(np.float64)
        if part.std() > 1e-6:
            correlated = correlation((part - part.mean()) * window)
            found.append(correlated / correlated[0] * overlap[0] / overlap)
    return np.asarray(np.mean(found, axis=0)) if found else np.zeros(width // 2)


def _off_the_off_beat(frames: NDArray[np.int64], bass: Floats) -> NDArray[np.int64]:
    """Move all beats to the middle between them where the bass is there, as under an off-beat guitar."""
    if len(frames) < 2:
        return frames
    between = (frames[:-1] + frames[1:]) // 2
    on, off = (np.mean([_peak(bass, frame) for frame in places]) for places in (frames, between))
    return between if off > _OFF_BEAT * on else frames


def _peak(curve: Floats, frame: int) -> float:
    """Return the highest value within 35 ms of a frame."""
    return float(curve[max(0, frame - 3) : frame + 4].max(initial=0.0))


def _bar_phase(sound: Floats, bass: Floats, frames: NDArray[np.int64], beats_per_bar: int) -> int:
    """Return which beat of the first few is a downbeat."""
    import librosa

    chroma = librosa.feature.chroma_stft(y=sound, sr=RATE_HZ, hop_length=4 * _HOP)
    by_beat = librosa.util.sync(chroma, np.unique(frames // 4).tolist(), aggregate=np.median)
    change = np.abs(np.diff(by_beat, axis=1)).sum(axis=0)[: len(frames)]
    thump = np.array([_peak(bass, frame) for frame in frames])
    scores = [
        _standing(thump)[phase::beats_per_bar].mean() + _standing(change)[phase::beats_per_bar].mean()
        for phase in range(beats_per_bar)
    ]
    return int(np.argmax(scores))


def _standing(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return values less their mean, over their deviation."""
    return np.asarray((values - values.mean()) / max(float(values.std()), 1e-9))
