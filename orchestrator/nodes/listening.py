"""Listening: beats, bars, sections and the time of every sung word, in one map of the song."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from langgraph.runtime import Runtime

from storyboard.generators.score import BEATS_PER_BAR
from storyboard.orchestrator.nodes.recording import played_of, take_of
from storyboard.orchestrator.state import Context, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice, OnFraction
from storyboard.schema.song import Song
from storyboard.schema.timeline import SongMap
from storyboard.sync import LISTENING

if TYPE_CHECKING:
    from storyboard.sync.align import LyricLine

_MAP = "song-map.json"
_DOUBTFUL = 0.5  # mean confidence: 0.5 to 1.0 for the right words, 0.28 to 0.61 for those of another song


def listen(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Find beats, bars, sections and words; what the players know exactly is taken from them."""
    with step(runtime.context, "listen") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        sung = take_of(workspace, state["voice"])
        heard = {} if sung.words else {"lyrics": _by_ear(board.song), "language": board.language}
        key = key_of("song-map", version=LISTENING, mix=state["mix"], **heard)
        report.reused = workspace.store.make(
            key, lambda folder: _listen(workspace, board, state, folder, report.progress)
        )
        song_map = load(workspace.store.path(key, _MAP), SongMap)
        if not sung.words and runtime.context:
            _tell_doubts(song_map, board, runtime.context)
        report.detail = (
            f"{song_map.duration_s:.1f} s, {len(song_map.downbeats_s)} bars, {len(song_map.words)} words"
        )
        return {"song_map": key}


def _tell_doubts(song_map: SongMap, board: Storyboard, context: Context) -> None:
    """Say what could not be heard: lines that were not found, words that are guessed, a missing beat."""
    lines = list(board.song.line_refs())
    found = song_map.words_by_line()
    missing = [ref for ref in lines if ref not in found]
    if missing:
        named = "; ".join(f"“{board.song.line(ref)}”" for ref in missing[:3])
        more = " …" if len(missing) > 3 else ""
        told = f"{len(missing)} of {len(lines)} lines were not found in the song: {named}{more}"
        context.on_event(Notice(told + " (are these its lyrics?)" if len(missing) > len(lines) / 4 else told))
    words = song_map.words
    if words and sum(word.confidence for word in words) / len(words) < _DOUBTFUL:
        context.on_event(Notice("the times of the words are uncertain: lyrics with times (.lrc) are exact"))
    if not song_map.beats_s:
        context.on_event(Notice("no steady beat was heard: the cuts follow phrases and words"))


def _by_ear(song: Song) -> list[object]:
    """Return what the map of a song depends on when its words must be found by ear."""
    return [song.time_signature, *(part.model_dump(mode="json") for part in (*song.sections, *song.times))]


def _listen(
    workspace: Workspace, board: Storyboard, state: FilmState, folder: Path, progress: OnFraction
) -> None:
    from storyboard.sync.listen import listen as hear

    sung, played = take_of(workspace, state["voice"]), played_of(workspace, state["music"])
    song_map = hear(
        workspace.store.path(state["mix"], "mix.wav"),
        beats_s=played.beats_s,
        downbeats_s=played.downbeats_s,
        sections=played.sections,
        words=sung.words,
        beats_per_bar=BEATS_PER_BAR[board.song.time_signature],
        vocals=workspace.store.path(state["voice"], "voice.wav") if state["voice"] else None,
        lines=[] if sung.words else lines_of(board.song),
        language=board.language,
        song_sections=[section.kind for section in board.song.sections],
        on_fraction=progress,
    )
    save(song_map, folder / _MAP)


def lines_of(song: Song) -> list[LyricLine]:
    """Return the lines to be found in the sound, with the times that they came with."""
    from storyboard.sync.align import LyricLine

    times = {time.ref: time for time in song.times}
    return [
        LyricLine(ref, song.line(ref), time.start_s, time.end_s, tuple(time.words_s))
        if (time := times.get(ref))
        else LyricLine(ref, song.line(ref))
        for ref in song.line_refs()
    ]
