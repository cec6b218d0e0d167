"""Tiers of memory: how a pipeline is spread over card and main memory, from fast to frugal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from storyboard.generators.models.device import Device

_KEPT_FREE_GB = 0.7  # for the context of CUDA and what fragmentation takes


@dataclass(frozen=True)
class Tier:
    """One way to run a pipeline.

    Attributes:
        offload: what waits in main memory: nothing, whole models, or single layers.
        tiled: whether the VAE works picture by picture and tile by tile.
    """

    offload: Literal["none", "model", "sequential"] = "none"
    tiled: bool = False

    def __str__(self) -> str:
        """Say it in words."""
        where = {"none": "all on the device", "model": "model offload", "sequential": "sequential offload"}
        return where[self.offload] + (", tiled VAE" if self.tiled else "")

    def place(self, pipeline: Any, device: Device) -> Any:
        """Bring a loaded diffusers pipeline onto a device in this way."""
        if self.tiled:
            _tile(pipeline)
        if self.offload == "none" or device.is_cpu:
            return pipeline.to(device.name)
        if self.offload == "model":
            pipeline.enable_model_cpu_offload(device=device.name)
        else:
            pipeline.enable_sequential_cpu_offload(device=device.name)
        return pipeline


@dataclass(frozen=True)
class Demand:
    """What a pipeline needs at once, in GB.

    Attributes:
        weights: of all models of the pipeline.
        largest: of the largest one of them.
        run: of one piece while it is denoised.
        decode: of one piece while it is decoded, all its frames at once.
    """

    weights: float
    largest: float
    run: float
    decode: float

    def at(self, tier: Tier, batch: int = 1) -> float:
        """Return the most memory of the card that a batch takes on a tier."""
        kept = {"none": self.weights, "model": self.largest, "sequential": 0.15 * self.largest}[tier.offload]
        decode = min(self.decode, 1.0) if tier.tiled else self.decode * batch
        return kept + max(self.run * batch, decode) + _KEPT_FREE_GB


_TIERS = (Tier(), Tier(tiled=True), Tier("model", tiled=True), Tier("sequential", tiled=True))


def tiers_for(device: Device, demand: Demand) -> list[Tier]:
    """Return the tiers to try, in order: from the first that fits into what the card has free.

    Where the card's memory is the machine's own nothing can be offloaded. A tier that the settings ask
    for is the first.
    """
    if _shares_memory(device):
        return [tier for tier in _TIERS if tier.offload == "none"]
    if device.offload != "auto":
        order = ("none", "model", "sequential")
        return [tier for tier in _TIERS if order.index(tier.offload) >= order.index(device.offload)]
    free_gb = free_memory_gb(device)
    fitting = [tier for tier in _TIERS if demand.at(tier) <= free_gb]
    return list(_TIERS[_TIERS.index(fitting[0]) :]) if fitting else [_TIERS[-1]]


def batch_for(device: Device, demand: Demand, tier: Tier, most: int) -> int:
    """Return how many pieces fit on the card at once; one on a processor, where more are no faster."""
    if _shares_memory(device):
        return 1
    free_gb = free_memory_gb(device)
    return max((n for n in range(1, most + 1) if demand.at(tier, n) <= free_gb), default=1)


def free_memory_gb(device: Device) -> float:
    """Return how much of the card's memory a pipeline can have: what is free, and what torch holds.

    The pipeline that is held counts as free: either it is the one that is wanted, or it is given up.
    Without it, the second scene would find less memory than the first, and another tier.
    """
    import torch

    if not device.name.startswith("cuda"):
        return math.inf  # nobody can be asked; an error of the run is then answered by the next tier
    return float(torch.cuda.mem_get_info(device.name)[0] + torch.cuda.memory_reserved(device.name)) / 1e9


def _shares_memory(device: Device) -> bool:
    return device.is_cpu or device.name.startswith("mps")


def _tile(pipeline: Any) -> None:
    vae = getattr(pipeline, "vae", None)
    for name, flag in (("enable_slicing", "use_slicing"), ("enable_tiling", "use_tiling")):
        if hasattr(vae, flag):  # every VAE has the methods; those of one that cannot do it raise
            getattr(vae, name)()
