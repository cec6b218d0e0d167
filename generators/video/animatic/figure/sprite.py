"""The sprite buffer: a figure is drawn on its own, then set into the picture with its rim light.

The rim comes from the whole silhouette: its alpha less itself moved away from the light.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
import skia

from storyboard.generators.video.animatic.figure.colors import RGB

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Light:
    """The light of a scene.

    Attributes:
        ambient: multiplied on every colour, each 0 to 1.
        rim: colour of the light from behind.
        rim_side: where it comes from on the screen: -1 left, 1 right.
        strength: of the rim light, 0 to 1.
    """

    ambient: RGB
    rim: RGB
    rim_side: Literal[-1, 1]
    strength: float


def draw_sprite(
    canvas: skia.Canvas,
    bounds: skia.Rect,
    light: Light,
    rim_px: float,
    paint: Callable[[skia.Canvas], None],
) -> None:
    """Draw a sprite on a canvas.

    Args:
        canvas: the picture; its matrix and clip are respected, and only what is visible is drawn.
        bounds: a box around the sprite, in the canvas's coordinates.
        light: the light of the scene.
        rim_px: width of the rim in the canvas's coordinates.
        paint: draws the sprite on the canvas it is given, in the same coordinates.
    """
    matrix = canvas.getTotalMatrix()
    if abs(matrix.getSkewX()) > 0.5 * _scale_of(matrix):
        _draw_turned(canvas, matrix, bounds, light, rim_px, paint)
        return
    box = matrix.mapRect(bounds).roundOut()
    clip = canvas.getDeviceClipBounds()
    spare = round(rim_px * _scale_of(matrix)) + 2  # else the edge of the picture would catch a rim
    if not box.intersect(clip.makeOutset(spare, spare)):
        return
    pixels = np.zeros((box.height(), box.width(), 4), np.uint8)
    info = skia.ImageInfo.MakeN32Premul(box.width(), box.height())  # any other order draws 30 times slower
    surface = skia.Surface.MakeRasterDirect(info, pixels, box.width() * 4)
    inner = surface.getCanvas()
    inner.translate(-box.left(), -box.top())
    inner.concat(matrix)
    paint(inner)
    if light.strength > 0.01:
        _light_rim(pixels, light, max(1.0, rim_px * _scale_of(matrix)))
    canvas.save()
    canvas.resetMatrix()
    image = skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels, box.width() * 4))
    canvas.drawImage(image, box.left(), box.top())
    canvas.restore()


def _draw_turned(
    canvas: skia.Canvas,
    matrix: skia.Matrix,
    bounds: skia.Rect,
    light: Light,
    rim_px: float,
    paint: Callable[[skia.Canvas], None],
) -> None:
    """Draw a sprite that is laid on its side: upright first, lit from what is up then, and turned."""
    scale = _scale_of(matrix)
    box = skia.Matrix.Scale(scale, scale).mapRect(bounds).roundOut()
    pixels = np.zeros((box.height(), box.width(), 4), np.uint8)
    info = skia.ImageInfo.MakeN32Premul(box.width(), box.height())
    inner = skia.Surface.MakeRasterDirect(info, pixels, box.width() * 4).getCanvas()
    inner.translate(-box.left(), -box.top())
    inner.scale(scale, scale)
    paint(inner)
    up: Literal[-1, 1] = 1 if matrix.getSkewY() < 0 else -1
    if light.strength > 0.01:
        _light_rim(pixels, replace(light, rim_side=up), max(1.0, rim_px * scale))
    canvas.save()
    canvas.scale(1 / scale, 1 / scale)
    image = skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels, box.width() * 4))
    canvas.drawImage(image, box.left(), box.top(), skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()


def _light_rim(pixels: Pixels, light: Light, width_px: float) -> None:
    """Screen the rim light onto a sprite (BGRA, premultiplied): bright at its edge, softer further in."""
    alpha = np.ascontiguousarray(pixels[:, :, 3])
    wide, narrow = _edge(alpha, light.rim_side, width_px), _edge(alpha, light.rim_side, width_px * 0.5)
    rim = cv2.addWeighted(wide, 0.5, narrow, 0.5, 0.0)
    flat = pixels.reshape(-1, 4)
    places = np.flatnonzero(rim > 3)
    amount = rim.reshape(-1)[places, None] * (min(1.0, light.strength) / 255)
    color = np.array(light.rim[::-1], np.float32) * amount.astype(np.float32)
    lit = flat[places]
    screened = lit[:, :3] + color * (lit[:, 3:] - lit[:, :3].astype(np.float32))
    flat[places, :3] = np.minimum(screened + 0.5, lit[:, 3:]).astype(np.uint8)


def _edge(alpha: Pixels, side: int, width_px: float) -> Pixels:
    """Return the part of a silhouette within a width of its edge on one side, or a little from above."""
    dx, dy = side * max(1, round(width_px)), -round(width_px * 0.45)
    height, width = alpha.shape
    edge = alpha.copy()
    left, right = max(0, -dx), width - max(0, dx)
    if right > left and height > -dy:
        inner = edge[-dy:, left:right]
        inner[:] = cv2.subtract(inner, alpha[: height + dy, left + dx : right + dx])
    return edge


def _scale_of(matrix: skia.Matrix) -> float:
    return math.sqrt(abs(matrix.getScaleX() * matrix.getScaleY() - matrix.getSkewX() * matrix.getSkewY()))
