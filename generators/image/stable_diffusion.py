"""Pictures by Stable Diffusion, or by any other text-to-image model of diffusers.

Rombach et al., High-Resolution Image Synthesis with Latent Diffusion Models, CVPR 2022.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from storyboard.generators.image.checkpoint import Checkpoint
from storyboard.generators.image.painting_model import PaintingModel
from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.held import alone
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.run import running
from storyboard.generators.models.spread import on_first_that_holds
from storyboard.generators.models.tiers import Demand, tiers_for
from storyboard.generators.seams import ImageRequest, ImageTake
from storyboard.generators.video.diffusion.counting import Counting
from storyboard.generators.video.diffusion.estimating import weights_gb
from storyboard.generators.video.diffusion.portraits import SCALE
from storyboard.generators.video.diffusion.wish import FRAMED
from storyboard.schema.document import Part, Text
from storyboard.schema.progress import OnFraction

if TYPE_CHECKING:
    from storyboard.generators.image.painting import Asked
    from storyboard.generators.image.picture import Picture

_MULTIPLE = 64  # of the sides that such models were trained on
_RUN_BYTES, _DECODE_BYTES = 4_000.0, 6_000.0  # for a pixel


class StableDiffusionParameters(Part):
    """What the user may tell it; what is None is as the pipeline has it (Stable Diffusion: 50 steps, 7.5)."""

    steps: int | None = Field(default=None, ge=1, le=500, description="denoising steps")
    guidance_scale: float | None = Field(
        default=None, ge=0, le=50, description="how closely to keep to the prompt"
    )
    negative_prompt: Text = Field(default="", description="instead of the scene's")
    height: int | None = Field(
        default=None, ge=64, le=4096, multiple_of=8, description="painted at; None: as it was trained"
    )
    width: int | None = Field(
        default=None, ge=64, le=4096, multiple_of=8, description="painted at; None: as it was trained"
    )
    seed: int | None = Field(default=None, ge=0, lt=2**32, description="instead of the scene's")
    portrait_scale: float = Field(
        default=SCALE, ge=0, le=1, description="how much portraits weigh against the prompt"
    )


class StableDiffusion(PaintingModel):
    """Paints a picture from its prompt, its characters after their portraits where that is possible.

    Models that read CLIP, one or two encoders of it, get every word of a prompt; of others (T5, language
    models) their own limits hold. Stable Diffusion 1.5 and what was trained from it takes portraits, by
    the IP-Adapter, where that is on this machine. Painted in a size that the model was trained for, a
    picture is then scaled to the size asked for.
    """

    name: ClassVar[str] = "stable-diffusion"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = StableDiffusionParameters

    def draw(self, request: ImageRequest, out: Path, progress: OnFraction) -> ImageTake:
        """Paint to a PNG of the size asked for.

        Raises:
            GeneratorUnavailable: packages, weights or the device are missing.
            InputError: a parameter is unknown or wrong.
            GeneratorError: the model failed, or it is none that makes pictures from text.
            MediaError: it gave no numbers, or a portrait cannot be read.
            Cancelled: from `progress`, between two steps; no file is left.
        """
        told = parameters_of(StableDiffusionParameters, request.parameters, "generators.parameters.image")
        self.check()
        progress(0.0)
        from storyboard.generators.image.painting import Asked
        from storyboard.generators.image.picture import cover, write_png

        device, counting = choose_device(), Counting(progress, 1)
        width, height = self._size(request, told)
        asked = Asked(
            prompt=_prompt(request),
            negative_prompt=told.negative_prompt or request.negative_prompt,
            width=width,
            height=height,
            seed=request.seed if told.seed is None else told.seed,
            steps=told.steps,
            guidance_scale=told.guidance_scale,
            portraits=tuple(request.portraits),
            portrait_scale=told.portrait_scale,
        )
        with alone(), running(self.spec, device):
            painted = self._painted(asked, device, counting)
        write_png(cover(painted, request.width, request.height), out)
        return ImageTake(model=self.used(device))

    def _painted(self, asked: Asked, device: Device, counting: Counting) -> Picture:
        """Return the picture; a tier that runs out of memory gives way to the next."""
        from storyboard.generators.image.painting import paint

        folders = [self.weights().path, *(self.companion(name).path for name in self.companions)]
        total, largest = weights_gb(folders, device.dtype_name)
        n_gigapixels = asked.width * asked.height / 1e9
        demand = Demand(total, largest, n_gigapixels * _RUN_BYTES, n_gigapixels * _DECODE_BYTES)
        return on_first_that_holds(
            tiers_for(device, demand),
            lambda tier: paint(self.held("DiffusionPipeline", device, tier), asked, counting),
        )

    def _size(self, request: ImageRequest, told: StableDiffusionParameters) -> tuple[int, int]:
        """Return the size to paint in: the shape asked for, at the area that the model was trained on."""
        scale = Checkpoint(self.weights().path).trained_side / math.sqrt(request.width * request.height)
        if told.width and not told.height:
            scale = told.width / request.width
        if told.height and not told.width:
            scale = told.height / request.height

        def side(told_px: int | None, wanted_px: int) -> int:
            return told_px or max(_MULTIPLE, round(wanted_px * scale / _MULTIPLE) * _MULTIPLE)

        return side(told.width, request.width), side(told.height, request.height)


def _prompt(request: ImageRequest) -> str:
    """Return the prompt; that of a scene says how near the camera stands."""
    return request.prompt if request.scene is None else f"{FRAMED[request.framing]}. {request.prompt}"
