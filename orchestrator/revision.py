"""Revise a storyboard in words: an edit that is checked, shown as a difference, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from storyboard.generators.llm.safety import refuse_forbidden
from storyboard.orchestrator.project import load
from storyboard.orchestrator.prompting import with_prompts
from storyboard.orchestrator.state import Context
from storyboard.orchestrator.workspace import Workspace
from storyboard.orchestrator.writers import brief_for, writer_of
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import GeneratorError, InputError, ProjectError
from storyboard.schema.files import invalid, save
from storyboard.schema.files import load as load_document
from storyboard.schema.progress import OnEvent, ignore

_FOLLOWING = ("prompt", "prompt_digest")  # made from the other fields


@dataclass(frozen=True)
class Revision:
    """A storyboard before and after, and what changed: one line a field."""

    before: Storyboard
    after: Storyboard

    @property
    def changes(self) -> list[str]:
        """Each changed field with its old and new value."""
        return differences(self.before.model_dump(mode="json"), self.after.model_dump(mode="json"))


def revise(
    project: str | Path,
    request: str,
    *,
    llm: str = "",
    max_cost: float | None = None,
    on_event: OnEvent = ignore,
) -> Revision:
    """Change a project's storyboard as asked for in words; `render` then makes what the change touches.

    Args:
        project: the project's folder or its storyboard.json.
        request: what to change: "make scene 3 a rooftop at night".
        llm: the writer that reads the request; without it, the one that wrote the storyboard.
        max_cost: stop before more than this many US dollars are spent on the project.
        on_event: receives progress events.

    Raises:
        InputError: the request cannot be read, changes nothing, or would change a locked scene.
        GeneratorError: the writer failed, or what it made breaks the schema. Nothing has been changed.
    """
    workspace = Workspace(load(project).path)
    with workspace.locked():
        return revise_workspace(workspace, request, Context(on_event, max_cost), llm=llm)


def revise_workspace(workspace: Workspace, request: str, context: Context, *, llm: str = "") -> Revision:
    """Revise the storyboard of a project that this run holds; see `revise`."""
    request = request.strip()
    if not request:
        raise InputError("is empty", where="request", hint='say what to change: "scene 3 at night"')
    refuse_forbidden(request)
    before = load_document(workspace.storyboard, Storyboard)
    with writer_of(workspace, llm or before.generators.llm, context) as writer:
        try:
            drafted = writer.revise(brief_for(before), before, request)
            after = with_prompts(Storyboard.model_validate(drafted.model_dump()))
        except ValidationError as error:
            failure = invalid(error, "the revised storyboard")
            raise GeneratorError(str(failure), where="revise", hint="say it in other words") from error
    _refuse_locked(before, after)
    revision = Revision(before, after)
    if not revision.changes:
        raise InputError(
            "changes nothing", where=f"request “{request}”", hint="name the scene and what to change"
        )
    remember(workspace, before)
    save(after, workspace.storyboard)
    return revision


def undo(project: str | Path) -> Revision:
    """Take the last revision of a project back; the storyboard as it is now is kept in the history.

    Raises:
        ProjectError: there is nothing to take back.
    """
    workspace = Workspace(load(project).path)
    with workspace.locked():
        history = sorted(workspace.history.glob("[0-9]*.json"))
        if not history:
            raise ProjectError("has no revision to undo", where=str(workspace.folder))
        before = load_document(workspace.storyboard, Storyboard)
        after = load_document(history[-1], Storyboard)
        save(before, workspace.history / f"undone-{history[-1].name}")
        save(after, workspace.storyboard)
        history[-1].unlink()
        return Revision(before, after)


def remember(workspace: Workspace, board: Storyboard) -> None:
    """Keep a storyboard in the history of its project, for `undo`."""
    numbers = [int(path.stem) for path in workspace.history.glob("[0-9]*.json")]
    save(board, workspace.history / f"{max(numbers, default=0) + 1:04d}.json")


def _refuse_locked(before: Storyboard, after: Storyboard) -> None:
    """Make sure that a locked scene looks as it did, its characters among it."""
    scenes = {scene.id: scene for scene in after.scenes}
    for index, scene in enumerate(before.scenes):
        if not scene.locked:
            continue
        now = scenes.get(scene.id)
        same = now is not None and differences(scene.model_dump(), now.model_dump()) == []
        if now is None or not same or before.characters_of(scene) != after.characters_of(now):
            raise InputError(
                "is locked, and the request would change it",
                where=f"scenes[{index}] ({scene.title})",
                hint=f'set "locked": false in scenes[{index}] of storyboard.json, or ask for something else',
            )


def differences(before: Any, after: Any, path: str = "") -> list[str]:
    """Return every field in which two documents differ, as "path: old → new"."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = [name for name in (*before, *(set(after) - set(before))) if name not in _FOLLOWING]
        return [
            line
            for name in names
            for line in differences(before.get(name), after.get(name), f"{path}.{name}" if path else name)
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [
            line
            for index, (old, new) in enumerate(zip(before, after, strict=True))
            for line in differences(old, new, f"{path}[{index}]")
        ]
    return [] if before == after else [f"{path}: {_shown(before)} → {_shown(after)}"]


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return f"“{text}”" if isinstance(value, str) else text if len(text) < 200 else text[:197] + "…"
