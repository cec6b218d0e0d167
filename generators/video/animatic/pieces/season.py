"""What the season does to ground and leaves, and the birds over them."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import RGB, Colour, mix, rgb
from storyboard.generators.video.animatic.scenery import Clock, Scenery

_LEAVES = {"spring": ("#9ccc5a", 0.40), "autumn": ("#d9822b", 0.78), "winter": ("#8d8a78", 0.55)}
_AUTUMN = ("#d9822b", "#c9542e", "#e0ac36", "#b5452f")
_GROUND = {"spring": ("#8fc25a", 0.25), "autumn": ("#b08a45", 0.42), "winter": ("#c3c8c4", 0.55)}
"""What a season mixes into the colour of leaves and of open ground, and how much of it."""


def ground_colour(s: Scenery, colour: str) -> Colour:
    """Return the colour of open ground: white in snow, else as the season has it.

    Only what grows turns with the season; sand, stone and wood stay as they are.
    """
    if s.palette.weather == "snow":
        return mix(colour, "#eef3fb", 0.86)
    red, green, blue = rgb(colour)
    if s.season in _GROUND and green >= red * 0.96 and green > blue * 1.2:
        return mix(colour, *_GROUND[s.season])
    return mix(colour, "#dfe6ee", 0.30) if s.season == "winter" else colour


def leaf_colour(s: Scenery, colour: str) -> RGB:
    """Return the foliage colour of the season; in autumn trees differ, in snow all is pale."""
    base = mix(colour, s.palette.accent(1), 0.18)
    if s.season == "autumn":
        base = mix(colour, s.rng.choice(_AUTUMN), _LEAVES["autumn"][1])
    elif s.season in _LEAVES:
        base = mix(base, *_LEAVES[s.season])
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
