"""The embedded band: arranges a song and plays it on sampled instruments, offline and on any CPU."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from pydantic import Field, field_validator

from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.music.band.arrangement import arrange
from storyboard.generators.music.band.automation import automate
from storyboard.generators.music.band.desk import Samples, mixed, stem_of
from storyboard.generators.music.band.midi import midi_bytes
from storyboard.generators.music.band.performance import STEMS, perform
from storyboard.generators.music.band.sampler import RATE_HZ
from storyboard.generators.music.band.soundfont import general_midi, general_midi_path
from storyboard.generators.music.band.styles import STYLES
from storyboard.generators.music.grid import grid_of
from storyboard.generators.score import Score
from storyboard.generators.seams import MusicTake, SongRequest
from storyboard.schema.document import Part, Text
from storyboard.schema.files import write_whole
from storyboard.schema.progress import OnFraction

_MIDI = "music.mid"
_PLAYED, _SUMMED = 0.8, 0.9  # progress


class BandParameters(Part):
    """What the band is told beyond the song."""

    style: Text = Field(
        default="",
        description="played whatever the genre says; empty: the genre's",
        examples=[known.name for known in STYLES],
    )

    @field_validator("style")
    @classmethod
    def _known_style(cls, style: str) -> str:
        if style and style not in [known.name for known in STYLES]:
            raise ValueError("there is no such style")
        return style


class Band:
    """Drums, bass, chords and a lead from the song's genre, key, tempo, metre and sections.

    Parameters of a request: `style`, the name of a style to be played whatever the genre says.
    """

    name: ClassVar[str] = "band"
    version: ClassVar[str] = "2"
    parameters: ClassVar[type[Part]] = BandParameters

    def check(self) -> None:
        """Raise GeneratorUnavailable when the SoundFont is missing."""
        general_midi_path()

    def play(self, request: SongRequest, out: Path, progress: OnFraction) -> MusicTake:
        """Write the music to `out` (WAV, 48 kHz, 16 bit, stereo) and return its grid.

        Beside it stand drums.wav, bass.wav, harmony.wav and lead.wav, which add up to it, and
        music.mid. When it fails or is cancelled, nothing of this take is left.

        Raises:
            InputError: a parameter is unknown or not a style.
        """
        song = request.song
        told = parameters_of(BandParameters, request.parameters, "generators.parameters.music")
        arrangement = arrange(song, told.style)
        parts = perform(arrangement, request.seed)
        kicks = [note for part in parts if part.name == "kick" for note in part.notes]
        automation = automate(arrangement, kicks)
        stems = {}
        for number, stem in enumerate(STEMS):
            progress(_PLAYED * number / len(STEMS))
            own = [part for part in parts if part.stem == stem]
            stems[stem] = stem_of(stem, own, general_midi(), arrangement.style, automation)
        progress(_PLAYED)
        samples, total = mixed(stems, automation)
        files: dict[str, Callable[[], bytes]] = {
            f"{stem}.wav": partial(_wav, samples[stem]) for stem in STEMS
        }
        files[_MIDI] = partial(midi_bytes, song, parts, arrangement.score.duration_s)
        files[out.name] = partial(_wav, total)
        progress(_SUMMED)
        _write_all(out.parent, files, progress)
        return _take(arrangement.score)


def _write_all(folder: Path, files: dict[str, Callable[[], bytes]], progress: OnFraction) -> None:
    """Write all files or, when one cannot be written or the job is stopped, none."""
    written: list[Path] = []
    try:
        for name, content in files.items():
            write_whole(folder / name, content())
            written.append(folder / name)
        progress(1.0)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _wav(samples: Samples) -> bytes:
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, samples.T, RATE_HZ, format="WAV", subtype="PCM_16")
    return file.getvalue()


def _take(score: Score) -> MusicTake:
    files = {"stems": {stem: f"{stem}.wav" for stem in STEMS}, "midi": _MIDI}
    return grid_of(score).model_copy(update=files)
