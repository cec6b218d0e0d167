"""The shell of a room: wall, floor, windows, curtains, light through them."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces.city import WINDOW_LIGHTS
from storyboard.generators.video.animatic.pieces.outside import weather_outside
from storyboard.generators.video.animatic.scenery import Clock, Scenery

FLOOR = -0.085
"""Where the wall meets the floor, a little behind the figures' feet."""
_TALL = -0.97
"""Where the picture reaches higher than this, a room shows its ceiling."""


def room(scenery: Scenery, brush: Brush, wall: Colour, *, low_wall: Colour | None = None) -> None:
    """Paint the back wall with light falling off to the sides and a skirting board."""
    brush.gradient(
        (scenery.left, scenery.high, scenery.span, FLOOR - scenery.high + 0.02),
        [darker(wall, 0.30), wall, darker(wall, 0.12)],
    )
    if low_wall is not None:
        brush.rect(scenery.left, FLOOR - 0.27, scenery.span, 0.29, low_wall)
        brush.rect(scenery.left, FLOOR - 0.285, scenery.span, 0.016, lighter(low_wall, 0.2))
        brush.shade((scenery.left, FLOOR - 0.268, scenery.span, 0.02), 0.25, 0.0)
    brush.shade(
        (scenery.left, scenery.high, scenery.span * 0.45, scenery.low - scenery.high), 0.32, 0.0, across=True
    )
    if scenery.top < _TALL:
        _ceiling(scenery, brush, wall)
    brush.rect(scenery.left, FLOOR - 0.035, scenery.span, 0.05, lighter(low_wall or wall, 0.10))
    brush.shade((scenery.left, FLOOR - 0.035, scenery.span, 0.006), 0.3, 0.0)


def _ceiling(scenery: Scenery, brush: Brush, wall: Colour) -> None:
    """Paint a ceiling with beams where a tall frame shows so high, so that it does not end in mere wall."""
    low, tone = min(-0.92, 0.74 * scenery.top), mix(wall, "#f2e9da", 0.45)
    high = scenery.high
    brush.gradient((scenery.left, high, scenery.span, low - high), [darker(tone, 0.42), darker(tone, 0.12)])
    for k in range(-4, 5):
        x, reach = k * 0.21, 1.0 + 0.9 * (low - high)
        beam = [(x - 0.016, low), (x + 0.016, low), ((x + 0.024) * reach, high), ((x - 0.024) * reach, high)]
        brush.poly(beam, darker(wall, 0.52))
        brush.poly([beam[1], (x + 0.022, low), ((x + 0.032) * reach, high), beam[2]], darker(wall, 0.62))
    brush.rect(scenery.left, low - 0.004, scenery.span, 0.030, lighter(wall, 0.18))
    brush.rect(scenery.left, low + 0.022, scenery.span, 0.008, darker(wall, 0.22))
    brush.shade((scenery.left, low + 0.03, scenery.span, 0.10), 0.22, 0.0)


def plank_floor(scenery: Scenery, brush: Brush, colour: Colour, *, n: int = 15, gloss: float = 0.18) -> None:
    """Paint floorboards that run towards a vanishing point."""
    depth = scenery.low - FLOOR
    brush.gradient(
        (scenery.left, FLOOR, scenery.span, depth), [darker(colour, 0.22), colour, lighter(colour, 0.05)]
    )
    for i in range(-n, n + 1):
        top, low = i * scenery.w * 2.2 / n, i * scenery.w * 3.6 / n
        brush.line([(top, FLOOR), (low, scenery.low)], darker(colour, 0.35), 0.0025, alpha=0.55)
    brush.shade((scenery.left, FLOOR, scenery.span, 0.05), 0.42, 0.0)
    scenery.floor_gloss = max(scenery.floor_gloss, gloss)


def tile_floor(scenery: Scenery, brush: Brush, light: Colour, dark: Colour, *, rows: int = 5) -> None:
    """Paint a chequered floor in perspective."""
    brush.rect(scenery.left, FLOOR, scenery.span, scenery.low - FLOOR, light)
    columns = 22
    edges = [FLOOR + (scenery.low - FLOOR) * (r / rows) ** 1.5 for r in range(rows + 1)]

    def x_at(column: int, y: float) -> float:
        return (column - columns / 2) * (scenery.w * 0.20) * (1 + (y - FLOOR) * 2.4)

    for row in range(rows):
        y0, y1 = edges[row], edges[row + 1]
        for column in range(row % 2, columns, 2):
            brush.poly(
                [
                    (x_at(column, y0), y0),
                    (x_at(column + 1, y0), y0),
                    (x_at(column + 1, y1), y1),
                    (x_at(column, y1), y1),
                ],
                dark,
            )
    brush.shade((scenery.left, FLOOR, scenery.span, 0.06), 0.45, 0.0)
    scenery.floor_gloss = max(scenery.floor_gloss, 0.25)


def rug(brush: Brush, x: float, y: float, rx: float, ry: float, colour: Colour, trim: Colour) -> None:
    """Paint a round rug."""
    brush.oval(x, y + 0.004, rx * 1.01, ry * 1.03, darker(colour, 0.5))
    brush.oval(x, y, rx, ry, colour)
    brush.oval(x, y, rx * 0.86, ry * 0.86, trim)
    brush.oval(x, y, rx * 0.80, ry * 0.80, colour)


def window(
    scenery: Scenery,
    brush: Brush,
    x: float,
    y: float,
    w: float,
    h: float,
    frame: Colour,
    *,
    panes: tuple[int, int] = (2, 2),
    city: bool = True,
) -> None:
    """Paint a window with what lies outside."""
    sky, rng = scenery.palette.sky, scenery.rng
    t = 0.012
    brush.rect(x - t * 1.6, y - t * 1.6, w + t * 3.2, h + t * 3.2, darker(frame, 0.25), r=0.004)
    brush.canvas.save()
    brush.canvas.clipRect(skia.Rect.MakeXYWH(x, y, w, h))
    brush.gradient((x, y, w, h), [sky[0], sky[1], sky[2]], emit=True)
    if city:
        bx = x
        while bx < x + w - 0.01:
            bw, bh = min(rng.uniform(0.03, 0.07), x + w - bx), h * rng.uniform(0.15, 0.52)
            tone = mix(sky[1], darker(sky[0], 0.55), 0.55)
            brush.rect(bx, y + h - bh, bw, bh, tone, emit=True)
            for _ in range(int(9 * scenery.night)):
                if bw > 0.02 and bh > 0.03:
                    brush.rect(
                        bx + rng.uniform(0.004, bw - 0.01),
                        y + h - rng.uniform(0.012, bh - 0.006),
                        0.006,
                        0.008,
                        rng.choice(WINDOW_LIGHTS),
                        alpha=0.9,
                        emit=True,
                    )
            bx += bw
    else:
        for i in range(4):
            brush.oval(
                x + w * (0.1 + 0.28 * i),
                y + h * 0.99,
                w * 0.2,
                h * rng.uniform(0.15, 0.34),
                mix(mix("#4f8a5a", sky[1], 0.35), sky[0], 0.5 * scenery.night),
                emit=True,
            )
    brush.canvas.restore()
    brush.poly(
        [(x + w * 0.10, y), (x + w * 0.36, y), (x + w * 0.16, y + h), (x - 0.0, y + h), (x, y + h * 0.55)],
        "#ffffff",
        alpha=0.07,
        emit=True,
    )
    weather_outside(scenery, (x, y, w, h))
    across, down = panes
    for i in range(1, across):
        brush.rect(x + w * i / across - t * 0.35, y, t * 0.7, h, frame)
    for i in range(1, down):
        brush.rect(x, y + h * i / down - t * 0.35, w, t * 0.7, frame)
    for box in ((x - t, y - t, w + 2 * t, t), (x - t, y, t, h), (x + w, y, t, h)):
        brush.rect(*box, frame)
    brush.rect(x - t * 2.2, y + h, w + t * 4.4, t * 1.5, lighter(frame, 0.12), r=0.003)
    day = 1.0 - scenery.night
    if day > 0.05:
        scenery.lamp(x + w / 2, y + h / 2, max(w, h) * 1.1, scenery.palette.sun, 0.36 * day, pulse=0.12)


def sunbeam(
    scenery: Scenery, brush: Brush, x: float, y: float, w: float, h: float, reach: float, *, side: int = 1
) -> None:
    """Lay the light of a window across the room and on the floor."""
    strength = (
        0.30 * (1 - scenery.night)
        if scenery.palette.weather in ("clear", "wind")
        else 0.10 * (1 - scenery.night)
    )
    moon = 0.10 * scenery.night
    tone = scenery.palette.sun
    low = FLOOR + 0.13
    brush.beam(
        [(x, y), (x + w, y), (x + w + reach * side, low), (x + reach * side * 0.8, low)],
        tone,
        strength + moon,
        fade=((x, y), (x + reach * side, low + 0.12)),
    )
    brush.glow(x + w / 2 + reach * side * 0.85, FLOOR + 0.07, 0.26, tone, strength + moon, flat=0.28)


def curtain(brush: Brush, x: float, y: float, w: float, h: float, colour: Colour, *, tied: int = 0) -> None:
    """Paint a curtain in folds, tied to one side if `tied` is -1 or 1."""
    folds = max(3, int(w / 0.028))
    for i in range(folds):
        share = i / folds
        x0, x1 = x + w * share, x + w * (share + 1 / folds) + 0.001
        pull = tied * w * 0.28
        tone = darker(colour, 0.30) if i % 2 else lighter(colour, 0.06)
        brush.blob(
            [
                (x0, y),
                (x0, y),
                (x1, y),
                (x1, y),
                (x1 + pull * 0.9, y + h * 0.6),
                (x1 + pull * 0.4, y + h),
                (x1 + pull * 0.4, y + h),
                (x0 + pull * 0.4, y + h),
                (x0 + pull * 0.4, y + h),
                (x0 + pull * 0.9, y + h * 0.6),
            ],
            tone,
        )
    brush.line([(x - 0.015, y - 0.004), (x + w + 0.015, y - 0.004)], "#5a4636", 0.009)


def breathing_curtain(scenery: Scenery, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    """Add a thin curtain that moves in the air."""

    def draw(brush: Brush, clock: Clock) -> None:
        for i in range(4):
            sway = 0.012 * math.sin(clock.t_s * 1.3 + i * 0.8) + 0.004 * clock.pulse
            x0 = x + w * i / 4
            brush.blob(
                [
                    (x0, y),
                    (x0, y),
                    (x0 + w / 4, y),
                    (x0 + w / 4, y),
                    (x0 + w / 4 + sway, y + h),
                    (x0 + w / 4 + sway, y + h),
                    (x0 + sway, y + h),
                    (x0 + sway, y + h),
                ],
                colour,
                alpha=0.42,
            )

    scenery.move(draw)


def dust(
    scenery: Scenery,
    left: float,
    right: float,
    top: float,
    low: float,
    *,
    n: int = 26,
    colour: Colour = "#fff3d2",
) -> None:
    """Add specks that float in the light."""
    rng = scenery.rng
    specks = [(rng.random(), rng.random(), rng.random()) for _ in range(n)]

    def draw(brush: Brush, clock: Clock) -> None:
        for u, v, phase in specks:
            x = left + (right - left) * ((u + clock.t_s * 0.012 * (phase - 0.3)) % 1.0)
            y = top + (low - top) * ((v - clock.t_s * 0.02 * (0.3 + phase)) % 1.0)
            bright = 0.5 + 0.5 * math.sin(clock.t_s * (0.7 + phase) + phase * 30)
            brush.circle(x, y, 0.0012 + 0.002 * phase, colour, alpha=0.10 + 0.4 * bright * phase, emit=True)

    scenery.move(draw)
