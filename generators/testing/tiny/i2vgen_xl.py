"""A tiny I2VGen-XL, as the real one is saved."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import transformers

from storyboard.generators.testing.tiny.clip import WIDTH, tiny_tokenizer
from storyboard.generators.testing.tiny.vae import tiny_vae

diffusers: Any = import_module("diffusers")


def build_i2vgen_xl(folder: Path) -> Path:
    """Save an image-to-video pipeline of the least widths, with the eight-fold VAE of the real one."""
    torch.manual_seed(0)
    tokenizer = tiny_tokenizer()
    text = transformers.CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=WIDTH, intermediate_size=WIDTH, num_hidden_layers=2,
        num_attention_heads=2, max_position_embeddings=77,
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id,
    )  # fmt: skip
    seen = transformers.CLIPVisionConfig(
        hidden_size=WIDTH, intermediate_size=WIDTH, projection_dim=WIDTH, num_hidden_layers=1,
        num_attention_heads=2, image_size=32, patch_size=8,
    )  # fmt: skip
    unet = diffusers.I2VGenXLUNet(
        block_out_channels=(8, 16), layers_per_block=1, sample_size=8, norm_num_groups=4,
        attention_head_dim=4, cross_attention_dim=WIDTH,
        down_block_types=("CrossAttnDownBlock3D", "DownBlock3D"),
        up_block_types=("UpBlock3D", "CrossAttnUpBlock3D"),
    )  # fmt: skip
    pipeline = diffusers.I2VGenXLPipeline(
        vae=tiny_vae(), text_encoder=transformers.CLIPTextModel(text), tokenizer=tokenizer,
        image_encoder=transformers.CLIPVisionModelWithProjection(seen),
        feature_extractor=transformers.CLIPImageProcessor(crop_size=32, size=32),
        unet=unet,
        scheduler=diffusers.DDIMScheduler(beta_schedule="squaredcos_cap_v2", clip_sample=False),
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    return folder
