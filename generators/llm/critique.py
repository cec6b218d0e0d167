"""The critic: what its scores mean, and to which step each finding goes back."""

from __future__ import annotations

from collections.abc import Mapping

from storyboard.generators.lint.finding import Finding, Step
from storyboard.generators.llm.answers import Score
from storyboard.schema.board import Storyboard

LOWEST_PASS = 3
RUBRIC: dict[str, tuple[Step, str, str]] = {
    "lyrics": (
        "song",
        "song",
        "the hook holds, images are concrete, every line can be sung and says something new",
    ),
    "story": ("story", "story", "something changes, and one can see it without hearing a word"),
    "cast": ("cast", "cast", "the people fit the topic and are told apart at a glance"),
    "pictures": (
        "board",
        "scenes",
        "each scene shows what its lines mean, with deeds that one picture can hold",
    ),
    "variety": (
        "board",
        "scenes",
        "places, hours, cameras and people differ from scene to scene, in an order that builds",
    ),
}
"""Criterion: the step that can mend it, where it is, and what deserves a 5."""


def rubric_of(board: Storyboard) -> dict[str, str]:
    """Return what deserves a 5 by criterion; the lyrics of the user's own recording are not judged."""
    is_given = board.song.audio is not None
    return {name: ideal for name, (step, _, ideal) in RUBRIC.items() if not (is_given and step == "song")}


def findings_of(scores: Mapping[str, Score]) -> list[Finding]:
    """Return a finding for every criterion below three of five points that has a reason."""
    found = []
    for name, score in scores.items():
        step, where, ideal = RUBRIC[name]
        if score.score < LOWEST_PASS:
            reason = (score.reason or f"not so: {ideal}")[:300]
            message = f"{name} {score.score}/5: {reason}"
            found.append(
                Finding(code=f"critic-{name}", where=score.where or where, message=message, step=step)
            )
    return found
