"""A compartment."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "train interior",
    seat="padded",
    indoor=True,
    words=(
        "inside a train, inside the train, train car, carriage, on the train, on a train, "
        "subway car, bus seat, bus, compartment, train interior, train carriage, on the bus, "
        "on a bus, on the subway, night bus, tour bus, train window, bus window, sleeper car, "
        "sleeper train, train compartment, tram, dining car, subway train, metro car, cable car, "
        "school bus, railway carriage, window seat"
    ),
)
def train_interior(s: Scenery) -> None:
    """A compartment: wide windows past which the land runs, seats, luggage rack, straps that swing."""
    accent = s.palette.accent(0)
    wall = mix(s.rng.choice(("#c9b89c", "#a8b5b0", "#b59a86", "#9aa6b5")), accent, 0.12)
    b = s.layer(0.25)
    high, middle, low = s.palette.sky
    b.gradient((s.left, s.high, s.span, -0.15 - s.high), [high, middle, low], emit=True)
    _running_land(s)
    b = s.layer(0.80)
    _wall_with_windows(s, b, wall)
    b = s.layer(0.92)
    floor = "#5b5560"
    b.gradient((s.left, -0.085, s.span, s.low + 0.085), [darker(floor, 0.3), floor, darker(floor, 0.1)])
    b.rect(s.left, 0.055, s.span, 0.012, mix("#e8c34a", floor, 0.4))
    for x, facing in ((-0.98, 1), (-0.50, -1), (0.62, 1), (1.06, -1)):
        _seat(b, s.w * x, -0.02, facing, accent)
    for x in (-0.62, 0.0, 0.62):
        b.glow(s.w * x, -0.72, 0.62, "#ffe3ac", 0.34 * s.night)
        b.glow(s.w * x, 0.02, 0.40, "#ffe3ac", 0.24 * s.night, flat=0.2)
    _straps(s)
    n = s.layer(1.5, softness=0.02)
    n.line([(s.w - 0.06, -1.7), (s.w - 0.06, 0.6)], "#d9c9a0", 0.030)
    n.rect(-s.w - 0.35, -0.02, 0.40, 0.6, darker(accent, 0.45), r=0.07)
    s.key_light, s.key_side, s.floor_gloss = s.palette.sun if s.night < 0.5 else "#ffe0a8", 1, 0.10


def _running_land(s: Scenery) -> None:
    rng = s.rng
    far = [(rng.random() * 4, rng.uniform(0.04, 0.12), rng.uniform(0.3, 0.6)) for _ in range(10)]
    trees = [(rng.random() * 4, rng.uniform(0.10, 0.24)) for _ in range(12)]
    land, wood = mix("#7f9a62", s.palette.film[0], 0.12), mix("#3f6a48", s.palette.film[0], 0.12)
    lights = [(rng.random() * 4, rng.uniform(-0.26, -0.20)) for _ in range(16)]

    def wrap(x: float, speed: float, t_s: float) -> float:
        return (x - t_s * speed) % 4 - 2

    def draw(brush: Brush, clock: Clock) -> None:
        for x, h, w in far:
            cx = wrap(x, 0.10, clock.t_s)
            brush.oval(cx, -0.20, w, h, mix(land, s.palette.haze, 0.45))
        brush.rect(s.left, -0.22, s.span, 0.2, land)
        for x, y in lights:
            if s.night > 0.3:
                brush.circle(wrap(x, 0.28, clock.t_s), y, 0.006, "#ffd68a", alpha=s.night, emit=True)
        for x, h in trees:
            cx = wrap(x, 0.75, clock.t_s)
            brush.rect(cx - 0.008, -0.20, 0.016, 0.10, darker(wood, 0.5))
            brush.oval(cx, -0.19 - h * 0.5, h * 0.42, h * 0.55, darker(wood, 0.15))
            brush.oval(cx + h * 0.08, -0.22 - h * 0.55, h * 0.28, h * 0.36, lighter(wood, 0.12))
        pole = wrap(0.0, 2.3, clock.t_s)
        brush.rect(pole - 0.008, -0.9, 0.02, 0.9, "#3a3330", alpha=0.6)

    s.move(draw)


def _wall_with_windows(s: Scenery, b: Brush, wall: RGB) -> None:
    n = max(2, round(s.span / 0.74))
    pitch, gap = s.span / n, 0.09
    b.rect(s.left, s.high, s.span, -0.63 - s.high, darker(wall, 0.12))
    b.rect(s.left, -0.225, s.span, 0.16, darker(wall, 0.22))
    b.rect(s.left, -0.235, s.span, 0.016, lighter(wall, 0.25))
    b.shade((s.left, -0.22, s.span, 0.03), 0.3, 0.0)
    for i in range(n + 1):
        b.rect(s.left + i * pitch - gap / 2, -0.65, gap, 0.45, wall)
        b.rect(s.left + i * pitch - gap / 2, -0.65, 0.016, 0.45, darker(wall, 0.25))
    for i in range(n):
        x = s.left + i * pitch + gap / 2
        w = pitch - gap
        for box in ((x, -0.645, w, 0.016), (x, -0.245, w, 0.014), (x, -0.53, w, 0.009)):
            b.rect(*box, "#6b6f78")
        b.poly(
            [(x + w * 0.08, -0.63), (x + w * 0.30, -0.63), (x + w * 0.16, -0.25), (x, -0.25), (x, -0.42)],
            "#ffffff",
            alpha=0.09,
            emit=True,
        )
        b.blob(
            [
                (x - 0.01, -0.65),
                (x - 0.01, -0.65),
                (x + 0.075, -0.65),
                (x + 0.075, -0.65),
                (x + 0.03, -0.45),
                (x + 0.045, -0.25),
                (x - 0.01, -0.25),
                (x - 0.01, -0.25),
            ],
            s.palette.accent(1),
        )
        s.lamp(x + w / 2, -0.44, 0.42, s.palette.sun, 0.20 * (1 - s.night))
    b.rect(s.left, -0.735, s.span, 0.010, "#d9c9a0")
    for i in range(int(s.span / 0.03)):
        b.line([(s.left + i * 0.03, -0.735), (s.left + i * 0.03, -0.705)], "#b9a87c", 0.003)
    for i, x in enumerate((-0.70, -0.25, 0.45, 0.80)):
        tone = s.palette.accent(i + 1)
        b.rect(s.w * x - 0.10, -0.735 - 0.09, 0.20, 0.088, darker(tone, 0.2), r=0.012)
        b.rect(s.w * x - 0.10, -0.735 - 0.055, 0.20, 0.008, darker(tone, 0.5))
    b.rect(s.left, -0.80, s.span, 0.012, "#fff3d2", emit=True)
    s.lamp(0.0, -0.80, 0.6, "#ffe3ac", 0.12 + 0.24 * s.night)


def _seat(b: Brush, x: float, base: float, facing: int, tone: RGB) -> None:
    b.shadow(x, base + 0.002, 0.15, 0.014, 0.4)
    back = x - facing * 0.095
    b.rect(x - 0.11, base - 0.05, 0.22, 0.05, "#2c2b33", r=0.006)
    b.rect(back - 0.042, base - 0.42, 0.084, 0.37, darker(tone, 0.25), r=0.034)
    b.rect(
        back - 0.042 + (0.03 if facing > 0 else 0.0), base - 0.40, 0.054, 0.26, darker(tone, 0.05), r=0.024
    )
    b.rect(back - 0.036, base - 0.425, 0.072, 0.075, "#f0e6d4", r=0.026)
    b.rect(x - 0.125, base - 0.155, 0.25, 0.10, darker(tone, 0.08), r=0.03)
    b.rect(x - 0.115, base - 0.155, 0.23, 0.035, lighter(tone, 0.16), r=0.017)


def _straps(s: Scenery) -> None:
    n = max(3, int(s.span / 0.26))

    def draw(brush: Brush, clock: Clock) -> None:
        for i in range(n):
            x = s.left + (i + 0.5) * s.span / n
            swing = 0.014 * math.sin(clock.t_s * 2.3 + i * 0.5) + 0.008 * clock.pulse
            brush.line([(x, -0.80), (x + swing, -0.70)], "#4a3a30", 0.008)
            brush.line(
                [
                    (x + swing - 0.018, -0.672),
                    (x + swing, -0.70),
                    (x + swing + 0.018, -0.672),
                    (x + swing - 0.018, -0.672),
                ],
                "#f0e2c6",
                0.007,
            )

    s.move(draw)
