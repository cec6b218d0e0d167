"""Typed progress events: the library reports them to a callback, and never prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Step = Literal[
    "adopt_song", "write_song", "tell_story", "cast", "draw_board", "review",
    "record", "listen", "plan_cuts", "draw_pictures", "shoot", "assemble", "measure", "export", "pull",
]  # fmt: skip


@dataclass(frozen=True)
class StepStarted:
    """A step of the flow began, or one part of a step that is done in parallel parts."""

    step: Step
    part: int = 0
    n_parts: int = 1


@dataclass(frozen=True)
class StepProgress:
    """A part of a step is `fraction` (0 to 1) done."""

    step: Step
    fraction: float
    part: int = 0
    n_parts: int = 1


@dataclass(frozen=True)
class StepFinished:
    """A part of a step ended; `reused` says that its result was taken from the store."""

    step: Step
    detail: str = ""
    reused: bool = False
    part: int = 0
    n_parts: int = 1


@dataclass(frozen=True)
class Notice:
    """Something the user should know, in one sentence."""

    text: str


Event = StepStarted | StepProgress | StepFinished | Notice
OnEvent = Callable[[Event], None]
"""Receives every event; may raise Cancelled to stop the run."""

OnFraction = Callable[[float], None]
"""Receives how much of one job is done, 0 to 1; may raise Cancelled to stop it."""


def ignore(_: object) -> None:
    """Receive an event or a fraction and do nothing."""
