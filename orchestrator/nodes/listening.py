"""Listening: beats, bars, sections and the time of every sung word, in one map of the song."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from langgraph.runtime import Runtime

from storyboard.generators.seams import MusicTake, VoiceTake
from storyboard.orchestrator.listening_models import ListeningModels, chosen
from storyboard.orchestrator.nodes.recording import played_of, take_of
from storyboard.orchestrator.state import Context, FilmState, step
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice, OnFraction, ignore
from storyboard.schema.song import Song
from storyboard.schema.timeline import SongMap, WordsFrom
from storyboard.sync import LISTENING

if TYPE_CHECKING:
    from storyboard.sync.align import LyricLine

_MAP = "song-map.json"
_METRES = {"2/4": 2, "3/4": 3, "4/4": 4, "6/8": 6}
_DOUBTFUL = 0.5  # mean confidence: 0.5 to 1.0 for the right words, 0.28 to 0.61 for those of another song
_MOST_NAMED = 8
_PLACES: dict[WordsFrom, str] = {
    "voice": "in the voice's own track",
    "separated voice": "in the voice, separated from the mix",
    "middle": "in the middle of the stereo picture",
    "mix": "in the whole mix",
    "model": "by the acoustic model of the settings",
}


def listen(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Find beats, bars, sections and words; what the players know exactly is taken from them."""
    with step(runtime.context, "listen") as report:
        workspace = Workspace(Path(state["project"]))
        board = load(workspace.storyboard, Storyboard)
        recording = Recording(
            song=board.song,
            language=board.language,
            mix=workspace.store.path(state["mix"], "mix.wav"),
            voice=workspace.store.path(state["voice"], "voice.wav") if state["voice"] else None,
            sung=take_of(workspace, state["voice"]),
            played=played_of(workspace, state["music"]),
        )
        key = key_of("song-map", version=LISTENING, mix=state["mix"], **recording.heard_by)
        report.reused = workspace.store.make(
            key, lambda folder: save(hear(recording, report.progress), folder / _MAP)
        )
        song_map = load(workspace.store.path(key, _MAP), SongMap)
        if runtime.context:
            tell(song_map, recording, runtime.context)
        report.detail = summary(song_map)
        return {"song_map": key}


@dataclass(frozen=True)
class Recording:
    """A song to listen to, with what its players know.

    Attributes:
        song: what is written of it.
        language: of its lyrics.
        mix: the sound.
        voice: the voice alone, where there is such a file.
        sung: what the singer knows of the words.
        played: what the players know of the grid and the sections.
    """

    song: Song
    language: str
    mix: Path
    voice: Path | None = None
    sung: VoiceTake = field(default_factory=VoiceTake)
    played: MusicTake = field(default_factory=MusicTake)

    @property
    def seeks_words(self) -> bool:
        """Whether the words must be found by ear."""
        return not self.sung.words and any(self.song.line_refs())

    @property
    def seeks_beats(self) -> bool:
        """Whether the grid must be found by ear."""
        return not self.played.beats_s

    @property
    def models(self) -> ListeningModels:
        """The models that the settings choose for what must be found by ear."""
        return chosen(self.language) if self.seeks_words or self.seeks_beats else ListeningModels()

    @property
    def heard_by(self) -> dict[str, object]:
        """What its map depends on, beside the sound: the lyrics that are looked for, and by which model."""
        found: dict[str, object] = {"metre": self.song.time_signature}
        models = self.models
        if self.seeks_words:
            parts = (*self.song.sections, *self.song.times)
            found |= {
                "lyrics": [part.model_dump(mode="json") for part in parts],
                "language": self.language,
                "words_model": models.words_revision,
            }
        return found | ({"beats_model": models.beats_revision} if self.seeks_beats else {})


def hear(recording: Recording, on_fraction: OnFraction = ignore) -> SongMap:
    """Return the map of a recording.

    Raises:
        MediaError: it cannot be read as sound.
        GeneratorUnavailable: a model that the settings choose is not here.
    """
    from storyboard.sync.listen import listen as listen_to

    song, played, models = recording.song, recording.played, recording.models
    return listen_to(
        recording.mix,
        beats_s=played.beats_s,
        downbeats_s=played.downbeats_s,
        sections=played.sections,
        words=recording.sung.words,
        beats_per_bar=_METRES[song.time_signature],
        vocals=recording.voice,
        lines=_lines_of(song) if recording.seeks_words else (),
        language=recording.language,
        song_sections=[section.kind for section in song.sections],
        words_model=models.words,
        beats_model=models.beats,
        on_fraction=on_fraction,
    )


def _lines_of(song: Song) -> list[LyricLine]:
    """Return the lines to be found in the sound, with the times that they came with."""
    from storyboard.sync.align import LyricLine

    times = {time.ref: time for time in song.times}
    return [
        LyricLine(ref, song.line(ref), time.start_s, time.end_s, tuple(time.words_s))
        if (time := times.get(ref))
        else LyricLine(ref, song.line(ref))
        for ref in song.line_refs()
    ]


def summary(song_map: SongMap) -> str:
    """Return what was heard in one line: length, tempo, metre, bars, sections, words."""
    told = [f"{song_map.duration_s:.1f} s", grid_in_words(song_map)]
    if song_map.beats_s:
        told.append(_counted(len(song_map.downbeats_s), "bar"))
    told += [_counted(len(song_map.sections), "section"), _counted(len(song_map.words), "word")]
    if song_map.unsung:
        told.append(f"{_counted(len(song_map.unsung), 'line')} not found")
    return ", ".join(told)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def grid_in_words(song_map: SongMap) -> str:
    """Return tempo and metre, whether they change, and how sure that is."""
    if song_map.tempo_bpm is None:
        return "no steady beat"
    tempo = f"{song_map.tempo_bpm:.0f} BPM" if song_map.is_steady else f"about {song_map.tempo_bpm:.0f} BPM"
    bars = f"{song_map.beats_per_bar} beats a bar" if song_map.beats_per_bar != 6 else "6/8"
    changes = "" if song_map.is_steady else " (changing)", "" if song_map.keeps_metre else " (changing)"
    sure = "" if song_map.grid_confidence == 1 else f" ({song_map.grid_confidence:.0%} sure)"
    return f"{tempo}{changes[0]}, {bars}{changes[1]}{sure}"


def tell(song_map: SongMap, recording: Recording, context: Context) -> None:
    """Say how words and grid were found, and what could not be heard."""
    doubts = [*_doubts_of_words(song_map, recording)] if recording.seeks_words else []
    doubts += [*_doubts_of_grid(song_map)] if recording.seeks_beats else []
    for doubt in doubts:
        context.on_event(Notice(doubt))


def _doubts_of_words(song_map: SongMap, recording: Recording) -> list[str]:
    """Say where the words were found, which lines were not, and whether their times are guesses."""
    told, words, song = [], song_map.words, recording.song
    if song_map.words_from in _PLACES:
        told.append(f"the words were found {_PLACES[song_map.words_from]}")
    n_lines, missing = sum(1 for _ in song.line_refs()), song_map.unsung
    if missing:
        named = "; ".join(f"“{song.line(ref)}”" for ref in missing[:_MOST_NAMED])
        more = " …" if len(missing) > _MOST_NAMED else ""
        asked = " (are these its lyrics?)" if len(missing) > n_lines / 4 else ""
        told.append(f"{len(missing)} of {n_lines} lines were not found in the song: {named}{more}{asked}")
    if words and sum(word.confidence for word in words) / len(words) < _DOUBTFUL:
        told.append("the times of the words are uncertain: lyrics with times (.lrc) are exact")
    return told


def _doubts_of_grid(song_map: SongMap) -> list[str]:
    """Say whether there is a beat, and whether tempo and metre stay."""
    if not song_map.beats_s:
        instead = "phrases and words" if song_map.words else "phrases and sections"
        return [f"no steady beat was heard (confidence below 40%): cuts follow {instead}"]
    told = []
    if not song_map.is_steady:
        told.append(f"the tempo changes, about {song_map.tempo_bpm:.0f} BPM: cuts follow the beats as played")
    if not song_map.keeps_metre:
        told.append(
            f"the metre changes, {song_map.beats_per_bar} in most bars: cuts follow the bars as played"
        )
    return told
