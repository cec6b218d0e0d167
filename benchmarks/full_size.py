"""Models of full size with random weights, built from their published configurations, for benchmarks/gpu.py.

The configurations are those of stable-diffusion-v1-5, animatediff-motion-adapter-v1-5-2,
text-to-video-ms-1.7b and stable-video-diffusion-img2vid-xt on the hub. Speed and memory do not depend on what
the weights are; pictures do.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import transformers

from storyboard.generators.testing.tiny.clip import tiny_tokenizer

diffusers: Any = import_module("diffusers")

_WIDTHS = (320, 640, 1280, 1280)
_VAE: dict[str, Any] = {
    "block_out_channels": (128, 256, 512, 512), "layers_per_block": 2, "latent_channels": 4,
    "down_block_types": ("DownEncoderBlock2D",) * 4,
}  # fmt: skip


def build_animatediff(folder: Path) -> Path:
    """Save Stable Diffusion 1.5 with the motion adapter v1-5-2 beside it: 1.4 billion parameters, 2.9 GB."""
    tokenizer = tiny_tokenizer()
    unet = diffusers.UNet2DConditionModel(
        sample_size=64, block_out_channels=_WIDTHS, layers_per_block=2, cross_attention_dim=768,
        attention_head_dim=8,
    )  # fmt: skip
    pipeline = diffusers.StableDiffusionPipeline(
        vae=_half(diffusers.AutoencoderKL(**_VAE, up_block_types=("UpDecoderBlock2D",) * 4, sample_size=512)),
        text_encoder=_half(_text_encoder(tokenizer, 768, 3072, 12, 12)),
        tokenizer=tokenizer,
        unet=_half(unet),
        scheduler=diffusers.PNDMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1,
            skip_prk_steps=True,
        ),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    adapter = diffusers.MotionAdapter(
        block_out_channels=_WIDTHS, motion_layers_per_block=2, motion_mid_block_layers_per_block=1,
        motion_num_attention_heads=8, motion_norm_num_groups=32, motion_max_seq_length=32,
        use_motion_mid_block=True,
    )  # fmt: skip
    _half(adapter).save_pretrained(folder / "motion_adapter")
    return folder


def build_videofusion(folder: Path) -> Path:
    """Save ModelScope's text-to-video model: 1.8 billion parameters, 3.7 GB."""
    tokenizer = tiny_tokenizer()
    unet = diffusers.UNet3DConditionModel(
        sample_size=32, block_out_channels=_WIDTHS, layers_per_block=2, cross_attention_dim=1024,
        attention_head_dim=64,
    )  # fmt: skip
    diffusers.TextToVideoSDPipeline(
        vae=_half(diffusers.AutoencoderKL(**_VAE, up_block_types=("UpDecoderBlock2D",) * 4, sample_size=512)),
        text_encoder=_half(_text_encoder(tokenizer, 1024, 4096, 23, 16)),
        tokenizer=tokenizer,
        unet=_half(unet),
        scheduler=diffusers.DDIMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False
        ),
    ).save_pretrained(folder)
    return folder


def build_svd(folder: Path) -> Path:
    """Save Stable Video Diffusion XT: 2.3 billion parameters, 4.5 GB."""
    eye = transformers.CLIPVisionConfig(
        hidden_size=1280, intermediate_size=5120, projection_dim=1024, num_hidden_layers=32,
        num_attention_heads=16, patch_size=14, image_size=224,
    )  # fmt: skip
    unet = diffusers.UNetSpatioTemporalConditionModel(
        sample_size=96, block_out_channels=_WIDTHS, layers_per_block=2, num_attention_heads=(5, 10, 20, 20),
        cross_attention_dim=1024, num_frames=25,
    )  # fmt: skip
    diffusers.StableVideoDiffusionPipeline(
        vae=_half(diffusers.AutoencoderKLTemporalDecoder(**_VAE, sample_size=768)),
        image_encoder=_half(transformers.CLIPVisionModelWithProjection(eye)),
        unet=_half(unet),
        scheduler=diffusers.EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", sigma_min=0.002,
            sigma_max=700.0, timestep_type="continuous", steps_offset=1, prediction_type="v_prediction",
            use_karras_sigmas=True,
        ),
        feature_extractor=transformers.CLIPImageProcessor(crop_size=224, size=224),
    ).save_pretrained(folder)  # fmt: skip
    return folder


def _text_encoder(tokenizer: Any, width: int, between: int, layers: int, heads: int) -> Any:
    config = transformers.CLIPTextConfig(
        vocab_size=49408, hidden_size=width, intermediate_size=between, num_hidden_layers=layers,
        num_attention_heads=heads, max_position_embeddings=77,
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id,
    )  # fmt: skip
    return transformers.CLIPTextModel(config)


def _half(model: Any) -> Any:
    return model.to(torch.float16)
