"""What cloth is made of: weaves and prints as tiles that move with the body, and what cloth shines like."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.shapes import (
    Bones,
    Point,
    Ribbon,
    across_of,
    add_segment,
    angle_of,
    lerp,
    limb,
    strand,
)
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_TILE_PX = 96
_LOOSE_PX = 180  # pixels to a unit below which a weave is finer than the picture
# Width of a tile in figure units, where an adult is 1.0 tall: prints are as large as on real cloth.
_SIZES = {
    "denim": 0.04, "wool": 0.07, "knit": 0.066, "linen": 0.045, "corduroy": 0.055, "leather": 0.11,
    "sequin": 0.05, "lace": 0.05, "plaid": 0.11, "striped": 0.06, "dotted": 0.075, "floral": 0.12,
    "camo": 0.2, "leopard": 0.12,
}  # fmt: skip
_PRINTS = ("plaid", "striped", "dotted", "floral", "camo", "leopard", "sequin")
Ink = Callable[[skia.Path, RGB, float, float], None]


def dress_ribbon(brush: Brush, ribbon: Ribbon, piece: Piece, path: skia.Path | None = None) -> None:
    """Draw the cloth of a garment over its colour, inside a path or the ribbon's outline."""
    if not piece.feel:
        return
    outline = path if path is not None else ribbon.outline()
    top, hem = ribbon.levels[0][0], ribbon.levels[-1][0]
    up, down = ribbon.at(0.5, min(top, 0.9)), ribbon.at(0.5, max(hem, min(top, 0.9) - 0.8))
    _weave(brush, outline, piece, up, angle_of(up, down) - math.pi / 2)
    streaks = _GLOSS.get(piece.feel, ())
    if not streaks:
        return
    brush.canvas.save()
    brush.canvas.clipPath(outline, True)
    high, low = min(top, 0.86), hem + 0.03
    for u, width, amount in streaks:
        u = u if brush.dark < 0 else 1 - u
        line = ribbon.line((u, high), (u - 0.05, (high + low) / 2), (u + 0.02, low))
        brush.line(line, _sheen(piece, amount), width, abs(amount))
    brush.canvas.restore()


def dress_limb(brush: Brush, bones: Bones, radii: Sequence[float], piece: Piece) -> None:
    """Draw the cloth of a sleeve or trouser leg, each half along its own bone."""
    if not piece.feel:
        return
    r0, r1, r2, r3, r4 = radii
    for a, b, widths in ((bones[0], bones[1], (r0, r1, r2)), (bones[1], bones[2], (r2, r3, r4))):
        half = skia.Path()
        add_segment(half, a, b, *widths, True)
        _weave(brush, half, piece, a, angle_of(a, b) - math.pi / 2)
    streaks = _GLOSS.get(piece.feel, ())
    if not streaks:
        return
    brush.canvas.save()
    brush.canvas.clipPath(limb(bones, radii, flat=True), True)
    for u, width, amount in streaks:
        shift = (u - 0.5) * 1.5 * r2 * (1 if brush.dark < 0 else -1)
        line = [(p[0] + shift, p[1]) for p in (lerp(bones[0], bones[1], 0.2), bones[1], bones[2])]
        brush.line(strand(line), _sheen(piece, amount), width * 0.45, abs(amount))
    brush.canvas.restore()


# How cloth throws light back: (place across, width, strength) of its streaks; negative darkens.
_GLOSS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "leather": ((0.7, 0.016, 0.55), (0.3, 0.01, 0.3), (0.5, 0.02, -0.3)),
    "silk": ((0.66, 0.05, 0.34), (0.68, 0.016, 0.5), (0.26, 0.03, 0.26), (0.45, 0.03, -0.22)),
    "sequin": ((0.66, 0.05, 0.3),),
    "velvet": ((0.97, 0.05, 0.3), (0.04, 0.05, 0.26), (0.5, 0.11, -0.4)),
}


def _sheen(piece: Piece, amount: float) -> RGB:
    return mix(piece.color, (1.0, 0.97, 0.94), 0.72) if amount > 0 else shade(piece.color, 1.6)


def _weave(brush: Brush, path: skia.Path, piece: Piece, origin: Point, angle: float) -> None:
    size = _SIZES.get(piece.feel)
    if size is None or (brush.px < _LOOSE_PX and piece.feel not in _PRINTS):
        return
    matrix = skia.Matrix().Translate(*origin)
    matrix.preRotate(math.degrees(angle))
    matrix.preScale(size / _TILE_PX, size / _TILE_PX)
    shader = _tile(piece.feel, piece.color, piece.accent).makeShader(
        skia.TileMode.kRepeat,
        skia.TileMode.kRepeat,
        skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNearest),
        matrix,
    )
    bright = 1.0 - brush.gloom
    lit = skia.Color4f(bright, bright, bright, 1.0).toColor()
    paint = skia.Paint(AntiAlias=True, Shader=shader)
    if bright < 0.98:
        paint.setColorFilter(skia.ColorFilters.Blend(lit, skia.BlendMode.kModulate))
    brush.canvas.drawPath(path, paint)


@lru_cache(maxsize=128)
def _tile(feel: str, color: RGB, accent: RGB | None) -> skia.Image:
    """Return a weave or print as a tile that repeats without a seam, see-through between its threads."""
    surface = skia.Surface(_TILE_PX, _TILE_PX)
    with surface as canvas:
        canvas.clear(0)
        canvas.scale(_TILE_PX, _TILE_PX)
        paint = skia.Paint(AntiAlias=True)

        def ink(path: skia.Path, tone: RGB, alpha: float, width: float) -> None:
            paint.setColor4f(skia.Color4f(*tone, alpha))
            paint.setStyle(skia.Paint.kFill_Style if width == 0 else skia.Paint.kStroke_Style)
            paint.setStrokeWidth(width)
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    canvas.save()
                    canvas.translate(dx, dy)
                    canvas.drawPath(path, paint)
                    canvas.restore()

        light, dark = lift(color, 0.4 if luminance(color) < 0.5 else 0.6), shade(color, 1.3)
        contrast = (0.97, 0.95, 0.9) if luminance(color) < 0.55 else (0.2, 0.22, 0.35)
        _DRAWN[feel](ink, light, dark, accent or mix(color, contrast, 0.6 if feel == "striped" else 0.5))
    return surface.makeImageSnapshot().withDefaultMipmaps()


def _lines(*segments: tuple[float, float, float, float]) -> skia.Path:
    path = skia.Path()
    for x0, y0, x1, y1 in segments:
        path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    return path


def _spots(places: Sequence[tuple[float, float]], rx: float, ry: float | None = None) -> skia.Path:
    path = skia.Path()
    for x, y in places:
        path.addOval(skia.Rect.MakeLTRB(x - rx, y - (ry or rx), x + rx, y + (ry or rx)))
    return path


def _denim(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    ink(_lines(*((i / 5, 1, i / 5 + 1, 0) for i in range(-5, 5))), light, 0.24, 0.06)
    ink(_lines(*((i / 5 + 0.1, 1, i / 5 + 1.1, 0) for i in range(-5, 5))), dark, 0.28, 0.05)


def _wool(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    for tone, shift in ((light, 0.0), (dark, 0.5)):
        for row in range(4):
            y = (row + 0.5 * (shift > 0)) / 4
            way = 1 if row % 2 else -1
            marks = [(x / 4 + shift / 4, y, x / 4 + shift / 4 + 0.12 * way, y + 0.16) for x in range(4)]
            ink(_lines(*marks), tone, 0.5, 0.055)


def _knit(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    for x in range(4):
        for y in range(4):
            u, v = x / 4, y / 4
            ink(_lines((u, v, u + 0.125, v + 0.14), (u + 0.25, v, u + 0.125, v + 0.14)), dark, 0.45, 0.045)
            ink(_lines((u + 0.02, v + 0.06, u + 0.115, v + 0.17)), light, 0.4, 0.035)


def _linen(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    for i, width in enumerate((0.05, 0.03, 0.07, 0.04, 0.05)):
        ink(_lines((0, i / 5, 1, i / 5)), dark, 0.26, width)
        ink(_lines((i / 5 + 0.1, 0, i / 5 + 0.1, 1)), light, 0.5, width)


def _corduroy(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    ink(_lines(*((i / 3, 0, i / 3, 1) for i in range(3))), dark, 0.85, 0.15)
    ink(_lines(*((i / 3 + 0.16, 0, i / 3 + 0.16, 1) for i in range(3))), light, 0.6, 0.1)


def _leather(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    creases = ((0.1, 0.2, 0.3, 0.26), (0.5, 0.1, 0.62, 0.2), (0.7, 0.55, 0.92, 0.5), (0.2, 0.7, 0.34, 0.8))
    ink(_lines(*creases), dark, 0.45, 0.03)
    ink(_lines(*((a, b + 0.035, c, d + 0.035) for a, b, c, d in creases)), light, 0.3, 0.02)


def _sequin(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    rows = [(x / 4 + (0.125 if y % 2 else 0.0), y / 4) for y in range(4) for x in range(4)]
    ink(_spots(rows, 0.115), light, 0.45, 0)
    ink(_spots(rows[::5], 0.085), (1.0, 0.98, 0.92), 0.75, 0)
    ink(_spots(rows, 0.12), dark, 0.5, 0.025)


def _lace(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    ink(_lines((0, 0, 1, 1), (0, 1, 1, 0), (0.5, 0, 1, 0.5), (0, 0.5, 0.5, 1)), light, 0.55, 0.04)
    ink(_spots([(0.5, 0.5), (0.0, 0.0)], 0.14), light, 0.6, 0.05)


def _plaid(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    ink(_lines((0.25, 0, 0.25, 1), (0, 0.25, 1, 0.25)), dark, 0.5, 0.32)
    ink(_lines((0.72, 0, 0.72, 1), (0, 0.72, 1, 0.72)), accent, 0.75, 0.07)


def _stripes(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    ink(_lines((0, 0.5, 1, 0.5)), accent, 0.92, 0.4)


def _dots(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    ink(_spots([(0.25, 0.25), (0.75, 0.75)], 0.15), accent, 0.95, 0)


def _flowers(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    for x, y, size in ((0.27, 0.27, 1.0), (0.76, 0.7, 1.15), (0.8, 0.16, 0.7), (0.24, 0.78, 0.75)):
        petals = [
            (x + 0.1 * size * math.cos(a * 1.257), y + 0.1 * size * math.sin(a * 1.257)) for a in range(5)
        ]
        ink(_spots([(x + 0.17 * size, y + 0.1 * size)], 0.12 * size, 0.05), (0.36, 0.55, 0.36), 0.9, 0)
        ink(_spots(petals, 0.085 * size), accent, 0.95, 0)
        ink(_spots([(x, y)], 0.06 * size), (0.97, 0.8, 0.36), 1.0, 0)


def _camo(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    ink(_spots([(0.2, 0.2), (0.34, 0.26), (0.7, 0.66), (0.82, 0.6)], 0.17, 0.1), dark, 0.9, 0)
    ink(_spots([(0.66, 0.2), (0.12, 0.64), (0.26, 0.7)], 0.15, 0.09), light, 0.7, 0)
    ink(_spots([(0.44, 0.5), (0.9, 0.92), (0.4, 0.92)], 0.13, 0.07), (0.16, 0.15, 0.13), 0.8, 0)


def _leopard(ink: Ink, light: RGB, dark: RGB, accent: RGB) -> None:
    places = [(0.2, 0.2), (0.7, 0.3), (0.4, 0.65), (0.86, 0.8), (0.1, 0.86)]
    ink(_spots(places, 0.1, 0.08), dark, 0.7, 0)
    ink(_spots(places, 0.12, 0.1), (0.14, 0.1, 0.08), 0.95, 0.06)


_DRAWN: dict[str, Callable[[Ink, RGB, RGB, RGB], None]] = {
    "denim": _denim, "wool": _wool, "knit": _knit, "linen": _linen, "corduroy": _corduroy,
    "leather": _leather, "sequin": _sequin, "lace": _lace, "plaid": _plaid, "striped": _stripes,
    "dotted": _dots, "floral": _flowers, "camo": _camo, "leopard": _leopard,
}  # fmt: skip


def stitch(brush: Brush, points: Sequence[Point], piece: Piece, width: float = 0.003) -> None:
    """Draw a seam sewn in a thread of another tone, as on denim; in the cloth's own shade elsewhere."""
    tone = (
        mix((0.93, 0.7, 0.36), lift(piece.color, 0.3), 0.35)
        if piece.feel == "denim"
        else shade(piece.color, 1.3)
    )
    brush.line(strand(list(points)), tone, width, 0.85)


def ribs(brush: Brush, a: Point, b: Point, radius: float, color: RGB) -> None:
    """Draw the ribs of a knitted cuff around a limb between two points."""
    across = across_of(a, b)
    for i in range(-2, 3):
        shift = radius * i / 2.6
        line = [(p[0] + across[0] * shift, p[1] + across[1] * shift) for p in (a, b)]
        brush.line(strand(line), shade(color, 1.0), 0.0022, 0.8)
