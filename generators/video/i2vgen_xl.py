"""I2VGen-XL: a key frame begins to move as its prompt says.

Zhang et al., I2VGen-XL: High-Quality Image-to-Video Synthesis via Cascaded Diffusion Models, 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import Field

from storyboard.generators.models.device import Device
from storyboard.generators.models.layout import Layout
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.models.tiers import Demand
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.prompting import embeddings_of
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.generators.video.key_frame import first_pictures, part_noise

_LATENT = 8  # pixels of the picture to one of the latents
_LAYOUT = Layout(
    ("unet", "vae", "text_encoder", "image_encoder"), ("tokenizer", "feature_extractor", "scheduler")
)


class I2VGenXLParameters(ClipParameters):
    """What the user may tell I2VGen-XL; steps and guidance are those of its card."""

    steps: int = Field(default=50, ge=1, le=500, description="denoising steps")
    guidance_scale: float = Field(default=9.0, ge=0, le=50, description="how closely to keep to the prompt")
    decode_chunk_size: int = Field(
        default=1, ge=1, le=2000, description="frames decoded at once; more are faster and take more memory"
    )


class I2VGenXL(DiffusionVideo[I2VGenXLParameters]):
    """Clips of 16 frames at 1280 x 704 pixels' worth of picture, 16 a second, out of key frames."""

    name: ClassVar[str] = "i2vgen-xl"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Any]] = I2VGenXLParameters
    default_model: ClassVar[str] = "ali-vilab/i2vgen-xl"
    needs: ClassVar[Sequence[str]] = _LAYOUT.needs
    files: ClassVar[Sequence[str] | None] = _LAYOUT.files
    lattice: ClassVar[FrameLattice] = FrameLattice(16, 1, 16, overlap=1)
    native_fps: ClassVar[float] = 16.0
    n_pixels: ClassVar[int] = 1280 * 704
    multiple: ClassVar[int] = 64
    needs_image: ClassVar[bool] = True
    run_bytes: ClassVar[float] = 450.0
    tflop: ClassVar[float] = 9.5

    def load(self, device: Device) -> Any:
        """Return the pipeline, its text encoder cut off and its VAE made steady."""
        import diffusers

        kind: Any = diffusers.I2VGenXLPipeline
        pipeline = kind.from_pretrained(
            self.weights().path, dtype=device.torch_dtype(), local_files_only=True
        )
        _cut_off(pipeline.text_encoder)
        _make_steady(pipeline.vae)
        return pipeline

    def demand(self, device: Device, wish: Wish[I2VGenXLParameters]) -> Demand:
        """Return what the pipeline needs of the card; only a few frames are decoded at once."""
        n_frames = min(wish.told.decode_chunk_size, max(wish.stretches))
        n_pixels = n_frames * wish.frame.width * wish.frame.height
        return replace(super().demand(device, wish), decode=n_pixels * self.decode_bytes / 1e9)

    def film(
        self,
        pipeline: Any,
        wishes: Sequence[Wish[I2VGenXLParameters]],
        n_frames: int,
        before: Sequence[Frames],
    ) -> list[Frames]:
        """Run it from the key frames; further parts from the last frame that is there."""
        frame, told = wishes[0].frame, wishes[0].told
        n_there = len(before[0]) if before else 0
        seeds, noise = part_noise(
            wishes, n_there, (4, n_frames, frame.height // _LATENT, frame.width // _LATENT)
        )
        prompts = [_prompt_at(wish, n_there) for wish in wishes]
        wanted, unwanted = embeddings_of(pipeline, prompts, [wish.negative_prompt for wish in wishes])
        made = pipeline(
            image=first_pictures(wishes, before),
            prompt_embeds=wanted,
            negative_prompt_embeds=unwanted,
            clip_skip=None,
            width=frame.width,
            height=frame.height,
            target_fps=round(frame.fps),
            num_frames=n_frames,
            num_inference_steps=told.steps,
            guidance_scale=told.guidance_scale,
            decode_chunk_size=told.decode_chunk_size,
            generator=[generator_for(seed) for seed in seeds],
            latents=noise.to(pipeline.unet.dtype),
            output_type="np",
        )
        return frames_of(made)


def _prompt_at(wish: Wish[I2VGenXLParameters], frame: int) -> str:
    """Return the prompt that holds when a part begins with a frame of the piece."""
    taken_over = [text for first, text in wish.travel if first <= frame]
    return taken_over[-1] if taken_over else wish.prompt


def _cut_off(text_encoder: Any) -> None:
    """Take the last layer off: the model reads what the one before it says, normalised (clip_skip 1).

    The pipeline's own way to it looks for `text_model`, which transformers has no more since 5.6.
    """
    inner = getattr(text_encoder, "text_model", text_encoder)
    inner.encoder.layers = inner.encoder.layers[:-1]


def _make_steady(vae: Any) -> None:
    """Let the VAE give the mean of a picture's latents, not a sample.

    The pipeline would draw it from the state that all of torch shares, the same for no two runs.
    """
    encode = vae.encode

    def steadily(picture: Any, *args: Any, **told: Any) -> Any:
        encoded = encode(picture, *args, **told)
        encoded.latent_dist.sample = encoded.latent_dist.mode
        return encoded

    vae.encode = steadily
