"""Lamps indoors."""

from __future__ import annotations

import itertools
import math

from storyboard.generators.video.animatic.brush import Brush, darker
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery


def pendant(
    scenery: Scenery,
    brush: Brush,
    x: float,
    y: float,
    r: float,
    shade: Colour,
    *,
    light: Colour = "#ffcf86",
    strength: float = 0.5,
) -> None:
    """Hang a lamp from the ceiling; it is on a little even by day."""
    on = 0.35 + 0.65 * scenery.night
    brush.line([(x, scenery.high), (x, y - r)], "#1d1a1c", 0.004)
    brush.glow(x, y + 0.04, r * 6.5, light, 0.34 * on)
    brush.oval(x, y + r * 0.12, r * 0.92, r * 0.24, "#fff2d2", emit=True)
    brush.blob(
        [
            (x - r, y),
            (x - r * 0.75, y - r * 0.75),
            (x - r * 0.2, y - r),
            (x + r * 0.2, y - r),
            (x + r * 0.75, y - r * 0.75),
            (x + r, y),
            (x + r, y + r * 0.15),
            (x - r, y + r * 0.15),
        ],
        shade,
    )
    scenery.lamp(x, y + r * 0.2, r * 5.0, light, strength * on)


def table_lamp(
    scenery: Scenery,
    brush: Brush,
    x: float,
    base: float,
    h: float,
    shade: Colour,
    *,
    light: Colour = "#ffc374",
) -> None:
    """Stand a lamp with a cloth shade; it glows."""
    on = 0.30 + 0.70 * scenery.night
    brush.rect(x - h * 0.03, base - h * 0.5, h * 0.06, h * 0.5, "#4b3a30")
    brush.oval(x, base - 0.003, h * 0.16, h * 0.04, "#3b2e27")
    brush.glow(x, base - h * 0.75, h * 2.8, light, 0.55 * on)
    brush.poly(
        [
            (x - h * 0.20, base - h),
            (x + h * 0.20, base - h),
            (x + h * 0.34, base - h * 0.5),
            (x - h * 0.34, base - h * 0.5),
        ],
        mix(shade, light, 0.55 * on),
        emit=True,
    )
    brush.poly(
        [
            (x - h * 0.20, base - h),
            (x - h * 0.05, base - h),
            (x - h * 0.10, base - h * 0.5),
            (x - h * 0.34, base - h * 0.5),
        ],
        darker(shade, 0.4),
        alpha=0.25,
    )
    scenery.lamp(x, base - h * 0.7, h * 2.6, light, 0.55 * on, flicker=0.05)


def fairy_lights(
    scenery: Scenery, points: list[tuple[float, float]], *, n: int = 9, sag: float = 0.05
) -> None:
    """Hang strings of small lights between points; they twinkle and answer the downbeat."""
    bulbs = [
        (
            ax + (bx - ax) * (i + 0.5) / n,
            ay + (by - ay) * (i + 0.5) / n + sag * 4 * ((i + 0.5) / n) * (1 - (i + 0.5) / n),
        )
        for (ax, ay), (bx, by) in itertools.pairwise(points)
        for i in range(n)
    ]
    tones = ["#ffd27a", "#ffe2a8", "#ffb866"]

    def draw(brush: Brush, clock: Clock) -> None:
        for index, (x, y) in enumerate(bulbs):
            bright = 0.62 + 0.25 * math.sin(clock.t_s * 2.1 + index * 1.9) + 0.35 * clock.pulse
            brush.circle(x, y, 0.012, tones[index % 3], alpha=0.16 * bright, emit=True)
            brush.circle(x, y, 0.0048, "#fff1d0", alpha=min(1.0, bright), emit=True)

    scenery.move(draw)
