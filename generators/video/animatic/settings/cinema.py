"""A cinema: the lit screen, its beam, rows of red seats with heads before it, lamps along the walls."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces.interior import FLOOR, curtain
from storyboard.generators.video.animatic.pieces.said import is_crowded, is_deserted
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place


@place(
    "cinema",
    seat="padded",
    indoor=True,
    words=(
        "cinema, movie theater, movie theatre, movies, movie house, picture house, film theater, "
        "multiplex, matinee, cinema hall, old cinema, empty cinema, movie screen, cinema screen, "
        "front row of the cinema, drive-in cinema, screening room, film screening"
    ),
)
def cinema(s: Scenery) -> None:
    """A cinema: the lit screen, its beam, rows of red seats with heads before it, lamps along the walls."""
    red: RGB = mix("#8f2430", s.palette.accent(0), 0.15)
    b = s.layer(0.60)
    b.gradient((s.left, s.high, s.span, FLOOR - s.high + 0.02), ["#17131d", "#2b1f2c", "#3a2634"])
    half = min(0.60, s.w * 0.74)
    top = -0.74
    low = top + min(0.44, half * 0.78)
    b.rect(-half - 0.03, top - 0.03, 2 * half + 0.06, low - top + 0.06, "#0d0b10")
    _film(s, b, (-half, top, 2 * half, low - top))
    for side in (-1, 1):
        left = side * (half + 0.10) - 0.08
        curtain(b, left, top - 0.09, 0.16, FLOOR - top + 0.08, red, tied=0)
        wall = side * (s.w * 0.98 if s.w > 0.7 else s.w * 1.4)
        _sconce(s, b, wall, -0.46)
    _valance(b, -half - 0.20, top - 0.10, 2 * half + 0.40, red)
    s.lamp(0.0, (top + low) / 2, 0.75, "#cfe0ff", 0.40, pulse=0.1)
    b = s.layer(0.82)
    b.gradient((s.left, FLOOR - 0.03, s.span, s.low - FLOOR + 0.03), ["#231821", "#3a2730"])
    b.glow(0.0, FLOOR + 0.03, half * 1.4, "#a9c0f0", 0.22, flat=0.22)
    for row, (y, scale) in enumerate(((-0.075, 0.62), (-0.020, 0.80))):
        _seats(s, b, y, scale, red, row)
    _beam(s)
    n = s.layer(1.45, softness=0.018)
    for k in range(7):
        x = (k - 3) * 0.30 * max(0.7, s.w) + s.rng.uniform(-0.03, 0.03)
        n.rect(x - 0.115, 0.155, 0.23, 0.5, darker(red, 0.55), r=0.05)
        n.rect(x - 0.115, 0.155, 0.23, 0.018, darker(red, 0.25), r=0.009)
    s.key_light, s.key_side = "#c9d8ff", 1


def _film(s: Scenery, b: Brush, box: tuple[float, float, float, float]) -> None:
    """Paint what is shown: an old romance in grey light, a hill, a moon and two small people."""
    x, y, w, h = box
    b.gradient(box, ["#aebbd6", "#dfe6f4", "#f2ecd8"], emit=True)
    moon = x + w * s.rng.uniform(0.25, 0.75)
    b.circle(moon, y + h * 0.32, h * 0.14, "#ffffff", emit=True)
    for k, tone in enumerate(("#93a2c2", "#6d7ba0", "#4a5678")):
        crest = y + h * (0.62 + 0.10 * k)
        shape = [(x + w * i / 6, crest - h * 0.10 * s.rng.random()) for i in range(7)]
        b.canvas.save()
        b.canvas.clipRect(skia.Rect.MakeXYWH(*box))
        b.blob(
            [
                (x - 0.1, y + h * 1.3),
                (x - 0.1, crest),
                *shape,
                (x + w + 0.1, crest),
                (x + w + 0.1, y + h * 1.3),
            ],
            tone,
            emit=True,
        )
        b.canvas.restore()
    for dx in (-0.022, 0.016):
        at, base = moon + dx * 1.4, y + h * 0.90
        b.oval(at, base - h * 0.20, 0.010, 0.011, "#1f2438", emit=True)
        b.poly(
            [
                (at - 0.014, base),
                (at - 0.010, base - h * 0.17),
                (at + 0.010, base - h * 0.17),
                (at + 0.014, base),
            ],
            "#1f2438",
            emit=True,
        )

    def flicker(brush: Brush, clock: Clock) -> None:
        dim = 0.05 + 0.05 * math.sin(clock.t_s * 23.0) * math.sin(clock.t_s * 7.1)
        brush.rect(x, y, w, h, "#10142a", alpha=max(0.0, dim), emit=True)
        scratch = x + w * ((clock.t_s * 0.37) % 1.0)
        brush.rect(scratch, y, 0.0022, h, "#ffffff", alpha=0.35, emit=True)

    s.move(flicker)


def _beam(s: Scenery) -> None:
    """Let the projector's beam cross the hall above the heads."""

    def draw(brush: Brush, clock: Clock) -> None:
        bright = 0.07 + 0.02 * math.sin(clock.t_s * 9.0)
        brush.beam(
            [(-0.03, s.high), (0.03, s.high), (s.w * 0.62, -0.34), (-s.w * 0.62, -0.34)],
            "#dfe8ff",
            bright,
            fade=((0.0, s.high), (0.0, -0.30)),
            blur=0.0,
        )

    s.move(draw)


def _seats(s: Scenery, b: Brush, y: float, scale: float, red: RGB, row: int) -> None:
    """Paint a row of seat backs; heads show over some of them."""
    pitch = 0.165 * scale
    n = int((s.w + 0.2) / pitch) + 1
    share = 0.0 if is_deserted(s) else 0.8 if is_crowded(s) else 0.32
    for k in range(-n, n + 1):
        x = (k + 0.5 * (row % 2)) * pitch
        aisle = abs(x - s.centre * s.w) < 0.10
        if s.rng.random() < share and not aisle:
            r = 0.045 * scale
            tone = mix("#191521", s.palette.accent(k % 3), 0.10)
            b.oval(x, y - 0.175 * scale, r * 0.85, r, tone)
            b.oval(x, y - 0.105 * scale, r * 1.9, r * 1.1, tone)
        if not aisle or row == 0:
            b.rect(
                x - pitch * 0.44,
                y - 0.13 * scale,
                pitch * 0.88,
                0.16 * scale,
                darker(red, 0.30),
                r=0.028 * scale,
            )
            b.rect(
                x - pitch * 0.40,
                y - 0.126 * scale,
                pitch * 0.80,
                0.022 * scale,
                lighter(red, 0.10),
                r=0.011 * scale,
            )
            b.rect(x - pitch * 0.47, y - 0.05 * scale, pitch * 0.10, 0.08 * scale, "#2a1c20", r=0.006)
    b.shade((s.left, y + 0.02 * scale, s.span, 0.03), 0.3, 0.0)


def _valance(b: Brush, x: float, y: float, w: float, red: RGB) -> None:
    n = 9
    for k in range(n):
        b.oval(x + w * (k + 0.5) / n, y + 0.01, w / n * 0.56, 0.045, darker(red, 0.10 + 0.16 * (k % 2)))
    b.rect(x, y - 0.06, w, 0.07, darker(red, 0.12))
    b.rect(x, y + 0.004, w, 0.008, "#c79a4a")


def _sconce(s: Scenery, b: Brush, x: float, y: float) -> None:
    b.glow(x, y - 0.04, 0.20, "#ffb870", 0.5)
    b.poly(
        [(x - 0.040, y - 0.04), (x + 0.040, y - 0.04), (x + 0.014, y + 0.05), (x - 0.014, y + 0.05)],
        "#ffd9a0",
        emit=True,
    )
    b.rect(x - 0.010, y + 0.05, 0.020, 0.020, "#b98f42")
    s.lamp(x, y, 0.22, "#ffb870", 0.34)
