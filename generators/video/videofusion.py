"""VideoFusion: ModelScope's text-to-video model of 1.7 billion parameters.

Luo et al., VideoFusion: Decomposed Diffusion Models for High-Quality Video Generation, CVPR 2023.
Its weights as diffusers has them are the default; the original ones run through modelscope's pipeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.layout import STABLE_DIFFUSION
from storyboard.generators.models.packages import need
from storyboard.generators.models.tiers import Demand
from storyboard.generators.models.weights import Weights, find_weights, is_folder
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.holding import begun, hold, latents_of
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.noise import shared_noise
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.prompting import embeddings_of
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.generators.video.modelscope_pipeline import (
    MODULES,
    NEEDS,
    ORIGINAL,
    ModelScopePipeline,
    is_original,
)

_HELD = 8  # frames that a further part begins with
_LATENT = 8  # pixels of the picture to one of the latents


class VideoFusionParameters(ClipParameters):
    """What the user may tell VideoFusion; steps and guidance are those of its authors' examples."""

    guidance_scale: float = Field(default=9.0, ge=0, le=50, description="how closely to keep to the prompt")


class VideoFusion(DiffusionVideo[VideoFusionParameters]):
    """Clips of 16 to 42 frames at 256 x 256 pixels' worth of picture, 8 a second.

    The model is a folder or an id of the hub, of diffusers or as ModelScope published it; "modelscope"
    stands for the latter.
    """

    name: ClassVar[str] = "videofusion"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Any]] = VideoFusionParameters
    default_model: ClassVar[str] = "ali-vilab/text-to-video-ms-1.7b"
    needs: ClassVar[Sequence[str]] = STABLE_DIFFUSION.needs
    lattice: ClassVar[FrameLattice] = FrameLattice(16, 1, 42, overlap=_HELD)
    native_fps: ClassVar[float] = 8.0
    n_pixels: ClassVar[int] = 256 * 256
    goes_on_by: ClassVar[str] = "each part is denoised with the last eight frames of the one before held"
    tflop: ClassVar[float] = 9.1

    def __init__(self, model: str = "") -> None:
        super().__init__(model)
        if model == "modelscope":
            self.model = ORIGINAL

    def check(self) -> None:
        """Raise GeneratorUnavailable when a package, the weights or the device are missing."""
        if not self._is_original:
            super().check()
            return
        need(*MODULES, extra="modelscope", where=self.spec)
        self.weights()
        choose_device()

    def weights(self) -> Weights:
        """Return the weights on this machine; raises GeneratorUnavailable where there are none."""
        needs = NEEDS if self._is_original else self.needs
        return find_weights(self.model, self.spec, self.name, needs)

    def demand(self, device: Device, wish: Wish[VideoFusionParameters]) -> Demand:
        """Return what the pipeline needs of the card; the original's weights have 32 bits anywhere."""
        return super().demand(replace(device, dtype_name="float32") if self._is_original else device, wish)

    def load(self, device: Device) -> Any:
        """Return the pipeline."""
        if self._is_original:
            return ModelScopePipeline(self.weights().path)
        import diffusers

        kind: Any = diffusers.TextToVideoSDPipeline
        return kind.from_pretrained(self.weights().path, dtype=device.torch_dtype(), local_files_only=True)

    def film(
        self,
        pipeline: Any,
        wishes: Sequence[Wish[VideoFusionParameters]],
        n_frames: int,
        before: Sequence[Frames],
    ) -> list[Frames]:
        """Run it from noise; further parts with the last frames that are there held."""
        frame, told = wishes[0].frame, wishes[0].told
        shape = (4, n_frames, frame.height // _LATENT, frame.width // _LATENT)
        seeds = [(wish.seed + (len(before[0]) if before else 0)) % 2**32 for wish in wishes]
        noise = shared_noise(seeds, wishes[0].film_seed, told.shared_noise, shape)
        ends = [film[-_HELD:] for film in before]
        if isinstance(pipeline, ModelScopePipeline):
            return pipeline.film(wishes, noise, ends)
        return _filmed(pipeline, wishes, noise, ends)

    @property
    def _is_original(self) -> bool:
        """Whether the weights are as ModelScope published them."""
        if is_folder(self.model):
            return is_original(self.model)
        return self.model.partition("@")[0].endswith(ORIGINAL.partition("/")[2])


def _filmed(
    pipeline: Any, wishes: Sequence[Wish[VideoFusionParameters]], noise: Any, ends: Sequence[Frames]
) -> list[Frames]:
    """Run diffusers' pipeline once for several pieces, of which the last frames may be there."""
    told, scheduler = wishes[0].told, pipeline.scheduler
    prompts, negatives = [wish.prompt for wish in wishes], [wish.negative_prompt for wish in wishes]
    wanted, unwanted = embeddings_of(pipeline, prompts, negatives)
    latents = noise = noise.to(wanted)
    known = None
    if ends:
        scheduler.set_timesteps(told.steps, device=noise.device)
        known = latents_of(pipeline, ends)
        latents = begun(scheduler, known, noise)

    def after_step(step: int, _: Any, running: Any) -> None:
        if known is not None:
            hold(scheduler, running, known, noise, step)

    made = pipeline(
        prompt_embeds=wanted,
        negative_prompt_embeds=unwanted,
        num_frames=noise.shape[2],
        height=wishes[0].frame.height,
        width=wishes[0].frame.width,
        latents=latents,
        num_inference_steps=told.steps,
        guidance_scale=told.guidance_scale,
        output_type="np",
        callback=after_step,
    )
    films = frames_of(made)
    return (
        [np.concatenate([end, film[len(end) :]]) for end, film in zip(ends, films, strict=True)]
        if ends
        else films
    )
