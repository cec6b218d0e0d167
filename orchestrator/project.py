"""A finished or unfinished film on disk, for those who go on with it in Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import ProjectError
from storyboard.schema.files import load as load_document
from storyboard.schema.report import SyncReport
from storyboard.schema.timeline import Timeline


@dataclass(frozen=True)
class Project:
    """A project folder. Documents are read from disk each time they are asked for."""

    path: Path

    @property
    def storyboard(self) -> Storyboard:
        """storyboard.json, checked."""
        return load_document(Workspace(self.path).storyboard, Storyboard)

    @property
    def timeline(self) -> Timeline:
        """timeline.json; DocumentError while the cuts are not planned."""
        return load_document(Workspace(self.path).timeline, Timeline)

    @property
    def report(self) -> SyncReport:
        """sync-report.json; DocumentError while the film is not rendered."""
        return load_document(Workspace(self.path).report, SyncReport)

    @property
    def video(self) -> Path:
        """The film."""
        return Workspace(self.path).video

    def to_moviepy(self) -> Any:
        """Return the film as a MoviePy clip, for those who go on with it in Python.

        Raises:
            GeneratorUnavailable, SystemRequirementError: MoviePy is not installed; the hint says how.
            ProjectError: the film is not rendered.
        """
        from storyboard.orchestrator.handover import to_moviepy

        return to_moviepy(self.path)

    @property
    def is_rendered(self) -> bool:
        """Whether the film has been rendered; it may be older than storyboard.json."""
        return self.video.exists()


def load(path: str | Path) -> Project:
    """Open a project by its folder or its storyboard.json.

    Raises:
        ProjectError: there is no storyboard.json.
        DocumentError: storyboard.json breaks the schema.
    """
    given = Path(path)
    folder = given.parent if given.is_file() else given
    if not Workspace(folder).storyboard.is_file():
        raise ProjectError(
            "has no storyboard.json",
            where=str(given),
            hint='give a project folder, or make one: storyboard "a topic"',
        )
    project = Project(folder.resolve())
    _ = project.storyboard
    return project
