"""The user's own song: opened, listened to for tempo, key and mood, and joined with its lyrics."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langgraph.runtime import Runtime

from storyboard.generators.llm import resolve_spec
from storyboard.orchestrator.given import lyrics_place, sha256_of, song_place
from storyboard.orchestrator.language import language_of
from storyboard.orchestrator.nodes.writing import DRAFT, announce, with_notes
from storyboard.orchestrator.options import Options
from storyboard.orchestrator.state import Context, Draft, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.orchestrator.writers import brief_of, writer_of
from storyboard.schema.errors import InputError
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice
from storyboard.schema.song import Section, Song, SongFile, TimeSignature
from storyboard.sync import LISTENING

if TYPE_CHECKING:
    from storyboard.sync.lyrics import Lyrics

_HEARD = "heard.json"
_METRES: dict[int, TimeSignature] = {2: "2/4", 3: "3/4", 4: "4/4", 6: "6/8"}


def adopt_song(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Describe the user's song as the film's: what is heard in it, and what its lyrics say.

    Raises:
        MediaError: the file is not a song that a film can be made to.
        InputError: the lyrics cannot be read.
    """
    context = runtime.context or Context()
    with step(context, "adopt_song") as report:
        workspace = Workspace(Path(state["project"]))
        options = load(workspace.brief, Options)
        spec = resolve_spec(options.llm)
        announce(spec, options, context)
        with writer_of(workspace, spec, context) as writer:
            key = key_of("draft", step="adopt_song", writer=[spec, writer.version], options=options)

            def fill(folder: Path) -> None:
                draft = _draft(workspace, options, spec, context)
                assert draft.song
                brief = brief_of(options, draft)
                song = writer.describe_song(brief, draft.song)
                style, palette = writer.look(brief, song)
                described = draft.model_copy(update={"song": song, "style": style, "palette": palette})
                save(with_notes(described, writer), folder / DRAFT)

            report.reused = workspace.store.make(key, fill)
        found = load(workspace.store.path(key, DRAFT), Draft).song
        assert found
        n_lines = len(list(found.line_refs()))
        report.detail = f"“{found.title}”, {found.tempo_bpm:.0f} BPM, {found.key}, {n_lines} lines"
        return {"draft": key}


def original_of(workspace: Workspace, file: str, sha256: str) -> str:
    """Return the store's entry of a user's song: mix.wav, and what is heard in it.

    Raises:
        InputError: the file is gone from the project, or is another recording.
        MediaError: it is not a song that a film can be made to.
    """
    key = key_of("original", sha256=sha256, version=LISTENING)
    path = workspace.folder / file
    if key not in workspace.store:
        _check_original(path, sha256)
    workspace.store.make(key, lambda folder: _open(path, folder))
    return key


def _check_original(path: Path, sha256: str) -> None:
    hint = "put the song's file there, or begin anew with --song"
    if not path.is_file():
        raise InputError("is not in the project", where=str(path), hint=hint)
    if sha256_of(path) != sha256:
        raise InputError(
            "is another recording than the one that the storyboard was written for",
            where=str(path),
            hint=hint,
        )


def _open(path: Path, folder: Path) -> None:
    from storyboard.sync.impression import impression_of
    from storyboard.sync.song_file import read_song

    duration_s = read_song(path, folder / "mix.wav")
    heard = asdict(impression_of(folder / "mix.wav")) | {"duration_s": duration_s}
    (folder / _HEARD).write_text(json.dumps(heard, indent=1))


def _draft(workspace: Workspace, options: Options, spec: str, context: Context) -> Draft:
    """Join what is heard and what is written to the song that a writer goes on from."""
    assert options.song
    file = song_place(options.song.name)
    original = original_of(workspace, file, options.song.sha256)
    heard = json.loads(workspace.store.path(original, _HEARD).read_text())
    lyrics = _lyrics(workspace, options, workspace.store.path(original, "mix.wav"), context)
    song = Song(
        title=lyrics.title or _title(workspace.folder / file, options.song.name),
        genre="unknown",
        tempo_bpm=round(heard["tempo_bpm"], 1),
        time_signature=_METRES[heard["beats_per_bar"]],
        key=heard["key"],
        sections=list(lyrics.sections) or [Section(kind="instrumental")],
        audio=SongFile(file=file, sha256=options.song.sha256, duration_s=heard["duration_s"]),
        times=list(lyrics.times),
    )
    text = "\n".join(song.line(ref) for ref in song.line_refs())
    return Draft(
        writer=spec,
        language=options.language or lyrics.language or (language_of(text) if text else "en"),
        song=song,
        moods=heard["moods"],
        directions=list(lyrics.directions),
        notes=_notes(heard),
    )


def _notes(heard: dict[str, Any]) -> list[str]:
    if heard["tempo_confidence"] < 0.3:
        return ["the song has no steady beat that could be heard; its cuts follow phrases and words"]
    return []


def _lyrics(workspace: Workspace, options: Options, mix: Path, context: Context) -> Lyrics:
    from storyboard.generators.llm.transcriber import configured_transcriber, transcribe
    from storyboard.sync.lyrics import Lyrics, lyrics_from, read_lyrics

    if options.lyrics is not None:
        return read_lyrics(workspace.folder / lyrics_place(options.lyrics.name))
    transcriber = configured_transcriber()
    if not transcriber:
        text = "no lyrics given: the film is made as to an instrumental (--lyrics FILE brings the words)"
        context.on_event(Notice(text))
        return Lyrics()
    context.on_event(Notice(f"the words are written down by {transcriber}"))
    lines = transcribe(mix, transcriber, options.language)
    return lyrics_from(
        [(each.text, each.start_s, each.end_s, [word[1] for word in each.words]) for each in lines]
    )


def _title(path: Path, name: str) -> str:
    """Return the title that the file says it has, else its name in words."""
    import av

    with av.open(str(path)) as container:
        tagged = container.metadata.get("title", "").strip()
    words = re.sub(r"[\W_]+", " ", re.sub(r"^\d+[\s._-]+", "", Path(name).stem)).strip()
    return (tagged or words or "Untitled")[:120]
