"""The song: voice and music recorded side by side, mixed and mastered; then listened to."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from langgraph.runtime import Runtime

from storyboard.generators import MIXING, registry
from storyboard.generators.score import BEATS_PER_BAR
from storyboard.generators.seams import MusicTake, SongRequest, VoiceTake
from storyboard.orchestrator.state import Context, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.files import load, save
from storyboard.schema.progress import OnFraction
from storyboard.schema.timeline import SongMap
from storyboard.sync import LISTENING

_TAKE = "take.json"


def record(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Record voice and music at the same time, then mix and master them."""
    with step(runtime.context, "record") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        request = SongRequest(song=board.song, seed=board.seed)
        share = _shares(report.progress, 2)
        with ThreadPoolExecutor(2) as pool:
            singing = pool.submit(_sing, workspace, board, request, share(0))
            playing = pool.submit(_play, workspace, board, request, share(1))
            voice, music = singing.result(), playing.result()
        key = key_of("mix", voice=voice, music=music, version=MIXING)
        report.reused = workspace.store.make(key, lambda folder: _mix(workspace, voice, music, folder))
        for entry, name in ((voice, "voice"), (music, "music"), (key, "mix")):
            if entry:
                workspace.publish(workspace.store.path(entry, f"{name}.wav"), f"song/{name}.wav")
        return {"voice": voice, "music": music, "mix": key}


def _shares(progress: OnFraction, n_parts: int) -> Callable[[int], OnFraction]:
    """Split one progress into parts that are done at the same time."""
    done = [0.0] * n_parts

    def share(part: int) -> OnFraction:
        def report(fraction: float) -> None:
            done[part] = fraction
            progress(sum(done) / n_parts)

        return report

    return share


def _sing(workspace: Workspace, board: Storyboard, request: SongRequest, progress: OnFraction) -> str:
    """Return the key of the sung voice; empty for a song without words."""
    if not any(board.song.line_refs()):
        return ""
    name = registry.choose("voice", board.generators.voice)
    singer = registry.voice(name)
    key = key_of("voice", generator=name, version=singer.version, request=request)
    return _recorded(workspace, key, lambda folder: singer.sing(request, folder / "voice.wav", progress))


def _play(workspace: Workspace, board: Storyboard, request: SongRequest, progress: OnFraction) -> str:
    """Return the key of the music."""
    name = registry.choose("music", board.generators.music)
    band = registry.music(name)
    key = key_of("music", generator=name, version=band.version, request=request)
    return _recorded(workspace, key, lambda folder: band.play(request, folder / "music.wav", progress))


def _recorded(workspace: Workspace, key: str, record_into: Callable[[Path], VoiceTake | MusicTake]) -> str:
    """Make sure that a take is in the store, with what its generator says of it."""
    workspace.store.make(key, lambda folder: save(record_into(folder), folder / _TAKE))
    return key


def _mix(workspace: Workspace, voice: str, music: str, folder: Path) -> None:
    from storyboard.generators.mix import mix

    voice_file = workspace.store.path(voice, "voice.wav") if voice else None
    mix(voice_file, workspace.store.path(music, "music.wav"), folder / "mix.wav")


def listen(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Find beats, bars, sections and words; what the players know exactly is taken from them."""
    with step(runtime.context, "listen") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        key = key_of("song-map", version=LISTENING, mix=state["mix"])
        report.reused = workspace.store.make(key, lambda folder: _listen(workspace, board, state, folder))
        song_map = load(workspace.store.path(key, "song-map.json"), SongMap)
        report.detail = (
            f"{song_map.duration_s:.1f} s, {len(song_map.downbeats_s)} bars, {len(song_map.words)} words"
        )
        return {"song_map": key}


def _listen(workspace: Workspace, board: Storyboard, state: FilmState, folder: Path) -> None:
    from storyboard.sync.listen import listen as hear

    sung = load(workspace.store.path(state["voice"], _TAKE), VoiceTake) if state["voice"] else VoiceTake()
    played = load(workspace.store.path(state["music"], _TAKE), MusicTake)
    song_map = hear(
        workspace.store.path(state["mix"], "mix.wav"),
        beats_s=played.beats_s,
        downbeats_s=played.downbeats_s,
        sections=played.sections,
        words=sung.words,
        beats_per_bar=BEATS_PER_BAR[board.song.time_signature],
    )
    save(song_map, folder / "song-map.json")
