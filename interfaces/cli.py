"""The `storyboard` command.

Exit codes: 0 done; 1 an error of our own; 2 wrong input; 3 a generator failed; 4 something is missing on
this machine; 5 a media file is broken; 6 the project folder cannot be used; 130 stopped by the user.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

import storyboard
from storyboard.interfaces.display import Display, print_findings
from storyboard.interfaces.outcome import errors_told, result_of
from storyboard.interfaces.parameters import parameters_of
from storyboard.schema.errors import InputError

app = typer.Typer(
    name="storyboard",
    help='Turn a topic into a finished music video: storyboard "I met my ex on TikTok"',
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Work = Callable[[Display], storyboard.Project]
Out = Annotated[Path | None, typer.Option(help="Project folder; default: named after the title.")]
ProjectPath = Annotated[
    Path, typer.Argument(help="A project folder or a storyboard.json.", show_default=False)
]
MaxCost = Annotated[float | None, typer.Option(min=0, help="Stop before writing costs more US dollars.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON line with the result, and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the whole trace of an error.")]


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


@app.command("make")
def make(
    topic: Annotated[str, typer.Argument(help="Any text in any language.", show_default=False)] = "",
    song: Annotated[Path | None, typer.Option(help="A finished song: the film is made to it.")] = None,
    lyrics: Annotated[
        Path | None, typer.Option(help="The song's words: .txt, .lrc, .srt, .xlsx or .csv.")
    ] = None,
    out: Out = None,
    seed: Annotated[int, typer.Option(help="Another seed, another film.")] = 0,
    scenes: Annotated[int, typer.Option(help="Number of scenes, 1 to 12.")] = 6,
    aspect: Annotated[str, typer.Option(help="16:9, 9:16 or 1:1.")] = "16:9",
    height: Annotated[int, typer.Option(help="Height of the video in pixels.")] = 720,
    fps: Annotated[int, typer.Option(help="Frames a second.")] = 24,
    style: Annotated[str, typer.Option(help="Words for the look, such as “ink and gold”.")] = "",
    pace: Annotated[str, typer.Option(help="How fast it is cut: calm, medium or fast.")] = "medium",
    language: Annotated[str, typer.Option(help="Language of the lyrics; default: the topic's.")] = "",
    llm: Annotated[str, typer.Option(help="Writer: auto, builtin, openai, together, or URL#MODEL.")] = "auto",
    voice: Annotated[str, typer.Option(help="Voice generator.")] = "auto",
    music: Annotated[str, typer.Option(help="Music generator.")] = "auto",
    video: Annotated[str, typer.Option(help="Video generator.")] = "auto",
    parameters: Annotated[
        list[str] | None, typer.Option("--set", help="A generator's parameter: --set music.steps=30.")
    ] = None,
    voice_sample: Annotated[str, typer.Option(help="Clone this voice: a recording or its address.")] = "",
    consent: Annotated[bool, typer.Option("--consent", help="The speaker of the sample agreed.")] = False,
    max_cost: MaxCost = None,
    plan: Annotated[bool, typer.Option("--plan", help="Stop when storyboard.json is written.")] = False,
    review: Annotated[bool, typer.Option("--review", help="Show the board and ask first.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make a music video from a topic, or to a finished song (`make` itself may be left out)."""
    options: dict[str, Any] = dict(
        seed=seed, scenes=scenes, aspect=aspect, height=height, fps=fps, style=style
    )
    options |= dict(pace=pace, language=language, max_cost=max_cost)
    options |= dict(llm=llm, voice=voice, music=music, video=video, song=song, lyrics=lyrics)

    def work(display: Display) -> storyboard.Project:
        on_review = display.ask if review else None
        options.update(parameters=parameters_of(parameters or []), voice_sample=voice_sample)
        options.update(consent=_consent(voice_sample, consent))
        return storyboard.create(
            topic, out=out, plan_only=plan, on_review=on_review, on_event=display, **options
        )

    _run(work, as_json=as_json, quiet=quiet, debug=debug, plan_only=plan)


def _consent(voice_sample: str, given: bool) -> str:
    """Return what the user says of the speaker's consent; asks where somebody can answer."""
    if not voice_sample or given:
        return "the user confirmed that the speaker agrees to this use" if voice_sample else ""
    if sys.stdin.isatty() and typer.confirm("Does the speaker of the sample agree to this use?", err=True):
        return "the user confirmed, when asked, that the speaker agrees to this use"
    return ""


@app.command("render")
def render(
    project: ProjectPath,
    lyrics: Annotated[
        Path | None, typer.Option(help="Bring edited lyrics or a sheet into the storyboard first.")
    ] = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make whatever is missing or changed in a project."""

    def work(display: Display) -> storyboard.Project:
        if lyrics is not None:
            display.tell(storyboard.take_lyrics(project, lyrics).changes)
        return storyboard.render(project, out=out, on_event=display)

    _run(work, as_json=as_json, quiet=quiet, debug=debug)


@app.command("revise")
def revise(
    project: ProjectPath,
    request: Annotated[str, typer.Argument(help="What to change, in words.", show_default=False)] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the last revision back.")] = False,
    llm: Annotated[str, typer.Option(help="Writer that reads it; default: the one that wrote it.")] = "",
    max_cost: MaxCost = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Change a storyboard in words: storyboard revise FOLDER "scene 3 on a rooftop at night"."""
    with errors_told(as_json=as_json, debug=debug):
        if undo:
            revision = storyboard.undo(project)
        else:
            revision = storyboard.revise(project, request, llm=llm, max_cost=max_cost)
        if as_json:
            typer.echo(json.dumps({"ok": True, "changes": revision.changes}, ensure_ascii=False))
        else:
            typer.echo("\n".join(revision.changes))


@app.command("listen")
def listen(
    song: Annotated[Path, typer.Argument(help="A finished song.", show_default=False)],
    lyrics: Annotated[Path | None, typer.Option(help="Its words: .txt, .lrc, .srt, .xlsx or .csv.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write; default: NAME-listen.")] = None,
    language: Annotated[str, typer.Option(help="Language of the lyrics; default: what they look like.")] = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Find beats, bars, sections and every sung word; write captions, labels, JSON and a picture."""
    display = Display(silent=quiet)
    signal.signal(signal.SIGINT, display.stop)
    with errors_told(as_json=False, debug=debug):
        with display:
            heard = storyboard.listen(song, lyrics=lyrics, out=out, language=language, on_event=display)
        typer.echo(heard.folder)


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
    folder: Annotated[bool, typer.Option("--folder", help="Clips, sound, EDL, XML and markers.")] = False,
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


@app.command("pull")
def pull(
    name: Annotated[str, typer.Argument(help="A generator, or NAME:MODEL.", show_default=False)],
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Fetch the weights that a generator needs. Nothing else ever downloads any."""
    display = Display(silent=quiet)
    signal.signal(signal.SIGINT, display.stop)
    with errors_told(as_json=False, debug=debug), display:
        storyboard.pull(name, on_event=display)
    typer.echo(f"{name} is here")


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of storyboard.json, for editors that complete and check it."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    typer.echo(json.dumps(document | storyboard.Storyboard.model_json_schema(by_alias=True), indent=2))


@app.command("doctor")
def doctor(as_json: Json = False) -> None:
    """Say what this machine can run, and what each missing thing would need."""
    from storyboard.orchestrator.doctor import examine

    findings = examine()
    if as_json:
        typer.echo(json.dumps([vars(finding) for finding in findings]))
    else:
        print_findings(findings)
    raise typer.Exit(0 if all(finding.ready for finding in findings if finding.needed) else 4)


def _run(work: Work, *, as_json: bool, quiet: bool, debug: bool, plan_only: bool = False) -> None:
    display = Display(silent=quiet or as_json)
    signal.signal(signal.SIGINT, display.stop)
    signal.signal(signal.SIGTERM, display.stop)
    with errors_told(as_json=as_json, debug=debug):
        with display:
            project = work(display)
        result = result_of(project, plan_only)
        if as_json:
            typer.echo(json.dumps(result, ensure_ascii=False))
        else:
            typer.echo(result["storyboard"] if plan_only else result["video"])


if __name__ == "__main__":
    main()
