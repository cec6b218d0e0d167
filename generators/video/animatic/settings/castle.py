"""A castle hall: stone walls with banners and torches, a tall window, a throne on its steps, armour."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces.interior import FLOOR, sunbeam
from storyboard.generators.video.animatic.pieces.outside import weather_outside
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "castle",
    seat="ledge",
    indoor=True,
    words=(
        "castle, palace, castle hall, throne room, throne, great hall, fortress, keep, dungeon, royal court, "
        "knight's hall, castle tower, tower room, medieval hall, banquet hall of a castle, royal palace, "
        "citadel, stronghold, ruined castle, old castle, enchanted castle"
    ),
)
def castle(s: Scenery) -> None:
    """A castle hall: stone walls with banners and torches, a tall window, a throne on its steps."""
    stone: RGB = mix(s.rng.choice(("#8f8a86", "#857a6c", "#78808a")), s.palette.accent(2), 0.08)
    cloth: RGB = mix(s.rng.choice(("#8a2430", "#2f4a86", "#2f6a4a", "#6a3a7a")), s.palette.accent(0), 0.2)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.70)
    _masonry(s, b, stone)
    wide = s.w > 0.6
    for x in (0.12, 0.62) if wide else (0.45,):
        _window(s, b, -side * s.w * x, stone)
    _throne(s, b, side * s.w * (0.52 if wide else 0.46), cloth)
    for x in (0.17, 0.86) if wide else ():
        _banner(s, b, side * s.w * x, cloth)
    sunbeam(s, b, -side * s.w * 0.12 - 0.05, -0.66, 0.10, 0.3, 0.34, side=side)
    b = s.layer(0.92)
    _flagstones(s, b, stone, cloth)
    for x in (-0.90, -0.37) if wide else (-0.86,):
        _torch(s, b, side * s.w * x, -0.44)
    _armour(s, b, side * s.w * 0.93, FLOOR + 0.05, stone)
    s.key_light, s.key_side = "#ffc98a", 1 if side < 0 else -1


def _masonry(s: Scenery, b: Brush, stone: RGB) -> None:
    b.gradient(
        (s.left, s.high, s.span, FLOOR - s.high + 0.02), [darker(stone, 0.50), darker(stone, 0.12), stone]
    )
    rows = int((FLOOR - s.high) / 0.062) + 1
    for row in range(rows):
        y, x = FLOOR - (row + 1) * 0.062, s.left - s.rng.uniform(0, 0.1)
        while x < s.right:
            w = s.rng.uniform(0.09, 0.15)
            tone = darker(stone, s.rng.uniform(0.02, 0.20)) if s.rng.random() < 0.55 else lighter(stone, 0.06)
            b.rect(x + 0.003, y + 0.003, w - 0.006, 0.056, tone, r=0.006, alpha=0.6)
            x += w
    b.shade((s.left, s.high, s.span, 0.5), 0.45, 0.0)
    for x in (-1.02, -0.5, 0.0, 0.5, 1.02) if s.w > 0.6 else (-1.05, 0.0, 1.05):
        at = s.w * x
        b.gradient((at - 0.030, s.high, 0.060, FLOOR - s.high), [darker(stone, 0.4), lighter(stone, 0.02)])
        b.rect(at - 0.045, FLOOR - 0.05, 0.09, 0.055, darker(stone, 0.15))
        b.poly(
            [(at - 0.06, -0.72), (at + 0.06, -0.72), (at + 0.03, -0.66), (at - 0.03, -0.66)],
            lighter(stone, 0.08),
        )


def _pointed(x: float, top: float, low: float, half: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(x - half, low)
    path.lineTo(x - half, top + half * 1.5)
    path.quadTo(x - half * 0.9, top + half * 0.5, x, top)
    path.quadTo(x + half * 0.9, top + half * 0.5, x + half, top + half * 1.5)
    path.lineTo(x + half, low)
    path.close()
    return path


def _window(s: Scenery, b: Brush, x: float, stone: RGB) -> None:
    half, top, low = 0.085, -0.71, -0.31
    b.canvas.drawPath(_pointed(x, top - 0.025, low + 0.02, half + 0.022), b.paint(lighter(stone, 0.16)))
    b.canvas.save()
    b.canvas.clipPath(_pointed(x, top, low, half), True)
    b.gradient((x - half, top, 2 * half, low - top), list(s.palette.sky), emit=True)
    for k in range(4):
        crest = low - 0.05 - 0.03 * s.rng.random()
        far = mix("#5f7080", s.palette.sky[1], 0.45)
        b.oval(x + (k - 1.5) * 0.07, low, 0.08, low - crest, far, emit=True)
    b.canvas.restore()
    weather_outside(s, (x - half, top + half, 2 * half, low - top - half))
    b.rect(x - 0.005, top, 0.010, low - top, "#3b3a40")
    for k in range(3):
        b.rect(x - half, top + 0.13 + 0.09 * k, 2 * half, 0.008, "#3b3a40")
    b.rect(x - half - 0.03, low, 2 * half + 0.06, 0.024, lighter(stone, 0.18))
    if s.night < 0.9:
        s.lamp(x, -0.5, 0.42, s.palette.sun, 0.36 * (1 - s.night), pulse=0.1)


def _throne(s: Scenery, b: Brush, x: float, cloth: RGB) -> None:
    gold, base = "#c79a4a", FLOOR + 0.004
    b.rect(x - 0.19, -0.76, 0.38, 0.62, darker(cloth, 0.28))
    for k in range(6):
        b.rect(x - 0.19 + 0.064 * k, -0.76, 0.026, 0.62, darker(cloth, 0.42), alpha=0.7)
    b.poly([(x - 0.23, -0.74), (x, -0.86), (x + 0.23, -0.74)], cloth)
    b.line([(x - 0.23, -0.74), (x, -0.86), (x + 0.23, -0.74)], gold, 0.010)
    for k in range(2):
        half = 0.27 - 0.06 * k
        b.rect(x - half, base - 0.032 * (k + 1), 2 * half, 0.034, "#a39c94")
        b.rect(x - half, base - 0.032 * (k + 1), 2 * half, 0.008, "#cfc8be")
    floor = base - 0.064
    b.rect(x - 0.085, floor - 0.40, 0.17, 0.40, gold, r=0.012)
    b.rect(x - 0.068, floor - 0.38, 0.136, 0.26, cloth, r=0.02)
    for dx in (-0.085, 0.0, 0.085):
        b.circle(x + dx, floor - 0.405 - 0.02 * (dx == 0), 0.016, lighter(gold, 0.3))
    b.circle(x, floor - 0.36, 0.012, "#c2262c")
    b.rect(x - 0.09, floor - 0.14, 0.18, 0.04, lighter(cloth, 0.08), r=0.012)
    b.rect(x - 0.09, floor - 0.10, 0.18, 0.10, darker(gold, 0.35))
    for side in (-1, 1):
        b.rect(x + side * 0.095 - 0.014, floor - 0.20, 0.028, 0.20, darker(gold, 0.12), r=0.006)
        b.circle(x + side * 0.095, floor - 0.205, 0.018, lighter(gold, 0.2))


def _banner(s: Scenery, b: Brush, x: float, cloth: RGB) -> None:
    w, top, low = 0.070, -0.70, -0.34
    b.line([(x - w - 0.015, top), (x + w + 0.015, top)], "#4a3a2a", 0.012)
    shape = [(x - w, top), (x + w, top), (x + w, low), (x, low + 0.06), (x - w, low)]
    b.poly(shape, cloth)
    b.poly([(x + w * 0.3, top), (x + w, top), (x + w, low), (x + w * 0.3, low + 0.042)], darker(cloth, 0.18))
    b.line([*shape, shape[0]], "#c79a4a", 0.006)
    mark, y = s.rng.randrange(3), (top + low) / 2
    if mark == 0:
        star = [
            (
                x + math.sin(k * math.pi / 5) * (0.042 if k % 2 == 0 else 0.018),
                y - math.cos(k * math.pi / 5) * (0.042 if k % 2 == 0 else 0.018),
            )
            for k in range(10)
        ]
        b.poly(star, "#e8c46a")
    elif mark == 1:
        b.poly(
            [
                (x - 0.04, y + 0.03),
                (x - 0.045, y - 0.035),
                (x - 0.02, y),
                (x, y - 0.045),
                (x + 0.02, y),
                (x + 0.045, y - 0.035),
                (x + 0.04, y + 0.03),
            ],
            "#e8c46a",
        )
    else:
        b.rect(x - 0.008, y - 0.05, 0.016, 0.10, "#e8c46a")
        b.rect(x - 0.04, y - 0.022, 0.08, 0.016, "#e8c46a")


def _flagstones(s: Scenery, b: Brush, stone: RGB, cloth: RGB) -> None:
    floor = darker(stone, 0.22)
    b.gradient((s.left, FLOOR, s.span, s.low - FLOOR), [darker(floor, 0.25), floor])
    for row in range(6):
        y = FLOOR + (s.low - FLOOR) * (row / 6) ** 1.5
        b.line([(s.left, y), (s.right, y)], darker(floor, 0.4), 0.003, alpha=0.6)
        step = 0.22 + 0.03 * row
        for k in range(-6, 7):
            x = (k + 0.5 * (row % 2)) * step
            b.line([(x, y), (x * 1.10, y + 0.03 + 0.02 * row)], darker(floor, 0.4), 0.003, alpha=0.5)
    low = s.low
    b.poly([(-0.16, FLOOR), (0.16, FLOOR), (0.34, low), (-0.34, low)], darker(cloth, 0.15))
    for side in (-1, 1):
        b.line([(side * 0.145, FLOOR), (side * 0.31, low)], "#c79a4a", 0.007)
    b.shade((s.left, FLOOR, s.span, 0.05), 0.4, 0.0)
    s.floor_gloss = max(s.floor_gloss, 0.12)


def _torch(s: Scenery, b: Brush, x: float, y: float) -> None:
    b.glow(x, y - 0.05, 0.34, "#ffab57", 0.30 + 0.22 * s.night)
    b.line([(x, y + 0.10), (x, y)], "#3f2d20", 0.018)
    b.rect(x - 0.022, y - 0.012, 0.044, 0.026, "#2a2a30", r=0.004)
    b.line([(x, y + 0.07), (x + 0.03, y + 0.09)], "#2a2a30", 0.008)

    def burn(brush: Brush, clock: Clock) -> None:
        for k, (tone, size) in enumerate((("#ff7a2f", 1.0), ("#ffb347", 0.66), ("#fff0b0", 0.34))):
            sway = 0.010 * math.sin(clock.t_s * (6.1 + k) + x * 9)
            tall = 0.095 * size * (1.0 + 0.12 * math.sin(clock.t_s * 9.3 + x * 5 + k))
            w = 0.024 * size
            brush.blob(
                [
                    (x - w, y - 0.012),
                    (x - w * 0.8, y - tall * 0.5),
                    (x + sway, y - tall),
                    (x + w * 0.8, y - tall * 0.5),
                    (x + w, y - 0.012),
                ],
                tone,
                emit=True,
            )

    s.move(burn)
    s.lamp(x, y - 0.05, 0.36, "#ffab57", 0.34 + 0.24 * s.night, flicker=0.35)


def _armour(s: Scenery, b: Brush, x: float, base: float, stone: RGB) -> None:
    s.filled.append((x - 0.10, x + 0.12))
    steel = "#9aa3b0"
    b.shadow(x, base, 0.09, 0.012, 0.45)
    b.rect(x - 0.075, base - 0.045, 0.15, 0.05, darker(stone, 0.3))
    foot = base - 0.045
    for side in (-1, 1):
        b.line([(x + side * 0.024, foot - 0.21), (x + side * 0.028, foot)], darker(steel, 0.15), 0.032)
        b.line([(x + side * 0.066, foot - 0.37), (x + side * 0.078, foot - 0.20)], darker(steel, 0.1), 0.026)
        b.circle(x + side * 0.062, foot - 0.375, 0.026, lighter(steel, 0.15))
    b.blob(
        [
            (x - 0.05, foot - 0.19),
            (x - 0.062, foot - 0.36),
            (x, foot - 0.41),
            (x + 0.062, foot - 0.36),
            (x + 0.05, foot - 0.19),
        ],
        steel,
    )
    b.line([(x, foot - 0.39), (x, foot - 0.20)], lighter(steel, 0.35), 0.005)
    b.oval(x, foot - 0.445, 0.034, 0.042, steel)
    b.rect(x - 0.028, foot - 0.455, 0.056, 0.008, "#22242c")
    b.blob(
        [(x, foot - 0.485), (x - 0.05, foot - 0.52), (x - 0.07, foot - 0.47), (x - 0.02, foot - 0.48)],
        "#a5303a",
    )
    b.line([(x + 0.095, foot + 0.02), (x + 0.095, foot - 0.58)], "#6a4a30", 0.010)
    b.poly(
        [(x + 0.080, foot - 0.57), (x + 0.095, foot - 0.66), (x + 0.110, foot - 0.57)], lighter(steel, 0.2)
    )
