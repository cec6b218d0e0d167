"""The window: what of a picture another shape shows, and how it is cut out and scaled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.board import Aspect

Size = tuple[int, int]


def size_for(size: Size, aspect: Aspect) -> Size:
    """Return the size of a film in another shape: the short side stays as long as it is.

    Args:
        size: width and height of the film that it is made from, in pixels.
        aspect: the other shape.

    Returns:
        Width and height in pixels, both even: 1280 x 720 gives 720 x 1280 in 9:16 and 720 x 720 in 1:1.
    """
    across, down = (int(part) for part in aspect.split(":"))
    short = min(size)
    longer = round(short * max(across, down) / min(across, down) / 2) * 2
    return (longer, short) if across > down else (short, longer)


def window_of(size: Size, focus: tuple[float, float], target: Size) -> tuple[int, int, int, int]:
    """Return x, y, width and height of the largest window of the target's shape about the focus.

    All four are even, so that the half-sized colour planes are cut at the same place.
    """
    width, height = size
    wide = min(width, _even(height * target[0] / target[1]))
    high = min(height, _even(width * target[1] / target[0]))
    x = min(max(_even(focus[0] * width - wide / 2), 0), width - wide)
    y = min(max(_even(focus[1] * height - high / 2), 0), height - high)
    return x, y, wide, high


def _even(value: float) -> int:
    return round(value / 2) * 2


def reframed(
    planes: NDArray[np.uint8], size: Size, focus: tuple[float, float], target: Size
) -> NDArray[np.uint8]:
    """Return the window about the focus, scaled to the target.

    Args:
        planes: a picture as planes of yuv420p, shape (3 * height / 2, width).
        size: its width and height in pixels, both even.
        focus: the point to keep in view, from the left and the top, 0 to 1.
        target: width and height of the result in pixels, both even.

    Returns:
        Planes of yuv420p, shape (3 * target height / 2, target width).
    """
    import cv2

    x, y, wide, high = window_of(size, focus, target)
    grows = target[0] >= wide
    result = np.empty((target[1] * 3 // 2, target[0]), np.uint8)
    for source, drawn, part in zip(_planes(planes, size), _planes(result, target), (1, 2, 2), strict=True):
        cut = source[y // part : (y + high) // part, x // part : (x + wide) // part]
        inter = cv2.INTER_AREA if not grows else cv2.INTER_CUBIC if part == 1 else cv2.INTER_LINEAR
        cv2.resize(cut, (target[0] // part, target[1] // part), dst=drawn, interpolation=inter)
    return result


def _planes(planes: NDArray[np.uint8], size: Size) -> list[NDArray[np.uint8]]:
    """Return views of the luma plane and the two half-sized colour planes."""
    width, height = size
    flat = planes.reshape(-1)
    luma, chroma = width * height, width * height // 4
    half = (height // 2, width // 2)
    return [
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(half),
        flat[luma + chroma :].reshape(half),
    ]
