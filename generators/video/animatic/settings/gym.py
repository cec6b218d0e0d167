"""A gym: mirrors, racks of weights, a punching bag, a treadmill, big windows."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import interior
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "gym",
    seat="bench",
    indoor=True,
    words=(
        "gym, gymnasium, boxing gym, weight room, fitness studio, fitness center, fitness centre, locker "
        "room, yoga studio, basketball court, training room, dojo, school gym, sports hall, treadmill, "
        "tennis court, boxing club, crossfit box, changing room, indoor court, home gym"
    ),
)
def gym(s: Scenery) -> None:
    """A gym: mirrors, racks of weights, a punching bag, a treadmill, big windows."""
    wall = mix(s.rng.choice(("#8a929c", "#a8755c", "#76869a")), s.palette.accent(1), 0.10)
    accent = s.palette.accent(0)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.72)
    interior.room(s, b, wall)
    b.rect(s.left, -0.36, s.span, 0.035, accent)
    wide = min(0.62, s.w * 0.80)
    wx = -side * s.w * 0.46 - wide / 2
    interior.window(s, b, wx, -0.70, wide, 0.27, "#2a2d34", panes=(4, 2))
    _mirror(s, b, side * s.w * 0.46, min(0.66, s.w * 0.84))
    for x in (-0.5, 0.5):
        b.rect(s.w * x - 0.16, -0.775, 0.32, 0.016, "#f6fbff", emit=True)
        s.lamp(s.w * x, -0.76, 0.42, "#eef6ff", 0.14 + 0.22 * s.night)
    b = s.layer(0.92)
    _floor(s, b, accent)
    _rack(s, b, side * max(0.24, s.w * 0.45), FLOOR + 0.02, min(0.56, s.w * 0.72))
    if s.w > 0.6:
        _treadmill(s, b, -side * s.w * 0.44, FLOOR + 0.050, side)
    _ball(s, b, side * s.w * 0.88, FLOOR + 0.07)
    b = s.layer(0.97)
    _bag(s, -side * s.w * 0.78, accent)
    near = s.layer(1.5, softness=0.02)
    near.rect(side * s.w - 0.25, 0.10, 0.5, 0.045, "#22242b")
    for dx in (-0.22, 0.18):
        near.rect(side * s.w + dx, 0.03, 0.06, 0.19, darker(accent, 0.35), r=0.02)
    s.centre, s.key_light, s.key_side, s.floor_gloss = 0.0, "#f2f8ff", 1, 0.14


def _mirror(s: Scenery, b: Brush, x: float, w: float) -> None:
    left, top, h = x - w / 2, -0.66, 0.44
    glass = mix("#a9bccb", s.palette.sky[1], 0.15)
    b.rect(left - 0.010, top - 0.010, w + 0.020, h + 0.020, "#2a2d34")
    b.gradient((left, top, w, h), [lighter(glass, 0.12), darker(glass, 0.22)])
    n = max(2, round(w / 0.22))
    for i in range(n):
        px = left + i * w / n
        b.poly(
            [(px + 0.05, top), (px + 0.10, top), (px + 0.04, top + h), (px, top + h)], "#ffffff", alpha=0.13
        )
        b.rect(px - 0.002, top, 0.004, h, darker(glass, 0.4))


def _floor(s: Scenery, b: Brush, accent: RGB) -> None:
    rubber = "#3b3f49"
    b.gradient((s.left, FLOOR, s.span, s.low - FLOOR), [darker(rubber, 0.25), rubber, lighter(rubber, 0.06)])
    for i in range(-9, 10):
        b.line([(i * 0.15, FLOOR), (i * 0.32, s.low)], darker(rubber, 0.35), 0.003, alpha=0.6)
    b.poly(
        [
            (-s.w * 0.9, FLOOR + 0.06),
            (s.w * 0.9, FLOOR + 0.06),
            (s.w * 0.92, FLOOR + 0.075),
            (-s.w * 0.92, FLOOR + 0.075),
        ],
        accent,
        alpha=0.8,
    )
    b.shade((s.left, FLOOR, s.span, 0.04), 0.35, 0.0)


def _rack(s: Scenery, b: Brush, x: float, base: float, w: float) -> None:
    steel = "#8a929c"
    b.shadow(x, base + 0.004, w * 0.55, 0.014, 0.45)
    for side in (-0.5, 0.5):
        b.line([(x + side * w, base), (x + side * w * 0.96, base - 0.30)], darker(steel, 0.4), 0.016)
    for row in range(3):
        y = base - 0.055 - row * 0.105
        b.rect(x - w / 2, y, w, 0.014, steel)
        n = max(3, round(w / 0.082))
        for i in range(n):
            cx, r = x - w / 2 + (i + 0.5) * w / n, 0.019 + 0.008 * (2 - row) * 0.6
            tone = s.palette.accent(0) if (i + row) % 4 == 0 else "#23252c"
            b.rect(cx - 0.022, y - r - 0.006, 0.044, 0.012, "#c5ccd3")
            for dx in (-0.028, 0.016):
                b.rect(cx + dx, y - 2 * r, 0.014, 2 * r, tone, r=0.004)


def _treadmill(s: Scenery, b: Brush, x: float, base: float, side: int) -> None:
    s.filled.append((x - 0.26, x + 0.30) if side > 0 else (x - 0.30, x + 0.26))
    body, steel, belt = "#c9ced6", "#eef1f5", "#1f2229"
    b.shadow(x, base + 0.006, 0.27, 0.014, 0.5)
    front = x + side * 0.20
    deck = [
        (x - side * 0.24, base - 0.012),
        (front, base - 0.050),
        (front, base - 0.004),
        (x - side * 0.24, base + 0.006),
    ]
    b.poly(deck, darker(body, 0.35))
    b.line([(x - side * 0.23, base - 0.020), (front - side * 0.02, base - 0.056)], belt, 0.020)
    b.line([(x - side * 0.24, base - 0.002), (front, base - 0.028)], s.palette.accent(0), 0.008)
    b.rect(min(front, front + side * 0.10), base - 0.085, 0.10, 0.085, body, r=0.02)
    mast = (front + side * 0.065, base - 0.36)
    b.line([(front + side * 0.03, base - 0.06), mast], steel, 0.026)
    b.line([(front + side * 0.03, base - 0.06), mast], darker(body, 0.25), 0.008)
    b.line([mast, (front - side * 0.12, base - 0.300), (front - side * 0.15, base - 0.295)], steel, 0.018)
    b.line([(front - side * 0.15, base - 0.295), (front - side * 0.07, base - 0.305)], "#22252d", 0.022)
    panel = mast[0] - 0.075
    b.rect(panel, base - 0.475, 0.15, 0.115, body, r=0.018)
    b.rect(panel + 0.012, base - 0.463, 0.126, 0.080, "#12161f", r=0.008)

    def display(brush: Brush, clock: Clock) -> None:
        for k in range(6):
            h = 0.010 + 0.048 * abs(math.sin(clock.t_s * 2.1 + k * 1.3))
            brush.rect(panel + 0.022 + k * 0.019, base - 0.390 - h, 0.012, h, "#6fe0c0", emit=True)
        for k in range(4):
            share = ((k + clock.beat * 0.5) / 4) % 1.0
            at = (front - side * (0.03 + 0.38 * share), base - 0.056 + 0.034 * share)
            brush.line([at, (at[0] - side * 0.022, at[1] + 0.002)], "#5a606c", 0.006)

    s.move(display)
    s.lamp(mast[0], base - 0.42, 0.12, "#6fe0c0", 0.16 + 0.14 * s.night)


def _bag(s: Scenery, x: float, tone: RGB) -> None:
    def draw(brush: Brush, clock: Clock) -> None:
        swing = 1.6 * math.sin(clock.t_s * 1.5) + 1.4 * clock.pulse
        canvas = brush.canvas
        canvas.save()
        canvas.translate(x, s.high)
        canvas.rotate(swing)
        canvas.translate(0, -s.high - 0.62)
        for dx in (-0.05, 0.05):
            brush.line([(dx, 0.0), (0.0, -0.09), (0.0, -0.9)], "#9aa2ad", 0.006)
        brush.rect(-0.072, 0.0, 0.144, 0.40, darker(tone, 0.25), r=0.03)
        brush.rect(-0.060, 0.006, 0.040, 0.385, lighter(tone, 0.10), r=0.02, alpha=0.7)
        for y in (0.05, 0.33):
            brush.rect(-0.072, y, 0.144, 0.022, "#f0ece4", alpha=0.9)
        canvas.restore()

    s.move(draw)


def _ball(s: Scenery, b: Brush, x: float, base: float) -> None:
    tone, r = s.palette.accent(2), 0.085
    b.shadow(x, base, r, 0.012, 0.45)
    b.circle(x, base - r, r, darker(tone, 0.15))
    b.oval(x - 0.02, base - r - 0.02, r * 0.62, r * 0.58, lighter(tone, 0.12))
    for k in (-0.5, 0.0, 0.5):
        b.line(
            [(x - r * 0.8, base - r + k * r), (x + r * 0.8, base - r + k * r)],
            darker(tone, 0.3),
            0.003,
            alpha=0.6,
        )
