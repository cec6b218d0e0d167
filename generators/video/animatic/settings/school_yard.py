"""A school from outside: a brick front with steps, a bell, chalk games on the yard, bicycles, a hoop."""

from __future__ import annotations

import itertools
import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city, trees
from storyboard.generators.video.animatic.pieces.said import colour_said
from storyboard.generators.video.animatic.pieces.season import leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

_GROUND = -0.075
_STONE = "#d8cfbf"


@place(
    "school yard",
    seat="steps",
    words=(
        "school, schoolyard, school yard, brick school, old school, school building, school gate, "
        "schoolhouse, school playground, high school, campus, school entrance, school steps, "
        "college, outside the school, in front of the school"
    ),
)
def school_yard(s: Scenery) -> None:
    """A school from outside: a brick front with steps, a bell, chalk games on the yard."""
    b = s.layer(0.12)
    paint_sky(s, b, -0.25, sun_x=0.6, clouds=6)
    b = s.layer(0.55)
    door = s.rng.choice((-1, 1)) * s.w * 0.30
    _front(s, b, door)
    b = s.layer(0.80)
    white = s.palette.weather == "snow"
    yard: RGB = mix("#8b8a8c", "#eef3fb", 0.82) if white else mix("#8b8a8c", s.palette.accent(2), 0.06)
    b.rect(s.left, _GROUND, s.span, 0.012, lighter(yard, 0.3))
    b.gradient((s.left, _GROUND + 0.01, s.span, s.low - _GROUND), [darker(yard, 0.14), yard])
    if not white and s.palette.weather != "rain":
        _chalk(s, b, -math.copysign(0.34, door) * s.w)
    b = s.layer(0.92)
    tree = -math.copysign(0.86, door) * s.w
    trees.tree(s, b, tree, -0.02, 0.70, leaf_colour(s, "#5f8a4a"), side=s.key_side)
    b.oval(tree, -0.016, 0.09, 0.012, "#6a5240")
    _bicycles(s, b, math.copysign(0.82, door) * s.w)
    if s.palette.weather == "rain":
        city.puddles(s, b, 0.0)
    s.key_light, s.key_side = None, 1


def _front(s: Scenery, b: Brush, door: float) -> None:
    brick: RGB = mix(s.rng.choice(("#a5563f", "#96594a", "#b3704c")), s.palette.accent(0), 0.12)
    top = -0.62 if s.top > -0.9 else -0.72
    storey = (-top - 0.12) / 2
    b.rect(s.left, top, s.span, _GROUND - top + 0.02, brick)
    for row in range(26):
        y = top + row * 0.0245
        b.line([(s.left, y), (s.right, y)], darker(brick, 0.18), 0.0016, alpha=0.5)
    for _ in range(int(70 * s.span)):
        x, row = s.rng.uniform(s.left, s.right), s.rng.randrange(25)
        tone = lighter(brick, 0.09) if s.rng.random() < 0.5 else darker(brick, 0.13)
        b.rect(x, top + row * 0.0245 + 0.002, 0.045, 0.020, tone, alpha=0.8)
    b.rect(s.left, top - 0.030, s.span, 0.034, _STONE)
    b.rect(s.left, top + storey - 0.005, s.span, 0.012, _STONE)
    b.rect(s.left, _GROUND - 0.07, s.span, 0.09, darker(_STONE, 0.18))
    pitch, x = 0.27, door
    columns = [door + side * pitch * k for side in (-1, 1) for k in range(1, 12)]
    for x in columns:
        if s.left - 0.1 < x < s.right + 0.1:
            _window(s, b, x, top + 0.045)
            _window(s, b, x, top + 0.05 + storey)
    _window(s, b, door, top + 0.045)
    _entrance(s, b, door)
    b.poly([(door - 0.30, top - 0.03), (door, top - 0.20), (door + 0.30, top - 0.03)], brick)
    b.line([(door - 0.31, top - 0.03), (door, top - 0.205), (door + 0.31, top - 0.03)], _STONE, 0.016)
    b.circle(door, top - 0.085, 0.040, _STONE)
    b.circle(door, top - 0.085, 0.033, "#fbf6ea")
    b.line([(door, top - 0.085), (door, top - 0.110)], "#2b2b33", 0.004)
    b.line([(door, top - 0.085), (door + 0.016, top - 0.077)], "#2b2b33", 0.004)
    b.shade((s.left, top - 0.03, s.span * 0.4, 0.8), 0.16, 0.0, across=True)


def _window(s: Scenery, b: Brush, x: float, y: float) -> None:
    lit = s.rng.random() < 0.75 * s.night
    b.rect(x - 0.076, y - 0.012, 0.152, 0.20, _STONE)
    glass: RGB = mix(s.palette.sky[1], "#24304a", 0.45)
    b.rect(x - 0.066, y, 0.132, 0.178, "#ffd88f" if lit else glass, emit=lit)
    if s.rng.random() < 0.5:  # cut paper on the panes
        for k in range(3):
            b.circle(x - 0.04 + 0.04 * k, y + 0.15, 0.012, s.palette.accent(k), alpha=0.8)
    if not lit:
        sheen = [(x - 0.05, y + 0.17), (x - 0.01, y), (x + 0.02, y), (x - 0.02, y + 0.17)]
        b.poly(sheen, "#ffffff", alpha=0.13)
    for dx in (-0.024, 0.020):
        b.rect(x + dx, y, 0.006, 0.178, "#f1ede2")
    b.rect(x - 0.066, y + 0.08, 0.132, 0.006, "#f1ede2")


def _entrance(s: Scenery, b: Brush, x: float) -> None:
    doors = colour_said(s, "door", mix("#2f5a52", s.palette.accent(2), 0.2))
    low = _GROUND - 0.075
    b.rect(x - 0.165, -0.415, 0.33, low + 0.415, _STONE)
    b.rect(x - 0.19, -0.445, 0.38, 0.036, lighter(_STONE, 0.2))
    for side in (-1, 0):
        left = x + side * 0.128 + (0.002 if side == 0 else 0.0)
        b.rect(left, -0.385, 0.126, low + 0.385, doors)
        b.rect(
            left + 0.022,
            -0.365,
            0.082,
            0.12,
            mix(s.palette.sky[1], "#ffd88f", 0.8 * s.night),
            emit=s.night > 0.3,
        )
        b.rect(left + 0.022, -0.225, 0.082, 0.05, darker(doors, 0.2))
    b.circle(x - 0.016, -0.26, 0.006, "#d9b45a")
    b.circle(x + 0.016, -0.26, 0.006, "#d9b45a")
    if s.night > 0.3:
        s.lamp(x, -0.40, 0.26, "#ffd88f", 0.35 * s.night)
    for row in range(3):
        half = 0.22 + 0.05 * row
        y = low + 0.030 * row
        b.rect(x - half, y, half * 2, 0.032, darker(_STONE, 0.10 + 0.05 * row))
        b.rect(x - half, y, half * 2, 0.010, lighter(_STONE, 0.22))
    for side in (-1, 1):
        b.line([(x + side * 0.25, low - 0.10), (x + side * 0.35, low - 0.02)], "#33363f", 0.009)
        b.line([(x + side * 0.35, low - 0.02), (x + side * 0.35, low + 0.085)], "#33363f", 0.009)


def _chalk(s: Scenery, b: Brush, x: float) -> None:
    """Draw hopscotch and a sun with chalk on the ground."""
    tones = ("#f6f0ea", "#f7c3cf", "#c7e3f2")
    low, depth = 0.035, 0.13
    for k in range(4):
        y0, y1 = low + depth * (k / 4) ** 1.2, low + depth * ((k + 1) / 4) ** 1.2
        half = 0.045 + 0.010 * k
        cells = (-1, 0, 1) if k % 2 else (0, 1)
        for left, right in itertools.pairwise(cells):
            box = [(x + left * half, y0), (x + right * half, y0), (x + right * half * 1.12, y1)]
            b.line([*box, (x + left * half * 1.12, y1), box[0]], tones[k % 3], 0.005, alpha=0.75)
    sun = x + math.copysign(0.30, -x) * 0.6
    b.oval(sun, 0.12, 0.036, 0.013, tones[1], alpha=0.5)
    for k in range(8):
        angle = k * math.tau / 8
        near, far = (0.05, 0.018), (0.08, 0.030)
        b.line(
            [
                (sun + math.cos(angle) * near[0], 0.12 + math.sin(angle) * near[1]),
                (sun + math.cos(angle) * far[0], 0.12 + math.sin(angle) * far[1]),
            ],
            tones[0],
            0.004,
            alpha=0.7,
        )


def _bicycles(s: Scenery, b: Brush, x: float) -> None:
    base = -0.018
    b.line([(x - 0.22, base - 0.07), (x + 0.22, base - 0.07)], "#5d626d", 0.008)
    for k, dx in enumerate((-0.10, 0.08)):
        tone: RGB = mix(s.rng.choice(("#c2473a", "#3f7a8a", "#d9a441")), s.palette.accent(k), 0.2)
        at = x + dx
        b.shadow(at, base, 0.13, 0.008, 0.35)
        for wheel in (-0.082, 0.082):
            ring = [
                (
                    at + wheel + 0.056 * math.cos(t * math.tau / 16),
                    base - 0.056 + 0.056 * math.sin(t * math.tau / 16),
                )
                for t in range(17)
            ]
            b.line(ring, "#1d1f26", 0.007)
        hub, seat, head = (at - 0.01, base - 0.06), (at - 0.035, base - 0.135), (at + 0.055, base - 0.135)
        b.line([(at - 0.082, base - 0.056), hub, head, seat, hub], tone, 0.009)
        b.line([(at - 0.082, base - 0.056), seat], tone, 0.007)
        b.line(
            [(at + 0.082, base - 0.056), head, (at + 0.045, base - 0.165), (at + 0.075, base - 0.17)],
            tone,
            0.008,
        )
        b.line([(at - 0.06, base - 0.15), (at - 0.02, base - 0.15)], "#22242c", 0.013)
