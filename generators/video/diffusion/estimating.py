"""What a clip will take, before anything is loaded: from the weights' headers and the device's speed."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Sequence
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

from storyboard.generators.models.device import Device
from storyboard.generators.models.tiers import Demand, tiers_for
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.schema.capabilities import Estimate

_EFFICIENCY = 0.35
"""Of the speed of large matrix products, what denoising reaches: AnimateDiff on an RTX 4090 and SVD-XT on an
A100 both do, by their published rates over their operations a step."""
_BYTES_A_PIXEL = 0.12  # of an intermediate clip
_BYTES = {"float32": 4, "float16": 2, "bfloat16": 2}


def estimate_of(device: Device, demand: Demand, wishes: Sequence[Wish[Any]], tflop: float) -> Estimate:
    """Return what filming pieces will take.

    Args:
        device: where.
        demand: what the pipeline needs of its memory.
        wishes: the pieces.
        tflop: work of a guided step for a million pixels, in 10^12 operations.
    """
    megapixels = sum(
        wish.frame.width * wish.frame.height * sum(wish.stretches) * wish.told.steps / 1e6 for wish in wishes
    )
    shown = sum(wish.frame.width * wish.frame.height * sum(wish.stretches) for wish in wishes)
    return Estimate(
        device_s=megapixels * tflop / (_EFFICIENCY * speed_tflops(device.name, device.dtype_name)),
        vram_gb=0.0 if device.is_cpu else demand.at(tiers_for(device, demand)[0]),
        disk_mb=shown * _BYTES_A_PIXEL / 1e6,
        is_guess=True,
    )


def weights_gb(folders: Sequence[Path], dtype_name: str) -> tuple[float, float]:
    """Return how large all models of a pipeline are in a number format, and the largest of them, in GB.

    A model is a folder with weights. Of several files of the same weights one counts.
    """
    models: dict[Path, int] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.safetensors")):
            models[path.parent] = models.get(path.parent, 0) + _n_parameters(path)
        for path in sorted(folder.rglob("*.bin")):
            models.setdefault(path.parent, path.stat().st_size // 4)
    sizes = [n * _BYTES.get(dtype_name, 4) / 1e9 for n in models.values()] or [0.0]
    return sum(sizes), max(sizes)


def _n_parameters(path: Path) -> int:
    """Count the numbers in a safetensors file by its header alone."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header: dict[str, dict[str, Any]] = json.loads(file.read(length))
    return sum(prod(each["shape"]) for name, each in header.items() if name != "__metadata__")


@cache
def speed_tflops(device: str, dtype_name: str) -> float:
    """Measure how fast a device multiplies matrices, in 10^12 operations a second; takes half a second."""
    import torch

    side = 512 if device == "cpu" else 4096
    left = torch.randn(side, side, device=device, dtype=getattr(torch, dtype_name))
    for _ in range(2):
        left @ left
    _wait(device)
    started_s, n = time.perf_counter(), 0
    while time.perf_counter() - started_s < 0.3:
        for _ in range(4):
            left @ left
        _wait(device)
        n += 4
    return 2 * side**3 * n / (time.perf_counter() - started_s) / 1e12


def _wait(device: str) -> None:
    import torch

    if device.startswith("cuda"):
        torch.cuda.synchronize(device)
