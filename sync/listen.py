"""Listen to a song: where its beats, bars, sections and words are, and how loud each bar is.

What the players of the song know exactly is taken from them. Of a song that comes from elsewhere,
beats and sections are told by ear, and known lyrics are aligned to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import SongMap, Span, Word
from storyboard.sync.align import LyricLine, align
from storyboard.sync.beats import at_rate, track_beats
from storyboard.sync.sections import sections_by_ear, sections_of_lyrics

_ALIGNING = 0.8  # of the time that listening takes


def listen(
    mix: Path,
    *,
    beats_s: list[float],
    downbeats_s: list[float],
    sections: list[Span],
    words: list[Word],
    beats_per_bar: int,
    vocals: Path | None = None,
    lines: Sequence[LyricLine] = (),
    language: str = "en",
    song_sections: Sequence[str] = (),
    on_fraction: OnFraction = ignore,
) -> SongMap:
    """Return the map of the song in `mix` (WAV).

    Args:
        mix: the mastered song.
        beats_s: every beat in seconds, when the players know them; else empty.
        downbeats_s: the first beat of every bar, likewise.
        sections: the sections of the song, likewise.
        words: every sung word in order, when the singer knows them; else empty.
        beats_per_bar: used for songs whose grid is tracked by ear.
        vocals: the voice alone, where there is such a file; words are looked for in it.
        lines: the lyrics, aligned when `words` is empty.
        language: of the lyrics.
        song_sections: the label of each section of the lyrics, by index.
        on_fraction: receives progress.

    Raises:
        MediaError: a file is missing, empty or not sound.
    """
    samples, rate_hz = _read_mono(mix)
    duration_s = len(samples) / rate_hz
    if not beats_s:
        beats_s, downbeats_s = track_beats(samples, rate_hz, beats_per_bar)
    on_fraction((1 - _ALIGNING) / 2)
    if lines and not words:
        words = _aligned(vocals or mix, lines, language, duration_s, on_fraction)
    if not sections:
        sections = (
            sections_of_lyrics(words, song_sections, downbeats_s, duration_s)
            if words
            else sections_by_ear(at_rate(samples, rate_hz), downbeats_s, duration_s)
        )
    on_fraction(1.0)
    return SongMap(
        duration_s=duration_s,
        beats_s=[round(beat, 6) for beat in beats_s if beat < duration_s],
        downbeats_s=[round(beat, 6) for beat in downbeats_s if beat < duration_s],
        sections=sections,
        words=words,
        energy=bar_energy(samples, rate_hz, downbeats_s),
    )


def _aligned(
    audio: Path, lines: Sequence[LyricLine], language: str, duration_s: float, on_fraction: OnFraction
) -> list[Word]:
    """Return the words found in `audio` that begin before the song ends."""
    first = (1 - _ALIGNING) / 2
    found = align(audio, lines, language, on_fraction=lambda done: on_fraction(first + _ALIGNING * done))
    return [
        word.model_copy(update={"end_s": min(word.end_s, duration_s)})
        for word in found
        if word.start_s < duration_s
    ]


def _read_mono(path: Path) -> tuple[NDArray[np.float32], int]:
    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise MediaError(f"cannot be read as sound ({error})", where=str(path)) from error
    if not len(samples):
        raise MediaError("holds no sound", where=str(path))
    return samples.mean(axis=1), int(rate_hz)


def bar_energy(samples: NDArray[np.float32], rate_hz: int, downbeats_s: list[float]) -> list[float]:
    """Return the loudness of each bar, scaled from 0 (softest bar) to 1 (loudest); empty without bars."""
    if not downbeats_s:
        return []
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
