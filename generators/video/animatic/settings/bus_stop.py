"""A bus stop: a glass shelter with a bench and a timetable, a sign, a road, fields or houses behind."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city, nature, trees
from storyboard.generators.video.animatic.pieces.season import ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "bus stop",
    seat="bench",
    words="bus stop, bus shelter, tram stop, bus station, bus stop bench, bus depot, coach stop",
)
def bus_stop(s: Scenery) -> None:
    """A bus stop: a glass shelter with a bench and a timetable, a sign, a road, trees or houses behind."""
    side = s.rng.choice((-1, 1))
    b = s.layer(0.12)
    paint_sky(s, b, -0.22, sun_x=-0.4 * side, clouds=7)
    b = s.layer(0.34)
    if s.rng.random() < 0.6:
        city.skyline(s, b, -0.12, 0.10, 0.34, mix("#5d667a", s.palette.haze, 0.35), width=0.16)
    else:
        nature.hills(s, b, -0.14, 0.12, mix("#6f8f6a", s.palette.haze, 0.4))
    b = s.layer(0.62)
    grass = ground_colour(s, "#7d9a58")
    b.gradient((s.left, -0.15, s.span, 0.2), [darker(grass, 0.15), grass])
    for x in (-0.86, -0.46, 0.12, 0.52, 0.95):
        if abs(x) > 0.3 or s.rng.random() < 0.5:
            height = s.rng.uniform(0.34, 0.52)
            trees.tree(s, b, s.about(x, 0.06), -0.115, height, leaf_colour(s, "#5f8a4e"), side=s.key_side)
    b = s.layer(0.90)
    _ground(s, b)
    shelter = side * s.w * (0.44 if s.w > 0.6 else 0.18)
    _shelter(s, b, shelter, min(0.40, s.w * 0.62))
    _sign(s, b, -side * s.w * 0.36 if s.w > 0.6 else -side * s.w * 0.84)
    city.street_lamp(s, b, -side * s.w * 0.88, -0.055, 0.62, arm=side)
    if s.palette.weather == "rain":
        city.puddles(s, b, 0.0)
    if s.night > 0.5:
        s.key_light, s.key_side = "#ffe7bd", 1 if side > 0 else -1


def _ground(s: Scenery, b: Brush) -> None:
    road: RGB = mix("#565a66", s.palette.accent(2), 0.05)
    white = s.palette.weather == "snow"
    walk = mix("#a8a49c", "#eef3fb", 0.7) if white else "#a8a49c"
    b.gradient((s.left, -0.085, s.span, 0.16), [darker(walk, 0.16), walk])
    for k in range(-8, 9):
        b.line([(k * 0.19, -0.085), (k * 0.215, 0.07)], darker(walk, 0.28), 0.002, alpha=0.6)
    b.rect(s.left, 0.068, s.span, 0.018, lighter(walk, 0.22))
    b.rect(s.left, 0.084, s.span, 0.012, darker(walk, 0.45))
    b.gradient((s.left, 0.094, s.span, s.low - 0.094), [darker(road, 0.12), road])
    if not white:
        for k in range(-5, 6):
            b.rect(k * 0.34 - 0.07, 0.165, 0.16, 0.010, "#efe9da", alpha=0.8)


def _shelter(s: Scenery, b: Brush, x: float, half: float) -> None:
    iron, base, top = "#2f3640", -0.045, -0.60
    b.shadow(x, base, half * 1.05, 0.016, 0.35)
    b.rect(
        x - half,
        top,
        2 * half,
        base - top - 0.05,
        mix(s.palette.sky[1], "#dfeaf0", 0.3),
        alpha=0.22,
        emit=True,
    )
    for share in (-0.62, 0.1):
        sheen = x + half * share
        b.poly(
            [(sheen, base - 0.06), (sheen + 0.16, top), (sheen + 0.24, top), (sheen + 0.08, base - 0.06)],
            "#ffffff",
            alpha=0.10,
        )
    for share in (-1.0, -0.34, 0.34, 1.0):
        b.rect(x + half * share - 0.008, top, 0.016, base - top, iron)
    b.rect(x - half, base - 0.062, 2 * half, 0.012, iron)
    b.rect(x - half - 0.05, top - 0.040, 2 * half + 0.10, 0.046, darker(iron, 0.1), r=0.008)
    b.rect(x - half - 0.05, top - 0.040, 2 * half + 0.10, 0.012, lighter(iron, 0.25), r=0.006)
    b.rect(
        x - half + 0.03,
        top + 0.008,
        2 * half - 0.06,
        0.010,
        "#fff3d6",
        alpha=0.35 + 0.65 * s.night,
        emit=True,
    )
    poster = s.palette.accent(0)
    left = x + half * 0.40
    b.rect(left, top + 0.05, half * 0.52, 0.36, "#f1ead9", r=0.004)
    b.rect(left + 0.012, top + 0.062, half * 0.52 - 0.024, 0.336, poster)
    b.circle(left + half * 0.26, top + 0.17, half * 0.15, lighter(poster, 0.5))
    b.poly(
        [
            (left + 0.012, top + 0.398),
            (left + half * 0.26, top + 0.22),
            (left + half * 0.52 - 0.012, top + 0.398),
        ],
        darker(poster, 0.4),
    )
    b.rect(x - half * 0.90, top + 0.08, half * 0.24, 0.24, "#f6f2e6", r=0.004)
    b.rect(x - half * 0.90, top + 0.08, half * 0.24, 0.035, "#2f6aa0")
    for row in range(7):
        b.rect(x - half * 0.87, top + 0.135 + row * 0.024, half * 0.18, 0.006, "#6a6f78")
    if not s.seated:
        _bench(b, x - half * 0.20, base + 0.004)
    if s.night > 0.3:
        b.glow(x, top + 0.12, half * 1.1, "#fff0cc", 0.30 * s.night)
        s.lamp(x, top + 0.06, half * 1.2, "#fff0cc", 0.40 * s.night, flicker=0.12)


def _bench(b: Brush, x: float, base: float) -> None:
    for dx in (-0.12, 0.12):
        b.line([(x + dx, base), (x + dx, base - 0.14)], "#2b2d35", 0.010)
    for k in range(2):
        b.rect(x - 0.16, base - 0.155 + 0.018 * k, 0.32, 0.014, ("#b07a48", "#94643f")[k], r=0.004)


def _sign(s: Scenery, b: Brush, x: float) -> None:
    base = -0.030
    b.shadow(x, base, 0.035, 0.007, 0.35)
    b.line([(x, base), (x, -0.60)], "#7d838e", 0.012)
    b.rect(x - 0.055, -0.70, 0.11, 0.11, "#2f6aa0", r=0.014)
    b.rect(x - 0.036, -0.680, 0.072, 0.052, "#f6f2e6", r=0.008)
    b.rect(x - 0.030, -0.673, 0.060, 0.022, "#2f6aa0", r=0.003)
    for dx in (-0.020, 0.020):
        b.circle(x + dx, -0.626, 0.009, "#f6f2e6")
    b.rect(x - 0.040, -0.575, 0.080, 0.030, "#f2c14e", r=0.004)
