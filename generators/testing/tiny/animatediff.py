"""A tiny Stable Diffusion with a motion adapter beside it, as AnimateDiff loads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import torch

from storyboard.generators.testing.tiny.clip import WIDTH, tiny_text_encoder, tiny_tokenizer
from storyboard.generators.testing.tiny.vae import tiny_vae

diffusers: Any = import_module("diffusers")

_WIDTHS = (8, 16)
_GROUPS = 4


def build_animatediff(folder: Path) -> Path:
    """Save a checkpoint of the least widths that brings its own `motion_adapter`, so that it runs at once."""
    build_motion_adapter(build_checkpoint(folder) / "motion_adapter")
    return folder


def build_checkpoint(folder: Path) -> Path:
    """Save a Stable Diffusion pipeline with the eight-fold VAE of the real one."""
    torch.manual_seed(0)
    tokenizer = tiny_tokenizer()
    unet = diffusers.UNet2DConditionModel(
        block_out_channels=_WIDTHS, layers_per_block=1, sample_size=8, norm_num_groups=_GROUPS,
        attention_head_dim=2, cross_attention_dim=WIDTH,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
    )  # fmt: skip
    pipeline = diffusers.StableDiffusionPipeline(
        vae=tiny_vae(), text_encoder=tiny_text_encoder(tokenizer), tokenizer=tokenizer, unet=unet,
        scheduler=diffusers.PNDMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1,
            skip_prk_steps=True,
        ),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    return folder


def build_single_file(checkpoint: Path, file: Path) -> Path:
    """Save the weights of a checkpoint as one file, named as Stable Diffusion's own code names them."""
    parts = {
        part: _load(checkpoint / part / name)
        for part, name in (
            ("unet", "diffusion_pytorch_model.safetensors"),
            ("vae", "diffusion_pytorch_model.safetensors"),
            ("text_encoder", "model.safetensors"),
        )
    }
    text = {
        f"text_model.{name.removeprefix('text_model.')}": row for name, row in parts["text_encoder"].items()
    }
    weights = {f"cond_stage_model.transformer.{name}": row for name, row in text.items()}
    weights |= {f"model.diffusion_model.{_unet_name(name)}": row for name, row in parts["unet"].items()}
    for name, row in parts["vae"].items():
        is_attention = ".attentions." in name and "group_norm" not in name and name.endswith("weight")
        weights[f"first_stage_model.{_vae_name(name)}"] = row[..., None, None] if is_attention else row
    _save(weights, file)
    return file


def build_motion_adapter(folder: Path, seed: int = 1) -> Path:
    """Save a motion adapter for that checkpoint."""
    _motion_adapter(seed).save_pretrained(folder)
    return folder


def build_lcm_adapter(folder: Path) -> Path:
    """Save an adapter with a LoRA beside it, laid out like wangfuyun/AnimateLCM."""
    build_motion_adapter(folder, seed=2)
    torch.manual_seed(3)
    block = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora"
    weights = {f"{block}_A.weight": torch.randn(2, 8), f"{block}_B.weight": torch.randn(8, 2)}
    _save(weights, folder / "AnimateLCM_sd15_t2v_lora.safetensors")
    return folder


def build_lightning_adapter(folder: Path) -> Path:
    """Save an adapter as one file, as ByteDance/AnimateDiff-Lightning has it.

    The real one comes without a config, since its widths are MotionAdapter's own defaults.
    """
    adapter = _motion_adapter(seed=4)
    adapter.save_config(folder)
    _save(adapter.state_dict(), folder / "animatediff_lightning_4step_diffusers.safetensors")
    return folder


def _motion_adapter(seed: int) -> Any:
    torch.manual_seed(seed)
    return diffusers.MotionAdapter(
        block_out_channels=_WIDTHS, motion_layers_per_block=1, motion_norm_num_groups=_GROUPS,
        motion_num_attention_heads=2, motion_max_seq_length=32, use_motion_mid_block=False,
    )  # fmt: skip


def _save(weights: dict[str, Any], path: Path) -> None:
    import_module("safetensors.torch").save_file(weights, path)


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = import_module("safetensors.torch").load_file(path)
    return loaded


_UNET_NAMES = (
    (r"^time_embedding\.linear_1", r"time_embed.0"),
    (r"^time_embedding\.linear_2", r"time_embed.2"),
    (r"^conv_in", r"input_blocks.0.0"),
    (r"^conv_norm_out", r"out.0"),
    (r"^conv_out", r"out.2"),
    (r"^mid_block\.resnets\.0", r"middle_block.0"),
    (r"^mid_block\.attentions\.0", r"middle_block.1"),
    (r"^mid_block\.resnets\.1", r"middle_block.2"),
    # Blocks of one layer: two steps down for each, and two steps up.
    (r"^down_blocks\.0\.resnets\.0", r"input_blocks.1.0"),
    (r"^down_blocks\.0\.attentions\.0", r"input_blocks.1.1"),
    (r"^down_blocks\.0\.downsamplers\.0\.conv", r"input_blocks.2.0.op"),
    (r"^down_blocks\.1\.resnets\.0", r"input_blocks.3.0"),
    (r"^up_blocks\.0\.resnets\.(.)", r"output_blocks.\1.0"),
    (r"^up_blocks\.0\.upsamplers\.0", r"output_blocks.1.1"),
    (r"^up_blocks\.1\.resnets\.0", r"output_blocks.2.0"),
    (r"^up_blocks\.1\.resnets\.1", r"output_blocks.3.0"),
    (r"^up_blocks\.1\.attentions\.0", r"output_blocks.2.1"),
    (r"^up_blocks\.1\.attentions\.1", r"output_blocks.3.1"),
)
_RESNET_NAMES = (
    ("norm1", "in_layers.0"), ("conv1", "in_layers.2"), ("time_emb_proj", "emb_layers.1"),
    ("norm2", "out_layers.0"), ("conv2", "out_layers.3"), ("conv_shortcut", "skip_connection"),
)  # fmt: skip
_VAE_NAMES = (
    (r"mid_block\.resnets\.0", "mid.block_1"),
    (r"mid_block\.resnets\.1", "mid.block_2"),
    (r"mid_block\.attentions\.0", "mid.attn_1"),
    (r"group_norm", "norm"), (r"to_q", "q"), (r"to_k", "k"), (r"to_v", "v"), (r"to_out\.0", "proj_out"),
    (r"down_blocks\.(.)\.resnets", r"down.\1.block"),
    (r"down_blocks\.(.)\.downsamplers\.0", r"down.\1.downsample"),
    (r"up_blocks\.(.)\.resnets", lambda found: f"up.{3 - int(found[1])}.block"),
    (r"up_blocks\.(.)\.upsamplers\.0", lambda found: f"up.{3 - int(found[1])}.upsample"),
    (r"conv_shortcut", "nin_shortcut"), (r"conv_norm_out", "norm_out"),
)  # fmt: skip


def _unet_name(name: str) -> str:
    if ".resnets." in name:
        for new, old in _RESNET_NAMES:
            name = name.replace(f".{new}.", f".{old}.")
    return _renamed(name, _UNET_NAMES)


def _vae_name(name: str) -> str:
    return _renamed(name, _VAE_NAMES)


def _renamed(name: str, rules: Iterable[tuple[str, Any]]) -> str:
    for pattern, new in rules:
        name = re.sub(pattern, new, name)
    return name
