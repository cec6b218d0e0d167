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
DECODE_TFLOP = 9.5
"""Work of decoding a million pixels, in 10^12 operations: counted on the VAE of Stable Diffusion 1.5."""
_FORMATS = (".safetensors", ".bin", ".pth", ".pt", ".ckpt")
_UNUSED = ("safety_checker",)


def estimate_of(device: Device, demand: Demand, wishes: Sequence[Wish[Any]], tflop: float) -> Estimate:
    """Return what filming pieces will take.

    Args:
        device: where.
        demand: what the pipeline needs of its memory.
        wishes: the pieces.
        tflop: work of a guided step for a million pixels, in 10^12 operations.
    """
    work = sum(_megapixels(wish) * (_steps(wish) * tflop + DECODE_TFLOP) for wish in wishes)
    return estimate_of_work(device, demand, work, sum(map(_megapixels, wishes)))


def estimate_of_work(device: Device, demand: Demand, work_tflop: float, megapixels: float) -> Estimate:
    """Return what an amount of work will take.

    Args:
        device: where.
        demand: what the pipeline needs of its memory.
        work_tflop: in 10^12 operations.
        megapixels: of the clip, all frames together.
    """
    return Estimate(
        device_s=work_tflop / (_EFFICIENCY * speed_tflops(device.name, device.dtype_name)),
        vram_gb=0.0 if device.is_cpu else demand.at(tiers_for(device, demand)[0]),
        disk_mb=megapixels * _BYTES_A_PIXEL,
        is_guess=True,
    )


def _megapixels(wish: Wish[Any]) -> float:
    return wish.frame.width * wish.frame.height * sum(wish.stretches) / 1e6


def _steps(wish: Wish[Any]) -> float:
    """Return how many guided steps a piece takes: one without guidance runs the model once, not twice."""
    return float(wish.told.steps * (1.0 if wish.told.guidance_scale > 1 else 0.5))


def weights_gb(folders: Sequence[Path], dtype_name: str) -> tuple[float, float]:
    """Return how large all models of a pipeline are in a number format, and the largest of them, in GB.

    A model is a folder with weights, in one file or in shards, or one file. Of several formats of the
    same weights, and of their half-precision variants, one counts; a whole checkpoint that lies beside
    a pipeline's own folders does not.
    """
    sizes = [
        sum(_n_parameters(file) for file in files) * _BYTES.get(dtype_name, 4) / 1e9
        for folder in folders
        for files in ([[folder]] if folder.is_file() else _models(folder))
    ]
    return sum(sizes), max(sizes, default=0.0)


def _models(folder: Path) -> list[list[Path]]:
    """Return the files of every model in a folder, each in the best format that is there."""
    found: dict[Path, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in _FORMATS and path.parent.name not in _UNUSED:
            found.setdefault(path.parent, []).append(path)
    if (folder / "model_index.json").is_file():
        found.pop(folder, None)
    return [_one_format(files) for files in found.values()]


def _one_format(files: Sequence[Path]) -> list[Path]:
    best = min(_FORMATS.index(path.suffix) for path in files)
    same = [path for path in files if _FORMATS.index(path.suffix) == best]
    return [path for path in same if not _is_variant(path)] or same


def _is_variant(path: Path) -> bool:
    return any(mark in path.name for mark in (".fp16", ".bf16", ".non_ema"))


def _n_parameters(path: Path) -> int:
    """Count the numbers in a file: a safetensors file by its header alone, others by their size."""
    if path.suffix != ".safetensors":
        return path.stat().st_size // (2 if _is_variant(path) else 4)
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header: dict[str, dict[str, Any]] = json.loads(file.read(length))
    return sum(prod(each["shape"]) for name, each in header.items() if name != "__metadata__")


@cache
def speed_tflops(device: str, dtype_name: str) -> float:
    """Measure how fast a device multiplies matrices, in 10^12 operations a second; takes half a second."""
    import torch

    side = 512 if device == "cpu" else 4096
    chance = torch.Generator().manual_seed(0)  # a card multiplies zeros faster
    left = torch.randn(side, side, generator=chance).to(device, getattr(torch, dtype_name))
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

    kind = torch.device(device).type
    if kind == "mps":
        torch.mps.synchronize()
    elif kind != "cpu":
        getattr(torch, kind).synchronize(device)
