"""A school corridor: lockers on both sides, doors with panes, a banner, a floor that shines."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior
from storyboard.generators.video.animatic.pieces.people import bystander
from storyboard.generators.video.animatic.pieces.said import colour_said, is_deserted
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "school corridor",
    seat="bench",
    indoor=True,
    words=(
        "school corridor, school hallway, high school hallway, locker, locker hallway, "
        "hallway of lockers, row of lockers, corridor of lockers, school hall, corridor"
    ),
)
def corridor(s: Scenery) -> None:
    """A school corridor: lockers on both sides of its far end, doors, a banner, a floor that shines."""
    paint = mix(s.rng.choice(("#3f7a8a", "#b5563f", "#4f7a4f", "#7a6aa0")), s.palette.accent(0), 0.15)
    tone: RGB = mix(colour_said(s, "locker", paint), paint, 0.1)
    wall = mix("#e9e2cf", s.palette.accent(1), 0.08)
    b = s.layer(0.70)
    interior.room(s, b, wall)
    b.rect(s.left, s.high, s.span, max(0.0, -0.76 - s.high), lighter(wall, 0.3))
    far = s.rng.uniform(-0.10, 0.10) * s.w
    _end(s, b, far, wall)
    for side in (-1, 1):
        _lockers(s, b, far + side * min(0.30, s.w * 0.52), side, tone)
    _banner(s, b, far, tone)
    b = s.layer(0.90)
    _floor(s, b, far)
    if not is_deserted(s):
        bystander(s, b, far - 0.04, FLOOR - 0.002, mix("#565468", s.palette.accent(1), 0.2), scale=0.50)
    s.key_light, s.key_side = "#fff2d8", 1


def _end(s: Scenery, b: Brush, x: float, wall: RGB) -> None:
    """Paint the far end: double doors with light behind, and the lamps that lead there."""
    b.gradient((x - 0.22, -0.70, 0.44, 0.70 + FLOOR), [lighter(wall, 0.15), darker(wall, 0.12)])
    b.rect(x - 0.13, -0.47, 0.26, 0.47 + FLOOR, "#6f5a48")
    for side in (-1, 0):
        left = x + side * 0.118 + (0.004 if side == 0 else 0.0)
        b.rect(left, -0.455, 0.114, 0.455 + FLOOR, "#8f7458")
        glass = mix(s.palette.sky[2], "#fff2d0", 0.35)
        b.rect(left + 0.022, -0.435, 0.070, 0.20, glass, emit=True)
    b.rect(x - 0.05, -0.545, 0.10, 0.045, "#2f7a4a", r=0.005, emit=True)
    s.lamp(x, -0.34, 0.30, s.palette.sun, 0.34 * (1 - s.night) + 0.10)
    for k in range(3):
        y, half = -0.785 + 0.032 * k, 0.17 - 0.045 * k
        b.rect(x - half, y, half * 2, 0.012, "#fff6e0", r=0.005, emit=True)
        b.glow(x, y + 0.02, half * 2.0, "#fff0cc", 0.30)
    s.lamp(x, -0.74, 0.40, "#fff0cc", 0.30)


def _lockers(s: Scenery, b: Brush, start: float, side: int, tone: RGB) -> None:
    """Paint lockers that grow towards the viewer, from beside the far end to the edge."""
    x, w = start, 0.060
    while abs(x) < s.w + s.pad + 0.1:
        near = min(1.0, (abs(x - start)) / max(0.2, s.w - 0.2))
        top, low = -0.485 - 0.13 * near, FLOOR + 0.004
        left = x if side > 0 else x - w
        shade = darker(tone, 0.30 - 0.22 * near) if round(x / w) % 3 else lighter(tone, 0.05)
        b.rect(left, top, w - 0.003, low - top, shade)
        b.rect(left + (w - 0.008 if side > 0 else 0.0), top, 0.005, low - top, darker(tone, 0.5))
        for k in range(3):
            b.rect(left + w * 0.24, top + 0.030 + 0.014 * k, w * 0.5, 0.005, darker(tone, 0.45))
        b.rect(left + w * (0.70 if side > 0 else 0.18), top + (low - top) * 0.52, 0.008, 0.026, "#d8dbe0")
        if s.rng.random() < 0.18:
            b.rect(
                left + w * 0.25,
                top + (low - top) * 0.30,
                w * 0.42,
                0.035,
                s.palette.accent(s.rng.randrange(4)),
            )
        x += side * w
        w *= 1.075
    left, right = (start, s.right) if side > 0 else (s.left, start)
    b.rect(left, -0.635, right - left, 0.010, darker(tone, 0.25), alpha=0.35)


def _banner(s: Scenery, b: Brush, x: float, tone: RGB) -> None:
    """Hang small flags across the corridor."""
    left, right, n = x - 0.52 * s.w - 0.1, x + 0.52 * s.w + 0.1, 11
    for k in range(n):
        share = (k + 0.5) / n
        at, y = left + (right - left) * share, -0.685 + 0.16 * share * (1 - share)
        colour = (tone, mix(s.palette.accent(1), "#ffffff", 0.2), "#f3ead4")[k % 3]
        b.poly([(at - 0.026, y), (at + 0.026, y), (at, y + 0.058)], colour)
    ends = [(left + (right - left) * k / 8, -0.685 + 0.16 * k / 8 * (1 - k / 8)) for k in range(9)]
    b.line(ends, "#3a3a42", 0.003)


def _floor(s: Scenery, b: Brush, x: float) -> None:
    tile: RGB = mix("#b9ad96", s.palette.accent(2), 0.08)
    b.gradient((s.left, FLOOR, s.span, s.low - FLOOR), [darker(tile, 0.12), lighter(tile, 0.10)])
    for k in range(-9, 10):
        b.line([(x + 0.09 * k, FLOOR), (x + 0.34 * k, s.low)], darker(tile, 0.25), 0.002, alpha=0.5)
    for row in range(1, 5):
        y = FLOOR + (s.low - FLOOR) * (row / 5) ** 1.6
        b.line([(s.left, y), (s.right, y)], darker(tile, 0.25), 0.002, alpha=0.5)
    b.poly(
        [(x - 0.10, FLOOR), (x + 0.10, FLOOR), (x + 0.24, s.low), (x - 0.24, s.low)], "#ffffff", alpha=0.13
    )
    b.shade((s.left, FLOOR, s.span, 0.04), 0.34, 0.0)
    s.floor_gloss = max(s.floor_gloss, 0.26)
