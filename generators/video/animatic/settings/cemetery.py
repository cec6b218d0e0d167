"""A cemetery: old stones on a slope, a gate of iron, a chapel, a bare tree, low mist."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.season import ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_HORIZON = -0.21


@place(
    "cemetery",
    seat="bench",
    words=(
        "cemetery, graveyard, churchyard, grave, tombstone, gravestone, headstone, burial ground, "
        "graveside, mausoleum, crypt, tomb, memorial, haunted house, burial, old graveyard, haunted "
        "mansion"
    ),
)
def cemetery(s: Scenery) -> None:
    """A cemetery: old stones on a slope, a gate of iron, a chapel, a bare tree, low mist."""
    side = s.rng.choice((-1, 1))
    b = s.layer(0.14)
    paint_sky(s, b, _HORIZON, sun_x=-side * 0.3, clouds=7)
    nature.hills(s, b, _HORIZON + 0.02, 0.06, mix(leaf_colour(s, "#5f7a5a"), s.palette.haze, 0.35), n=5)
    b = s.layer(0.42)
    grass = ground_colour(s, "#6f8a58")
    b.blob(
        [
            (s.left - 0.3, 0.4),
            (s.left - 0.3, _HORIZON + 0.06),
            (-s.w * 0.4, _HORIZON + 0.01),
            (s.w * 0.4, _HORIZON - 0.015),
            (s.right + 0.3, _HORIZON + 0.05),
            (s.right + 0.3, 0.4),
        ],
        mix(grass, s.palette.haze, 0.25),
    )
    _chapel(s, b, side * s.w * 0.52, _HORIZON + 0.02)
    for _ in range(5):
        trees.conifer(
            b,
            s.rng.uniform(s.left, s.right),
            _HORIZON + 0.03,
            s.rng.uniform(0.14, 0.24),
            mix("#35523f", s.palette.haze, 0.15),
        )
    b = s.layer(0.66)
    b.blob(
        [
            (s.left - 0.3, 0.5),
            (s.left - 0.3, -0.12),
            (-s.w * 0.3, -0.145),
            (s.w * 0.5, -0.125),
            (s.right + 0.3, -0.15),
            (s.right + 0.3, 0.5),
        ],
        grass,
    )
    n = max(5, round(s.span / 0.20))
    for i in range(n):
        _stone(
            s,
            b,
            s.left + (i + s.rng.uniform(0.2, 0.8)) * s.span / n,
            -0.105 + s.rng.uniform(-0.015, 0.015),
            0.85,
        )
    _mist(s, -0.10)
    _railing(s, b)
    b = s.layer(0.93)
    b.gradient((s.left, -0.075, s.span, s.low + 0.1), [grass, darker(grass, 0.22)])
    path = ground_colour(s, "#b5a88c")
    b.blob(
        [
            (-0.10, -0.085),
            (0.06, -0.085),
            (0.16, 0.05),
            (0.52, s.low + 0.2),
            (-0.42, s.low + 0.2),
            (-0.12, 0.05),
        ],
        path,
    )
    _bare_tree(s, b, -side * s.w * 0.80, -0.03, 0.86)
    for x in (-0.90, -0.58, 0.48, 0.84):
        _stone(s, b, s.w * x + s.rng.uniform(-0.04, 0.04), 0.005 + s.rng.uniform(-0.02, 0.02), 1.42)
    nature.grass(b, s.rng, s.left, s.right, s.bottom + 0.02, 0.05, darker(grass, 0.2), n=80)
    _mist(s, 0.02)
    near = s.layer(1.5, softness=0.02)
    for k in range(3):
        near.rect(side * (s.w - 0.02) + k * 0.06 * side - 0.008, -0.02, 0.016, 0.6, "#15161c")
    s.centre, s.key_side = side * 0.05, 1 if side < 0 else -1


def _stone(s: Scenery, b: Brush, x: float, base: float, scale: float) -> None:
    tone: Colour = mix(s.rng.choice(("#9a9a98", "#85898f", "#a59f92")), s.palette.accent(2), 0.06)
    shape = s.rng.randrange(4)
    w, h = s.rng.uniform(0.10, 0.135) * scale, s.rng.uniform(0.15, 0.22) * scale
    b.shadow(x, base + 0.002, w * 0.75, 0.010 * scale, 0.4)
    canvas = b.canvas
    canvas.save()
    canvas.translate(x, base)
    canvas.rotate(s.rng.uniform(-4, 4))
    b.rect(-w * 0.66, -0.022 * scale, w * 1.32, 0.026 * scale, darker(tone, 0.25), r=0.004)
    if shape == 3:
        for dx, dy, tw, th in ((-0.13, 1.12, 0.26, 1.12), (-0.42, 0.86, 0.84, 0.22)):
            b.rect(w * dx, -h * dy, w * tw, h * th, tone, r=0.003)
            b.rect(w * dx, -h * dy, w * 0.07, h * th, darker(tone, 0.3))
    else:
        path = skia.Path()
        path.addRoundRect(
            skia.Rect.MakeLTRB(-w / 2, -h, w / 2, h * 0.4),
            w * (0.5, 0.16, 0.3)[shape],
            w * (0.5, 0.06, 0.5)[shape],
        )
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(-w, -h * 1.2, w, 0))
        canvas.drawPath(path, b.paint(tone))
        b.rect(-w / 2, -h, w * 0.16, h, darker(tone, 0.25), alpha=0.7)
        canvas.restore()
        for k in range(3):
            half = w * (0.26, 0.20, 0.24)[k]
            b.rect(-half, -h * (0.62 - 0.14 * k), 2 * half, h * 0.035, darker(tone, 0.4))
    canvas.restore()
    if s.palette.weather == "snow" and shape != 3:
        b.oval(x, base - h, w * 0.45, 0.014 * scale, "#f4f8ff")
    if s.rng.random() < 0.35:
        for i in range(4):
            fx = x + (i - 1.5) * 0.014 * scale
            b.line([(fx, base), (fx + 0.004, base - 0.03 * scale)], "#3f6b3a", 0.004)
            b.circle(fx + 0.004, base - 0.034 * scale, 0.009 * scale, s.palette.accent(i))


def _chapel(s: Scenery, b: Brush, x: float, base: float) -> None:
    stone, roof = "#8d8a90", ground_colour(s, "#4a4650")
    b.rect(x - 0.11, base - 0.14, 0.19, 0.15, stone)
    b.poly(
        [
            (x - 0.125, base - 0.138),
            (x - 0.09, base - 0.205),
            (x + 0.07, base - 0.205),
            (x + 0.09, base - 0.138),
        ],
        roof,
    )
    b.rect(x + 0.06, base - 0.24, 0.075, 0.25, lighter(stone, 0.08))
    b.poly([(x + 0.05, base - 0.238), (x + 0.0975, base - 0.36), (x + 0.145, base - 0.238)], roof)
    b.line([(x + 0.0975, base - 0.40), (x + 0.0975, base - 0.355)], roof, 0.004)
    b.line([(x + 0.083, base - 0.386), (x + 0.112, base - 0.386)], roof, 0.004)
    for dx in (-0.075, -0.025, 0.025):
        b.rect(
            x + dx,
            base - 0.105,
            0.020,
            0.060,
            "#ffd28a" if s.night > 0.3 else "#3a3f4a",
            r=0.010,
            emit=s.night > 0.3,
        )
    if s.night > 0.3:
        s.lamp(x - 0.02, base - 0.07, 0.14, "#ffc878", 0.4 * s.night, flicker=0.1)


def _bare_tree(s: Scenery, b: Brush, x: float, base: float, height: float) -> None:
    bark = darker("#4a3f3a", 0.25)

    def branch(px: float, py: float, angle: float, length: float, width: float, depth: int) -> None:
        ex, ey = px + math.cos(angle) * length, py + math.sin(angle) * length
        b.line(
            [(px, py), ((px + ex) / 2 + s.rng.uniform(-0.1, 0.1) * length, (py + ey) / 2), (ex, ey)],
            bark,
            width,
            smooth=True,
        )
        if depth == 0:
            return
        for turn in (-0.52, 0.48, s.rng.uniform(-0.2, 0.2)):
            branch(
                ex,
                ey,
                angle + turn * s.rng.uniform(0.7, 1.3),
                length * s.rng.uniform(0.60, 0.76),
                width * 0.62,
                depth - 1,
            )

    b.shadow(x, base, 0.16, 0.02, 0.35)
    branch(x, base + 0.02, -math.pi / 2 + s.rng.uniform(-0.12, 0.12), height * 0.34, 0.050, 4)
    b.blob(
        [
            (x - 0.06, base + 0.02),
            (x - 0.024, base - 0.10),
            (x + 0.024, base - 0.10),
            (x + 0.06, base + 0.02),
        ],
        bark,
    )


def _railing(s: Scenery, b: Brush) -> None:
    iron, base = "#23252d", -0.075
    for side in (-1, 1):
        near, far = side * 0.24, side * (s.w + s.pad)
        n = max(2, round(abs(far - near) / 0.045))
        for i in range(n + 1):
            x = near + (far - near) * i / n
            b.line([(x, base), (x, base - 0.15)], iron, 0.005)
            b.poly([(x - 0.006, base - 0.148), (x, base - 0.172), (x + 0.006, base - 0.148)], iron)
        for k in (0.03, 0.13):
            b.line([(near, base - k), (far, base - k)], iron, 0.005)
        b.rect(near - 0.022, base - 0.24, 0.044, 0.25, "#7d7a78")
        b.rect(near - 0.030, base - 0.255, 0.060, 0.022, "#94908c")
        b.circle(near, base - 0.272, 0.020, "#94908c")


def _mist(s: Scenery, y: float) -> None:
    banks = [(s.rng.random(), s.rng.uniform(-0.02, 0.03), s.rng.uniform(0.18, 0.34)) for _ in range(5)]
    tone, strength = mix(s.palette.haze, "#ffffff", 0.25), 0.05 + 0.06 * s.night

    def draw(brush: Brush, clock: Clock) -> None:
        for u, dy, rx in banks:
            x = s.left - 0.3 + (s.span + 0.6) * ((u + clock.t_s * 0.008) % 1.0)
            for k in range(3):
                brush.oval(
                    x, y + dy, rx * (1 - 0.25 * k), 0.030 * (1 - 0.25 * k), tone, alpha=strength, emit=True
                )

    s.move(draw)
