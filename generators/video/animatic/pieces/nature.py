"""Nature: ridges, trees, foliage, grass, plants."""

from __future__ import annotations

import math
import random

from storyboard.generators.video.animatic.brush import Brush, Point, darker, lighter
from storyboard.generators.video.animatic.palette import Colour
from storyboard.generators.video.animatic.scenery import Scenery


def ridge(
    rng: random.Random, left: float, right: float, base: float, height: float, *, n: int = 14
) -> list[Point]:
    """Return the upper edge of hills or mountains: midpoints displaced, from left to right."""
    heights = [rng.uniform(0.3, 1.0) for _ in range(n + 1)]
    step = (right - left) / n
    return [(left + i * step, base - height * share) for i, share in enumerate(heights)]


def hills(scenery: Scenery, brush: Brush, base: float, height: float, colour: Colour, *, n: int = 7) -> None:
    """Paint rolling hills down to the bottom of the layer."""
    edge = ridge(scenery.rng, scenery.left - 0.2, scenery.right + 0.2, base, height, n=n)
    brush.blob(
        [(scenery.left - 0.4, scenery.low + 0.5), *edge, (scenery.right + 0.4, scenery.low + 0.5)], colour
    )


def mountains(
    scenery: Scenery,
    brush: Brush,
    base: float,
    height: float,
    colour: Colour,
    *,
    n: int = 6,
    snow: bool = False,
) -> None:
    """Paint peaks with a lit and a shaded face."""
    rng = scenery.rng
    step = scenery.span / n
    for i in range(-1, n + 1):
        x = scenery.left + (i + rng.uniform(0.2, 0.8)) * step
        h = height * rng.uniform(0.5, 1.0)
        half, other = h * rng.uniform(0.72, 1.30), h * rng.uniform(0.72, 1.30)
        apex = (x, base - h)
        left = [
            (x - other * share, base - h * (1 - share) * rng.uniform(0.74, 1.06))
            for share in (0.82, 0.58, 0.40, 0.28, 0.13)
        ]
        right = [
            (x + half * share, base - h * (1 - share) * rng.uniform(0.74, 1.06))
            for share in (0.13, 0.28, 0.40, 0.58, 0.82)
        ]
        fold = [
            (x + half * dx, base - h * dy)
            for dx, dy in ((0.22, 0.0), (0.08, 0.22), (0.16, 0.42), (-0.02, 0.66), (0.06, 0.82))
        ]
        brush.poly([(x - other, base), *left, apex, *right, (x + half, base)], colour)
        brush.poly([apex, *right, (x + half, base), *fold], darker(colour, 0.26))
        if snow:
            lit, cool = "#fbfcff", "#c3cfe6"
            left_edge, right_edge = left[3:], right[:2]
            jag = [
                (x + half * dx, base - h * dy)
                for dx, dy in ((0.24, 0.60), (0.15, 0.68), (0.07, 0.56), (0.0, 0.70))
            ]
            brush.poly(
                [
                    left_edge[0],
                    left_edge[1],
                    apex,
                    fold[-1],
                    fold[-2],
                    (x - other * 0.08, base - h * 0.74),
                    (x - other * 0.18, base - h * 0.62),
                ],
                lit,
            )
            brush.poly([apex, *right_edge, *jag, fold[-1]], cool)


def foliage(
    brush: Brush,
    rng: random.Random,
    x: float,
    y: float,
    rx: float,
    ry: float,
    colour: Colour,
    *,
    side: int = 1,
) -> None:
    """Paint a crown of leaves in three tones, lit from one side."""
    for tone, dx, dy, grow, n in (
        (darker(colour, 0.42), 0.0, 0.06, 1.0, 13),
        (colour, 0.10, -0.06, 0.86, 12),
        (lighter(colour, 0.20), 0.26, -0.22, 0.58, 9),
        (lighter(colour, 0.42), 0.36, -0.34, 0.32, 6),
    ):
        for _ in range(n):
            angle, reach = rng.uniform(0, math.tau), math.sqrt(rng.random()) * grow * 0.74
            cx = x + (dx * side + math.cos(angle) * reach) * rx
            cy = y + (dy + math.sin(angle) * reach) * ry
            r = rng.uniform(0.20, 0.36) * grow
            brush.blob(_leafy(rng, cx, cy, r * rx, r * ry), tone)


def _leafy(rng: random.Random, x: float, y: float, rx: float, ry: float) -> list[Point]:
    return [
        (
            x + math.cos(i * math.tau / 9) * rx * rng.uniform(0.75, 1.25),
            y + math.sin(i * math.tau / 9) * ry * rng.uniform(0.75, 1.25),
        )
        for i in range(9)
    ]


def grass(
    brush: Brush,
    rng: random.Random,
    left: float,
    right: float,
    base: float,
    height: float,
    colour: Colour,
    *,
    n: int = 70,
) -> None:
    """Paint blades of grass along a line."""
    for _ in range(n):
        x, h, lean = rng.uniform(left, right), height * rng.uniform(0.5, 1.2), rng.uniform(-0.4, 0.4)
        tone = (
            darker(colour, rng.uniform(0, 0.3))
            if rng.random() < 0.6
            else lighter(colour, rng.uniform(0, 0.25))
        )
        brush.blob(
            [
                (x - h * 0.10, base),
                (x + lean * h * 0.4, base - h * 0.6),
                (x + lean * h, base - h * 1.3),
                (x + lean * h * 0.6 + h * 0.08, base - h * 0.5),
                (x + h * 0.10, base),
            ],
            tone,
        )


def fronds(
    brush: Brush,
    x: float,
    y: float,
    length: float,
    colour: Colour,
    *,
    n: int = 9,
    spread: tuple[float, float] = (-2.9, -0.25),
) -> None:
    """Paint long arching leaves from one point: a palm's crown or a big pot plant."""
    for i in range(n):
        angle = spread[0] + (spread[1] - spread[0]) * i / (n - 1)
        reach = length * (0.82 + 0.18 * math.sin(i * 2.4))
        bend = (x + math.cos(angle) * reach * 0.55, y + math.sin(angle) * reach * 0.75)
        tip = (x + math.cos(angle) * reach, y + math.sin(angle) * reach * 0.55 + reach * 0.20)
        across = length * 0.075
        tone = darker(colour, 0.3) if i % 2 else lighter(colour, 0.08)
        brush.blob(
            [
                (x, y),
                (bend[0] - across * 0.6, bend[1] - across),
                tip,
                tip,
                (bend[0] + across * 0.5, bend[1] + across * 0.7),
                (x, y),
            ],
            tone,
        )


def pot_plant(
    brush: Brush, x: float, base: float, height: float, colour: Colour = "#4c8a54", pot: Colour = "#c06a45"
) -> None:
    """Paint a plant in a pot."""
    fronds(brush, x, base - height * 0.30, height * 0.62, colour)
    w = height * 0.17
    brush.poly(
        [
            (x - w, base - height * 0.32),
            (x + w, base - height * 0.32),
            (x + w * 0.72, base),
            (x - w * 0.72, base),
        ],
        pot,
    )
    brush.poly(
        [
            (x - w, base - height * 0.32),
            (x - w * 0.2, base - height * 0.32),
            (x - w * 0.25, base),
            (x - w * 0.72, base),
        ],
        darker(pot, 0.3),
    )
    brush.rect(x - w * 1.1, base - height * 0.36, w * 2.2, height * 0.06, lighter(pot, 0.12), r=0.004)
