"""Sky: its colours, sun or moon, stars, clouds."""

from __future__ import annotations

import math
import random

import skia

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces.storm import lightning
from storyboard.generators.video.animatic.scenery import Clock, Scenery


def paint_sky(
    scenery: Scenery, brush: Brush, horizon: float, *, sun_x: float = 0.45, clouds: int = 5
) -> float:
    """Paint the sky down to the horizon, the sun or moon near a share of the half width; return its x."""
    palette = scenery.palette
    high, middle, low = palette.sky
    saved = brush.depth
    box = (scenery.left, scenery.high, scenery.span, horizon - scenery.high + 0.1)
    raw = [high, mix(high, middle, 0.6), middle, low]
    _raw_gradient(brush, box, raw)
    clear = palette.weather in ("clear", "wind") and not scenery.storm
    reach = horizon - scenery.top
    sun_x += scenery.rng.uniform(-0.22, 0.22)
    x, y = sun_x * scenery.w, horizon - reach * palette.hour.sun_height
    night = palette.hour.lamps >= 1.0
    if night and clear:
        _stars(scenery, horizon)
    if clear:
        _sun_or_moon(scenery, brush, x, y, night=night)
    n_clouds = (
        clouds + 4 if palette.weather in ("cloudy", "rain") else max(2, round(clouds * (0.75 - 0.3 * night)))
    )
    if scenery.storm:
        lightning(scenery, horizon)
    _clouds(scenery, brush, horizon, n_clouds)
    brush.depth = saved
    return x


def _raw_gradient(
    brush: Brush, box: tuple[float, float, float, float], colours: list[tuple[float, float, float]]
) -> None:
    x, y, w, h = box
    stops = [skia.Color4f(*colour, 1.0).toColor() for colour in colours]
    ends = [skia.Point(x, y), skia.Point(x, y + h)]
    shader = skia.GradientShader.MakeLinear(ends, stops, [0.0, 0.35, 0.68, 1.0])
    brush.canvas.drawRect(skia.Rect.MakeXYWH(x, y, w, h), skia.Paint(Shader=shader, Dither=True))


def _sun_or_moon(scenery: Scenery, brush: Brush, x: float, y: float, *, night: bool) -> None:
    sun = scenery.palette.sun
    if night:
        brush.glow(x, y, 0.34, sun, 0.35)
        brush.circle(x, y, 0.042, mix(sun, "#ffffff", 0.5), emit=True)
        brush.circle(x - 0.012, y - 0.008, 0.009, mix(sun, "#8090c0", 0.4), alpha=0.5, emit=True)
        brush.circle(x + 0.014, y + 0.012, 0.006, mix(sun, "#8090c0", 0.4), alpha=0.5, emit=True)
        return
    low = 1.0 - min(1.0, scenery.palette.hour.sun_height * 1.6)
    brush.glow(x, y, 0.55 + 0.5 * low, sun, 0.55 + 0.25 * low)
    brush.circle(x, y, 0.045 + 0.03 * low, mix(sun, "#ffffff", 0.55), emit=True)
    scenery.lamp(x, y, 0.42, sun, 0.22 + 0.2 * low, pulse=0.15)


def _stars(scenery: Scenery, horizon: float) -> None:
    rng = scenery.rng
    stars = [
        (rng.uniform(scenery.left, scenery.right), rng.uniform(scenery.high, horizon - 0.1), rng.random())
        for _ in range(90)
    ]

    def twinkle(brush: Brush, clock: Clock) -> None:
        for x, y, phase in stars:
            bright = 0.45 + 0.35 * math.sin(clock.t_s * (0.8 + phase * 2) + phase * 40) + 0.2 * clock.pulse
            brush.circle(
                x,
                y,
                0.0012 + 0.0018 * phase * phase,
                "#eef3ff",
                alpha=bright * (0.4 + 0.6 * phase),
                emit=True,
            )

    scenery.move(twinkle)


def _clouds(scenery: Scenery, brush: Brush, horizon: float, n: int) -> None:
    """Float clouds with flat bases: large ones high up, small ones near the horizon."""
    rng, palette = scenery.rng, scenery.palette
    high, middle, low = palette.sky
    reach = horizon - scenery.top
    shade = mix(mix(high, middle, 0.55), low, 0.25)
    lit = mix(mix(middle, palette.sun, 0.60), "#ffffff", 0.25 - 0.2 * palette.hour.lamps)
    if scenery.storm:
        shade, lit = mix(mix(shade, high, 0.5), "#0b0d16", 0.35), mix(shade, lit, 0.22)
    for index in range(n):
        share = (index + rng.random() * 0.7) / max(1, n)
        y = scenery.top + reach * (0.16 + 0.72 * share)
        length = (0.30 + 0.34 * rng.random()) * (1.15 - 0.80 * share)
        _cloud(brush, rng, rng.uniform(scenery.left, scenery.right), y, length, shade, lit)


def _cloud(brush: Brush, rng: random.Random, x: float, y: float, length: float, shade: RGB, lit: RGB) -> None:
    n = rng.randrange(5, 8)
    puffs = []
    for step in range(n):
        part = (step + 0.5) / n * 2 - 1
        r = length * (0.16 * (1 - 0.75 * part * part) + 0.03 * rng.random())
        puffs.append(
            (x + part * length * 0.46 + rng.uniform(-0.1, 0.1) * r, y - r * (0.30 + 0.5 * rng.random()), r)
        )
    canvas = brush.canvas
    canvas.saveLayerAlpha(None, 205)
    canvas.clipRect(skia.Rect.MakeLTRB(x - length, y - length, x + length, y), doAntiAlias=True)
    for colour, dx, dy, grow in (
        (shade, 0.0, 0.0, 1.0),
        (mix(shade, lit, 0.6), 0.10, -0.12, 0.90),
        (lit, 0.20, -0.30, 0.70),
    ):
        paint = skia.Paint(Color4f=skia.Color4f(*colour, 1.0), AntiAlias=True)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, length * 0.012))
        for cx, cy, r in puffs:
            canvas.drawOval(
                skia.Rect.MakeLTRB(
                    cx + (dx - 1.35 * grow) * r,
                    cy + (dy - grow) * r,
                    cx + (dx + 1.35 * grow) * r,
                    cy + (dy + grow) * r,
                ),
                paint,
            )
    canvas.restore()
