"""What is known of music that keeps the grid of its score exactly."""

from __future__ import annotations

from storyboard.generators.score import Score
from storyboard.generators.seams import MusicTake
from storyboard.schema.provenance import ModelUsed
from storyboard.schema.timeline import Span


def grid_of(score: Score, model: ModelUsed | None = None) -> MusicTake:
    """Return a take with the beats, downbeats and sections of a score."""
    ends_s = [score.bar_s(section.first_bar) for section in score.sections[1:]] + [score.duration_s]
    return MusicTake(
        beats_s=[score.beat_s(beat) for beat in range(score.n_beats)],
        downbeats_s=[score.bar_s(bar) for bar in range(score.n_bars)],
        sections=[
            Span(label=section.kind, start_s=score.bar_s(section.first_bar), end_s=end_s)
            for section, end_s in zip(score.sections, ends_s, strict=True)
        ],
        model=model,
    )
