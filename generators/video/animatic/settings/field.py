"""Wheat or meadow to the horizon, a lone tree, a farmhouse, a big sky."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import nature, trees
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
    b.blob(
        [
            (-0.30, s.low + 0.1),
            (-0.12, 0.06),
            (-0.03, -0.03),
            (0.01, -0.09),
            (0.03, -0.09),
            (0.05, -0.02),
            (0.20, 0.07),
            (0.42, s.low + 0.1),
        ],
        mix(crop, "#9c7a4e", 0.55),
    )
    _fence(b, s.w * 0.30, s.w * 1.2)
    birds(s, horizon)
    n = s.layer(1.5, softness=0.014)
    for x0, x1 in ((-s.w - 0.3, -s.w * 0.45), (s.w * 0.62, s.w + 0.3)):
        nature.grass(n, s.rng, x0, x1, s.bottom + 0.16, 0.20, darker(crop, 0.15), n=46)
    s.key_side = -1


def _fence(b: Brush, left: float, right: float) -> None:
    wood = "#7d6049"
    n = 5
    for i in range(n):
        x = left + (right - left) * i / (n - 1)
        b.rect(x - 0.011, -0.20, 0.022, 0.21, darker(wood, 0.1), r=0.004)
        b.rect(x - 0.011, -0.20, 0.007, 0.21, lighter(wood, 0.2), r=0.003)
    for y in (-0.165, -0.09):
        b.line([(left, y), (right, y + 0.006)], wood, 0.014)
