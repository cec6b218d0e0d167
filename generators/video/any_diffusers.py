"""Any text- or image-to-video pipeline of diffusers, by the id of its model: Wan, LTX, CogVideoX and others.

Frame counts, sizes, rates and further arguments are read from the pipeline's own configuration and call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from pydantic import Field, create_model

from storyboard.generators.image.picture import read_picture
from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.settings import load_settings
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.generators.video.key_frame import first_pictures
from storyboard.generators.video.pipeline_facts import PipelineFacts, facts_of
from storyboard.schema.errors import GeneratorUnavailable


class AnyParameters(ClipParameters):
    """What the user may tell every pipeline; its own arguments are added from its call."""

    shared_noise: float = Field(default=0.0, ge=0, le=0, description="each pipeline draws its own noise")
    batch: int = Field(default=1, ge=1, le=64, description="pieces filmed at once")


class AnyDiffusers(DiffusionVideo[AnyParameters]):
    """Whatever pipeline a model's folder names; from a key frame where its call takes an image."""

    name: ClassVar[str] = "diffusers"
    version: ClassVar[str] = "1"
    default_model: ClassVar[str] = "Wan-AI/Wan2.1-T2V-1.3B-Diffusers"
    needs: ClassVar[Sequence[str]] = ("model_index.json", "*/*.safetensors|*/*.bin")

    @cached_property
    def facts(self) -> PipelineFacts:
        """What is known of the pipeline; raises GeneratorUnavailable without its configuration."""
        return facts_of(self.weights().path, self.spec)

    @property
    def parameters(self) -> type[AnyParameters]:  # type: ignore[override]
        """What this pipeline can be told: the names that all share, and those of its own call."""
        try:
            facts = self.facts
        except GeneratorUnavailable:
            return AnyParameters
        own: dict[str, Any] = {name: (each.kind, each.default) for name, each in facts.arguments.items()}
        own["steps"] = (int, Field(default=facts.steps, ge=1, le=500, description="denoising steps"))
        if facts.guidance_scale is not None:
            own["guidance_scale"] = (float, Field(default=facts.guidance_scale, ge=0, le=50))
        return create_model(f"{facts.name}Parameters", __base__=AnyParameters, **own)

    @property
    def lattice(self) -> FrameLattice:  # type: ignore[override]
        """The counts that its VAE can decode, up to what the model was trained for."""
        return self.facts.lattice

    @property
    def native_fps(self) -> float:  # type: ignore[override]
        """The rate that its call or its model card says."""
        return self.facts.fps

    @property
    def n_pixels(self) -> int:  # type: ignore[override]
        """The area of its default size."""
        return self.facts.size[0] * self.facts.size[1]

    @property
    def multiple(self) -> int:  # type: ignore[override]
        """The pixels of a patch of latents."""
        return self.facts.multiple

    @property
    def needs_image(self) -> bool:  # type: ignore[override]
        """Whether its call takes an image."""
        return "image" in self.facts.takes

    @property
    def uses_portraits(self) -> bool:  # type: ignore[override]
        """Whether its call takes reference images."""
        return "reference_images" in self.facts.takes

    @property
    def goes_on_by(self) -> str:  # type: ignore[override]
        """How it makes more than it can make at once."""
        if self.needs_image:
            return "each part goes on from the last frame of the one before"
        return "each part is filmed anew, and dissolves into the next"

    def check(self) -> None:
        """Raise GeneratorUnavailable when something is missing, or it is no video model."""
        super().check()
        _ = self.facts

    def device(self) -> Device:
        """Return where it runs; a transformer on a card in bfloat16, unless the settings say otherwise."""
        device = choose_device()
        is_free = load_settings().models.dtype == "auto" and not device.is_cpu
        return replace(device, dtype_name="bfloat16") if is_free and self.facts.is_transformer else device

    def load(self, device: Device) -> Any:
        """Return the pipeline that model_index.json names."""
        import diffusers

        kind: Any = diffusers.DiffusionPipeline
        return kind.from_pretrained(self.weights().path, dtype=device.torch_dtype(), local_files_only=True)

    def film(
        self, pipeline: Any, wishes: Sequence[Wish[AnyParameters]], n_frames: int, before: Sequence[Frames]
    ) -> list[Frames]:
        """Run it once; what its call does not take is left out."""
        told, frame = wishes[0].told, wishes[0].frame
        at = len(before[0]) if before else 0
        asked: dict[str, Any] = {
            "prompt": [wish.prompt for wish in wishes],
            "negative_prompt": [wish.negative_prompt for wish in wishes],
            "num_frames": n_frames,
            "height": frame.height,
            "width": frame.width,
            "fps": frame.fps,
            "frame_rate": frame.fps,
            "num_inference_steps": told.steps,
            "guidance_scale": told.guidance_scale,
            "generator": [generator_for((wish.seed + at) % 2**32) for wish in wishes],
            "output_type": "np",
            **{name: getattr(told, name) for name in self.facts.arguments},
        }
        if self.needs_image:
            asked["image"] = first_pictures(wishes, before)
        if self.uses_portraits:
            asked["reference_images"] = _references(wishes[0])
        taken = {name: value for name, value in asked.items() if name in self.facts.takes}
        made = frames_of(pipeline(**{name: _alone(value) for name, value in taken.items()}))
        return made if self.needs_image else dissolved(before, made, self.lattice.overlap)


def _alone(values: Any) -> Any:
    """Return the one value of a list of one: not every pipeline takes lists."""
    return values[0] if isinstance(values, list) and len(values) == 1 else values


def _references(wish: Wish[AnyParameters]) -> list[Any] | None:
    from PIL import Image

    return [Image.fromarray(read_picture(Path(each.image.file))) for each in wish.portraits] or None


def dissolved(before: Sequence[Frames], made: list[Frames], overlap: int) -> list[Frames]:
    """Let the end of what is there melt into the beginning of what was made."""
    share = np.linspace(0, 1, overlap + 2)[1:-1, None, None, None]
    for film, new in zip(before, made, strict=False):
        new[:overlap] = np.round(film[-overlap:] * (1 - share) + new[:overlap] * share).astype(np.uint8)
    return made
