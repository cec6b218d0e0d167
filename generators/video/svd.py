"""Stable Video Diffusion: a key frame begins to move.

Blattmann et al., Stable Video Diffusion: Scaling Latent Video Diffusion Models to Large Datasets, 2023.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, cast

from pydantic import Field, field_validator

from storyboard.generators.models.device import Device
from storyboard.generators.models.layout import Layout
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.models.tiers import Demand, Tier
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.generators.video.key_frame import first_pictures, part_noise
from storyboard.schema.document import Text
from storyboard.schema.errors import GeneratorUnavailable

_TRAINED = 25  # frames of the model named xt
_FEWEST = 14  # frames of the first model, which both make well
_DECODED, _FEW_DECODED = 8, 2  # frames at once, as diffusers' guide has them, and where memory is short
_LATENT = 8  # pixels of the picture to one of the latents
_MULTIPLE = 64  # the UNet halves the latents three times, and its way up meets them again only then

_LAYOUT = Layout(("unet", "vae", "image_encoder"), ("feature_extractor", "scheduler"))


class StableVideoDiffusionParameters(ClipParameters):
    """What the user may tell Stable Video Diffusion, by its own names; values are those of its card."""

    guidance_scale: float = Field(
        default=3.0, ge=0, le=50, description="how closely the last frame keeps to the key frame"
    )
    max_guidance_scale: float | None = Field(
        default=None, ge=0, le=50, description="the model's own name for guidance_scale, which it replaces"
    )
    min_guidance_scale: float = Field(default=1.0, ge=0, le=50, description="the same of the first frame")
    motion_bucket_id: int = Field(default=127, ge=0, le=511, description="how much moves, of 255 in training")
    noise_aug_strength: float = Field(
        default=0.02, ge=0, le=10, description="noise on the key frame: more leaves more freedom to move"
    )
    decode_chunk_size: int | None = Field(
        default=None, ge=1, le=2000, description="decoded at once; None: as many as memory allows, up to 8"
    )
    height: int | None = Field(default=None, ge=64, le=4096, multiple_of=_MULTIPLE)
    width: int | None = Field(default=None, ge=64, le=4096, multiple_of=_MULTIPLE)

    @field_validator("negative_prompt")
    @classmethod
    def _has_no_prompt(cls, value: Text) -> Text:
        if value:
            raise ValueError("svd reads no prompts; tell it to the generator of key frames")
        return value


class StableVideoDiffusion(DiffusionVideo[StableVideoDiffusionParameters]):
    """Clips of 14 to 25 frames at 1024 x 576 pixels' worth of picture, 7 a second, out of key frames.

    It reads no prompt itself. The key frame did, and a changed prompt makes another one, hence another clip.
    """

    name: ClassVar[str] = "svd"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Any]] = StableVideoDiffusionParameters
    default_model: ClassVar[str] = "stabilityai/stable-video-diffusion-img2vid-xt"
    needs: ClassVar[Sequence[str]] = _LAYOUT.needs
    files: ClassVar[Sequence[str] | None] = _LAYOUT.files
    native_fps: ClassVar[float] = 7.0
    n_pixels: ClassVar[int] = 1024 * 576
    multiple: ClassVar[int] = _MULTIPLE
    needs_image: ClassVar[bool] = True
    run_bytes: ClassVar[float] = 450.0
    tflop: ClassVar[float] = 8.7

    @property
    def lattice(self) -> FrameLattice:  # type: ignore[override]
        """The frame counts of the weights: 14 at most of the first model, 25 of the one named xt."""
        n_frames = self._n_trained()
        return FrameLattice(min(_FEWEST, n_frames), 1, n_frames, overlap=1)

    def load(self, device: Device) -> Any:
        """Return the pipeline."""
        import diffusers

        kind: Any = diffusers.StableVideoDiffusionPipeline
        return kind.from_pretrained(self.weights().path, dtype=device.torch_dtype(), local_files_only=True)

    def held(self, device: Device, tier: Tier) -> Any:
        """Return the pipeline; since its VAE cannot work in tiles it decodes fewer frames at once there."""
        pipeline = super().held(device, tier)
        pipeline.n_decoded = _FEW_DECODED if tier.tiled else _DECODED
        return pipeline

    def demand(self, device: Device, wish: Wish[StableVideoDiffusionParameters]) -> Demand:
        """Return what the pipeline needs of the card; only a few frames are decoded at once."""
        n_decoded = wish.told.decode_chunk_size or _DECODED
        n_pixels = min(n_decoded, max(wish.stretches)) * wish.frame.width * wish.frame.height
        return replace(super().demand(device, wish), decode=n_pixels * self.decode_bytes / 1e9)

    def film(
        self,
        pipeline: Any,
        wishes: Sequence[Wish[StableVideoDiffusionParameters]],
        n_frames: int,
        before: Sequence[Frames],
    ) -> list[Frames]:
        """Run it from the key frames; further parts from the last frame that is there."""
        frame, told = wishes[0].frame, wishes[0].told
        seeds, noise = part_noise(
            wishes,
            len(before[0]) if before else 0,
            (n_frames, 4, frame.height // _LATENT, frame.width // _LATENT),
        )
        # In float16 the pipeline brings its VAE to float32 for a while, and leaves it so where that fails.
        pipeline.vae.to(dtype=pipeline.unet.dtype)
        largest = told.guidance_scale if told.max_guidance_scale is None else told.max_guidance_scale
        latents = pipeline(
            image=first_pictures(wishes, before),
            width=frame.width,
            height=frame.height,
            num_frames=n_frames,
            num_inference_steps=told.steps,
            min_guidance_scale=min(told.min_guidance_scale, largest),
            max_guidance_scale=largest,
            fps=round(frame.fps),
            motion_bucket_id=told.motion_bucket_id,
            noise_aug_strength=told.noise_aug_strength,
            generator=[generator_for(seed) for seed in seeds],
            latents=noise.to(pipeline.unet.dtype),
            output_type="latent",
        ).frames
        n_decoded = told.decode_chunk_size or pipeline.n_decoded
        return [_decoded(pipeline, latents[index : index + 1], n_decoded) for index in range(len(wishes))]

    def _n_trained(self) -> int:
        """Return how many frames the weights were trained on; those of the default where there are none."""
        try:
            config = json.loads((self.weights().path / "unet" / "config.json").read_bytes())
        except (GeneratorUnavailable, OSError, ValueError):
            return _TRAINED
        return int(cast(dict[str, Any], config).get("num_frames", _TRAINED))


def _decoded(pipeline: Any, latents: Any, n_decoded: int) -> Frames:
    """Decode one clip: of several, the pipeline would decode frames together and mix them over time."""
    import torch

    with torch.no_grad():
        video = pipeline.decode_latents(latents, latents.shape[1], n_decoded)
    pipeline.maybe_free_model_hooks()
    (frames,) = frames_of(pipeline.video_processor.postprocess_video(video, output_type="np"))
    return frames
