"""A fairground: a great wheel that turns, striped tents, a carousel, strings of bulbs, stalls."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city, lamps, nature
from storyboard.generators.video.animatic.pieces.season import ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_HORIZON = -0.17


@place(
    "fairground",
    seat="bench",
    words=(
        "fairground, carnival, amusement park, theme park, fair, county fair, ferris wheel, carousel, "
        "funfair, roller coaster, rollercoaster, merry-go-round, boardwalk fair, state fair, big wheel, "
        "bumper cars, cotton candy stand, street fair, summer fair, fun fair, midway, luna park, coney "
        "island"
    ),
)
def fairground(s: Scenery) -> None:
    """A fairground: a great wheel that turns, striped tents, a carousel, strings of bulbs, stalls."""
    side = s.rng.choice((-1, 1))
    b = s.layer(0.16)
    paint_sky(s, b, _HORIZON, sun_x=-side * 0.6, clouds=4)
    for i in range(12):
        x = s.left + i * s.span / 11
        nature.foliage(
            b, s.rng, x, _HORIZON + 0.01, 0.11, 0.06, mix(leaf_colour(s, "#4f7a52"), s.palette.haze, 0.25)
        )
    b = s.layer(0.45)
    ground = ground_colour(s, "#a58a66")
    b.gradient((s.left, _HORIZON + 0.02, s.span, 0.4), [mix(ground, s.palette.haze, 0.2), ground])
    _wheel(s, b, side * s.w * 0.42, -0.48, 0.285 if s.w > 0.6 else 0.24)
    b = s.layer(0.70)
    _tent(s, b, -side * s.w * 0.62, -0.10, 0.62, s.palette.accent(0))
    if s.w > 0.6:
        _carousel(s, -side * s.w * 0.08, -0.095)
        _tent(s, b, side * s.w * 0.92, -0.10, 0.46, s.palette.accent(2))
    _stall(s, b, side * s.w * (0.80 if s.w > 0.6 else 0.72), -0.035)
    b = s.layer(0.94)
    b.gradient((s.left, -0.075, s.span, s.low + 0.1), [ground, darker(ground, 0.18)])
    for _ in range(24):
        b.oval(
            s.rng.uniform(s.left, s.right),
            s.rng.uniform(-0.02, s.low),
            s.rng.uniform(0.02, 0.07),
            0.006,
            darker(ground, 0.15),
            alpha=0.5,
        )
    if s.palette.weather == "rain":
        city.puddles(s, b, -0.02)
    lamps.fairy_lights(
        s, [(s.left, -0.66), (-s.w * 0.3, -0.60), (s.w * 0.35, -0.64), (s.right, -0.58)], n=10, sag=0.045
    )
    _balloons(s, -side * s.w * 0.86)
    s.centre, s.key_side = -side * 0.08, 1 if side > 0 else -1
    if s.night > 0.4:
        s.key_light = "#ffcf8a"


def _wheel(s: Scenery, b: Brush, x: float, y: float, r: float) -> None:
    steel = mix("#c9ced8", s.palette.accent(1), 0.2)
    for dx in (-0.16, 0.16):
        b.line([(x, y), (x + dx, _HORIZON + 0.05)], darker(steel, 0.25), 0.014)
    cars, tones = 12, [s.palette.accent(i) for i in range(4)]

    def draw(brush: Brush, clock: Clock) -> None:
        bulbs = () if brush.softness > 0 else range(1, 6)
        turn = clock.t_s * 0.16
        rim = [(x + r * math.cos(i * math.tau / 40), y + r * math.sin(i * math.tau / 40)) for i in range(41)]
        brush.line(rim, steel, 0.010)
        brush.line([(x + (px - x) * 0.88, y + (py - y) * 0.88) for px, py in rim], steel, 0.005)
        for i in range(cars):
            angle = turn + i * math.tau / cars
            ex, ey = x + r * math.cos(angle), y + r * math.sin(angle)
            brush.line([(x, y), (ex, ey)], steel, 0.005)
            if s.night > 0.2:
                for k in bulbs:
                    lit = (i + k + int(clock.beat * 2)) % 3 == 0
                    tone: RGB = lighter(tones[(i + k) % 4], 0.45)
                    brush.circle(
                        x + (ex - x) * k / 6,
                        y + (ey - y) * k / 6,
                        0.006,
                        tone,
                        alpha=(1.0 if lit else 0.45) * s.night,
                        emit=True,
                    )
            brush.rect(ex - 0.026, ey + 0.004, 0.052, 0.040, tones[i % 4], r=0.012)
            brush.rect(
                ex - 0.020,
                ey + 0.010,
                0.040,
                0.016,
                "#fff2cf" if s.night > 0.3 else "#7f97ad",
                r=0.005,
                emit=s.night > 0.3,
            )
        brush.circle(x, y, 0.026, tones[0])
        brush.circle(x, y, 0.012, "#fff2cf", emit=True)

    s.move(draw)
    s.lamp(x, y, r * 1.25, s.palette.accent(0), 0.30 * s.night, pulse=0.6)


def _tent(s: Scenery, b: Brush, x: float, base: float, size: float, tone: RGB) -> None:
    half, eave, top = 0.34 * size, 0.30 * size, 0.56 * size
    n = 9
    for i in range(n):
        x0, x1 = x - half + 2 * half * i / n, x - half + 2 * half * (i + 1) / n
        stripe = tone if i % 2 == 0 else mix(tone, "#fff4e2", 0.85)
        b.poly(
            [
                (x0, base - eave),
                (x1, base - eave),
                (x1 + (x1 - x) * 0.04, base),
                (x0 + (x0 - x) * 0.04, base),
            ],
            darker(stripe, 0.10),
        )
        b.poly(
            [(x, base - top), (x0 + (x0 - x) * 0.12, base - eave), (x1 + (x1 - x) * 0.12, base - eave)],
            stripe,
        )
        b.circle((x0 + x1) / 2 + ((x0 + x1) / 2 - x) * 0.12, base - eave, half / n * 1.15, stripe)
    b.poly([(x, base - eave), (x + 0.055 * size, base), (x - 0.055 * size, base)], darker(tone, 0.65))
    b.line([(x, base - top), (x, base - top - 0.07 * size)], "#4a3a30", 0.005)
    b.poly(
        [
            (x, base - top - 0.07 * size),
            (x + 0.07 * size, base - top - 0.05 * size),
            (x, base - top - 0.03 * size),
        ],
        s.palette.accent(3),
    )
    if s.night > 0.3:
        b.glow(x, base - 0.08, 0.22 * size, "#ffcf86", 0.5 * s.night)


def _carousel(s: Scenery, x: float, base: float) -> None:
    tone, gold = s.palette.accent(1), "#e8c46a"

    def draw(brush: Brush, clock: Clock) -> None:
        brush.softness = 0.0
        brush.oval(x, base - 0.005, 0.185, 0.020, darker(tone, 0.45))
        brush.rect(x - 0.03, base - 0.27, 0.06, 0.26, mix("#fff0d0", tone, 0.2), emit=s.night > 0.4)
        order = sorted((math.sin(clock.t_s * 0.55 + k * math.tau / 6), k) for k in range(6))
        for depth, k in order:
            px = x + 0.145 * math.cos(clock.t_s * 0.55 + k * math.tau / 6)
            py = base - 0.095 + 0.012 * depth + 0.020 * math.sin(clock.t_s * 1.9 + k * 1.7)
            size = 0.85 + 0.15 * depth
            horse = ("#f6efe4", "#c9996a", "#6b4a3a")[k % 3]
            brush.line([(px, base - 0.27), (px, base - 0.01)], gold, 0.005)
            brush.oval(px, py, 0.030 * size, 0.016 * size, horse)
            brush.line(
                [(px + 0.022 * size, py - 0.006), (px + 0.036 * size, py - 0.036 * size)], horse, 0.014 * size
            )
            brush.oval(px + 0.044 * size, py - 0.038 * size, 0.014 * size, 0.008 * size, horse)
            for dx in (-0.018, 0.016):
                brush.line([(px + dx, py + 0.008), (px + dx * 1.5, py + 0.034 * size)], horse, 0.007 * size)
            brush.rect(px - 0.010, py - 0.018 * size, 0.020, 0.010, s.palette.accent(k), r=0.004)
        n = 10
        for i in range(n):
            x0, x1 = x - 0.20 + 0.40 * i / n, x - 0.20 + 0.40 * (i + 1) / n
            brush.poly(
                [(x, base - 0.40), (x0, base - 0.275), (x1, base - 0.275)], tone if i % 2 else "#fff4e2"
            )
            bright = 0.4 + 0.6 * ((i + int(clock.beat * 2)) % 2)
            brush.circle((x0 + x1) / 2, base - 0.270, 0.008, "#fff1c4", alpha=bright, emit=True)
        brush.circle(x, base - 0.405, 0.012, gold)

    s.move(draw)
    s.lamp(x, base - 0.24, 0.26, "#ffd28a", 0.16 + 0.34 * s.night, pulse=0.5)


def _stall(s: Scenery, b: Brush, x: float, base: float) -> None:
    tone, w = s.palette.accent(2), min(0.34, s.w * 0.56)
    b.shadow(x, base + 0.003, w * 0.55, 0.014, 0.4)
    b.rect(x - w / 2, base - 0.46, w, 0.46, mix("#3a2a30", tone, 0.15))
    b.gradient(
        (x - w / 2 + 0.02, base - 0.44, w - 0.04, 0.26),
        [mix("#ffcf86", "#40302e", 0.25), mix("#ffcf86", "#40302e", 0.6)],
        emit=True,
    )
    for i in range(4):
        cx = x - w * 0.36 + i * w * 0.24
        fur = ("#e78aa8", "#8ac0e7", "#f2c86a", "#9ad08a")[i]
        for row in range(2):
            cy = base - 0.375 + row * 0.10
            b.oval(cx, cy + 0.018, 0.020, 0.022, fur)
            b.circle(cx, cy - 0.010, 0.016, lighter(fur, 0.15))
            for dx in (-0.012, 0.012):
                b.circle(cx + dx, cy - 0.024, 0.006, fur)
    b.rect(x - w / 2 - 0.015, base - 0.185, w + 0.03, 0.022, "#b9824f")
    for i in range(7):
        b.rect(x - w / 2 + i * w / 7, base - 0.163, w / 7, 0.163, tone if i % 2 else "#fff4e2")
        x0 = x - w * 0.56 + i * w * 1.12 / 7
        b.poly(
            [
                (x0, base - 0.53),
                (x0 + w * 0.16, base - 0.53),
                (x0 + w * 0.16, base - 0.455),
                (x0, base - 0.455),
            ],
            s.palette.accent(0) if i % 2 else "#fff4e2",
        )
        b.circle(x0 + w * 0.08, base - 0.455, w * 0.08, s.palette.accent(0) if i % 2 else "#fff4e2")
    s.lamp(x, base - 0.32, 0.28, "#ffcf86", 0.12 + 0.40 * s.night)


def _balloons(s: Scenery, x: float) -> None:
    bunch = [(s.rng.uniform(-0.07, 0.07), s.rng.uniform(-0.08, 0.05), s.palette.accent(i)) for i in range(6)]

    def draw(brush: Brush, clock: Clock) -> None:
        sway = 0.012 * math.sin(clock.t_s * 0.9)
        for dx, dy, tone in bunch:
            cx, cy = x + dx + sway * (1 - dy * 4), -0.36 + dy
            brush.line([(x, -0.02), (x + dx * 0.4, -0.2), (cx, cy + 0.04)], "#efe9de", 0.0022, smooth=True)
            brush.oval(cx, cy, 0.034, 0.042, tone)
            brush.oval(cx - 0.010, cy - 0.014, 0.008, 0.012, "#ffffff", alpha=0.55)

    s.move(draw)
