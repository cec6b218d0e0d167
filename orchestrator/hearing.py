"""Listen to a song by itself: its map, a picture, and its words as captions and labels."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from storyboard.orchestrator.nodes.adopting import HEARD, language_sung, lyrics_of, open_song, song_from
from storyboard.orchestrator.nodes.listening import Recording, grid_in_words, hear, summary, tell
from storyboard.orchestrator.state import Context, step
from storyboard.orchestrator.workspace import free_name, sha256_of
from storyboard.schema.board import Look
from storyboard.schema.errors import InputError
from storyboard.schema.files import save
from storyboard.schema.progress import OnEvent, ignore
from storyboard.schema.song import Song, SongFile
from storyboard.schema.timeline import SongMap


@dataclass(frozen=True)
class Heard:
    """What was heard in a song, and the folder of files that say so."""

    folder: Path
    song: Song
    song_map: SongMap


def listen(
    song: str | Path,
    *,
    lyrics: str | Path | None = None,
    out: str | Path | None = None,
    language: str = "",
    on_event: OnEvent = ignore,
) -> Heard:
    """Find beats, bars, sections and the time of every sung word of a song.

    Writes song-map.json, song-map.png, the words as lyrics.srt, lyrics.lrc and lyrics.ass (karaoke), and
    Audacity's labels of words, lines, beats and sections.

    Args:
        song: the recording, as `create` takes it.
        lyrics: its words, as `create` takes them; without them a configured transcriber is asked.
        out: the folder to write, which must not exist; without it NAME-listen in the working folder.
        language: of the lyrics; without it, what they look like.
        on_event: receives progress events; may raise Cancelled.

    Raises:
        MediaError: the file is not a song.
        InputError: the lyrics cannot be read, or the folder is there already.
    """
    path, context = Path(song), Context(on_event)
    given = None if lyrics is None else Path(lyrics)
    folder = _folder(path, out)
    with tempfile.TemporaryDirectory(prefix="storyboard-") as place:
        work = Path(place)
        with step(context, "adopt_song") as report:
            open_song(_existing(path), work)
            heard = json.loads((work / HEARD).read_text())
            written = lyrics_of(given, work / "mix.wav", language, context)
            audio = SongFile(file=path.name, sha256=sha256_of(path), duration_s=heard["duration_s"])
            found = song_from(path, audio, heard, written, path.name)
            report.detail = f"{found.tempo_bpm:.0f} BPM, {found.time_signature}, {found.key}"
        with step(context, "listen") as report:
            recording = Recording(found, language_sung(found, language, written), work / "mix.wav")
            song_map = hear(recording, report.progress)
            tell(song_map, recording, context)
            report.detail = summary(song_map)
        files = work / "files"
        _write(found, song_map, work / "mix.wav", files)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(files, folder)
    return Heard(folder, found, song_map)


def _write(song: Song, song_map: SongMap, mix: Path, folder: Path) -> None:
    from storyboard.sync.captions import write_captions
    from storyboard.sync.labels import write_labels
    from storyboard.sync.pictures import song_picture

    (folder / "labels").mkdir(parents=True)
    save(song_map, folder / "song-map.json")
    title = f"{song.title} — {grid_in_words(song_map)}, {song.key}"
    unsung = [song.line(ref) for ref in song_map.unsung]
    song_picture(song_map, title, mix, folder / "song-map.png", unsung=unsung)
    write_labels(song_map, song, folder / "labels")
    if song_map.words:
        write_captions(song_map, Look(), song, folder)


def _folder(song: Path, out: str | Path | None) -> Path:
    if out is None:
        return free_name(Path.cwd() / f"{song.stem}-listen")
    if Path(out).exists():
        raise InputError("is there already", where=f"--out {out}", hint="give a folder that does not exist")
    return Path(out)


def _existing(song: Path) -> Path:
    if not song.is_file():
        raise InputError("there is no such file", where=str(song), hint="give the path of a song")
    return song
