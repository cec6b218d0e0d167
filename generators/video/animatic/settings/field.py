"""Wheat or meadow to the horizon, a lone tree, a farmhouse, a big sky."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.pieces.season import birds, ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "field",
    seat="rock",
    words=(
        "field, countryside, meadow, village, prairie, wheat, country, country road, cornfield, sunflower "
        "field, wheat field, flower field, lavender field, poppy field, dirt road, country lane, pasture, "
        "open field, grassland, plain, sunflower, steppe, savanna, savannah, moor, heath, football field, "
        "soccer field, baseball field, rice paddy, rice field, wildflower, battlefield, gravel road, "
        "vineyard, tall grass, golf course"
    ),
)
def field(s: Scenery) -> None:
    """Wheat or meadow to the horizon, a lone tree, a farmhouse, a big sky."""
    horizon = -0.15
    b = s.layer(0.08)
    paint_sky(s, b, horizon, sun_x=s.rng.choice((-0.35, 0.3)), clouds=9)
    b = s.layer(0.3)
    nature.hills(s, b, horizon + 0.03, 0.07, mix("#7d9a63", s.palette.haze, 0.25), n=5)
    nature.hills(s, b, horizon + 0.05, 0.05, "#97a657", n=7)
    x = s.about(0.45, 0.25)
    b.rect(x, horizon - 0.06, 0.11, 0.065, "#b4523f")
    b.poly(
        [(x - 0.012, horizon - 0.058), (x + 0.055, horizon - 0.105), (x + 0.122, horizon - 0.058)], "#5f3a33"
    )
    b.rect(
        x + 0.045, horizon - 0.035, 0.022, 0.04, "#ffd48a" if s.night > 0.3 else "#4a2c26", emit=s.night > 0.3
    )
    trees.tree(
        s, b, s.about(-0.52, 0.22), horizon + 0.03, s.rng.uniform(0.26, 0.42), leaf_colour(s, "#5d8a48")
    )
    b = s.layer(0.9)
    crop = ground_colour(s, s.rng.choice(("#d8b04f", "#c9a845", "#9fb050", "#b5a85a")))
    b.gradient(
        (s.left, horizon + 0.055, s.span, s.low - horizon), [lighter(crop, 0.1), crop, darker(crop, 0.25)]
    )
    for k in range(7):
        y = horizon + 0.06 + (s.low - horizon) * (k / 7) ** 1.5
        nature.grass(
            b,
            s.rng,
            s.left,
            s.right,
            y + 0.03,
            0.02 + 0.045 * k / 7,
            mix(crop, darker(crop, 0.3), s.rng.random()),
            n=110,
        )
    _path(s, b, horizon + 0.058, mix(crop, "#9c7a4e", 0.55))
    _flowers(s, b)
    if says(s, "hay|bale|haystack|stubble|harvest"):
        for x, y, r in ((-0.74, -0.035, 0.105), (-0.40, -0.066, 0.060), (0.66, -0.062, 0.066)):
            _bale(b, s.w * x, y, r)
    if says(s, "scarecrow"):
        _scarecrow(s, b, s.w * 0.50, -0.045)
    _fence(b, s.w * 0.30, s.w * 1.2)
    birds(s, horizon)
    n = s.layer(1.5, softness=0.014)
    for x0, x1 in ((-s.w - 0.3, -s.w * 0.45), (s.w * 0.62, s.w + 0.3)):
        nature.grass(n, s.rng, x0, x1, s.bottom + 0.16, 0.20, darker(crop, 0.15), n=46)
    s.key_side = -1


def _path(s: Scenery, b: Brush, far: float, tone: RGB) -> None:
    """Let a path wind from the lower edge to the horizon."""
    side, left, right = s.rng.choice((-1, 1)), [], []
    for k in range(17):
        share = k / 16
        y = s.low + 0.1 + (far - s.low - 0.1) * share**0.55
        near = (y - far) / (s.low + 0.1 - far)
        x = side * (0.10 + 0.20 * math.sin(share * 3.6) * (0.25 + near) + 0.16 * share)
        half = 0.004 + 0.20 * near**1.25
        left.append((x - half, y))
        right.append((x + half, y))
    b.poly([*left, *right[::-1]], tone)
    b.line(left[1:], darker(tone, 0.25), 0.003, alpha=0.5, smooth=True)


def _flowers(s: Scenery, b: Brush) -> None:
    """Scatter the flowers that the setting names, else a few where it is green."""
    named = {
        "popp(?:y|ies)": "#d8412f",
        "sunflower": "#f0b92c",
        "lavender": "#8a6ac0",
        "wildflower|flower": "#e88ab0",
    }
    tones = [tone for words, tone in named.items() if says(s, words)]
    if not tones or s.palette.weather == "snow":
        return
    for _ in range(150):
        share = s.rng.random() ** 0.8
        y = -0.075 + (s.low + 0.06) * share
        r = 0.0035 + 0.010 * share
        x = s.rng.uniform(s.left, s.right)
        b.line([(x, y), (x, y + r * 4)], "#5f7a40", r * 0.4)
        b.oval(x, y, r * 1.15, r, s.rng.choice(tones))
        b.circle(x, y, r * 0.3, "#3a2a20", alpha=0.7)


def _bale(b: Brush, x: float, base: float, r: float) -> None:
    straw = "#cfa84e"
    b.shadow(x + r * 0.2, base, r * 1.25, r * 0.12, 0.4)
    b.rect(x - r * 0.1, base - 2 * r, r * 1.15, 2 * r, darker(straw, 0.28), r=r * 0.45)
    b.circle(x, base - r, r, straw)
    for k in range(3):
        ring = [
            (
                x + r * (0.82 - 0.26 * k) * math.cos(t * math.tau / 18),
                base - r + r * (0.82 - 0.26 * k) * math.sin(t * math.tau / 18),
            )
            for t in range(17)
        ]
        b.line(ring, darker(straw, 0.22), r * 0.05, alpha=0.7)


def _scarecrow(s: Scenery, b: Brush, x: float, base: float) -> None:
    shirt, straw = s.palette.accent(0), "#e0c06a"
    b.line([(x, base), (x, base - 0.42)], "#6f5236", 0.012)
    s.filled.append((x - 0.16, x + 0.16))
    b.line([(x - 0.13, base - 0.30), (x + 0.13, base - 0.305)], "#6f5236", 0.010)
    b.poly(
        [
            (x - 0.12, base - 0.33),
            (x + 0.12, base - 0.33),
            (x + 0.12, base - 0.275),
            (x + 0.055, base - 0.27),
            (x + 0.065, base - 0.12),
            (x - 0.065, base - 0.12),
            (x - 0.055, base - 0.27),
            (x - 0.12, base - 0.275),
        ],
        shirt,
    )
    for side in (-1, 1):
        for k in range(4):
            b.line(
                [(x + side * 0.12, base - 0.30), (x + side * 0.150, base - 0.275 - 0.014 * k)], straw, 0.004
            )
    for k in range(6):
        b.line([(x - 0.05 + 0.02 * k, base - 0.125), (x - 0.055 + 0.022 * k, base - 0.085)], straw, 0.005)
    b.circle(x, base - 0.385, 0.040, "#d9b98a")
    b.rect(x - 0.062, base - 0.422, 0.124, 0.012, "#5a4030", r=0.005)
    b.rect(x - 0.034, base - 0.470, 0.068, 0.052, "#5a4030", r=0.010)
    b.rect(x - 0.034, base - 0.436, 0.068, 0.012, shirt)
    for dx in (-0.014, 0.014):
        b.circle(x + dx, base - 0.390, 0.005, "#2a2018")
    b.line([(x - 0.014, base - 0.366), (x, base - 0.360), (x + 0.014, base - 0.366)], "#2a2018", 0.003)


def _fence(b: Brush, left: float, right: float) -> None:
    wood = "#7d6049"
    n = 5
    for i in range(n):
        x = left + (right - left) * i / (n - 1)
        b.rect(x - 0.011, -0.20, 0.022, 0.21, darker(wood, 0.1), r=0.004)
        b.rect(x - 0.011, -0.20, 0.007, 0.21, lighter(wood, 0.2), r=0.003)
    for y in (-0.165, -0.09):
        b.line([(left, y), (right, y + 0.006)], wood, 0.014)
