"""What a clip will take is known before anything is loaded."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from storyboard.generators.models.device import Device
from storyboard.generators.models.tiers import Demand
from storyboard.generators.video.diffusion import estimating
from storyboard.generators.video.diffusion.estimating import estimate_of, speed_tflops, weights_gb
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.wish import Frame, wishes_of

MILLION = 1_000_000


def header(path: Path, n_numbers: int) -> None:
    """Write a safetensors file that says what it holds, and holds nothing."""
    told = {"a": {"dtype": "F16", "shape": [n_numbers // 10, 10], "data_offsets": [0, 0]}, "__metadata__": {}}
    data = json.dumps(told).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(data)) + data)


def plain(path: Path, n_bytes: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"0" * n_bytes)


def test_weights_count_once_whatever_their_shards_formats_and_variants(tmp_path: Path) -> None:
    header(tmp_path / "unet/m-00001-of-00002.safetensors", 300 * MILLION)
    header(tmp_path / "unet/m-00002-of-00002.safetensors", 100 * MILLION)
    header(tmp_path / "unet/m.fp16.safetensors", 400 * MILLION)
    plain(tmp_path / "unet/m.bin", 4)
    plain(tmp_path / "text_encoder/m-1.bin", 400_000)
    plain(tmp_path / "text_encoder/m-2.bin", 400_000)
    plain(tmp_path / "vae/m.fp16.bin", 200_000)
    header(tmp_path / "safety_checker/m.safetensors", 300 * MILLION)
    header(tmp_path / "v1-5-pruned.safetensors", 900 * MILLION)
    plain(tmp_path / "model_index.json", 2)
    assert weights_gb([tmp_path], "float16") == (pytest.approx(0.8006), pytest.approx(0.8))
    assert weights_gb([tmp_path], "float32") == (pytest.approx(1.6012), pytest.approx(1.6))


def test_companions_and_single_files_count_too(tmp_path: Path) -> None:
    header(tmp_path / "adapter/m.safetensors", 100 * MILLION)
    header(tmp_path / "one.safetensors", 200 * MILLION)
    both = [tmp_path / "adapter", tmp_path / "one.safetensors"]
    assert weights_gb(both, "bfloat16") == (pytest.approx(0.6), pytest.approx(0.4))
    assert weights_gb([tmp_path / "nothing"], "float16") == (0.0, 0.0)


def seconds(asking: Any, n_frames: int = 48, device: str = "cuda", **told: Any) -> float:
    parameters = ClipParameters(**told)
    wishes = wishes_of(
        asking(n_frames), parameters, Frame(parameters.width or 256, 256, 8), FrameLattice(1, 1, None, 1)
    )
    estimate = estimate_of(Device(device, "float16", "none"), Demand(4, 3, 1, 2), wishes, 10.0)
    assert estimate.is_guess and estimate.disk_mb > 0
    assert estimate.vram_gb == pytest.approx(6.7 if device == "cuda" else 0)
    return estimate.device_s


def test_seconds_grow_with_frames_steps_and_pixels(asking: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimating, "speed_tflops", lambda *_: 100.0)
    once = seconds(asking, steps=25)
    assert once == pytest.approx(17 * 0.256**2 * (25 * 10 + 9.5) / 35)
    assert seconds(asking, steps=50) == pytest.approx(once * 509.5 / 259.5)
    assert seconds(asking, 96, steps=25) == pytest.approx(once * 33 / 17)
    assert seconds(asking, width=512, steps=25) == pytest.approx(2 * once)
    assert seconds(asking, steps=25, guidance_scale=1) == pytest.approx(once * 134.5 / 259.5)
    assert seconds(asking, device="cpu", steps=25) == pytest.approx(once)


def test_the_speed_of_this_machine_is_measured_without_a_trace() -> None:
    torch = pytest.importorskip("torch")
    before = torch.get_rng_state()
    assert 0.0001 < speed_tflops("cpu", "float32") < 100
    assert torch.equal(before, torch.get_rng_state())
