"""A club."""

from __future__ import annotations

import itertools
import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "club",
    seat="stool",
    indoor=True,
    words=(
        "club, disco, dance floor, dancefloor, rave, party, karaoke, nightclub, arcade, ballroom, night "
        "club, strip club, dance club, house party, discotheque, vip lounge, dance hall, prom, school "
        "dance, karaoke bar, karaoke booth, warehouse party, warehouse rave, dance studio, roller rink, "
        "skating rink, ice rink, rink, roller disco, bowling alley, casino, video arcade"
    ),
)
def club(s: Scenery) -> None:
    """A club: mirror ball, neon line, a bar of bottles, the floor lit in squares."""
    hot, cold = s.palette.accent(0), s.palette.accent(2)
    b = s.layer(0.6)
    dark = mix("#1a1030", hot, 0.12)
    b.gradient(
        (s.left, s.high, s.span, -0.08 - s.high), [darker(dark, 0.5), dark, mix(dark, cold, 0.25)], emit=True
    )
    _neon(s, 0.0, -0.50, hot)
    walls = [_bottle_shelves, _light_wall, _light_wall]
    s.rng.shuffle(walls)
    for side, wall in zip((-1, 1), walls, strict=False):
        wall(s, b, side * s.w * 0.72, cold if side < 0 else hot)
    for side in (-1, 1):
        b.line(
            [(side * s.w * 0.40, -0.80), (side * s.w * 0.40, -0.10)], (hot, cold)[side > 0], 0.009, emit=True
        )
        b.glow(side * s.w * 0.40, -0.45, 0.30, (hot, cold)[side > 0], 0.35)
        s.lamp(side * s.w * 0.40, -0.45, 0.30, (hot, cold)[side > 0], 0.30, pulse=0.6)
    b = s.layer(0.92)
    _lit_floor(s, b, hot, cold)
    _mirror_ball(s, 0.0, -0.69)
    for x in (-0.88, -0.70, 0.80):
        _bar_stool(b, s.w * x, -0.01, hot)
    _specks(s)
    n = s.layer(1.4, softness=0.010)
    for x in (-0.95, -0.72, 0.70, 0.96):
        n.circle(s.w * x, s.bottom - 0.03, 0.055, "#0b0716", emit=True)
        n.rect(s.w * x - 0.10, s.bottom + 0.02, 0.20, 0.3, "#0b0716", r=0.05, emit=True)
    s.key_light, s.key_side, s.floor_gloss = mix(hot, "#ffffff", 0.2), 1, 0.30


def _neon_shape(kind: int) -> list[tuple[float, float]]:
    """Return a heart, a star, a flash, a flower or a ring as a closed line about the middle."""
    turns = [i / 32 * math.tau for i in range(33)]
    if kind == 0:
        return [
            (
                0.115 * math.sin(a) ** 3,
                -0.0072 * (13 * math.cos(a) - 5 * math.cos(2 * a) - 2 * math.cos(3 * a) - math.cos(4 * a)),
            )
            for a in turns
        ]
    if kind == 1:
        tips = [(0.13 if i % 2 == 0 else 0.055, i * math.tau / 10 - math.pi / 2) for i in range(11)]
        return [(r * math.cos(a), r * math.sin(a)) for r, a in tips]
    if kind == 2:
        flash = ((0.03, -0.13), (-0.06, 0.02), (-0.005, 0.02), (-0.035, 0.13), (0.065, -0.03), (0.01, -0.03))
        return [*flash, flash[0]]
    if kind == 3:
        return [
            ((0.085 + 0.04 * math.cos(6 * a)) * math.cos(a), (0.085 + 0.04 * math.cos(6 * a)) * math.sin(a))
            for a in turns
        ]
    return [(0.12 * math.cos(a), 0.12 * math.sin(a)) for a in turns]


def _light_wall(s: Scenery, b: Brush, x: float, tone: RGB) -> None:
    """Hang a wall of lights that go up and down with the beat."""
    w, columns, rows = 0.44, 8, 7
    b.rect(x - w / 2, -0.68, w, 0.52, "#120b20", emit=True, r=0.01)
    heights = [s.rng.random() for _ in range(columns)]

    def draw(brush: Brush, clock: Clock) -> None:
        for i, base in enumerate(heights):
            level = (
                rows
                * abs(math.sin(clock.beat * math.pi * 0.5 * (1 + i % 3) + base * 6))
                * (0.7 + 0.3 * clock.pulse)
            )
            for row in range(rows):
                lit = row <= level
                colour = mix(tone, "#ffffff", 0.10 * row) if lit else mix(tone, "#120b20", 0.80)
                brush.rect(
                    x - w / 2 + 0.016 + i * w / columns * 0.97,
                    -0.225 - row * 0.066,
                    0.038,
                    0.048,
                    colour,
                    r=0.006,
                    emit=True,
                )

    s.move(draw)
    s.lamp(x, -0.42, 0.30, tone, 0.26, pulse=0.8)


def _neon(s: Scenery, x: float, y: float, tone: RGB) -> None:
    points = [(x + px, y + py) for px, py in _neon_shape(s.rng.randrange(5))]

    def draw(brush: Brush, clock: Clock) -> None:
        grow = 0.75 + 0.25 * clock.pulse
        brush.line(points, tone, 0.026, alpha=0.32 * grow, emit=True)
        brush.line(points, lighter(tone, 0.6), 0.009, alpha=0.95 * grow, emit=True)

    s.move(draw)
    s.lamp(x, y, 0.36, tone, 0.52, pulse=0.6)


def _bottle_shelves(s: Scenery, b: Brush, x: float, tone: RGB) -> None:
    w = 0.46
    b.rect(x - w / 2, -0.66, w, 0.42, "#120b20", emit=True, r=0.008)
    for row in range(3):
        y = -0.54 + row * 0.135
        b.gradient(
            (x - w / 2 + 0.01, y - 0.10, w - 0.02, 0.10),
            [mix(tone, "#160c26", 0.75), mix(tone, "#ffffff", 0.15)],
            emit=True,
        )
        for i in range(11):
            h = s.rng.uniform(0.045, 0.085)
            glass = mix(s.palette.accent(s.rng.randrange(4)), "#201626", 0.35)
            cx = x - w / 2 + 0.03 + i * 0.04
            b.rect(cx - 0.011, y - h, 0.022, h, glass, r=0.005, emit=True)
            b.rect(cx - 0.004, y - h - 0.022, 0.008, 0.026, glass, emit=True)
            b.rect(cx - 0.008, y - h + 0.006, 0.004, h * 0.7, "#ffffff", alpha=0.4, emit=True)
        b.rect(x - w / 2, y, w, 0.008, "#3a2c4a", emit=True)
    b.rect(x - w / 2 - 0.03, -0.24, w + 0.06, 0.16, "#1d1430", emit=True)
    b.rect(x - w / 2 - 0.04, -0.25, w + 0.08, 0.016, mix(tone, "#ffffff", 0.3), emit=True)


def _lit_floor(s: Scenery, b: Brush, hot: RGB, cold: RGB) -> None:
    rows, columns = 4, 14
    edges = [-0.085 + (s.low + 0.085) * (r / rows) ** 1.5 for r in range(rows + 1)]
    b.rect(s.left, -0.085, s.span, s.low + 0.1, "#0d0818", emit=True)

    def x_at(column: int, y: float) -> float:
        return (column - columns / 2) * s.w * 0.28 * (1 + (y + 0.085) * 2.2)

    cells = [
        (
            [
                (x_at(c, y0) + 0.004, y0 + 0.002),
                (x_at(c + 1, y0) - 0.004, y0 + 0.002),
                (x_at(c + 1, y1) - 0.004, y1 - 0.003),
                (x_at(c, y1) + 0.004, y1 - 0.003),
            ],
            s.rng.randrange(3),
        )
        for y0, y1 in itertools.pairwise(edges)
        for c in range(columns)
    ]
    tones = (hot, cold, mix(hot, cold, 0.5))

    def draw(brush: Brush, clock: Clock) -> None:
        step = int(clock.beat)
        for index, (corners, group) in enumerate(cells):
            lit = (index * 7 + step * 3 + group) % 5
            bright = (0.75, 0.30, 0.45, 0.20, 0.35)[lit] + 0.15 * clock.pulse
            brush.poly(corners, mix("#120a20", tones[group], bright), emit=True)

    s.move(draw)


def _mirror_ball(s: Scenery, x: float, y: float) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        brush.line([(x, -1.6), (x, y)], "#555068", 0.004)
        brush.circle(x, y, 0.062, "#59566e", emit=True)
        for row in range(7):
            latitude = (row - 3) / 3.6
            half = math.sqrt(max(0.0, 1 - latitude * latitude)) * 0.060
            for k in range(8):
                turn = ((k + clock.t_s * 0.8) % 8) / 8 * 2 - 1
                shine = 0.30 + 0.7 * abs(math.sin(k * 2.3 + row * 1.7 + clock.t_s * 1.4))
                brush.rect(
                    x + half * math.sin(turn * 1.5) - 0.006,
                    y + latitude * 0.060 - 0.006,
                    0.011,
                    0.011,
                    mix("#7f7ca0", "#ffffff", shine),
                    emit=True,
                )

    s.move(draw)
    s.lamp(x, y, 0.22, "#ffffff", 0.35, pulse=0.6)


def _specks(s: Scenery) -> None:
    spots = [(s.rng.uniform(-1, 1), s.rng.uniform(-0.75, 0.1), s.rng.random()) for _ in range(34)]

    def draw(brush: Brush, clock: Clock) -> None:
        for u, y, phase in spots:
            x = ((u + clock.t_s * 0.09) % 2.0 - 1.0) * s.right
            brush.oval(
                x,
                y,
                0.012,
                0.008,
                s.palette.accent(int(phase * 4)),
                alpha=0.35 + 0.25 * clock.pulse,
                emit=True,
            )

    s.move(draw)


def _bar_stool(b: Brush, x: float, base: float, tone: RGB) -> None:
    b.oval(x, base, 0.05, 0.010, "#08060f", emit=True)
    b.line([(x, base), (x, base - 0.22)], "#8b88a0", 0.010)
    b.rect(x - 0.055, base - 0.25, 0.11, 0.034, mix(tone, "#1a1028", 0.35), r=0.014, emit=True)
