"""Commands that take a project to other programs and back: spreadsheets, video editors, song services."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

import storyboard
from storyboard.interfaces.app import Debug, ProjectPath, Quiet, app
from storyboard.interfaces.display import Display
from storyboard.interfaces.outcome import errors_told
from storyboard.schema.errors import InputError


@app.command("sheet")
def sheet(
    project: ProjectPath,
    out: Annotated[Path | None, typer.Option(help="The .xlsx; default: lyrics.xlsx in the project.")] = None,
    debug: Debug = False,
) -> None:
    """Write the lines with their times as a spreadsheet; edits come back with render --lyrics."""
    with errors_told(as_json=False, debug=debug):
        typer.echo(storyboard.write_sheet(project, out))


@app.command("export")
def export(
    project: ProjectPath,
    otio: Annotated[bool, typer.Option("--otio", help="OpenTimelineIO: keeps everything.")] = False,
    fcpxml: Annotated[bool, typer.Option("--fcpxml", help="For Final Cut, with a clip a shot.")] = False,
    edl: Annotated[bool, typer.Option("--edl", help="CMX 3600, with a clip a shot.")] = False,
    folder: Annotated[
        bool, typer.Option("--folder", "--aaf-ready", help="Clips, sound, EDL, XML and markers.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Where to; default: exports/ in the project.")] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Hand the film over to a video editor; import-cut brings an edited cut back."""
    wanted: dict[storyboard.ExportKind, bool] = {"otio": otio, "fcpxml": fcpxml, "edl": edl, "folder": folder}
    chosen: list[storyboard.ExportKind] = [kind for kind, is_wanted in wanted.items() if is_wanted]
    display = Display(silent=quiet)
    signal.signal(signal.SIGINT, display.stop)
    with errors_told(as_json=False, debug=debug):
        if len(chosen) != 1:
            raise InputError("say one form", where="export", hint="--otio, --fcpxml, --edl or --folder")
        with display:
            written = storyboard.export(project, chosen[0], out, on_event=display)
        typer.echo(written)


@app.command("import-cut")
def import_cut(
    project: ProjectPath,
    cut: Annotated[Path, typer.Argument(help="An edited .otio, .fcpxml or .edl.", show_default=False)],
    debug: Debug = False,
) -> None:
    """Take over the cuts of an edited timeline; `render` then makes only what they touch."""
    with errors_told(as_json=False, debug=debug):
        typer.echo("\n".join(storyboard.import_cut(project, cut).changes) or "nothing has changed")


@app.command("song-sheet")
def song_sheet(project: ProjectPath, debug: Debug = False) -> None:
    """Print title, style tags and lyrics as song services take them; bring their song back with --song."""
    with errors_told(as_json=False, debug=debug):
        typer.echo(storyboard.song_sheet(project))
