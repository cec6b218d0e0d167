"""Thunder and lightning: bolts off the beat, and the light they throw."""

from __future__ import annotations

import random

import skia

from storyboard.generators.video.animatic.brush import Brush, Point
from storyboard.generators.video.animatic.scenery import Clock, Scenery

_EVERY_BEATS = 5.0
"""Beats from one flash to the next: never a multiple of a bar, so that none falls into a pattern."""
_OFF_BEAT = 0.5


def flash(clock: Clock, offset: float) -> float:
    """Return how bright the lightning is, 0 to 1: a stroke half a beat after the beat, and its echo."""
    since = (clock.beat - _OFF_BEAT - offset) % _EVERY_BEATS
    if since > 1.0:
        return 0.0
    echo = 0.55 if 0.30 < since < 0.42 else 0.0
    return max(0.0, 1.0 - since * 4.5, echo)


def lightning(s: Scenery, horizon: float) -> None:
    """Add strokes of lightning behind what stands before the sky, each of another shape."""
    bolts = [_bolt(s.rng, s.w * s.rng.uniform(-0.85, 0.85), s.high, horizon) for _ in range(4)]

    def draw(brush: Brush, clock: Clock) -> None:
        bright = flash(clock, s.thunder)
        if bright <= 0.02:
            return
        turn = int((clock.beat - _OFF_BEAT - s.thunder) // _EVERY_BEATS)
        paint = skia.Paint(
            Color4f=skia.Color4f(0.72, 0.78, 1.0, 0.34 * bright), BlendMode=skia.BlendMode.kScreen
        )
        brush.canvas.drawRect(skia.Rect.MakeLTRB(s.left, s.high, s.right, horizon + 0.05), paint)
        trunk, *twigs = bolts[turn % len(bolts)]
        for points, width in ((trunk, 1.0), *((twig, 0.5) for twig in twigs)):
            brush.line(points, "#9fb4ff", 0.022 * width, alpha=0.35 * bright, emit=True)
            brush.line(points, "#f6f8ff", 0.006 * width, alpha=bright, emit=True)

    s.move(draw)


def flicker_of_storm(s: Scenery, box: tuple[float, float, float, float], strength: float = 0.5) -> None:
    """Let lightning light a box (x, y, w, h): a window, or the ground before the figures."""
    x, y, w, h = box

    def draw(brush: Brush, clock: Clock) -> None:
        bright = flash(clock, s.thunder)
        if bright > 0.02:
            paint = skia.Paint(
                Color4f=skia.Color4f(0.72, 0.78, 1.0, strength * bright), BlendMode=skia.BlendMode.kScreen
            )
            brush.canvas.drawRect(skia.Rect.MakeXYWH(x, y, w, h), paint)

    s.move(draw)


def _bolt(rng: random.Random, x: float, top: float, low: float) -> list[list[Point]]:
    """Return a crooked line from the clouds to the ground, then its side branches."""
    n, at = 9, x
    trunk = []
    for i in range(n + 1):
        trunk.append((at, top + (low - top) * i / n))
        at += rng.uniform(-0.055, 0.055)
    twigs = []
    for start in rng.sample(range(2, n - 1), 3):
        px, py = trunk[start]
        lean = rng.choice((-1, 1))
        twigs.append([(px, py)])
        for _ in range(3):
            px, py = px + lean * rng.uniform(0.015, 0.05), py + rng.uniform(0.03, 0.07)
            twigs[-1].append((px, py))
    return [trunk, *twigs]
