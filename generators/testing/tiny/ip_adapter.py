"""A tiny IP-Adapter with its image encoder, laid out like h94/IP-Adapter."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import transformers

from storyboard.generators.testing.tiny.clip import WIDTH

_TOKENS = 4  # of the text's width for one picture, as IP-Adapter's projection has them


def build_ip_adapter(folder: Path, unet: Any) -> Path:
    """Save an IP-Adapter for a UNet.

    Args:
        folder: gets models/ip-adapter_sd15.safetensors and models/image_encoder.
        unet: what it is for, a UNet2DConditionModel.
    """
    torch.manual_seed(5)
    encoder = transformers.CLIPVisionModelWithProjection(
        transformers.CLIPVisionConfig(
            hidden_size=WIDTH, intermediate_size=WIDTH, projection_dim=WIDTH, num_hidden_layers=1,
            num_attention_heads=2, image_size=32, patch_size=8,
        )
    )  # fmt: skip
    encoder.save_pretrained(folder / "models" / "image_encoder")
    weights = {
        "image_proj.proj.weight": torch.randn(_TOKENS * WIDTH, WIDTH),
        "image_proj.proj.bias": torch.randn(_TOKENS * WIDTH),
        "image_proj.norm.weight": torch.ones(WIDTH),
        "image_proj.norm.bias": torch.randn(WIDTH),
    }
    # As in the real file: the cross-attentions have the odd numbers, in the order of the UNet's processors.
    crossing = [name for name in unet.attn_processors if name.endswith("attn2.processor")]
    for index, name in enumerate(crossing):
        width = unet.get_submodule(name.removesuffix(".processor")).to_k.out_features
        for part in ("to_k_ip", "to_v_ip"):
            weights[f"ip_adapter.{2 * index + 1}.{part}.weight"] = torch.randn(width, WIDTH)
    import_module("safetensors.torch").save_file(weights, folder / "models" / "ip-adapter_sd15.safetensors")
    return folder
