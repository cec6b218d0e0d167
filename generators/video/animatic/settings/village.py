"""A village lane: cottages with steep roofs and smoking chimneys, a church, firs, a fence; snowed in."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, Colour, mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.lamps import fairy_lights
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_SNOW = "#f1f5fc"
_HORIZON = -0.17


@place(
    "snow village",
    seat="crate",
    words=(
        "snow village, snowy village, snowed-in village, snow-covered village, winter village, mountain "
        "village, alpine village, christmas village, village in the snow, snowy lane, village in winter, "
        "village at christmas, village under snow, snowy town, christmas market, winter town, winter "
        "wonderland, snow-covered town, snowy street in a village, ski village, igloo, snow-covered lane, "
        "north pole, santa's village, gingerbread village, sleigh"
    ),
)
def village(s: Scenery) -> None:
    """Cottages along a lane under snow, a church behind them, hills, lights in the windows."""
    b = s.layer(0.10)
    paint_sky(s, b, _HORIZON, sun_x=0.35, clouds=6)
    nature.mountains(s, b, _HORIZON + 0.02, 0.34, mix("#7d8cab", s.palette.haze, 0.35), n=4, snow=True)
    b = s.layer(0.32)
    nature.hills(s, b, _HORIZON + 0.03, 0.08, mix(_SNOW, "#a9b8d2", 0.35), n=6)
    fir = mix(mix("#3f6350", s.palette.film[0], 0.12), _SNOW, 0.30)
    for _ in range(16):
        x = s.rng.uniform(s.left, s.right)
        trees.conifer(b, x, _HORIZON + 0.03 + 0.02 * s.rng.random(), s.rng.uniform(0.08, 0.15), fir)
    _church(s, b, s.about(-0.06, 0.16), _HORIZON + 0.03)
    b = s.layer(0.58)
    b.gradient((s.left, _HORIZON + 0.045, s.span, 0.5), [mix(_SNOW, "#b4c2dc", 0.35), _SNOW])
    for i, x in enumerate((-0.52, 0.22, 0.50)):
        _cottage(s, b, s.w * x, _HORIZON + 0.06, 0.24 + 0.02 * (i % 2), i)
    b = s.layer(0.82)
    _cottage(s, b, -s.w * 0.88, -0.06, 0.46, 3)
    _cottage(s, b, s.w * 0.90, -0.06, 0.50, 4)
    trees.conifer(b, s.about(0.52, 0.06), -0.055, s.rng.uniform(0.36, 0.52), fir)
    fairy_lights(s, [(-s.w * 0.64, -0.50), (0.0, -0.64), (s.w * 0.66, -0.52)], n=13, sag=0.05)
    b = s.layer(0.93)
    _lane(s, b)
    _fence(b, s.left, -s.w * 0.52, -0.015)
    _fence(b, s.w * 0.60, s.right, -0.015)
    _snowman(b, -s.w * 0.44, -0.02)
    _lantern(s, b, s.w * 0.46, -0.03)
    n = s.layer(1.5, softness=0.02)
    for k in range(3):
        n.oval(-s.w - 0.02 + k * 0.16, s.bottom + 0.12 + 0.03 * k, 0.24, 0.12, mix(_SNOW, "#9fb0d0", 0.25))
    n.line([(s.w + 0.1, s.top - 0.05), (s.w - 0.24, s.top + 0.10)], "#4b3a34", 0.022)
    n.line([(s.w + 0.1, s.top - 0.065), (s.w - 0.23, s.top + 0.085)], _SNOW, 0.014)
    s.centre = 0.02


def _church(s: Scenery, b: Brush, x: float, base: float) -> None:
    stone = mix("#c9c0b4", s.palette.haze, 0.2)
    b.rect(x - 0.02, base - 0.11, 0.15, 0.11, stone)
    b.poly(
        [
            (x + 0.0, base - 0.11),
            (x + 0.02, base - 0.165),
            (x + 0.13, base - 0.165),
            (x + 0.145, base - 0.11),
        ],
        _SNOW,
    )
    b.rect(x - 0.045, base - 0.22, 0.058, 0.22, lighter(stone, 0.1))
    b.poly([(x - 0.055, base - 0.215), (x - 0.016, base - 0.36), (x + 0.023, base - 0.215)], "#6b6f80")
    b.poly([(x - 0.055, base - 0.215), (x - 0.016, base - 0.36), (x - 0.018, base - 0.215)], _SNOW)
    for dx in (0.035, 0.07, 0.105):
        b.rect(x + dx, base - 0.085, 0.014, 0.05, _window_tone(s), r=0.007, emit=s.night > 0.3)
    b.circle(x - 0.016, base - 0.175, 0.014, "#f5e8c8")


def _window_tone(s: Scenery) -> Colour:
    return "#ffd284" if s.night > 0.3 else "#5d7188"


def _cottage(s: Scenery, b: Brush, x: float, base: float, size: float, index: int) -> None:
    """Paint a half-timbered cottage; its chimney smokes."""
    wall: RGB = mix(
        ("#e9d9bd", "#d9a58a", "#c8d0cf", "#e3c9a6", "#d8b8a8")[index], s.palette.accent(index), 0.15
    )
    w, h, beam = size, size * 0.52, "#5c4033"
    b.shadow(x, base + 0.004, w * 0.6, 0.014, 0.3)
    b.rect(x - w / 2, base - h, w, h, wall)
    b.rect(x - w / 2, base - h, w * 0.16, h, darker(wall, 0.22))
    chimney = x + w * 0.24
    b.rect(chimney - w * 0.05, base - h - w * 0.50, w * 0.10, w * 0.34, "#8d5f4d")
    b.rect(chimney - w * 0.065, base - h - w * 0.53, w * 0.13, w * 0.045, _SNOW, r=0.005)
    _smoke(s, chimney, base - h - w * 0.54, size)
    b.poly([(x - w * 0.5, base - h), (x, base - h - w * 0.50), (x + w * 0.5, base - h)], wall)
    for dx in (-0.48, 0.0, 0.48):
        b.rect(x + dx * w - w * 0.016, base - h, w * 0.032, h, beam)
    b.rect(x - w / 2, base - h - w * 0.012, w, w * 0.030, beam)
    for side in (-1, 1):
        eave, ridge = (x + side * w * 0.60, base - h + w * 0.09), (x, base - h - w * 0.53)
        b.line([ridge, eave], darker(beam, 0.2), w * 0.075)
        b.line([(ridge[0], ridge[1] - w * 0.035), (eave[0], eave[1] - w * 0.035)], _SNOW, w * 0.085)
        for k in range(5):
            share = 0.25 + 0.16 * k
            ix, iy = ridge[0] + (eave[0] - ridge[0]) * share, ridge[1] + (eave[1] - ridge[1]) * share
            b.line([(ix, iy), (ix, iy + w * (0.05 + 0.03 * (k % 2)))], "#dfeaf8", w * 0.012, alpha=0.8)
    lit = s.night > 0.3
    for dx, dy in ((-0.28, 0.62), (0.0, 1.30)):
        wx, wy, ww = x + dx * w, base - h * dy, w * 0.17
        b.rect(wx - ww / 2 - 0.006, wy - ww / 2 - 0.006, ww + 0.012, ww + 0.012, "#f2ece0")
        b.rect(wx - ww / 2, wy - ww / 2, ww, ww, _window_tone(s), emit=lit)
        b.line([(wx, wy - ww / 2), (wx, wy + ww / 2)], "#f2ece0", 0.005)
        b.line([(wx - ww / 2, wy), (wx + ww / 2, wy)], "#f2ece0", 0.005)
        b.rect(wx - ww * 0.62, wy + ww / 2, ww * 1.24, w * 0.035, _SNOW, r=0.004)
        b.glow(wx, wy, w * 0.45, "#ffcf86", 0.45 * s.night)
    s.lamp(x - 0.28 * w, base - h * 0.62, w * 0.5, "#ffcf86", 0.35 * s.night, flicker=0.05)
    door = s.palette.accent(index + 1)
    b.rect(x + w * 0.14, base - h * 0.72, w * 0.20, h * 0.72, darker(door, 0.25), r=0.004)
    b.circle(x + w * 0.24, base - h * 0.46, w * 0.055, "#3f7a4c")
    b.circle(x + w * 0.24, base - h * 0.46, w * 0.028, darker(door, 0.25))
    b.oval(x, base + 0.004, w * 0.62, 0.014, _SNOW)


def _smoke(s: Scenery, x: float, y: float, size: float) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        for i in range(12):
            rise = (clock.t_s * 0.10 + i / 12 + x) % 1.0
            sway = 0.05 * size * math.sin(rise * 5 + x * 9)
            brush.circle(
                x + sway + 0.25 * size * rise * rise,
                y - 0.55 * size * rise,
                size * (0.03 + 0.07 * rise),
                "#e8ebf2",
                alpha=0.15 * math.sin(math.pi * rise),
            )

    s.move(draw)


def _lane(s: Scenery, b: Brush) -> None:
    b.gradient((s.left, -0.085, s.span, s.low + 0.1), [_SNOW, mix(_SNOW, "#c3cfe6", 0.35)], alphas=[0.0, 1.0])
    track = mix(_SNOW, "#8d94ab", 0.38)
    for dx, near in ((-0.06, -0.34), (0.06, 0.34)):
        low = s.low + 0.1
        left = [(dx - 0.012, -0.09), (near * 0.5 - 0.02, 0.06), (near - 0.06, low)]
        right = [(near + 0.06, low), (near * 0.5 + 0.03, 0.06), (dx + 0.012, -0.09)]
        b.blob([*left, *right], track)
    for _ in range(18):
        x, y = s.rng.uniform(s.left, s.right), s.rng.uniform(-0.03, s.low)
        b.oval(x, y, s.rng.uniform(0.05, 0.14), 0.010, "#ffffff", alpha=0.55)
        b.oval(x + 0.02, y + 0.010, s.rng.uniform(0.05, 0.12), 0.006, "#a9b8d6", alpha=0.35)


def _fence(b: Brush, left: float, right: float, base: float) -> None:
    wood, n = "#7a5a44", round((right - left) / 0.085)
    for y in (base - 0.055, base - 0.115):
        b.line([(left, y), (right, y)], wood, 0.014)
        b.line([(left, y - 0.009), (right, y - 0.009)], _SNOW, 0.008)
    for i in range(n + 1):
        x = left + i * (right - left) / n
        b.rect(x - 0.011, base - 0.155, 0.022, 0.155, darker(wood, 0.12), r=0.003)
        b.oval(x, base - 0.158, 0.018, 0.011, _SNOW)


def _snowman(b: Brush, x: float, base: float) -> None:
    b.shadow(x, base, 0.10, 0.014, 0.3)
    for y, r in ((0.065, 0.078), (0.165, 0.058), (0.250, 0.042)):
        b.circle(x, base - y, r, mix(_SNOW, "#9fb0d0", 0.45))
        b.circle(x + r * 0.10, base - y - r * 0.10, r * 0.88, "#fbfdff")
    for dy in (0.14, 0.175):
        b.circle(x + 0.006, base - dy, 0.006, "#2c2c34")
    for dx in (-0.012, 0.018):
        b.circle(x + dx, base - 0.262, 0.005, "#2c2c34")
    b.poly([(x + 0.004, base - 0.254), (x + 0.052, base - 0.246), (x + 0.004, base - 0.240)], "#ee8a3a")
    b.rect(x - 0.042, base - 0.218, 0.084, 0.020, "#c8413f", r=0.008)
    b.rect(x + 0.014, base - 0.214, 0.020, 0.062, "#a93434", r=0.006)
    b.line([(x - 0.05, base - 0.17), (x - 0.115, base - 0.225)], "#5c4033", 0.007)
    b.line([(x + 0.05, base - 0.17), (x + 0.115, base - 0.215)], "#5c4033", 0.007)
    b.rect(x - 0.046, base - 0.296, 0.092, 0.012, "#2c2c34", r=0.005)
    b.rect(x - 0.028, base - 0.345, 0.056, 0.052, "#2c2c34", r=0.005)


def _lantern(s: Scenery, b: Brush, x: float, base: float) -> None:
    iron, h = "#2a2d36", 0.50
    b.line([(x, base), (x, base - h)], iron, 0.012)
    b.glow(x, base - h - 0.02, 0.30, "#ffcf86", 0.6 * s.night)
    b.rect(
        x - 0.022,
        base - h - 0.052,
        0.044,
        0.056,
        "#ffdc9a" if s.night > 0.2 else "#dfe6ea",
        emit=s.night > 0.2,
    )
    b.poly([(x - 0.036, base - h - 0.050), (x + 0.036, base - h - 0.050), (x, base - h - 0.085)], iron)
    b.oval(x, base - h - 0.078, 0.028, 0.012, _SNOW)
    b.oval(x, base, 0.045, 0.012, _SNOW)
    b.glow(x, base + 0.02, 0.24, "#ffcf86", 0.28 * s.night, flat=0.22)
    s.lamp(x, base - h - 0.02, 0.28, "#ffcf86", 0.45 * s.night)
