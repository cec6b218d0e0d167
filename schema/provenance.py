"""Where sound and pictures of a film come from: song/provenance.json, scenes/provenance.json."""

from __future__ import annotations

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


class Made(Part):
    """One recording: what made it, and out of what."""

    generator: Line
    version: Line
    seed: int
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    model: ModelUsed | None = None
    voice_sample: VoiceSample | None = None


class Provenance(Part):
    """What recorded the song."""

    voice: Made | None = None
    music: Made | None = None


class TakeMade(Part):
    """One take of a scene, and why it was not used, if it was not."""

    seed: int
    score: float = Field(default=0.0, description="higher is better; takes of one scene compare")
    refused: Text = ""


class SceneMade(Made):
    """What shot one scene."""

    lengthened: Text = Field(default="", description="how the clip became longer than its model's own length")
    takes: list[TakeMade] = Field(default_factory=list)
    portraits: dict[str, Line] = Field(default_factory=dict, description="SHA-256 of each, by character")
    key_frames: Made | None = None


class ScenesProvenance(Part):
    """What shot the scenes, by their ids."""

    scenes: dict[str, SceneMade] = Field(default_factory=dict)
