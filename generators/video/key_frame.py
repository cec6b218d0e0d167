"""The picture that a run of an image-to-video model begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storyboard.generators.image.picture import cover, read_picture
from storyboard.generators.video.diffusion.frames import Frames
from storyboard.generators.video.diffusion.wish import Wish
from storyboard.schema.errors import GeneratorError

CONTINUED = 0x51ED270B
"""Times the frames that are there, what a further part adds to the seed: each has noise of its own."""


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
