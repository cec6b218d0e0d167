"""AnimateDiff and Stable Video Diffusion on Ascend cards, by MindSpore and mindone, the mirror of diffusers.

MindSpore and mindone want an environment of their own (an older numpy and transformers), so the model runs in
a process of the Python that STORYBOARD_MINDONE_PYTHON names; without it, of this one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from storyboard.generators.models.device import Device
from storyboard.generators.models.local_model import Companion
from storyboard.generators.seams import VideoRequest
from storyboard.generators.settings import load_settings
from storyboard.generators.video.animatediff import PLAIN, AnimateDiff
from storyboard.generators.video.any_diffusers import dissolved
from storyboard.generators.video.diffusion.backend import DiffusionVideo
from storyboard.generators.video.diffusion.frames import Frames
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.generators.video.key_frame import first_pictures
from storyboard.generators.video.svd import StableVideoDiffusion, StableVideoDiffusionParameters
from storyboard.schema.capabilities import Estimate
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.provenance import ModelUsed

PYTHON = "STORYBOARD_MINDONE_PYTHON"
_HINT = f"make an environment with `pip install mindspore mindone`, and set {PYTHON} to its python"
_DECODED = 8  # frames at once


class AnimateDiffTold(ClipParameters):
    """What the user may tell AnimateDiff."""

    shared_noise: ClassVar[float] = 0.0  # type: ignore[misc]  # mindone draws its own noise
    batch: int = Field(default=1, ge=1, le=1, description="one piece after the other")


class StableVideoDiffusionTold(StableVideoDiffusionParameters):
    """What the user may tell Stable Video Diffusion."""

    shared_noise: ClassVar[float] = 0.0  # type: ignore[misc]
    batch: int = Field(default=1, ge=1, le=1, description="one piece after the other")


class MindOne(DiffusionVideo[ClipParameters]):
    """`mindone:animatediff` (the default) or `mindone:svd`; `mindone:svd+MODEL` with a model of one's own."""

    name: ClassVar[str] = "mindone"
    version: ClassVar[str] = "1"
    default_model: ClassVar[str] = "animatediff"
    needs: ClassVar[Sequence[str]] = ("model_index.json", "unet/*.safetensors", "vae/*.safetensors")
    parameters: ClassVar[type[Any]] = AnimateDiffTold
    models: ClassVar[Mapping[str, str]] = {
        "animatediff": "emilianJR/epiCRealism",
        "svd": "stabilityai/stable-video-diffusion-img2vid-xt",
    }

    def __init__(self, model: str = "") -> None:
        super().__init__(model)
        self.kind, _, chosen = self.model.partition("+")
        self.model = chosen or self.models.get(self.kind, "")
        self.needs_image = self.kind == "svd"  # type: ignore[misc]
        self.parameters = StableVideoDiffusionTold if self.needs_image else AnimateDiffTold  # type: ignore[misc]
        self.files = (StableVideoDiffusion if self.needs_image else AnimateDiff).files  # type: ignore[misc]
        self.lattice = FrameLattice(25, 1, 25) if self.needs_image else FrameLattice(16, 1, 32, 8)  # type: ignore[misc]
        self.native_fps = 7.0 if self.needs_image else 8.0  # type: ignore[misc]
        self.n_pixels = 1024 * 576 if self.needs_image else 512 * 512  # type: ignore[misc]
        self.multiple = 64  # type: ignore[misc]
        if not self.needs_image:
            self.goes_on_by = "each part is filmed anew, and dissolves into the next"  # type: ignore[misc]

    @property
    def companions(self) -> Mapping[str, Companion]:
        """AnimateDiff's motion adapter, unless the checkpoint's folder holds one."""
        has_own = (Path(self.model).expanduser() / "motion_adapter").is_dir()
        return {} if self.needs_image or has_own else {"adapter": PLAIN.adapter}

    def check(self) -> None:
        """Raise GeneratorUnavailable when MindSpore, mindone or the weights are missing."""
        if self.kind not in self.models:
            raise GeneratorUnavailable(
                f"mindone runs no {self.kind!r}", where=self.name, hint=f"known: {', '.join(self.models)}"
            )
        if not _has_mindone(_python()):
            raise GeneratorUnavailable("mindspore or mindone is not installed", where=self.name, hint=_HINT)
        super().check()

    def device(self) -> Device:
        """Return the device of this side, where pictures are kept, and the number format of the other."""
        asked = load_settings().models.dtype
        return Device("cpu", "float16" if asked == "auto" else asked)

    def used(self, device: Device) -> ModelUsed:
        """Return the record of a run."""
        return super().used(replace(device, name="mindspore"))

    def estimate(self, request: VideoRequest) -> Estimate:
        """Return the disk that a clip takes; of an Ascend card's time and memory nothing is known here."""
        shown = sum(
            wish.frame.width * wish.frame.height * sum(wish.stretches) for wish in self.wishes(request)
        )
        return Estimate(disk_mb=shown * 0.12 / 1e6, is_guess=True)

    def load(self, device: Device) -> Any:
        """Return the process that holds the pipeline."""
        from storyboard.generators.video.mindone_process import Process

        own = self.weights().path / "motion_adapter"
        adapter = own if own.is_dir() or self.needs_image else self.companion("adapter").path
        return Process(_python(), self.kind, self.weights().path, adapter, device.dtype_name)

    def film(
        self,
        pipeline: Any,
        wishes: Sequence[Wish[Any]],
        n_frames: int,
        before: Sequence[Frames],
    ) -> list[Frames]:
        """Have one stretch filmed; svd goes on from the last frame."""
        (wish,) = wishes
        told, frame = wish.told, wish.frame
        with tempfile.TemporaryDirectory(prefix="storyboard-mindone-") as folder:
            job: dict[str, Any] = {
                "seed": (wish.seed + (len(before[0]) if before else 0)) % 2**32,
                "width": frame.width,
                "height": frame.height,
                "num_frames": n_frames,
                "num_inference_steps": told.steps,
                "out": str(Path(folder) / "frames.npy"),
            }
            if self.needs_image:
                job |= _svd(told) | {"fps": round(frame.fps), "image": _begins(wish, before, Path(folder))}
            else:
                job |= {"prompt": wish.prompt, "negative_prompt": wish.negative_prompt}
                job |= {"guidance_scale": told.guidance_scale}
            pipeline.run(job)
            made = np.asarray(np.load(job["out"]), np.uint8)
        return [made] if self.needs_image else dissolved(before, [made], self.lattice.overlap)


def _svd(told: StableVideoDiffusionTold) -> dict[str, Any]:
    """Return what the pipeline is told of how to move."""
    largest = told.guidance_scale if told.max_guidance_scale is None else told.max_guidance_scale
    return {
        "min_guidance_scale": min(told.min_guidance_scale, largest),
        "max_guidance_scale": largest,
        "motion_bucket_id": told.motion_bucket_id,
        "noise_aug_strength": told.noise_aug_strength,
        "decode_chunk_size": told.decode_chunk_size or _DECODED,
    }


def _python() -> str:
    return os.environ.get(PYTHON, "").strip() or sys.executable


@cache
def _has_mindone(python: str) -> bool:
    """Whether an interpreter has both packages, without importing them."""
    look = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ('mindspore', 'mindone'))))"
    try:
        return subprocess.run([python, "-c", look], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _begins(wish: Wish[Any], before: Sequence[Frames], folder: Path) -> str:
    """Return the file of the picture that a run begins with."""
    path = folder / "begins.png"
    first_pictures([wish], before)[0].save(path)
    return str(path)
