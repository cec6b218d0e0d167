"""Pictures as arrays: read from any image file, fitted to a size, written as PNG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import MediaError
from storyboard.schema.files import beside

Picture = NDArray[np.uint8]
"""Shape (height, width, 3), RGB."""


def read_picture(path: Path) -> Picture:
    """Read an image file of any mode; what is transparent becomes white.

    Raises:
        MediaError: there is no such file, or it is no image.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as file:
            image = ImageOps.exif_transpose(_of_8_bits(file))
    except FileNotFoundError as error:
        raise MediaError("there is no such image", where=str(path), hint="check the path") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        hint = "give a PNG or JPEG that other programs open"
        raise MediaError(f"is no image that can be read ({error})", where=str(path), hint=hint) from error
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return np.asarray(image.convert("RGB"), np.uint8)


def _of_8_bits(image: Any) -> Any:
    """Return an image of 16 bits a pixel with 8, since Pillow would clip it."""
    from PIL import Image

    if not image.mode.startswith("I"):
        return image
    return Image.fromarray((np.clip(np.asarray(image), 0, 65_535) // 257).astype(np.uint8))


def cover(picture: Picture, width: int, height: int) -> Picture:
    """Scale a picture until it covers a size, and cut off evenly what is beyond it."""
    from PIL import Image, ImageOps

    if picture.shape[:2] == (height, width):
        return picture
    image = Image.fromarray(picture)
    return np.asarray(ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS), np.uint8)


def write_png(picture: Picture, out: Path) -> None:
    """Write a picture as a PNG that appears whole or not at all."""
    from PIL import Image

    with beside(out, ".png") as place:
        Image.fromarray(picture).save(place, "PNG")
