"""What cloth is made of, as a hint: knit ribs, denim seams, stripes, checks, dots, a sheen."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.shapes import Ribbon
from storyboard.generators.video.animatic.figure.wardrobe import Piece


def draw_pattern(brush: Brush, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the pattern of a garment on its ribbon, if the material has one."""
    top, hem = min(0.88, ribbon.levels[0][0]), ribbon.levels[-1][0]
    if piece.feel == "knit" and brush.px > 500:
        _ribs(brush, ribbon, piece, top, hem)
    elif piece.feel == "striped":
        _stripes(brush, ribbon, piece, top, hem)
    elif piece.feel == "plaid":
        _stripes(brush, ribbon, piece, top, hem)
        _uprights(brush, ribbon, piece, top, hem)
    elif piece.feel in ("dotted", "floral"):
        _dots(brush, ribbon, piece, top, hem)
    elif piece.feel == "shiny":
        sheen = ribbon.patch((0.3, top), (0.42, top - 0.05), (0.4, hem + 0.1), (0.32, hem + 0.05))
        brush.fill(sheen, lift(piece.color, 0.5), 0.35)


def _accent(piece: Piece) -> tuple[float, float, float]:
    light = luminance(piece.color) < 0.55
    return mix(piece.color, (0.97, 0.95, 0.9) if light else (0.2, 0.22, 0.35), 0.42)


def _rows(top: float, hem: float, step: float) -> list[float]:
    return [top - step * i for i in range(1, int((top - hem) / step) + 1)]


def _stripes(brush: Brush, ribbon: Ribbon, piece: Piece, top: float, hem: float) -> None:
    path = skia.Path()
    for t in _rows(top, hem, 0.105):
        path.addPath(ribbon.line((0.015, t), (0.5, t - 0.025), (0.985, t)))
    brush.line(path, _accent(piece), 0.011, 0.8)


def _uprights(brush: Brush, ribbon: Ribbon, piece: Piece, top: float, hem: float) -> None:
    path = skia.Path()
    for u in (0.14, 0.34, 0.54, 0.74, 0.92):
        path.addPath(ribbon.line((u, top), (u, (top + hem) / 2), (u, hem + 0.02)))
    brush.line(path, shade(piece.color, 1.4), 0.009, 0.4)


def _ribs(brush: Brush, ribbon: Ribbon, piece: Piece, top: float, hem: float) -> None:
    path = skia.Path()
    for i in range(1, 12):
        u = i / 12
        path.addPath(ribbon.line((u, top - 0.03), (u, (top + hem) / 2), (u, hem)))
    brush.line(path, shade(piece.color, 0.9), 0.0024, 0.35)


def _dots(brush: Brush, ribbon: Ribbon, piece: Piece, top: float, hem: float) -> None:
    accent = _accent(piece)
    radius = 0.0065 if piece.feel == "dotted" else 0.0085
    for row, t in enumerate(_rows(top, hem, 0.12)):
        for u in (0.14, 0.38, 0.62, 0.86):
            place = ribbon.at(u + (0.12 if row % 2 else 0.0) - 0.04, t)
            brush.oval(place, radius, radius, accent, 0.9)
            if piece.feel == "floral":
                brush.oval(place, radius * 0.4, radius * 0.4, (0.98, 0.85, 0.45))
