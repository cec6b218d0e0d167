"""What the season does to ground and leaves, and the birds over them."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import RGB, Colour, mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery


def ground_colour(s: Scenery, colour: str) -> Colour:
    """Return the colour of open ground: white in snow."""
    return mix(colour, "#eef3fb", 0.86) if s.palette.weather == "snow" else colour


def leaf_colour(s: Scenery, colour: str) -> RGB:
    """Return the foliage colour; some scenes are in autumn, in snow all is pale."""
    base = mix(colour, s.palette.accent(1), 0.18)
    return mix(base, "#e6edf5", 0.5) if s.palette.weather == "snow" else base


def birds(s: Scenery, horizon: float) -> None:
    """Let birds cross the sky by day."""
    flock = [(s.rng.random(), s.rng.random(), s.rng.random()) for _ in range(5)]

    def draw(brush: Brush, clock: Clock) -> None:
        for u, v, phase in flock:
            x = s.left + s.span * ((u + clock.t_s * 0.025 * (0.7 + phase)) % 1.0)
            y = horizon - 0.25 - 0.25 * v + 0.01 * math.sin(clock.t_s + phase * 9)
            flap = 0.008 * math.sin(clock.t_s * 9 + phase * 20)
            brush.line([(x - 0.014, y - flap), (x, y), (x + 0.014, y - flap)], "#2c3140", 0.003, alpha=0.8)

    if s.night < 0.8:
        s.move(draw)
