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
from storyboard.generators.image.prompts import texts_for
from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.settings import load_settings
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.estimating import weights_gb
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.generators.video.key_frame import first_pictures
from storyboard.generators.video.pipeline_facts import PipelineFacts, facts_of
from storyboard.schema.errors import GeneratorUnavailable

_FLOP_A_PARAMETER, _FLOP_A_PAIR = 4.0, 8.0
"""Of a guided step, which runs the model twice: for a token, and for each other token that it attends to."""
_UNET_TFLOP = 8.0
"""Of a guided step for a million pixels: 7.4 of AnimateDiff, 9.5 of VideoFusion."""
_ARGUMENTS = {"steps": "num_inference_steps"}
"""What pipelines call our parameters, where the names differ."""


class AnyParameters(ClipParameters):
    """What the user may tell every pipeline; its own arguments are added from its call."""

    shared_noise: ClassVar[float] = 0.0  # type: ignore[misc]
    batch: int = Field(default=1, ge=1, le=64, description="pieces filmed at once")


class AnyDiffusers(DiffusionVideo[AnyParameters]):
    """Whatever pipeline a model's folder names; from a key frame where its call takes an image."""

    name: ClassVar[str] = "diffusers"
    version: ClassVar[str] = "1"
    default_model: ClassVar[str] = "Wan-AI/Wan2.1-T2V-1.3B-Diffusers"
    needs: ClassVar[Sequence[str]] = ("model_index.json", "*/*.safetensors|*/*.bin")
    files: ClassVar[Sequence[str] | None] = ("model_index.json", "*/*")
    """Not what lies beside the folders: there many keep the same weights once more, in one file."""

    @cached_property
    def facts(self) -> PipelineFacts:
        """What is known of the pipeline; raises GeneratorUnavailable without its configuration."""
        return facts_of(self.weights().path, self.spec)

    @property
    def parameters(self) -> type[AnyParameters]:  # type: ignore[override]
        """What this pipeline can be told: the names that all share, and those of its own call."""
        try:
            return self._parameters
        except GeneratorUnavailable:
            return AnyParameters

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
    def tflop(self) -> float:  # type: ignore[override]
        """The work of a guided step for a million pixels of a clip of the longest, by size and shape."""
        facts = self.facts
        if not facts.is_transformer:
            return _UNET_TFLOP
        n_parameters = weights_gb([self.weights().path / "transformer"], "float16")[0] * 1e9 / 2
        n_tokens = self.n_pixels * (self.lattice.most or 1) / facts.pixels_a_token
        a_token = _FLOP_A_PARAMETER * n_parameters + _FLOP_A_PAIR * n_tokens * facts.attention
        return a_token * 1e6 / facts.pixels_a_token / 1e12

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
        if self.facts.goes_on:
            return "each part goes on from the last frames of the one before"
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
        folder, dtypes = self.weights().path, {"default": device.torch_dtype()}
        if self.facts.card.exact_vae:
            exact = replace(device, dtype_name="float32").torch_dtype()
            dtypes |= {name: exact for name in ("vae", "image_encoder") if (folder / name).is_dir()}
        pipeline = kind.from_pretrained(folder, dtype=dtypes, local_files_only=True)
        if type(getattr(pipeline, "vae", None)).__name__ == "AutoencoderKLAllegro":
            pipeline.vae.enable_tiling()  # without tiles it cannot decode at all
        return pipeline

    def film(
        self, pipeline: Any, wishes: Sequence[Wish[AnyParameters]], n_frames: int, before: Sequence[Frames]
    ) -> list[Frames]:
        """Run it once; what its call does not take is left out."""
        told, frame, facts = wishes[0].told, wishes[0].frame, self.facts
        seeds = [(wish.seed + (len(before[0]) if before else 0)) % 2**32 for wish in wishes]
        asked: dict[str, Any] = {
            "prompt": [wish.prompt for wish in wishes],
            "negative_prompt": [wish.negative_prompt for wish in wishes],
            facts.counts: n_frames,
            "height": frame.height,
            "width": frame.width,
            "fps": round(frame.fps),
            "frame_rate": frame.fps,
            "num_inference_steps": told.steps,
            "guidance_scale": told.guidance_scale,
            "generator": [generator_for(seed) for seed in seeds],
            "seed": seeds[0],
            "output_type": "np",
            **{name: getattr(told, name) for name in facts.arguments},
        }
        if len(wishes) == 1:
            del asked["prompt"], asked["negative_prompt"]
            asked |= texts_for(pipeline, wishes[0].prompt, wishes[0].negative_prompt, facts.takes)
        if self.needs_image:
            asked["image"] = first_pictures(wishes, before)
        if self.uses_portraits:
            asked["reference_images"] = _references(wishes[0])
        if facts.goes_on and before:
            asked |= _going_on(before[0][-self.lattice.overlap :], n_frames)
        taken = {name: value for name, value in asked.items() if name in facts.takes}
        made = frames_of(pipeline(**{name: _alone(value) for name, value in taken.items()}))
        goes_on = self.needs_image or facts.goes_on
        return made if goes_on else dissolved(before, made, self.lattice.overlap)

    @cached_property
    def _parameters(self) -> type[AnyParameters]:
        facts = self.facts
        told: dict[str, Any] = {name: (each.kind, each.default) for name, each in facts.arguments.items()}
        if facts.steps is not None:
            told["steps"] = (int, Field(default=facts.steps, ge=1, le=500, description="denoising steps"))
        if facts.guidance_scale is not None:
            told["guidance_scale"] = (float, Field(default=facts.guidance_scale, ge=0, le=50))
        if facts.card.one_size:
            for name, side in zip(("width", "height"), facts.size, strict=True):
                told[name] = (int, Field(default=side, ge=side, le=side))
        if not facts.is_transformer or facts.takes & {"image", "reference_images", "seed"}:
            told["batch"] = (int, Field(default=1, ge=1, le=1, description="one piece after the other"))
        # What its call does not take is no parameter of it: a class variable is none of a pydantic model.
        for name in ("height", "width", "steps", "guidance_scale", "negative_prompt"):
            if _ARGUMENTS.get(name, name) not in facts.takes:
                told[name] = (ClassVar[Any], ClipParameters.model_fields[name].default)
        return create_model(f"{facts.name}Parameters", __base__=AnyParameters, **told)


def _alone(values: Any) -> Any:
    """Return the one value of a list of one: not every pipeline takes lists."""
    return values[0] if isinstance(values, list) and len(values) == 1 else values


def _references(wish: Wish[AnyParameters]) -> list[Any] | None:
    from PIL import Image

    return [Image.fromarray(read_picture(Path(each.image.file))) for each in wish.portraits] or None


def _going_on(end: Frames, n_frames: int) -> dict[str, Any]:
    """Return a film that begins with the end of what is there, and a mask that keeps that alone."""
    from PIL import Image

    n_there, height, width = end.shape[:3]
    free = Image.new("RGB", (width, height), (128, 128, 128))
    kept, painted = (Image.new("L", (width, height), shade) for shade in (0, 255))
    n_free = n_frames - n_there
    return {
        "video": [*map(Image.fromarray, end), *[free] * n_free],
        "mask": [kept] * n_there + [painted] * n_free,
    }


def dissolved(before: Sequence[Frames], made: list[Frames], overlap: int) -> list[Frames]:
    """Let the end of what is there melt into the beginning of what was made."""
    share = np.linspace(0, 1, overlap + 2)[1:-1, None, None, None]
    for film, new in zip(before, made, strict=False):
        new[:overlap] = np.round(film[-overlap:] * (1 - share) + new[:overlap] * share).astype(np.uint8)
    return made
