"""Dunes lit from one side, mesas, cacti, heat over the sand."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import nature
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "desert",
    seat="rock",
    words=(
        "desert, dune, canyon, cactus, oasis, sahara, mesa, wasteland, sand dune, salt flat, badland, "
        "grand canyon, dry lake, ghost town, western town, wild west, mojave, outback, joshua tree, "
        "pyramid, ancient ruin, ruin"
    ),
)
def desert(s: Scenery) -> None:
    """Dunes lit from one side, mesas, cacti, heat over the sand."""
    horizon = -0.17
    b = s.layer(0.08)
    paint_sky(s, b, horizon, sun_x=0.35, clouds=3)
    clay = mix("#b5654a", s.palette.haze, 0.2)
    for x, w, h in ((-0.75, 0.34, 0.20), (-0.30, 0.20, 0.12), (0.62, 0.46, 0.25)):
        _mesa(
            b,
            s.about(x, 0.12),
            horizon + 0.01,
            w * s.rng.uniform(0.7, 1.2),
            h * s.rng.uniform(0.7, 1.2),
            clay,
        )
    b = s.layer(0.36)
    _dune(s, b, horizon + 0.005, 0.045, "#d99a5c")
    _dune(s, b, horizon + 0.05, 0.06, "#df9f58")
    b = s.layer(0.92)
    sand = mix("#e3ab63", "#f4f4f8", 0.7 if s.palette.weather == "snow" else 0.0)
    b.blob(
        [
            (s.left - 0.4, s.low + 0.5),
            (s.left - 0.4, -0.03),
            (-s.w * 0.4, -0.08),
            (s.w * 0.25, -0.05),
            (s.right + 0.4, -0.10),
            (s.right + 0.4, s.low + 0.5),
        ],
        sand,
    )
    b.blob(
        [
            (-s.w * 0.4, -0.078),
            (s.w * 0.0, -0.06),
            (s.w * 0.3, 0.0),
            (0.1, s.low),
            (s.left - 0.4, s.low + 0.3),
            (s.left - 0.4, 0.05),
        ],
        darker(sand, 0.16),
    )
    for k in range(16):
        y = -0.03 + (s.low + 0.03) * (k / 16) ** 1.3
        x = s.rng.uniform(-s.w, s.w)
        b.line(
            [(x - 0.22, y), (x - 0.08, y - 0.008), (x + 0.06, y + 0.004), (x + 0.22, y - 0.004)],
            darker(sand, 0.2),
            0.003,
            alpha=0.6,
            smooth=True,
        )
    _cactus(b, s.about(0.70, 0.06), -0.02, s.rng.uniform(0.36, 0.50))
    _cactus(b, s.about(-0.82, 0.08), -0.03, s.rng.uniform(0.22, 0.34))
    _cactus(b, s.w * 0.98, -0.04, 0.22)
    _skull_and_stones(s, b)
    _blowing_sand(s, sand)
    n = s.layer(1.5, softness=0.022)
    n.blob(
        [(s.w - 0.3, 0.5), (s.w - 0.22, 0.16), (s.w - 0.05, 0.08), (s.w + 0.2, 0.12), (s.w + 0.4, 0.5)],
        darker(clay, 0.5),
    )
    s.centre = -0.05


def _mesa(b: Brush, x: float, base: float, w: float, h: float, colour: RGB) -> None:
    b.poly(
        [
            (x - w * 0.62, base),
            (x - w * 0.44, base - h * 0.45),
            (x - w * 0.40, base - h),
            (x + w * 0.34, base - h * 0.96),
            (x + w * 0.40, base - h * 0.45),
            (x + w * 0.60, base),
        ],
        colour,
    )
    b.poly(
        [
            (x + w * 0.34, base - h * 0.96),
            (x + w * 0.40, base - h * 0.45),
            (x + w * 0.60, base),
            (x + w * 0.1, base),
            (x + w * 0.12, base - h * 0.5),
            (x + w * 0.08, base - h * 0.97),
        ],
        darker(colour, 0.28),
    )
    for k in range(3):
        b.rect(
            x - w * 0.40, base - h * (0.86 - 0.14 * k), w * 0.74, h * 0.035, darker(colour, 0.16), alpha=0.7
        )


def _dune(s: Scenery, b: Brush, base: float, height: float, colour: str) -> None:
    edge = nature.ridge(s.rng, s.left - 0.2, s.right + 0.2, base + height, height, n=5)
    b.blob([(s.left - 0.4, s.low + 0.4), *edge, (s.right + 0.4, s.low + 0.4)], colour)
    for x, y in edge[1:-1]:
        b.blob(
            [
                (x, y + height * 0.25),
                (x + 0.10, y + height * 0.5),
                (x + 0.22, y + height * 1.1),
                (x + 0.02, y + height * 1.3),
                (x - 0.06, y + height * 0.9),
            ],
            darker(colour, 0.22),
            alpha=0.7,
        )


def _cactus(b: Brush, x: float, base: float, h: float) -> None:
    green = "#4f7d52"
    b.shadow(x - h * 0.10, base + 0.004, h * 0.34, 0.012, 0.35)
    w = h * 0.15
    for dx, low, high in ((-0.24, 0.42, 0.70), (0.25, 0.52, 0.84)):
        b.line(
            [(x, base - h * low), (x + h * dx, base - h * (low + 0.02)), (x + h * dx, base - h * high)],
            green,
            w * 0.68,
        )
        b.line(
            [(x + h * dx + w * 0.14, base - h * (low + 0.03)), (x + h * dx + w * 0.14, base - h * high)],
            lighter(green, 0.2),
            w * 0.16,
        )
    b.rect(x - w / 2, base - h, w, h, green, r=w / 2)
    b.rect(x - w / 2, base - h + w * 0.2, w * 0.34, h - w * 0.2, darker(green, 0.3), r=w * 0.15)
    b.rect(x + w * 0.14, base - h + w * 0.3, w * 0.16, h - w * 0.4, lighter(green, 0.22), r=w * 0.07)
    b.circle(x + w * 0.05, base - h, w * 0.2, "#e8708a")


def _skull_and_stones(s: Scenery, b: Brush) -> None:
    for _ in range(9):
        x, y = s.rng.uniform(s.left, s.right), s.rng.uniform(-0.02, s.bottom)
        r = s.rng.uniform(0.010, 0.028)
        b.oval(x, y, r * 1.4, r * 0.7, darker("#a9764f", 0.25))
        b.oval(x + r * 0.2, y - r * 0.15, r * 1.1, r * 0.45, lighter("#a9764f", 0.15))


def _blowing_sand(s: Scenery, sand: RGB) -> None:
    grains = [(s.rng.random(), s.rng.uniform(-0.09, 0.15), s.rng.random()) for _ in range(30)]

    def draw(brush: Brush, clock: Clock) -> None:
        for u, y, phase in grains:
            x = s.left + s.span * ((u + clock.t_s * 0.10 * (0.5 + phase)) % 1.0)
            dy = 0.006 * math.sin(clock.t_s * 2 + phase * 20)
            brush.line([(x, y + dy), (x + 0.05, y + dy)], lighter(sand, 0.35), 0.0022, alpha=0.32)

    s.move(draw)
