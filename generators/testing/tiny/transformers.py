"""Tiny video transformers: Wan from text, from an image and from reference images, LTX, CogVideoX, Mochi."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import transformers

from storyboard.generators.testing.tiny.t5 import WIDTH, tiny_t5_encoder, tiny_t5_tokenizer

diffusers: Any = import_module("diffusers")


def build_wan(folder: Path, *, from_image: bool = False) -> Path:
    """Save a Wan pipeline, from text or from an image; counts of 4k + 1 frames."""
    torch.manual_seed(0)
    parts = _wan_parts()
    transformer = diffusers.WanTransformer3DModel(
        **_WAN, in_channels=36 if from_image else 16, image_dim=WIDTH if from_image else None
    )
    if not from_image:
        diffusers.WanPipeline(**parts, transformer=transformer).save_pretrained(folder)
        return folder
    seeing = transformers.CLIPVisionConfig(
        hidden_size=WIDTH, projection_dim=WIDTH, intermediate_size=16, num_hidden_layers=2,
        num_attention_heads=2, image_size=32, patch_size=16,
    )  # fmt: skip
    diffusers.WanImageToVideoPipeline(
        **parts,
        transformer=transformer,
        image_encoder=transformers.CLIPVisionModel(seeing),
        image_processor=transformers.CLIPImageProcessor(
            size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}
        ),
    ).save_pretrained(folder)
    return folder


def build_wan_vace(folder: Path) -> Path:
    """Save a Wan VACE pipeline, which takes reference images, and frames to go on from."""
    torch.manual_seed(0)
    transformer = diffusers.WanVACETransformer3DModel(
        **_WAN, in_channels=16, vace_layers=[0], vace_in_channels=96
    )
    # The last layer of the way in begins at zero, so that it changes nothing before it is trained.
    for block in transformer.vace_blocks:
        torch.nn.init.normal_(block.proj_out.weight, std=0.5)
    diffusers.WanVACEPipeline(**_wan_parts(), transformer=transformer).save_pretrained(folder)
    return folder


_WAN: dict[str, Any] = dict(
    patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, out_channels=16, text_dim=WIDTH,
    freq_dim=32, ffn_dim=16, num_layers=1, cross_attn_norm=True, qk_norm="rms_norm_across_heads",
    rope_max_seq_len=32,
)  # fmt: skip


def _wan_parts() -> dict[str, Any]:
    """Return what all Wan pipelines have beside their transformer."""
    tokenizer = tiny_t5_tokenizer()
    return dict(
        tokenizer=tokenizer,
        text_encoder=tiny_t5_encoder(tokenizer),
        vae=diffusers.AutoencoderKLWan(
            base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1,
            temperal_downsample=[False, True, True],
        ),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=7.0),
    )  # fmt: skip


def build_mochi(folder: Path) -> Path:
    """Save a Mochi pipeline from text; counts of 6k + 1 frames."""
    torch.manual_seed(0)
    tokenizer = tiny_t5_tokenizer()
    vae = diffusers.AutoencoderKLMochi(
        latent_channels=12, out_channels=3, encoder_block_out_channels=(32, 32, 32, 32),
        decoder_block_out_channels=(32, 32, 32, 32), layers_per_block=(1, 1, 1, 1, 1),
    )  # fmt: skip
    transformer = diffusers.MochiTransformer3DModel(
        patch_size=2, num_attention_heads=2, attention_head_dim=8, num_layers=2, pooled_projection_dim=16,
        in_channels=12, out_channels=None, text_embed_dim=WIDTH, time_embed_dim=4, max_sequence_length=256,
    )  # fmt: skip
    diffusers.MochiPipeline(
        tokenizer=tokenizer, text_encoder=tiny_t5_encoder(tokenizer), vae=vae, transformer=transformer,
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
    ).save_pretrained(folder)  # fmt: skip
    return folder


def build_ltx(folder: Path) -> Path:
    """Save an LTX pipeline from text; counts of 8k + 1 frames in the real one, of 4k + 1 here."""
    torch.manual_seed(0)
    tokenizer = tiny_t5_tokenizer()
    scaling = (True, True, False, False)
    vae = diffusers.AutoencoderKLLTXVideo(
        in_channels=3, out_channels=3, latent_channels=8, block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8), layers_per_block=(1,) * 5, decoder_layers_per_block=(1,) * 5,
        spatio_temporal_scaling=scaling, decoder_spatio_temporal_scaling=scaling,
        decoder_inject_noise=(False,) * 5, upsample_residual=(False,) * 4, upsample_factor=(1,) * 4,
        timestep_conditioning=False, patch_size=1, patch_size_t=1, encoder_causal=True, decoder_causal=False,
    )  # fmt: skip
    vae.use_framewise_encoding = vae.use_framewise_decoding = False
    transformer = diffusers.LTXVideoTransformer3DModel(
        in_channels=8, out_channels=8, patch_size=1, patch_size_t=1, num_attention_heads=4,
        attention_head_dim=8, cross_attention_dim=32, num_layers=1, caption_channels=WIDTH,
    )  # fmt: skip
    diffusers.LTXPipeline(
        transformer=transformer, vae=vae, scheduler=diffusers.FlowMatchEulerDiscreteScheduler(),
        text_encoder=tiny_t5_encoder(tokenizer), tokenizer=tokenizer,
    ).save_pretrained(folder)  # fmt: skip
    return folder


def build_cogvideox(folder: Path) -> Path:
    """Save a CogVideoX pipeline from text; counts of 4k + 1 frames, its size written in the transformer."""
    torch.manual_seed(0)
    tokenizer = tiny_t5_tokenizer()
    vae = diffusers.AutoencoderKLCogVideoX(
        in_channels=3, out_channels=3, down_block_types=("CogVideoXDownBlock3D",) * 4,
        up_block_types=("CogVideoXUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8), latent_channels=4,
        layers_per_block=1, norm_num_groups=2, temporal_compression_ratio=4,
    )  # fmt: skip
    transformer = diffusers.CogVideoXTransformer3DModel(
        num_attention_heads=4, attention_head_dim=8, in_channels=4, out_channels=4, time_embed_dim=2,
        text_embed_dim=WIDTH, num_layers=1, sample_width=16, sample_height=8, sample_frames=9, patch_size=2,
        temporal_compression_ratio=4, max_text_seq_length=226,
    )  # fmt: skip
    diffusers.CogVideoXPipeline(
        tokenizer=tokenizer, text_encoder=tiny_t5_encoder(tokenizer), vae=vae, transformer=transformer,
        scheduler=diffusers.CogVideoXDDIMScheduler(),
    ).save_pretrained(folder)  # fmt: skip
    return folder
