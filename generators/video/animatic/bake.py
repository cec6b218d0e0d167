"""Baking: the still part of each layer, painted once a view, graded, textured by the look, out of focus."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from storyboard.generators.video.animatic.camera import REST, Frame, View, matrix_at
from storyboard.generators.video.animatic.looks import Style
from storyboard.generators.video.animatic.looks.grade import Grade
from storyboard.generators.video.animatic.palette import RGB
from storyboard.generators.video.animatic.scenery import Layer, Move, Scenery

Pixels = NDArray[np.uint8]
_UNDERCOAT = "#4a4450"
"""What the farthest layer is painted on, so that it hides the last frame everywhere."""
NEAR = 1.2
"""From this zoom on, what lies behind the figures is out of focus."""
_EMPTY, _MIXED, _OPAQUE = 0, 1, 2
_STRIP = 24
"""How many of a frame's rows are judged together."""
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)


@dataclass(frozen=True)
class Baked:
    """A layer as premultiplied pixels (None if empty), how they lie on the resting frame, its rows."""

    depth: float
    pixels: Pixels | None
    opaque: bool
    to_frame: skia.Matrix
    blur_px: float
    moves: list[Move]
    rows: Pixels | None = None
    nearer: bool = False
    """Whether those who pass behind the figures are behind it too."""

    @property
    def n_bytes(self) -> int:
        """What its pixels take in memory."""
        return 0 if self.pixels is None else self.pixels.nbytes

    @property
    def width(self) -> int:
        """Of its pixels."""
        return 0 if self.pixels is None else self.pixels.shape[1]


@dataclass(frozen=True)
class Stock:
    """What the layers of a scene are baked with."""

    frame: Frame
    style: Style
    grade: Grade


def bake(
    scenery: Scenery, stock: Stock, view: View, *, focus: float = 1.0, whole: bool = False
) -> list[Baked]:
    """Paint every layer as a view sees it; foreground layers are left out of close views.

    `focus` is where the lens is focused: 1 at the figures' plane, 0 on what lies behind them, above 1 with
    an even softer background. `whole` layers are not cut to what is painted, so that two bakes match.
    """
    layers = [layer for layer in scenery.layers if layer.depth <= 1.0 or layer.kept or view.zoom < 1.45]
    under = scenery.palette.local(_UNDERCOAT)
    baked = [
        _bake_layer(layer, stock, view, focus, None if index else under, whole)
        for index, layer in enumerate(layers)
    ]
    return [replace(each, nearer=layer.nearer) for each, layer in zip(baked, layers, strict=True)]


def _bake_layer(
    layer: Layer, stock: Stock, view: View, focus: float, under: RGB | None, whole: bool
) -> Baked:
    frame = stock.frame
    margin = frame.margin_px
    pixels = _painted(layer, frame, view, margin, under)
    pixels = stock.style.texture(stock.grade.apply(pixels), layer.depth)
    blur = stock.style.depth_of_field * (
        layer.softness * frame.scale * view.zoom_at(layer.depth)
        + _depth_of_field(layer.depth, frame, view) * focus
    )
    pixels = _blurred(pixels, blur)
    if pixels[..., 3].min() == 255:
        return Baked(layer.depth, pixels, True, _offset(-margin, -margin), blur, layer.moves)
    if whole:
        return Baked(
            layer.depth, pixels, False, _offset(-margin, -margin), blur, layer.moves, rows_of(pixels)
        )
    x, y, w, h = (int(value) for value in cv2.boundingRect(np.ascontiguousarray(pixels[..., 3])))
    if w == 0 or h == 0:
        return Baked(layer.depth, None, False, _offset(0, 0), blur, layer.moves)
    cut = np.ascontiguousarray(pixels[y : y + h, x : x + w])
    return Baked(layer.depth, cut, False, _offset(x - margin, y - margin), blur, layer.moves, rows_of(cut))


def _painted(layer: Layer, frame: Frame, view: View, margin: int, under: RGB | None) -> Pixels:
    pixels: Pixels = np.zeros((frame.height + 2 * margin, frame.width + 2 * margin, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    canvas = surface.getCanvas()
    if under is not None:
        canvas.clear(skia.Color4f(*under, 1.0))
    canvas.translate(margin, margin)
    canvas.concat(matrix_at(frame, view, REST, layer.depth))
    canvas.drawPicture(layer.picture)
    surface.flushAndSubmit()
    return pixels


def lay(target: Pixels, baked: Baked, change: skia.Matrix) -> None:
    """Lay a baked layer on a frame, moved by a transform from its own pixels to the frame's.

    OpenCV warps and blends in a third of the time that skia needs to draw a scaled image with alpha; and
    only rows that are neither empty nor wholly opaque need blending at all.
    """
    if baked.pixels is None:
        return
    height, width = target.shape[:2]
    if baked.opaque:
        _warp(baked.pixels, change, (0, 0, width, height), dst=target)
        return
    h, w = baked.pixels.shape[:2]
    box = change.mapRect(skia.Rect.MakeWH(w, h))
    left, top = max(0, int(box.left()) - 1), max(0, int(box.top()) - 1)
    right, low = min(width, int(box.right()) + 2), min(height, int(box.bottom()) + 2)
    if right <= left or low <= top:
        return
    for first, last, state in _runs(baked, change, left, right, top, low):
        part = target[first:last, left:right]
        over = _warp(baked.pixels, change, (left, first, right, last))
        if state == _OPAQUE:
            part[:] = over
            continue
        through = cv2.merge([cv2.bitwise_not(cv2.extractChannel(over, 3))] * 4)
        cv2.multiply(part, through, dst=part, scale=1 / 255)
        cv2.add(part, over, dst=part)


def _warp(
    pixels: Pixels, change: skia.Matrix, box: tuple[int, int, int, int], dst: Pixels | None = None
) -> Pixels:
    """Return the part of a frame (left, top, right, low) that a layer fills."""
    left, top, right, low = box
    border = cv2.BORDER_CONSTANT if dst is None else cv2.BORDER_REPLICATE
    affine, size = _affine(change, left, top), (right - left, low - top)
    return np.asarray(
        cv2.warpAffine(pixels, affine, size, dst=dst, flags=cv2.INTER_LINEAR, borderMode=border), np.uint8
    )


def _runs(
    baked: Baked, change: skia.Matrix, left: int, right: int, top: int, low: int
) -> Iterator[tuple[int, int, int]]:
    """Yield runs of a frame's rows that the layer fills: first, last, and whether they are opaque."""
    back = skia.Matrix()
    change.invert(back)
    begun, state = top, _EMPTY
    for first in range(top, low, _STRIP):
        last = min(low, first + _STRIP)
        now = _state(baked, back.mapRect(skia.Rect.MakeLTRB(left, first, right, last)))
        if now != state:
            if state != _EMPTY and first > begun:
                yield begun, first, state
            begun, state = first, now
    if state != _EMPTY:
        yield begun, low, state


def _state(baked: Baked, seen: skia.Rect) -> int:
    """Return what a part of a layer is: empty, opaque, or something of both."""
    assert baked.rows is not None
    first, last = math.floor(seen.top()) - 1, math.ceil(seen.bottom()) + 2
    rows = baked.rows[max(0, first) : max(0, last)]
    if rows.size == 0 or not rows.any():
        return _EMPTY
    inside = first >= 0 and last <= len(baked.rows) and seen.left() >= 1 and seen.right() <= baked.width - 2
    return _OPAQUE if inside and rows.min() == _OPAQUE else _MIXED


def rows_of(pixels: Pixels) -> Pixels:
    """Return for every row of a layer whether it is empty, opaque or mixed."""
    alpha = pixels[..., 3]
    least, most = alpha.min(1), alpha.max(1)
    rows: Pixels = np.where(most == 0, _EMPTY, np.where(least == 255, _OPAQUE, _MIXED)).astype(np.uint8)
    return rows


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
    if view.zoom < NEAR or view.deep_focus:
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
