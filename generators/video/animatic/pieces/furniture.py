"""Furniture and small things in rooms."""

from __future__ import annotations

import math
import random

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.scenery import Clock, Scenery


def picture_frame(
    scenery: Scenery, brush: Brush, x: float, y: float, w: float, h: float, frame: Colour, *, motif: int = 0
) -> None:
    """Hang a small picture."""
    rng = scenery.rng
    brush.rect(x + 0.006, y + 0.008, w, h, "#000000", alpha=0.22)
    brush.rect(x, y, w, h, frame)
    m = min(w, h) * 0.12
    ground = mix(scenery.palette.accent(rng.randrange(4)), "#f2e8d8", 0.55)
    ix, iy, iw, ih = x + m, y + m, w - 2 * m, h - 2 * m
    brush.rect(ix, iy, iw, ih, ground)
    tone = scenery.palette.accent(rng.randrange(4))
    motif = (motif + rng.randrange(6)) % 6
    if motif == 0:
        brush.circle(ix + iw * 0.5, iy + ih * 0.45, min(iw, ih) * 0.26, tone)
        brush.rect(ix, iy + ih * 0.62, iw, ih * 0.38, darker(tone, 0.4))
    elif motif == 1:
        brush.poly(
            [
                (ix, iy + ih),
                (ix + iw * 0.4, iy + ih * 0.35),
                (ix + iw * 0.62, iy + ih * 0.7),
                (ix + iw * 0.8, iy + ih * 0.5),
                (ix + iw, iy + ih),
            ],
            tone,
        )
    elif motif == 2:
        brush.rect(ix + iw * 0.15, iy + ih * 0.15, iw * 0.3, ih * 0.7, tone)
        brush.rect(ix + iw * 0.55, iy + ih * 0.3, iw * 0.3, ih * 0.55, darker(tone, 0.35))
    else:
        _print(brush, rng, (ix, iy, iw, ih), tone, motif)


def _print(
    brush: Brush, rng: random.Random, box: tuple[float, float, float, float], tone: Colour, motif: int
) -> None:
    """Paint a leaf, rings or a face with a hat on a picture."""
    x, y, w, h = box
    middle = (x + w / 2, y + h / 2)
    if motif == 3:
        brush.line(
            [(middle[0], y + h * 0.92), (middle[0], y + h * 0.15)], darker(tone, 0.3), min(w, h) * 0.04
        )
        for k in range(4):
            at = y + h * (0.25 + 0.16 * k)
            for side in (-1, 1):
                brush.oval(middle[0] + side * w * 0.17, at, w * 0.17, h * 0.06, tone)
    elif motif == 4:
        for k in range(4):
            r = min(w, h) * (0.42 - 0.10 * k)
            brush.circle(*middle, r, darker(tone, 0.45 * (k % 2)) if k else tone)
    else:
        r = min(w, h) * 0.22
        brush.oval(middle[0], y + h * 1.02, r * 1.7, r * 1.3, darker(tone, 0.35))
        brush.circle(middle[0], y + h * 0.52, r, mix("#e8c09a", tone, rng.uniform(0.0, 0.3)))
        brush.oval(middle[0], y + h * 0.36, r * 1.5, r * 0.34, tone)
        brush.rect(middle[0] - r * 0.75, y + h * 0.36 - r * 0.9, r * 1.5, r * 0.9, tone, r=r * 0.2)


def books(scenery: Scenery, brush: Brush, x: float, base: float, w: float, h: float) -> None:
    """Fill a shelf with books."""
    rng, at = scenery.rng, x
    while at < x + w - 0.012:
        thick = rng.uniform(0.009, 0.020)
        if rng.random() < 0.12:
            at += thick * 1.5
            continue
        tall = h * rng.uniform(0.66, 0.95)
        tone = mix(
            scenery.palette.accent(rng.randrange(4)),
            rng.choice(["#e8dcc8", "#6b4a3c", "#2e3c4e", "#a7503f"]),
            rng.uniform(0.35, 0.85),
        )
        brush.rect(at, base - tall, min(thick, x + w - at), tall, tone)
        brush.rect(at + thick * 0.2, base - tall * 0.82, thick * 0.6, 0.004, lighter(tone, 0.45))
        at += thick + 0.001


def bookcase(
    scenery: Scenery,
    brush: Brush,
    x: float,
    base: float,
    w: float,
    h: float,
    wood: Colour,
    *,
    shelves: int = 4,
) -> None:
    """Paint a bookcase with its books."""
    brush.rect(x, base - h, w, h, darker(wood, 0.5))
    pitch = (h - 0.02) / shelves
    for i in range(shelves):
        y = base - h + 0.012 + pitch * (i + 1)
        books(scenery, brush, x + 0.015, y - 0.006, w - 0.03, pitch - 0.02)
        brush.rect(x, y - 0.006, w, 0.012, wood)
    for side in (x, x + w - 0.014):
        brush.rect(side, base - h, 0.014, h, wood)
    brush.rect(x - 0.006, base - h - 0.008, w + 0.012, 0.018, lighter(wood, 0.12))


def table(brush: Brush, x: float, base: float, w: float, h: float, wood: Colour) -> None:
    """Paint a table from the front."""
    brush.shadow(x, base, w * 0.55, 0.016, 0.35)
    for leg in (-0.43, 0.43):
        brush.rect(x + leg * w - 0.009, base - h, 0.018, h, darker(wood, 0.35))
    brush.rect(x - w / 2, base - h - 0.012, w, 0.026, wood, r=0.005)
    brush.rect(x - w / 2, base - h - 0.012, w, 0.008, lighter(wood, 0.22), r=0.004)


def round_table(brush: Brush, x: float, base: float, r: float, h: float, wood: Colour) -> None:
    """Paint a small café table on one foot."""
    brush.shadow(x, base, r * 0.8, 0.014, 0.35)
    brush.line([(x, base - h), (x, base - 0.006)], "#22242c", 0.014)
    brush.oval(x, base - 0.004, r * 0.5, 0.010, "#1b1d24")
    brush.oval(x, base - h + 0.006, r, r * 0.17, darker(wood, 0.4))
    brush.oval(x, base - h - 0.003, r, r * 0.17, wood)
    brush.oval(x - r * 0.15, base - h - 0.005, r * 0.7, r * 0.10, lighter(wood, 0.15), alpha=0.6)


def cup(brush: Brush, x: float, base: float, h: float, colour: Colour) -> None:
    """Stand a cup."""
    brush.oval(x, base, h * 0.8, h * 0.16, darker(colour, 0.2))
    brush.poly(
        [(x - h * 0.5, base - h), (x + h * 0.5, base - h), (x + h * 0.36, base), (x - h * 0.36, base)], colour
    )
    brush.line(
        [(x + h * 0.45, base - h * 0.8), (x + h * 0.8, base - h * 0.6), (x + h * 0.4, base - h * 0.25)],
        colour,
        h * 0.14,
        smooth=True,
    )


def steam(scenery: Scenery, x: float, base: float) -> None:
    """Add steam that curls up."""

    def draw(brush: Brush, clock: Clock) -> None:
        for i in range(3):
            rise = (clock.t_s * 0.25 + i / 3) % 1.0
            sway = 0.010 * math.sin(clock.t_s * 1.7 + i * 2.0 + rise * 5)
            brush.oval(
                x + sway,
                base - rise * 0.10,
                0.006 + rise * 0.010,
                0.016,
                "#ffffff",
                alpha=0.16 * math.sin(rise * math.pi),
                emit=True,
            )

    scenery.move(draw)
