"""An airport: a wall of glass on the apron, planes, a board of flights, rows of seats."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, Point, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior
from storyboard.generators.video.animatic.pieces.season import ground_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR
_HORIZON = -0.235

_BODY: tuple[Point, ...] = (
    (-0.50, -0.02),
    (-0.47, -0.075),
    (-0.30, -0.082),
    (0.34, -0.082),
    (0.44, -0.060),
    (0.50, -0.020),
    (0.44, 0.006),
    (0.30, 0.012),
    (-0.30, 0.012),
    (-0.46, -0.005),
)
_FIN: tuple[Point, ...] = ((-0.48, -0.06), (-0.52, -0.21), (-0.45, -0.21), (-0.34, -0.078))
_WING: tuple[Point, ...] = ((0.06, -0.030), (-0.06, -0.030), (-0.20, 0.045), (-0.14, 0.050))


@place(
    "airport",
    seat="bench",
    indoor=True,
    words=(
        "airport, terminal, departure gate, boarding gate, departure lounge, departures, arrivals, "
        "arrival hall, arrivals hall, departure hall, departures hall, airport terminal, "
        "airport gate, baggage claim, check-in desk, security line, airport lounge, gate, "
        "airport security, runway, airfield, tarmac, duty-free, duty free shop, luggage carousel, "
        "airport bar, airport window"
    ),
)
def airport(s: Scenery) -> None:
    """An airport: a wall of glass on the apron, planes, a board of flights, rows of seats."""
    b = s.layer(0.22)
    paint_sky(s, b, _HORIZON, sun_x=0.3, clouds=6)
    _apron(s, b)
    _flying(s)
    b = s.layer(0.45)
    side = s.rng.choice((-1, 1))
    _plane(b, side * s.w * 0.42, -0.165, 1.05, side, s.palette.accent(0), lights=s.night)
    if s.w > 0.6:
        _plane(b, -side * s.w * 0.72, -0.205, 0.5, side, s.palette.accent(2), lights=s.night)
    b = s.layer(0.80)
    _glass_wall(s, b)
    _board(s, b, s.w * s.rng.uniform(-0.30, 0.30), -0.70)
    b = s.layer(0.93)
    _floor(s, b)
    for x in (-0.78, 0.74):
        _seats(s, b, s.w * x + s.rng.uniform(-0.03, 0.03), FLOOR + 0.055, 3 if s.w > 0.6 else 2)
    _case(s, b, s.w * s.rng.choice((-0.34, 0.32, 0.40)), FLOOR + 0.06)
    n = s.layer(1.5, softness=0.02)
    n.rect(s.w - 0.05, -0.02, 0.05, 0.6, "#2b303a")
    n.rect(s.w - 0.6, 0.10, 0.62, 0.02, s.palette.accent(0))
    s.key_light, s.key_side, s.floor_gloss = s.palette.sun if s.night < 0.5 else "#eaf2ff", 1, 0.34


def _apron(s: Scenery, b: Brush) -> None:
    tarmac = ground_colour(s, "#8a8f98")
    b.rect(s.left, _HORIZON - 0.014, s.span, 0.03, mix("#5f7a5a", s.palette.haze, 0.3))
    b.gradient((s.left, _HORIZON + 0.012, s.span, 0.3), [lighter(tarmac, 0.1), darker(tarmac, 0.15)])
    b.line([(s.left, _HORIZON + 0.055), (s.right, _HORIZON + 0.050)], "#e8c34a", 0.004)
    tower = s.w * s.rng.choice((-0.30, 0.12, 0.30))
    b.poly(
        [
            (tower - 0.014, _HORIZON),
            (tower + 0.014, _HORIZON),
            (tower + 0.010, -0.40),
            (tower - 0.010, -0.40),
        ],
        "#a9b0bb",
    )
    b.poly(
        [(tower - 0.034, -0.45), (tower + 0.034, -0.45), (tower + 0.024, -0.40), (tower - 0.024, -0.40)],
        "#4f6b86",
    )
    b.rect(tower - 0.038, -0.462, 0.076, 0.014, "#c9ced6")
    b.line([(tower, -0.46), (tower, -0.50)], "#c9ced6", 0.003)
    b.circle(tower, -0.502, 0.006, "#ff5a4a", emit=True)
    s.lamp(tower, -0.502, 0.06, "#ff5a4a", 0.4, pulse=0.9)
    for i in range(12):
        x = s.left + (i + 0.5) * s.span / 12
        b.circle(
            x, _HORIZON + 0.020, 0.0045, ("#9fc8ff", "#ffd58a")[i % 2], alpha=0.3 + 0.7 * s.night, emit=True
        )


def _at(x: float, y: float, length: float, facing: int, points: tuple[Point, ...]) -> list[Point]:
    return [(x + px * length * facing, y + py * length) for px, py in points]


def _plane(b: Brush, x: float, y: float, length: float, facing: int, tone: RGB, *, lights: float) -> None:
    """Paint a parked airliner from the side; its wheels stand at y + 0.06 of its length."""
    white = "#eef2f6"
    b.shadow(x, y + 0.065 * length, 0.46 * length, 0.012 * length + 0.004, 0.35)
    for dx in (-0.06, 0.34):
        b.rect(x + dx * length * facing - 0.008 * length, y, 0.016 * length, 0.055 * length, "#5b616b")
        b.circle(x + dx * length * facing, y + 0.052 * length, 0.015 * length, "#22252c")
    b.poly(_at(x, y, length, facing, _FIN), tone)
    b.blob(_at(x, y, length, facing, _BODY), white)
    b.rect(x - 0.42 * length, y - 0.012 * length, 0.84 * length, 0.010 * length, tone)
    b.poly(
        _at(x, y, length, facing, ((-0.48, -0.055), (-0.58, -0.085), (-0.53, -0.085), (-0.38, -0.055))),
        "#cdd4dc",
    )
    for i in range(15):
        px = x + (-0.34 + i * 0.048) * length * facing
        glass = "#ffe6ae" if lights > 0.4 else "#56708c"
        b.circle(px, y - 0.048 * length, 0.0085 * length, glass, emit=lights > 0.4)
    b.poly(
        _at(x, y, length, facing, ((0.40, -0.066), (0.455, -0.052), (0.465, -0.040), (0.40, -0.044))),
        "#33465c",
    )
    b.poly(_at(x, y, length, facing, _WING), "#b9c2cc")
    b.oval(x + 0.03 * length * facing, y + 0.020 * length, 0.060 * length, 0.022 * length, darker(tone, 0.1))
    b.circle(x + 0.085 * length * facing, y + 0.020 * length, 0.020 * length, "#2b3038")


def _flying(s: Scenery) -> None:
    """Let a plane climb across the sky."""
    offset, side = s.rng.random(), s.rng.choice((-1, 1))

    def draw(brush: Brush, clock: Clock) -> None:
        share = (clock.t_s * 0.05 + offset) % 1.0
        x, y = side * (-s.w * 1.1 + 2.2 * s.w * share), -0.36 - 0.30 * share
        canvas = brush.canvas
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(-14 * side)
        brush.blob(_at(0, 0, 0.17, side, _BODY), "#e9eef4")
        brush.poly(_at(0, 0, 0.17, side, _FIN), s.palette.accent(1))
        brush.poly(_at(0, 0, 0.17, side, _WING), "#b9c2cc")
        blink = 1.0 if math.sin(clock.t_s * 6) > 0.6 else 0.15
        brush.circle(0.0, 0.006, 0.005, "#ff5a4a", alpha=blink, emit=True)
        canvas.restore()

    s.move(draw)


def _glass_wall(s: Scenery, b: Brush) -> None:
    steel = mix("#6c7683", s.palette.accent(1), 0.08)
    n = max(3, round(s.span / 0.42))
    for i in range(n + 1):
        x = s.left + i * s.span / n
        b.rect(x - 0.009, s.high, 0.018, -s.high - 0.09, darker(steel, 0.15))
        b.rect(x - 0.009, s.high, 0.005, -s.high - 0.09, lighter(steel, 0.3))
    for y in (-0.60, -0.16):
        b.rect(s.left, y, s.span, 0.010, darker(steel, 0.1))
    for i in range(n):
        x, w = s.left + i * s.span / n, s.span / n
        b.poly(
            [(x + w * 0.55, -0.60), (x + w * 0.80, -0.60), (x + w * 0.35, -0.16), (x + w * 0.10, -0.16)],
            "#ffffff",
            alpha=0.06,
            emit=True,
        )
    b.gradient((s.left, s.high, s.span, -0.745 - s.high), [darker("#d9dee4", 0.3), "#d9dee4"])
    b.rect(s.left, -0.748, s.span, 0.012, "#f4fbff", emit=True)
    b.rect(s.left, -0.105, s.span, 0.03, darker(steel, 0.35))
    s.lamp(0.0, -0.745, 0.7, "#eef6ff", 0.10 + 0.20 * s.night)


def _board(s: Scenery, b: Brush, x: float, y: float) -> None:
    w, h = 0.44, 0.165
    for dx in (-0.16, 0.16):
        b.line([(x + dx, s.high), (x + dx, y)], "#3a404a", 0.006)
    b.rect(x - w / 2 - 0.01, y - 0.01, w + 0.02, h + 0.02, "#20242c", r=0.008)
    b.rect(x - w / 2, y, w, 0.030, s.palette.accent(0), emit=True)
    b.poly(
        [
            (x - w / 2 + 0.012, y + 0.018),
            (x - w / 2 + 0.036, y + 0.008),
            (x - w / 2 + 0.040, y + 0.013),
            (x - w / 2 + 0.020, y + 0.024),
        ],
        "#ffffff",
        emit=True,
    )
    for row in range(5):
        ry = y + 0.042 + row * 0.024
        tone = "#ffd45e" if row != 1 else "#ff6a5a"
        for left, width in (
            (0.012, 0.045),
            (0.075, s.rng.uniform(0.10, 0.17)),
            (0.29, 0.04),
            (0.35, s.rng.uniform(0.05, 0.08)),
        ):
            b.rect(x - w / 2 + left, ry, width, 0.010, tone, r=0.003, alpha=0.9, emit=True)
    s.lamp(x, y + h / 2, 0.24, "#ffd45e", 0.14)

    def flip(brush: Brush, clock: Clock) -> None:
        row = int(clock.beat / 4) % 5
        if clock.pulse > 0.25:
            brush.rect(
                x - w / 2 + 0.004,
                y + 0.038 + row * 0.024,
                w - 0.008,
                0.018,
                "#ffffff",
                alpha=0.35 * clock.pulse,
                emit=True,
            )

    s.move(flip)


def _floor(s: Scenery, b: Brush) -> None:
    stone = "#b9bec6"
    b.gradient((s.left, FLOOR, s.span, s.low - FLOOR), [darker(stone, 0.18), stone, lighter(stone, 0.15)])
    for i in range(-8, 9):
        b.line([(i * 0.17, FLOOR), (i * 0.36, s.low)], darker(stone, 0.22), 0.003, alpha=0.5)
    for k in (0.06, 0.16):
        b.line([(s.left, FLOOR + k), (s.right, FLOOR + k)], darker(stone, 0.22), 0.003, alpha=0.5)
    b.shade((s.left, FLOOR, s.span, 0.04), 0.30, 0.0)


def _seats(s: Scenery, b: Brush, x: float, base: float, n: int) -> None:
    cloth, pitch = mix("#39445a", s.palette.accent(0), 0.45), 0.135
    left = x - n * pitch / 2
    b.shadow(x, base, n * pitch * 0.55, 0.014, 0.4)
    b.rect(left, base - 0.115, n * pitch, 0.016, "#8f98a3")
    for end in (left + 0.03, left + n * pitch - 0.03):
        b.line([(end - 0.03, base), (end, base - 0.11), (end + 0.03, base)], "#8f98a3", 0.009)
    for i in range(n):
        cx = left + i * pitch
        b.rect(cx + 0.008, base - 0.285, pitch - 0.016, 0.135, darker(cloth, 0.15), r=0.018)
        b.rect(cx + 0.014, base - 0.278, pitch - 0.028, 0.06, lighter(cloth, 0.06), r=0.014)
        b.rect(cx + 0.004, base - 0.150, pitch - 0.008, 0.034, lighter(cloth, 0.12), r=0.012)


def _case(s: Scenery, b: Brush, x: float, base: float) -> None:
    tone = s.palette.accent(1)
    b.shadow(x, base, 0.08, 0.011, 0.45)
    b.line(
        [
            (x - 0.028, base - 0.17),
            (x - 0.028, base - 0.25),
            (x + 0.028, base - 0.25),
            (x + 0.028, base - 0.17),
        ],
        "#8f98a3",
        0.007,
    )
    b.rect(x - 0.062, base - 0.182, 0.124, 0.172, darker(tone, 0.1), r=0.016)
    for i in range(4):
        b.rect(x - 0.050 + i * 0.027, base - 0.170, 0.012, 0.148, lighter(tone, 0.12), r=0.005)
    for dx in (-0.045, 0.045):
        b.circle(x + dx, base - 0.006, 0.010, "#1d2027")
