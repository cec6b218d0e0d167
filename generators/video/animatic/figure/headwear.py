"""What is worn on the head: hats, glasses, headphones, a helmet; in head space (radius 1)."""

from __future__ import annotations

from collections.abc import Callable

import skia

from storyboard.generators.video.animatic.figure import hats
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import lift, luminance, shade
from storyboard.generators.video.animatic.figure.shapes import blob, polygon, strand
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_DOME = [(0.86, -0.36), (0.84, -0.78), (0.5, -1.18), (0.0, -1.3), (-0.55, -1.18), (-0.93, -0.8), (-1.0, -0.3)]


def draw_hat(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a hat on the hair."""
    _HATS.get(hat.kind, _brimmed)(brush, hat, back)


def covers_crown(hat: Piece | None) -> bool:
    """Whether a hat hides the top of the hair."""
    return hat is not None and hat.kind not in _OPEN


def hides_hair(hat: Piece | None) -> bool:
    """Whether a hat hides all hair, before and behind."""
    return hat is not None and hat.kind == "hijab"


def draw_glasses(brush: Brush, piece: Piece, nod: float, yaw: float) -> None:
    """Draw glasses before the eyes, or dark ones."""
    dark = piece.kind == "sunglasses"
    thick = 0.1 if piece.kind == "goggles" else 0.052
    frame = piece.color if not dark else shade(piece.color, 1.2)
    x0, y0 = 0.17 + 0.1 * yaw, 0.13 * nod + 0.03
    lenses = skia.Path()
    for x, half in ((-0.34, 0.235), (0.32, 0.2)):
        rect = skia.Rect.MakeLTRB(x0 + x - half, y0 - 0.2, x0 + x + half, y0 + 0.22)
        lenses.addRRect(skia.RRect.MakeRectXY(rect, half * 0.75, 0.17))
    brush.fill(lenses, (0.1, 0.1, 0.13) if dark else (0.92, 0.97, 1.0), 0.93 if dark else 0.16)
    brush.line(lenses, frame, thick)
    brush.line(strand([(x0 - 0.11, y0 - 0.02), (x0 + 0.0, y0 - 0.07), (x0 + 0.12, y0 - 0.02)]), frame, 0.05)
    brush.line(strand([(x0 - 0.57, y0 - 0.04), (-0.78, y0 - 0.02)]), frame, 0.05)
    if brush.fine(0.01):
        glint = skia.Path()
        for x in (-0.42, 0.26):
            glint.moveTo(x0 + x - 0.06, y0 + 0.06)
            glint.lineTo(x0 + x + 0.07, y0 - 0.11)
        brush.line(glint, (1, 1, 1), 0.03, 0.6)


def _beanie(brush: Brush, hat: Piece, back: bool) -> None:
    color = hat.color
    if back:
        brush.fill(blob([*_DOME, (-1.0, 0.06), (-0.5, 0.2), (0.36, 0.2), (0.9, 0.02)]), color)
    brush.fill(blob([*_DOME, (-0.9, -0.2), (0.0, -0.42), (0.8, -0.32)]), color)
    _shadow(brush, hat)
    band = blob(
        [
            (0.9, -0.26),
            (0.9, -0.56),
            (0.4, -0.68),
            (-0.2, -0.68),
            (-0.8, -0.52),
            (-1.06, -0.3),
            (-1.0, -0.02),
            (-0.6, -0.24),
            (-0.1, -0.38),
            (0.5, -0.38),
        ]
    )
    brush.fill(band, lift(color, 0.12))
    for x in (-0.8, -0.52, -0.24, 0.04, 0.32, 0.6):
        brush.line(
            strand([(x, -0.6 + abs(x) * 0.1), (x * 1.04, -0.36 + abs(x) * 0.12)]),
            shade(color, 0.9),
            0.03,
            0.7,
        )
    brush.oval((-0.1, -1.36), 0.2, 0.19, lift(color, 0.25))


def _cap(brush: Brush, hat: Piece, back: bool) -> None:
    if back:
        brush.fill(blob([*_DOME, (-1.0, 0.06), (-0.5, 0.2), (0.36, 0.2), (0.9, 0.02)]), hat.color)
        _shadow(brush, hat)
        brush.line(strand([(-0.06, -1.28), (-0.02, -0.7), (-0.04, 0.14)]), shade(hat.color), 0.03)
        brush.line(strand([(-0.96, 0.0), (-0.1, 0.14), (0.88, -0.04)]), shade(hat.color, 1.3), 0.09)
        return
    brush.fill(blob([*_DOME, (-0.92, -0.16), (-0.3, -0.42), (0.4, -0.5), (0.8, -0.42)]), hat.color)
    _shadow(brush, hat)
    brush.line(strand([(-0.05, -1.28), (0.18, -0.95), (0.26, -0.52)]), shade(hat.color), 0.03)
    peak = blob(
        [(0.3, -0.56), (0.8, -0.6), (1.3, -0.44), (1.5, -0.28), (1.2, -0.27), (0.8, -0.31), (0.34, -0.36)]
    )
    brush.fill(peak, shade(hat.color, 0.55))
    brush.fill(
        blob([(0.3, -0.58), (0.8, -0.62), (1.3, -0.46), (1.46, -0.34), (1.1, -0.4), (0.7, -0.44)]),
        lift(hat.color, 0.1),
    )
    brush.oval((0.0, -1.3), 0.07, 0.05, shade(hat.color, 0.8))


def _beret(brush: Brush, hat: Piece, back: bool) -> None:
    brush.fill(
        blob(
            [
                (0.78, -0.5),
                (0.94, -0.86),
                (0.5, -1.22),
                (-0.2, -1.36),
                (-0.95, -1.22),
                (-1.34, -0.86),
                (-1.2, -0.46),
                (-0.86, -0.36),
                (0.0, -0.56),
            ]
        ),
        hat.color,
    )
    brush.fill(
        blob(
            [
                (-1.2, -0.8),
                (-1.0, -0.5),
                (-0.5, -0.5),
                (0.2, -0.62),
                (0.0, -0.52),
                (-0.84, -0.34),
                (-1.2, -0.45),
            ]
        ),
        shade(hat.color),
    )
    brush.line(strand([(-0.2, -1.34), (-0.16, -1.48)]), hat.color, 0.08)


def _brimmed(brush: Brush, hat: Piece, back: bool) -> None:
    color = hat.color
    crown = blob(
        [
            (0.8, -0.5),
            (0.78, -1.0),
            (0.58, -1.42),
            (0.1, -1.36),
            (-0.42, -1.44),
            (-0.78, -1.06),
            (-0.88, -0.5),
            (0.0, -0.46),
        ]
    )
    brush.fill(crown, color)
    side = [(-0.9, -0.5), (-0.8, -1.06), (-0.44, -1.42), (-0.5, -0.9), (-0.48, -0.5)]
    brush.fill(blob([(-x, y) for x, y in side] if brush.dark > 0 else side), shade(color), 0.8)
    brush.line(
        strand([(-0.86, -0.62), (0.0, -0.54), (0.8, -0.62)]),
        shade(color, 2.0) if luminance(color) > 0.3 else lift(color, 0.4),
        0.16,
    )
    brush.fill(
        blob(
            [
                (-1.42, -0.3),
                (-0.9, -0.56),
                (0.0, -0.6),
                (0.9, -0.58),
                (1.42, -0.34),
                (0.9, -0.36),
                (0.0, -0.38),
                (-0.9, -0.28),
            ]
        ),
        color,
    )
    brush.line(
        strand([(-1.36, -0.3), (-0.9, -0.3), (0.0, -0.39), (0.9, -0.37), (1.36, -0.35)]), shade(color), 0.035
    )


def _headphones(brush: Brush, hat: Piece, back: bool) -> None:
    brush.line(
        strand([(-0.86, 0.0), (-1.0, -0.6), (-0.6, -1.16), (0.0, -1.3), (0.55, -1.16), (0.8, -0.7)]),
        hat.color,
        0.12,
    )
    brush.fill(
        blob([(-1.06, -0.14), (-0.8, -0.22), (-0.66, 0.1), (-0.78, 0.4), (-1.04, 0.36), (-1.14, 0.1)]),
        shade(hat.color, 0.6),
    )
    brush.fill(
        blob([(-1.12, -0.08), (-0.92, -0.12), (-0.84, 0.1), (-0.92, 0.32), (-1.1, 0.3)]), lift(hat.color, 0.1)
    )


def _headband(brush: Brush, hat: Piece, back: bool) -> None:
    brush.line(
        strand([(-0.92, -0.36), (-0.5, -0.66), (0.1, -0.8), (0.56, -0.78), (0.8, -0.62)]), hat.color, 0.17
    )


def _helmet(brush: Brush, hat: Piece, back: bool) -> None:
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(-1.5, -1.62, 1.5, 1.3))
    brush.fill(path, (0.75, 0.88, 1.0), 0.13)
    brush.line(path, hat.color, 0.13)
    brush.line(strand([(0.62, -1.08), (0.98, -0.72), (1.14, -0.26)]), (1, 1, 1), 0.09, 0.7)
    brush.fill(polygon([(-1.0, 0.98), (1.0, 0.98), (0.86, 1.34), (-0.86, 1.34)]), hat.color)


def _shadow(brush: Brush, hat: Piece) -> None:
    side = [(-1.0, -0.3), (-0.93, -0.8), (-0.55, -1.18), (-0.3, -1.25), (-0.56, -0.8), (-0.6, -0.36)]
    brush.fill(blob([(-x - 0.1, y) for x, y in side] if brush.dark > 0 else side), shade(hat.color), 0.85)


_OPEN = ("headphones", "headband", "helmet", "flowers", "bow", "crown")
_HATS: dict[str, Callable[[Brush, Piece, bool], None]] = {
    "beanie": _beanie, "cap": _cap, "beret": _beret, "headphones": _headphones, "headband": _headband,
    "helmet": _helmet, "crown": hats.draw_crown, "flowers": hats.draw_flowers, "hijab": hats.draw_hijab,
    "turban": hats.draw_turban, "tophat": hats.draw_tophat, "bowler": hats.draw_bowler,
    "cowboy": hats.draw_cowboy, "straw": hats.draw_straw, "pointed": hats.draw_pointed,
    "chef": hats.draw_chef, "hardhat": hats.draw_hardhat, "bandana": hats.draw_bandana, "bow": hats.draw_bow,
}  # fmt: skip
