"""A tiny ModelScope text-to-video model, as VideoFusion loads it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import torch

from storyboard.generators.testing.tiny.clip import WIDTH, tiny_text_encoder, tiny_tokenizer
from storyboard.generators.testing.tiny.vae import tiny_vae

diffusers: Any = import_module("diffusers")


def build_text_to_video(folder: Path) -> Path:
    """Save a text-to-video pipeline of the least widths, with the eight-fold VAE of the real one."""
    torch.manual_seed(0)
    tokenizer = tiny_tokenizer()
    unet = diffusers.UNet3DConditionModel(
        block_out_channels=(8, 16), layers_per_block=1, sample_size=8, norm_num_groups=4,
        attention_head_dim=4, cross_attention_dim=WIDTH,
        down_block_types=("CrossAttnDownBlock3D", "DownBlock3D"),
        up_block_types=("UpBlock3D", "CrossAttnUpBlock3D"),
    )  # fmt: skip
    pipeline = diffusers.TextToVideoSDPipeline(
        vae=tiny_vae(), text_encoder=tiny_text_encoder(tokenizer), tokenizer=tokenizer, unet=unet,
        scheduler=diffusers.DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False),
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    return folder
