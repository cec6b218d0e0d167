"""A ledge over a valley."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "mountain",
    seat="rock",
    words=(
        "mountain, peak, summit, cliff, alps, hill, ridge, valley, glacier, volcano, overlook, ski, "
        "mountain cabin, mountaintop, hilltop, clifftop, cliff edge, ledge, ski slope, ski resort, "
        "mountain pass, mountain top, himalayas, highland, lookout, lookout point, viewpoint, crag, "
        "plateau, ice field, mountainside, hillside, cave, snowy mountain, edge of the world, tundra, "
        "iceberg"
    ),
)
def mountain(s: Scenery) -> None:
    """A ledge over a valley: ranges behind ranges, snow, firs, mist between them."""
    b = s.layer(0.08)
    paint_sky(s, b, -0.14, sun_x=-0.5, clouds=5)
    nature.mountains(
        s, b, -0.10, 0.48, mix("#6f7fa5", s.palette.haze, 0.25), n=s.rng.choice((2, 3, 4)), snow=True
    )
    b.gradient((s.left, -0.26, s.span, 0.2), [s.palette.haze, s.palette.haze], alphas=[0.0, 0.75], emit=True)
    b = s.layer(0.26)
    nature.mountains(s, b, -0.04, 0.26, "#566a80", n=5, snow=s.palette.weather == "snow")
    b.gradient((s.left, -0.16, s.span, 0.14), [s.palette.haze, s.palette.haze], alphas=[0.0, 0.6], emit=True)
    _drifting_mist(s)
    b = s.layer(0.5)
    fir = mix("#3f6350", s.palette.film[0], 0.12)
    fir = mix(fir, "#e8eef5", 0.4) if s.palette.weather == "snow" else fir
    for i in range(26):
        x = s.left + (i + s.rng.random()) * s.span / 26
        trees.conifer(b, x, 0.02 + 0.02 * s.rng.random(), s.rng.uniform(0.10, 0.19), fir)
    b = s.layer(0.93)
    rock = mix("#7c7468", "#eef2f8", 0.7 if s.palette.weather == "snow" else 0.0)
    edge = [
        (s.left - 0.3, -0.02),
        (-s.w * 0.75, -0.055),
        (-s.w * 0.3, -0.045),
        (s.w * 0.15, -0.06),
        (s.w * 0.6, -0.04),
        (s.right + 0.3, -0.075),
    ]
    b.blob([(s.left - 0.4, s.low + 0.5), *edge, (s.right + 0.4, s.low + 0.5)], rock)
    b.line(edge[1:-1], lighter(rock, 0.35), 0.010, smooth=True)
    for _ in range(16):
        x, y = s.rng.uniform(s.left, s.right), s.rng.uniform(0.03, s.low)
        w = s.rng.uniform(0.04, 0.12)
        b.poly(
            [
                (x - w, y),
                (x - w * 0.3, y - w * 0.22),
                (x + w * 0.6, y - w * 0.14),
                (x + w, y + w * 0.05),
                (x, y + w * 0.12),
            ],
            darker(rock, s.rng.uniform(0.12, 0.32)),
        )
    trees.conifer(b, s.about(0.82, 0.05), 0.0, s.rng.uniform(0.52, 0.72), fir)
    trees.conifer(b, s.w * 1.04, 0.03, 0.84, darker(fir, 0.15))
    trees.conifer(b, s.about(-0.95, 0.05), -0.01, s.rng.uniform(0.34, 0.56), fir)
    nature.grass(b, s.rng, s.left, s.right, -0.02, 0.022, "#8a9a5a", n=50)
    n = s.layer(1.5, softness=0.02)
    n.blob(
        [(-s.w - 0.3, 0.5), (-s.w - 0.3, 0.06), (-s.w, 0.02), (-s.w + 0.16, 0.14), (-s.w + 0.30, 0.5)],
        darker(rock, 0.5),
    )
    s.centre, s.key_side = -0.12, -1


def _drifting_mist(s: Scenery) -> None:
    banks = [(s.rng.random(), s.rng.uniform(-0.16, -0.04), s.rng.uniform(0.25, 0.5)) for _ in range(4)]

    def draw(brush: Brush, clock: Clock) -> None:
        for u, y, length in banks:
            x = s.left - 0.5 + (s.span + 1.0) * ((u + clock.t_s * 0.012) % 1.0)
            stops = [
                skia.Color4f(*s.palette.haze, 0.45).toColor(),
                skia.Color4f(*s.palette.haze, 0.0).toColor(),
            ]
            paint = skia.Paint(Shader=skia.GradientShader.MakeRadial(skia.Point(0, 0), 1.0, stops))
            brush.canvas.save()
            brush.canvas.translate(x, y)
            brush.canvas.scale(length, 0.045)
            brush.canvas.drawCircle(0, 0, 1.0, paint)
            brush.canvas.restore()

    s.move(draw)
