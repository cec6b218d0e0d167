"""A path round a pond, a bench under a big tree, the city over the tree tops."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import city, nature, trees
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.pieces.season import birds, ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "park",
    seat="bench",
    words=(
        "park, playground, pond, lawn, picnic, zoo, fountain, park bench, swing, "
        "swing set, skate park, skatepark, dog park, central park, campus lawn, bandstand, botanical "
        "garden, boating lake, jogging path, treehouse, tree house, courtyard, promenade"
    ),
)
def park(s: Scenery) -> None:
    """A path round a pond, a bench under a big tree, the city over the tree tops."""
    horizon = -0.20
    b = s.layer(0.14)
    paint_sky(s, b, horizon, sun_x=0.5, clouds=7)
    city.skyline(
        s, b, horizon + 0.03, 0.10, 0.26, mix("#8391ad", s.palette.haze, 0.5), width=0.09, cell=0.022
    )
    leaf = leaf_colour(s, "#5f9a4a")
    for i in range(14):
        nature.foliage(
            b,
            s.rng,
            s.left + i * s.span / 13,
            horizon - 0.015,
            0.10,
            s.rng.uniform(0.05, 0.09),
            mix(leaf, s.palette.haze, 0.3),
        )
    b = s.layer(0.5)
    grass = ground_colour(s, "#7fb257")
    b.gradient((s.left, horizon + 0.035, s.span, 0.5), [lighter(grass, 0.12), grass])
    pond = s.about(-0.36, 0.20)
    water = mix(s.palette.sky[2], s.palette.sky[0], 0.25)
    b.oval(pond, horizon + 0.10, 0.46, 0.045, darker(grass, 0.35))
    b.oval(pond, horizon + 0.098, 0.45, 0.040, water, emit=True)
    _ripples(s, pond, horizon + 0.10, 0.42)
    if says(s, "boat"):
        for dx, tone in ((-0.20, "#f6f1e6"), (0.02, "#e88a7a"), (0.22, "#f2d27a")):
            _paper_boat(b, pond + dx, horizon + 0.105 + 0.02 * abs(dx), tone)
    for x, h in ((-0.95, 0.30), (-0.30, 0.24), (0.18, 0.26)):
        trees.tree(
            s,
            b,
            s.w * x,
            horizon + 0.06,
            h,
            leaf_colour(s, ("#6fa34c", "#86a84a", "#5b9660")[int(abs(x) * 9) % 3]),
        )
    b = s.layer(0.93)
    _path(s, b, grass)
    trees.tree(s, b, s.about(0.72, 0.05), -0.02, s.rng.uniform(0.80, 0.98), leaf)
    b.shadow(s.w * 0.66, -0.005, 0.34, 0.03, 0.30)
    city.street_lamp(s, b, s.about(-0.70, 0.12), -0.04, 0.50)
    if says(s, "swing") and s.seat != "swing":
        _swings(s, -s.w * 0.62)
    if not s.seated:
        _bench(b, s.w * 0.50, -0.035)
    nature.grass(b, s.rng, s.left, s.right, s.bottom + 0.02, 0.05, darker(grass, 0.2), n=90)
    birds(s, horizon)
    n = s.layer(1.55, softness=0.02)
    for i in range(4):
        nature.foliage(
            n, s.rng, -s.w - 0.05 + i * 0.09, s.top + 0.02 - i * 0.02, 0.16, 0.11, darker(leaf, 0.35)
        )
    for i in range(5):
        nature.foliage(
            n, s.rng, s.w + 0.08 - i * 0.05, s.bottom + 0.04 + i * 0.01, 0.12, 0.09, darker(leaf, 0.4)
        )
    s.centre = -0.16


def _paper_boat(b: Brush, x: float, y: float, tone: str) -> None:
    b.poly(
        [(x - 0.026, y - 0.010), (x + 0.026, y - 0.010), (x + 0.015, y + 0.004), (x - 0.015, y + 0.004)], tone
    )
    b.poly([(x - 0.014, y - 0.010), (x, y - 0.032), (x + 0.014, y - 0.010)], darker(tone, 0.12))


def _swings(s: Scenery, x: float) -> None:
    """Set up a pair of swings that the wind moves."""
    wood, top, base = "#a8553f", -0.50, -0.030
    s.filled.append((x - 0.26, x + 0.26))

    def draw(brush: Brush, clock: Clock) -> None:
        for side in (-1, 1):
            for foot in (-0.05, 0.05):
                brush.line([(x + side * 0.22, top), (x + side * 0.24 + foot, base)], wood, 0.014)
        brush.line([(x - 0.24, top), (x + 0.24, top)], wood, 0.018)
        for k, at in enumerate((-0.10, 0.10)):
            sway = 0.05 * math.sin(clock.t_s * 1.5 + k * 1.3)
            seat = (x + at + sway, base - 0.13 - 0.02 * abs(sway))
            for dx in (-0.032, 0.032):
                brush.line([(x + at + dx, top), (seat[0] + dx, seat[1])], "#55504a", 0.004)
            brush.rect(seat[0] - 0.042, seat[1], 0.084, 0.014, "#e0b34c", r=0.004)

    s.move(draw)


def _path(s: Scenery, b: Brush, grass: Colour) -> None:
    b.gradient((s.left, -0.10, s.span, s.low + 0.1), [grass, darker(grass, 0.12)], alphas=[0.0, 1.0])
    sand = ground_colour(s, "#d9c39a")
    b.blob(
        [
            (s.left - 0.2, 0.07),
            (-s.w * 0.5, 0.005),
            (0.0, -0.03),
            (s.w * 0.5, -0.045),
            (s.right + 0.2, -0.065),
            (s.right + 0.2, -0.045),
            (s.w * 0.6, 0.03),
            (s.w * 0.1, 0.11),
            (-s.w * 0.4, 0.24),
            (s.left - 0.2, 0.36),
        ],
        darker(sand, 0.18),
    )
    b.blob(
        [
            (s.left - 0.2, 0.085),
            (-s.w * 0.5, 0.015),
            (0.0, -0.022),
            (s.w * 0.5, -0.04),
            (s.right + 0.2, -0.063),
            (s.right + 0.2, -0.05),
            (s.w * 0.6, 0.022),
            (s.w * 0.1, 0.10),
            (-s.w * 0.4, 0.225),
            (s.left - 0.2, 0.34),
        ],
        sand,
    )
    for _ in range(26):
        b.oval(
            s.rng.uniform(s.left, s.right),
            s.rng.uniform(0.12, s.low),
            0.05,
            0.008,
            lighter(grass, 0.25),
            alpha=0.35,
        )


def _bench(b: Brush, x: float, base: float) -> None:
    wood = "#8f5f3d"
    b.shadow(x, base + 0.004, 0.22, 0.014, 0.4)
    for dx in (-0.15, 0.15):
        b.line([(x + dx, base), (x + dx, base - 0.22)], "#2a2c33", 0.011)
    for k in range(3):
        b.rect(x - 0.19, base - 0.235 + k * 0.036, 0.38, 0.024, lighter(wood, 0.12 - 0.06 * k), r=0.005)
    b.rect(x - 0.20, base - 0.12, 0.40, 0.022, lighter(wood, 0.2), r=0.005)
    b.rect(x - 0.20, base - 0.10, 0.40, 0.012, darker(wood, 0.3), r=0.004)


def _ripples(s: Scenery, x: float, y: float, rx: float) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        for i in range(9):
            sway = math.sin(clock.t_s * 0.8 + i * 1.7)
            cx, cy = x + rx * 0.75 * math.sin(i * 2.4) + 0.012 * sway, y - 0.022 + 0.0055 * i
            brush.oval(cx, cy, 0.04 + 0.01 * sway, 0.0016, "#ffffff", alpha=0.35 + 0.15 * sway, emit=True)

    s.move(draw)
