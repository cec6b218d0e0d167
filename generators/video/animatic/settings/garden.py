"""A kitchen garden: beds, roses, bean poles, a brick path, a shed against an old wall."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.season import birds, ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_WALL_FOOT = -0.17
_WALL = 0.22
_BLOOMS = ("#e2416a", "#f6a5b8", "#f4c542", "#fff4ec")


@place(
    "garden",
    seat="bench",
    words=(
        "garden, backyard, yard, vegetable patch, allotment, flower bed, greenhouse, rose garden, "
        "vegetable garden, kitchen garden, back garden, front yard, shed, orchard, front garden, patio, "
        "porch, porch swing, front porch, veranda, gazebo, conservatory, back porch, flower garden, "
        "japanese garden, hedge maze, garden party, garden wedding, garden wedding party, garden reception, "
        "barbecue, trampoline, driveway, picket fence, wishing "
        "well, cherry orchard"
    ),
)
def garden(s: Scenery) -> None:
    """Beds in rows before a brick wall, a shed, beans on poles, roses by the path."""
    b = s.layer(0.12)
    paint_sky(s, b, -0.30, sun_x=-0.4, clouds=6)
    leaf = leaf_colour(s, "#5d9447")
    for i in range(11):
        x = s.left + i * s.span / 10
        nature.foliage(b, s.rng, x, -0.36, 0.15, s.rng.uniform(0.08, 0.15), mix(leaf, s.palette.haze, 0.25))
    birds(s, -0.42)
    b = s.layer(0.55)
    _wall(s, b)
    grass = ground_colour(s, "#7fae55")
    b.gradient((s.left, _WALL_FOOT, s.span, 0.5), [darker(grass, 0.2), grass])
    tree_x = s.about(-0.20, 0.10)
    trees.tree(s, b, tree_x, _WALL_FOOT + 0.02, 0.52, leaf_colour(s, "#7aa24a"))
    if s.season in ("summer", "autumn"):
        _apples(s, b, tree_x, _WALL_FOOT - 0.36)
    for x in (-0.05, 0.16, 0.30):
        _rose_bush(s, b, s.w * x, _WALL_FOOT + 0.03, 0.13, leaf)
    b = s.layer(0.80)
    _shed(s, b, s.w * 0.70, -0.075)
    _bean_row(s, b, -s.w * 0.98, -s.w * 0.52, -0.045, leaf)
    b = s.layer(0.93)
    _ground(s, b, grass)
    for i, (left, right) in enumerate(((-1.15, -0.52), (0.50, 1.15))):
        _bed(s, b, s.w * left, s.w * right, -0.020, leaf, i)
    _can(b, s.w * 0.46, 0.0)
    nature.grass(b, s.rng, s.left, s.right, s.bottom + 0.03, 0.05, darker(grass, 0.2), n=70)
    _butterflies(s)
    n = s.layer(1.5, softness=0.018)
    for i in range(4):
        _rose_bush(
            s, n, -s.w - 0.03 + i * 0.07, s.bottom + 0.10 + i * 0.02, 0.30 - 0.05 * i, darker(leaf, 0.3)
        )
    for i in range(3):
        nature.foliage(
            n, s.rng, s.w + 0.05 - i * 0.08, s.top + 0.0 - i * 0.02, 0.15, 0.10, darker(leaf, 0.35)
        )


def _wall(s: Scenery, b: Brush) -> None:
    brick = mix("#a8604a", s.palette.haze, 0.12)
    top = _WALL_FOOT - _WALL
    b.rect(s.left, top, s.span, _WALL + 0.02, brick)
    rows = 9
    for row in range(rows):
        y = top + _WALL * row / rows
        b.line([(s.left, y), (s.right, y)], lighter(brick, 0.22), 0.002, alpha=0.5)
        n = round(s.span / 0.075)
        for i in range(n):
            x = s.left + (i + 0.5 * (row % 2)) * 0.075
            if s.rng.random() < 0.35:
                tone = darker(brick, 0.2) if s.rng.random() < 0.6 else lighter(brick, 0.14)
                b.rect(x, y + 0.002, 0.071, _WALL / rows - 0.004, tone, alpha=0.7)
    b.rect(s.left, top - 0.016, s.span, 0.020, ground_colour(s, "#b3a58f"), r=0.004)
    for _ in range(7):
        x = s.rng.uniform(s.left, s.right)
        nature.foliage(b, s.rng, x, top + 0.03, 0.10, s.rng.uniform(0.04, 0.09), leaf_colour(s, "#3f7440"))
    b.shade((s.left, _WALL_FOOT - 0.05, s.span, 0.06), 0.0, 0.3)


def _apples(s: Scenery, b: Brush, x: float, y: float) -> None:
    if s.palette.weather == "snow":
        return
    for _ in range(16):
        b.circle(x + s.rng.gauss(0, 0.05), y + s.rng.gauss(0, 0.035), 0.010, "#d8402f")


def _rose_bush(s: Scenery, b: Brush, x: float, base: float, h: float, leaf: Colour) -> None:
    nature.foliage(b, s.rng, x, base - h * 0.5, h * 0.55, h * 0.5, leaf)
    bloom = s.rng.choice(_BLOOMS[:3])
    for _ in range(9):
        fx, fy = x + s.rng.uniform(-0.42, 0.42) * h, base - h * s.rng.uniform(0.22, 0.92)
        r = h * s.rng.uniform(0.055, 0.085)
        b.circle(fx, fy, r, darker(bloom, 0.22))
        b.circle(fx + r * 0.12, fy - r * 0.14, r * 0.74, bloom)
        b.circle(fx + r * 0.18, fy - r * 0.2, r * 0.34, lighter(bloom, 0.4))


def _shed(s: Scenery, b: Brush, x: float, base: float) -> None:
    """A shed of boards with a window that is lit at night, a spade and a rake against it."""
    wood = mix("#6f8a86", s.palette.accent(1), 0.25)
    left, w, h = x - 0.20, 0.40, 0.42
    b.shadow(x, base + 0.004, 0.25, 0.020, 0.4)
    for k in range(10):
        b.rect(left + w * k / 10, base - h, w / 10 - 0.002, h, darker(wood, 0.06 * (k % 3)))
    roof = ground_colour(s, "#54433c")
    b.poly(
        [(left - 0.04, base - h + 0.01), (x, base - h - 0.17), (left + w + 0.04, base - h + 0.01)],
        darker(wood, 0.2),
    )
    for side in (-1, 1):
        edge = [(x, base - h - 0.175), (x + side * (w / 2 + 0.05), base - h + 0.012)]
        b.line(edge, roof, 0.030)
    b.rect(x - 0.155, base - 0.32, 0.13, 0.32, darker(wood, 0.38))
    b.rect(x - 0.147, base - 0.312, 0.114, 0.312, darker(wood, 0.22))
    b.circle(x - 0.048, base - 0.16, 0.007, "#d9b25a")
    lit = s.night > 0.3
    b.rect(x + 0.03, base - 0.30, 0.12, 0.11, lighter(wood, 0.45))
    b.rect(x + 0.038, base - 0.292, 0.104, 0.094, "#ffd88f" if lit else "#9fc0c8", emit=lit)
    b.rect(x + 0.087, base - 0.292, 0.006, 0.094, lighter(wood, 0.45))
    b.glow(x + 0.09, base - 0.245, 0.30, "#ffcf86", 0.5 * s.night)
    s.lamp(x + 0.09, base - 0.245, 0.22, "#ffcf86", 0.40 * s.night, flicker=0.05)
    for dx, lean in ((0.24, -0.03), (0.285, -0.05)):
        b.line([(x + dx, base), (x + dx + lean, base - 0.34)], "#a9794a", 0.010)
    b.rect(x + 0.222, base - 0.07, 0.036, 0.07, "#7b828c", r=0.010)
    b.line([(x + 0.262, base), (x + 0.310, base)], "#7b828c", 0.012)


def _bean_row(s: Scenery, b: Brush, left: float, right: float, base: float, leaf: Colour) -> None:
    """Stand pairs of poles that cross near the top, with beans climbing on them."""
    pole, n = "#b18a5a", 5
    pitch, top = (right - left) / n, base - 0.60
    b.oval((left + right) / 2, base, (right - left) * 0.62, 0.026, "#5a4334")
    b.line([(left, top + 0.05), (right, top + 0.05)], pole, 0.010)
    for i in range(n):
        x = left + (i + 0.5) * pitch
        for side in (-1, 1):
            b.line([(x + side * pitch * 0.42, base), (x - side * pitch * 0.10, top)], pole, 0.009)
            for k in range(13):
                share = k / 13
                px = x + side * pitch * (0.42 - 0.52 * share) + 0.010 * math.sin(k * 2.4 + i)
                py = base - 0.60 * share
                r = s.rng.uniform(0.016, 0.030) * (1.1 - 0.5 * share)
                b.oval(
                    px + s.rng.uniform(-0.018, 0.018),
                    py,
                    r,
                    r * 0.8,
                    mix(leaf, darker(leaf, 0.5), s.rng.random()),
                )
                if s.rng.random() < 0.30:
                    b.circle(px, py - 0.008, 0.008, "#e2502f")
                elif s.rng.random() < 0.30:
                    b.line([(px, py), (px + 0.004, py + 0.045)], lighter(leaf, 0.25), 0.006)


def _ground(s: Scenery, b: Brush, grass: Colour) -> None:
    """Lawn with a path of bricks that comes towards the viewer."""
    b.gradient((s.left, -0.08, s.span, s.low + 0.08), [grass, darker(grass, 0.12)], alphas=[0.0, 1.0])
    clay = ground_colour(s, "#c08a6c")
    far, near = 0.16, s.w * 0.62
    b.poly([(-far, -0.085), (far, -0.085), (near, s.low), (-near, s.low)], clay)
    rows = [-0.085 + (s.low + 0.085) * (k / 9) ** 1.6 for k in range(10)]
    for k in range(9):
        y0, y1 = rows[k], rows[k + 1]
        for i in range(8):
            cells = [
                (-w + 2 * w * (i + shift) / 8, y)
                for y, shift in ((y0 + 0.002, 0.04), (y0 + 0.002, 0.96), (y1, 0.96), (y1, 0.04))
                for w in (far + (near - far) * (y + 0.085) / (s.low + 0.085),)
            ]
            b.poly(cells, mix(darker(clay, 0.28), clay, s.rng.random()))


def _bed(s: Scenery, b: Brush, left: float, right: float, base: float, leaf: Colour, index: int) -> None:
    """A raised bed: a board in front, rows of lettuce and flowers on dark earth."""
    earth, board = ground_colour(s, "#55402f"), "#9a7550"
    b.poly([(left + 0.03, base - 0.075), (right - 0.03, base - 0.075), (right, base), (left, base)], earth)
    n = round((right - left) / 0.075)
    for row, y in enumerate((base - 0.060, base - 0.018)):
        for i in range(n):
            x = left + (i + 0.5) * (right - left) / n + s.rng.uniform(-0.010, 0.010)
            if (row + index) % 2 == 0:
                green = mix(leaf, "#b8d878", 0.45)
                nature.foliage(b, s.rng, x, y - 0.014, 0.036, 0.026, green)
            else:
                b.line([(x, y), (x + 0.004, y - 0.075)], darker(leaf, 0.15), 0.006)
                b.oval(x - 0.014, y - 0.030, 0.014, 0.006, leaf)
                bloom = _BLOOMS[(i + index) % 4]
                b.circle(x + 0.004, y - 0.082, 0.019, bloom)
                b.circle(x + 0.004, y - 0.082, 0.008, "#7b4a22" if i % 2 else "#fff0c0")
    b.rect(left, base - 0.004, right - left, 0.042, board, r=0.004)
    b.rect(left, base - 0.006, right - left, 0.010, lighter(ground_colour(s, "#a98560"), 0.15), r=0.003)
    b.shadow((left + right) / 2, base + 0.042, (right - left) * 0.5, 0.010, 0.3)


def _can(b: Brush, x: float, base: float) -> None:
    """A watering can."""
    tin = "#7f9aa6"
    b.shadow(x, base, 0.07, 0.010, 0.4)
    b.poly([(x - 0.040, base), (x + 0.040, base), (x + 0.034, base - 0.085), (x - 0.034, base - 0.085)], tin)
    b.rect(x - 0.040, base - 0.085, 0.024, 0.085, darker(tin, 0.25))
    b.line([(x - 0.036, base - 0.025), (x - 0.085, base - 0.095)], tin, 0.012)
    b.oval(x - 0.088, base - 0.098, 0.016, 0.010, darker(tin, 0.2))
    b.line(
        [(x + 0.03, base - 0.02), (x + 0.075, base - 0.05), (x + 0.03, base - 0.085)], tin, 0.008, smooth=True
    )


def _butterflies(s: Scenery) -> None:
    if s.night > 0.6 or s.palette.weather not in ("clear", "wind", "cloudy"):
        return
    seeds = [(s.rng.uniform(-0.9, 0.9) * s.w, s.rng.uniform(-0.50, -0.15), s.rng.random()) for _ in range(4)]

    def draw(brush: Brush, clock: Clock) -> None:
        for i, (x, y, phase) in enumerate(seeds):
            cx = x + 0.10 * math.sin(clock.t_s * 0.7 + phase * 9)
            cy = y + 0.05 * math.sin(clock.t_s * 1.1 + phase * 5)
            flap = 0.4 + 0.6 * abs(math.sin(clock.t_s * 8 + phase * 20))
            for side in (-1, 1):
                brush.oval(cx + side * 0.008 * flap, cy, 0.009 * flap, 0.011, ("#fff3c4", "#f6a04a")[i % 2])

    s.move(draw)
