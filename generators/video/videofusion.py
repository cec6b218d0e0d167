"""VideoFusion: ModelScope's text-to-video model of 1.7 billion parameters, through diffusers.

Luo et al., VideoFusion: Decomposed Diffusion Models for High-Quality Video Generation, CVPR 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from storyboard.generators.models.device import Device
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.noise import shared_noise
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.prompting import embeddings_of
from storyboard.generators.video.diffusion.wish import Wish

_GOES_ON = 8  # frames that a further part begins from
_STRENGTH = 0.85  # how far it may leave them
_LATENT = 8  # pixels of the picture to one of the latents


class VideoFusionParameters(ClipParameters):
    """What the user may tell VideoFusion; steps and guidance are those of its authors' examples."""

    steps: int = 25
    guidance_scale: float = 9.0


class VideoFusion(DiffusionVideo[VideoFusionParameters]):
    """Clips of 16 to 42 frames at 256 x 256 pixels' worth of picture, 8 a second."""

    name: ClassVar[str] = "videofusion"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Any]] = VideoFusionParameters
    default_model: ClassVar[str] = "ali-vilab/text-to-video-ms-1.7b"
    needs: ClassVar[Sequence[str]] = (
        "model_index.json",
        "unet/*.safetensors|unet/*.bin",
        "vae/*.safetensors|vae/*.bin",
        "text_encoder/*.safetensors|text_encoder/*.bin",
        "tokenizer/*.json",
        "scheduler/*.json",
    )
    lattice: ClassVar[FrameLattice] = FrameLattice(16, 1, 42, overlap=_GOES_ON)
    native_fps: ClassVar[float] = 8.0
    n_pixels: ClassVar[int] = 256 * 256
    goes_on_by: ClassVar[str] = "each part is painted over the last eight frames of the one before, held"
    tflop: ClassVar[float] = 9.5

    def load(self, device: Device) -> Any:
        """Return the pipeline."""
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
        """Run it from noise; further parts from what the last frames become when they are held."""
        if before:
            return [self._gone_on(pipeline, *each, n_frames) for each in zip(wishes, before, strict=True)]
        frame, told = wishes[0].frame, wishes[0].told
        shape = (4, n_frames, frame.height // _LATENT, frame.width // _LATENT)
        noise = shared_noise([wish.seed for wish in wishes], wishes[0].film_seed, told.shared_noise, shape)
        made = pipeline(
            **_asked(pipeline, wishes),
            num_frames=n_frames,
            height=frame.height,
            width=frame.width,
            latents=noise.to(pipeline.unet.dtype),
        )
        return frames_of(made)

    def _gone_on(
        self, pipeline: Any, wish: Wish[VideoFusionParameters], before: Frames, n_frames: int
    ) -> Frames:
        """Return the frames after those that are there, which are repeated first."""
        import diffusers

        kind: Any = diffusers.VideoToVideoSDPipeline
        going_on = kind(**pipeline.components)
        going_on.progress_bar = pipeline.progress_bar
        end = before[-_GOES_ON:]
        held = np.concatenate([end, np.repeat(end[-1:], n_frames - len(end), axis=0)])
        chance = generator_for((wish.seed + len(before)) % 2**32)
        made = going_on(**_asked(pipeline, [wish]), video=list(held), strength=_STRENGTH, generator=chance)
        return np.concatenate([end, frames_of(made)[0][_GOES_ON:]])


def _asked(pipeline: Any, wishes: Sequence[Wish[VideoFusionParameters]]) -> dict[str, Any]:
    """Return what every run is told."""
    told = wishes[0].told
    prompts, negatives = [wish.prompt for wish in wishes], [wish.negative_prompt for wish in wishes]
    wanted, unwanted = embeddings_of(pipeline, prompts, negatives)
    return {
        "prompt_embeds": wanted,
        "negative_prompt_embeds": unwanted,
        "num_inference_steps": told.steps,
        "guidance_scale": told.guidance_scale,
        "output_type": "np",
    }
