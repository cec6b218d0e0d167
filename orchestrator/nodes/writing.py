"""The writing: song, story, cast and board, each stored as it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from langgraph.runtime import Runtime

from storyboard.generators.llm import Brief, Writer, resolve_spec
from storyboard.orchestrator.language import language_of
from storyboard.orchestrator.options import Options
from storyboard.orchestrator.state import Context, Draft, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.orchestrator.writers import brief_of, writer_of
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice, Step

Write = Callable[[Writer, Brief, Draft, list[str]], Draft]
"""Writes one part of a draft, minding what a review found in it before."""

DRAFT = "draft.json"
_BUILTIN = "builtin"


def write_song(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Write title, genre, tempo, key, lyrics and tags; and how the film shall look."""

    def write(writer: Writer, brief: Brief, draft: Draft, findings: list[str]) -> Draft:
        song = writer.write_song(brief, findings)
        style, palette = writer.look(brief, song)
        return draft.model_copy(update={"song": song, "style": style, "palette": palette})

    return _write(state, runtime, "write_song", write)


def tell_story(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Tell the story of the lyrics."""

    def write(writer: Writer, brief: Brief, draft: Draft, findings: list[str]) -> Draft:
        assert draft.song
        return draft.model_copy(update={"story": writer.tell_story(brief, draft.song, findings)})

    return _write(state, runtime, "tell_story", write)


def cast(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Write the character sheets."""

    def write(writer: Writer, brief: Brief, draft: Draft, findings: list[str]) -> Draft:
        assert draft.song and draft.story
        return draft.model_copy(update={"cast": writer.cast(brief, draft.song, draft.story, findings)})

    return _write(state, runtime, "cast", write)


def draw_board(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Draw the scenes; on a later round, mend what the review found."""

    def write(writer: Writer, brief: Brief, draft: Draft, findings: list[str]) -> Draft:
        assert draft.song and draft.story
        scenes = writer.draw_board(brief, draft.song, draft.story, draft.cast, findings)
        return draft.model_copy(update={"scenes": scenes})

    return _write(state, runtime, "draw_board", write)


def draft_of(workspace: Workspace, key: str) -> Draft:
    """Return a draft from the store."""
    return load(workspace.store.path(key, DRAFT), Draft)


def _write(state: FilmState, runtime: Runtime[Context], name: Step, write: Write) -> FilmState:
    """Do one writing step, unless the store has its result."""
    context = runtime.context or Context()
    with step(context, name) as report:
        workspace = Workspace(Path(state["project"]))
        options = load(workspace.brief, Options)
        spec = resolve_spec(options.llm)
        findings = state.get("findings", {}).get(name, [])
        if name == "write_song" and not findings:
            announce(spec, options, context)
        with writer_of(workspace, spec, context) as writer:
            before = state.get("draft", "")
            key = key_of(
                "draft",
                step=name,
                writer=[spec, writer.version],
                options=options,
                before=before,
                findings=findings,
            )

            def fill(folder: Path) -> None:
                draft = draft_of(workspace, before) if before else _new_draft(spec, options)
                brief = brief_of(options, draft)
                written = write(writer, brief, draft, findings)
                save(with_notes(written, writer), folder / DRAFT)

            report.reused = workspace.store.make(key, fill)
        report.detail = _summary(name, draft_of(workspace, key))
        return {"draft": key}


def _new_draft(spec: str, options: Options) -> Draft:
    language = "en" if spec == _BUILTIN else options.language or language_of(options.topic)
    return Draft(writer=spec, language=language)


def with_notes(draft: Draft, writer: Writer) -> Draft:
    """Keep what the writer has to say about its own work, such as a gap that it filled by rule."""
    said: list[str] = getattr(writer, "notes", [])
    new = [note for note in said if note not in draft.notes]
    return draft.model_copy(update={"notes": [*draft.notes, *new]}) if new else draft


def announce(spec: str, options: Options, context: Context) -> None:
    """Say who writes, and what another writer would do better."""
    better = "for richer writing set OPENAI_API_KEY, or --llm http://localhost:11434/v1#MODEL"
    by_default = spec == _BUILTIN and options.llm == "auto"
    context.on_event(Notice(f"written by {spec}" + (f" ({better})" if by_default else "")))
    wanted = options.language or language_of(options.topic)
    if options.song is None and spec == _BUILTIN and wanted != "en":
        text = f"the built-in writer writes in English; a language model would write in {wanted!r}"
        context.on_event(Notice(text))


def _summary(name: Step, draft: Draft) -> str:
    assert draft.song
    if name == "write_song":
        song = draft.song
        return f"“{song.title}”, {song.genre}, {song.tempo_bpm:g} BPM, {song.key}"
    if name == "cast":
        return ", ".join(character.name for character in draft.cast)
    return _counted(len(draft.scenes), "scene") if name == "draw_board" else ""


def _counted(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
