"""Noise: what a clip is denoised from, partly the same in all scenes of a film.

VideoFusion (Luo et al., CVPR 2023) draws the noise of a clip as a base that all frames share and a
residual of each frame. Here the film has a base that all its scenes share, so that light, grain and
composition stay related: sqrt(share) * base + sqrt(1 - share) * own has unit variance again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from storyboard.generators.models.seeds import generator_for


def shared_noise(seeds: Sequence[int], film_seed: int, share: float, shape: tuple[int, ...]) -> Any:
    """Return normal noise, float32 on the CPU: one sample a seed, related to each other by the film's.

    Args:
        seeds: one for each sample.
        film_seed: of the base.
        share: how much of the variance is the base's, 0 to 1.
        shape: of one sample.
    """
    import torch

    own = torch.stack([torch.randn(shape, generator=generator_for(seed)) for seed in seeds])
    base = torch.randn(shape, generator=generator_for(film_seed ^ 0x5F11))
    return math.sqrt(share) * base[None] + math.sqrt(1 - share) * own
