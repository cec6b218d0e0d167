"""The user's own song: opened, listened to for tempo, key and mood, and joined with its lyrics."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langgraph.runtime import Runtime

from storyboard.generators.llm import resolve_spec
from storyboard.orchestrator.given import lyrics_place, song_place
from storyboard.orchestrator.language import language_of
from storyboard.orchestrator.nodes.writing import DRAFT, announce, with_notes
from storyboard.orchestrator.options import Options
from storyboard.orchestrator.state import Context, Draft, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace, sha256_of
from storyboard.orchestrator.writers import brief_of, writer_of
from storyboard.schema.errors import InputError
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice
from storyboard.schema.song import Section, Song, SongFile, TimeSignature
from storyboard.sync import LISTENING

if TYPE_CHECKING:
    from storyboard.sync.lyrics import Lyrics

HEARD = "heard.json"
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


def hear_given(workspace: Workspace, song: Path, lyrics: Path | None) -> None:
    """Open the user's files where they lie, so that what is wrong with one is said of that file.

    Raises:
        MediaError: the song is not one that a film can be made to.
        InputError: the lyrics cannot be read.
    """
    from storyboard.sync.lyrics import read_lyrics

    if lyrics is not None:
        read_lyrics(lyrics)
    key = key_of("original", sha256=sha256_of(song), version=LISTENING)
    workspace.store.make(key, lambda folder: open_song(song, folder))


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
    workspace.store.make(key, lambda folder: open_song(path, folder))
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


def open_song(path: Path, folder: Path) -> None:
    """Write a song as mix.wav into a folder, and beside it what is heard at once."""
    from storyboard.sync.impression import impression_of
    from storyboard.sync.song_file import read_song

    duration_s = read_song(path, folder / "mix.wav")
    heard = asdict(impression_of(folder / "mix.wav")) | {"duration_s": duration_s}
    (folder / HEARD).write_text(json.dumps(heard, indent=1))


def song_from(path: Path, audio: SongFile, heard: dict[str, Any], lyrics: Lyrics, name: str) -> Song:
    """Join what a recording says of itself, what is heard in it and its lyrics to a song."""
    tags = _tags(path)
    return Song(
        title=(lyrics.title or tags.get("title") or _words_of(name))[:120],
        genre=tags.get("genre", "unknown")[:120],
        tempo_bpm=round(heard["tempo_bpm"], 1),
        time_signature=_METRES[heard["beats_per_bar"]],
        key=heard["key"],
        sections=list(lyrics.sections) or [Section(kind="instrumental")],
        audio=audio,
        times=list(lyrics.times),
    )


def language_sung(song: Song, wanted: str, lyrics: Lyrics) -> str:
    """Return the language of a song's lyrics: the user's word, the file's, else what they look like."""
    text = "\n".join(song.line(ref) for ref in song.line_refs())
    return wanted or lyrics.language or (language_of(text) if text else "en")


def _draft(workspace: Workspace, options: Options, spec: str, context: Context) -> Draft:
    """Return what a writer goes on from: the song as heard, with its lyrics."""
    assert options.song
    file = song_place(options.song.name)
    original = original_of(workspace, file, options.song.sha256)
    heard = json.loads(workspace.store.path(original, HEARD).read_text())
    mix = workspace.store.path(original, "mix.wav")
    given = workspace.folder / lyrics_place(options.lyrics.name) if options.lyrics else None
    lyrics = lyrics_of(given, mix, options.language, context)
    audio = SongFile(file=file, sha256=options.song.sha256, duration_s=heard["duration_s"])
    song = song_from(workspace.folder / file, audio, heard, lyrics, options.song.name)
    return Draft(
        writer=spec,
        language=language_sung(song, options.language, lyrics),
        song=song,
        moods=heard["moods"],
        directions=list(lyrics.directions),
    )


def lyrics_of(given: Path | None, mix: Path, language: str, context: Context) -> Lyrics:
    """Return the lyrics that the user gave, else what a configured transcriber hears, else none."""
    from storyboard.generators.llm.transcriber import configured_transcriber, transcribe
    from storyboard.sync.lyrics import Lyrics, lyrics_from, read_lyrics

    if given is not None:
        return read_lyrics(given)
    transcriber = configured_transcriber()
    if not transcriber:
        text = "no lyrics given: the film is made as to an instrumental (--lyrics FILE brings the words)"
        context.on_event(Notice(text))
        return Lyrics()
    context.on_event(Notice(f"the words are written down by {transcriber}"))
    lines = transcribe(mix, transcriber, language)
    return lyrics_from(
        [(each.text, each.start_s, each.end_s, [word[1] for word in each.words]) for each in lines]
    )


def _tags(path: Path) -> dict[str, str]:
    """Return what a sound file says of itself, in the container or, as in Ogg, in its stream."""
    import av

    with av.open(str(path)) as container:
        held = [container.metadata, *(stream.metadata for stream in container.streams.audio)]
    tags = {name.lower(): " ".join(text.split()) for each in reversed(held) for name, text in each.items()}
    return {name: text for name, text in tags.items() if text}


def _words_of(name: str) -> str:
    """Return the name of a file in words, without a track's number."""
    return re.sub(r"[\W_]+", " ", re.sub(r"^\d+[\s._-]+", "", Path(name).stem)).strip() or "Untitled"
