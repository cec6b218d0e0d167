"""A quay of planks and bollards, fishing boats, a lighthouse that sweeps, gulls."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city, lamps, nature
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.pieces.water import sea
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "harbour",
    seat="crate",
    words=(
        "harbour, harbor, pier, dock, port, marina, quay, lighthouse, jetty, wharf, fishing village, "
        "docks, dockside, shipyard, submarine, fish market"
    ),
)
def harbour(s: Scenery) -> None:
    """A quay of planks and bollards, fishing boats, a lighthouse that sweeps, gulls."""
    horizon = -0.21
    b = s.layer(0.10)
    sun_x = paint_sky(s, b, horizon, sun_x=0.25, clouds=9)
    coast = mix("#5b6d80", s.palette.haze, 0.40)
    nature.mountains(s, b, horizon + 0.01, 0.09, coast, n=7)
    _town(s, b, horizon + 0.008)
    _lighthouse(s, b, s.about(-0.36, 0.30), horizon + 0.01)
    b = s.layer(0.30)
    sea(s, b, horizon, 0.08, sun_x)
    _lights_on_water(s, horizon)
    if says(s, "crane|shipyard|dock|container|cargo|port"):
        for x in (-0.60, 0.46):
            _crane(s, b, s.about(x, 0.06), -0.09)
    b = s.layer(0.62)
    for i, (x, scale) in enumerate(((-0.78, 0.9), (0.10, 0.75), (0.72, 1.1))):
        _boat(s, s.about(x, 0.08), -0.055 + 0.01 * scale, 0.42 * scale, s.palette.accent(i), i)
    b = s.layer(0.93)
    wood = "#7d6650"
    b.rect(s.left, -0.062, s.span, 0.02, darker(wood, 0.45))
    b.gradient((s.left, -0.05, s.span, s.low + 0.05), [lighter(wood, 0.05), wood, darker(wood, 0.25)])
    for k in range(8):
        y = -0.05 + (s.low + 0.05) * (k / 8) ** 1.5
        b.line([(s.left, y), (s.right, y)], darker(wood, 0.45), 0.0035, alpha=0.7)
    for i, x in enumerate((-0.90, -0.38, 0.30, 0.86)):
        _bollard(b, s.w * x, -0.025, rope=i)
    _crates(s, b, s.w * 0.93, -0.012)
    city.street_lamp(s, b, s.about(-0.66, 0.06), -0.03, 0.50, arm=1)
    if says(s, "net"):
        _nets(s, b, -s.w * 0.90, -0.01)
    if says(s, "lantern|light"):
        lamps.fairy_lights(
            s, [(-s.w * 1.15, -0.62), (-s.w * 0.2, -0.66), (s.w * 0.55, -0.62), (s.w * 1.2, -0.68)], n=7
        )
    _gulls(s)
    n = s.layer(1.5, softness=0.02)
    n.line([(-s.w - 0.2, -0.18), (-s.w + 0.02, 0.06), (-s.w + 0.34, 0.42)], "#b89a6a", 0.030, smooth=True)
    n.rect(-s.w - 0.24, -0.02, 0.20, 0.6, "#4b3a2c", r=0.03)
    if s.palette.weather == "rain":
        city.puddles(s, b, -0.02)


def _town(s: Scenery, b: Brush, base: float) -> None:
    """Paint the houses of the far shore, with lit windows when it is dark."""
    x = s.w * s.rng.uniform(0.0, 0.15)
    while x < s.right + 0.1:
        w, h = s.rng.uniform(0.045, 0.075), s.rng.uniform(0.040, 0.075)
        tone = mix(
            s.rng.choice(("#c98a6a", "#d9c7a0", "#9fb0b4", "#b56a5a", "#e2d9c8")), s.palette.haze, 0.30
        )
        b.rect(x, base - h, w, h, tone)
        b.poly(
            [(x - 0.004, base - h), (x + w / 2, base - h - 0.026), (x + w + 0.004, base - h)],
            darker(tone, 0.35),
        )
        for row in range(2):
            for column in range(2):
                lit = s.rng.random() < 0.15 + 0.7 * s.night
                at = (x + w * (0.22 + 0.40 * column), base - h + 0.010 + row * h * 0.42)
                b.rect(*at, 0.009, 0.012, "#ffd88f" if lit else darker(tone, 0.4), emit=lit)
        x += w + (s.rng.uniform(0.0, 0.02) if s.rng.random() < 0.8 else 0.07)
    s.lamp(s.w * 0.6, base - 0.03, 0.30, "#ffd88f", 0.26 * s.night)


def _lights_on_water(s: Scenery, horizon: float) -> None:
    """Let the lights of the shore and of the boats tremble on the water."""
    streaks = [(s.rng.uniform(0.02, 1.1) * s.w, s.rng.random(), s.rng.uniform(0.06, 0.15)) for _ in range(13)]
    streaks += [(x * s.w, 0.5, 0.20) for x in (-0.78, 0.10, 0.72)]

    def draw(brush: Brush, clock: Clock) -> None:
        for x, phase, length in streaks:
            for k in range(5):
                y = horizon + 0.012 + length * k / 5
                sway = 0.006 * math.sin(clock.t_s * (1.4 + phase) + k * 1.9 + phase * 20)
                bright = s.night * (0.50 - 0.08 * k)
                brush.oval(x + sway, y, 0.013 - 0.001 * k, 0.0034, "#ffcf86", alpha=bright, emit=True)

    if s.night > 0.3:
        s.move(draw)


def _crane(s: Scenery, b: Brush, x: float, base: float) -> None:
    iron: RGB = mix("#b5643a", s.palette.haze, 0.25)
    top, side = base - 0.50, 1 if x < 0 else -1
    for dx in (-0.030, 0.030):
        b.line([(x + dx, base), (x + dx * 0.7, top)], iron, 0.010)
    for k in range(8):
        y = base - 0.06 * k
        b.line([(x - 0.028, y), (x + 0.026, y - 0.06)], iron, 0.005)
    b.rect(x - 0.045, top - 0.02, 0.09, 0.055, darker(iron, 0.2), r=0.006)
    tip = (x + side * 0.40, top - 0.16)
    b.line([(x, top), tip], iron, 0.012)
    b.line([(x, top - 0.12), tip], iron, 0.004)
    b.line([(x, top), (x, top - 0.12), (x - side * 0.12, top)], iron, 0.008)
    b.line([tip, (tip[0], top + 0.16)], "#2a2c33", 0.003)
    b.rect(tip[0] - 0.035, top + 0.16, 0.07, 0.045, darker(iron, 0.35))
    b.circle(tip[0], tip[1], 0.006, "#ff5a4a", emit=True)


def _nets(s: Scenery, b: Brush, x: float, base: float) -> None:
    """Hang a net with floats to dry on poles."""
    width = 0.46
    for dx in (0.0, width / 2, width):
        b.line([(x + dx, base), (x + dx, base - 0.36)], "#5a4636", 0.012)
    rope = [
        (x, base - 0.35),
        (x + width * 0.25, base - 0.315),
        (x + width / 2, base - 0.35),
        (x + width * 0.75, base - 0.31),
        (x + width, base - 0.35),
    ]
    b.line(rope, "#b89a6a", 0.006, smooth=True)
    for k in range(17):
        at = x + width * k / 16
        for lean in (-0.05, 0.05):
            b.line(
                [(at, base - 0.335), (min(x + width, max(x, at + lean)), base - 0.08)],
                "#7fa08f",
                0.0024,
                alpha=0.8,
            )
    for k in range(7):
        b.circle(x + width * (k + 0.5) / 7, base - 0.325, 0.012, ("#d9642f", "#e8c46a")[k % 2])


def _lighthouse(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.blob(
        [
            (x - 0.13, base + 0.006),
            (x - 0.07, base - 0.03),
            (x + 0.06, base - 0.034),
            (x + 0.14, base + 0.006),
        ],
        "#5b5a60",
    )
    for k in range(5):
        y0, y1 = base - 0.025 - k * 0.044, base - 0.025 - (k + 1) * 0.044
        w0, w1 = 0.026 - k * 0.0026, 0.026 - (k + 1) * 0.0026
        b.poly(
            [(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)], "#c8473a" if k % 2 == 0 else "#f3ece0"
        )
    top = base - 0.25
    b.rect(x - 0.017, top - 0.004, 0.034, 0.008, "#2c2c34")
    b.rect(x - 0.011, top - 0.028, 0.022, 0.026, "#ffe9a8", emit=True)
    b.poly([(x - 0.016, top - 0.027), (x, top - 0.046), (x + 0.016, top - 0.027)], "#a83a30")

    def sweep(brush: Brush, clock: Clock) -> None:
        reach = math.cos(clock.t_s * 0.9)
        tip = (x + 0.9 * reach, top + 0.02)
        strength = (0.12 + 0.38 * s.night) * (0.35 + 0.65 * abs(reach))
        brush.beam(
            [(x, top - 0.018), (x, top - 0.010), (tip[0], tip[1] + 0.055), (tip[0], tip[1] - 0.075)],
            "#fff0b8",
            strength,
            fade=((x, top), tip),
            blur=0.0,
        )

    s.move(sweep)
    s.lamp(x, top - 0.014, 0.16, "#ffe9a8", 0.35 + 0.3 * s.night)


def _boat(s: Scenery, x: float, y: float, length: float, tone: RGB, index: int) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        bob = 0.005 * math.sin(clock.t_s * 1.1 + index * 2.0)
        canvas = brush.canvas
        canvas.save()
        canvas.translate(x, y + bob)
        canvas.rotate(1.2 * math.sin(clock.t_s * 0.8 + index))
        canvas.scale(length, length)
        brush.line([(0.02, -0.1), (0.02, -1.0)], "#4b3a30", 0.020)
        brush.line([(0.02, -0.95), (0.40, -0.22)], "#3a3a40", 0.006)
        brush.line([(0.02, -0.95), (-0.44, -0.24)], "#3a3a40", 0.006)
        brush.rect(-0.28, -0.42, 0.26, 0.26, "#efe6d8", r=0.02)
        brush.rect(-0.30, -0.45, 0.30, 0.05, darker(tone, 0.3), r=0.015)
        brush.rect(
            -0.24, -0.36, 0.18, 0.11, "#ffd88f" if s.night > 0.3 else "#5d7d92", r=0.01, emit=s.night > 0.3
        )
        brush.blob(
            [
                (-0.50, -0.22),
                (-0.50, -0.22),
                (0.52, -0.26),
                (0.52, -0.26),
                (0.40, 0.03),
                (0.36, 0.05),
                (-0.40, 0.05),
                (-0.44, 0.03),
            ],
            tone,
        )
        brush.line([(-0.48, -0.19), (0.48, -0.22)], "#f6efe2", 0.022)
        brush.rect(-0.40, 0.0, 0.77, 0.05, darker(tone, 0.5), r=0.02)
        canvas.restore()

    s.move(draw)


def _bollard(b: Brush, x: float, base: float, *, rope: int) -> None:
    b.shadow(x, base, 0.055, 0.010, 0.4)
    b.rect(x - 0.026, base - 0.085, 0.052, 0.085, "#2d3038", r=0.010)
    b.rect(x - 0.038, base - 0.10, 0.076, 0.026, "#444954", r=0.012)
    b.line([(x - 0.03, base - 0.05), (x + 0.03, base - 0.055)], "#c9ac78", 0.010)
    b.line(
        [(x + 0.03, base - 0.055), (x + 0.14, base - 0.02 + 0.01 * (rope % 2)), (x + 0.26, base - 0.04)],
        "#c9ac78",
        0.007,
        smooth=True,
    )


def _crates(s: Scenery, b: Brush, x: float, base: float) -> None:
    wood = "#a67c4c"
    for dx, dy, size in ((-0.13, 0.0, 0.15), (0.04, 0.0, 0.16), (-0.05, -0.15, 0.13)):
        b.rect(x + dx - size / 2, base + dy - size, size, size, darker(wood, 0.25), r=0.004)
        for k in range(3):
            b.rect(
                x + dx - size / 2 + 0.006,
                base + dy - size + 0.008 + k * size * 0.32,
                size - 0.012,
                size * 0.25,
                mix(wood, darker(wood, 0.2), s.rng.random()),
            )
        b.line(
            [
                (x + dx - size / 2 + 0.012, base + dy - 0.012),
                (x + dx + size / 2 - 0.012, base + dy - size + 0.012),
            ],
            lighter(wood, 0.1),
            0.016,
        )


def _gulls(s: Scenery) -> None:
    gulls = [(s.rng.random(), s.rng.random(), s.rng.random()) for _ in range(4)]

    def draw(brush: Brush, clock: Clock) -> None:
        for u, v, phase in gulls:
            x = s.left + s.span * ((u + clock.t_s * 0.03 * (0.6 + phase)) % 1.0)
            y = -0.40 - 0.30 * v + 0.015 * math.sin(clock.t_s * 0.9 + phase * 9)
            flap = 0.012 * math.sin(clock.t_s * 5 + phase * 20)
            brush.line(
                [
                    (x - 0.028, y - flap),
                    (x - 0.010, y - 0.004),
                    (x, y + 0.003),
                    (x + 0.010, y - 0.004),
                    (x + 0.028, y - flap),
                ],
                "#f4f4f2",
                0.006,
                smooth=True,
            )

    s.move(draw)
