"""What the weather does to a window, seen from inside: rain runs down, snow falls, fog stands, lightning."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces.storm import flicker_of_storm
from storyboard.generators.video.animatic.scenery import Clock, Scenery

Box = tuple[float, float, float, float]


def weather_outside(s: Scenery, box: Box) -> None:
    """Add the weather to a pane of glass (x, y, w, h)."""
    weather = s.palette.weather
    if s.storm:
        flicker_of_storm(s, box)
    if weather == "rain":
        _rain(s, box)
    elif weather == "snow":
        _snow(s, box)


def _rain(s: Scenery, box: Box) -> None:
    x, y, w, h = box
    n = max(8, round(160 * w * h))
    drops = [(s.rng.random(), s.rng.random(), s.rng.random()) for _ in range(n)]
    tone = mix(s.palette.sky[1], "#ffffff", 0.6)

    def draw(brush: Brush, clock: Clock) -> None:
        streaks, beads = [], []
        for u, v, phase in drops:
            px = x + w * (0.02 + 0.96 * u)
            if phase < 0.6:
                top = y + (h - 0.05) * ((v + clock.t_s * (0.9 + phase)) % 1.0)
                streaks += [skia.Point(px, top), skia.Point(px - 0.006, top + 0.045)]
            else:
                slow = (v + clock.t_s * 0.05 * phase) % 1.0
                beads.append(skia.Point(px, y + (h - 0.01) * slow))
        paint = brush.paint(tone, 0.45, emit=True)
        paint.setStrokeWidth(0.0022)
        brush.canvas.drawPoints(skia.Canvas.PointMode.kLines_PointMode, streaks, paint)
        paint = brush.paint(tone, 0.7, emit=True)
        paint.setStrokeWidth(0.0065)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        brush.canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, beads, paint)

    s.move(draw)


def _snow(s: Scenery, box: Box) -> None:
    x, y, w, h = box
    flakes = [(s.rng.random(), s.rng.random(), s.rng.random()) for _ in range(max(8, round(190 * w * h)))]

    def draw(brush: Brush, clock: Clock) -> None:
        points = [
            skia.Point(
                x + 0.006 + (w - 0.012) * ((u + 0.03 * phase * clock.t_s) % 1.0),
                y + 0.006 + (h - 0.012) * ((v + clock.t_s * (0.06 + 0.08 * phase)) % 1.0),
            )
            for u, v, phase in flakes
        ]
        paint = brush.paint("#f4f8ff", 0.85, emit=True)
        paint.setStrokeWidth(0.0075)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        brush.canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, points, paint)

    s.move(draw)
