"""Lyrics of a project out and in: a spreadsheet to edit, and the edits brought back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from storyboard.orchestrator.project import load
from storyboard.orchestrator.prompting import with_prompts
from storyboard.orchestrator.revision import Revision, remember
from storyboard.orchestrator.workspace import Workspace, copy_whole, free_name
from storyboard.prompts.song_sheet import song_sheet as rendered
from storyboard.schema.board import Direction, Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import invalid, save
from storyboard.schema.files import load as load_document
from storyboard.schema.timeline import Timeline
from storyboard.sync.lyrics import read_lyrics


def write_sheet(project: str | Path, out: str | Path | None = None) -> Path:
    """Write a project's lines as a spreadsheet, with times and wishes for each, and return its path.

    Args:
        project: the project's folder or its storyboard.json.
        out: the .xlsx to write; without it lyrics.xlsx in the project. A file that is there stays, and a
            number is added to the name.

    Raises:
        InputError: the package that writes spreadsheets is missing, or the file cannot be written.
    """
    from storyboard.sync.lyrics.sheet import write_sheet as write

    if out is not None and Path(out).suffix.lower() != ".xlsx":
        raise InputError("a spreadsheet is written as .xlsx", where=f"--out {out}", hint="name it so")
    held = load(project)
    workspace = Workspace(held.path)
    timeline = load_document(workspace.timeline, Timeline) if workspace.timeline.exists() else None
    target = free_name(Path(out) if out is not None else workspace.folder / "lyrics.xlsx")
    write(held.storyboard, timeline.song_map if timeline else None, target)
    return target


def take_lyrics(project: str | Path, lyrics: str | Path) -> Revision:
    """Bring edited lyrics, times and wishes into a project's storyboard; `undo` takes them back.

    Args:
        project: the project's folder or its storyboard.json.
        lyrics: a spreadsheet as `write_sheet` writes it, or lyrics in any form that `create` reads.

    Raises:
        InputError: the file cannot be read, or a scene would be left without a line.
    """
    from storyboard.sync.lyrics.merging import merged

    path, workspace = Path(lyrics), Workspace(load(project).path)
    with workspace.locked():
        before = load_document(workspace.storyboard, Storyboard)
        after = merged(before, read_lyrics(path))
        directions = [_with_image(workspace, each, path.parent) for each in after.directions]
        changes = {"directions": directions} | ({} if before.song.audio else {"song": _untimed(after)})
        after = with_prompts(_checked(after.model_copy(update=changes), path))
        if after != before:
            remember(workspace, before)
            save(after, workspace.storyboard)
        return Revision(before, after)


def song_sheet(project: str | Path) -> str:
    """Return title, style tags and lyrics of a project's song in the form that song services take."""
    board = load(project).storyboard
    return rendered(board.song, board.language)


def _untimed(board: Storyboard) -> object:
    """A song that is recorded here says itself when its lines are sung."""
    return board.song.model_copy(update={"times": []})


def _checked(board: Storyboard, path: Path) -> Storyboard:
    try:
        return Storyboard.model_validate(board.model_dump())
    except ValidationError as error:
        raise invalid(error, str(path)) from error


def _with_image(workspace: Workspace, direction: Direction, folder: Path) -> Direction:
    """Copy a picture that a row names into the project, so that the project needs nothing outside."""
    if not direction.image or (workspace.folder / direction.image).is_file():
        return direction
    source = folder / direction.image
    if not source.is_file():
        raise InputError(
            f"there is no picture {direction.image!r}",
            where=f"line [{direction.section}, {direction.line}], image",
            hint="give its path from the folder of the sheet",
        )
    name = f"images/{source.name}"
    copy_whole(source, workspace.folder / name)
    return direction.model_copy(update={"image": name})
