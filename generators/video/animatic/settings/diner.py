"""A diner: a chrome counter with stools, red booths by the window, a jukebox, neon over the hatch."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import furniture, interior, lamps
from storyboard.generators.video.animatic.pieces.people import sitter
from storyboard.generators.video.animatic.pieces.said import is_crowded, is_deserted
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR
_CHROME = "#c3c8d0"


@place(
    "diner",
    seat="stool",
    indoor=True,
    words=(
        "diner, roadside diner, diner booth, burger joint, fast food restaurant, fast-food joint, "
        "diner counter, milkshake bar, soda fountain, all-night diner, lunch counter"
    ),
)
def diner(s: Scenery) -> None:
    """A diner: a chrome counter with stools, red booths by the window, a jukebox, neon over the hatch."""
    red: RGB = mix(s.rng.choice(("#b8343a", "#2f8f8a", "#c2663a")), s.palette.accent(0), 0.15)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.68)
    interior.room(s, b, mix("#efe3cc", s.palette.accent(1), 0.10), low_wall=darker(red, 0.12))
    b.rect(s.left, FLOOR - 0.30, s.span, 0.022, _CHROME)
    pane = min(0.62, s.w * 0.86)
    interior.window(s, b, -side * s.w * 0.52 - pane / 2, -0.72, pane, 0.36, _CHROME, panes=(3, 1))
    _hatch(s, b, side * s.w * 0.56, red)
    _neon(s, b, side * s.w * 0.56, -0.76, red)
    b = s.layer(0.84)
    interior.tile_floor(s, b, "#efe8da", "#2a2c33")
    _counter(s, b, side, red)
    b = s.layer(0.95)
    for i, x in enumerate((-0.80, -0.34) if s.w > 0.6 else (-0.78,)):
        _booth(s, b, -side * -x * s.w, FLOOR + 0.03, red, i)
    _jukebox(s, b, side * s.w * 0.97, FLOOR + 0.035)
    for i, x in enumerate((-0.72, -0.26, 0.30, 0.74)):
        if s.w > 0.6 or i % 2 == 0:
            lamps.pendant(s, b, s.w * x, -0.63, 0.055, mix(red, "#fff2dc", 0.1), strength=0.40)
    s.centre, s.key_light, s.key_side = -0.06 * side, "#ffd09a", 1 if side > 0 else -1


def _hatch(s: Scenery, b: Brush, x: float, red: RGB) -> None:
    """Paint the opening to the kitchen, with a rail of orders and a menu board beside it."""
    w = min(0.40, s.w * 0.7)
    b.rect(x - w / 2 - 0.015, -0.635, w + 0.03, 0.225, _CHROME, r=0.006)
    b.gradient((x - w / 2, -0.62, w, 0.19), ["#5d5148", "#8a7458"])
    b.rect(x - w * 0.36, -0.50, w * 0.30, 0.07, "#9aa0aa", r=0.004)
    b.oval(x + w * 0.22, -0.44, w * 0.12, 0.045, "#3a3432")
    b.line([(x - w / 2, -0.605), (x + w / 2, -0.605)], "#e4e7ec", 0.005)
    for i in range(5):
        slip = x - w * 0.40 + i * w * 0.18 + s.rng.uniform(0, 0.02)
        b.rect(slip, -0.605, 0.028, s.rng.uniform(0.04, 0.06), "#fbf5e2")
    b.rect(x - w / 2 - 0.02, -0.412, w + 0.04, 0.014, lighter(_CHROME, 0.3))
    s.lamp(x, -0.54, 0.22, "#ffdba8", 0.25 + 0.15 * s.night)


def _neon(s: Scenery, b: Brush, x: float, y: float, red: RGB) -> None:
    """Paint a neon sign: a cup in an oval, that breathes with the beat."""
    b.oval(x, y + 0.03, 0.19, 0.072, "#20242e")
    tone, glow = mix("#ff5a66", red, 0.3), s.palette.light("#ff5a66")

    def draw(brush: Brush, clock: Clock) -> None:
        bright = 0.74 + 0.26 * clock.pulse
        oval = [
            (x + 0.172 * math.cos(k * math.tau / 20), y + 0.03 + 0.058 * math.sin(k * math.tau / 20))
            for k in range(21)
        ]
        brush.line(oval, tone, 0.016, alpha=0.25 * bright, emit=True)
        brush.line(oval, "#ffd9d9", 0.005, alpha=bright, emit=True)
        cup = [(x - 0.05, y + 0.012), (x - 0.04, y + 0.056), (x + 0.03, y + 0.056), (x + 0.04, y + 0.012)]
        brush.line([*cup, cup[0]], "#bff4ff", 0.006, alpha=bright, emit=True)
        brush.line(
            [(x + 0.04, y + 0.02), (x + 0.066, y + 0.03), (x + 0.036, y + 0.044)], "#bff4ff", 0.005, emit=True
        )

    s.move(draw)
    s.lamp(x, y + 0.03, 0.30, glow, 0.25 + 0.30 * s.night, pulse=0.4)


def _counter(s: Scenery, b: Brush, side: int, red: RGB) -> None:
    base, h = FLOOR + 0.006, 0.33
    inner, outer = side * s.w * 0.14, side * (s.w + s.pad + 0.1)
    left, w = min(inner, outer), abs(outer - inner)
    b.shadow(left + w / 2, base + 0.006, w * 0.52, 0.016, 0.4)
    b.rect(left, base - h, w, h, darker(red, 0.25))
    for k in range(5):
        b.rect(left, base - h + 0.05 + k * 0.045, w, 0.012, mix(_CHROME, red, 0.15))
    b.rect(left - 0.012, base - h - 0.022, w + 0.024, 0.034, _CHROME, r=0.012)
    b.rect(left - 0.012, base - h - 0.022, w + 0.024, 0.010, "#f4f6f8", r=0.005)
    top = base - h - 0.022
    x = side * s.w * 0.44
    b.oval(x, top - 0.004, 0.062, 0.010, _CHROME)
    b.oval(x, top - 0.030, 0.048, 0.026, "#c98a4a")
    b.oval(x, top - 0.046, 0.050, 0.030, "#e6f2f4", alpha=0.45)
    for k, tone in enumerate(("#c2262c", "#e6b23c", "#f2efe8")):
        b.rect(side * s.w * 0.66 + k * 0.030, top - 0.062, 0.018, 0.062, tone, r=0.005)
    furniture.cup(b, side * s.w * 0.30, top, 0.032, "#f6efe2")
    furniture.steam(s, side * s.w * 0.30, top - 0.04)
    taken = 0.0 if is_deserted(s) else 0.85 if is_crowded(s) else 0.34
    for i in range(5 if s.w > 0.6 else 3):
        at = side * s.w * (0.26 + 0.19 * i if s.w > 0.6 else 0.35 + 0.3 * i)
        seat = base - 0.17
        b.rect(at - 0.008, seat, 0.016, base + 0.030 - seat, _CHROME)
        b.oval(at, base + 0.032, 0.040, 0.009, darker(_CHROME, 0.3))
        b.rect(at - 0.046, seat - 0.022, 0.092, 0.030, red, r=0.013)
        b.rect(at - 0.046, seat + 0.002, 0.092, 0.007, _CHROME)
        if i > 0 and s.rng.random() < taken:
            sitter(s, b, at, seat - 0.02, mix("#2c2a38", s.palette.accent(i), 0.22), facing=side, scale=0.82)


def _booth(s: Scenery, b: Brush, x: float, base: float, red: RGB, index: int) -> None:
    """Paint two benches that face each other over a table."""
    b.shadow(x, base + 0.004, 0.24, 0.014, 0.4)
    for side in (-1, 1):
        back = x + side * 0.185
        b.rect(back - 0.030, base - 0.36, 0.060, 0.36, darker(red, 0.18), r=0.018)
        for k in range(3):
            b.rect(back - 0.022 + k * 0.016, base - 0.34, 0.010, 0.20, lighter(red, 0.10), r=0.004)
        b.rect(min(back, x + side * 0.085), base - 0.17, 0.10, 0.045, lighter(red, 0.04), r=0.014)
        b.rect(min(back, x + side * 0.085), base - 0.13, 0.10, 0.13, darker(red, 0.36))
        if index == 1 and is_crowded(s):
            tone = mix("#2c2a38", s.palette.accent(side), 0.22)
            sitter(s, b, x + side * 0.13, base - 0.17, tone, facing=-side, scale=0.9)
    b.rect(x - 0.008, base - 0.24, 0.016, 0.24, _CHROME)
    b.rect(x - 0.095, base - 0.262, 0.19, 0.024, "#f1ead9", r=0.006)
    b.rect(x - 0.095, base - 0.246, 0.19, 0.007, _CHROME)
    b.rect(x - 0.075, base - 0.315, 0.014, 0.053, "#c2262c", r=0.004)
    b.rect(x - 0.055, base - 0.300, 0.013, 0.038, "#eef1f4", r=0.004)
    furniture.cup(b, x + 0.04, base - 0.262, 0.028, "#f6efe2")


def _jukebox(s: Scenery, b: Brush, x: float, base: float) -> None:
    s.filled.append((x - 0.11, x + 0.11))
    b.shadow(x, base, 0.12, 0.012, 0.45)
    b.rect(x - 0.10, base - 0.30, 0.20, 0.30, "#5a3426", r=0.01)
    b.oval(x, base - 0.30, 0.10, 0.11, "#5a3426")
    b.oval(x, base - 0.30, 0.074, 0.082, "#ffd59a", emit=True)
    b.rect(x - 0.074, base - 0.30, 0.148, 0.10, "#ffd59a", emit=True)
    b.oval(x, base - 0.285, 0.052, 0.052, "#26242c")
    b.oval(x, base - 0.285, 0.018, 0.018, "#c2434a")
    b.rect(x - 0.074, base - 0.17, 0.148, 0.14, "#2f2430", r=0.01)

    def draw(brush: Brush, clock: Clock) -> None:
        for k, tone in enumerate(("#ff6a5a", "#ffc04a", "#5ad0c0")):
            share = 0.45 + 0.55 * max(0.0, math.sin(clock.beat * math.pi / 2 + k * 2.1))
            for side in (-1, 1):
                at = x + side * (0.090 - 0.011 * k) - 0.004
                brush.rect(at, base - 0.30, 0.008, 0.28, tone, alpha=share, emit=True)

    s.move(draw)
    s.lamp(x, base - 0.24, 0.24, "#ffb36a", 0.22 + 0.25 * s.night, pulse=0.4)
