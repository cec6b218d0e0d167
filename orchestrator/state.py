"""What flows through the state machine: paths and hashes, never media."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, TypedDict

from pydantic import Field

from storyboard.generators.llm import Writer
from storyboard.generators.llm.usage import Usage
from storyboard.orchestrator.executor import Executor, LocalExecutor
from storyboard.orchestrator.spending import Spending
from storyboard.schema.board import Direction, Story
from storyboard.schema.cast import Character
from storyboard.schema.document import Part, Text
from storyboard.schema.progress import (
    Event,
    OnEvent,
    OnFraction,
    Step,
    StepFinished,
    StepProgress,
    StepStarted,
    ignore,
)
from storyboard.schema.scene import Scene
from storyboard.schema.song import Song

THREAD = "film"
"""The one thread of a project's checkpoints."""


def merged(held: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Join what parallel branches bring, by key: their order does not matter, nothing is doubled."""
    return {**held, **new}


class Judged(TypedDict):
    """The best draft that a review has seen: how much is wrong, its key, and what is open."""

    weight: int
    draft: str
    open: list[str]


class FilmState(TypedDict, total=False):
    """The state of one film. What is not explained here is a key into the project's store."""

    project: str
    original: str  # SHA-256 of the user's own song; empty where one is written and recorded
    plan_only: bool
    asks: bool  # whether a person reviews the board
    complaint: str  # why the last revision could not be made
    storyboard: str  # digest of storyboard.json as this run read it
    own_pictures: str  # digest of the user's pictures that it names
    findings: dict[str, list[str]]  # what the review found, by the step that can mend it
    rounds: int
    best: Judged
    draft: str
    voice: str
    music: str
    mix: str
    song_map: str
    timeline: str
    portraits: dict[str, str]  # by character
    key_frames: dict[str, list[str]]  # by scene
    clips: Annotated[dict[str, str], merged]
    film: str
    report: str


class SceneTask(TypedDict):
    """What one parallel branch of the shoot is sent."""

    project: str
    scene: int  # its place in the storyboard
    timeline: str
    voice: str  # empty for a song without one of ours
    portraits: dict[str, str]
    key_frames: list[str]  # of this scene, one for each shot


class Draft(Part):
    """What the writing steps have so far."""

    writer: Text = ""
    language: Text = "en"
    notes: list[Text] = Field(default_factory=list)
    song: Song | None = None
    style: Text = ""
    palette: list[Text] = Field(default_factory=list)
    story: Story | None = None
    cast: list[Character] = Field(default_factory=list)
    scenes: list[Scene] = Field(default_factory=list)
    moods: list[Text] = Field(default_factory=list, description="heard in the user's own song")
    directions: list[Direction] = Field(default_factory=list)


@dataclass
class Context:
    """What a run brings that is no state: who listens, who works, and the writers it has opened."""

    on_event: OnEvent = ignore
    max_cost_usd: float | None = None
    writers: dict[str, tuple[Writer, Usage]] = field(default_factory=dict)
    executor: Executor = field(default_factory=LocalExecutor)
    spending: Spending = field(default_factory=Spending)

    def __post_init__(self) -> None:
        """Let one thread tell at a time: scenes are shot side by side, listeners need not know that."""
        tell, alone = self.on_event, threading.RLock()

        def one_at_a_time(event: Event) -> None:
            with alone:
                tell(event)

        self.on_event = one_at_a_time


@dataclass
class Report:
    """What a step says of itself while it works and when it ends."""

    progress: OnFraction
    detail: str = ""
    reused: bool = False


@contextmanager
def step(context: Context | None, name: Step, part: int = 0, n_parts: int = 1) -> Iterator[Report]:
    """Report the start, the progress and the end of a step, or of one part of it."""
    on_event = context.on_event if context else ignore
    on_event(StepStarted(name, part, n_parts))
    report = Report(lambda fraction: on_event(StepProgress(name, fraction, part, n_parts)))
    yield report
    on_event(StepFinished(name, report.detail, report.reused, part, n_parts))
