"""A tiny Stable Video Diffusion, as the real one is saved."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import transformers

diffusers: Any = import_module("diffusers")

_WIDTH = 32  # the normalisation of its blocks has 32 groups
_EMBEDDED = 8  # width of the image's embedding


def build_svd(folder: Path, n_frames: int = 4) -> Path:
    """Save an image-to-video pipeline of the least widths, with the eight-fold VAE of the real one.

    Args:
        folder: where.
        n_frames: how many its UNet says that it was trained on.
    """
    torch.manual_seed(0)
    unet = diffusers.UNetSpatioTemporalConditionModel(
        block_out_channels=(_WIDTH, _WIDTH), layers_per_block=1, sample_size=8, num_frames=n_frames,
        num_attention_heads=(2, 2), cross_attention_dim=_EMBEDDED, in_channels=8, out_channels=4,
        addition_time_embed_dim=8, projection_class_embeddings_input_dim=24,
        down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
        up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"),
    )  # fmt: skip
    vae = diffusers.AutoencoderKLTemporalDecoder(
        block_out_channels=(_WIDTH,) * 4, layers_per_block=1, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4,
    )  # fmt: skip
    encoder = transformers.CLIPVisionModelWithProjection(
        transformers.CLIPVisionConfig(
            hidden_size=16, intermediate_size=16, projection_dim=_EMBEDDED, num_hidden_layers=1,
            num_attention_heads=2, image_size=224, patch_size=56,
        )
    )  # fmt: skip
    pipeline = diffusers.StableVideoDiffusionPipeline(
        vae=vae, image_encoder=encoder, unet=unet,
        scheduler=diffusers.EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", sigma_min=0.002,
            sigma_max=700.0, timestep_spacing="leading", timestep_type="continuous", steps_offset=1,
            prediction_type="v_prediction", use_karras_sigmas=True, interpolation_type="linear",
        ),
        feature_extractor=transformers.CLIPImageProcessor(crop_size=224, size=224),
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    return folder
