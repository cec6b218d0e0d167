"""Sand, surf that comes and goes, palms at the edge, an island and sails."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import nature
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.pieces.water import sea
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "beach",
    seat="rock",
    words=(
        "beach, sea, ocean, shore, coast, sand, island, wave, surf, seaside, lagoon, cove, bay, "
        "shoreline, tide, boardwalk, beach bar, beach house, beach bonfire, desert island, coastline, "
        "sandbank, malibu, reef, underwater"
    ),
)
def beach(s: Scenery) -> None:
    """Sand, surf that comes and goes, palms at the edge, an island and sails."""
    horizon = -0.24
    b = s.layer(0.08)
    sun_x = paint_sky(s, b, horizon, sun_x=-0.30, clouds=6)
    island, x, tall = mix("#5d7f78", s.palette.haze, 0.35), s.about(0.62, 0.45), s.rng.uniform(0.5, 1.2)
    spread = ((-0.30, -0.01), (-0.15, 0.05), (0.0, 0.035), (0.15, 0.085), (0.45, 0.03), (0.55, -0.01))
    b.blob([(x + s.w * dx, horizon - dy * tall) for dx, dy in spread], island)
    b = s.layer(0.20)
    sea(s, b, horizon, -0.02, sun_x)
    _sail(s, horizon)
    b = s.layer(0.90)
    sand = mix("#e9cf9c", "#f2f4fa", 0.75 if s.palette.weather == "snow" else 0.0)
    shore = [
        (s.left - 0.3, -0.075),
        (-s.w * 0.5, -0.062),
        (0.0, -0.085),
        (s.w * 0.45, -0.066),
        (s.right + 0.3, -0.09),
    ]
    b.blob([(s.left - 0.4, s.low + 0.4), *shore, (s.right + 0.4, s.low + 0.4)], darker(sand, 0.26))
    dry = [(x, y + 0.032 + 0.012 * math.sin(x * 9)) for x, y in shore]
    b.blob([(s.left - 0.4, s.low + 0.4), *dry, (s.right + 0.4, s.low + 0.4)], sand)
    for _ in range(40):
        b.oval(
            s.rng.uniform(s.left, s.right),
            s.rng.uniform(0.0, s.low),
            s.rng.uniform(0.03, 0.09),
            0.004,
            darker(sand, 0.16),
            alpha=0.5,
        )
    _surf(s, shore)
    for x, h, lean in (
        (s.rng.uniform(0.70, 0.86), s.rng.uniform(0.62, 0.80), -0.10),
        (0.98, s.rng.uniform(0.46, 0.60), 0.06),
    ):
        _palm(b, s.w * x, 0.0, h, lean)
    _towel_and_shells(s, b)
    n = s.layer(1.5, softness=0.02)
    nature.fronds(n, -s.w - 0.04, s.top + 0.02, 0.52, "#2f6b45", n=8, spread=(0.05, 1.5))
    nature.grass(n, s.rng, s.w * 0.65, s.right + 0.1, s.bottom + 0.10, 0.12, "#8c9a55", n=26)
    s.centre = -0.10


def _surf(s: Scenery, shore: list[tuple[float, float]]) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        for k in range(2):
            reach = 0.012 * math.sin(clock.t_s * 0.75 + k * 2.4) + 0.004 * clock.pulse
            edge = [
                (x, y + reach + 0.016 - k * 0.020 + 0.005 * math.sin(x * 14 + clock.t_s + k))
                for x, y in shore
            ]
            brush.line(edge, "#ffffff", 0.010 - 0.003 * k, alpha=0.72 - 0.2 * k, smooth=True)

    s.move(draw)


def _sail(s: Scenery, horizon: float) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        x = s.w * 0.18 + clock.t_s * 0.004
        bob = 0.002 * math.sin(clock.t_s * 1.6)
        y = horizon + 0.022 + bob
        brush.poly(
            [(x - 0.026, y), (x + 0.030, y), (x + 0.020, y + 0.011), (x - 0.018, y + 0.011)], "#6b3f34"
        )
        brush.poly([(x, y - 0.003), (x, y - 0.075), (x + 0.028, y - 0.003)], "#fff7ea")
        brush.poly([(x - 0.004, y - 0.003), (x - 0.004, y - 0.062), (x - 0.022, y - 0.003)], "#f0d9c4")

    s.move(draw)


def _palm(b: Brush, x: float, base: float, h: float, lean: float) -> None:
    bark = "#8b6a4b"
    b.shadow(x - 0.02, base + 0.004, 0.14, 0.014, 0.32)
    top = (x + lean, base - h)
    middle = (x + lean * 0.25, base - h * 0.5)
    b.line([(x, base), middle, top], darker(bark, 0.25), 0.034, smooth=True)
    b.line(
        [(x + 0.007, base), (middle[0] + 0.007, middle[1]), (top[0] + 0.006, top[1])],
        lighter(bark, 0.1),
        0.011,
        smooth=True,
    )
    for k in range(9):
        share = (k + 0.5) / 9
        cx = x + lean * share * share
        b.line(
            [(cx - 0.015, base - h * share), (cx + 0.015, base - h * share - 0.004)],
            darker(bark, 0.45),
            0.004,
        )
    nature.fronds(b, top[0], top[1] + 0.01, 0.30, "#3f8a55", n=7, spread=(-3.7, -1.75))
    nature.fronds(b, top[0], top[1] + 0.01, 0.30, "#4f9a5c", n=7, spread=(-1.35, 0.55))
    for dx in (-0.016, 0.014):
        b.circle(top[0] + dx, top[1] + 0.022, 0.016, "#6a4a30")


def _towel_and_shells(s: Scenery, b: Brush) -> None:
    tone, x = s.palette.accent(0), -s.w * 0.70
    for k in range(5):
        x0, x1 = x - 0.16 + k * 0.064, x - 0.16 + (k + 1) * 0.064
        b.poly(
            [(x0 + 0.03, 0.02), (x1 + 0.03, 0.02), (x1 - 0.01, 0.062), (x0 - 0.01, 0.062)],
            tone if k % 2 else mix(tone, "#fff3e0", 0.8),
        )
    b.line([(x + 0.04, 0.03), (x + 0.015, -0.36)], "#efe3d0", 0.009)
    for k in range(6):
        a0, a1 = math.pi + k * math.pi / 6, math.pi + (k + 1) * math.pi / 6
        tip, r = (x + 0.012, -0.37), 0.22
        p0, p1 = ((tip[0] + math.cos(a) * r, tip[1] + 0.10 + math.sin(a) * r * 0.48) for a in (a0, a1))
        b.poly([tip, p0, p1], tone if k % 2 else mix(tone, "#fff3e0", 0.82))
    b.shadow(x + 0.02, 0.038, 0.20, 0.014, 0.22)
