"""Where sound and pictures of a film come from: song/provenance.json, scenes/provenance.json."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storyboard.schema.board import Parameter, VoiceSample
from storyboard.schema.document import Line, Part, Text


class ModelUsed(Part):
    """The weights that made something: which, in which revision, and how they were run."""

    id: Line
    revision: Text = Field(default="", description="commit or digest of the weights")
    device: Text = ""
    dtype: Text = ""
    licence: Text = Field(default="", description="as the model's own card names it")


class Run(Part):
    """One run of a generator: which, and what it was told."""

    generator: Line
    version: Line
    seed: int
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    model: ModelUsed | None = None


class Made(Run):
    """One recording: what made it, and out of what."""

    voice_sample: VoiceSample | None = None


class Provenance(Part):
    """What recorded the song."""

    voice: Made | None = None
    music: Made | None = None


class PictureMade(Part):
    """A portrait or a key frame, and what drew it."""

    file: Line = Field(description="its path in the project")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    made: Run | None = Field(default=None, description="empty: the user's own")


class TakeMade(Part):
    """One take of a scene: how good it was found, and why it was not used, if it was not."""

    seed: int
    score: float = Field(default=0.0, description="higher is better; takes of one scene compare")
    movement: float | None = Field(
        default=None, description="mean, in shares of the picture's width a second"
    )
    contrast: float | None = Field(default=None, description="of brightness inside a picture, 0 to 1")
    likeness: float | None = Field(default=None, description="to the portraits, 0 to 1; empty: not judged")
    refused: Text = ""


class SceneMade(Run):
    """What shot one scene."""

    lengthened: Text = Field(default="", description="how the clip became longer than its model's own length")
    slowest: float = Field(default=1.0, description="the least speed at which one of its shots is shown")
    slow_motion: Text = Field(
        default="", description="how pictures between frames were made up, where needed"
    )
    take: int = Field(default=1, ge=1, description="the one that is used, from 1")
    takes: list[TakeMade] = Field(default_factory=list)
    portraits: dict[str, Line] = Field(default_factory=dict, description="SHA-256 of each, by character")
    key_frames: list[PictureMade] = Field(default_factory=list)


class ScenesProvenance(Part):
    """What drew the portraits, by character, and what shot the scenes, by their ids."""

    portraits: dict[str, PictureMade] = Field(default_factory=dict)
    scenes: dict[str, SceneMade] = Field(default_factory=dict)
