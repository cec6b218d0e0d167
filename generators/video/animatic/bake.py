"""Baking: the still part of each layer, painted once a view, with painted texture and depth of field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from storyboard.generators.video.animatic.camera import REST, Frame, View, matrix_at
from storyboard.generators.video.animatic.palette import RGB
from storyboard.generators.video.animatic.scenery import Layer, Move, Scenery

Pixels = NDArray[np.uint8]
_UNDERCOAT = "#4a4450"
"""What the farthest layer is painted on, so that it hides the last frame everywhere."""
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
_MARGIN = 0.075
"""How much larger than the frame a layer is baked, as a share of its width, for the camera's moves."""


@dataclass(frozen=True)
class Baked:
    """A layer as premultiplied pixels (None if empty), and how they lie on the resting frame."""

    depth: float
    pixels: Pixels | None
    opaque: bool
    to_frame: skia.Matrix
    blur_px: float
    moves: list[Move]


def bake(scenery: Scenery, frame: Frame, view: View, seed: int) -> list[Baked]:
    """Paint every layer as a view sees it; foreground layers are left out of close views."""
    layers = [layer for layer in scenery.layers if layer.depth <= 1.0 or view.zoom < 1.45]
    under = scenery.palette.local(_UNDERCOAT)
    return [_bake_layer(layer, frame, view, seed, None if i else under) for i, layer in enumerate(layers)]


def _bake_layer(layer: Layer, frame: Frame, view: View, seed: int, under: RGB | None) -> Baked:
    margin = int(frame.width * _MARGIN)
    width, height = frame.width + 2 * margin, frame.height + 2 * margin
    pixels: Pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    canvas = surface.getCanvas()
    if under is not None:
        canvas.clear(skia.Color4f(*under, 1.0))
    canvas.translate(margin, margin)
    canvas.concat(matrix_at(frame, view, REST, layer.depth))
    canvas.drawPicture(layer.picture)
    surface.flushAndSubmit()
    _texture(pixels, seed)
    blur = layer.softness * frame.scale * view.zoom_at(layer.depth) + _depth_of_field(
        layer.depth, frame, view
    )
    pixels = _blurred(pixels, blur)
    if pixels[..., 3].min() == 255:
        return Baked(layer.depth, pixels, True, _offset(-margin, -margin), blur, layer.moves)
    x, y, w, h = (int(value) for value in cv2.boundingRect(np.ascontiguousarray(pixels[..., 3])))
    if w == 0 or h == 0:
        return Baked(layer.depth, None, False, _offset(0, 0), blur, layer.moves)
    cut = np.ascontiguousarray(pixels[y : y + h, x : x + w])
    return Baked(layer.depth, cut, False, _offset(x - margin, y - margin), blur, layer.moves)


def lay(target: Pixels, baked: Baked, change: skia.Matrix) -> None:
    """Lay a baked layer on a frame, moved by a transform from its own pixels to the frame's.

    OpenCV warps and blends in a third of the time that skia needs to draw a scaled image with alpha.
    """
    if baked.pixels is None:
        return
    height, width = target.shape[:2]
    if baked.opaque:
        affine = _affine(change, 0, 0)
        cv2.warpAffine(
            baked.pixels,
            affine,
            (width, height),
            dst=target,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return
    h, w = baked.pixels.shape[:2]
    box = change.mapRect(skia.Rect.MakeWH(w, h))
    left, top = max(0, int(box.left()) - 1), max(0, int(box.top()) - 1)
    right, low = min(width, int(box.right()) + 2), min(height, int(box.bottom()) + 2)
    if right <= left or low <= top:
        return
    affine, size = _affine(change, left, top), (right - left, low - top)
    over = cv2.warpAffine(baked.pixels, affine, size, flags=cv2.INTER_LINEAR)
    through = cv2.merge([cv2.bitwise_not(cv2.extractChannel(over, 3))] * 4)
    part = target[top:low, left:right]
    cv2.multiply(part, through, dst=part, scale=1 / 255)
    cv2.add(part, over, dst=part)


def _affine(change: skia.Matrix, left: int, top: int) -> NDArray[np.float32]:
    return np.array(
        [
            [change.getScaleX(), change.getSkewX(), change.getTranslateX() - left],
            [change.getSkewY(), change.getScaleY(), change.getTranslateY() - top],
        ],
        np.float32,
    )


def _offset(x: float, y: float) -> skia.Matrix:
    matrix = skia.Matrix()
    matrix.setTranslate(x, y)
    return matrix


def _depth_of_field(depth: float, frame: Frame, view: View) -> float:
    """The nearer the camera, the softer what lies behind the figures."""
    if view.zoom < 1.2 or view.deep_focus:
        return 0.0
    return frame.height * 0.0052 * min(2.6, view.zoom - 0.6) * (1.18 - min(1.0, depth))


def _blurred(pixels: Pixels, sigma: float) -> Pixels:
    """Blur by a Gaussian; large ones at half or quarter size, which the eye cannot tell."""
    if sigma < 0.5:
        return pixels
    step = 4 if sigma > 10 else 2 if sigma > 4 else 1
    if step == 1:
        return cv2.GaussianBlur(pixels, (0, 0), sigma).astype(np.uint8, copy=False)
    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, (width // step, height // step), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / step)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.uint8, copy=False)


def _texture(pixels: Pixels, seed: int) -> None:
    """Break flat colour with soft patches and fine brush grain, as paint on paper does."""
    height, width = pixels.shape[:2]
    colour = np.ascontiguousarray(pixels[..., :3])
    pixels[..., :3] = cv2.multiply(colour, _paper(width, height, seed), scale=1 / 255)


@lru_cache(maxsize=2)
def _paper(width: int, height: int, seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    field = np.full((height, width), 247.0, np.float32)
    for cells, amount in ((7, 6.0), (22, 4.0), (170, 2.6)):
        rows = max(2, cells * height // width)
        noise = rng.standard_normal((rows, cells)).astype(np.float32)
        field += amount * cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    tone = np.clip(field, 215, 255).astype(np.uint8)
    return np.dstack([tone, tone, tone])
