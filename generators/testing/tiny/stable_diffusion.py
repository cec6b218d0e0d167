"""Tiny text-to-image models: a Stable Diffusion, with an IP-Adapter where that is wanted, and an XL."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import transformers

from storyboard.generators.testing.tiny.animatediff import build_checkpoint
from storyboard.generators.testing.tiny.clip import WIDTH, tiny_text_encoder, tiny_tokenizer
from storyboard.generators.testing.tiny.ip_adapter import build_ip_adapter
from storyboard.generators.testing.tiny.vae import tiny_vae

diffusers: Any = import_module("diffusers")


def build_stable_diffusion(folder: Path, *, portraits: bool = False) -> Path:
    """Save a Stable Diffusion of the least widths, trained on squares of 64 pixels.

    Args:
        folder: where.
        portraits: whether it brings its own `ip_adapter`.
    """
    build_checkpoint(folder)
    if portraits:
        unet = diffusers.UNet2DConditionModel.from_pretrained(folder / "unet", local_files_only=True)
        build_ip_adapter(folder / "ip_adapter", unet)
    return folder


def build_stable_diffusion_xl(folder: Path) -> Path:
    """Save a Stable Diffusion XL of the least widths, with both of its text encoders."""
    torch.manual_seed(0)
    tokenizer, first = tiny_tokenizer(), tiny_text_encoder(tiny_tokenizer())
    second = transformers.CLIPTextModelWithProjection(
        transformers.CLIPTextConfig(**{**first.config.to_dict(), "projection_dim": WIDTH})
    )
    unet = diffusers.UNet2DConditionModel(
        block_out_channels=(8, 16), layers_per_block=1, sample_size=8, norm_num_groups=4,
        attention_head_dim=2, cross_attention_dim=2 * WIDTH, transformer_layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + WIDTH,
    )  # fmt: skip
    pipeline = diffusers.StableDiffusionXLPipeline(
        vae=tiny_vae(), text_encoder=first, text_encoder_2=second, tokenizer=tokenizer,
        tokenizer_2=tiny_tokenizer(), unet=unet,
        scheduler=diffusers.EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1
        ),
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    return folder
