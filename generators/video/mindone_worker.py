"""Runs in the Python that has MindSpore and mindone: loads a pipeline, then films what comes in line by line.

It imports nothing of this project, so that its environment needs only mindone. mindone differs from diffusers
in what is said here: results come as tuples, number formats are MindSpore's, chance is numpy's. Its packages
print to standard output, so that is kept for what is said here, and their prints go where complaints go.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

WINDOW = 75
_answers: Any = sys.stdout


def main() -> None:
    """Load the pipeline that the arguments name, and do every job of standard input."""
    global _answers
    _answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
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
    unused = {"feature_extractor": None, "image_encoder": None}
    pipeline = diffusers.AnimateDiffPipeline.from_pretrained(model, motion_adapter=motion, **unused, **told)
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
    else:
        job |= embeddings(pipeline, job.pop("prompt"), job.pop("negative_prompt"))
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


def embeddings(pipeline: Any, prompt: str, negative_prompt: str) -> dict[str, Any]:
    """Encode prompts in windows of 75 tokens; given as texts, what comes after the first would be cut off."""
    parts = [windows(pipeline.tokenizer, text) for text in (prompt, negative_prompt)]
    most, empty = max(map(len, parts)), windows(pipeline.tokenizer, "")
    wanted, unwanted = (encoded(pipeline, part + empty * (most - len(part))) for part in parts)
    return {"prompt_embeds": wanted, "negative_prompt_embeds": unwanted}


def windows(tokenizer: Any, text: str) -> list[list[int]]:
    """Divide a text into windows of 77 tokens, each with its begin and end, the last one filled up."""
    tokens = tokenizer(text, add_special_tokens=False, truncation=False).input_ids
    begin, end = tokenizer.bos_token_id, tokenizer.eos_token_id
    parts = [tokens[start : start + WINDOW] for start in range(0, len(tokens), WINDOW)] or [[]]
    return [[begin, *part, end, *[tokenizer.pad_token_id] * (WINDOW - len(part))] for part in parts]


def encoded(pipeline: Any, parts: list[list[int]]) -> Any:
    """Return the embeddings of windows, one after the other, shape (1, 77 * windows, width)."""
    import mindspore

    return mindspore.ops.cat([pipeline.text_encoder(mindspore.Tensor([part]))[0] for part in parts], 1)


def after_step(_: Any, step: int, __: Any, tensors: dict[str, Any]) -> dict[str, Any]:
    """Say that a denoising step is done."""
    say(step=step)
    return tensors


def say(**message: Any) -> None:
    """Print one line for the process that waits."""
    print(json.dumps(message), file=_answers, flush=True)


if __name__ == "__main__":
    main()
