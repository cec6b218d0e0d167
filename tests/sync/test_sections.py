"""Sections come from the lyrics where there are some, else from what returns."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from storyboard.schema.timeline import Word
from storyboard.sync.beats import RATE_HZ
from storyboard.sync.sections import sections_by_ear, sections_of_lyrics


def words(*sung: tuple[int, float, float]) -> list[Word]:
    """Return a word a second for each (section, start, end)."""
    return [
        Word(text="la", start_s=at, end_s=at + 0.8, section=section, line=0)
        for section, start_s, end_s in sung
        for at in np.arange(start_s, end_s, 1.0).tolist()
    ]


def test_lyrics_name_the_sections_and_long_gaps_are_instrumental() -> None:
    sung = words((0, 12.3, 28), (1, 29.8, 44), (2, 60.2, 75))
    downbeats = [float(beat) for beat in range(0, 100, 2)]
    spans = sections_of_lyrics(sung, ["verse", "chorus", "verse"], downbeats, 90.0)
    assert [span.label for span in spans] == ["intro", "verse", "chorus", "instrumental", "verse", "outro"]
    assert [span.start_s for span in spans] == [0, 12, 30, 44, 60, 74]
    assert spans[-1].end_s == 90.0
    assert all(before.end_s == after.start_s for before, after in pairwise(spans))


def test_a_song_that_is_sung_from_end_to_end_has_no_other_sections() -> None:
    spans = sections_of_lyrics(words((0, 2, 20), (1, 22, 38)), ["verse", "chorus"], [], 40.0)
    assert [(span.label, span.start_s, span.end_s) for span in spans] == [
        ("verse", 0, 22),
        ("chorus", 22, 40),
    ]


def test_parts_that_return_have_the_same_name() -> None:
    rng = np.random.default_rng(0)

    def part(hz: tuple[float, ...], noise: float) -> np.ndarray:
        time_s = np.arange(16 * RATE_HZ) / RATE_HZ
        return sum(0.2 * np.sin(2 * np.pi * f * time_s) for f in hz) + noise * rng.standard_normal(
            len(time_s)
        )

    verse, chorus = (220.0, 261.6, 329.6), (293.7, 370.0, 440.0)
    song = np.concatenate([part(verse, 0.001), part(chorus, 0.05), part(verse, 0.001), part(chorus, 0.05)])
    spans = sections_by_ear(song.astype(np.float32), [], 64.0)
    assert [span.label for span in spans] == ["part A", "part B", "part A", "part B"]
    assert np.allclose([span.start_s for span in spans], [0, 16, 32, 48], atol=1.1)
    assert spans[-1].end_s == 64.0


def test_a_short_sound_has_no_sections() -> None:
    assert sections_by_ear(np.zeros(10 * RATE_HZ, np.float32), [], 10.0) == []
