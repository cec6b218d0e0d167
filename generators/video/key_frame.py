"""The picture that a run of an image-to-video model begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storyboard.generators.image.picture import cover, read_picture
from storyboard.generators.video.diffusion.frames import Frames
from storyboard.generators.video.diffusion.noise import shared_noise
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.schema.errors import GeneratorError

_CONTINUED = 0x51ED270B  # times the frames that are there, what a further part adds to the seed


def first_pictures(wishes: Sequence[Wish[Any]], before: Sequence[Frames]) -> list[Any]:
    """Return one PIL image for each piece, in the size of its clip.

    Args:
        wishes: the pieces.
        before: what of each is there already, whose last frame it goes on from; empty: its key frame.

    Raises:
        GeneratorError: a piece has no key frame.
        MediaError: a key frame cannot be read.
    """
    from PIL import Image

    if before:
        return [Image.fromarray(film[-1]) for film in before]
    return [Image.fromarray(_key_frame(wish)) for wish in wishes]


def _key_frame(wish: Wish[Any]) -> Any:
    if wish.key_frame is None:
        raise GeneratorError("there is no key frame to begin with", hint="give the request key_frames")
    return cover(read_picture(wish.key_frame), wish.frame.width, wish.frame.height)


def part_noise(wishes: Sequence[Wish[Any]], n_there: int, shape: tuple[int, ...]) -> tuple[list[int], Any]:
    """Return the seeds of the parts that are made now, and what they are denoised from.

    Args:
        wishes: the pieces.
        n_there: how many frames of each are there already: every part has noise of its own.
        shape: of the latents of one part.
    """
    seeds = [(wish.seed + n_there * _CONTINUED) % 2**32 for wish in wishes]
    return seeds, shared_noise(seeds, wishes[0].film_seed + n_there, wishes[0].told.shared_noise, shape)
