"""A farm: a red barn and a silo, a white fence, a wind pump, bales of hay, hens."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.season import birds, ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_HORIZON = -0.20


@place(
    "farm",
    seat="crate",
    words=(
        "farm, farmhouse, barn, ranch, farmyard, barnyard, stable, silo, hayloft, hay barn, family farm, "
        "red barn, chicken coop, hay bale, pigsty, cattle ranch, rodeo, homestead, plantation, corral, "
        "old barn, windmill, dairy farm, apple farm, pumpkin patch, tractor, paddock, barn dance, petting "
        "zoo"
    ),
)
def farm(s: Scenery) -> None:
    """A farm: a red barn and a silo, a white fence, a wind pump, bales of hay, hens."""
    side = s.rng.choice((-1, 1))
    b = s.layer(0.14)
    paint_sky(s, b, _HORIZON, sun_x=-side * 0.5, clouds=7)
    nature.hills(s, b, _HORIZON + 0.02, 0.07, mix(leaf_colour(s, "#7d9a63"), s.palette.haze, 0.3), n=5)
    b = s.layer(0.45)
    field = ground_colour(s, s.rng.choice(("#c9b055", "#8fae58", "#a8b45a")))
    b.gradient((s.left, _HORIZON, s.span, 0.4), [mix(field, s.palette.haze, 0.2), field])
    for i in range(-9, 10):
        b.line([(i * 0.09, _HORIZON + 0.005), (i * 0.42, 0.2)], darker(field, 0.22), 0.006, alpha=0.5)
    for _ in range(4):
        trees.tree(
            s,
            b,
            s.rng.uniform(s.left, s.right),
            _HORIZON + 0.015,
            s.rng.uniform(0.10, 0.18),
            leaf_colour(s, "#5b8a4a"),
        )
    _pump(s, b, -side * s.w * s.rng.uniform(0.50, 0.66), -0.10)
    b = s.layer(0.70)
    _barn(s, b, side * max(0.20, s.w * 0.46), -0.075, 0.86 if s.w > 0.6 else 0.62)
    b = s.layer(0.93)
    grass = ground_colour(s, "#86a851")
    b.gradient(
        (s.left, -0.085, s.span, s.low + 0.1), [mix(grass, "#c9a878", 0.25), grass, darker(grass, 0.15)]
    )
    path = ground_colour(s, "#c9ad7c")
    b.blob(
        [
            (side * s.w * 0.30, -0.085),
            (side * s.w * 0.52, -0.085),
            (0.30, 0.06),
            (0.62, s.low + 0.2),
            (-0.62, s.low + 0.2),
            (-0.12, 0.06),
        ],
        path,
    )
    _fence(s, b, -side)
    _bales(s, b, -side * s.w * 0.76, 0.02)
    _hens(s)
    nature.grass(b, s.rng, s.left, s.right, s.bottom + 0.02, 0.05, darker(grass, 0.2), n=80)
    birds(s, _HORIZON - 0.1)
    n = s.layer(1.5, softness=0.02)
    nature.grass(n, s.rng, s.w * 0.6, s.right + 0.1, s.bottom + 0.12, 0.14, darker(field, 0.2), n=26)
    s.centre, s.key_side = -side * 0.16, 1 if side < 0 else -1


def _barn(s: Scenery, b: Brush, x: float, base: float, size: float) -> None:
    red = mix(s.rng.choice(("#a5382f", "#9a4a35", "#8f2f33")), s.palette.accent(0), 0.12)
    trim, roof = "#f3ece0", ground_colour(s, "#5a4a48")
    w, eave, knee, top = 0.60 * size, 0.30 * size, 0.43 * size, 0.52 * size
    b.shadow(x, base + 0.006, w * 0.62, 0.018, 0.4)
    _silo(s, b, x + w * 0.62, base - 0.005, size)
    front = [
        (x - w / 2, base),
        (x - w / 2, base - eave),
        (x - w * 0.30, base - knee),
        (x, base - top),
        (x + w * 0.30, base - knee),
        (x + w / 2, base - eave),
        (x + w / 2, base),
    ]
    b.poly(front, red)
    n = 15
    for i in range(1, n):
        px = x - w / 2 + i * w / n
        share = abs(2 * i / n - 1)
        high = eave + (1 - share) * (top - eave) * 1.05
        b.line([(px, base), (px, base - min(high, top * 0.97) + 0.02)], darker(red, 0.25), 0.003, alpha=0.6)
    edge = [
        (x - w * 0.545, base - eave + 0.03 * size),
        *front[1:6],
        (x + w * 0.545, base - eave + 0.03 * size),
    ]
    b.line(edge, roof, 0.036 * size)
    b.line([(px, py + 0.020 * size) for px, py in edge[1:-1]], trim, 0.010 * size)
    dw, dh = 0.24 * size, 0.23 * size
    b.rect(
        x - dw / 2,
        base - dh,
        dw,
        dh,
        darker(red, 0.55) if s.night < 0.5 else mix("#ffcf86", darker(red, 0.4), 0.35),
        emit=s.night >= 0.5,
    )
    for half in (-1, 1):
        left = x - dw / 2 if half < 0 else x + 0.002
        b.rect(left, base - dh, dw / 2 - 0.002, dh, darker(red, 0.10))
        for line in (((left, base - dh), (left + dw / 2, base)), ((left + dw / 2, base - dh), (left, base))):
            b.line(line, trim, 0.009 * size)
        b.line(
            [
                (left, base - dh),
                (left + dw / 2 - 0.002, base - dh),
                (left + dw / 2 - 0.002, base),
                (left, base),
                (left, base - dh),
            ],
            trim,
            0.010 * size,
        )
    b.rect(
        x - 0.05 * size,
        base - 0.40 * size,
        0.10 * size,
        0.10 * size,
        "#ffdc96" if s.night > 0.3 else darker(red, 0.6),
        emit=s.night > 0.3,
    )
    b.line(
        [
            (x - 0.05 * size, base - 0.40 * size),
            (x + 0.05 * size, base - 0.40 * size),
            (x + 0.05 * size, base - 0.30 * size),
            (x - 0.05 * size, base - 0.30 * size),
            (x - 0.05 * size, base - 0.40 * size),
        ],
        trim,
        0.009 * size,
    )
    if s.night > 0.3:
        s.lamp(x, base - 0.35 * size, 0.20, "#ffdc96", 0.4 * s.night)
        b.glow(x, base - dh - 0.03, 0.16, "#ffdc96", 0.5 * s.night)


def _silo(s: Scenery, b: Brush, x: float, base: float, size: float) -> None:
    metal: Colour = mix("#b9c0c4", s.palette.accent(2), 0.08)
    w, h = 0.15 * size, 0.58 * size
    b.oval(x, base - h, w / 2, w * 0.42, ground_colour(s, "#8d959b"))
    b.gradient(
        (x - w / 2, base - h, w, h),
        [darker(metal, 0.3), lighter(metal, 0.2), darker(metal, 0.25)],
        across=True,
    )
    for k in range(1, 8):
        b.line(
            [(x - w / 2, base - h * k / 8), (x + w / 2, base - h * k / 8)],
            darker(metal, 0.35),
            0.003,
            alpha=0.7,
        )


def _pump(s: Scenery, b: Brush, x: float, base: float) -> None:
    h, metal = 0.40, "#6b717a"
    for dx in (-0.045, 0.045):
        b.line([(x + dx, base), (x + dx * 0.15, base - h)], metal, 0.007)
    for k in range(1, 5):
        half = 0.045 * (1 - 0.85 * k / 5)
        b.line([(x - half, base - h * k / 5), (x + half, base - h * k / 5)], metal, 0.004)

    def draw(brush: Brush, clock: Clock) -> None:
        turn = clock.t_s * 0.9
        brush.poly(
            [(x + 0.03, base - h), (x + 0.09, base - h - 0.022), (x + 0.09, base - h + 0.022)], "#a5382f"
        )
        for i in range(10):
            angle = turn + i * math.tau / 10
            tip = [
                (x + 0.085 * math.cos(angle + d), base - h + 0.085 * math.sin(angle + d))
                for d in (-0.16, 0.16)
            ]
            brush.poly([(x, base - h), *tip], "#dfe3e6" if i % 2 else "#c3c9ce")
        brush.circle(x, base - h, 0.012, "#4a4f57")

    s.move(draw)


def _fence(s: Scenery, b: Brush, side: int) -> None:
    wood, base = ground_colour(s, "#efe8dc"), -0.035
    start, end = (s.left, s.w * 0.20) if side < 0 else (-s.w * 0.20, s.right)
    n = max(3, round((end - start) / 0.19))
    for k in (0.055, 0.115):
        b.rect(start, base - k - 0.02, end - start, 0.020, darker(wood, 0.06 + k))
    for i in range(n + 1):
        x = start + (end - start) * i / n
        b.rect(x - 0.012, base - 0.165, 0.024, 0.175, wood, r=0.004)
        b.rect(x - 0.012, base - 0.165, 0.008, 0.175, darker(wood, 0.2), r=0.003)


def _bales(s: Scenery, b: Brush, x: float, base: float) -> None:
    straw = ground_colour(s, "#d8b557")
    for dx, dy, r in ((-0.09, 0.0, 0.088), (0.10, 0.006, 0.088), (0.0, -0.145, 0.082)):
        b.shadow(x + dx, base + dy + 0.004, r, 0.010, 0.35 if dy >= 0 else 0.0)
        b.circle(x + dx, base + dy - r, r, darker(straw, 0.22))
        for ring in (0.86, 0.64, 0.42, 0.2):
            b.circle(x + dx, base + dy - r, r * ring, mix(straw, darker(straw, 0.25), (ring * 7) % 1.0))
    if s.rng.random() < 0.5:
        b.line([(x + 0.21, base), (x + 0.15, base - 0.30)], "#7a5a3a", 0.009)
        for dx in (-0.02, 0.0, 0.02):
            b.line([(x + 0.15 + dx, base - 0.29), (x + 0.138 + dx, base - 0.37)], "#8d949c", 0.005)


def _hens(s: Scenery) -> None:
    hens = [(s.w * s.rng.uniform(-0.85, 0.85), s.rng.uniform(0.03, 0.11), s.rng.random()) for _ in range(3)]

    def draw(brush: Brush, clock: Clock) -> None:
        for x, y, phase in hens:
            peck = max(0.0, math.sin(clock.t_s * (1.1 + phase) + phase * 9)) ** 6
            face = 1 if phase > 0.5 else -1
            tone = ("#f4eee2", "#b5673a", "#3a3230")[int(phase * 3)]
            brush.oval(x, y + 0.002, 0.034, 0.006, "#1a1420", alpha=0.3)
            for dx in (-0.008, 0.010):
                brush.line([(x + dx, y - 0.02), (x + dx, y)], "#d9982b", 0.003)
            brush.blob(
                [
                    (x - 0.036 * face, y - 0.062),
                    (x - 0.030 * face, y - 0.03),
                    (x, y - 0.016),
                    (x + 0.030 * face, y - 0.034),
                    (x + 0.022 * face, y - 0.05),
                    (x - 0.01 * face, y - 0.042),
                ],
                tone,
            )
            hx, hy = x + (0.030 + 0.012 * peck) * face, y - 0.070 + 0.050 * peck
            brush.line([(x + 0.018 * face, y - 0.042), (hx, hy)], tone, 0.016)
            brush.circle(hx, hy, 0.011, tone)
            brush.circle(hx - 0.002 * face, hy - 0.011, 0.006, "#c8362f")
            brush.poly(
                [
                    (hx + 0.009 * face, hy - 0.003),
                    (hx + 0.020 * face, hy + 0.001),
                    (hx + 0.009 * face, hy + 0.004),
                ],
                "#e0a02b",
            )

    s.move(draw)
