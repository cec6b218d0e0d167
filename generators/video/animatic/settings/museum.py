"""A gallery: framed paintings under spots, a statue on its plinth, a bench, a cord before the walls."""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import exhibits, interior
from storyboard.generators.video.animatic.pieces.said import says
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR
Painter = Callable[[Scenery, Brush, float, float, float, float], None]


@place(
    "museum",
    seat="bench",
    indoor=True,
    words=(
        "museum, gallery, art gallery, exhibition, art museum, art exhibition, louvre, sculpture gallery, "
        "art studio, art show, painter's studio, history museum, gallery opening, exhibition hall, wax "
        "museum, museum hall, portrait gallery, planetarium, aquarium, hall of mirrors"
    ),
)
def museum(s: Scenery) -> None:
    """A gallery: framed paintings under spots, a statue on its plinth, a bench, a cord before the walls."""
    wall = mix(s.rng.choice(("#e6e0d6", "#7d3a38", "#47606a", "#cfd6d8")), s.palette.accent(1), 0.08)
    b = s.layer(0.72)
    interior.room(s, b, wall)
    b.rect(s.left, s.high, s.span, -0.735 - s.high, lighter(wall, 0.25))
    b.rect(s.left, -0.742, s.span, 0.014, "#4a4a52")
    spans = (-0.70, -0.02, 0.68) if s.w > 0.6 else (-0.48, 0.48)
    painters = [_abstract, _landscape, _portrait, _night, _still_life]
    s.rng.shuffle(painters)
    for x, painter in zip(spans, painters, strict=False):
        w = min(0.46, s.w * 0.50) * s.rng.uniform(0.72, 1.0)
        h = s.rng.uniform(0.24, 0.33)
        _hang(s, b, s.w * x, -0.485, w, h, painter)
    b = s.layer(0.92)
    interior.plank_floor(s, b, "#b98a5c", gloss=0.24)
    _cord(s, b)
    side = s.rng.choice((-1, 1))
    if says(s, "skeleton|dinosaur|fossil|bones|natural history"):
        exhibits.skeleton(s, b, -side * s.w * 0.10, FLOOR + 0.010, side)
    if says(s, "glass case|case|vitrine|display"):
        exhibits.glass_case(s, b, -side * s.w * 0.86, FLOOR + 0.06)
    _statue(s, b, side * s.w * 0.37 if s.w > 0.6 else side * s.w * 0.86, FLOOR + 0.03)
    if not s.seated:
        _bench(s, b, -side * s.w * 0.62, FLOOR + 0.085)
    s.key_light, s.key_side = "#fff1d6", 1


def _hang(s: Scenery, b: Brush, x: float, y: float, w: float, h: float, painter: Painter) -> None:
    """Hang a picture with its middle at (x, y) in a gilt or a plain frame, under a spot."""
    gilt = s.rng.random() < 0.6
    rim = 0.026 if gilt else 0.012
    frame: str = "#c79a4a" if gilt else "#26242a"
    left, top = x - w / 2, y - h / 2
    b.rect(left - rim + 0.008, top - rim + 0.012, w + 2 * rim, h + 2 * rim, "#000000", alpha=0.25)
    b.rect(left - rim, top - rim, w + 2 * rim, h + 2 * rim, darker(frame, 0.2))
    b.rect(left - rim * 0.7, top - rim * 0.7, w + rim * 1.4, h + rim * 1.4, lighter(frame, 0.15))
    b.canvas.save()
    b.canvas.clipRect(skia.Rect.MakeXYWH(left, top, w, h))
    painter(s, b, left, top, w, h)
    b.canvas.restore()
    b.rect(x + w / 2 + rim + 0.02, y + h * 0.3, 0.035, 0.025, "#f6f2e8")
    b.rect(x - 0.014, -0.742, 0.028, 0.036, "#2b2b32", r=0.006)
    b.beam(
        [(x - 0.012, -0.71), (x + 0.012, -0.71), (x + w * 0.62, y + h * 0.62), (x - w * 0.62, y + h * 0.62)],
        "#ffe9bd",
        0.20 + 0.12 * s.night,
        fade=((x, -0.72), (x, y + h * 0.75)),
        blur=0.012,
    )
    s.lamp(x, y, 0.30, "#ffe9bd", 0.14 + 0.20 * s.night)


def _abstract(s: Scenery, b: Brush, x: float, y: float, w: float, h: float) -> None:
    b.rect(x, y, w, h, "#f1e8d6")
    for i in range(7):
        tone: RGB = s.palette.accent(s.rng.randrange(4))
        if i % 2:
            b.circle(
                x + w * s.rng.random(), y + h * s.rng.random(), h * s.rng.uniform(0.08, 0.24), tone, alpha=0.9
            )
        else:
            b.rect(
                x + w * s.rng.uniform(0, 0.7),
                y + h * s.rng.uniform(0, 0.7),
                w * s.rng.uniform(0.1, 0.4),
                h * s.rng.uniform(0.08, 0.5),
                tone,
                alpha=0.85,
            )
    b.line([(x + w * s.rng.random(), y + h * s.rng.random()) for _ in range(5)], "#1d1b22", 0.006)


def _landscape(s: Scenery, b: Brush, x: float, y: float, w: float, h: float) -> None:
    b.gradient((x, y, w, h), ["#6fa8cf", "#f3cf9a"])
    b.circle(x + w * s.rng.uniform(0.2, 0.8), y + h * 0.36, h * 0.10, "#fff1c4")
    for k, tone in enumerate(("#7d8fb0", "#5f8a6a", "#8a9a4a")):
        base = y + h * (0.55 + 0.15 * k)
        b.blob(
            [
                (x - w * 0.1, y + h * 1.2),
                *[(x + w * i / 4, base - h * s.rng.uniform(0, 0.16)) for i in range(5)],
                (x + w * 1.1, y + h * 1.2),
            ],
            tone,
        )


def _portrait(s: Scenery, b: Brush, x: float, y: float, w: float, h: float) -> None:
    b.rect(x, y, w, h, mix("#3a2f2a", s.palette.accent(2), 0.25))
    cx, skin = x + w / 2, s.rng.choice(("#e8c09a", "#b97f55", "#8a5a3a"))
    hair, dress = s.rng.choice(("#3a2418", "#8a5a2a", "#1d1a1c")), s.palette.accent(0)
    b.oval(cx, y + h * 0.38, h * 0.20, h * 0.25, hair)
    b.blob(
        [
            (cx - h * 0.42, y + h * 1.1),
            (cx - h * 0.30, y + h * 0.70),
            (cx, y + h * 0.60),
            (cx + h * 0.30, y + h * 0.70),
            (cx + h * 0.42, y + h * 1.1),
        ],
        dress,
    )
    b.rect(cx - h * 0.055, y + h * 0.50, h * 0.11, h * 0.16, darker(skin, 0.15))
    b.oval(cx, y + h * 0.40, h * 0.13, h * 0.17, skin)
    b.oval(cx, y + h * 0.27, h * 0.15, h * 0.08, hair)


def _night(s: Scenery, b: Brush, x: float, y: float, w: float, h: float) -> None:
    b.gradient((x, y, w, h), ["#1a2a5c", "#3f5fa0"])
    for _ in range(7):
        cx, cy = x + w * s.rng.random(), y + h * s.rng.uniform(0.05, 0.55)
        for r, alpha in ((0.075, 0.35), (0.045, 0.6), (0.02, 1.0)):
            b.circle(cx, cy, h * r, "#ffe08a", alpha=alpha)
    for i in range(5):
        b.rect(x + w * i * 0.21, y + h * s.rng.uniform(0.66, 0.78), w * 0.16, h * 0.4, "#141c3a")
    b.poly([(x + w * 0.12, y + h), (x + w * 0.18, y + h * 0.3), (x + w * 0.25, y + h)], "#10241c")


def _still_life(s: Scenery, b: Brush, x: float, y: float, w: float, h: float) -> None:
    b.rect(x, y, w, h, "#5d4a3c")
    b.rect(x, y + h * 0.68, w, h * 0.32, "#8a6a48")
    b.blob(
        [
            (x + w * 0.42, y + h * 0.80),
            (x + w * 0.38, y + h * 0.60),
            (x + w * 0.46, y + h * 0.50),
            (x + w * 0.54, y + h * 0.50),
            (x + w * 0.62, y + h * 0.60),
            (x + w * 0.58, y + h * 0.80),
        ],
        s.palette.accent(1),
    )
    for i in range(7):
        angle = math.pi * (1.15 + 0.7 * i / 6)
        cx, cy = x + w * 0.5 + math.cos(angle) * h * 0.22, y + h * 0.50 + math.sin(angle) * h * 0.28
        b.line([(x + w * 0.5, y + h * 0.5), (cx, cy)], "#3f6b3a", 0.004)
        b.circle(cx, cy, h * 0.06, s.palette.accent(i))
    for i, tone in enumerate(("#c8473a", "#e0a33a", "#7a9a3a")):
        b.circle(x + w * (0.70 + 0.09 * i), y + h * 0.78, h * 0.07, tone)


def _cord(s: Scenery, b: Brush) -> None:
    n = max(3, round(s.span / 0.42))
    tone: RGB = mix("#a5252f", s.palette.accent(0), 0.3)
    base = FLOOR + 0.022
    for i in range(n + 1):
        x = s.left + i * s.span / n
        if i < n:
            step = s.span / n
            b.line(
                [(x, base - 0.165), (x + step * 0.5, base - 0.075), (x + step, base - 0.165)],
                tone,
                0.011,
                smooth=True,
            )
        b.rect(x - 0.006, base - 0.17, 0.012, 0.17, "#c79a4a")
        b.circle(x, base - 0.175, 0.012, "#e8c46a")
        b.oval(x, base, 0.032, 0.008, "#8d6c30")


def _statue(s: Scenery, b: Brush, x: float, base: float) -> None:
    """Paint a marble bust, or a vase, on a plinth."""
    marble = "#e9e6e0"
    b.shadow(x, base + 0.003, 0.10, 0.013, 0.45)
    b.rect(x - 0.075, base - 0.27, 0.15, 0.27, "#d6d1c8")
    b.rect(x - 0.075, base - 0.27, 0.04, 0.27, darker("#d6d1c8", 0.2))
    b.rect(x - 0.088, base - 0.285, 0.176, 0.022, "#eeeae2", r=0.003)
    top = base - 0.285
    if s.rng.random() < 0.6:
        b.blob(
            [
                (x - 0.075, top),
                (x - 0.07, top - 0.06),
                (x - 0.02, top - 0.085),
                (x + 0.02, top - 0.085),
                (x + 0.07, top - 0.06),
                (x + 0.075, top),
            ],
            marble,
        )
        b.rect(x - 0.018, top - 0.115, 0.036, 0.05, darker(marble, 0.14))
        b.oval(x, top - 0.145, 0.038, 0.050, marble)
        b.oval(x - 0.006, top - 0.180, 0.040, 0.024, darker(marble, 0.12))
        b.poly([(x + 0.034, top - 0.150), (x + 0.048, top - 0.132), (x + 0.034, top - 0.128)], marble)
        b.oval(x - 0.018, top - 0.14, 0.018, 0.042, darker(marble, 0.18), alpha=0.5)
        return
    tone: RGB = mix("#3f6b8a", s.palette.accent(0), 0.4)
    b.blob(
        [
            (x - 0.03, top),
            (x - 0.075, top - 0.08),
            (x - 0.05, top - 0.14),
            (x - 0.02, top - 0.16),
            (x + 0.02, top - 0.16),
            (x + 0.05, top - 0.14),
            (x + 0.075, top - 0.08),
            (x + 0.03, top),
        ],
        tone,
    )
    b.rect(x - 0.030, top - 0.185, 0.060, 0.022, lighter(tone, 0.2), r=0.008)
    b.line(
        [(x - 0.058, top - 0.085), (x, top - 0.073), (x + 0.058, top - 0.085)], "#f1e8d6", 0.008, smooth=True
    )


def _bench(s: Scenery, b: Brush, x: float, base: float) -> None:
    w = min(0.40, s.w * 0.6)
    b.shadow(x, base, w * 0.55, 0.013, 0.4)
    for dx in (-0.4, 0.4):
        b.rect(x + dx * w - 0.010, base - 0.13, 0.020, 0.13, "#3a3a42")
    b.rect(x - w / 2, base - 0.155, w, 0.036, darker(s.palette.accent(2), 0.3), r=0.014)
    b.rect(x - w / 2, base - 0.157, w, 0.014, lighter(s.palette.accent(2), 0.05), r=0.007)
