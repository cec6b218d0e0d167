from __future__ import annotations

import numpy as np
import pytest

from storyboard.generators.music.band.arrangement import Arrangement, arrange
from storyboard.generators.music.band.performance import Part, perform
from storyboard.generators.music.band.styles import STYLES
from storyboard.schema.song import Section, Song

LINES = ["I saw your name come up in blue", "A little heart beneath the view"]
SECTIONS = [
    Section(kind="intro", bars=4),
    Section(kind="verse", lines=LINES),
    Section(kind="pre-chorus", lines=LINES[:1]),
    Section(kind="chorus", lines=LINES),
    Section(kind="bridge", bars=4),
    Section(kind="chorus", lines=LINES),
    Section(kind="outro", bars=4),
]


def arranged(style: str, metre: str = "4/4", tempo_bpm: float = 104) -> Arrangement:
    song = {"title": "Blue", "genre": "any", "tempo_bpm": tempo_bpm, "time_signature": metre,
            "key": "D major", "sections": SECTIONS}  # fmt: skip
    return arrange(Song.model_validate(song), style)


def weight(arrangement: Arrangement, parts: list[Part], section: int) -> float:
    """How much the band strikes in a section besides the lead, in velocities a second."""
    span = arrangement.score.sections[section]
    start_s, end_s = (arrangement.score.bar_s(span.first_bar + bars) for bars in (0, span.n_bars))
    struck = [
        note.velocity
        for part in parts
        for note in part.notes
        if part.stem != "lead" and start_s <= note.start_s < end_s
    ]
    return sum(struck) / (end_s - start_s)


@pytest.mark.parametrize("style", [style.name for style in STYLES])
def test_sections_build_in_every_style(style: str) -> None:
    arrangement = arranged(style)
    parts = perform(arrangement, 3)
    intro, verse, pre, chorus, bridge, last, _ = (weight(arrangement, parts, section) for section in range(7))
    assert intro < verse < pre < 1.05 * chorus
    assert bridge < chorus < 1.02 * last


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8"])
@pytest.mark.parametrize("style", [style.name for style in STYLES])
def test_downbeats_are_played_within_three_milliseconds(style: str, metre: str) -> None:
    arrangement = arranged(style, metre, 60 if metre == "6/8" else 104)
    downbeats_s = np.array([arrangement.score.bar_s(bar.index) for bar in arrangement.bars])
    parts = perform(arrangement, 5)
    steady = [part for part in parts
              if part.stem in ("drums", "bass") and part.name not in ("snare", "clap", "rim")]  # fmt: skip
    struck_s = np.array([note.start_s for part in steady for note in part.notes])
    off_s = np.abs(struck_s[:, None] - downbeats_s)
    assert (off_s.min(axis=0) < 0.003).mean() > 0.9
    assert off_s[off_s < 0.03].max() < 0.003


def test_the_seed_makes_the_feel_and_not_the_chords() -> None:
    arrangement = arranged("pop")
    one, same, other = (perform(arrangement, seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    bass, other_bass = (next(part for part in parts if part.stem == "bass") for parts in (one, other))
    assert [note.key for note in bass.notes] == [note.key for note in other_bass.notes]
    late_s = np.array([a.start_s - b.start_s for a, b in zip(bass.notes, other_bass.notes, strict=True)])
    assert 0 < np.abs(late_s).max() < 0.017
    louder = np.array([a.velocity - b.velocity for a, b in zip(bass.notes, other_bass.notes, strict=True)])
    assert 1 < louder.std() < 10


def test_a_laid_back_style_puts_its_snare_late_and_its_kick_on_time() -> None:
    arrangement = arranged("hip-hop")
    off_s = {}
    for part in perform(arrangement, 1):
        if part.name in ("kick", "snare"):
            grid_s = arrangement.score.beat_s(1)
            off_s[part.name] = np.array(
                [off for note in part.notes
                 if abs(off := note.start_s - round(note.start_s / grid_s) * grid_s) < 0.03]
            )  # fmt: skip
    assert abs(np.median(off_s["kick"])) < 0.002
    assert 0.004 < np.median(off_s["snare"]) < 0.012


@pytest.mark.parametrize("style", [style.name for style in STYLES])
def test_everyone_ends_together_and_rings_to_the_end(style: str) -> None:
    arrangement = arranged(style)
    final_s = arrangement.score.beat_s(arrangement.final_beat)
    last = {
        part.name: [note for note in part.notes if note.start_s > final_s - 0.02]
        for part in perform(arrangement, 1)
    }
    assert {"kick", "crash"} <= {name for name, notes in last.items() if notes}
    held = [note for notes in last.values() for note in notes if note.length_s > 1]
    assert len(held) >= 5
    assert all(note.start_s < final_s + 0.05 for notes in last.values() for note in notes)
