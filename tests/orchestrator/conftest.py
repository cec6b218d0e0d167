"""Films rendered once, by the real singer, band and animatic, for every test that only looks at them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.schema.files import save
from storyboard.schema.progress import Event, Notice, StepFinished

SMALL = {"height": 144, "fps": 12}


@dataclass
class Watcher:
    """Remembers the events of a run."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    @property
    def made(self) -> list[tuple[str, int]]:
        """The steps, and the scenes of the shoot, whose result was not taken from the store."""
        finished = [event for event in self.events if isinstance(event, StepFinished)]
        return sorted((event.step, event.part) for event in finished if not event.reused)

    @property
    def notices(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Notice)]


@pytest.fixture(scope="session")
def short_board(board_data: dict[str, Any]) -> storyboard.Storyboard:
    return storyboard.Storyboard.model_validate(board_data | {"look": SMALL})


@pytest.fixture(scope="session")
def short_film(
    short_board: storyboard.Storyboard, tmp_path_factory: pytest.TempPathFactory
) -> storyboard.Project:
    """Render three scenes of forty seconds, from a storyboard that was written by hand."""
    return storyboard.render(short_board, out=tmp_path_factory.mktemp("short") / "film")


@pytest.fixture(scope="session")
def brief_board(board_data: dict[str, Any]) -> storyboard.Storyboard:
    """Two scenes of a few seconds, with Ida in both and Jon in the second."""
    sections = [{"kind": "verse", "lines": ["The kettle sings"]}, {"kind": "chorus", "lines": ["Come home"]}]
    scenes = [
        scene | {"lines": [[index, 0]], "characters": ["Ida", "Jon"][: index + 1], "seed": index}
        for index, scene in enumerate(board_data["scenes"][:2])
    ]
    song = board_data["song"] | {"tempo_bpm": 150, "sections": sections}
    changes = {"song": song, "scenes": scenes, "look": SMALL, "output": {"titles": False}}
    return storyboard.Storyboard.model_validate(board_data | changes)


@pytest.fixture(scope="session")
def brief_project(
    brief_board: storyboard.Storyboard, tmp_path_factory: pytest.TempPathFactory
) -> storyboard.Project:
    """A project of those two scenes whose song is recorded and heard, and of which nothing is shot."""
    folder = tmp_path_factory.mktemp("brief") / "film"
    save(brief_board, folder / "storyboard.json")
    storyboard.estimate(folder)
    return storyboard.load(folder)


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[storyboard.Project], storyboard.Project]:
    """Copy a project, for a test that changes it."""

    def copy(project: storyboard.Project) -> storyboard.Project:
        return storyboard.load(shutil.copytree(project.path, tmp_path / project.path.name))

    return copy


@pytest.fixture(scope="session")
def sample_film(tmp_path_factory: pytest.TempPathFactory) -> storyboard.Project:
    """Run the main job on the sample topic, small."""
    folder = tmp_path_factory.mktemp("sample") / "film"
    return storyboard.create("I met my ex on TikTok", out=folder, height=144)


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()
