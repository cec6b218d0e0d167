"""Listen to a song: where its beats, bars, sections, phrases and words are, and how loud each bar is.

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
from storyboard.sync.align import Alignment, LyricLine, find_words
from storyboard.sync.beats import Beats, Floats, at_rate, known_grid, track
from storyboard.sync.phrases import phrase_ends_by_ear, phrase_ends_of_words
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
    words_model: Path | None = None,
    beats_model: Path | None = None,
    on_fraction: OnFraction = ignore,
) -> SongMap:
    """Return the map of the song in `mix` (WAV).

    Args:
        mix: the mastered song.
        beats_s: every beat in seconds, when the players know them; else empty.
        downbeats_s: the first beat of every bar, likewise.
        sections: the sections of the song, likewise.
        words: every sung word in order, when the singer knows them; else empty.
        beats_per_bar: 2, 3, 4 or 6, whose bars are two beats that divide in three; of a song that is
            heard by ear, the metre to expect where several would do.
        vocals: the voice alone, where there is such a file; words are looked for in it.
        lines: the lyrics, aligned when `words` is empty.
        language: of the lyrics.
        song_sections: the label of each section of the lyrics, by index.
        words_model: folder of an acoustic model to find the words with, instead of the embedded one.
        beats_model: folder of a beat model to track the grid with, likewise.
        on_fraction: receives progress.

    Raises:
        MediaError: a file is missing, empty or not sound.
    """
    channels, rate_hz = _read(mix)
    samples, duration_s = channels.mean(axis=1), len(channels) / rate_hz
    played_s = [beat for beat in beats_s if beat < duration_s]
    grid = (
        known_grid(played_s, [beat for beat in downbeats_s if beat < duration_s], beats_per_bar)
        if played_s
        else _tracked(samples, rate_hz, beats_per_bar, beats_model)
    )
    on_fraction((1 - _ALIGNING) / 2)
    if words or not lines:
        found = Alignment(words, "singer" if words else "nothing", [])
    else:
        heard = find_words(
            vocals or mix, lines, language, is_voice=vocals is not None, model=words_model,
            on_fraction=lambda done: on_fraction((1 - _ALIGNING) / 2 + _ALIGNING * done),
        )  # fmt: skip
        found = _within(heard, duration_s)
    bars_s = grid.downbeats_s if grid else []
    if not sections:
        sections = (
            sections_of_lyrics(found.words, song_sections, bars_s, duration_s)
            if found.words
            else sections_by_ear(at_rate(samples, rate_hz), bars_s, duration_s)
        )
    ends_s = phrase_ends_of_words(found.words) or _phrase_ends_by_ear(vocals, channels, rate_hz)
    on_fraction(1.0)
    return SongMap(
        duration_s=duration_s,
        beats_s=[round(beat, 6) for beat in grid.beats_s if beat < duration_s] if grid else [],
        downbeats_s=[round(beat, 6) for beat in bars_s if beat < duration_s],
        sections=sections,
        words=found.words,
        energy=bar_energy(samples, rate_hz, bars_s),
        phrase_ends_s=[end for end in ends_s if end < duration_s],
        tempo_bpm=round(grid.tempo_bpm, 2) if grid else None,
        beats_per_bar=grid.beats_per_bar if grid else None,
        is_steady=grid.is_steady if grid else True,
        keeps_metre=grid.keeps_metre if grid else True,
        grid_confidence=round(grid.confidence, 3) if grid else 0.0,
        words_from=found.words_from,
        unsung=found.unsung,
    )


def _tracked(samples: Floats, rate_hz: int, beats_per_bar: int, model: Path | None) -> Beats | None:
    """Return the grid by ear, by a model's where there is one."""
    if model is None:
        return track(samples, rate_hz, beats_per_bar=beats_per_bar)
    from storyboard.sync.beats.model import track_by_model

    return track_by_model(samples, rate_hz, model, beats_per_bar=beats_per_bar)


def _within(heard: Alignment, duration_s: float) -> Alignment:
    """Return the words that begin before the song ends; a line without any is not sung."""
    words = [
        word.model_copy(update={"end_s": min(word.end_s, duration_s)})
        for word in heard.words
        if word.start_s < duration_s
    ]
    before, after = ({(word.section, word.line): None for word in each} for each in (heard.words, words))
    unsung = sorted([*heard.unsung, *(ref for ref in before if ref not in after)])
    return Alignment(words, heard.words_from if words else "nothing", unsung)


def _phrase_ends_by_ear(vocals: Path | None, channels: Floats, rate_hz: int) -> list[float]:
    if vocals is not None:
        channels, rate_hz = _read(vocals)
    sides = [at_rate(channel, rate_hz) for channel in channels[:, [0, -1]].T]
    return phrase_ends_by_ear(np.stack(sides, axis=1))


def _read(path: Path) -> tuple[Floats, int]:
    """Return sound, (n, channels), and its rate."""
    try:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise MediaError(f"cannot be read as sound ({error})", where=str(path)) from error
    if not len(samples):
        raise MediaError("holds no sound", where=str(path))
    return np.asarray(samples, np.float32), int(rate_hz)


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
