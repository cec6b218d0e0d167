"""The MIDI file of the whole song: the band's tracks, and the voice with its syllables as lyrics."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.generators.music.band.midi import empty_midi
from storyboard.generators.seams import SungNote, VoiceTake
from storyboard.schema.errors import MediaError
from storyboard.schema.files import write_whole
from storyboard.schema.song import Song

if TYPE_CHECKING:
    from pretty_midi import PrettyMIDI

_CHOIR_AAHS = 52  # the General MIDI program that stands in for a singer
_VELOCITY = 96
_SHORTEST_S = 0.005
_DRUMS, _LAST = 9, 15  # channels


def song_midi(voice: VoiceTake | None, music_midi: Path | None, song: Song, out: Path) -> None:
    """Write the MIDI file of a song to `out`: the tracks of the music as they are, and a track "voice".

    Args:
        voice: what was sung; None, or a take that knows no notes, gives no track "voice".
        music_midi: the MIDI file of the music; without one, tempo, metre and key are the song's.
        song: what both were recorded from.
        out: the file, which appears whole or not at all. Its lyrics are UTF-8.

    Raises:
        MediaError: the music's MIDI file is missing or broken; `where` names it.
    """
    midi = _read(music_midi) if music_midi else empty_midi(song)
    data = music_midi.read_bytes() if music_midi else _written(midi)
    notes = _one_at_a_time(voice.notes if voice else [])
    write_whole(out, _with_voice(data, midi, notes) if notes else data)


def _read(path: Path) -> PrettyMIDI:
    from pretty_midi import PrettyMIDI

    try:
        with warnings.catch_warnings():
            # It warns of tempo changes outside the first track; where they stand does not matter here.
            warnings.simplefilter("ignore", RuntimeWarning)
            return PrettyMIDI(str(path))
    except (OSError, EOFError, ValueError, KeyError, IndexError) as error:
        reason = f"is not a MIDI file ({error or type(error).__name__})"
        raise MediaError(reason, where=str(path), hint="record the music again") from error


def _written(midi: PrettyMIDI) -> bytes:
    file = io.BytesIO()
    midi.write(file)
    return file.getvalue()


def _one_at_a_time(notes: Sequence[SungNote]) -> list[SungNote]:
    """Return the notes in order, each ending where the next begins at the latest."""
    ordered = sorted(notes, key=lambda note: note.start_s)
    ended = [
        note.model_copy(update={"end_s": min(note.end_s, later.start_s)}) for note, later in pairwise(ordered)
    ]
    return [note for note in [*ended, *ordered[-1:]] if note.end_s - note.start_s > _SHORTEST_S]


def _with_voice(data: bytes, midi: PrettyMIDI, notes: Sequence[SungNote]) -> bytes:
    import mido  # type: ignore[import-untyped]

    # Latin-1 keeps every byte of names and lyrics that are there already, whatever they are written in.
    file = mido.MidiFile(file=io.BytesIO(data), charset="latin1")
    file.type = 1
    used = {message.channel for track in file.tracks for message in track if hasattr(message, "channel")}
    channel = next((each for each in range(_LAST) if each not in used and each != _DRUMS), _LAST)
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name="voice"))
    track.append(mido.Message("program_change", channel=channel, program=_CHOIR_AAHS))
    now = 0
    for note in notes:
        start, end = midi.time_to_tick(note.start_s), midi.time_to_tick(note.end_s)
        # The syllable stands before its note, in the same track, where editors look for it.
        track.append(mido.MetaMessage("lyrics", text=_in_latin1(note.text), time=start - now))
        struck: dict[str, Any] = {"note": note.midi, "channel": channel}
        track.append(mido.Message("note_on", velocity=_VELOCITY, time=0, **struck))
        track.append(mido.Message("note_off", velocity=0, time=end - start, **struck))
        now = end
    track.append(mido.MetaMessage("end_of_track", time=1))
    file.tracks.append(track)
    written = io.BytesIO()
    file.save(file=written)
    return written.getvalue()


def _in_latin1(text: str) -> str:
    """Return the text that, written as Latin-1, has the bytes of this one in UTF-8."""
    return text.encode().decode("latin1")
