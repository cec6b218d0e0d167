"""A bridge at the rail: iron balusters between stone posts, dark water, the far bank's skyline."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import city
from storyboard.generators.video.animatic.pieces.season import birds, ground_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.pieces.water import sea
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_HORIZON = -0.35
_DECK = -0.075
_RAIL = 0.20
"""Height of the railing over the deck's far edge."""


@place(
    "bridge",
    seat="bench",
    words=(
        "bridge, footbridge, riverside, riverbank, embankment, viaduct, canal, suspension bridge, "
        "brooklyn bridge, river bank, golden gate bridge, iron bridge, stone bridge, quayside, "
        "waterfront, river walk, canal bank, aqueduct, seine, thames"
    ),
)
def bridge(s: Scenery) -> None:
    """A deck of stone, an iron railing with lamps, cables to a tower, a river and the far bank."""
    b = s.layer(0.10)
    sun_x = paint_sky(s, b, _HORIZON, sun_x=-0.35, clouds=6)
    bank = mix("#6d7890", s.palette.haze, 0.40)
    city.skyline(s, b, _HORIZON + 0.005, 0.05, 0.20, bank, width=0.085, cell=0.022)
    city.flicker_windows(s, _HORIZON, 0.14)
    _embankment(s, b)
    birds(s, _HORIZON)
    b = s.layer(0.30)
    sea(s, b, _HORIZON + 0.03, 0.10, sun_x)
    b.shade((s.left, _HORIZON + 0.03, s.span, 0.46), 0.18, 0.62)
    _mirrored_lights(s)
    b = s.layer(0.80)
    iron = mix("#55707a", s.palette.accent(0), 0.30)
    tower_x = s.about(0.62, 0.14)
    _tower(s, b, tower_x, iron)
    _cables(s, b, tower_x, iron)
    b = s.layer(0.93)
    _deck(s, b)
    _railing(s, b, darker(iron, 0.45))
    n = s.layer(1.5, softness=0.02)
    n.rect(-s.w - 0.30, -1.2, 0.27, 2.2, darker(iron, 0.55))
    for k in range(9):
        n.circle(-s.w - 0.055, -0.9 + k * 0.17, 0.012, darker(iron, 0.2))
    if s.palette.weather == "rain":
        city.puddles(s, b, 0.0)
    s.centre = -0.14


def _embankment(s: Scenery, b: Brush) -> None:
    stone = mix("#7a7467", s.palette.haze, 0.35)
    b.rect(s.left, _HORIZON - 0.004, s.span, 0.04, stone)
    b.rect(s.left, _HORIZON - 0.008, s.span, 0.008, lighter(ground_colour(s, "#8c8577"), 0.1))
    for i in range(12):
        x = s.left + (i + 0.5) * s.span / 12
        b.line([(x, _HORIZON), (x, _HORIZON - 0.045)], "#262b36", 0.003)
        b.circle(x, _HORIZON - 0.048, 0.005, "#ffdc9a", alpha=0.25 + 0.75 * s.night, emit=True)
        b.glow(x, _HORIZON - 0.048, 0.05, "#ffcf86", 0.55 * s.night)


def _mirrored_lights(s: Scenery) -> None:
    """Let the lamps of the far bank tremble in the river."""
    step = s.span / 12

    def draw(brush: Brush, clock: Clock) -> None:
        for i in range(12):
            x = s.left + (i + 0.5) * step
            for k in range(7):
                sway = math.sin(clock.t_s * (1.4 + 0.1 * k) + i * 2.1 + k * 1.3)
                y = _HORIZON + 0.042 + 0.021 * k
                bright = (0.62 - 0.07 * k) * s.night * (0.7 + 0.3 * clock.pulse)
                brush.oval(
                    x + 0.004 * k * sway, y, 0.009 + 0.002 * k, 0.0035, "#ffcf86", alpha=bright, emit=True
                )

    if s.night > 0.05:
        s.move(draw)


def _tower(s: Scenery, b: Brush, x: float, iron: Colour) -> None:
    """Stand a portal of riveted iron, its feet behind the railing."""
    top = -1.05
    for side in (-1, 1):
        leg = x + side * 0.115
        b.poly([(leg - 0.034, 0.0), (leg - 0.024, top), (leg + 0.024, top), (leg + 0.034, 0.0)], iron)
        b.rect(leg + 0.004 * side, top, 0.018, -top, darker(iron, 0.30))
        b.rect(leg - 0.036, top - 0.02, 0.072, 0.03, lighter(iron, 0.12), r=0.006)
    for y in (-0.98, -0.72, -0.46):
        b.rect(x - 0.10, y, 0.20, 0.026, darker(iron, 0.12))
        b.rect(x - 0.10, y, 0.20, 0.007, lighter(iron, 0.15))
    for y in (-0.955, -0.695):
        b.line([(x - 0.09, y), (x + 0.09, y + 0.235)], darker(iron, 0.25), 0.013)
        b.line([(x + 0.09, y), (x - 0.09, y + 0.235)], darker(iron, 0.18), 0.013)
    snow = s.palette.weather == "snow"
    if snow:
        b.rect(x - 0.152, top - 0.03, 0.304, 0.014, "#f2f6fc", r=0.006)
    b.circle(x, top - 0.03, 0.010, "#ff6a5a", emit=True)
    s.lamp(x, top - 0.03, 0.10, "#ff6a5a", 0.35 * s.night, pulse=0.6)


def _cables(s: Scenery, b: Brush, x: float, iron: Colour) -> None:
    """Hang the main cable from the tower to both sides, with hangers down to the deck."""
    for side, reach in ((-1, s.w * 1.75), (1, s.w * 0.95)):
        n = max(6, round(reach / 0.10))
        curve = [
            (x + side * (0.115 + reach * i / n), -1.04 + 0.78 * (1 - (1 - i / n) ** 2)) for i in range(n + 1)
        ]
        for px, py in curve[1:]:
            b.line([(px, py), (px, 0.0)], darker(iron, 0.15), 0.0042)
        b.line(curve, darker(iron, 0.10), 0.020, smooth=True)
        b.line([(px, py - 0.005) for px, py in curve], lighter(iron, 0.25), 0.005, smooth=True)


def _deck(s: Scenery, b: Brush) -> None:
    """Lay slabs behind a kerb."""
    stone = ground_colour(s, "#9c948a")
    b.gradient((s.left, _DECK, s.span, s.low - _DECK), [darker(stone, 0.15), stone, darker(stone, 0.18)])
    rows = [_DECK + (s.low - _DECK) * (k / 5) ** 1.5 for k in range(6)]
    for k, y in enumerate(rows[1:-1]):
        b.line([(s.left, y), (s.right, y)], darker(stone, 0.35), 0.004, alpha=0.7)
        for i in range(-9, 10):
            spread = 0.30 * (1 + 1.6 * (y - _DECK))
            x = (i + 0.5 * (k % 2)) * spread
            b.line([(x, rows[k]), (x * 1.12, y)], darker(stone, 0.32), 0.0035, alpha=0.6)
    b.rect(s.left, _DECK - 0.022, s.span, 0.034, darker(stone, 0.22))
    b.rect(s.left, _DECK - 0.024, s.span, 0.010, lighter(stone, 0.15))
    b.shade((s.left, _DECK + 0.010, s.span, 0.03), 0.35, 0.0)


def _railing(s: Scenery, b: Brush, iron: Colour) -> None:
    foot, top = _DECK - 0.02, _DECK - 0.02 - _RAIL
    posts = [s.w * x for x in (-1.02, -0.34, 0.34, 1.02)]
    n = round(s.span / 0.034)
    for i in range(n):
        x = s.left + (i + 0.5) * s.span / n
        b.line([(x, foot), (x, top)], iron, 0.0065)
        if i % 2 == 0:
            b.circle(x, top + 0.035, 0.008, iron)
    for y, thick in ((top + 0.052, 0.008), (foot - 0.022, 0.012)):
        b.rect(s.left, y, s.span, thick, iron)
    b.rect(s.left, top - 0.012, s.span, 0.022, darker(iron, 0.1), r=0.006)
    b.rect(
        s.left, top - 0.013, s.span, 0.006, "#f2f6fc" if s.palette.weather == "snow" else lighter(iron, 0.35)
    )
    stone = ground_colour(s, "#8d857a") if s.palette.weather != "snow" else "#8d857a"
    for i, x in enumerate(posts):
        b.rect(x - 0.046, top - 0.035, 0.092, foot - top + 0.05, stone, r=0.004)
        b.rect(x - 0.046, top - 0.035, 0.026, foot - top + 0.05, darker(stone, 0.25))
        b.rect(x - 0.056, top - 0.052, 0.112, 0.022, lighter(ground_colour(s, "#8d857a"), 0.15), r=0.004)
        b.rect(x - 0.056, foot - 0.006, 0.112, 0.026, darker(stone, 0.15), r=0.003)
        if i in (1, 2):
            _lantern(s, b, x, top - 0.05)


def _lantern(s: Scenery, b: Brush, x: float, base: float) -> None:
    iron, height = "#20242e", 0.30
    b.line([(x, base), (x, base - height)], iron, 0.011)
    b.rect(x - 0.016, base - 0.03, 0.032, 0.03, iron, r=0.004)
    b.line([(x - 0.035, base - height * 0.8), (x + 0.035, base - height * 0.8)], iron, 0.006)
    y = base - height
    lit = "#ffdc9a" if s.night > 0.2 else "#dfe6ea"
    b.glow(x, y - 0.03, 0.30, "#ffcf86", 0.55 * s.night)
    b.poly(
        [(x - 0.016, y), (x + 0.016, y), (x + 0.027, y - 0.062), (x - 0.027, y - 0.062)],
        lit,
        emit=s.night > 0.2,
    )
    b.line([(x, y), (x, y - 0.062)], iron, 0.003)
    b.poly([(x - 0.034, y - 0.060), (x + 0.034, y - 0.060), (x, y - 0.090)], iron)
    b.glow(x, _DECK + 0.02, 0.26, "#ffcf86", 0.30 * s.night, flat=0.22)
    s.lamp(x, y - 0.03, 0.26, "#ffcf86", 0.45 * s.night)
