"""What a user may tell every video model, by the names that all of them share."""

from __future__ import annotations

from pydantic import Field

from storyboard.schema.document import Part, Text

WHERE = "generators.parameters.video"
"""Their place in the storyboard."""


class ClipParameters(Part):
    """The parameters of every video model; a backend adds its own and has its own defaults.

    What is None or empty follows from the scene, the look of the film and the model.
    """

    num_frames: int | None = Field(
        default=None, ge=1, le=2000, description="made at once; None: what a shot needs"
    )
    fps: int | None = Field(default=None, ge=1, le=60, description="frames a second; None: the model's own")
    height: int | None = Field(default=None, ge=64, le=4096, multiple_of=8)
    width: int | None = Field(default=None, ge=64, le=4096, multiple_of=8)
    steps: int = Field(default=25, ge=1, le=500, description="denoising steps")
    guidance_scale: float = Field(default=7.5, ge=0, le=50, description="how closely to keep to the prompt")
    negative_prompt: Text = Field(default="", description="instead of the scene's")
    seed: int | None = Field(default=None, ge=0, lt=2**32, description="instead of the scene's")
    shared_noise: float = Field(
        default=0.2, ge=0, le=1, description="how much of the noise all scenes of the film have in common"
    )
    batch: int = Field(
        default=0, ge=0, le=64, description="pieces filmed at once; 0: as many as memory allows"
    )
