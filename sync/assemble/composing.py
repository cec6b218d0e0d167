"""Make one picture of the layers of a frame, on planes of yuv420p; what nothing is done to is not copied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storyboard.sync.assemble.effects import WHITE, Effects, Tone
from storyboard.sync.assemble.layers import Layer, Planes

_ROWS = 64  # mixed at once: what is in between stays small


def composed(
    layers: Sequence[tuple[Layer, Planes]], frame: int, effects: Effects, size: tuple[int, int]
) -> Planes:
    """Return a frame of the film, shape (3 * height / 2, width).

    Each shot is enlarged for itself; then they are mixed; then the whole is dipped, then lit up.
    """
    shown = [
        (zoomed(planes, effects.zooms.get((layer.shot, frame), 1.0), size), layer) for layer, planes in layers
    ]
    picture = shown[0][0]
    for planes, layer in shown[1:]:
        picture = mixed(picture, planes, layer.weight)
    picture = towards(picture, effects.tone, effects.dips.get(frame, 0.0), size)
    return towards(picture, WHITE, effects.flashes.get(frame, 0.0), size)


def mixed(old: Planes, new: Planes, share: float) -> Planes:
    """Return two pictures laid over each other, `share` of the new one."""
    of_new = round(share * 256)
    result = np.empty_like(old)
    for top in range(0, len(old), _ROWS):
        rows = slice(top, top + _ROWS)
        total = old[rows] * np.uint16(256 - of_new) + new[rows] * np.uint16(of_new) + np.uint16(128)
        result[rows] = total >> np.uint16(8)
    return result


def towards(planes: Planes, tone: Tone, share: float, size: tuple[int, int]) -> Planes:
    """Return a picture of which `share` is a plain colour."""
    if not share:
        return planes
    result = np.empty_like(planes)
    levels = np.arange(256)
    for source, drawn, level in zip(planes_of(planes, size), planes_of(result, size), tone, strict=True):
        table = np.rint(levels + (level - levels) * share).astype(np.uint8)
        np.take(table, source, out=drawn, mode="clip")
    return result


def zoomed(planes: Planes, scale: float, size: tuple[int, int]) -> Planes:
    """Return a picture enlarged about its middle."""
    if scale == 1.0:
        return planes
    import cv2

    result = np.empty_like(planes)
    for source, drawn in zip(planes_of(planes, size), planes_of(result, size), strict=True):
        height, width = source.shape
        x, y = ((side - 1) / 2 * (1 - scale) for side in (width, height))
        matrix = np.array([[scale, 0, x], [0, scale, y]])
        cv2.warpAffine(source, matrix, (width, height), dst=drawn, flags=cv2.INTER_CUBIC)
    return result


def planes_of(planes: Planes, size: tuple[int, int]) -> list[NDArray[np.uint8]]:
    """Return views of the luma plane and the two half-sized colour planes."""
    width, height = size
    flat, luma, half = planes.reshape(-1), width * height, (height // 2, width // 2)
    parts = flat[:luma], flat[luma : luma * 5 // 4], flat[luma * 5 // 4 :]
    return [part.reshape(shape) for part, shape in zip(parts, ((height, width), half, half), strict=True)]
