"""High over the city."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import city
from storyboard.generators.video.animatic.pieces.lamps import fairy_lights
from storyboard.generators.video.animatic.pieces.nature import pot_plant
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "rooftop",
    seat="ledge",
    words=(
        "rooftop, roof, rooftop bar, rooftop party, rooftop garden, rooftop pool, rooftop terrace, "
        "skyline, balcony, terrace, fire escape, skyscraper, helipad, observation deck, roof terrace, "
        "high-rise, roof deck"
    ),
)
def rooftop(s: Scenery) -> None:
    """High over the city: the skyline at the level of the eyes, string lights, a parapet."""
    b = s.layer(0.10)
    paint_sky(s, b, 0.02, sun_x=-0.45, clouds=6)
    city.skyline(s, b, 0.14, 0.24, 0.46, mix("#6a7397", s.palette.haze, 0.45), width=0.11, cell=0.022)
    city.flicker_windows(s, 0.0, 0.24)
    b = s.layer(0.32)
    city.skyline(s, b, 0.22, 0.18, 0.58, "#424a68", width=0.19, cell=0.036)
    b = s.layer(0.90)
    wall, floor = "#8a7468", "#57525c"
    _water_tower(s, b, s.about(-0.46, 0.10), -0.06)
    _railing(s, b, wall)
    b.gradient((s.left, -0.055, s.span, s.low + 0.055), [darker(floor, 0.25), floor])
    b.shade((s.left, -0.055, s.span, 0.05), 0.45, 0.0)
    for i in range(-8, 9):
        b.line([(i * 0.14, -0.055), (i * 0.3, s.low)], darker(floor, 0.3), 0.003, alpha=0.6)
    if says(s, "chimney|tiled"):
        for x, h in ((-0.86, 0.30), (0.30, 0.24)):
            _chimney(s, b, s.about(x, 0.05), -0.06, h)
    if says(s, "laundry|washing|clothes ?line"):
        _laundry(s)
    _roof_hut(s, b, s.about(0.68, 0.06))
    pot_plant(b, -s.w * 0.90, -0.01, 0.26)
    pot_plant(b, -s.w * 0.74, 0.0, 0.18, pot="#d0c4b8")
    fairy_lights(s, [(s.w * 0.72, -0.60), (-s.w * 0.10, -0.62), (s.left, -0.66)], n=12, sag=0.05)
    s.lamp(0.0, -0.56, 0.5, "#ffd08a", 0.22 * s.night)
    b.line([(-s.w * 0.10, -0.63), (-s.w * 0.10, -0.05)], "#23242d", 0.007)
    n = s.layer(1.5, softness=0.02)
    for dx in range(4):
        n.blob(
            [
                (-s.w - 0.25 + dx * 0.08, 0.4),
                (-s.w - 0.2 + dx * 0.08, 0.05 + dx * 0.05),
                (-s.w - 0.08 + dx * 0.07, -0.06 + dx * 0.08),
                (-s.w + dx * 0.08, 0.4),
            ],
            "#26402f",
        )
    if s.palette.weather == "rain":
        city.puddles(s, b, -0.02)
    s.centre = -0.08


def _chimney(s: Scenery, b: Brush, x: float, base: float, h: float) -> None:
    brick = mix("#a5563c", s.palette.accent(1), 0.12)
    b.rect(x - 0.06, base - h, 0.12, h, brick)
    b.rect(x - 0.06, base - h, 0.03, h, darker(brick, 0.25))
    for row in range(int(h / 0.025)):
        b.line([(x - 0.06, base - row * 0.025), (x + 0.06, base - row * 0.025)], darker(brick, 0.3), 0.002)
    b.rect(x - 0.072, base - h - 0.012, 0.144, 0.022, lighter(brick, 0.18))
    for dx in (-0.03, 0.03):
        b.rect(x + dx - 0.018, base - h - 0.06, 0.036, 0.05, "#b8693a", r=0.006)
    puffs = s.rng.random()

    def smoke(brush: Brush, clock: Clock) -> None:
        for k in range(4):
            rise = (clock.t_s * 0.12 + k / 4 + puffs) % 1.0
            at = (x + 0.03 + 0.10 * rise, base - h - 0.06 - 0.20 * rise)
            brush.oval(*at, 0.016 + 0.03 * rise, 0.012 + 0.02 * rise, "#d9d6d6", alpha=0.30 * (1 - rise))

    s.move(smoke)


def _laundry(s: Scenery) -> None:
    """Hang washing on lines; it moves in the air."""
    tones = ["#f4efe4", "#c9565a", "#6f9ac0", "#e6c25a", "#8fae8a", "#f4efe4", "#b58ab0"]
    left, right, y = -s.w * 1.1, s.w * 0.66, -0.50

    def draw(brush: Brush, clock: Clock) -> None:
        brush.line(
            [(left, y - 0.02), ((left + right) / 2, y + 0.02), (right, y - 0.02)],
            "#3a3634",
            0.003,
            smooth=True,
        )
        for k, tone in enumerate(tones):
            x = left + (right - left) * (k + 0.5) / len(tones)
            w, h = (0.085, 0.15) if k % 3 == 0 else (0.06, 0.10)
            sway = 0.018 * math.sin(clock.t_s * 1.8 + k * 1.1)
            cloth = [
                (x - w / 2, y),
                (x + w / 2, y + 0.004),
                (x + w / 2 + sway, y + h),
                (x - w / 2 + sway, y + h - 0.006),
            ]
            brush.poly(cloth, tone)
            brush.poly([cloth[0], (x - w / 4, y), (x - w / 4 + sway, y + h), cloth[3]], darker(tone, 0.14))

    s.move(draw)


def _railing(s: Scenery, b: Brush, colour: str) -> None:
    b.rect(s.left, -0.145, s.span, 0.10, darker(colour, 0.15))
    for row in range(3):
        for k in range(int(s.span / 0.07) + 1):
            b.rect(
                s.left + k * 0.07 + (row % 2) * 0.035,
                -0.142 + row * 0.031,
                0.066,
                0.027,
                mix(colour, darker(colour, 0.3), s.rng.random()),
            )
    b.rect(s.left, -0.165, s.span, 0.026, lighter(colour, 0.2))
    b.rect(s.left, -0.142, s.span, 0.008, darker(colour, 0.5))


def _roof_hut(s: Scenery, b: Brush, x: float) -> None:
    wall = "#6e5a56"
    b.rect(x, -0.60, 0.5, 0.58, wall)
    b.rect(x, -0.60, 0.10, 0.58, darker(wall, 0.25))
    b.rect(x - 0.02, -0.62, 0.54, 0.03, lighter(wall, 0.15))
    b.rect(x + 0.13, -0.42, 0.17, 0.40, "#2f3d4d")
    b.rect(x + 0.155, -0.385, 0.12, 0.13, "#ffd795", emit=True, alpha=0.4 + 0.6 * s.night)
    b.circle(x + 0.275, -0.2, 0.008, "#d9c38a")
    b.oval(x + 0.215, -0.465, 0.03, 0.012, "#fff0c8", emit=True)
    s.lamp(x + 0.215, -0.455, 0.22, "#ffd08a", 0.55 * s.night)
    b.glow(x + 0.215, -0.03, 0.26, "#ffd08a", 0.4 * s.night, flat=0.3)


def _water_tower(s: Scenery, b: Brush, x: float, base: float) -> None:
    """Paint a barrel of staves on legs, with its cone of a roof, and a fan in its box beside it."""
    wood, iron = s.rng.choice(("#8a5a3c", "#7a6a58", "#94683f")), "#2b2d36"
    top, low, half = base - 0.56, base - 0.28, 0.115
    for dx in (-0.09, -0.03, 0.03, 0.09):
        b.line([(x + dx, low), (x + dx * 1.15, base)], iron, 0.010)
    b.line([(x - 0.09, low + 0.06), (x + 0.10, base - 0.03)], iron, 0.005)
    b.line([(x + 0.09, low + 0.06), (x - 0.10, base - 0.03)], iron, 0.005)
    b.rect(x - half - 0.012, low, 2 * half + 0.024, 0.018, iron)
    for k in range(9):
        w = 2 * half / 9
        b.rect(x - half + k * w, top, w, low - top, darker(wood, 0.05 + 0.04 * k if k % 2 else 0.04 * k))
    for y in (top + 0.05, top + 0.14, top + 0.23):
        b.rect(x - half - 0.003, y, 2 * half + 0.006, 0.008, iron)
    b.poly([(x - half - 0.02, top), (x, top - 0.10), (x + half + 0.02, top)], darker(wood, 0.5))
    box = x + 0.22
    b.rect(box - 0.07, base - 0.15, 0.14, 0.15, "#9aa0a8", r=0.006)
    b.circle(box, base - 0.078, 0.052, "#5d636c")
    for k in range(4):
        b.rect(box - 0.05, base - 0.118 + k * 0.024, 0.10, 0.006, "#c3c8ce")
