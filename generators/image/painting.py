"""One run of a text-to-image pipeline: what it is told, read from its own signature."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from storyboard.generators.image.picture import Picture
from storyboard.generators.image.prompts import texts_for
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.seams import Portrait
from storyboard.generators.video.diffusion.counting import Counting
from storyboard.generators.video.diffusion.frames import frames_of
from storyboard.generators.video.diffusion.portraits import portrait_arguments
from storyboard.schema.errors import GeneratorUnavailable


@dataclass(frozen=True)
class Asked:
    """The picture that is wanted, in pixels, and how it is painted; None: as the pipeline has it."""

    prompt: str
    negative_prompt: str
    width: int
    height: int
    seed: int
    steps: int | None
    guidance_scale: float | None
    portraits: tuple[Portrait, ...] = ()
    portrait_scale: float = 0.6


def paint(pipeline: Any, asked: Asked, counting: Counting) -> Picture:
    """Return a picture.

    Args:
        pipeline: of diffusers, placed on its device.
        asked: what is wanted; what the pipeline does not know is left out.
        counting: is told of every step.

    Raises:
        GeneratorUnavailable: the pipeline makes no pictures from text.
        MediaError: it gave no numbers.
    """
    known = inspect.signature(pipeline.__call__).parameters
    _check(pipeline, known)
    own = {name: known[name].default for name in ("num_inference_steps", "guidance_scale") if name in known}
    steps = own.get("num_inference_steps") if asked.steps is None else asked.steps
    guidance_scale = own.get("guidance_scale", 0.0) if asked.guidance_scale is None else asked.guidance_scale
    guided = guidance_scale > 1
    told = {
        **texts_for(pipeline, asked.prompt, asked.negative_prompt, known),
        **portrait_arguments(pipeline, asked.portraits, asked.portrait_scale, guided=guided),
        "width": asked.width,
        "height": asked.height,
        "num_inference_steps": steps,
        "guidance_scale": guidance_scale,
        "generator": generator_for(asked.seed),
        "output_type": "np",
    }
    with counting.run(pipeline):
        made = pipeline(**{name: value for name, value in told.items() if name in known})
    (pictures,) = frames_of([made.images])
    return np.asarray(pictures[0], np.uint8)


def _check(pipeline: Any, known: Mapping[str, inspect.Parameter]) -> None:
    # A pipeline that paints over a picture takes a strength or a mask, one that films a number of frames.
    others = {"strength", "mask_image", "control_image", "num_frames"}
    if "prompt" not in known or others & set(known):
        raise GeneratorUnavailable(
            f"{type(pipeline).__name__} makes no pictures from text alone",
            where="stable-diffusion",
            hint="choose a text-to-image model",
        )
