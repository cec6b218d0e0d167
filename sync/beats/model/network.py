"""The network of Beat This, for its published checkpoints: the only module here that imports torch.

Foscarin, Schlüter & Widmer, Beat This! Accurate beat tracking without DBN postprocessing, ISMIR 2024:
convolutions over a mel spectrogram, each after attention across frequency and across time, then a
transformer with rotary positions (Su et al., RoFormer, 2021) and two outputs a frame. The names of the
parts and of the hyper-parameters are those of the checkpoints.
"""

from __future__ import annotations

import math
from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional

_N_BLOCKS = 3  # of the frontend; each halves the frequencies and doubles the channels
_STEM_STRIDE = 4
_ROTARY_BASE = 10_000.0


class BeatThis(nn.Module):
    """From a log-mel spectrogram (batch, n_frames, spect_dim) to two logits a frame (batch, n_frames, 2).

    The first is that of a beat, the second that of a downbeat.
    """

    def __init__(
        self,
        spect_dim: int = 128,
        transformer_dim: int = 512,
        ff_mult: int = 4,
        n_layers: int = 6,
        head_dim: int = 32,
        stem_dim: int = 32,
        sum_head: bool = True,
        partial_transformers: bool = True,
    ) -> None:
        super().__init__()
        blocks = [_block(stem_dim * 2**number, head_dim, partial_transformers) for number in range(_N_BLOCKS)]
        n_features = stem_dim * spect_dim // _STEM_STRIDE  # what channels gain, frequencies lose
        parts = OrderedDict[str, nn.Module](
            stem=_Stem(spect_dim, stem_dim),
            blocks=nn.Sequential(*blocks),
            concat=_Flat(),
            linear=nn.Linear(n_features, transformer_dim),
        )
        self.frontend = nn.Sequential(parts)
        self.transformer_blocks = _Transformer(transformer_dim, head_dim, n_layers, ff_mult)
        self.task_heads = nn.ModuleDict({"beat_downbeat_lin": nn.Linear(transformer_dim, 2)})
        self._sums = sum_head

    def forward(self, spectrogram: Tensor) -> Tensor:
        """Return the logits."""
        heard = self.transformer_blocks(self.frontend(spectrogram))
        logits: Tensor = self.task_heads["beat_downbeat_lin"](heard).float()
        if self._sums:  # a downbeat is a beat too
            logits = torch.stack([logits.sum(-1), logits[..., 1]], dim=-1)
        return logits


class _Stem(nn.Module):
    """The first convolution (batch, n_frames, bands) to (batch, channels, bands / 4, n_frames)."""

    def __init__(self, n_bands: int, n_channels: int) -> None:
        super().__init__()
        self.bn1d = nn.BatchNorm1d(n_bands)
        self.conv2d = nn.Conv2d(1, n_channels, (_STEM_STRIDE, 3), (_STEM_STRIDE, 1), (0, 1), bias=False)
        self.bn2d = nn.BatchNorm2d(n_channels)

    def forward(self, x: Tensor) -> Tensor:
        x = self.bn1d(x.transpose(1, 2))
        return functional.gelu(self.bn2d(self.conv2d(x[:, None])))


class _Flat(nn.Module):
    """Puts the frequencies of all channels side by side (batch, n_frames, channels * bands)."""

    def forward(self, x: Tensor) -> Tensor:
        return x.permute(0, 3, 1, 2).flatten(2)


def _block(n_channels: int, head_dim: int, attends: bool) -> nn.Module:
    """Return attention both ways and a convolution: two bands become one, channels double."""
    parts = OrderedDict[str, nn.Module](
        partial=_AcrossBoth(n_channels, head_dim) if attends else nn.Identity(),
        conv2d=nn.Conv2d(n_channels, 2 * n_channels, (2, 3), (2, 1), (0, 1), bias=False),
        norm=nn.BatchNorm2d(2 * n_channels),
        activation=nn.GELU(),
    )
    return nn.Sequential(parts)


class _AcrossBoth(nn.Module):
    """Attention over the frequencies of each frame, then over the frames of each frequency."""

    def __init__(self, dim: int, head_dim: int) -> None:
        super().__init__()
        self.attnF, self.ffF = _Attention(dim, head_dim), _FeedForward(dim)
        self.attnT, self.ffT = _Attention(dim, head_dim), _FeedForward(dim)

    def forward(self, x: Tensor) -> Tensor:
        n_batch, _, n_bands, n_frames = x.shape
        x = x.permute(0, 3, 2, 1).flatten(0, 1)
        x = x + self.attnF(x)
        x = x + self.ffF(x)
        x = x.reshape(n_batch, n_frames, n_bands, -1).transpose(1, 2).flatten(0, 1)
        x = x + self.attnT(x)
        x = x + self.ffT(x)
        return x.reshape(n_batch, n_bands, n_frames, -1).permute(0, 3, 1, 2)


class _Transformer(nn.Module):
    def __init__(self, dim: int, head_dim: int, n_layers: int, ff_mult: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(*(_Layer(dim, head_dim, ff_mult) for _ in range(n_layers)))
        self.norm = _RmsNorm(dim)

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.norm(self.layers(x))
        return found


class _Layer(nn.ModuleList):
    """Attention and a feed-forward network, numbered as in the checkpoints."""

    def __init__(self, dim: int, head_dim: int, ff_mult: int) -> None:
        super().__init__([_Attention(dim, head_dim), _FeedForward(dim, ff_mult)])

    def forward(self, x: Tensor) -> Tensor:
        for part in self:
            x = x + part(x)
        return x


class _Attention(nn.Module):
    """Self-attention with rotary positions; each head has a gate (batch, n, dim)."""

    def __init__(self, dim: int, head_dim: int) -> None:
        super().__init__()
        self._n_heads = dim // head_dim
        self.rotary_embed = _Rotary(head_dim)
        self.norm = _RmsNorm(dim)
        self.to_qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.to_gates = nn.Linear(dim, self._n_heads)
        self.to_out = nn.Sequential(nn.Linear(dim, dim, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        x = self.norm(x)
        heads = self.to_qkv(x).reshape(*x.shape[:2], 3, self._n_heads, -1).permute(2, 0, 3, 1, 4)
        query, key = self.rotary_embed(heads[:2])
        found = functional.scaled_dot_product_attention(query, key, heads[2]).transpose(1, 2)
        gates = self.to_gates(x).sigmoid()[..., None]
        out: Tensor = self.to_out((found * gates).flatten(2))
        return out


class _Rotary(nn.Module):
    """Turns each pair of neighbouring numbers by an angle that grows with the place (…, n, dim)."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.freqs = nn.Parameter(_ROTARY_BASE ** (-torch.arange(0, dim, 2) / dim), requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        places = torch.arange(x.shape[-2], device=x.device, dtype=self.freqs.dtype)
        angles = places[:, None] * self.freqs
        first, second = x.reshape(*x.shape[:-1], -1, 2).unbind(-1)
        cosine, sine = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
        turned = torch.stack([first * cosine - second * sine, second * cosine + first * sine], dim=-1)
        return turned.flatten(-2)


class _RmsNorm(nn.Module):
    def __init__(self, dim: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor) -> Tensor:
        return functional.normalize(x, dim=-1) * math.sqrt(x.shape[-1]) * self.gamma


class _FeedForward(nn.Module):
    def __init__(self, dim: int, multiple: int = 4) -> None:
        super().__init__()
        inner = dim * multiple
        # The places of the checkpoints: between them they have dropout, which only training needs.
        parts = {"0": _RmsNorm(dim), "1": nn.Linear(dim, inner), "2": nn.GELU(), "4": nn.Linear(inner, dim)}
        self.net = nn.Sequential(OrderedDict[str, nn.Module](parts))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.net(x)
        return out
