"""Painting over: each picture from the one before it, and the film that moves through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import diffusers
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.image.picture import cover, read_picture
from storyboard.generators.models.seeds import generator_for
from storyboard.generators.seams import Portrait
from storyboard.generators.video.diffusion.counting import Counting
from storyboard.generators.video.diffusion.frames import frames_of
from storyboard.generators.video.diffusion.noise import shared_noise
from storyboard.generators.video.diffusion.portraits import portrait_arguments
from storyboard.generators.video.diffusion.prompting import embeddings_of
from storyboard.generators.video.diffusion.wish import Frame
from storyboard.generators.video.dream import DreamParameters
from storyboard.generators.video.dream_score import Key
from storyboard.generators.video.encode import encoding

_LATENT = 8  # pixels of the picture to one of the latents

Image = NDArray[np.float32]
"""Shape (height, width, 3), RGB, 0 to 1."""


class Painter:
    """Paints the pictures of a score, and keeps what is painted where a run has to begin anew.

    Args:
        score: what to paint.
        told: how.
        frame: the size.
        seed: of this scene; every picture has a chance of its own from it.
        film_seed: of what the first pictures of all scenes have in common.
        first: the file of the first picture, where there is one already.
        portraits: of the characters in it.
    """

    def __init__(
        self,
        score: Sequence[Key],
        told: DreamParameters,
        frame: Frame,
        seed: int,
        film_seed: int,
        first: Path | None = None,
        portraits: Sequence[Portrait] = (),
    ) -> None:
        self.painted = [read_image(first, frame.width, frame.height)] if first else []
        self._score, self._told, self._frame = score, told, frame
        self._seed, self._film_seed, self._portraits = seed, film_seed, portraits

    @property
    def n_open(self) -> int:
        """How many pictures are not painted yet."""
        return len(self._score) - len(self.painted)

    def paint(self, pipeline: Any, counting: Counting) -> None:
        """Paint what is not painted yet."""
        for index in range(len(self.painted), len(self._score)):
            key = self._score[index]
            with counting.run(pipeline):
                painted = self._over(pipeline, key, index) if index else self._first(pipeline, key)
            self.painted.append(painted)

    def _begun(self, key: Key) -> Image:
        size = (self._frame.width, self._frame.height)
        target = read_image(Path(key.target), *size) if key.target else None
        return begun(self.painted[-1], self.painted[0], target, key.nearness, self._told)

    def _first(self, pipeline: Any, key: Key) -> Image:
        """Paint from noise, with what the same weights do without a picture to begin with."""
        shape = (4, self._frame.height // _LATENT, self._frame.width // _LATENT)
        noise = shared_noise([self._seed], self._film_seed, self._told.shared_noise, shape)
        kind: Any = diffusers.StableDiffusionPipeline
        from_noise = kind(**{**pipeline.components, "safety_checker": None}, requires_safety_checker=False)
        from_noise.progress_bar = pipeline.progress_bar
        return self._run(from_noise, key, latents=noise.to(pipeline.unet.dtype))

    def _over(self, pipeline: Any, key: Key, index: int) -> Image:
        """Paint over what is there."""
        chance = generator_for((self._seed + index) % 2**32)
        strength = min(1.0, max(key.strength, (1 + 1e-6) / self._told.steps))  # at least one step
        return self._run(pipeline, key, image=self._begun(key)[None], strength=strength, generator=chance)

    def _run(self, pipeline: Any, key: Key, **begun: Any) -> Image:
        wanted, unwanted = embeddings_of(pipeline, [key.prompt], [key.negative_prompt])
        guided = self._told.guidance_scale > 1
        made = pipeline(
            **begun,
            **portrait_arguments(pipeline, self._portraits, self._told.portrait_scale, guided=guided),
            prompt_embeds=wanted,
            negative_prompt_embeds=unwanted,
            num_inference_steps=self._told.steps,
            guidance_scale=self._told.guidance_scale,
            output_type="np",
        )
        return np.asarray(frames_of([made.images])[0][0] / 255, np.float32)


def begun(before: Image, first: Image, target: Image | None, nearness: float, told: DreamParameters) -> Image:
    """Return what a picture is painted over.

    Args:
        before: the picture before it, which is moved on.
        first: the first picture, which shines through, and whose colours are kept.
        target: the picture to come near to.
        nearness: how much of the target is mixed in, 0 to 1.
        told: how much of each.
    """
    picture = like_in_color(moved(before, told, 1.0), first, told.keep_colors)
    picture = picture * (1 - told.shadow) + first * told.shadow
    if target is not None:
        picture = picture * (1 - nearness) + target * nearness
    return np.asarray(picture, np.float32)


def moved(picture: Image, told: DreamParameters, part: float) -> Image:
    """Return a picture moved by a part of the way that lies between two pictures; negative: back."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), told.turn_deg * part, told.zoom**part)
    moved_to = cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(np.clip(moved_to, 0, 1), np.float32)


def like_in_color(picture: Image, first: Image, share: float) -> Image:
    """Return a picture whose colours are brought back to those of another: their mean and spread."""
    mean, spread = picture.mean((0, 1)), picture.std((0, 1)) + 1e-4
    alike = (picture - mean) / spread * first.std((0, 1)) + first.mean((0, 1))
    return np.asarray(np.clip(picture * (1 - share) + alike * share, 0, 1), np.float32)


def film_through(
    pictures: Sequence[Image], at: Sequence[int], n_frames: int, told: DreamParameters
) -> Iterator[Image]:
    """Yield the frames of a film in which each picture is fully there on its own frame.

    What was moved between two pictures is known, so both are moved along with the film and one melts
    into the other in place. After the last picture the movement goes on.

    Args:
        pictures: in order.
        at: the frame of each, the first 0.
        n_frames: of the film.
        told: how pictures move.
    """
    for index, picture in enumerate(pictures):
        is_last = index + 1 == len(pictures)
        until = n_frames if is_last else at[index + 1]
        usual = at[index] - at[index - 1] if is_last and index else until - at[index]
        for frame in range(at[index], until):
            part = (frame - at[index]) / max(1, usual)
            shown = moved(picture, told, part)
            if not is_last:
                mixed = part * part * (3 - 2 * part)
                shown = shown * (1 - mixed) + moved(pictures[index + 1], told, part - 1) * mixed
            yield np.asarray(shown, np.float32)


def write_stream(frames: Iterator[Image], fps: int, out: Path, heed: Callable[[int], None]) -> None:
    """Write frames as an MP4 that appears whole or not at all; tell `heed` how many there are."""
    first = next(frames)
    height, width = first.shape[:2]
    with encoding(out, width, height, fps) as encoder:
        for frame in (first, *frames):
            eight_bit = np.asarray(np.round(frame * 255), np.uint8)
            planes = cv2.cvtColor(eight_bit, cv2.COLOR_RGB2YUV_I420)
            encoder.write(np.asarray(planes, np.uint8), keyframe=encoder.n_frames % (2 * fps) == 0)
            heed(encoder.n_frames)


def read_image(path: Path, width: int, height: int) -> Image:
    """Return a picture file that fills a size; raises MediaError where it is none."""
    return np.asarray(cover(read_picture(path), width, height) / np.float32(255), np.float32)
