"""Listen to a song: where its beats, bars, sections and words are, and how loud each bar is.

What the players of the song know exactly is taken from them. A song that comes without a grid
is tracked by ear with librosa.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import SongMap, Span, Word

_LATENCY_S = 0.042  # librosa's beats are this much late, measured on 26 recordings


def listen(
    mix: Path,
    *,
    beats_s: list[float],
    downbeats_s: list[float],
    sections: list[Span],
    words: list[Word],
    beats_per_bar: int,
) -> SongMap:
    """Return the map of the song in `mix` (WAV).

    Args:
        mix: the mastered song.
        beats_s: every beat in seconds, when the players know them; else empty.
        downbeats_s: the first beat of every bar, likewise.
        sections: the sections of the song, likewise.
        words: every sung word in order.
        beats_per_bar: used for songs whose grid is tracked by ear.

    Raises:
        MediaError: the file is missing, empty or not sound.
    """
    samples, rate_hz = _read_mono(mix)
    duration_s = len(samples) / rate_hz
    if not beats_s:
        beats_s, downbeats_s = track_beats(samples, rate_hz, beats_per_bar)
    return SongMap(
        duration_s=duration_s,
        beats_s=[round(beat, 6) for beat in beats_s if beat < duration_s],
        downbeats_s=[round(beat, 6) for beat in downbeats_s if beat < duration_s],
        sections=sections,
        words=words,
        energy=bar_energy(samples, rate_hz, downbeats_s),
    )


def _read_mono(path: Path) -> tuple[NDArray[np.float32], int]:
    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise MediaError(f"cannot be read as sound ({error})", where=str(path)) from error
    if not len(samples):
        raise MediaError("holds no sound", where=str(path))
    return samples.mean(axis=1), int(rate_hz)


def track_beats(
    samples: NDArray[np.float32], rate_hz: int, beats_per_bar: int
) -> tuple[list[float], list[float]]:
    """Track beats by ear (Ellis, Beat Tracking by Dynamic Programming, 2007), in seconds.

    Bars start on the beats where the onsets are strongest, taken one phase for the whole song.
    """
    import librosa

    onsets = librosa.onset.onset_strength(y=samples, sr=rate_hz)
    _, frames = librosa.beat.beat_track(onset_envelope=onsets, sr=rate_hz)
    beats_s = librosa.frames_to_time(frames, sr=rate_hz) - _LATENCY_S
    if len(beats_s) < beats_per_bar:
        return [], []
    strength = [onsets[frames[phase::beats_per_bar]].mean() for phase in range(beats_per_bar)]
    phase = int(np.argmax(strength))
    heard = [max(0.0, float(beat)) for beat in beats_s]
    return heard, heard[phase::beats_per_bar]


def bar_energy(samples: NDArray[np.float32], rate_hz: int, downbeats_s: list[float]) -> list[float]:
    """Return the loudness of each bar, scaled from 0 (softest bar) to 1 (loudest)."""
    edges = [round(start * rate_hz) for start in downbeats_s] + [len(samples)]
    levels = [
        20 * np.log10(float(np.sqrt(np.mean(samples[start:end] ** 2))) + 1e-4)
        for start, end in pairwise(edges)
        if end > start
    ]
    if not levels or max(levels) - min(levels) < 1e-6:
        return [0.5] * len(levels)
    low, high = float(np.percentile(levels, 5)), max(levels)
    return [round(float(np.clip((level - low) / max(high - low, 1.0), 0, 1)), 3) for level in levels]
