"""The song: voice and music recorded side by side, mixed and mastered; or the user's own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from langgraph.runtime import Runtime

from storyboard.generators import MIXING, registry
from storyboard.generators.seams import Generator, MusicTake, SongRequest, VoiceTake
from storyboard.orchestrator.nodes.adopting import original_of
from storyboard.orchestrator.state import Context, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace, sha256_of
from storyboard.schema.board import Storyboard
from storyboard.schema.files import load, save
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import Made, Provenance

_TAKE = "take.json"
_PROVENANCE = "provenance.json"
_MIDI = "song.mid"
_STEMS = ("drums", "bass", "harmony", "lead")
_RECORDED = ("voice.wav", "music.wav", "mix.wav", _MIDI, *(f"{stem}.wav" for stem in _STEMS))


def record(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Record voice and music at the same time and mix them; a finished song is taken as it is."""
    with step(runtime.context, "record") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        if board.song.audio:
            key = original_of(workspace, board.song.audio.file, board.song.audio.sha256)
            workspace.withdraw(f"song/{name}" for name in (*_RECORDED, _PROVENANCE))
            report.reused, report.detail = True, board.song.audio.file
            return {"voice": "", "music": "", "mix": key}
        share = _shares(report.progress, 2)
        with ThreadPoolExecutor(2) as pool:
            singing = pool.submit(_sing, workspace, board, share(0))
            playing = pool.submit(_play, workspace, board, share(1))
            voice, music = singing.result(), playing.result()
        key = key_of("mix", voice=voice, music=music, version=MIXING)
        report.reused = workspace.store.make(key, lambda folder: _mix(workspace, board, voice, music, folder))
        _publish(workspace, voice, music, key, _provenance(workspace, board, voice, music))
        return {"voice": voice, "music": music, "mix": key}


def take_of(workspace: Workspace, voice: str) -> VoiceTake:
    """Return what the voice's generator said of its take; nothing for a song without one."""
    return load(workspace.store.path(voice, _TAKE), VoiceTake) if voice else VoiceTake()


def played_of(workspace: Workspace, music: str) -> MusicTake:
    """Return what the music's generator said of its take; nothing for a song without one."""
    return load(workspace.store.path(music, _TAKE), MusicTake) if music else MusicTake()


def _shares(progress: OnFraction, n_parts: int) -> Callable[[int], OnFraction]:
    """Split one progress into parts that are done at the same time."""
    done = [0.0] * n_parts

    def share(part: int) -> OnFraction:
        def report(fraction: float) -> None:
            done[part] = fraction
            progress(sum(done) / n_parts)

        return report

    return share


def _sing(workspace: Workspace, board: Storyboard, progress: OnFraction) -> str:
    """Return the key of the sung voice; empty for a song without words."""
    if not any(board.song.line_refs()):
        return ""
    spec = registry.choose("voice", board.generators.voice)
    singer, sample = registry.voice(spec), board.generators.voice_sample
    request = SongRequest(
        song=board.song,
        seed=board.seed,
        language=board.language,
        parameters=board.generators.parameters.get("voice", {}),
        voice_sample=sample.sha256 if sample else "",
    )
    key = _key("voice", spec, singer, request)
    if sample:
        request = request.model_copy(update={"voice_sample": str(workspace.folder / sample.file)})
    _recorded(workspace, key, lambda folder: singer.sing(request, folder / "voice.wav", progress))
    return key


def _play(workspace: Workspace, board: Storyboard, progress: OnFraction) -> str:
    """Return the key of the music."""
    spec = registry.choose("music", board.generators.music)
    band = registry.music(spec)
    parameters = board.generators.parameters.get("music", {})
    request = SongRequest(song=board.song, seed=board.seed, parameters=parameters)
    key = _key("music", spec, band, request)
    _recorded(workspace, key, lambda folder: band.play(request, folder / "music.wav", progress))
    return key


def _key(kind: str, spec: str, generator: Generator, request: SongRequest) -> str:
    named = [value for value in request.parameters.values() if isinstance(value, str)]
    return key_of(
        kind,
        generator=spec,
        version=generator.version,
        revision=registry.revision(generator),
        request=request,
        files=[sha256_of(Path(value)) for value in named if value and Path(value).is_file()],
    )


def _recorded(workspace: Workspace, key: str, record_into: Callable[[Path], VoiceTake | MusicTake]) -> None:
    """Make sure that a take is in the store, with what its generator says of it."""
    workspace.store.make(key, lambda folder: save(record_into(folder), folder / _TAKE))


def _mix(workspace: Workspace, board: Storyboard, voice: str, music: str, folder: Path) -> None:
    """Mix voice and music, and write the whole song as MIDI beside the mix."""
    from storyboard.generators.mix import mix
    from storyboard.generators.mix.midi import song_midi

    store = workspace.store
    sung, played = take_of(workspace, voice), played_of(workspace, music)
    mix(store.path(voice, "voice.wav") if voice else None, store.path(music, "music.wav"), folder / "mix.wav")
    band = store.path(music, played.midi) if played.midi else None
    song_midi(sung if voice else None, band, board.song, folder / _MIDI)


def _provenance(workspace: Workspace, board: Storyboard, voice: str, music: str) -> str:
    """Return the key of what says who or what made the recording."""
    sung = _made("voice", board, take_of(workspace, voice)) if voice else None
    found = Provenance(voice=sung, music=_made("music", board, played_of(workspace, music)))
    key = key_of("provenance", found=found)
    workspace.store.make(key, lambda folder: save(found, folder / _PROVENANCE))
    return key


def _made(family: registry.Family, board: Storyboard, take: VoiceTake | MusicTake) -> Made:
    chosen, is_voice = board.generators, family == "voice"
    spec = registry.choose(family, chosen.voice if is_voice else chosen.music)
    return Made(
        generator=spec,
        version=registry.load(family, spec).version,
        seed=board.seed,
        parameters=chosen.parameters.get("voice" if is_voice else "music", {}),
        model=take.model,
        voice_sample=chosen.voice_sample if is_voice else None,
    )


def _publish(workspace: Workspace, voice: str, music: str, mix: str, provenance: str) -> None:
    """Put mix, stems and MIDI into the project, and take away what this song no longer has."""
    stems = played_of(workspace, music).stems
    files = {f"{stem}.wav": (music, name) for stem, name in stems.items()}
    files |= {"music.wav": (music, "music.wav"), "mix.wav": (mix, "mix.wav"), _MIDI: (mix, _MIDI)}
    files |= {_PROVENANCE: (provenance, _PROVENANCE)}
    files |= {"voice.wav": (voice, "voice.wav")} if voice else {}
    for name, (entry, stored) in files.items():
        workspace.publish(workspace.store.path(entry, stored), f"song/{name}")
    workspace.withdraw(f"song/{name}" for name in _RECORDED if name not in files)
