"""Trunks in depth, shafts of light through the crowns, ferns, fireflies at night."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import nature
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.pieces.season import ground_colour, leaf_colour
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "forest",
    seat="rock",
    words=(
        "forest, wood, jungle, grove, tree, campfire, camp, woodland, swamp, rainforest, forest clearing, "
        "campsite, camping, bonfire, woodland path, thicket, pine, redwood, bamboo forest, hiking trail, "
        "trail, glade, clearing, forest path, enchanted forest, marsh, bayou, mangrove, campground"
    ),
)
def forest(s: Scenery) -> None:
    """Trunks in depth, shafts of light through the crowns, ferns, fireflies at night."""
    green = leaf_colour(s, "#4f7f4c")
    birch = says(s, "birch|aspen")
    b = s.layer(0.16)
    light = mix(mix(s.palette.sky[2], s.palette.sky[1], 0.4), green, 0.25)
    b.gradient(
        (s.left, s.high, s.span, s.low - s.high),
        [mix(light, darker(green, 0.5), 0.55), light, mix(light, green, 0.5)],
        emit=True,
    )
    b.glow(s.w * 0.15, -0.42, 0.75, s.palette.sun, 0.55 - 0.25 * s.night)
    _trunks(s, b, 22, 0.012, mix(darker(green, 0.25), light, 0.62), -0.10)
    b = s.layer(0.38)
    _trunks(s, b, 12, 0.026, mix("#efece4" if birch else darker(green, 0.45), light, 0.34), -0.085)
    for i in range(10):
        nature.foliage(
            b,
            s.rng,
            s.left + i * s.span / 9,
            s.top + 0.04 + 0.05 * s.rng.random(),
            0.16,
            0.12,
            mix(green, light, 0.35),
        )
    for i in range(11):
        nature.foliage(b, s.rng, s.left + i * s.span / 10, -0.08, 0.13, 0.055, mix(green, light, 0.25))
    b = s.layer(0.92)
    soil = ground_colour(s, "#5d6b3b")
    b.blob(
        [
            (s.left - 0.3, s.low + 0.4),
            (s.left - 0.3, -0.05),
            (-s.w * 0.4, -0.09),
            (s.w * 0.2, -0.06),
            (s.right + 0.3, -0.10),
            (s.right + 0.3, s.low + 0.4),
        ],
        soil,
    )
    b.shade((s.left, -0.11, s.span, 0.06), 0.0, 0.25)
    b.blob(
        [
            (-0.16, s.low + 0.1),
            (-0.07, 0.06),
            (0.03, -0.04),
            (0.10, -0.055),
            (0.12, -0.04),
            (0.15, 0.06),
            (0.34, s.low + 0.1),
        ],
        mix(soil, "#c9a877", 0.45),
    )
    for x, w in ((-0.86, 0.075), (-0.58, 0.045), (0.66, 0.06), (0.94, 0.09)):
        _big_trunk(b, s.about(x, 0.05), w * s.rng.uniform(0.75, 1.2), s.high, -0.02, birch=birch)
    for _ in range(9):
        side = s.rng.choice((-1, 1))
        x = side * s.w * s.rng.uniform(0.5, 1.05)
        nature.fronds(b, x, s.rng.uniform(-0.01, 0.06), s.rng.uniform(0.08, 0.14), green, n=9)
    nature.grass(b, s.rng, s.left, s.right, s.bottom + 0.03, 0.06, darker(green, 0.15), n=80)
    if s.palette.weather in ("clear", "wind", "fog"):
        for i, (x, w) in enumerate(((-0.25, 0.10), (0.05, 0.14), (0.36, 0.08))):
            x0 = s.w * x
            b.beam(
                [
                    (x0 + 0.22, s.high),
                    (x0 + 0.22 + w, s.high),
                    (x0 + w * 1.5 - 0.14, 0.05),
                    (x0 - 0.20, 0.05),
                ],
                s.palette.sun,
                (0.26 - 0.05 * i) * (1 - 0.6 * s.night),
                fade=((x0 + 0.22, s.high), (x0 - 0.12, 0.04)),
            )
    _fireflies(s)
    n = s.layer(1.6, softness=0.024)
    for i in range(4):
        nature.foliage(n, s.rng, s.w + 0.06 - i * 0.07, s.top + 0.02, 0.18, 0.13, darker(green, 0.5))
    nature.fronds(n, -s.w - 0.02, s.bottom + 0.05, 0.30, darker(green, 0.45), n=9)
    s.key_side = 1


def _trunks(s: Scenery, b: Brush, n: int, w: float, colour: RGB, base: float) -> None:
    for i in range(n):
        x = s.left + (i + s.rng.uniform(0.1, 0.9)) * s.span / n
        half = w * s.rng.uniform(0.6, 1.3)
        lean = s.rng.uniform(-0.03, 0.03)
        b.poly(
            [
                (x - half * 0.6 + lean, s.high),
                (x + half * 0.6 + lean, s.high),
                (x + half, base),
                (x - half, base),
            ],
            colour,
        )


def _big_trunk(b: Brush, x: float, w: float, top: float, base: float, *, birch: bool) -> None:
    bark = "#e6e2d8" if birch else "#5a4334"
    b.blob(
        [
            (x - w * 0.6, top),
            (x - w * 0.6, top),
            (x + w * 0.6, top),
            (x + w * 0.6, top),
            (x + w * 0.6, base - 0.2),
            (x + w * 1.3, base + 0.02),
            (x + w * 0.3, base + 0.005),
            (x - w * 0.3, base + 0.015),
            (x - w * 1.3, base + 0.02),
            (x - w * 0.65, base - 0.2),
        ],
        bark,
    )
    b.blob(
        [
            (x - w * 0.6, top),
            (x - w * 0.6, top),
            (x - w * 0.15, top),
            (x - w * 0.2, base - 0.2),
            (x - w * 0.5, base + 0.01),
            (x - w * 1.3, base + 0.02),
            (x - w * 0.65, base - 0.2),
        ],
        darker(bark, 0.4),
    )
    b.line([(x + w * 0.42, top), (x + w * 0.40, base - 0.15)], lighter(bark, 0.3), w * 0.14)
    if birch:
        for k in range(13):
            y, left = top + (base - top) * (0.06 + 0.07 * k), (-0.55, -0.1, 0.2)[k % 3]
            b.line([(x + w * left, y), (x + w * (left + 0.32), y + 0.004)], "#3a3634", w * 0.11)
        return
    for k in range(5):
        y = top + (base - top) * (0.25 + 0.14 * k)
        b.line([(x - w * 0.1, y), (x + w * 0.05, y + 0.05)], darker(bark, 0.35), w * 0.07)


def _fireflies(s: Scenery) -> None:
    flies = [(s.rng.uniform(s.left, s.right), s.rng.uniform(-0.45, 0.05), s.rng.random()) for _ in range(26)]
    tone = "#e8ff9a" if s.night > 0.4 else "#fff6d0"

    def draw(brush: Brush, clock: Clock) -> None:
        for x, y, phase in flies:
            t = clock.t_s * (0.4 + 0.4 * phase) + phase * 40
            cx, cy = x + 0.05 * math.sin(t), y + 0.04 * math.sin(t * 1.3 + 1)
            bright = max(0.0, math.sin(t * 2.2)) * (0.3 + 0.7 * s.night) + 0.25 * clock.pulse * s.night
            brush.circle(cx, cy, 0.010, tone, alpha=0.18 * bright, emit=True)
            brush.circle(cx, cy, 0.0028, tone, alpha=min(1.0, bright), emit=True)

    s.move(draw)
