"""Words where nobody can hear them: spread over the time their line has, by syllables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from storyboard.schema.timeline import Word
from storyboard.sync.align.cepstra import RATE_HZ, Floats
from storyboard.sync.align.lines import LyricLine, words_at
from storyboard.sync.align.pronunciation import syllables

_SYLLABLE_S = 0.4  # a slow sung syllable: a line of unknown end takes no longer than this for each
GUESSED = 0.15
"""Confidence of a word whose line's time is known."""
GUESSED_LINE = 0.05
"""Confidence of a word whose line's time is a guess as well."""


def spread(
    line: LyricLine, window: tuple[float, float], language: str, confidence: float = GUESSED
) -> list[Word]:
    """Give every word of a line a share of its window by its syllables."""
    counts = [syllables(word, language) for word in line.words]
    start_s = window[0]
    end_s = window[1]
    if line.end_s is None:
        end_s = min(end_s, start_s + _SYLLABLE_S * sum(counts))
    edges = start_s + (end_s - start_s) * np.cumsum([0, *counts]) / sum(counts)
    spans = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    return words_at(line, spans, [confidence] * len(spans))


def shares(
    lines: Sequence[LyricLine], sound: Floats, window: tuple[float, float], language: str
) -> list[tuple[float, float]]:
    """Divide a window among lines by their syllables, counting only time in which something sounds."""
    first, end = (round(edge * RATE_HZ) for edge in window)
    step = RATE_HZ // 10
    frames = sound[first:end]
    starts = range(0, max(1, len(frames)), step)
    power = np.array([float(np.square(frames[at : at + step]).sum()) for at in starts])
    sounding = np.where(power > 0.06 * np.median(power), 1.0, 0.02)  # 12 dB below the middle is silence
    done = np.concatenate([[0.0], np.cumsum(sounding)]) / sounding.sum()
    counts = [sum(syllables(word, language) for word in line.words) for line in lines]
    edges = np.cumsum([0, *counts]) / max(1, sum(counts))
    times = np.minimum(window[0] + np.interp(edges, done, np.arange(len(done)) * 0.1), window[1])
    return list(zip(times[:-1].tolist(), times[1:].tolist(), strict=True))
