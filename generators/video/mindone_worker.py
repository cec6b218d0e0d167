"""Runs in the Python that has MindSpore and mindone: loads a pipeline, then films what comes in line by line.

It imports nothing of this project, so that its environment needs only mindone. mindone differs from diffusers
in what is said here: results come as tuples, number formats are MindSpore's, chance is numpy's.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    """Load the pipeline that the arguments name, and do every job of standard input."""
    kind, model, adapter, dtype_name = sys.argv[1:5]
    pipeline = None
    for line in sys.stdin:
        try:
            pipeline = pipeline or load(kind, model, adapter, dtype_name)
            film(pipeline, json.loads(line))
            say(done=True)
        except Exception as error:
            text = str(error).strip().splitlines()
            say(error=f"{type(error).__name__}: {text[0] if text else ''}")


def load(kind: str, model: str, adapter: str, dtype_name: str) -> Any:
    """Load AnimateDiff or Stable Video Diffusion from folders on this machine."""
    import mindspore
    from mindone import diffusers

    dtype = getattr(mindspore, dtype_name)
    told: dict[str, Any] = {"mindspore_dtype": dtype, "local_files_only": True}
    if kind == "svd":
        return diffusers.StableVideoDiffusionPipeline.from_pretrained(model, **told)
    motion = diffusers.MotionAdapter.from_pretrained(adapter, **told)
    pipeline = diffusers.AnimateDiffPipeline.from_pretrained(model, motion_adapter=motion, **told)
    pipeline.scheduler = diffusers.DDIMScheduler.from_config(
        pipeline.scheduler.config,
        beta_schedule="linear",
        timestep_spacing="linspace",
        steps_offset=1,
        clip_sample=False,
    )
    return pipeline


def film(pipeline: Any, job: dict[str, Any]) -> None:
    """Run the pipeline for a job and write its frames, uint8 of shape (n_frames, height, width, 3)."""
    import numpy as np

    out, seed, image = job.pop("out"), job.pop("seed"), job.pop("image", "")
    if image:
        from PIL import Image

        job["image"] = Image.open(image).convert("RGB")
    made = pipeline(
        **job,
        generator=np.random.Generator(np.random.PCG64(seed)),
        output_type="np",
        return_dict=False,
        callback_on_step_end=after_step,
    )
    frames = np.asarray(made[0])[0]
    if not np.isfinite(frames).all():
        raise ValueError("the frames hold no numbers (NaN)")
    np.save(out, np.round(np.clip(frames, 0, 1) * 255).astype(np.uint8))


def after_step(_: Any, step: int, __: Any, tensors: dict[str, Any]) -> dict[str, Any]:
    """Say that a denoising step is done."""
    say(step=step)
    return tensors


def say(**message: Any) -> None:
    """Print one line for the process that waits."""
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
