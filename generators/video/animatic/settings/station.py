"""A platform under an iron roof."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "train station",
    seat="bench",
    words=(
        "station, platform, train, subway, metro, railway, depot, train station, railway station, "
        "subway station, metro station, tube station, bus terminal, railway platform, train track, "
        "railroad, railroad track, underground station, train tracks"
    ),
)
def station(s: Scenery) -> None:
    """A platform under an iron roof: a clock, a board, a train that rolls through behind."""
    iron, accent = (
        s.rng.choice(("#2f4a50", "#5a3a34", "#3a4a36", "#3b3d55")),
        s.palette.accent(s.rng.randrange(3)),
    )
    b = s.layer(0.14)
    paint_sky(s, b, -0.18, sun_x=-0.3, clouds=5)
    city.skyline(s, b, -0.10, 0.10, 0.28, mix("#7784a0", s.palette.haze, 0.45), width=0.12, cell=0.026)
    b = s.layer(0.55)
    b.rect(s.left, -0.20, s.span, 0.14, "#4a4550")
    b.rect(s.left, -0.21, s.span, 0.014, "#8a8490")
    _rolling_train(s, accent)
    b = s.layer(0.86)
    _roof(s, b, iron)
    n = max(3, round(s.span / 0.52))
    for i in range(n + 1):
        _column(b, s.left + i * s.span / n, iron)
    for i in range(n):
        x = s.left + (i + 0.5) * s.span / n
        b.line([(x, -0.66), (x, -0.60)], "#22262c", 0.004)
        b.poly(
            [(x - 0.012, -0.605), (x + 0.012, -0.605), (x + 0.045, -0.575), (x - 0.045, -0.575)], "#2b3138"
        )
        b.oval(x, -0.573, 0.038, 0.008, "#fff1cf", emit=True)
        on = 0.25 + 0.75 * s.night
        b.beam(
            [(x - 0.03, -0.57), (x + 0.03, -0.57), (x + 0.26, 0.0), (x - 0.26, 0.0)],
            "#ffd89a",
            0.24 * on,
            fade=((x, -0.57), (x, 0.02)),
        )
        s.lamp(x, -0.566, 0.22, "#ffd89a", 0.44 * on)
    _clock_and_board(s, b, s.about(0.34, 0.14))
    stone = "#8d857d"
    b.gradient((s.left, -0.075, s.span, s.low + 0.075), [darker(stone, 0.18), stone, darker(stone, 0.2)])
    b.rect(s.left, -0.075, s.span, 0.010, lighter(stone, 0.35))
    b.rect(s.left, -0.052, s.span, 0.017, "#e8c34a")
    for i in range(-10, 11):
        b.line([(i * 0.13, -0.035), (i * 0.26, s.low)], darker(stone, 0.3), 0.003, alpha=0.5)
    b.shade((s.left, -0.03, s.span, 0.05), 0.2, 0.0)
    b = s.layer(0.86, nearer=True)
    if not s.seated:
        _bench(b, -s.w * 0.72)
    _suitcase(b, -s.w * 0.72 + 0.34, s.palette.accent(1))
    n2 = s.layer(1.5, softness=0.02)
    n2.rect(s.w - 0.03, -1.7, 0.12, 2.4, darker(iron, 0.5))
    n2.rect(s.w - 0.05, 0.02, 0.18, 0.05, darker(iron, 0.3), r=0.01)
    s.floor_gloss, s.key_light, s.weathered = 0.12, "#ffd89a" if s.night > 0.4 else s.palette.sun, True


def _roof(s: Scenery, b: Brush, iron: str) -> None:
    b.rect(s.left, s.high, s.span, -0.70 - s.high, darker(iron, 0.55))
    for i in range(int(s.span / 0.13) + 2):
        x = s.left + i * 0.13
        b.poly(
            [(x, s.high), (x + 0.075, s.high), (x + 0.060, -0.705), (x + 0.012, -0.705)],
            mix(s.palette.sky[1], iron, 0.25),
            emit=True,
            alpha=0.75,
        )
    b.rect(s.left, -0.705, s.span, 0.028, iron)
    b.rect(s.left, -0.705, s.span, 0.007, lighter(iron, 0.25))
    for i in range(int(s.span / 0.055) + 1):
        x = s.left + i * 0.055
        b.poly([(x, -0.68), (x + 0.055, -0.68), (x + 0.0275, -0.655)], darker(iron, 0.2))


def _column(b: Brush, x: float, iron: str) -> None:
    b.rect(x - 0.016, -0.70, 0.032, 0.65, iron)
    b.rect(x - 0.016, -0.70, 0.009, 0.65, lighter(iron, 0.25))
    b.rect(x - 0.030, -0.10, 0.060, 0.05, darker(iron, 0.2), r=0.005)
    b.rect(x - 0.026, -0.60, 0.052, 0.02, lighter(iron, 0.1), r=0.005)
    for side in (-1, 1):
        b.line([(x, -0.58), (x + side * 0.06, -0.66), (x + side * 0.12, -0.69)], iron, 0.012, smooth=True)


def _rolling_train(s: Scenery, accent: RGB) -> None:
    car_w, top, low = 0.92, -0.50, -0.105
    n = int(s.span / car_w) + 3
    inside = mix("#ffd891", "#6f8ba0", 0.7 * (1 - s.night))

    def draw(brush: Brush, clock: Clock) -> None:
        travelled = clock.t_s * 0.16
        for i in range(n):
            x = s.left - car_w + ((i * car_w + travelled) % (n * car_w)) - car_w * 0.5
            if x > s.right or x + car_w < s.left:
                continue
            brush.rect(x + 0.006, top, car_w - 0.012, low - top, mix("#e3ded6", accent, 0.12), r=0.03)
            brush.rect(x + 0.006, -0.245, car_w - 0.012, 0.075, accent)
            brush.rect(x + 0.006, low - 0.035, car_w - 0.012, 0.035, "#33343c")
            for k in range(5):
                wx = x + 0.055 + k * 0.17
                if k == 2:
                    brush.rect(wx + 0.005, top + 0.055, 0.115, 0.31, darker("#d8d2c8", 0.15), r=0.012)
                    brush.rect(wx + 0.020, top + 0.075, 0.085, 0.13, inside, r=0.01, emit=True)
                else:
                    brush.rect(wx, top + 0.075, 0.125, 0.13, inside, r=0.014, emit=True)
                    if (i * 3 + k) % 4 == 1:
                        brush.circle(wx + 0.06, top + 0.145, 0.022, darker(inside, 0.6), emit=True)
                        brush.rect(
                            wx + 0.028, top + 0.165, 0.064, 0.04, darker(inside, 0.6), r=0.012, emit=True
                        )

    s.move(draw)
    if s.night > 0.3:
        s.lamp(0.0, -0.36, 0.7, "#ffd891", 0.16 * s.night)


def _clock_and_board(s: Scenery, b: Brush, x: float) -> None:
    b.line([(x, -0.68), (x, -0.60)], "#1f2328", 0.008)
    b.circle(x, -0.545, 0.062, "#20262c")
    b.circle(x, -0.545, 0.052, "#fff6e2", emit=True)
    s.lamp(x, -0.545, 0.12, "#fff0cc", 0.14 + 0.22 * s.night)

    def hands(brush: Brush, clock: Clock) -> None:
        for rate, length, w in ((0.10, 0.028, 0.007), (1.2, 0.042, 0.004)):
            a = clock.t_s * rate * 0.5 + rate
            brush.line([(x, -0.545), (x + length * math.sin(a), -0.545 - length * math.cos(a))], "#20262c", w)

    s.move(hands)
    bx = x - 0.62
    b.line([(bx - 0.12, -0.68), (bx - 0.12, -0.58)], "#1f2328", 0.006)
    b.line([(bx + 0.12, -0.68), (bx + 0.12, -0.58)], "#1f2328", 0.006)
    b.rect(bx - 0.18, -0.59, 0.36, 0.115, "#14181d", r=0.006)
    for row in range(4):
        w = 0.10 + 0.06 * s.rng.random()
        b.rect(bx - 0.165, -0.578 + row * 0.026, w, 0.010, "#ffc65a", emit=True, alpha=0.9, r=0.002)
        b.rect(bx + 0.06, -0.578 + row * 0.026, 0.05, 0.010, "#ffc65a", emit=True, alpha=0.6, r=0.002)
        b.rect(bx + 0.135, -0.578 + row * 0.026, 0.022, 0.010, "#ff8a5a", emit=True, alpha=0.8, r=0.002)


def _bench(b: Brush, x: float) -> None:
    wood = "#8a5a3a"
    b.shadow(x, -0.015, 0.24, 0.014, 0.4)
    for dx in (-0.17, 0.17):
        b.line([(x + dx, -0.018), (x + dx, -0.25)], "#24282e", 0.012)
    for k in range(3):
        b.rect(x - 0.21, -0.255 + k * 0.035, 0.42, 0.024, lighter(wood, 0.12 - 0.05 * k), r=0.005)
    b.rect(x - 0.22, -0.145, 0.44, 0.022, lighter(wood, 0.2), r=0.005)


def _suitcase(b: Brush, x: float, tone: RGB) -> None:
    b.shadow(x, -0.014, 0.09, 0.010, 0.4)
    b.rect(x - 0.07, -0.17, 0.14, 0.155, tone, r=0.014)
    b.rect(x - 0.07, -0.17, 0.035, 0.155, darker(tone, 0.25), r=0.010)
    b.rect(x - 0.025, -0.19, 0.05, 0.025, darker(tone, 0.45), r=0.008)
    b.rect(x - 0.07, -0.115, 0.14, 0.008, darker(tone, 0.35))
