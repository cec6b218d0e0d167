"""Phrases end where the voice comes to rest."""

from __future__ import annotations

import numpy as np

from storyboard.schema.timeline import Word
from storyboard.sync.beats import RATE_HZ, Floats
from storyboard.sync.phrases import phrase_ends_by_ear, phrase_ends_of_words


def word(start_s: float, end_s: float, line: int) -> Word:
    return Word(text="la", start_s=start_s, end_s=end_s, section=0, line=line)


def test_a_phrase_ends_with_its_line_and_before_a_breath() -> None:
    sung = [word(0, 0.5, 0), word(0.6, 1.0, 0), word(1.5, 2.0, 0), word(2.05, 2.4, 1), word(2.4, 3.0, 1)]
    assert phrase_ends_of_words(sung) == [1.0, 2.0, 3.0]
    assert phrase_ends_of_words([]) == []


def voice_over_drums(rests_s: list[tuple[float, float]], duration_s: float = 24.0) -> Floats:
    """Return a voice in the middle that rests, a steady organ at the sides, and drums, (n, 2)."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    phase = 2 * np.pi * 300 * time_s + 2 * np.sin(2 * np.pi * 5 * time_s)
    voice = 0.3 * sum(np.sin(n * phase) / n for n in range(1, 7))
    for start_s, end_s in rests_s:
        voice[(time_s >= start_s) & (time_s < end_s)] = 0
    organ = 0.05 * np.sin(2 * np.pi * 440 * time_s)
    drums = 0.5 * np.random.default_rng(0).standard_normal(len(time_s)) * np.exp(-60 * (time_s % 0.5))
    return np.stack([voice + organ + drums, voice - organ + drums], axis=1).astype(np.float32)


def test_rests_of_the_voice_are_heard_through_drums() -> None:
    rests = [(4.2, 5.0), (9.7, 10.6), (15.1, 15.9), (20.4, 21.3)]
    found = phrase_ends_by_ear(voice_over_drums(rests))
    assert len(found) == len(rests)
    assert np.allclose(found, [start for start, _ in rests], atol=0.2)


def test_what_never_rests_has_no_phrases() -> None:
    assert phrase_ends_by_ear(voice_over_drums([])) == []
    assert phrase_ends_by_ear(np.zeros((5 * RATE_HZ, 1), np.float32)) == []
