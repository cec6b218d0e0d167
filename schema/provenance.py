"""Where the sound of a film comes from: song/provenance.json."""

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
