"""A ledge over a valley."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.pieces.season import ground_colour
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
    snowed = s.palette.weather == "snow" or says(s, "snow|glacier|ice|winter")
    green = says(s, "green|meadow|slope|hill|alm|pasture") and not snowed
    rock = mix("#7c7468", "#eef2f8", 0.7 if s.palette.weather == "snow" else 0.0)
    rock = mix(rock, ground_colour(s, "#7f9a52"), 0.75) if green else rock
    _ledge(s, b, rock)
    if snowed and s.palette.weather != "snow":
        for _ in range(9):
            x, y = s.rng.uniform(s.left, s.right), s.rng.uniform(0.01, s.low)
            w = s.rng.uniform(0.06, 0.16) * (0.6 + 2 * max(0.0, y))
            b.oval(x, y, w, w * 0.16, "#f4f7fc", alpha=0.92)
    for x, size in ((-0.52, 0.060), (0.40, 0.045), (0.58, 0.075)):
        _boulder(
            b,
            s.about(x, 0.06),
            -0.018 + 0.10 * size,
            size * s.rng.uniform(0.8, 1.3),
            mix(rock, "#7c7468", 0.6),
        )
    if says(s, "hut|cabin|chalet|lodge"):
        _hut(s, b, s.w * 0.56, -0.040)
    if says(s, "cairn|ridge|pass|trail|summit|peak|top"):
        _cairn(s, b, s.about(0.36, 0.05) if s.w > 0.6 else s.w * 0.74, -0.028)
    if says(s, "flag|pass|himalaya"):
        _prayer_flags(s)
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


def _ledge(s: Scenery, b: Brush, rock: Colour) -> None:
    """Paint the ground: an edge above the valley, lit along its rim, cracked and stony."""
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
    b.shade((s.left, 0.04, s.span, s.low - 0.04), 0.0, 0.38)
    for _ in range(20):
        x, y = s.rng.uniform(s.left, s.right), s.rng.uniform(0.02, s.low)
        w = s.rng.uniform(0.03, 0.10)
        slab = [
            (x - w, y),
            (x - w * 0.4, y - w * 0.20),
            (x + w * 0.6, y - w * 0.16),
            (x + w, y),
            (x + w * 0.2, y + w * 0.10),
        ]
        b.poly(slab, darker(rock, s.rng.uniform(0.10, 0.26)))
        b.line(slab[:3], lighter(rock, 0.22), 0.003, alpha=0.8)


def _boulder(b: Brush, x: float, base: float, size: float, rock: Colour) -> None:
    b.shadow(x, base, size * 1.2, size * 0.16, 0.4)
    shape = [(-1.0, 0.0), (-0.86, -0.62), (-0.35, -1.0), (0.30, -0.90), (0.80, -0.52), (1.0, 0.0)]
    b.poly([(x + dx * size, base + dy * size) for dx, dy in shape], darker(rock, 0.22))
    lit = [(-0.86, -0.62), (-0.35, -1.0), (0.30, -0.90), (0.05, -0.55), (-0.50, -0.40)]
    b.poly([(x + dx * size, base + dy * size) for dx, dy in lit], lighter(rock, 0.16))


def _cairn(s: Scenery, b: Brush, x: float, base: float) -> None:
    s.filled.append((x - 0.10, x + 0.10))
    b.shadow(x, base, 0.10, 0.012, 0.4)
    y, half = base + 0.004, 0.085
    for k in range(6):
        h = 0.052 - 0.005 * k
        tone = mix("#8a8378", "#6d675f", s.rng.random())
        at = x + s.rng.uniform(-0.008, 0.008)
        b.rect(at - half, y - h, 2 * half, h, darker(tone, 0.14), r=h * 0.42)
        b.rect(at - half * 0.9, y - h, 1.7 * half, h * 0.4, lighter(tone, 0.16), r=h * 0.2)
        y, half = y - h * 0.94, half * 0.80


def _hut(s: Scenery, b: Brush, x: float, base: float) -> None:
    s.filled.append((x - 0.16, x + 0.16))
    wood = "#7a543a"
    b.rect(x - 0.13, base - 0.15, 0.26, 0.155, wood)
    for k in range(5):
        b.line(
            [(x - 0.13, base - 0.03 * k - 0.015), (x + 0.13, base - 0.03 * k - 0.015)],
            darker(wood, 0.3),
            0.003,
        )
    roof = [(x - 0.165, base - 0.142), (x, base - 0.255), (x + 0.165, base - 0.142)]
    b.poly(roof, darker("#5f4a40", 0.1))
    b.line(roof, lighter("#5f4a40", 0.25), 0.012)
    lit = s.night > 0.2
    b.rect(x + 0.025, base - 0.105, 0.060, 0.050, "#ffd48a" if lit else "#4a5a66", emit=lit)
    b.rect(x - 0.085, base - 0.105, 0.055, 0.105, "#4a3226")
    b.rect(x + 0.070, base - 0.265, 0.030, 0.07, "#6d6a68")
    if lit:
        s.lamp(x + 0.055, base - 0.08, 0.20, "#ffd48a", 0.45 * s.night)


def _prayer_flags(s: Scenery) -> None:
    """Hang strings of small flags that the wind moves."""
    tones = ("#3a6ac0", "#f1efe8", "#c8372f", "#3f8a4a", "#e8b83a")
    ends = [((-s.w * 1.1, -0.62), (s.w * 0.35, -0.80)), ((s.w * 0.10, -0.85), (s.w * 1.1, -0.48))]

    def draw(brush: Brush, clock: Clock) -> None:
        for line, ((ax, ay), (bx, by)) in enumerate(ends):
            n = 13
            at = [
                (ax + (bx - ax) * k / n, ay + (by - ay) * k / n + 0.22 * k / n * (1 - k / n))
                for k in range(n + 1)
            ]
            brush.line(at, "#4a4038", 0.003)
            for k, (x, y) in enumerate(at[:-1]):
                sway = 0.012 * math.sin(clock.t_s * 3.1 + k * 0.9 + line)
                flag = [
                    (x, y),
                    (x + 0.042, y + 0.004),
                    (x + 0.040 + sway, y + 0.046),
                    (x - 0.002 + sway, y + 0.044),
                ]
                brush.poly(flag, tones[k % 5])

    s.move(draw)


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
