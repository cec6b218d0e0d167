"""The pictures' side of a tiny model: a VAE of the least widths, eight-fold as Stable Diffusion's is."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def tiny_vae() -> Any:
    """Return a VAE whose latents stand for 8 x 8 pixels each."""
    kind: Any = import_module("diffusers").AutoencoderKL
    return kind(
        block_out_channels=(4, 4, 4, 4), layers_per_block=1, norm_num_groups=2, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    )  # fmt: skip
