"""The brush: shapes in scene units on a skia canvas, coloured by the scene's palette."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

from storyboard.generators.video.animatic.palette import RGB, Colour, Palette, mix, rgb

Point = tuple[float, float]
_RIM = 0.007
"""How wide the soft rim of a shaft of light is, in scene units."""


def _colour4f(colour: RGB, alpha: float) -> skia.Color4f:
    r, g, b = (min(1.0, max(0.0, channel)) for channel in colour)
    return skia.Color4f(r, g, b, min(1.0, max(0.0, alpha)))


def smooth_path(points: Sequence[Point], *, closed: bool = True) -> skia.Path:
    """Return the quadratic curve through the midpoints of a polygon: no overshoot, no corners."""
    builder = skia.Path()
    n = len(points)

    def middle(i: int) -> Point:
        (ax, ay), (bx, by) = points[i % n], points[(i + 1) % n]
        return ((ax + bx) / 2, (ay + by) / 2)

    if closed:
        builder.moveTo(*middle(0))
        for i in range(1, n + 1):
            builder.quadTo(*points[i % n], *middle(i))
        builder.close()
    else:
        builder.moveTo(*points[0])
        for i in range(1, n - 1):
            builder.quadTo(*points[i], *middle(i))
        builder.lineTo(*points[-1])
    return builder


class Brush:
    """Paints on one layer. `emit=True` is a thing that shines: time of day does not darken it."""

    def __init__(self, canvas: skia.Canvas, palette: Palette, depth: float, softness: float = 0.0) -> None:
        self.canvas = canvas
        self.palette = palette
        self.depth = depth
        self.softness = softness

    def colour(self, colour: Colour, *, emit: bool = False) -> RGB:
        """Return a colour as it looks on this layer."""
        return self.palette.light(colour) if emit else self.palette.local(colour, min(1.0, self.depth))

    def paint(self, colour: Colour, alpha: float = 1.0, *, emit: bool = False) -> skia.Paint:
        """Return a fill of a colour."""
        paint = skia.Paint(_colour4f(self.colour(colour, emit=emit), alpha))
        paint.setAntiAlias(True)
        if self.softness > 0:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, self.softness))
        return paint

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        colour: Colour,
        *,
        r: float = 0.0,
        alpha: float = 1.0,
        emit: bool = False,
    ) -> None:
        """Fill a rectangle from its top left corner, with corners of radius r."""
        paint = self.paint(colour, alpha, emit=emit)
        self.canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), r, r, paint)

    def circle(
        self, x: float, y: float, r: float, colour: Colour, *, alpha: float = 1.0, emit: bool = False
    ) -> None:
        """Fill a circle."""
        self.canvas.drawCircle(x, y, r, self.paint(colour, alpha, emit=emit))

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        *,
        alpha: float = 1.0,
        emit: bool = False,
    ) -> None:
        """Fill an ellipse."""
        box = skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry)
        self.canvas.drawOval(box, self.paint(colour, alpha, emit=emit))

    def poly(
        self, points: Sequence[Point], colour: Colour, *, alpha: float = 1.0, emit: bool = False
    ) -> None:
        """Fill a polygon with straight sides."""
        path = skia.Path()
        path.addPoly([skia.Point(*point) for point in points], True)
        self.canvas.drawPath(path, self.paint(colour, alpha, emit=emit))

    def blob(
        self, points: Sequence[Point], colour: Colour, *, alpha: float = 1.0, emit: bool = False
    ) -> None:
        """Fill a smooth shape."""
        self.canvas.drawPath(smooth_path(points), self.paint(colour, alpha, emit=emit))

    def line(
        self,
        points: Sequence[Point],
        colour: Colour,
        w: float,
        *,
        alpha: float = 1.0,
        emit: bool = False,
        smooth: bool = False,
    ) -> None:
        """Draw a line of width w with round ends."""
        paint = self.paint(colour, alpha, emit=emit)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(w)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        if smooth and len(points) > 2:
            self.canvas.drawPath(smooth_path(points, closed=False), paint)
            return
        path = skia.Path()
        path.addPoly([skia.Point(*point) for point in points], False)
        self.canvas.drawPath(path, paint)

    def gradient(
        self,
        box: tuple[float, float, float, float],
        colours: Sequence[Colour],
        *,
        alphas: Sequence[float] | None = None,
        across: bool = False,
        emit: bool = False,
    ) -> None:
        """Fill a box (x, y, w, h) with colours from top to bottom, or from left to right."""
        x, y, w, h = box
        ends = [skia.Point(x, y), skia.Point(x + w, y) if across else skia.Point(x, y + h)]
        alphas = alphas or [1.0] * len(colours)
        stops = [
            _colour4f(self.colour(colour, emit=emit), alpha).toColor()
            for colour, alpha in zip(colours, alphas, strict=True)
        ]
        paint = skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, stops), Dither=True)
        self.canvas.drawRect(skia.Rect.MakeXYWH(x, y, w, h), paint)

    def glow(
        self, x: float, y: float, r: float, colour: Colour, alpha: float = 0.6, *, flat: float = 1.0
    ) -> None:
        """Lay a round pool of light by SCREEN; `flat` below 1 squeezes it to an ellipse."""
        tone = self.palette.light(colour)
        stops = [_colour4f(tone, alpha * share).toColor() for share in (1.0, 0.45, 0.13, 0.0)]
        shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), r, stops, [0.0, 0.3, 0.62, 1.0])
        paint = skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kScreen, Dither=True)
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.scale(1.0, flat)
        self.canvas.drawCircle(0, 0, r, paint)
        self.canvas.restore()

    def beam(
        self,
        points: Sequence[Point],
        colour: Colour,
        alpha: float,
        *,
        fade: tuple[Point, Point],
        blur: float = 0.008,
    ) -> None:
        """Lay a shaft of light by SCREEN, fading between two points; blur is for baked layers only.

        Without blur it is drawn as triangles with a soft rim, four times as fast as a gradient.
        """
        tone = self.palette.light(colour)
        if blur <= 0:
            self._shaft(points, tone, alpha, fade)
            return
        ends = [skia.Point(*fade[0]), skia.Point(*fade[1])]
        stops = [_colour4f(tone, alpha).toColor(), _colour4f(tone, 0.0).toColor()]
        paint = skia.Paint(
            Shader=skia.GradientShader.MakeLinear(ends, stops),
            BlendMode=skia.BlendMode.kScreen,
            AntiAlias=True,
        )
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        path = skia.Path()
        path.addPoly([skia.Point(*point) for point in points], True)
        self.canvas.drawPath(path, paint)

    def _shaft(self, points: Sequence[Point], tone: RGB, alpha: float, fade: tuple[Point, Point]) -> None:
        """Fill a convex polygon with light that fades along an axis, and in a rim around it."""
        (ax, ay), (bx, by) = fade
        length = max(1e-9, (bx - ax) ** 2 + (by - ay) ** 2)
        inner, outer, lit = [], [], []
        for (x, y), (dx, dy) in zip(points, _outward(points), strict=True):
            inner.append(skia.Point(x, y))
            outer.append(skia.Point(x + _RIM * dx, y + _RIM * dy))
            share = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
            lit.append(_colour4f(tone, alpha * (1.0 - min(1.0, max(0.0, share)))).toColor())
        dark = _colour4f(tone, 0.0).toColor()
        places, colours = [], []
        for one in range(len(points)):
            two = (one + 1) % len(points)
            corners = [(inner[one], lit[one]), (inner[two], lit[two]), (outer[one], dark), (outer[two], dark)]
            for corner in ((inner[0], lit[0]), corners[0], corners[1], *corners[:3], *corners[1:]):
                places.append(corner[0])
                colours.append(corner[1])
        mesh = skia.Vertices(skia.Vertices.VertexMode.kTriangles_VertexMode, places, None, colours)
        paint = skia.Paint(BlendMode=skia.BlendMode.kScreen, Color=skia.ColorWHITE)
        self.canvas.drawVertices(mesh, paint, skia.BlendMode.kModulate)

    def shade(
        self, box: tuple[float, float, float, float], start: float, end: float, *, across: bool = False
    ) -> None:
        """Darken a box from one strength (0 to 1) to another, from top to bottom or left to right."""
        x, y, w, h = box
        ends = [skia.Point(x, y), skia.Point(x + w, y) if across else skia.Point(x, y + h)]
        dark = mix(self.palette.ambient, (0.02, 0.0, 0.06), 0.93)
        stops = [_colour4f(dark, start).toColor(), _colour4f(dark, end).toColor()]
        paint = skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, stops), Dither=True)
        self.canvas.drawRect(skia.Rect.MakeXYWH(x, y, w, h), paint)

    def shadow(self, x: float, y: float, rx: float, ry: float, alpha: float = 0.4) -> None:
        """Lay a soft contact shadow on the ground."""
        dark = _colour4f((0.03, 0.02, 0.07), alpha)
        paint = skia.Paint(dark)
        paint.setAntiAlias(True)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, ry * 0.45))
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), paint)


def _outward(points: Sequence[Point]) -> list[Point]:
    """Return at each corner of a convex polygon the direction away from it."""
    n = len(points)
    turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))
    normals = []
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        length = math.copysign(max(1e-9, math.hypot(bx - ax, by - ay)), turn)
        normals.append(((by - ay) / length, (ax - bx) / length))
    return [(normals[i - 1][0] + normals[i][0], normals[i - 1][1] + normals[i][1]) for i in range(n)]


def wobble(t: float, seed: float = 0.0) -> float:
    """Return a slow, smooth, never quite repeating value between -1 and 1."""
    return (math.sin(t * 1.0 + seed * 12.9) + math.sin(t * 1.618 + seed * 78.2) * 0.6) / 1.6


def darker(colour: Colour, by: float = 0.25) -> RGB:
    """Return the shadow tone of a colour: darker and a little cooler."""
    return mix(colour, (0.07, 0.05, 0.16), by)


def lighter(colour: Colour, by: float = 0.25) -> RGB:
    """Return the light tone of a colour: brighter and a little warmer."""
    return mix(colour, (1.0, 0.95, 0.86), by)


__all__ = ["Brush", "Point", "darker", "lighter", "rgb", "smooth_path", "wobble"]
