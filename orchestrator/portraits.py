"""The user's own portraits: checked, copied into the project, and named in its storyboard."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from storyboard.generators.image.picture import read_picture, write_png
from storyboard.orchestrator.studio import portrait_files
from storyboard.orchestrator.workspace import Workspace, free_name, sha256_of
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError, MediaError
from storyboard.schema.files import load, save

Portraits = Mapping[str, str | Path]
"""Image files by the names of characters."""


def check_portraits(portraits: Portraits) -> None:
    """Make sure that every file is an image.

    Raises:
        InputError: one is none, or cannot be read; `where` names the character.
    """
    for name, path in portraits.items():
        try:
            read_picture(Path(path))
        except MediaError as error:
            raise InputError(error.message, where=_where(name, path), hint=error.hint) from error


def with_portraits(workspace: Workspace, board: Storyboard, portraits: Portraits) -> Storyboard:
    """Copy portraits into a project as PNG and return the storyboard that names them.

    A picture that somebody else put there is kept beside.

    Raises:
        InputError: a file is no image, or the film has no character of that name; nothing is changed.
    """
    check_portraits(portraits)
    files = portrait_files(board.cast)
    for name, path in portraits.items():
        if name not in files:
            raise InputError(
                f"no character is named {name!r}",
                where=_where(name, path),
                hint=f"the cast: {', '.join(files)}; give it again: storyboard render {workspace.folder}",
            )
    named = dict(board.generators.portraits)
    for name, path in portraits.items():
        place = f"portraits/{files[name]}"
        _bring(workspace, Path(path), workspace.folder / place, is_own=named.get(name) == place)
        named[name] = place
    generators = board.generators.model_copy(update={"portraits": named})
    return board.model_copy(update={"generators": generators})


def take_portraits(workspace: Workspace, portraits: Portraits) -> None:
    """Bring portraits into a project; raises as `with_portraits`."""
    with workspace.locked():
        board = load(workspace.storyboard, Storyboard)
        save(with_portraits(workspace, board, portraits), workspace.storyboard)


def digest_of_pictures(board: Storyboard, folder: Path) -> str:
    """Return a digest of the user's pictures: a run that began with others is not gone on with."""
    files = [*board.generators.portraits.values(), *(each.image for each in board.directions)]
    there = sorted({file for file in files if file and (folder / file).is_file()})
    return " ".join(sha256_of(folder / file)[:16] for file in there)


def _bring(workspace: Workspace, path: Path, target: Path, *, is_own: bool) -> None:
    """Write a picture as PNG; what the user brought there before gives way, and what we drew."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".portrait-") as beside:
        new = Path(beside) / target.name
        write_png(read_picture(path), new)
        if target.exists() and sha256_of(target) != sha256_of(new):
            workspace.withdraw([target.relative_to(workspace.folder).as_posix()])
            if target.exists() and not is_own:
                target.rename(free_name(target))
        new.replace(target)


def _where(name: str, path: str | Path) -> str:
    return f"--portrait {name}={path}"
