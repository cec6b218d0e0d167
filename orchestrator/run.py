"""Run the state machine on a project: write a storyboard, render one, or both."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from storyboard.generators.models.held import release
from storyboard.orchestrator.executor import n_cores
from storyboard.orchestrator.given import Given
from storyboard.orchestrator.nodes.adopting import hear_given
from storyboard.orchestrator.options import Options, options_of
from storyboard.orchestrator.portraits import (
    Portraits,
    check_portraits,
    digest_of_pictures,
    take_portraits,
    with_portraits,
)
from storyboard.orchestrator.project import Project, load
from storyboard.orchestrator.prompting import with_prompts
from storyboard.orchestrator.requirements import check_choice, check_generators, check_pictures, check_system
from storyboard.orchestrator.spending import Spending
from storyboard.orchestrator.state import THREAD, Context, FilmState
from storyboard.orchestrator.workspace import Workspace, folder_name, free_folder
from storyboard.orchestrator.writers import usage_of
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError, MediaError, ProjectError
from storyboard.schema.files import digest, dump, invalid, save
from storyboard.schema.files import load as load_document
from storyboard.schema.progress import OnEvent, ignore

OnReview = Callable[[Storyboard, str], str]
_DRAFT = ".storyboard-draft-"
_CONFIG: Any = {"configurable": {"thread_id": THREAD}}
_MOST_BRANCHES = 24
"""Scenes under way at once: all that a film can have, as those for one model are handed over together."""


def create(
    topic: str = "",
    *,
    song: str | Path | None = None,
    lyrics: str | Path | None = None,
    voice_sample: str | Path = "",
    consent: str = "",
    portraits: Portraits | None = None,
    out: str | Path | None = None,
    plan_only: bool = False,
    max_cost: float | None = None,
    on_review: OnReview | None = None,
    on_event: OnEvent = ignore,
    **options: Any,
) -> Project:
    """Make a music video from a topic or from a finished song, and return its project.

    The same topic and options in the same place go on with the project that they began.

    Args:
        topic: any text in any language, up to 2,000 characters; may be empty with a song.
        song: a finished song (mp3, wav, flac, ogg, m4a, opus …): the film is written from its lyrics and
            cut to it, and nothing is recorded.
        lyrics: the song's words: .txt, or with times .lrc, .srt or a sheet (.xlsx, .csv). Without them it
            is an instrumental, unless a transcriber is configured.
        voice_sample: a recording (file or address) of the voice to be cloned, for a voice that can.
        consent: what was confirmed of the consent of the speaker of that sample; it is kept on record.
        portraits: pictures of characters by their names, for video models that use them. Who is in the
            cast is known once it is written; `render` takes them too.
        out: the project folder; without it, one named after the title in the working folder.
        plan_only: stop when storyboard.json is written.
        max_cost: stop before writing and shooting cost more than this many US dollars.
        on_review: is shown the storyboard and why its last request could not be met (empty at first);
            returns "" to approve, or what to change, in words.
        on_event: receives progress events; may raise Cancelled.
        options: seed, scenes, aspect, height, fps, style, pace, transitions, accents, captions, titles,
            clean, also, language, llm, voice, music, video, image, takes, parameters.

    Raises:
        InputError: the topic, a file or an option is wrong.
        StoryboardError: see storyboard.schema.errors; what was made until then is kept.
    """
    own_song, own_lyrics = (None if each is None else Path(each) for each in (song, lyrics))
    given = Given(own_song, own_lyrics, str(voice_sample), consent)
    asked = options_of(topic, given, **options)
    check_system()
    check_choice(asked)
    check_portraits(portraits or {})
    folder = _folder_for(asked, Path(out) if out is not None else None)
    workspace = Workspace(folder)
    if not workspace.storyboard.exists() or _is_unfinished(workspace):
        context = Context(on_event, max_cost)
        with _nothing_left_of_wrong_files(workspace):
            workspace = _write(workspace, asked, given, context, on_review, named=out is None)
    if plan_only:
        if portraits:
            take_portraits(workspace, portraits)
        return Project(workspace.folder)
    left = None if max_cost is None else max(0.0, max_cost - usage_of(workspace).committed_usd)
    return render(workspace.folder, portraits=portraits, max_cost=left, on_event=on_event)


@contextmanager
def _nothing_left_of_wrong_files(workspace: Workspace) -> Iterator[None]:
    """Take a new folder away again if the user's files are refused before anything is written."""
    was_there = workspace.folder.exists()
    try:
        yield
    except (InputError, MediaError):
        if not was_there and not any(workspace.store.folder.glob("draft-*")):
            shutil.rmtree(workspace.folder, ignore_errors=True)
        raise


def plan(topic: str = "", *, on_event: OnEvent = ignore, **options: Any) -> Storyboard:
    """Write a storyboard from a topic without leaving anything on disk; arguments as in `create`."""
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        return create(topic, out=folder, plan_only=True, on_event=on_event, **options).storyboard


def render(
    storyboard: Storyboard | str | Path,
    *,
    portraits: Portraits | None = None,
    out: str | Path | None = None,
    max_cost: float | None = None,
    on_event: OnEvent = ignore,
) -> Project:
    """Make whatever is missing or changed, and return the project.

    Args:
        storyboard: a project folder, its storyboard.json, or a Storyboard.
        portraits: pictures of characters by their names; they are copied into the project and named in its
            storyboard.
        out: the project folder for a Storyboard or a JSON file from elsewhere; without it, a folder
            named after the title in the working folder, or the folder in which the file lies.
        max_cost: stop before shooting costs more than this many US dollars.
        on_event: receives progress events; may raise Cancelled.

    Raises:
        DocumentError: the storyboard breaks the schema; nothing has been made.
        UnknownGenerator: it names a generator that does not exist; nothing has been made.
        InputError: a generator's parameter or a portrait is wrong; nothing has been made.
        StoryboardError: see storyboard.schema.errors; what was made until then is kept.
    """
    check_system()
    workspace, board = _opened(storyboard, out)
    check_generators(board)
    with workspace.locked():
        if portraits:
            board = with_portraits(workspace, board, portraits)
        check_pictures(board, workspace.folder)
        fresh = with_prompts(board)
        if not workspace.storyboard.exists() or load_document(workspace.storyboard, Storyboard) != fresh:
            save(fresh, workspace.storyboard)
        start = FilmState(project=str(workspace.folder), storyboard=digest(fresh))
        start["own_pictures"] = digest_of_pictures(fresh, workspace.folder)
        _run(workspace, start, Context(on_event, spending=Spending(max_cost)))
    return Project(workspace.folder)


def _opened(storyboard: Storyboard | str | Path, out: str | Path | None) -> tuple[Workspace, Storyboard]:
    """Return the project to work in and the checked storyboard."""
    if isinstance(storyboard, Storyboard):
        board = _checked(storyboard)
        folder = Path(out) if out is not None else Path.cwd() / folder_name(board.song.title)
        return _another_film(Workspace(folder.resolve()), board), board
    given = Path(storyboard)
    if given.is_file():
        board = load_document(given, Storyboard)
        folder = Path(out) if out is not None else given.parent
        return Workspace(folder.resolve()), board
    project = load(given)
    if out is not None and Path(out).resolve() != project.path:
        return Workspace(Path(out).resolve()), project.storyboard
    return Workspace(project.path), project.storyboard


def _checked(board: Storyboard) -> Storyboard:
    """Check a storyboard that was changed in Python, where nobody has looked at how its parts agree."""
    try:
        return Storyboard.model_validate(board.model_dump())
    except ValidationError as error:
        raise invalid(error, "storyboard") from error


def _another_film(workspace: Workspace, board: Storyboard) -> Workspace:
    """Never write one film's storyboard over another's."""
    if workspace.storyboard.exists():
        held = load_document(workspace.storyboard, Storyboard)
        if (held.topic, held.seed) != (board.topic, board.seed):
            return Workspace(free_folder(workspace.folder.parent, workspace.folder.name))
    return workspace


def _folder_for(options: Options, out: Path | None) -> Path:
    """Return the folder of a topic: the one given, the one that it began before, or a draft's."""
    asked = dump(options)
    if out is not None:
        folder = out.resolve()
        _refuse_other(folder, asked)
        return folder
    for brief in sorted(Path.cwd().glob("*/.storyboard/brief.json")):
        if _text(brief) == asked and Workspace(brief.parent.parent).storyboard.exists():
            return brief.parent.parent
    return Path.cwd() / f"{_DRAFT}{hashlib.sha256(asked.encode()).hexdigest()[:10]}"


def _refuse_other(folder: Path, asked: str) -> None:
    workspace = Workspace(folder)
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", where=f"--out {folder}", hint="give a folder")
    if workspace.storyboard.exists() and _text(workspace.brief) != asked:
        raise ProjectError(
            "holds another film (its topic or options differ)",
            where=str(folder),
            hint="choose another --out; to go on with it: storyboard render (--lyrics for new words)",
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _write(
    workspace: Workspace,
    options: Options,
    given: Given,
    context: Context,
    on_review: OnReview | None,
    *,
    named: bool,
) -> Workspace:
    """Run the writing steps; then give the draft's folder the name of the song."""
    with workspace.locked():
        if given.song:
            hear_given(workspace, given.song, given.lyrics)
        given.bring_into(workspace)
        save(options, workspace.brief)
        start = FilmState(project=str(workspace.folder), plan_only=True, asks=on_review is not None)
        start["original"] = options.song.sha256 if options.song else ""
        _run(workspace, start, context, on_review)
        title = load_document(workspace.storyboard, Storyboard).song.title
    if not named:
        return workspace
    folder = free_folder(workspace.folder.parent, title)
    os.rename(workspace.folder, folder)
    return Workspace(folder)


def _is_unfinished(workspace: Workspace) -> bool:
    """Whether a run was stopped while a person was asked, or before the draft's folder got its name."""
    if workspace.folder.name.startswith(_DRAFT):
        return True
    if not workspace.checkpoints.exists():
        return False
    with _graph_of(workspace) as (graph, _):
        return "approve" in graph.get_state(_CONFIG).next


def _run(workspace: Workspace, start: FilmState, context: Context, on_review: OnReview | None = None) -> None:
    """Run the graph from its start, or from where a killed run of the same storyboard stopped."""
    from langgraph.types import Command

    with _graph_of(workspace) as (graph, saver):
        held = graph.get_state(_CONFIG)
        goes_on = bool(held.next) and all(held.values.get(name) == value for name, value in start.items())
        if not goes_on:
            saver.delete_thread(THREAD)
        given: Any = None if goes_on else start
        config = {**_CONFIG, "max_concurrency": max(n_cores(), _MOST_BRANCHES)}
        try:
            while True:
                graph.invoke(given, config, context=context, durability="sync")
                asked = graph.get_state(_CONFIG).interrupts
                if not asked or on_review is None:
                    return
                board = load_document(workspace.storyboard, Storyboard)
                given = Command(resume=on_review(board, asked[0].value["complaint"]))
        finally:
            release()


@contextmanager
def _graph_of(workspace: Workspace) -> Iterator[tuple[Any, Any]]:
    """Open the graph with the project's checkpoints."""
    from langgraph.checkpoint.sqlite import SqliteSaver

    from storyboard.orchestrator.graph import build

    with SqliteSaver.from_conn_string(str(workspace.checkpoints)) as saver:
        yield build(saver), saver
