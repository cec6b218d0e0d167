"""A hotel lobby: the reception with its keys, a lift with a dial, columns, a chandelier."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior, lamps
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR
_BRASS = "#d0a24c"


@place(
    "hotel lobby",
    seat="sofa",
    indoor=True,
    words=(
        "hotel lobby, lobby, hotel, reception, front desk, reception desk, hotel corridor, "
        "hotel hallway, elevator, lift, grand hotel, foyer, entrance hall, hotel entrance, "
        "concierge desk, grand staircase, resort, hotel reception, casino hotel, mansion hall, "
        "apartment lobby, atrium"
    ),
)
def lobby(s: Scenery) -> None:
    """A hotel lobby: the reception with its keys, a lift with a dial, columns, a chandelier."""
    wall = mix(s.rng.choice(("#c9a877", "#a8c0b0", "#c79a8f", "#9fa8c4")), s.palette.accent(1), 0.15)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.70)
    interior.room(s, b, wall, low_wall=darker("#7a5538", 0.05))
    b.rect(s.left, -0.755, s.span, 0.022, lighter(wall, 0.35))
    _key_wall(s, b, side * s.w * 0.50)
    _lift(s, b, -side * s.w * (0.44 if s.w > 0.6 else 0.55))
    for x in (-0.93, 0.0, 0.93) if s.w > 0.6 else (0.0,):
        _column(s, b, s.w * x)
    b = s.layer(0.90)
    interior.tile_floor(s, b, "#efe5d2", mix("#8a6a50", s.palette.accent(0), 0.2))
    _desk(s, b, side * s.w * 0.50)
    b = s.layer(0.96)
    _carpet(s, b)
    _chandelier(s, b)
    _cart(s, b, -side * s.w * 0.80, FLOOR + 0.05)
    pot_plant(b, side * s.w * 0.97, FLOOR + 0.06, 0.40, pot="#8a3f35")
    s.key_light, s.key_side, s.centre = "#ffd79a", -1 if side > 0 else 1, 0.0


def _column(s: Scenery, b: Brush, x: float) -> None:
    marble = mix("#e6dccb", s.palette.accent(2), 0.08)
    b.gradient(
        (x - 0.045, -0.74, 0.09, 0.62),
        [darker(marble, 0.3), lighter(marble, 0.2), darker(marble, 0.25)],
        across=True,
    )
    for y, half in ((-0.755, 0.066), (-0.735, 0.054), (-0.135, 0.056), (-0.112, 0.068)):
        b.rect(x - half, y, 2 * half, 0.024, _BRASS if half < 0.06 else lighter(marble, 0.1), r=0.005)


def _key_wall(s: Scenery, b: Brush, x: float) -> None:
    w, rows, columns = min(0.62, s.w * 0.72), 4, 8
    b.rect(x - w / 2 - 0.02, -0.70, w + 0.04, 0.34, "#5a3a26", r=0.006)
    for row in range(rows):
        for column in range(columns):
            cx, cy = x - w / 2 + (column + 0.5) * w / columns, -0.675 + row * 0.076
            b.rect(cx - w / columns * 0.40, cy, w / columns * 0.8, 0.062, "#2f1d13", r=0.004)
            if s.rng.random() < 0.7:
                b.line([(cx, cy + 0.014), (cx, cy + 0.046)], _BRASS, 0.005)
                b.circle(cx, cy + 0.016, 0.009, lighter(_BRASS, 0.2))
            elif s.rng.random() < 0.6:
                b.rect(cx - 0.014, cy + 0.034, 0.028, 0.022, "#f3ece0")
    _clock(b, x, -0.715)


def _clock(b: Brush, x: float, y: float) -> None:
    b.circle(x, y, 0.046, _BRASS)
    b.circle(x, y, 0.038, "#f8f2e4")
    for angle, reach in ((-1.2, 0.028), (0.7, 0.020)):
        b.line([(x, y), (x + reach * math.cos(angle), y + reach * math.sin(angle))], "#2b2320", 0.005)


def _lift(s: Scenery, b: Brush, x: float) -> None:
    door, base = mix("#c9a860", s.palette.accent(0), 0.15), FLOOR
    b.rect(x - 0.185, base - 0.53, 0.37, 0.53, "#5a4632", r=0.006)
    for side in (-1, 1):
        left = x - 0.15 if side < 0 else x + 0.002
        b.gradient(
            (left, base - 0.49, 0.148, 0.49),
            [darker(door, 0.25), lighter(door, 0.15), darker(door, 0.1)],
            across=True,
        )
        for k in range(4):
            b.rect(
                left + 0.030, base - 0.455 + k * 0.112, 0.088, 0.090, darker(door, 0.22), r=0.004, alpha=0.7
            )
            b.line(
                [
                    (left + 0.034, base - 0.37 + k * 0.112),
                    (left + 0.074, base - 0.45 + k * 0.112),
                    (left + 0.114, base - 0.37 + k * 0.112),
                ],
                lighter(door, 0.3),
                0.004,
            )
    b.oval(x, base - 0.545, 0.10, 0.055, "#5a4632")
    b.oval(x, base - 0.545, 0.086, 0.046, "#f3ead6")
    b.rect(x - 0.11, base - 0.545, 0.22, 0.06, "#5a4632")

    def dial(brush: Brush, clock: Clock) -> None:
        angle = -math.pi / 2 + 1.1 * math.sin(clock.t_s * 0.35 + x)
        tip = (x + 0.072 * math.cos(angle), base - 0.547 + 0.040 * math.sin(angle))
        brush.line([(x, base - 0.547), tip], "#b23a30", 0.007)

    s.move(dial)
    b.circle(x + 0.20, base - 0.26, 0.012, "#ffb84a", emit=True)
    s.lamp(x + 0.20, base - 0.26, 0.06, "#ffb84a", 0.4, pulse=0.6)


def _desk(s: Scenery, b: Brush, x: float) -> None:
    w, h, wood = min(0.72, s.w * 0.82), 0.31, "#6d4429"
    base = FLOOR + 0.02
    b.shadow(x, base + 0.004, w * 0.54, 0.016, 0.45)
    b.rect(x - w / 2, base - h, w, h, wood)
    n = max(3, round(w / 0.16))
    for i in range(n):
        left = x - w / 2 + i * w / n
        b.rect(left + 0.014, base - h + 0.05, w / n - 0.028, h - 0.09, lighter(wood, 0.08), r=0.005)
        b.rect(left + 0.014, base - h + 0.05, w / n - 0.028, 0.007, darker(wood, 0.4), alpha=0.6)
    b.rect(
        x - w / 2 - 0.02, base - h - 0.024, w + 0.04, 0.032, mix("#e6dccb", s.palette.accent(2), 0.1), r=0.006
    )
    b.rect(x - w / 2, base - 0.03, w, 0.012, _BRASS)
    top = base - h - 0.024
    b.blob(
        [
            (x - 0.035, top),
            (x - 0.030, top - 0.030),
            (x, top - 0.042),
            (x + 0.030, top - 0.030),
            (x + 0.035, top),
        ],
        lighter(_BRASS, 0.2),
    )
    b.circle(x, top - 0.040, 0.006, "#8d6c30")
    lamps.table_lamp(s, b, x - w * 0.36, top, 0.15, mix("#2f6b4a", s.palette.accent(0), 0.3))
    b.rect(x + w * 0.20, top - 0.012, 0.11, 0.012, "#f3ece0")


def _carpet(s: Scenery, b: Brush) -> None:
    tone: RGB = s.palette.accent(0)
    y0, y1 = FLOOR + 0.045, s.low
    b.poly([(-0.20, y0), (0.20, y0), (0.52, y1), (-0.52, y1)], darker(tone, 0.18))
    for side in (-1, 1):
        b.poly([(side * 0.185, y0), (side * 0.170, y0), (side * 0.445, y1), (side * 0.485, y1)], _BRASS)


def _chandelier(s: Scenery, b: Brush) -> None:
    y = -0.665
    b.line([(0.0, s.high), (0.0, y)], "#8d6c30", 0.006)
    b.glow(0.0, y, 0.5, "#ffe0a8", 0.35)
    for row, (half, n) in enumerate(((0.17, 11), (0.12, 9), (0.07, 6))):
        cy = y + row * 0.034
        b.oval(0.0, cy, half, half * 0.13, _BRASS)
        for i in range(n):
            dx = half * (2 * (i + 0.5) / n - 1)
            b.line([(dx, cy), (dx, cy + 0.034)], "#eef6ff", 0.006, alpha=0.75, emit=True)
            b.circle(dx, cy + 0.036, 0.0055, "#ffffff", emit=True)
    s.lamp(0.0, y + 0.02, 0.55, "#ffe0a8", 0.34 + 0.2 * s.night)


def _cart(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.shadow(x, base, 0.14, 0.013, 0.45)
    for side in (-0.11, 0.11):
        b.line(
            [
                (x + side, base - 0.03),
                (x + side, base - 0.36),
                (x + side * 0.5, base - 0.44),
                (x, base - 0.455),
            ],
            _BRASS,
            0.010,
            smooth=True,
        )
        b.circle(x + side, base - 0.014, 0.015, "#22232a")
    b.rect(x - 0.13, base - 0.05, 0.26, 0.024, s.palette.accent(0), r=0.008)
    at = base - 0.05
    for i, (w, h) in enumerate(((0.19, 0.10), (0.15, 0.075), (0.10, 0.055))):
        tone = mix(s.palette.accent(i + 1), "#8a5a3a", 0.45)
        b.rect(x - w / 2, at - h, w, h, tone, r=0.010)
        for dx in (-0.3, 0.3):
            b.rect(x + dx * w - 0.006, at - h, 0.012, h, darker(tone, 0.35))
        b.line(
            [(x - 0.02, at - h), (x, at - h - 0.014), (x + 0.02, at - h)],
            darker(tone, 0.45),
            0.006,
            smooth=True,
        )
        at -= h
