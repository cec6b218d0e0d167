"""Turn a topic into a finished music video.

    import storyboard

    project = storyboard.create("I met my ex on TikTok")
    print(project.video)

Importing this is cheap: what is heavy is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

# A checkout without symbolic links (Windows) has the packages at its root instead.
if not (Path(__file__).parent / "schema").is_dir():
    __path__.append(str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from storyboard.orchestrator.concurrent import acreate, aplan, arender, arevise
    from storyboard.orchestrator.estimating import FilmEstimate, SceneEstimate, estimate
    from storyboard.orchestrator.handover import ExportKind, export, import_cut, to_moviepy
    from storyboard.orchestrator.hearing import Heard, listen
    from storyboard.orchestrator.project import Project, load
    from storyboard.orchestrator.pulling import pull
    from storyboard.orchestrator.revision import Revision, revise, undo
    from storyboard.orchestrator.run import create, plan, render
    from storyboard.orchestrator.sheets import song_sheet, take_lyrics, write_sheet
    from storyboard.schema.board import CutPin, Cutting, Look, Output, Story, Storyboard
    from storyboard.schema.cast import Character
    from storyboard.schema.errors import (
        Cancelled,
        DocumentError,
        GeneratorError,
        GeneratorUnavailable,
        InputError,
        MediaError,
        ProjectError,
        StoryboardError,
        SystemRequirementError,
        TopicError,
        UnknownGenerator,
    )
    from storyboard.schema.progress import Event, Notice, StepFinished, StepProgress, StepStarted
    from storyboard.schema.report import SyncReport
    from storyboard.schema.scene import Scene
    from storyboard.schema.song import Section, Song
    from storyboard.schema.timeline import Shot, SongMap, Timeline, Word

__version__ = "0.1.0"

_HOMES = {
    "orchestrator.concurrent": ("acreate", "aplan", "arender", "arevise"),
    "orchestrator.estimating": ("FilmEstimate", "SceneEstimate", "estimate"),
    "orchestrator.handover": ("ExportKind", "export", "import_cut", "to_moviepy"),
    "orchestrator.hearing": ("Heard", "listen"),
    "orchestrator.project": ("Project", "load"),
    "orchestrator.pulling": ("pull",),
    "orchestrator.revision": ("Revision", "revise", "undo"),
    "orchestrator.run": ("create", "plan", "render"),
    "orchestrator.sheets": ("song_sheet", "take_lyrics", "write_sheet"),
    "schema.board": ("CutPin", "Cutting", "Look", "Output", "Story", "Storyboard"),
    "schema.cast": ("Character",),
    "schema.errors": (
        "Cancelled", "DocumentError", "GeneratorError", "GeneratorUnavailable", "InputError", "MediaError",
        "ProjectError", "StoryboardError", "SystemRequirementError", "TopicError", "UnknownGenerator",
    ),
    "schema.progress": ("Event", "Notice", "StepFinished", "StepProgress", "StepStarted"),
    "schema.report": ("SyncReport",),
    "schema.scene": ("Scene",),
    "schema.song": ("Section", "Song"),
    "schema.timeline": ("Shot", "SongMap", "Timeline", "Word"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Cancelled", "Character", "CutPin", "Cutting", "DocumentError", "Event", "ExportKind", "FilmEstimate",
    "GeneratorError", "GeneratorUnavailable", "Heard", "InputError", "Look", "MediaError", "Notice",
    "Output", "Project", "ProjectError", "Revision", "Scene", "SceneEstimate", "Section", "Shot", "Song",
    "SongMap", "StepFinished", "StepProgress", "StepStarted", "Story", "Storyboard", "StoryboardError",
    "SyncReport", "SystemRequirementError", "Timeline", "TopicError", "UnknownGenerator", "Word",
    "__version__", "acreate", "aplan", "arender", "arevise", "create", "estimate", "export", "import_cut",
    "listen", "load", "plan", "pull", "render", "revise", "song_sheet", "take_lyrics", "to_moviepy", "undo",
    "write_sheet",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'storyboard' has no attribute {name!r}")
    value = getattr(import_module(f"storyboard.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
