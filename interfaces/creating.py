"""Commands that make a film: from a topic, to a song, from an edited storyboard, and what a song holds."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

import storyboard
from storyboard.interfaces.app import Debug, Json, ProjectPath, Quiet, app
from storyboard.interfaces.display import Display
from storyboard.interfaces.estimate import estimate_result, print_estimate
from storyboard.interfaces.outcome import errors_told, result_of
from storyboard.interfaces.parameters import parameters_of, portraits_of

Work = Callable[[Display], storyboard.Project]
Out = Annotated[Path | None, typer.Option(help="Project folder; default: named after the title.")]
MaxCost = Annotated[
    float | None, typer.Option(min=0, help="Stop before writing and shooting cost more US dollars.")
]
Portraits = Annotated[
    list[str] | None,
    typer.Option("--portrait", help="Your own picture of a character: --portrait Ida=ida.png."),
]


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
    transitions: Annotated[str, typer.Option(help="mixed, or cuts and nothing else.")] = "mixed",
    accent: Annotated[list[str] | None, typer.Option(help="On loud downbeats: zoom or flash.")] = None,
    captions: Annotated[
        str, typer.Option(help="burned, soft (shown or hidden by the player), none.")
    ] = "burned",
    titles: Annotated[bool, typer.Option(help="A title at the start and credits at the end.")] = True,
    clean: Annotated[bool, typer.Option("--clean", help="Also a film without captions.")] = False,
    also: Annotated[list[str] | None, typer.Option(help="Also a film in this shape: 9:16, 1:1.")] = None,
    language: Annotated[str, typer.Option(help="Language of the lyrics; default: the topic's.")] = "",
    llm: Annotated[str, typer.Option(help="Writer: auto, builtin, openai, together, or URL#MODEL.")] = "auto",
    voice: Annotated[str, typer.Option(help="Voice generator.")] = "auto",
    music: Annotated[str, typer.Option(help="Music generator.")] = "auto",
    video: Annotated[str, typer.Option(help="Video generator.")] = "auto",
    image: Annotated[str, typer.Option(help="Generator of portraits and key frames.")] = "auto",
    takes: Annotated[int, typer.Option(help="Takes of each scene, of which the best is kept.")] = 1,
    portrait: Portraits = None,
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
    options |= dict(pace=pace, transitions=transitions, accents=accent or [], captions=captions)
    options |= dict(titles=titles, clean=clean, also=also or [], language=language, max_cost=max_cost)
    options |= dict(llm=llm, voice=voice, music=music, video=video, image=image, takes=takes)
    options |= dict(song=song, lyrics=lyrics)

    def work(display: Display) -> storyboard.Project:
        on_review = display.ask if review else None
        options.update(parameters=parameters_of(parameters or []), voice_sample=voice_sample)
        options.update(consent=_consent(voice_sample, consent), portraits=portraits_of(portrait or []))
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
    portrait: Portraits = None,
    out: Out = None,
    max_cost: MaxCost = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what the shoot will take, and shoot nothing.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make whatever is missing or changed in a project."""

    def work(display: Display) -> storyboard.Project:
        portraits = portraits_of(portrait or [])
        if lyrics is not None:
            display.tell(storyboard.take_lyrics(project, lyrics).changes)
        return storyboard.render(project, portraits=portraits, out=out, max_cost=max_cost, on_event=display)

    if dry_run:
        _estimate(project, as_json=as_json, quiet=quiet, debug=debug)
    else:
        _run(work, as_json=as_json, quiet=quiet, debug=debug)


def _estimate(project: Path, *, as_json: bool, quiet: bool, debug: bool) -> None:
    display = Display(silent=quiet or as_json)
    signal.signal(signal.SIGINT, display.stop)
    with errors_told(as_json=as_json, debug=debug):
        with display:
            found = storyboard.estimate(project, on_event=display)
        if as_json:
            typer.echo(json.dumps(estimate_result(found), ensure_ascii=False))
        else:
            print_estimate(found)


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
