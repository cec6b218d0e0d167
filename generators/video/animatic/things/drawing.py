"""Drawing things: in the scene's colours, modelled by its light, on a layer or in a hand."""

from __future__ import annotations

import math
from typing import Protocol

import skia

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.scenery import ADULT, Scenery
from storyboard.generators.video.animatic.things.catalogue import Thing
from storyboard.generators.video.animatic.things.icons import Icon, icon_of

_ADULT_M = 1.72
_SMALL_M, _SMALL_POWER = 0.5, 0.62
_LARGE_M, _LARGE_POWER = 1.5, 0.55
"""Small things are drawn larger than they are, to be read; large ones smaller, to leave room for people."""
_GRIPS = {"b": (0.5, 0.92), "c": (0.5, 0.55), "t": (0.5, 0.04), "l": (0.80, 0.88), "-": (0.5, 0.5)}
"""Where the hand is, as shares of the drawing's box."""
_STRING = (0.17, 0.52)
"""How far back and up a string reaches from the hand, where an adult is 1.0."""
_SHADE, _GLEAM = (0.10, 0.07, 0.18), (1.0, 0.95, 0.86)


class _Fills(Protocol):
    """A figure's brush: fills and draws paths in colours under its light."""

    canvas: skia.Canvas

    def fill(self, path: skia.Path, color: RGB, alpha: float = 1.0) -> None:
        """Fill a path."""

    def line(self, path: skia.Path, color: RGB, width: float, alpha: float = 1.0) -> None:
        """Draw a path as a line."""


def size_of(thing: Thing) -> float:
    """Return how large a thing is drawn: its larger side, where an adult is 1.0."""
    size_m = thing.size_m
    if size_m < _SMALL_M:
        size_m = _SMALL_M * (size_m / _SMALL_M) ** _SMALL_POWER
    elif size_m > _LARGE_M:
        size_m = _LARGE_M * (size_m / _LARGE_M) ** _LARGE_POWER
    return size_m / _ADULT_M


def draw_thing(brush: _Fills, thing: Thing, x: float, y: float, size: float = 0.0, turn: float = 0.0) -> None:
    """Draw a thing in a hand: before the body where `is_behind`, else after it and before the fingers.

    Args:
        brush: the figure's, in figure space.
        thing: what is held.
        x: where the fist is, in the brush's units.
        y: see x.
        size: the thing's larger side in these units; 0: true to an adult of height 1.0.
        turn: degrees, clockwise.
    """
    if thing.floats:
        x, y = _on_a_string(brush, x, y)
    icon = icon_of(thing.icon)
    share_x, share_y = _GRIPS[thing.grip]
    at = (icon.box[0] + icon.width * share_x, icon.box[1] + icon.height * share_y)
    canvas = brush.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(turn)
    scale = (size or size_of(thing)) / icon.extent
    canvas.scale(scale, scale)
    canvas.translate(-at[0], -at[1])
    for part in icon.parts:
        if part.line_w:
            brush.line(part.path, part.colour, part.line_w, part.alpha)
        else:
            brush.fill(part.path, part.colour, part.alpha)
    canvas.restore()


def _on_a_string(brush: _Fills, x: float, y: float) -> tuple[float, float]:
    """Draw a string from a hand and return its other end: above and behind the head."""
    end = (x - _STRING[0], y - _STRING[1])
    path = skia.Path()
    path.moveTo(x, y)
    path.quadTo(x - _STRING[0] * 0.2, y - _STRING[1] * 0.6, *end)
    brush.line(path, (0.86, 0.84, 0.80), 0.005, 0.9)
    return end


def paint_thing(
    brush: Brush,
    scenery: Scenery,
    thing: Thing,
    x: float,
    base: float,
    *,
    turn: float = 0.0,
    grow: float = 1.0,
) -> None:
    """Paint a thing with the middle of its lower edge at (x, base), modelled by the light of the set."""
    icon = icon_of(thing.icon)
    scale = grow * size_of(thing) * ADULT / icon.extent
    canvas = brush.canvas
    canvas.save()
    canvas.translate(x, base)
    canvas.rotate(turn)
    canvas.scale(scale, scale)
    canvas.translate(-(icon.box[0] + icon.box[2]) / 2, -icon.box[3])
    box = skia.Rect.MakeLTRB(*icon.box).makeOutset(icon.extent * 0.1, icon.extent * 0.1)
    canvas.saveLayer(box)
    for part in icon.parts:
        paint = brush.paint(part.colour, part.alpha, emit=thing.shines)
        if part.line_w:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(part.line_w)
        canvas.drawPath(part.path, paint)
    _model(canvas, icon, brush, scenery, 0.35 if thing.shines else 1.0)
    canvas.restore()
    canvas.restore()


def extent_of(thing: Thing, grow: float = 1.0) -> tuple[float, float]:
    """Return the width and height at which a thing is painted, in scene units."""
    icon = icon_of(thing.icon)
    scale = grow * size_of(thing) * ADULT / icon.extent
    return icon.width * scale, icon.height * scale


def _model(canvas: skia.Canvas, icon: Icon, brush: Brush, scenery: Scenery, strength: float) -> None:
    """Round the flat shapes: light from the key's side above, shade away from it and towards the ground."""
    left, top, right, bottom = icon.box
    if scenery.key_side < 0:
        left, right = right, left
    dark = mix(brush.palette.ambient, _SHADE, 0.85)
    key = scenery.key_light if scenery.key_light is not None else brush.palette.sun
    glow = mix(brush.palette.light(key), _GLEAM, 0.3)
    _wash(canvas, icon, (left, bottom), (right, top), [(dark, 0.40 * strength), (dark, 0.0)], 0.62)
    _wash(canvas, icon, (right, top), (left, bottom), [(glow, 0.34 * strength), (glow, 0.0)], 0.46)
    _wash(canvas, icon, (left, bottom), (left, top), [(dark, 0.36 * strength), (dark, 0.0)], 0.34)


def _wash(
    canvas: skia.Canvas,
    icon: Icon,
    start: tuple[float, float],
    end: tuple[float, float],
    tones: list[tuple[RGB, float]],
    reach: float,
) -> None:
    stops = [skia.Color4f(*colour, alpha).toColor() for colour, alpha in tones]
    shader = skia.GradientShader.MakeLinear([skia.Point(*start), skia.Point(*end)], stops, [0.0, reach])
    paint = skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSrcATop, Dither=True)
    canvas.drawRect(skia.Rect.MakeLTRB(*icon.box).makeOutset(2, 2), paint)


def swing(t_s: float, seed: float) -> float:
    """Return a slow sway between -1 and 1."""
    return math.sin(t_s * 0.9 + seed) * 0.7 + math.sin(t_s * 1.7 + seed * 2.3) * 0.3
