"""Paint one long spectrogram with Stable Diffusion, image after image, without a seam."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import diffusers
import numpy as np

from storyboard.generators.mix.sound import RATE_HZ as FILE_RATE_HZ
from storyboard.generators.mix.sound import read
from storyboard.generators.models.device import Device
from storyboard.generators.models.quiet import hush
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.music.riffusion_image import COLUMNS_PER_S, N_MELS, RATE_HZ, Image, image_of
from storyboard.schema.progress import OnFraction

_OVERLAP = 0.25  # of an image, which shows the end of the one before it
_UNIT = 8  # pixels of the image to one of the latents


@dataclass(frozen=True)
class Wish:
    """What is to be played, and how it is painted."""

    prompt: str
    negative_prompt: str
    duration_s: float
    bar_s: float
    steps: int
    guidance_scale: float
    strength: float
    width: int
    start_from: Path | None
    seed: int


@dataclass(frozen=True)
class Plan:
    """How many images, each how wide, of which so many columns show what is there already."""

    n_images: int
    width: int
    overlap: int


def plan_images(n_columns: int, widest: int) -> Plan:
    """Divide the columns into the fewest images, all equally wide."""
    overlap = max(_UNIT, round(widest * _OVERLAP / _UNIT) * _UNIT)
    n_images = max(1, math.ceil((n_columns - overlap) / (widest - overlap)))
    width = math.ceil(((n_columns - overlap) / n_images + overlap) / _UNIT) * _UNIT
    return Plan(n_images, max(width, 2 * _UNIT), overlap)


def paint(folder: Path, device: Device, wish: Wish, progress: OnFraction) -> Image:
    """Return the spectrogram image of the whole music, at least as long as wished.

    The first image is painted from noise, or over a recording. Each next one is painted to the right of
    what is there: the overlap is kept, and what lies a few bars back is what the new part starts from,
    so that the groove goes on (img2img with a mask, by the one pipeline that does both).
    """
    plan = plan_images(math.ceil(wish.duration_s * COLUMNS_PER_S) + 1, wish.width)
    pipeline = _loaded(folder, device)
    painter = _Painter(pipeline, wish, generator_for(wish.seed), progress, plan.n_images)
    strip = painter.first(plan.width)
    for _ in range(plan.n_images - 1):
        strip = painter.next(strip, plan)
    return strip


def _loaded(folder: Path, device: Device) -> Any:
    hush()
    kind: Any = diffusers.StableDiffusionInpaintPipeline
    pipeline = kind.from_pretrained(
        folder,
        dtype=device.torch_dtype(),
        safety_checker=None,
        requires_safety_checker=False,
        local_files_only=True,
    )
    pipeline.set_progress_bar_config(disable=True)
    return device.place_pipeline(pipeline)


class _Painter:
    """Paints images one by one, and reports every step of each."""

    def __init__(self, pipeline: Any, wish: Wish, chance: Any, progress: OnFraction, n_images: int) -> None:
        self._pipeline, self._wish, self._chance = pipeline, wish, chance
        self._progress, self._n_images, self._n_done = progress, n_images, 0

    def first(self, width: int) -> Image:
        """Paint from noise, or over the beginning of a recording."""
        new = np.ones(width, bool)
        if self._wish.start_from is None:
            return self._painted(np.full((N_MELS, width), 0.5, np.float32), new, 1.0)
        return self._painted(_begin(self._wish.start_from, width), new, self._wish.strength)

    def next(self, strip: Image, plan: Plan) -> Image:
        """Paint the columns to the right of the strip, and fade over into them."""
        n_new = plan.width - plan.overlap
        start = strip.shape[1] - plan.overlap
        back = _columns_back(n_new, self._wish.bar_s, strip.shape[1])
        earlier = strip[:, strip.shape[1] - back :][:, :n_new]
        around = np.concatenate([strip[:, start:], earlier], axis=1)
        new = np.arange(plan.width) >= plan.overlap
        image = self._painted(around, new, self._wish.strength)
        up = np.clip((np.arange(plan.overlap) - plan.overlap / 2) / (plan.overlap / 2), 0, 1)
        over = (strip[:, start:] * (1 - up) + image[:, : plan.overlap] * up).astype(np.float32)
        return np.concatenate([strip[:, :start], over, image[:, plan.overlap :]], axis=1)

    def _painted(self, image: Image, new: Any, strength: float) -> Image:
        mask = np.broadcast_to(new.astype(np.float32), image.shape)
        wish = self._wish
        result = self._pipeline(
            prompt=wish.prompt,
            negative_prompt=wish.negative_prompt or None,
            image=np.repeat(image[None, :, :, None], 3, axis=3),
            mask_image=mask[None, :, :, None],
            height=image.shape[0],
            width=image.shape[1],
            strength=_whole_steps(strength, wish.steps),
            num_inference_steps=wish.steps,
            guidance_scale=wish.guidance_scale,
            generator=self._chance,
            output_type="np",
            callback_on_step_end=self._after_step(),
        )
        self._n_done += 1
        return np.asarray(result.images[0].mean(axis=2), np.float32)

    def _after_step(self) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
        def report(pipeline: Any, step: int, _: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            part = min(1.0, (step + 1) / max(1, pipeline.num_timesteps))
            self._progress((self._n_done + part) / self._n_images)
            return tensors

        return report


def _whole_steps(strength: float, steps: int) -> float:
    """Return the strength that makes a whole number of steps, at least one; 1 stays 1."""
    n_steps = max(1, round(strength * steps))
    return 1.0 if n_steps >= steps else (n_steps + 0.5) / steps


def _columns_back(n_new: int, bar_s: float, n_there: int) -> int:
    """Return how far back in the strip the new part starts from: whole bars where there are enough."""
    bar = bar_s * COLUMNS_PER_S
    back = round(math.ceil(n_new / bar) * bar)
    return back if back <= n_there else min(n_new, n_there)


def _begin(path: Path, width: int) -> Image:
    """Return the image of a recording's beginning; one that is too short begins again."""
    import librosa

    sound = librosa.resample(read(path, 1)[0], orig_sr=FILE_RATE_HZ, target_sr=RATE_HZ)
    n_samples = width * RATE_HZ // COLUMNS_PER_S
    image = image_of(np.take(sound, np.arange(n_samples), mode="wrap").astype(np.float32))
    return image[:, :width]
