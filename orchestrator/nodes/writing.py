"""The writing: song, story, cast, board, and the review that sends a faulty board back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command
from pydantic import ValidationError

from storyboard.generators.llm import Brief, Writer, open_writer, resolve_spec
from storyboard.orchestrator.options import Options
from storyboard.orchestrator.prompting import with_prompts
from storyboard.orchestrator.state import Context, Draft, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.prompts import render
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import GeneratorError
from storyboard.schema.files import digest, explain_all, load, save
from storyboard.schema.progress import Notice, Step

_MAX_ROUNDS = 2
_DRAFT = "draft.json"


def write_song(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Write title, genre, tempo, key, lyrics and tags; and how the film shall look."""

    def write(writer: Writer, brief: Brief, draft: Draft) -> Draft:
        song = writer.write_song(brief)
        style, palette = writer.look(brief, song)
        return draft.model_copy(update={"song": song, "style": style, "palette": palette})

    return _write(state, runtime, "write_song", write)


def tell_story(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Tell the story of the lyrics."""

    def write(writer: Writer, brief: Brief, draft: Draft) -> Draft:
        assert draft.song
        return draft.model_copy(update={"story": writer.tell_story(brief, draft.song)})

    return _write(state, runtime, "tell_story", write)


def cast(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Write the character sheets."""

    def write(writer: Writer, brief: Brief, draft: Draft) -> Draft:
        assert draft.song and draft.story
        return draft.model_copy(update={"cast": writer.cast(brief, draft.song, draft.story)})

    return _write(state, runtime, "cast", write)


def draw_board(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Draw the scenes; on a later round, mend what the review found."""
    findings = state.get("findings", [])

    def write(writer: Writer, brief: Brief, draft: Draft) -> Draft:
        assert draft.song and draft.story
        scenes = writer.draw_board(brief, draft.song, draft.story, draft.cast, findings)
        return draft.model_copy(update={"scenes": scenes})

    return _write(state, runtime, "draw_board", write)


def review(
    state: FilmState, runtime: Runtime[Context]
) -> Command[Literal["draw_board", "record", "__end__"]]:
    """Check that the parts agree; write storyboard.json, or send the board back with the findings.

    Raises:
        GeneratorError: the board is still faulty after the last round.
    """
    with step(runtime.context, "review") as report:
        workspace = Workspace(Path(state["project"]))
        options = load(workspace.brief, Options)
        rounds = state.get("rounds", 0)
        try:
            board = _storyboard(options, _draft(workspace, state))
        except ValidationError as error:
            findings = explain_all(error)
            if rounds >= _MAX_ROUNDS:
                raise GeneratorError(
                    f"the board is still faulty after {rounds} rounds: {findings[0]}",
                    where=f"generators.llm ({options.llm})",
                    hint="run it again, or choose another --llm",
                ) from error
            report.detail = f"{len(findings)} findings, back to the board"
            return Command(goto="draw_board", update={"findings": findings, "rounds": rounds + 1})
        save(board, workspace.storyboard)
        report.detail = f"{len(board.scenes)} scenes"
        following: Literal["record", "__end__"] = "__end__" if state.get("plan_only") else "record"
        return Command(goto=following, update={"storyboard": digest(board), "findings": []})


def _write(
    state: FilmState,
    runtime: Runtime[Context],
    name: Step,
    write: Callable[[Writer, Brief, Draft], Draft],
) -> FilmState:
    """Do one writing step, unless the store has its result."""
    with step(runtime.context, name) as report:
        workspace = Workspace(Path(state["project"]))
        options = load(workspace.brief, Options)
        spec = resolve_spec(options.llm)
        writer = open_writer(spec, render)
        if name == "write_song" and runtime.context:
            _announce(spec, options, runtime.context)
        before = state.get("draft", "")
        key = key_of(
            "draft",
            step=name,
            writer=[spec, writer.version],
            options=options,
            before=before,
            findings=state.get("findings", []),
        )

        def fill(folder: Path) -> None:
            draft = _draft(workspace, state) if before else Draft(writer=spec)
            save(write(writer, _brief(options), draft), folder / _DRAFT)

        report.reused = workspace.store.make(key, fill)
        report.detail = _summary(name, load(workspace.store.path(key, _DRAFT), Draft))
        return {"draft": key}


def _announce(spec: str, options: Options, context: Context) -> None:
    better = "for richer writing set OPENAI_API_KEY, or --llm http://localhost:11434/v1#MODEL"
    by_default = spec == "builtin" and options.llm == "auto"
    context.on_event(Notice(f"written by {spec}" + (f" ({better})" if by_default else "")))


def _summary(name: Step, draft: Draft) -> str:
    assert draft.song
    if name == "write_song":
        song = draft.song
        return f"“{song.title}”, {song.genre}, {song.tempo_bpm:g} BPM, {song.key}"
    if name == "cast":
        return ", ".join(character.name for character in draft.cast)
    return f"{len(draft.scenes)} scenes" if name == "draw_board" else ""


def _draft(workspace: Workspace, state: FilmState) -> Draft:
    return load(workspace.store.path(state["draft"], _DRAFT), Draft)


def _brief(options: Options) -> Brief:
    return Brief(
        topic=options.topic,
        seed=options.seed,
        n_scenes=options.scenes,
        style=options.style,
        language="en",
        aspect=options.aspect,
    )


def _storyboard(options: Options, draft: Draft) -> Storyboard:
    """Join the parts of the draft; pydantic checks that they agree."""
    assert draft.song and draft.story
    board = Storyboard(
        topic=options.topic,
        seed=options.seed,
        look=options.look(draft.style, draft.palette),
        song=draft.song,
        story=draft.story,
        cast=draft.cast,
        scenes=draft.scenes,
        generators=options.generators.model_copy(update={"llm": draft.writer}),
    )
    return with_prompts(board)
