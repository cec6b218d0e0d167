"""What the user brings: a finished song, its lyrics, a voice to clone. Copied into the project first.

What is brought is known by its content, so that the same command goes on with the same film wherever
the files lie, and a project needs nothing outside its folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from storyboard.orchestrator.workspace import Workspace, copy_whole, sha256_of
from storyboard.schema.board import VoiceSample
from storyboard.schema.document import Line, Part
from storyboard.schema.errors import InputError

VOICE_SAMPLE = "song/voice-sample.wav"


class GivenFile(Part):
    """A file of the user's by its name and content."""

    name: Line
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class WantedVoice(Part):
    """The voice to be cloned: where its recording comes from, and what was confirmed of its speaker."""

    source: Line
    consent: Line


@dataclass(frozen=True)
class Given:
    """The user's own files as they were named; a voice sample may be an address."""

    song: Path | None = None
    lyrics: Path | None = None
    voice_sample: str = ""
    consent: str = ""

    def as_options(self) -> dict[str, Any]:
        """Return what the options of a film say of these files.

        Raises:
            InputError: a file cannot be read, or a voice is to be cloned without its speaker's consent.
        """
        options: dict[str, Any] = {}
        if self.song is not None:
            options["song"] = _given(self.song, "song")
        if self.lyrics is not None:
            options["lyrics"] = _given(self.lyrics, "lyrics")
        if self.voice_sample:
            options["voice_sample"] = WantedVoice(source=self.voice_sample, consent=_consent(self.consent))
        return options

    def bring_into(self, workspace: Workspace) -> None:
        """Copy everything into the project; what is there already stays.

        Raises:
            MediaError, InputError: the voice sample cannot be used.
        """
        for path, place in ((self.song, song_place), (self.lyrics, lyrics_place)):
            if path is not None:
                target = workspace.folder / place(path.name)
                if not target.exists() or sha256_of(target) != sha256_of(path):
                    copy_whole(path, target)
        target = workspace.folder / VOICE_SAMPLE
        if self.voice_sample and not target.exists():
            from storyboard.generators.voice.sample import prepare_sample

            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}")
            prepare_sample(self.voice_sample, beside)
            beside.replace(target)


def song_place(name: str) -> str:
    """Return where a song of this name lies in a project."""
    return f"song/original{Path(name).suffix.lower()}"


def lyrics_place(name: str) -> str:
    """Return where lyrics of this name lie in a project."""
    return f"song/lyrics{Path(name).suffix.lower()}"


def voice_sample_of(workspace: Workspace, wanted: WantedVoice | None) -> VoiceSample | None:
    """Return the record of the voice that a project clones."""
    if wanted is None:
        return None
    digest = sha256_of(workspace.folder / VOICE_SAMPLE)
    return VoiceSample(file=VOICE_SAMPLE, sha256=digest, source=wanted.source, consent=wanted.consent)


def _given(path: Path, option: str) -> GivenFile:
    try:
        return GivenFile(name=path.name, sha256=sha256_of(path))
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=f"--{option} {path}", hint="give the path of a file"
        ) from error


def _consent(consent: str) -> str:
    if not consent.strip():
        raise InputError(
            "a voice is cloned only with its speaker's consent",
            where="voice sample",
            hint="if the speaker agrees, say so: --consent (in Python: consent='who agreed to what')",
        )
    return consent.strip()
