"""Another world."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, Colour, mix
from storyboard.generators.video.animatic.pieces import nature
from storyboard.generators.video.animatic.pieces.said import colour_said, says
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "space",
    seat="rock",
    words=(
        "space, moon, planet, mars, galaxy, orbit, rocket, astronaut, lunar, cosmos, spaceship, alien, "
        "space station, outer space, starship, spacecraft, surface of the moon, another planet, asteroid, "
        "universe, alien planet, alien world, nebula, milky way, crater"
    ),
)
def moon(s: Scenery) -> None:
    """Another world: a ringed planet over craters, a lander with its lights on, stars and a comet."""
    accent, second = s.palette.accent(0), s.palette.accent(2)
    sees_earth = says(s, "earth|blue planet|blue marble|blue dot|blue earth")
    soil: Colour = "#8f93a8" if sees_earth else colour_said(s, "planet|world|sand|dust|desert", "#8f93a8")
    soil = "#b5613c" if says(s, "mars|martian") else soil
    dark = mix("#070818", second, 0.10)
    b = s.layer(0.04)
    b.gradient(
        (s.left, s.high, s.span, s.low - s.high),
        [darker(dark, 0.5), dark, mix(dark, accent, 0.30)],
        emit=True,
    )
    for _ in range(9):
        b.glow(
            s.rng.uniform(s.left, s.right),
            s.rng.uniform(s.top, -0.2),
            s.rng.uniform(0.2, 0.5),
            (accent, second)[s.rng.randrange(2)],
            0.10,
        )
    _stars(s)
    b = s.layer(0.12)
    place = (s.about(0.36, 0.16), s.rng.uniform(-0.58, -0.44), s.rng.uniform(0.15, 0.23))
    if sees_earth:
        _earth(s, b, *place)
    else:
        _planet(b, *place, accent, second)
    if says(s, "two (?:small )?moons|moons"):
        for x, y, r in ((-0.52, -0.62, 0.034), (-0.36, -0.50, 0.020)):
            b.circle(s.w * x, y, r, "#d9d4c8", emit=True)
            b.circle(s.w * x - r * 0.4, y + r * 0.2, r * 0.9, "#05040f", alpha=0.4, emit=True)
    b = s.layer(0.4)
    ground = mix(soil, second, 0.18 if soil == "#8f93a8" else 0.05)
    edge = nature.ridge(s.rng, s.left - 0.2, s.right + 0.2, -0.07, 0.14, n=12)
    b.poly([(s.left - 0.3, 0.4), *edge, (s.right + 0.3, 0.4)], darker(ground, 0.45), emit=True)
    b = s.layer(0.92)
    b.gradient(
        (s.left, -0.075, s.span, s.low + 0.1),
        [darker(ground, 0.35), darker(ground, 0.12), darker(ground, 0.35)],
        emit=True,
    )
    for _ in range(15):
        y = s.rng.uniform(-0.055, s.bottom)
        rx = (0.03 + (y + 0.07) * 0.42) * s.rng.uniform(0.6, 1.3)
        x = s.rng.uniform(s.left, s.right)
        b.oval(x, y, rx, rx * 0.20, darker(ground, 0.5), emit=True)
        b.oval(x + rx * 0.05, y + rx * 0.05, rx * 0.92, rx * 0.15, darker(ground, 0.28), emit=True)
        b.line(
            [(x - rx * 0.9, y + rx * 0.06), (x, y + rx * 0.19), (x + rx * 0.9, y + rx * 0.06)],
            lighter(ground, 0.2),
            0.004,
            emit=True,
            smooth=True,
        )
    if says(s, "dome|base|colony|habitat"):
        _domes(s, b)
    if says(s, "rocket|launch"):
        _rocket(s, b, -s.w * 0.66, -0.01, accent)
    else:
        _lander(s, b, -s.w * 0.66, -0.01, accent)
    n = s.layer(1.5, softness=0.02)
    n.blob(
        [(s.w - 0.26, 0.5), (s.w - 0.20, 0.12), (s.w - 0.02, 0.02), (s.w + 0.3, 0.06), (s.w + 0.4, 0.5)],
        "#0d0e1c",
        emit=True,
    )
    s.key_light, s.key_side, s.centre, s.weathered = mix(accent, "#ffffff", 0.35), 1, 0.14, False


def _stars(s: Scenery) -> None:
    stars = [(s.rng.uniform(s.left, s.right), s.rng.uniform(s.high, 0.0), s.rng.random()) for _ in range(130)]

    def draw(brush: Brush, clock: Clock) -> None:
        for x, y, phase in stars:
            bright = 0.55 + 0.35 * math.sin(clock.t_s * (0.7 + 2 * phase) + phase * 50) + 0.2 * clock.pulse
            brush.circle(x, y, 0.001 + 0.0022 * phase**3, "#f2f4ff", alpha=min(1.0, bright), emit=True)
        share = (clock.t_s * 0.16) % 1.0
        x, y = s.left + s.span * share * 1.2, -0.72 + 0.25 * share
        for k in range(8):
            brush.circle(
                x - k * 0.012, y - k * 0.0026, 0.0036 - 0.0004 * k, "#ffffff", alpha=0.8 - 0.1 * k, emit=True
            )

    s.move(draw)


def _planet(b: Brush, x: float, y: float, r: float, tone: RGB, second: RGB) -> None:
    b.glow(x, y, r * 2.2, tone, 0.35)
    canvas = b.canvas
    ring = [
        (
            x + math.cos(a * math.tau / 40) * r * 1.75,
            y + math.sin(a * math.tau / 40) * r * 0.30 - math.cos(a * math.tau / 40) * r * 0.22,
        )
        for a in range(41)
    ]
    b.line(ring[20:41], mix(second, "#ffffff", 0.4), r * 0.085, alpha=0.55, emit=True)
    canvas.save()
    clip = skia.Path()
    clip.addCircle(x, y, r)
    canvas.clipPath(clip, True)
    b.circle(x, y, r, tone, emit=True)
    for k in range(6):
        b.oval(
            x,
            y - r * 0.75 + k * r * 0.30,
            r * 1.1,
            r * 0.09,
            (darker(tone, 0.22), lighter(tone, 0.25), mix(tone, second, 0.45))[k % 3],
            alpha=0.8,
            emit=True,
        )
    b.circle(x - r * 0.55, y + r * 0.25, r * 1.15, "#05040f", alpha=0.45, emit=True)
    canvas.restore()
    b.line(ring[0:21], mix(second, "#ffffff", 0.5), r * 0.085, alpha=0.85, emit=True)


def _earth(s: Scenery, b: Brush, x: float, y: float, r: float) -> None:
    """Paint the Earth: oceans, land, white swirls, a thin shine of air, half in its own shadow."""
    b.glow(x, y, r * 2.0, "#7fb8ff", 0.40)
    canvas = b.canvas
    canvas.save()
    clip = skia.Path()
    clip.addCircle(x, y, r)
    canvas.clipPath(clip, True)
    b.circle(x, y, r, "#2a6fc4", emit=True)
    for dx, dy, w, h in ((-0.35, -0.30, 0.42, 0.30), (-0.12, 0.22, 0.26, 0.42), (0.52, -0.18, 0.40, 0.46)):
        cx, cy = x + dx * r, y + dy * r
        edge = [
            (
                cx + math.cos(k * math.tau / 9) * w * r * s.rng.uniform(0.6, 1.1),
                cy + math.sin(k * math.tau / 9) * h * r * s.rng.uniform(0.6, 1.1),
            )
            for k in range(9)
        ]
        b.blob(edge, "#4f9a5a", emit=True)
        b.oval(cx + w * r * 0.15, cy, w * r * 0.35, h * r * 0.3, "#b9a86a", alpha=0.7, emit=True)
    for _ in range(9):
        cx, cy = x + r * s.rng.uniform(-0.8, 0.8), y + r * s.rng.uniform(-0.85, 0.85)
        b.oval(
            cx,
            cy,
            r * s.rng.uniform(0.14, 0.36),
            r * s.rng.uniform(0.03, 0.07),
            "#ffffff",
            alpha=0.8,
            emit=True,
        )
    b.oval(x, y - r * 0.95, r * 0.5, r * 0.12, "#ffffff", emit=True)
    b.circle(x - r * 0.60, y + r * 0.28, r * 1.18, "#04061a", alpha=0.45, emit=True)
    canvas.restore()


def _domes(s: Scenery, b: Brush) -> None:
    """Paint a base: lit domes, joined by a tube."""
    base = -0.060
    b.rect(s.w * 0.36, base - 0.035, s.w * 0.55, 0.035, "#9a9db0", r=0.016, emit=True)
    for x, r in ((0.40, 0.115), (0.78, 0.155)):
        at = s.w * x
        b.canvas.save()
        b.canvas.clipRect(skia.Rect.MakeLTRB(at - 1, -2, at + 1, base))
        b.circle(at, base, r, "#c9d6e8", emit=True)
        b.circle(at + r * 0.12, base - r * 0.06, r * 0.86, "#ffe3ae", alpha=0.55, emit=True)
        for k in range(3):
            b.circle(at, base, r * (0.34 + 0.32 * k), "#7f8aa6", alpha=0.16, emit=True)
        b.canvas.restore()
        b.line([(at, base - r), (at, base)], "#8f98b0", 0.004, emit=True)
        b.rect(at - 0.020, base - 0.052, 0.040, 0.052, "#3c4258", r=0.008, emit=True)
        s.lamp(at, base - r * 0.5, r * 2.0, "#ffe3ae", 0.40)


def _rocket(s: Scenery, b: Brush, x: float, base: float, tone: RGB) -> None:
    """Paint a rocket with stripes on its fins."""
    s.filled.append((x - 0.14, x + 0.14))
    b.shadow(x, base + 0.002, 0.15, 0.014, 0.5)
    for side in (-1, 1):
        fin = [
            (x + side * 0.060, base - 0.20),
            (x + side * 0.135, base - 0.02),
            (x + side * 0.125, base),
            (x + side * 0.055, base - 0.07),
        ]
        b.poly(fin, darker(tone, 0.15), emit=True)
    hull = [
        (x - 0.055, base - 0.045),
        (x - 0.078, base - 0.30),
        (x - 0.060, base - 0.48),
        (x, base - 0.66),
        (x + 0.060, base - 0.48),
        (x + 0.078, base - 0.30),
        (x + 0.055, base - 0.045),
    ]
    b.blob(hull, "#e6e8f0", emit=True)
    b.blob(
        [
            (x - 0.050, base - 0.05),
            (x - 0.074, base - 0.30),
            (x - 0.056, base - 0.48),
            (x - 0.02, base - 0.56),
            (x - 0.035, base - 0.30),
            (x - 0.025, base - 0.05),
        ],
        "#a9adc2",
        emit=True,
    )
    for y in (-0.13, -0.19):
        b.rect(x - 0.067, base + y, 0.134, 0.026, tone, emit=True)
    b.circle(x + 0.008, base - 0.37, 0.036, "#2a2d44", emit=True)
    b.circle(x + 0.008, base - 0.37, 0.027, "#ffdc9a", emit=True)
    b.rect(x - 0.030, base - 0.045, 0.060, 0.022, "#4a4d60", r=0.005, emit=True)
    s.lamp(x + 0.008, base - 0.37, 0.18, "#ffdc9a", 0.5)


def _lander(s: Scenery, b: Brush, x: float, base: float, tone: RGB) -> None:
    s.filled.append((x - 0.18, x + 0.18))
    b.shadow(x, base + 0.002, 0.20, 0.016, 0.5)
    for dx in (-0.17, 0.17):
        b.line([(x + dx * 0.5, base - 0.16), (x + dx, base - 0.005)], "#c9ccda", 0.010, emit=True)
        b.rect(x + dx - 0.03, base - 0.012, 0.06, 0.012, "#9a9db0", emit=True, r=0.004)
    b.rect(x - 0.12, base - 0.19, 0.24, 0.07, "#d8b25a", emit=True, r=0.01)
    b.blob(
        [
            (x - 0.13, base - 0.19),
            (x - 0.14, base - 0.32),
            (x - 0.07, base - 0.44),
            (x + 0.07, base - 0.44),
            (x + 0.14, base - 0.32),
            (x + 0.13, base - 0.19),
        ],
        "#dfe2ee",
        emit=True,
    )
    b.blob(
        [
            (x - 0.13, base - 0.19),
            (x - 0.14, base - 0.32),
            (x - 0.07, base - 0.44),
            (x - 0.03, base - 0.44),
            (x - 0.07, base - 0.30),
            (x - 0.06, base - 0.19),
        ],
        "#9fa3b8",
        emit=True,
    )
    b.circle(x + 0.02, base - 0.315, 0.046, "#2a2d44", emit=True)
    b.circle(x + 0.02, base - 0.315, 0.036, "#ffdc9a", emit=True)
    b.line([(x + 0.05, base - 0.43), (x + 0.09, base - 0.53)], "#c9ccda", 0.005, emit=True)
    b.circle(x + 0.09, base - 0.53, 0.008, mix(tone, "#ffffff", 0.3), emit=True)
    s.lamp(x + 0.02, base - 0.315, 0.20, "#ffdc9a", 0.5)
    s.lamp(x + 0.09, base - 0.53, 0.09, tone, 0.7, pulse=0.9)
