"""The seams: what the orchestrator asks of a generator, and what it gets back.

Requests and takes are plain documents, so that they cross a process or machine boundary as JSON.
A generator writes its file to the path it is given, and reports progress as a fraction; the
callback may raise Cancelled, which a generator lets pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Literal, Protocol, runtime_checkable

from pydantic import Field

from storyboard.schema.board import Look, Parameter
from storyboard.schema.capabilities import Estimate, VideoCapabilities
from storyboard.schema.cast import Character
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed
from storyboard.schema.scene import Scene
from storyboard.schema.song import Song
from storyboard.schema.timeline import Framing, Span, Word

Viseme = Literal["rest", "closed", "teeth", "narrow", "open", "wide", "round"]
"""The shape of a mouth: lips met as in m, lip at the teeth as in f, teeth together as in s, vowels."""


class SongRequest(Part):
    """The song to record, and the seed for everything the score leaves open."""

    song: Song
    seed: int
    language: str = "en"
    parameters: dict[str, Parameter] = Field(
        default_factory=dict, description="the generator's own; it refuses by name what it does not know"
    )
    voice_sample: str = Field(default="", description="path of a recording of the voice to be cloned")


class SungNote(Part):
    """One sung syllable."""

    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    midi: int = Field(ge=0, le=127)
    text: str = Field(description="the syllable as the lyrics write it; a word's later ones begin with -")
    phonemes: str = Field(default="", description="in IPA")


class VoiceTake(Part):
    """A recorded voice: mono WAV as long as the score, and what is known exactly of its words and notes."""

    words: list[Word] = Field(default_factory=list)
    notes: list[SungNote] = Field(default_factory=list)
    model: ModelUsed | None = None


class MusicTake(Part):
    """Recorded music: stereo WAV as long as the score, and what is known exactly of it.

    Stems are stereo WAV files beside the music, as long as it, that add up to it. The MIDI file beside
    it holds what was played.
    """

    beats_s: list[float] = Field(default_factory=list)
    downbeats_s: list[float] = Field(default_factory=list)
    sections: list[Span] = Field(default_factory=list)
    stems: dict[str, str] = Field(default_factory=dict, description="file names by stem: drums, bass …")
    midi: str = Field(default="", description="name of the MIDI file")
    model: ModelUsed | None = None


class ShotSpec(Part):
    """One shot inside a clip: where it starts, how long it is, how near the camera stands."""

    first_frame: int = Field(ge=0)
    n_frames: int = Field(ge=1)
    framing: Framing


class ImageFile(Part):
    """An image file: where it is, and what is in it.

    Between the project's documents the path counts from the project's folder; a generator gets it whole.
    """

    file: Line
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Portrait(Part):
    """The picture that says how a character looks in every scene."""

    name: Line
    image: ImageFile


class Cue(Part):
    """What the user wants to see from a frame of the clip on: a row of the spreadsheet."""

    first_frame: int = Field(ge=0)
    prompt: Text = ""
    negative_prompt: Text = ""
    style: Text = ""
    image: ImageFile | None = Field(default=None, description="what to come near to")
    strength: float | None = Field(default=None, ge=0, le=1, description="how far to leave the last picture")


class VideoRequest(Part):
    """One scene to shoot. Frames count from the clip's first."""

    scene: Scene
    scene_index: int = Field(ge=0, description="place in the film, from 0")
    n_scenes: int = Field(ge=1)
    characters: list[Character]
    look: Look
    seed: int
    n_frames: int = Field(ge=1)
    shots: list[ShotSpec] = Field(min_length=1, description="tile the clip in order")
    beats: list[int] = Field(default_factory=list, description="frames on which a beat falls")
    downbeats: list[int] = Field(default_factory=list)
    sung: list[tuple[int, int]] = Field(
        default_factory=list, description="first and last frame of every sung word"
    )
    visemes: list[tuple[int, Viseme]] = Field(
        default_factory=list,
        description="from which frame on a singing mouth has which shape, for generators that draw mouths",
        exclude_if=lambda visemes: not visemes,
    )
    lyrics: list[Text] = Field(
        default_factory=list, description="the lines sung in it, for generators that draw fields"
    )
    absent: list[Text] = Field(
        default_factory=list,
        description="the animals and creatures of the film that are not in this scene, as their sheets say",
    )
    film_seed: int = Field(default=0, description="of what all scenes of the film have in common")
    parameters: dict[str, Parameter] = Field(
        default_factory=dict, description="the generator's own; it refuses by name what it does not know"
    )
    key_frames: list[ImageFile] = Field(
        default_factory=list,
        description="what each shot begins with, in order; empty: whatever the model makes",
    )
    portraits: list[Portrait] = Field(default_factory=list, description="of its characters")
    cues: list[Cue] = Field(default_factory=list, description="in order, for generators that read prompts")


class Piece(Part):
    """What of a clip was shot for one of its shots, in frames of the clip."""

    first_frame: int = Field(ge=0)
    n_frames: int = Field(ge=1)


class VideoTake(Part):
    """A shot clip: an MP4 with this many frames at this rate."""

    n_frames: int
    fps: float
    pieces: list[Piece] = Field(
        default_factory=list, description="one for each shot, in order; empty: one stream of pictures"
    )
    lengthened: Text = Field(default="", description="how it became longer than its model's own length")
    model: ModelUsed | None = None


class ImageRequest(Part):
    """One picture to draw: a character's portrait where there is no scene, else the scene's first frame."""

    prompt: Text
    negative_prompt: Text = ""
    characters: list[Character]
    scene: Scene | None = None
    framing: Framing = "medium"
    look: Look
    width: int = Field(ge=64, le=4096, multiple_of=8, description="pixels")
    height: int = Field(ge=64, le=4096, multiple_of=8, description="pixels")
    seed: int
    parameters: dict[str, Parameter] = Field(
        default_factory=dict, description="the generator's own; it refuses by name what it does not know"
    )
    portraits: list[Portrait] = Field(default_factory=list)


class ImageTake(Part):
    """A drawn picture: a PNG, and what is known of how it was made."""

    model: ModelUsed | None = None


@runtime_checkable
class Generator(Protocol):
    """What every generator has. `version` changes whenever its output would.

    One that runs models of many names takes the name of one (empty: its own choice) as the only
    argument of its constructor, may have a property `revision` (what of that model is installed, so
    that other weights make another take), and a method `pull(progress)` that fetches the weights. One
    that is told more than the song has the pydantic model of that as `parameters`.
    """

    name: ClassVar[str]
    version: ClassVar[str]

    def check(self) -> None:
        """Raise GeneratorUnavailable, naming what is missing and how to get it."""
        ...


@runtime_checkable
class VoiceGenerator(Generator, Protocol):
    """Sings the lyrics of a song along its score."""

    def sing(self, request: SongRequest, out: Path, progress: OnFraction) -> VoiceTake:
        """Write the voice to `out` (WAV, mono) and return the word times."""
        ...


@runtime_checkable
class MusicGenerator(Generator, Protocol):
    """Plays the music of a song along its score."""

    def play(self, request: SongRequest, out: Path, progress: OnFraction) -> MusicTake:
        """Write the music to `out` (WAV, stereo) and return its grid."""
        ...


@runtime_checkable
class VideoGenerator(Generator, Protocol):
    """Shoots one scene."""

    def capabilities(self) -> VideoCapabilities:
        """Return what this generator can deliver."""
        ...

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        """Write the clip to `out` (MP4) and return its length."""
        ...


@runtime_checkable
class BatchingVideoGenerator(VideoGenerator, Protocol):
    """A video generator that shoots several scenes faster at once than one after the other."""

    def shoot_all(
        self, requests: Sequence[VideoRequest], outs: Sequence[Path], progresses: Sequence[OnFraction]
    ) -> list[VideoTake]:
        """Write every clip; each is the one that `shoot` would write alone."""
        ...


@runtime_checkable
class EstimatingVideoGenerator(VideoGenerator, Protocol):
    """A video generator that can say beforehand what a clip will cost."""

    def estimate(self, request: VideoRequest) -> Estimate:
        """Return what one clip is expected to take; nothing is loaded for it."""
        ...


@runtime_checkable
class ImageGenerator(Generator, Protocol):
    """Draws single pictures: portraits, and the frames that clips begin with."""

    uses_portraits: ClassVar[bool]

    def draw(self, request: ImageRequest, out: Path, progress: OnFraction) -> ImageTake:
        """Write the picture to `out` (PNG, of the size asked for)."""
        ...
