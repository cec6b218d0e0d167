"""AnimateDiff's pipeline: how it is loaded, and how several pieces are denoised side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import torch

from storyboard.generators.models.seeds import generator_for
from storyboard.generators.video.animatediff import (
    DECODED,
    HELD,
    STRIDE,
    WINDOW,
    AnimateDiffParameters,
    Variant,
)
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.holding import hold, latents_of
from storyboard.generators.video.diffusion.noise import shared_noise
from storyboard.generators.video.diffusion.portraits import load_ip_adapter, portrait_arguments
from storyboard.generators.video.diffusion.prompting import embeddings_of
from storyboard.generators.video.diffusion.wish import Wish

_TURN = 4  # frames, half a second, in which one prompt gives way to the next
_AnimateDiffPipeline: Any = diffusers.AnimateDiffPipeline


@dataclass(frozen=True)
class Parts:
    """Where the parts of the pipeline lie.

    Attributes:
        checkpoint: a folder, or one file.
        configuration: of a checkpoint that is one file.
        adapter: folder of the motion adapter.
        ip_adapter: folder of IP-Adapter; None: no portraits.
    """

    checkpoint: Path
    configuration: Path | None
    adapter: Path
    ip_adapter: Path | None


class PiecesPipeline(_AnimateDiffPipeline):  # type: ignore[misc]
    """AnimateDiff's pipeline that is told what every frame of every piece shows.

    FreeNoise in diffusers interpolates the prompts of one clip, each cut at 77 tokens. Here the embeddings
    of all frames of all pieces are given instead, whole. Its windows are always switched on: one that is
    as long as the clip is the plain motion module, and no module has to be exchanged once the pipeline
    is spread over card and main memory.
    """

    frame_embeddings: tuple[Any, Any]
    """Wanted and unwanted, each of shape (pieces * frames, tokens, width)."""

    def _encode_prompt_free_noise(
        self, *_: Any, do_classifier_free_guidance: bool, **__: Any
    ) -> tuple[Any, Any]:
        wanted, unwanted = self.frame_embeddings
        return (torch.cat([unwanted, wanted]) if do_classifier_free_guidance else wanted), unwanted

    def prepare_ip_adapter_image_embeds(self, image: Any, embeddings: Any, *_: Any) -> Any:
        """Take the embeddings as they are: each piece has its own."""
        return embeddings


def load(parts: Parts, variant: Variant, dtype: Any) -> Any:
    """Return the pipeline, not placed."""
    told = {
        "motion_adapter": _adapter(parts.adapter, variant, dtype),
        "feature_extractor": None,
        "image_encoder": None,
        "dtype": dtype,
        "local_files_only": True,
    }
    if parts.configuration is None:
        pipeline = PiecesPipeline.from_pretrained(parts.checkpoint, **told)
    else:
        file, folder = str(parts.checkpoint), str(parts.configuration)
        pipeline = PiecesPipeline.from_single_file(file, config=folder, **told)
    scheduler = getattr(diffusers, variant.scheduler)
    pipeline.scheduler = scheduler.from_config(pipeline.scheduler.config, **variant.options)
    if variant.lora:
        _add_lora(pipeline, parts.adapter, variant)
    if parts.ip_adapter is not None:
        load_ip_adapter(pipeline, parts.ip_adapter)
    pipeline.enable_free_noise(context_length=WINDOW, context_stride=STRIDE)
    _empty(pipeline.motion_adapter)
    return pipeline


def film(
    pipeline: Any, wishes: Sequence[Wish[AnimateDiffParameters]], n_frames: int, before: Sequence[Frames]
) -> list[Frames]:
    """Run the pipeline once for several pieces.

    Args:
        pipeline: as loaded, placed on its device.
        wishes: all with the same frame, stretches and number of portraits.
        n_frames: how many; beyond 16, 16 and a multiple of 4.
        before: what of each piece is there already; its last frames are made again first.
    """
    frame, told = wishes[0].frame, wishes[0].told
    first_frame = len(before[0]) - HELD if before else 0
    pipeline.enable_free_noise(
        context_length=min(WINDOW, n_frames),
        context_stride=STRIDE,
        weighting_scheme="pyramid" if n_frames > WINDOW else "flat",
    )
    pipeline.frame_embeddings = _frame_embeddings(pipeline, wishes, first_frame, n_frames)
    noise = _noise(pipeline, wishes, first_frame, n_frames)
    made = pipeline(
        prompt=[""] * len(wishes),
        num_frames=n_frames,
        height=frame.height,
        width=frame.width,
        num_inference_steps=told.steps,
        guidance_scale=told.guidance_scale,
        latents=noise,
        generator=[generator_for((wish.seed + first_frame + 1) % 2**32) for wish in wishes],
        output_type="np",
        decode_chunk_size=DECODED,
        callback_on_step_end=_holding(pipeline, before, noise) if before else None,
        **_portraits(pipeline, wishes),
    )
    return frames_of(made)


def _adapter(folder: Path, variant: Variant, dtype: Any) -> Any:
    """Return the motion adapter; a bare file fits MotionAdapter's own defaults, or a config beside it."""
    kind: Any = diffusers.MotionAdapter
    if not variant.file:
        return kind.from_pretrained(folder, dtype=dtype, local_files_only=True)
    config = kind.load_config(folder) if (folder / "config.json").is_file() else {}
    adapter = kind.from_config(config)
    adapter.load_state_dict(import_module("safetensors.torch").load_file(folder / variant.file))
    return adapter.to(dtype)


def _add_lora(pipeline: Any, folder: Path, variant: Variant) -> None:
    """Add a LoRA to the weights themselves, where it costs nothing more."""
    pipeline.load_lora_weights(
        folder, weight_name=variant.lora, adapter_name="few_steps", local_files_only=True
    )
    pipeline.fuse_lora(lora_scale=variant.lora_scale, adapter_names=["few_steps"])
    pipeline.unload_lora_weights()


def _empty(adapter: Any) -> None:
    """Let go of the adapter's own weights: the UNet has them now. One block says what device it is on."""
    adapter.down_blocks = adapter.down_blocks[:1]
    adapter.up_blocks = torch.nn.ModuleList()
    adapter.mid_block = None


def _frame_embeddings(
    pipeline: Any, wishes: Sequence[Wish[AnimateDiffParameters]], first_frame: int, n_frames: int
) -> tuple[Any, Any]:
    """Return what every frame of every piece is to show, and what not."""
    texts = [[wish.negative_prompt, wish.prompt, *(later for _, later in wish.travel)] for wish in wishes]
    rows = iter(embeddings_of(pipeline, [text for each in texts for text in each], [])[0].split(1))
    wanted, unwanted = [], []
    for wish, each in zip(wishes, texts, strict=True):
        negative, *prompts = [next(rows) for _ in each]
        shares = torch.from_numpy(_shares(wish, first_frame, n_frames)).to(negative)
        wanted.append(torch.einsum("fp,ptw->ftw", shares, torch.cat(prompts)))
        unwanted.append(negative.repeat_interleave(n_frames, dim=0))
    return torch.cat(wanted), torch.cat(unwanted)


def _shares(wish: Wish[AnimateDiffParameters], first_frame: int, n_frames: int) -> Any:
    """Return how much each prompt of a piece counts in each frame, shape (frames, prompts).

    A prompt holds until half a second before the next one takes over.
    """
    at, which = [0], [0]
    for number, (frame, _) in enumerate(wish.travel, start=1):
        at += [max(at[-1], frame - _TURN), frame]
        which += [number - 1, number]
    frames = np.arange(first_frame, first_frame + n_frames)
    columns = [np.interp(frames, at, np.equal(which, n)) for n in range(len(wish.travel) + 1)]
    return np.stack(columns, axis=1)


def _noise(
    pipeline: Any, wishes: Sequence[Wish[AnimateDiffParameters]], first_frame: int, n_frames: int
) -> Any:
    """Return the latents to begin with, shape (pieces, channels, frames, height, width).

    Beyond the first window FreeNoise takes the noise of 16 frames earlier, four by four in another
    order: what lies apart stays related.
    """
    frame, told = wishes[0].frame, wishes[0].told
    size = (frame.height // pipeline.vae_scale_factor, frame.width // pipeline.vae_scale_factor)
    shape = (pipeline.unet.config.in_channels, min(WINDOW, n_frames), *size)
    seeds = [(wish.seed + first_frame) % 2**32 for wish in wishes]
    noise = shared_noise(seeds, wishes[0].film_seed, told.shared_noise, shape)
    rows = [own[:, _order(seed, n_frames)] for own, seed in zip(noise, seeds, strict=True)]
    return torch.stack(rows).to(pipeline.unet.dtype)


def _order(seed: int, n_frames: int) -> list[int]:
    """Return which frame of the first window each frame has its noise from."""
    chance = generator_for(seed)
    order = list(range(min(WINDOW, n_frames)))
    while len(order) < n_frames:
        earlier = order[-WINDOW:][:STRIDE]
        order += [earlier[place] for place in torch.randperm(STRIDE, generator=chance)]
    return order


def _holding(pipeline: Any, before: Sequence[Frames], noise: Any) -> Callable[..., dict[str, Any]]:
    """Return what puts the frames that stand already back after every step, as noisy as all are then."""
    known = latents_of(pipeline, [film[-HELD:] for film in before])
    noise = noise.to(known)

    def put_back(running: Any, step: int, _: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        hold(running.scheduler, tensors["latents"], known, noise, step)
        return {"latents": tensors["latents"]}

    return put_back


def _portraits(pipeline: Any, wishes: Sequence[Wish[AnimateDiffParameters]]) -> dict[str, Any]:
    """Return the embeddings of the portraits of every piece."""
    told = wishes[0].told
    guided = told.guidance_scale > 1
    name = "ip_adapter_image_embeds"
    each = [
        portrait_arguments(pipeline, wish.portraits, told.portrait_scale, guided=guided) for wish in wishes
    ]
    if not all(each):
        return {}
    return {name: [torch.stack([one[name][0] for one in each], dim=1).flatten(0, 1)]}
