"""Open water."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery


def sea(s: Scenery, b: Brush, top: float, low: float, sun_x: float) -> None:
    """Paint water that mirrors the sky, and the path of the sun or moon on it."""
    _, middle, sky_low = s.palette.sky
    blue = mix(middle, "#1f8fa8", 0.45 * (1 - s.night) + 0.12)
    b.gradient(
        (s.left, top, s.span, low - top), [mix(blue, sky_low, 0.35), blue, darker(blue, 0.25)], emit=True
    )
    b.rect(s.left, top - 0.002, s.span, 0.004, mix(sky_low, "#ffffff", 0.2), alpha=0.7, emit=True)
    tone = mix(s.palette.sun, "#ffffff", 0.3)
    glints = [(s.rng.random(), s.rng.gauss(0, 1), s.rng.random()) for _ in range(70)]

    def draw(brush: Brush, clock: Clock) -> None:
        for v, u, phase in glints:
            share = v * v
            y = top + 0.006 + (low - top) * share
            near = 0.25 + share
            if phase < 0.62:
                x = sun_x + u * (0.02 + 0.16 * share)
                bright = 0.5 + 0.5 * math.sin(clock.t_s * (1.5 + 2 * phase) + phase * 50)
                brush.oval(x, y, 0.030 * near, 0.0028 * near, tone, alpha=0.70 * bright, emit=True)
            else:
                x = s.left + s.span * ((u * 0.37 + 0.5 + clock.t_s * 0.008) % 1.0)
                brush.oval(x, y, 0.07 * near, 0.0022 * near, lighter(blue, 0.4), alpha=0.35, emit=True)

    s.move(draw)
