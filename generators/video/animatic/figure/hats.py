"""Hats with a shape of their own: crowns, veils, turbans, cowboy, witch and top hats; in head space."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.shapes import Points, blob, polygon, ring, strand
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_BAND = [(-0.86, -0.62), (0.0, -0.54), (0.8, -0.62)]
_PETALS: tuple[RGB, ...] = ((0.96, 0.55, 0.62), (0.98, 0.86, 0.5), (0.94, 0.93, 0.95), (0.72, 0.56, 0.86))


def draw_crown(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a crown with points and stones."""
    points: Points = [(-0.86, -0.6)]
    for i in range(5):
        x = -0.92 + 0.45 * i
        points += [(x, -1.44 + 0.05 * abs(i - 2)), (x + 0.225, -1.02)]
    points[-1] = (0.8, -0.66)
    points += [(0.4, -0.5), (0.0, -0.46), (-0.45, -0.48)]
    brush.fill(polygon(points), hat.color)
    brush.line(strand([(-0.86, -0.64), (0.0, -0.54), (0.78, -0.7)]), lift(hat.color, 0.4), 0.09)
    for i in range(5):
        brush.oval((-0.92 + 0.45 * i, -1.45 + 0.05 * abs(i - 2)), 0.075, 0.075, lift(hat.color, 0.5))
    if not back:
        for x, tone in ((-0.5, (0.8, 0.2, 0.3)), (-0.02, (0.25, 0.5, 0.85)), (0.46, (0.8, 0.2, 0.3))):
            brush.oval((x, -0.78), 0.085, 0.1, tone)


def draw_flowers(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a wreath of flowers and leaves."""
    line = [
        (-0.92, -0.44),
        (-0.66, -0.68),
        (-0.34, -0.84),
        (0.0, -0.9),
        (0.34, -0.88),
        (0.64, -0.76),
        (0.8, -0.58),
    ]
    brush.line(strand(line), (0.33, 0.5, 0.3), 0.1)
    for i, (x, y) in enumerate(line):
        tone = hat.color if i % 2 == 0 else (hat.accent or _PETALS[i % 4])
        for dx, dy in ((-0.1, 0.0), (0.1, 0.0), (0.0, -0.1), (0.0, 0.1)):
            brush.oval((x + dx, y + dy), 0.1, 0.1, tone)
        brush.oval((x, y), 0.07, 0.07, (0.98, 0.84, 0.42))


def draw_hijab(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a scarf around head and neck that frames the face."""
    outer = blob([(0.0, -1.2), (0.6, -1.04), (0.93, -0.5), (0.9, 0.2), (0.82, 0.86), (0.9, 1.5), (0.2, 1.74),
                  (-0.7, 1.66), (-1.12, 1.3), (-1.0, 0.6), (-1.02, -0.3), (-0.66, -1.0)])  # fmt: skip
    face = blob([(0.16, -0.62), (0.56, -0.5), (0.74, -0.1), (0.76, 0.3), (0.62, 0.72), (0.26, 0.98),
                 (-0.14, 0.9),
                 (-0.5, 0.5), (-0.6, 0.0), (-0.46, -0.44)])  # fmt: skip
    if not back:
        path = skia.Path(outer)
        path.addPath(face)
        path.setFillType(skia.PathFillType.kEvenOdd)
        brush.fill(path, hat.color)
        brush.line(face, shade(hat.color, 1.1), 0.05, 0.8)
        brush.line(
            strand([(-0.5, 0.6), (-0.1, 1.1), (0.5, 1.2), (0.86, 1.06)]), shade(hat.color, 1.2), 0.05, 0.8
        )
        brush.line(strand([(-0.8, 0.4), (-0.5, 1.2), (0.1, 1.56)]), shade(hat.color, 1.0), 0.045, 0.7)
    else:
        brush.fill(outer, hat.color)
        brush.line(strand([(-0.5, -0.2), (-0.2, 0.7), (-0.3, 1.5)]), shade(hat.color, 1.0), 0.05, 0.7)
    brush.line(strand([(0.1, -1.02), (-0.4, -0.86), (-0.74, -0.4)]), lift(hat.color, 0.25), 0.06, 0.7)


def draw_turban(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a wound cloth."""
    brush.fill(blob([(0.86, -0.5), (0.98, -0.92), (0.6, -1.4), (-0.05, -1.54), (-0.72, -1.4), (-1.08, -0.9),
                     (-1.0, -0.34), (-0.3, -0.58), (0.4, -0.62)]), hat.color)  # fmt: skip
    dark = shade(hat.color, 1.2)
    for a, b in (((-1.0, -0.5), (0.5, -1.36)), ((-0.9, -0.98), (0.9, -0.7)), ((-0.5, -0.5), (0.84, -1.06))):
        brush.line(strand([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 0.14), b]), dark, 0.05, 0.8)
    if not back and hat.accent:
        brush.oval((0.14, -0.96), 0.11, 0.13, hat.accent)


def draw_tophat(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a top hat."""
    _tall(brush, hat, [(0.72, -0.5), (0.7, -1.2), (0.8, -1.92), (-0.78, -1.92), (-0.7, -1.2), (-0.76, -0.5)])
    _brim(brush, hat, 1.18, 0.0)


def draw_bowler(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a round crown with a small brim."""
    dome = blob(
        [(0.8, -0.5), (0.84, -0.9), (0.5, -1.32), (0.0, -1.42), (-0.52, -1.32), (-0.88, -0.9), (-0.86, -0.5)]
    )
    brush.fill(dome, hat.color)
    _side(brush, hat)
    brush.line(strand(_BAND), _band_tone(hat), 0.12)
    _brim(brush, hat, 1.12, 0.04)


def draw_cowboy(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a creased crown on a brim turned up at the sides."""
    brush.fill(blob([(0.72, -0.52), (0.74, -1.0), (0.62, -1.46), (0.3, -1.4), (0.0, -1.26), (-0.36, -1.42),
                     (-0.7, -1.44), (-0.8, -1.0), (-0.8, -0.52), (0.0, -0.48)]), hat.color)  # fmt: skip
    _side(brush, hat)
    brush.line(strand(_BAND), hat.accent or _band_tone(hat), 0.13)
    brim = [(-1.86, -0.86), (-1.4, -0.5), (-0.8, -0.42), (0.0, -0.36), (0.8, -0.44), (1.4, -0.54), (1.8,
                                                                                                    -0.9),
            (1.36, -0.72), (0.8, -0.6), (0.0, -0.56), (-0.8, -0.6), (-1.42, -0.7)]  # fmt: skip
    brush.fill(blob(brim), lift(hat.color, 0.08))
    brush.line(
        strand([(-1.8, -0.82), (-1.3, -0.5), (0.0, -0.38), (1.3, -0.54), (1.74, -0.86)]),
        shade(hat.color),
        0.04,
    )


def draw_straw(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a wide straw hat: plaited, with a ribbon."""
    brush.fill(blob([(0.76, -0.5), (0.74, -1.0), (0.44, -1.3), (0.0, -1.36), (-0.46, -1.3), (-0.8, -1.0),
                     (-0.84, -0.5)]), hat.color)  # fmt: skip
    brim = [
        (-1.9, -0.3),
        (-1.2, -0.58),
        (0.0, -0.66),
        (1.2, -0.6),
        (1.9, -0.36),
        (1.2, -0.26),
        (0.0, -0.3),
        (-1.2, -0.22),
    ]
    brush.fill(blob(brim), hat.color)
    dark = shade(hat.color, 1.0)
    for y in (-1.14, -0.94, -0.76):
        brush.line(strand([(-0.74, y + 0.04), (0.0, y), (0.7, y + 0.04)]), dark, 0.028, 0.7)
    for share in (0.72, 0.88):
        brush.line(
            strand([(-1.9 * share, -0.34), (0.0, -0.3 - 0.16 * (1 - share)), (1.9 * share, -0.38)]),
            dark,
            0.028,
            0.7,
        )
    brush.line(strand(_BAND), hat.accent or (0.75, 0.3, 0.28), 0.16)


def draw_pointed(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a witch's, wizard's or party hat."""
    brush.fill(blob([(0.74, -0.52), (0.46, -1.2), (0.1, -1.8), (-0.26, -2.3), (-0.56, -2.26), (-0.34, -1.9),
                     (-0.56, -1.2), (-0.84, -0.52)]), hat.color)  # fmt: skip
    brush.fill(
        polygon([(-0.84, -0.5), (-0.56, -1.2), (-0.34, -1.9), (-0.4, -1.2), (-0.44, -0.5)]),
        shade(hat.color),
        0.8,
    )
    brush.line(strand(_BAND), hat.accent or _band_tone(hat), 0.17)
    _brim(brush, hat, 1.56, 0.0)


def draw_chef(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a cook's tall pleated hat."""
    brush.fill(blob([(0.78, -0.6), (1.06, -1.3), (0.76, -1.7), (0.3, -1.62), (0.0, -1.82), (-0.36, -1.64),
                     (-0.86, -1.7),
                     (-1.14, -1.26), (-0.86, -0.6)]), hat.color)  # fmt: skip
    for x in (-0.5, -0.1, 0.34):
        brush.line(strand([(x, -0.74), (x * 1.2, -1.3)]), shade(hat.color, 0.8), 0.04, 0.8)
    brush.line(strand([(-0.88, -0.56), (0.0, -0.56), (0.8, -0.62)]), lift(hat.color, 0.2), 0.26)


def draw_hardhat(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a hard hat or a rider's helmet."""
    brush.fill(blob([(0.86, -0.42), (0.86, -0.84), (0.5, -1.26), (0.0, -1.36), (-0.56, -1.26), (-0.98, -0.82),
                     (-1.02, -0.24), (-0.9, -0.2), (-0.3, -0.48), (0.4, -0.5)]), hat.color)  # fmt: skip
    _side(brush, hat)
    brush.line(strand([(0.3, -0.5), (0.24, -0.98), (-0.06, -1.32)]), lift(hat.color, 0.3), 0.16)
    if not back:
        brush.fill(
            blob([(0.2, -0.54), (0.8, -0.56), (1.16, -0.36), (0.8, -0.32), (0.26, -0.36)]),
            shade(hat.color, 0.6),
        )


def draw_bandana(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a cloth tied over the head, with its knot behind."""
    brush.fill(blob([(0.8, -0.46), (0.82, -0.82), (0.5, -1.16), (0.0, -1.26), (-0.55, -1.14), (-0.96, -0.76),
                     (-1.0, -0.16), (-0.6, -0.44), (0.0, -0.6), (0.5, -0.6)]), hat.color)  # fmt: skip
    for tip in ((-1.5, 0.06), (-1.34, 0.34)):
        brush.fill(polygon([(-0.92, -0.3), tip, (-0.9, -0.1)]), shade(hat.color, 0.6))
    tone = hat.accent or mix(hat.color, (0.97, 0.96, 0.93), 0.75)
    for x, y in ((0.5, -0.78), (0.14, -0.9), (-0.26, -0.86), (-0.6, -0.66), (0.2, -1.1), (-0.3, -1.08)):
        brush.oval((x, y), 0.055, 0.055, tone)


def draw_bow(brush: Brush, hat: Piece, back: bool) -> None:
    """Draw a bow at the side of the hair."""
    x, y = -0.46, -1.02
    for way in (-1, 1):
        brush.fill(blob([(x, y), (x + way * 0.42, y - 0.26), (x + way * 0.48, y + 0.18)]), hat.color)
    brush.fill(blob(ring((x, y), 0.12, 0.13, 8)), shade(hat.color, 0.8))


def _tall(brush: Brush, hat: Piece, outline: Points) -> None:
    brush.fill(polygon(outline), hat.color)
    sheen = lift(hat.color, 0.25)
    x = 0.44 if brush.dark < 0 else -0.5
    brush.fill(polygon([(x, -1.86), (x + 0.16, -1.86), (x + 0.12, -0.6), (x, -0.6)]), sheen, 0.6)
    brush.line(strand(_BAND), hat.accent or _band_tone(hat), 0.17)


def _brim(brush: Brush, hat: Piece, half: float, up: float) -> None:
    low = [(-half, -0.36 - up), (-0.8, -0.58), (0.0, -0.6), (0.8, -0.58), (half, -0.4 - up), (0.8, -0.38),
           (0.0, -0.36),
           (-0.8, -0.34)]  # fmt: skip
    brush.fill(blob(low), hat.color)
    brush.line(strand([(-half, -0.34 - up), (-0.8, -0.34), (0.0, -0.38), (0.8, -0.38), (half, -0.38 - up)]),
               shade(hat.color), 0.035)  # fmt: skip


def _side(brush: Brush, hat: Piece) -> None:
    side = [(-0.9, -0.5), (-0.86, -0.95), (-0.5, -1.3), (-0.52, -0.9), (-0.5, -0.5)]
    brush.fill(blob([(-x, y) for x, y in side] if brush.dark > 0 else side), shade(hat.color), 0.8)


def _band_tone(hat: Piece) -> RGB:
    return shade(hat.color, 2.0) if luminance(hat.color) > 0.3 else lift(hat.color, 0.4)
