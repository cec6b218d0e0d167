"""A swimming pool: lanes on blue water, loungers under parasols, a diving board, light that dances."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, Colour, mix
from storyboard.generators.video.animatic.pieces import city, nature, trees
from storyboard.generators.video.animatic.pieces.season import ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_FAR, _NEAR = -0.215, -0.055
"""Where the water begins and ends, seen from the side on which people stand."""


@place(
    "swimming pool",
    seat="bench",
    words=(
        "swimming pool, pool, poolside, pool party, hotel pool, backyard pool, public pool, lido, "
        "infinity pool, diving board, hot tub, jacuzzi, spa, water park, waterpark, indoor pool, pool "
        "deck, empty pool, motel pool, swim meet, deep end, thermal bath, hot spring"
    ),
)
def pool(s: Scenery) -> None:
    """A swimming pool: lanes on blue water, loungers under parasols, a diving board, light that dances."""
    b = s.layer(0.20)
    paint_sky(s, b, -0.36, sun_x=0.4, clouds=4)
    palms = s.rng.random() < 0.6
    if palms:
        nature.hills(s, b, -0.34, 0.05, mix("#6f9a8a", s.palette.haze, 0.35), n=5)
    else:
        city.skyline(s, b, -0.30, 0.10, 0.26, mix("#8391ad", s.palette.haze, 0.4), width=0.12, cell=0.026)
    b = s.layer(0.60)
    _hedge(s, b)
    for x in (-0.86, -0.30, 0.44, 0.90):
        if palms:
            _palm(
                b,
                s.w * x + s.rng.uniform(-0.06, 0.06),
                -0.245,
                s.rng.uniform(0.30, 0.42),
                leaf_colour(s, "#3f8a55"),
            )
        else:
            trees.tree(s, b, s.w * x, -0.245, s.rng.uniform(0.22, 0.32), leaf_colour(s, "#5b9660"))
    tile = ground_colour(s, "#d9cbb2")
    b.rect(s.left, -0.265, s.span, 0.06, darker(tile, 0.08))
    for x in (-0.66, 0.10, 0.70):
        _lounger(s, b, s.w * x, -0.225, 0.55, s.palette.accent(int(x * 10) % 4))
    b = s.layer(0.88)
    _water(s, b)
    b = s.layer(0.93)
    _deck(s, b, tile)
    side = s.rng.choice((-1, 1))
    _board(s, b, side * s.w * 0.86, _NEAR + 0.02, side)
    _ladder(b, -side * s.w * 0.62, _NEAR + 0.012)
    _ring(s, -side * s.w * 0.20)
    n = s.layer(1.5, softness=0.02)
    nature.fronds(
        n, s.w + 0.04, s.bottom + 0.04, 0.36, darker(leaf_colour(s, "#2f6b45"), 0.2), n=8, spread=(-3.0, -1.2)
    )
    s.centre, s.key_side = -side * 0.06, 1
    s.floor_gloss = max(s.floor_gloss, 0.14)
    if s.night > 0.5:
        s.key_light = "#7fe0ff"


def _hedge(s: Scenery, b: Brush) -> None:
    green = leaf_colour(s, "#4f8a4f")
    for i in range(16):
        x = s.left + i * s.span / 15
        nature.foliage(b, s.rng, x, -0.285, 0.085, 0.045, green)


def _palm(b: Brush, x: float, base: float, h: float, leaf: RGB) -> None:
    b.line([(x, base), (x + 0.012, base - h * 0.5), (x + 0.004, base - h)], "#7a5a40", 0.020, smooth=True)
    nature.fronds(b, x + 0.004, base - h, h * 0.42, leaf, n=6, spread=(-3.6, -1.7))
    nature.fronds(b, x + 0.004, base - h, h * 0.42, lighter(leaf, 0.1), n=6, spread=(-1.4, 0.5))


def _lounger(s: Scenery, b: Brush, x: float, base: float, scale: float, tone: RGB) -> None:
    b.shadow(x, base + 0.004, 0.19 * scale, 0.010, 0.35)
    b.line([(x - 0.02, base - 0.06 * scale), (x - 0.02, base - 0.54 * scale)], "#efe7d6", 0.010 * scale)
    n, half = 6, 0.24 * scale
    for i in range(n):
        x0, x1 = x - 0.02 - half + 2 * half * i / n, x - 0.02 - half + 2 * half * (i + 1) / n
        stripe = tone if i % 2 else "#f6efe2"
        b.poly(
            [(x - 0.02, base - 0.62 * scale), (x0, base - 0.47 * scale), (x1, base - 0.47 * scale)], stripe
        )
    b.line(
        [
            (x - 0.17 * scale, base - 0.075 * scale),
            (x + 0.10 * scale, base - 0.075 * scale),
            (x + 0.22 * scale, base - 0.19 * scale),
        ],
        "#f4f0e6",
        0.034 * scale,
    )
    for dx in (-0.15, 0.09):
        b.line([(x + dx * scale, base - 0.06 * scale), (x + dx * scale, base)], "#c9bfae", 0.012 * scale)


def _water(s: Scenery, b: Brush) -> None:
    lit = s.night
    blue: RGB = mix(mix("#2fb4d6", s.palette.sky[1], 0.18), "#1f7fb8", 0.35 * lit)
    deep = mix(blue, "#12608f", 0.35)
    b.gradient((s.left, _FAR, s.span, _NEAR - _FAR + 0.03), [deep, blue, lighter(blue, 0.18)], emit=True)
    b.rect(s.left, _FAR - 0.012, s.span, 0.014, "#f2ede2")
    b.rect(s.left, _FAR, s.span, 0.014, mix("#ffffff", blue, 0.55), emit=True)
    for k in range(1, 4):
        y = _FAR + 0.014 + (_NEAR - _FAR) * (k / 4) ** 1.3
        n = round(s.span / 0.05)
        for i in range(n):
            tone = s.palette.accent(0) if (i // 3) % 2 else "#f6f2ea"
            b.rect(s.left + i * s.span / n, y, s.span / n * 0.8, 0.004 + 0.003 * k, tone, r=0.003)
    for x in (-0.6, 0.0, 0.6):
        b.glow(s.w * x, (_FAR + _NEAR) / 2, 0.34, "#9ff0ff", 0.42 * lit, flat=0.28)
        if lit > 0.3:
            s.lamp(s.w * x, (_FAR + _NEAR) / 2, 0.30, "#7fe4ff", 0.34 * lit, pulse=0.4)
    dance = [(s.rng.random(), s.rng.random(), s.rng.random()) for _ in range(46)]

    def draw(brush: Brush, clock: Clock) -> None:
        for u, v, phase in dance:
            y = _FAR + 0.022 + (_NEAR - _FAR - 0.01) * v
            x = s.left + s.span * ((u + 0.012 * math.sin(clock.t_s * 0.9 + phase * 20)) % 1.0)
            sway = math.sin(clock.t_s * (1.2 + phase) + phase * 30)
            near = 0.4 + v
            points = [
                (x - 0.035 * near, y),
                (x - 0.01, y - 0.006 * near * sway),
                (x + 0.012, y + 0.005 * near * sway),
                (x + 0.035 * near, y),
            ]
            brush.line(
                points,
                "#eafcff",
                0.003 * near,
                alpha=0.30 + 0.22 * sway + 0.15 * clock.pulse,
                emit=True,
                smooth=True,
            )

    s.move(draw)


def _deck(s: Scenery, b: Brush, tone: Colour) -> None:
    b.gradient((s.left, _NEAR + 0.008, s.span, s.low - _NEAR), [lighter(tone, 0.1), tone, darker(tone, 0.12)])
    b.rect(s.left, _NEAR - 0.004, s.span, 0.020, "#f7f2e8")
    b.rect(s.left, _NEAR + 0.014, s.span, 0.007, darker(tone, 0.35), alpha=0.5)
    for i in range(-11, 12):
        b.line([(i * 0.12, _NEAR + 0.018), (i * 0.27, s.low)], darker(tone, 0.25), 0.003, alpha=0.6)
    for k in range(1, 5):
        y = _NEAR + 0.018 + (s.low - _NEAR) * (k / 5) ** 1.5
        b.line([(s.left, y), (s.right, y)], darker(tone, 0.25), 0.003, alpha=0.6)
    if s.palette.weather == "rain":
        city.puddles(s, b, 0.0, n=5)


def _board(s: Scenery, b: Brush, x: float, base: float, side: int) -> None:
    b.shadow(x, base + 0.01, 0.12, 0.012, 0.4)
    for dx in (-0.05, 0.06):
        b.line([(x + side * dx, base), (x + side * dx, base - 0.26)], "#cfd6da", 0.012)
    for k in range(4):
        b.line(
            [(x + side * 0.06, base - 0.05 - k * 0.055), (x + side * 0.11, base - 0.05 - k * 0.055)],
            "#cfd6da",
            0.008,
        )
    b.line([(x + side * 0.11, base), (x + side * 0.11, base - 0.36)], "#cfd6da", 0.010)
    left = min(x + side * 0.10, x - side * 0.26)
    b.rect(left, base - 0.28, 0.36, 0.022, s.palette.accent(0), r=0.006)
    b.rect(left, base - 0.28, 0.36, 0.007, "#ffffff", r=0.003, alpha=0.7)


def _ladder(b: Brush, x: float, base: float) -> None:
    for dx in (-0.035, 0.035):
        b.line(
            [
                (x + dx, base + 0.02),
                (x + dx, base - 0.075),
                (x + dx * 1.0, base - 0.10),
                (x + dx, base - 0.11),
                (x + dx, base - 0.055),
            ],
            "#dfe6ea",
            0.010,
        )
    b.line([(x - 0.035, base - 0.075), (x + 0.035, base - 0.075)], "#b7c2c8", 0.007)


def _ring(s: Scenery, x: float) -> None:
    tone, y = s.palette.accent(1), (_FAR + _NEAR) / 2 + 0.02

    def draw(brush: Brush, clock: Clock) -> None:
        cx = x + 0.05 * math.sin(clock.t_s * 0.3)
        cy = y + 0.004 * math.sin(clock.t_s * 1.3)
        brush.oval(cx, cy, 0.070, 0.026, tone)
        for i in range(6):
            angle = i * math.tau / 6 + 0.3 * math.sin(clock.t_s * 0.3)
            brush.oval(cx + 0.050 * math.cos(angle), cy + 0.018 * math.sin(angle), 0.014, 0.006, "#f8f2e6")
        brush.oval(cx, cy, 0.034, 0.011, mix("#2fb4d6", s.palette.sky[1], 0.2), emit=True)

    s.move(draw)
