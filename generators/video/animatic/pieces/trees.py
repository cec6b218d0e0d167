"""Trees as the season has them: in leaf, in blossom, turned, bare; and firs."""

from __future__ import annotations

import math
import random

from storyboard.generators.video.animatic.brush import Brush, Point, darker, lighter
from storyboard.generators.video.animatic.palette import Colour
from storyboard.generators.video.animatic.pieces.nature import foliage
from storyboard.generators.video.animatic.scenery import Scenery


def tree(
    scenery: Scenery,
    brush: Brush,
    x: float,
    base: float,
    height: float,
    colour: Colour,
    *,
    bark: Colour = "#5b4032",
    side: int = 1,
) -> None:
    """Paint a broad-leaved tree as the season has it: in leaf, in blossom, turned, or bare."""
    rng, w, crown = scenery.rng, height * 0.045, base - height * 0.66
    brush.blob(
        [
            (x - w * 2, base),
            (x - w, base - height * 0.2),
            (x - w * 0.7, crown),
            (x + w * 0.7, crown),
            (x + w, base - height * 0.2),
            (x + w * 2.1, base),
        ],
        darker(bark, 0.2),
    )
    if scenery.season == "winter":
        start = (x, base - height * 0.36)
        _twigs(brush, rng, start, -math.pi / 2, height * 0.17, w * 1.3, 4, darker(bark, 0.2))
        return
    brush.line(
        [(x, base - height * 0.38), (x + height * 0.16, crown - height * 0.02)], darker(bark, 0.2), w * 0.9
    )
    brush.line([(x, base - height * 0.42), (x - height * 0.15, crown)], darker(bark, 0.2), w * 0.8)
    brush.line(
        [(x + w * 0.4 * side, base - height * 0.05), (x + w * 0.3 * side, crown)],
        lighter(bark, 0.15),
        w * 0.4,
    )
    foliage(brush, rng, x, crown - height * 0.04, height * 0.36, height * 0.30, colour, side=side)
    if scenery.season == "spring":
        _blossom(brush, rng, x, crown - height * 0.04, height * 0.34, height * 0.28, height * 0.020)


def _twigs(
    brush: Brush,
    rng: random.Random,
    start: Point,
    angle: float,
    length: float,
    width: float,
    depth: int,
    bark: Colour,
) -> None:
    """Paint a branch and what grows from it."""
    end = (start[0] + math.cos(angle) * length, start[1] + math.sin(angle) * length)
    middle = ((start[0] + end[0]) / 2 + rng.uniform(-0.1, 0.1) * length, (start[1] + end[1]) / 2)
    brush.line([start, middle, end], bark, width, smooth=True)
    if depth == 0:
        return
    for turn in (-0.55, 0.50, rng.uniform(-0.2, 0.2)):
        _twigs(
            brush,
            rng,
            end,
            angle + turn * rng.uniform(0.7, 1.3),
            length * rng.uniform(0.60, 0.80),
            width * 0.60,
            depth - 1,
            bark,
        )


def _blossom(brush: Brush, rng: random.Random, x: float, y: float, rx: float, ry: float, size: float) -> None:
    """Scatter blossom over a crown."""
    for _ in range(46):
        angle, reach = rng.uniform(0, math.tau), math.sqrt(rng.random()) * 0.95
        tone = rng.choice(("#ffd9e6", "#ffeef4", "#f7b6cf"))
        at = (x + math.cos(angle) * reach * rx, y + math.sin(angle) * reach * ry)
        brush.circle(*at, size * rng.uniform(0.6, 1.5), tone, alpha=0.9)


def conifer(brush: Brush, x: float, base: float, height: float, colour: Colour, *, side: int = 1) -> None:
    """Paint a fir: stacked skirts, lit from one side."""
    brush.rect(x - height * 0.02, base - height * 0.14, height * 0.04, height * 0.14, darker("#4a3628", 0.3))
    for i in range(6):
        top = base - height * (1.0 - i * 0.145)
        low = top + height * 0.30
        half = height * (0.06 + i * 0.034)
        brush.poly(
            [
                (x, top),
                (x + half, low),
                (x + half * 0.4, low - height * 0.025),
                (x, low),
                (x - half * 0.4, low - height * 0.025),
                (x - half, low),
            ],
            darker(colour, 0.20),
        )
        brush.poly(
            [
                (x, top),
                (x + half * side, low),
                (x + half * 0.4 * side, low - height * 0.025),
                (x + half * 0.15 * side, low - 0.012),
            ],
            lighter(colour, 0.06 + 0.02 * i),
        )
