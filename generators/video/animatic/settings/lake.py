"""A lake: still water under hills and firs, a jetty of planks, a rowing boat, reeds."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import nature, trees
from storyboard.generators.video.animatic.pieces.season import birds, ground_colour, leaf_colour
from storyboard.generators.video.animatic.pieces.sky import paint_sky
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

_SHORE = -0.235


@place(
    "lake",
    seat="rock",
    words=(
        "lake, lakeside, lakeshore, river, waterfall, lake house, mountain lake, stream, creek, brook, "
        "frozen lake, lake at dawn, riverbed, jetty on a lake, boathouse, rowboat, rowing boat, canoe, "
        "fishing hole, loch, fjord, reservoir, shore of a lake, dock on a lake, lake dock, pier on a "
        "lake, river delta, swimming hole, kayak, water's edge, edge of a lake, jetty by the lake, dock "
        "by the lake"
    ),
)
def lake(s: Scenery) -> None:
    """A lake: still water under hills and firs, a jetty of planks, a rowing boat, reeds."""
    frozen = s.season == "winter"
    b = s.layer(0.12)
    sun_x = paint_sky(s, b, _SHORE, sun_x=s.rng.choice((-0.4, 0.4)), clouds=5)
    nature.mountains(
        s,
        b,
        _SHORE + 0.005,
        s.rng.uniform(0.20, 0.36),
        mix("#6f7fa5", s.palette.haze, 0.3),
        n=s.rng.choice((3, 4, 5)),
        snow=frozen or s.rng.random() < 0.5,
    )
    b = s.layer(0.32)
    _far_shore(s, b)
    b = s.layer(0.55)
    _water(s, b, sun_x, frozen=frozen)
    side = s.rng.choice((-1, 1))
    s.layer(0.75)
    if not frozen:
        _boat(s, -side * s.w * s.rng.uniform(0.42, 0.62), -0.085)
    b = s.layer(0.93)
    _bank(s, b)
    _jetty(s, b, side)
    for x in (side * 0.92, -side * 0.78, -side * 0.98):
        _reeds(s, b, s.w * x, -0.015)
    birds(s, _SHORE - 0.1)
    n = s.layer(1.55, softness=0.02)
    fir = leaf_colour(s, "#2f5a45")
    for i in range(5):
        nature.foliage(
            n, s.rng, -side * (s.w + 0.10 - i * 0.05), s.top + 0.02 + 0.01 * i, 0.15, 0.10, darker(fir, 0.4)
        )
    s.centre, s.key_side = -side * 0.14, 1 if sun_x > 0 else -1


def _far_shore(s: Scenery, b: Brush) -> None:
    wood = leaf_colour(s, "#3f6b4f")
    nature.hills(s, b, _SHORE - 0.01, 0.055, mix(wood, s.palette.haze, 0.3), n=6)
    n = round(s.span / 0.035)
    for i in range(n):
        x = s.left + (i + s.rng.random()) * s.span / n
        trees.conifer(b, x, _SHORE + 0.008, s.rng.uniform(0.05, 0.12), mix(wood, s.palette.haze, 0.12))
    if s.rng.random() < 0.6:
        x = s.w * s.rng.uniform(-0.6, 0.6)
        b.rect(x - 0.035, _SHORE - 0.035, 0.07, 0.042, "#6a4632")
        b.poly(
            [(x - 0.048, _SHORE - 0.034), (x, _SHORE - 0.068), (x + 0.048, _SHORE - 0.034)],
            ground_colour(s, "#4a3228"),
        )
        b.rect(
            x - 0.010,
            _SHORE - 0.026,
            0.020,
            0.017,
            "#ffd88f" if s.night > 0.3 else "#56708c",
            emit=s.night > 0.3,
        )
        if s.night > 0.3:
            s.lamp(x, _SHORE - 0.02, 0.10, "#ffc878", 0.5 * s.night)


def _water(s: Scenery, b: Brush, sun_x: float, *, frozen: bool) -> None:
    high, middle, low = s.palette.sky
    top, base = _SHORE + 0.006, 0.10
    if frozen:
        ice: RGB = mix(mix(low, "#e6f1f8", 0.55), middle, 0.2)
        b.gradient((s.left, top, s.span, base - top), [mix(ice, low, 0.4), ice, lighter(ice, 0.2)], emit=True)
        for _ in range(16):
            x, y = s.rng.uniform(s.left, s.right), s.rng.uniform(top + 0.02, base)
            b.line(
                [(x, y), (x + 0.07, y + 0.006), (x + 0.11, y - 0.004), (x + 0.19, y + 0.010)],
                "#ffffff",
                0.002,
                alpha=0.6,
                emit=True,
            )
        return
    wood = mix(s.palette.local("#3f6b4f", 0.6), middle, 0.3)
    b.gradient(
        (s.left, top, s.span, base - top),
        [mix(low, wood, 0.6), mix(middle, wood, 0.25), mix(high, middle, 0.35), mix(high, "#1f6f8a", 0.25)],
        emit=True,
    )
    n = round(s.span / 0.05)
    for i in range(n):
        x, h = s.left + (i + s.rng.random()) * s.span / n, s.rng.uniform(0.02, 0.055)
        b.poly([(x - 0.014, top), (x + 0.014, top), (x, top + h)], wood, alpha=0.55, emit=True)
    glints = [(s.rng.random(), s.rng.gauss(0, 1), s.rng.random()) for _ in range(52)]
    tone = mix(s.palette.sun, "#ffffff", 0.35)

    def draw(brush: Brush, clock: Clock) -> None:
        for v, u, phase in glints:
            y, near = top + 0.01 + (base - top) * v * v, 0.3 + v
            bright = 0.5 + 0.5 * math.sin(clock.t_s * (0.9 + phase) + phase * 40)
            if phase < 0.45:
                brush.oval(
                    sun_x + u * (0.02 + 0.10 * v),
                    y,
                    0.030 * near,
                    0.0024 * near,
                    tone,
                    alpha=0.6 * bright,
                    emit=True,
                )
            else:
                x = s.left + s.span * ((u * 0.37 + 0.5 + clock.t_s * 0.004) % 1.0)
                brush.oval(x, y, 0.09 * near, 0.0016 * near, "#ffffff", alpha=0.22 * bright, emit=True)

    s.move(draw)


def _bank(s: Scenery, b: Brush) -> None:
    grass = ground_colour(s, "#6f8a4a" if s.season != "autumn" else "#9a8a4a")
    edge = [(s.left - 0.1 + i * (s.span + 0.2) / 8, -0.045 + s.rng.uniform(-0.012, 0.014)) for i in range(9)]
    b.blob(
        [
            (s.left - 0.3, s.low + 0.3),
            (s.left - 0.3, -0.04),
            *edge,
            (s.right + 0.3, -0.04),
            (s.right + 0.3, s.low + 0.3),
        ],
        darker(grass, 0.25),
    )
    low = [(x, y + 0.016) for x, y in edge]
    b.blob(
        [
            (s.left - 0.3, s.low + 0.3),
            (s.left - 0.3, -0.02),
            *low,
            (s.right + 0.3, -0.02),
            (s.right + 0.3, s.low + 0.3),
        ],
        grass,
    )
    nature.grass(b, s.rng, s.left, s.right, s.bottom + 0.03, 0.05, darker(grass, 0.15), n=70)
    for _ in range(7):
        x, y = s.rng.uniform(s.left, s.right), s.rng.uniform(0.01, 0.14)
        b.oval(x, y, 0.022, 0.010, darker("#8b8378", 0.2))
        b.oval(x - 0.004, y - 0.004, 0.016, 0.006, ground_colour(s, "#a39b8e"))


def _jetty(s: Scenery, b: Brush, side: int) -> None:
    """Lay planks from the bank out over the water."""
    wood = ground_colour(s, "#94714e")
    x0, x1 = side * max(0.16, s.w * 0.40), side * max(0.20, s.w * 0.58)
    far, near, y0, y1 = 0.055, 0.135, -0.155, 0.055
    for share, half in ((0.05, far), (0.5, 0.085), (0.9, near)):
        cx, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        for dx in (-half, half):
            b.line(
                [(cx + dx, y - 0.055 * (0.6 + share)), (cx + dx, y + 0.05 * (0.6 + share))],
                "#4a382c",
                0.012 + 0.010 * share,
            )
    n = 11
    for i in range(n):
        a, c = i / n, (i + 0.88) / n
        ya, yc = (y0 + (y1 - y0) * t**1.25 for t in (a, c))
        ha, hc = (far + (near - far) * t**1.25 for t in (a, c))
        xa, xc = (x0 + (x1 - x0) * t**1.25 for t in (a, c))
        b.poly(
            [(xa - ha, ya), (xa + ha, ya), (xc + hc, yc), (xc - hc, yc)],
            mix(wood, darker(wood, 0.25), s.rng.random()),
        )
    b.poly(
        [(x1 - near, y1), (x1 + near, y1), (x1 + near, y1 + 0.012), (x1 - near, y1 + 0.012)],
        darker(wood, 0.5),
    )


def _boat(s: Scenery, x: float, y: float) -> None:
    tone = mix("#8a5a3a", s.palette.accent(0), 0.55)

    def draw(brush: Brush, clock: Clock) -> None:
        cy = y + 0.003 * math.sin(clock.t_s * 0.9)
        canvas = brush.canvas
        canvas.save()
        canvas.translate(x + 0.012 * math.sin(clock.t_s * 0.25), cy)
        canvas.rotate(0.8 * math.sin(clock.t_s * 0.7))
        brush.oval(0.0, 0.014, 0.15, 0.010, "#0d1a2a", alpha=0.30)
        brush.blob(
            [
                (-0.155, -0.042),
                (-0.155, -0.042),
                (-0.11, -0.028),
                (0.11, -0.028),
                (0.155, -0.046),
                (0.155, -0.046),
                (0.11, 0.014),
                (-0.11, 0.014),
            ],
            tone,
        )
        brush.line(
            [(-0.152, -0.041), (-0.11, -0.027), (0.11, -0.027), (0.152, -0.045)],
            lighter(tone, 0.4),
            0.007,
            smooth=True,
        )
        brush.rect(-0.05, -0.034, 0.022, 0.014, darker(tone, 0.4))
        brush.line([(0.02, -0.045), (0.13, 0.020)], "#c9a878", 0.006)
        canvas.restore()

    s.move(draw)


def _reeds(s: Scenery, b: Brush, x: float, base: float) -> None:
    green = leaf_colour(s, "#6b8a45")
    for _ in range(13):
        dx, h, lean = s.rng.uniform(-0.06, 0.06), s.rng.uniform(0.10, 0.22), s.rng.uniform(-0.03, 0.03)
        b.line(
            [(x + dx, base), (x + dx + lean * 0.4, base - h * 0.6), (x + dx + lean, base - h)],
            mix(green, darker(green, 0.4), s.rng.random()),
            0.005,
            smooth=True,
        )
        if s.rng.random() < 0.4:
            b.line(
                [(x + dx + lean * 0.92, base - h * 0.90), (x + dx + lean, base - h * 1.08)], "#6b4228", 0.012
            )
