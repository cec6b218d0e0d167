"""The `storyboard` command.

Exit codes: 0 done; 1 an error of our own; 2 wrong input; 3 a generator failed; 4 something is missing on
this machine; 5 a media file is broken; 6 the project folder cannot be used; 130 stopped by the user.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import storyboard
from storyboard.interfaces import creating, editing, machine
from storyboard.interfaces.app import app

__all__ = ["app", "creating", "editing", "machine", "main"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command; a first word that is no command is the topic of `make`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = {command.name or "" for command in app.registered_commands}
    if given and given[0] not in commands | {"--help", "-h", "--version"}:
        given.insert(0, "make")
    app(args=given, prog_name="storyboard")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"storyboard {storyboard.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


if __name__ == "__main__":
    main()
