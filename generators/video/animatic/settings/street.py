"""A narrow street between shop fronts."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.old_town import old_town
from storyboard.generators.video.animatic.settings.registry import place

_SIGNS: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = (
    (((0, 0.9), (0, -0.7)), ((-0.4, -0.25), (0, -0.75), (0.4, -0.25))),
    (
        ((-0.45, 0.25), (-0.45, -0.25), (0.45, -0.25), (0.45, 0.25), (0.2, 0.6), (-0.2, 0.6), (-0.45, 0.25)),
        ((0.45, -0.1), (0.75, 0.0), (0.45, 0.25)),
    ),
    (((-0.5, -0.7), (0.5, -0.7), (0, 0), (-0.5, -0.7)), ((0, 0), (0, 0.75)), ((-0.3, 0.8), (0.3, 0.8))),
    (
        ((-0.3, 0.6), (-0.3, -0.6), (0.4, -0.8), (0.4, 0.45)),
        ((-0.3, 0.6), (-0.5, 0.76), (-0.66, 0.62), (-0.5, 0.46), (-0.3, 0.6)),
        ((0.4, 0.45), (0.2, 0.61), (0.04, 0.47), (0.2, 0.31), (0.4, 0.45)),
    ),
    (
        (
            (0, -0.8),
            (0.24, -0.2),
            (0.8, -0.2),
            (0.34, 0.18),
            (0.5, 0.8),
            (0, 0.42),
            (-0.5, 0.8),
            (-0.34, 0.18),
            (-0.8, -0.2),
            (-0.24, -0.2),
            (0, -0.8),
        ),
    ),
    (
        (
            (0.3, -0.8),
            (-0.35, -0.4),
            (-0.45, 0.2),
            (-0.05, 0.7),
            (0.5, 0.7),
            (0.05, 0.3),
            (-0.02, -0.3),
            (0.3, -0.8),
        ),
    ),
)
"""Neon signs without letters, as lines in a square of side 2: arrow, cup, glass, note, star, moon."""


@place(
    "street",
    seat="ledge",
    words=(
        "street, alley, alleyway, city, downtown, sidewalk, pavement, crosswalk, town, neighborhood, "
        "neighbourhood, square, avenue, boulevard, neon, plaza, urban, main street, street corner, "
        "crossroad, intersection, backstreet, laneway, side street, city block, stoop, doorstep, "
        "chinatown, times square, suburb, cul-de-sac, market square, town square, piazza, "
        "phone booth, traffic light, street market, pedestrian crossing, kerb, curb, front steps, "
        "storefront, favela, ghetto, hood, brownstone"
    ),
)
def street(s: Scenery) -> None:
    """A narrow street between shop fronts: neon signs, awnings, a far end full of light."""
    if says(s, "cobble|painted|shutter|flower box|old town|village|cobblestone|mediterranean"):
        old_town(s)
        return
    b = s.layer(0.25)
    paint_sky(s, b, -0.14, sun_x=0.1, clouds=3)
    city.skyline(s, b, -0.10, 0.22, 0.50, mix("#5d6684", s.palette.haze, 0.3), width=0.13, cell=0.028)
    b.rect(s.left, -0.115, s.span, 0.2, "#5d5f6d")
    if s.night > 0.3:
        city.bokeh(s, b, -0.14, 0.05, 14)
    b = s.layer(0.62)
    _facades(s, b)
    b = s.layer(0.95)
    _pavement(s, b)
    city.street_lamp(s, b, s.w * 0.80, -0.03, 0.62, arm=-1)
    _bicycle_or_hydrant(b, -s.w * 0.88, -0.005, s)
    n = s.layer(1.6, softness=0.022)
    n.rect(-s.w - 0.26, -1.6, 0.24, 2.4, "#191c28")
    n.rect(-s.w - 0.06, -1.6, 0.03, 2.4, "#262b3c")
    s.centre = -0.04
    s.key_light, s.key_side = (s.palette.accent(0), -1) if s.night > 0.4 else (s.palette.sun, 1)


def _facades(s: Scenery, b: Brush) -> None:
    """Line both sides, from the far end to the near: nearer houses are larger and stand lower."""
    tones = ("#a5543f", "#3f5d6b", "#c28d52", "#5b4a6b", "#7b8b6d", "#94614f")
    for side in (-1, 1):
        at, offset = s.w * 0.13, s.rng.randrange(6)
        for i in range(5):
            scale = (0.46, 0.62, 0.82, 1.06, 1.30)[i]
            width = s.rng.uniform(0.32, 0.40) * scale
            height = s.rng.uniform(0.98, 1.40) * scale
            x = at if side > 0 else -at - width
            base = -0.135 + 0.085 * scale
            tone = mix(tones[(i * 2 + offset) % 6], s.palette.film[i % len(s.palette.film)], 0.2)
            _facade(
                s,
                b,
                x,
                base,
                width,
                height,
                mix(tone, s.palette.haze, 0.30 * (1 - min(1.0, scale))),
                side,
                i,
                scale,
            )
            at += width
            if at > s.w + s.pad:
                break


def _facade(
    s: Scenery,
    b: Brush,
    x: float,
    base: float,
    w: float,
    h: float,
    colour: RGB,
    side: int,
    index: int,
    scale: float,
) -> None:
    city.building(s, b, x, base, w, h, colour, cell=0.145 * scale, side=-side)
    shop, glow = 0.43 * scale, 0.35 + 0.65 * s.night
    b.rect(x, base - shop, w, shop, darker(colour, 0.4))
    inside = mix("#ffcf88", s.palette.accent(index), 0.22)
    edge = 0.020 * scale
    b.gradient(
        (x + edge, base - shop * 0.70, w - 2 * edge, shop * 0.60),
        [mix(inside, "#40322e", 0.6 - 0.5 * glow), mix(inside, "#2d2526", 0.75 - 0.4 * glow)],
        emit=True,
    )
    for k in range(3):
        b.rect(
            x + edge * 2 + k * (w - 3 * edge) / 3,
            base - shop * 0.34,
            0.065 * scale,
            shop * 0.24,
            darker(inside, 0.55),
            r=0.01 * scale,
            emit=True,
        )
    b.rect(x + w * 0.60, base - shop * 0.70, 0.008 * scale, shop * 0.60, darker(colour, 0.5))
    _awning(s, b, x, base - shop * 0.93, w, 0.095 * scale, index)
    if s.night > 0.3:
        b.glow(x + w / 2, base - shop * 0.4, 0.26 * scale, inside, 0.5 * s.night)
        s.lamp(x + w / 2, base - shop * 0.45, 0.20 * scale, inside, 0.26 * s.night)
        b.glow(x + w / 2, base + 0.05, 0.26 * scale, inside, 0.4 * s.night, flat=0.25)
    if index % 2 == (0 if side > 0 else 1) or index == 3:
        _sign(
            s,
            x + (0.02 if side > 0 else w - 0.02),
            base - shop - s.rng.uniform(0.10, 0.26) * scale,
            index + side,
            b,
            scale,
        )


def _awning(s: Scenery, b: Brush, x: float, y: float, w: float, h: float, index: int) -> None:
    tone = s.palette.accent(index + 1)
    n = 7
    for k in range(n):
        x0, x1 = x + k * w / n, x + (k + 1) * w / n
        stripe = tone if k % 2 == 0 else mix(tone, "#fff3e2", 0.75)
        flare = h * 0.08 * (k - 3)
        b.poly([(x0, y), (x1, y), (x1 + flare, y + h), (x0 + flare, y + h)], stripe)
        b.circle((x0 + x1) / 2 + flare, y + h, w / n / 2, stripe)


def _sign(s: Scenery, x: float, y: float, index: int, b: Brush, scale: float) -> None:
    """Hang a neon sign: a shape that anyone can read."""
    tone = s.palette.accent(index * 2)
    size = 0.058 * scale
    b.rect(x - size * 1.3, y - size * 1.45, size * 2.6, size * 2.9, "#171923", r=size * 0.25)
    lines = [[(x + px * size, y + py * size) for px, py in line] for line in s.rng.choice(_SIGNS)]
    phase = s.rng.random() * 9

    def draw(brush: Brush, clock: Clock) -> None:
        steady = 0.85 if math.sin(clock.t_s * 2.2 + phase) > -0.93 else 0.25
        bright = (0.35 + 0.65 * s.night) * min(1.0, steady + 0.3 * clock.pulse)
        for line in lines:
            brush.line(line, tone, 0.022 * scale, alpha=0.35 * bright, emit=True)
            brush.line(line, lighter(tone, 0.6), 0.008 * scale, alpha=0.4 + 0.6 * bright, emit=True)

    s.move(draw)
    s.lamp(x, y, 0.24 * scale, tone, 0.14 + 0.50 * s.night, pulse=0.5, flicker=0.04)


def _pavement(s: Scenery, b: Brush) -> None:
    stone = "#6d6f7d"
    b.gradient((s.left, -0.075, s.span, s.low + 0.075), [darker(stone, 0.35), stone, darker(stone, 0.12)])
    for i in range(-12, 13):
        b.line([(i * 0.09, -0.075), (i * 0.26, s.low)], darker(stone, 0.45), 0.003, alpha=0.5)
    for k in range(5):
        y = -0.075 + (s.low + 0.075) * (k / 5) ** 1.6
        b.line([(s.left, y), (s.right, y)], darker(stone, 0.45), 0.003, alpha=0.5)
    b.shade((s.left, -0.075, s.span, 0.05), 0.4, 0.0)
    if s.palette.weather in ("rain",):
        city.puddles(s, b, -0.02)
        for i in range(6):
            x = s.rng.uniform(-s.w, s.w)
            city.reflection(b, x, -0.05, 0.05, 0.24, s.palette.accent(i), 0.35)
    elif s.palette.weather == "snow":
        b.gradient((s.left, -0.075, s.span, s.low + 0.075), ["#eef2fb", "#f6f8ff"], alphas=[0.55, 0.92])


def _bicycle_or_hydrant(b: Brush, x: float, base: float, s: Scenery) -> None:
    if s.rng.random() < 0.5:
        tone = s.palette.accent(2)
        b.shadow(x, base, 0.16, 0.012, 0.4)
        for dx in (-0.09, 0.09):
            b.line(
                [
                    (x + dx + 0.062 * math.cos(a * 0.42), base - 0.066 + 0.062 * math.sin(a * 0.42))
                    for a in range(16)
                ],
                "#1c1d24",
                0.007,
            )
        b.line(
            [
                (x - 0.09, base - 0.066),
                (x - 0.035, base - 0.145),
                (x + 0.06, base - 0.145),
                (x + 0.0, base - 0.07),
                (x - 0.035, base - 0.145),
            ],
            tone,
            0.009,
        )
        b.line([(x + 0.09, base - 0.066), (x + 0.052, base - 0.175), (x + 0.085, base - 0.19)], tone, 0.009)
        b.line([(x - 0.055, base - 0.172), (x - 0.015, base - 0.172)], "#2b1d18", 0.016)
    else:
        b.shadow(x, base, 0.07, 0.012, 0.4)
        b.rect(x - 0.032, base - 0.13, 0.064, 0.13, "#c8412f", r=0.02)
        b.rect(x - 0.048, base - 0.095, 0.096, 0.03, "#a93424", r=0.01)
        b.rect(x - 0.042, base - 0.02, 0.084, 0.02, "#8e2a1d", r=0.005)
