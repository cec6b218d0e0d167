"""A bakery."""

from __future__ import annotations

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import interior, lamps
from storyboard.generators.video.animatic.scenery import Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "bakery",
    seat="stool",
    indoor=True,
    words="bakery, bakehouse, bread shop, boulangerie, pastry shop, cake shop, donut shop, pizza oven, deli",
)
def bakery(s: Scenery) -> None:
    """A bakery: shelves of bread against a warm wall, a glass counter, a scale."""
    accent = s.palette.accent(1)
    b = s.layer(0.70)
    wall = mix("#e8c79a", accent, 0.16)
    interior.room(s, b, wall)
    _brick_arch(s, b, s.w * 0.62, FLOOR)
    for row in range(3):
        y = -0.66 + row * 0.155
        left = -s.w * 0.98
        w = s.w * 1.22
        b.rect(left, y - 0.11, w, 0.115, darker(wall, 0.28), r=0.004)
        _loaves(s, b, left + 0.03, y, w - 0.05, row)
        b.rect(left - 0.01, y, w + 0.02, 0.016, "#7d4f32", r=0.003)
        b.shade((left, y + 0.016, w, 0.03), 0.35, 0.0)
    for i in range(8):
        x = s.left + i * s.span / 7
        tone = accent if i % 2 else "#fff1dc"
        b.poly([(x - 0.06, -0.80), (x + 0.06, -0.80), (x, -0.735)], tone)
    b = s.layer(0.88)
    interior.tile_floor(s, b, "#e6d3b5", mix("#8c6a58", accent, 0.15))
    _glass_counter(s, b, -s.w * 0.55, FLOOR + 0.01)
    b = s.layer(0.96)
    for x in (-0.72, -0.28, 0.20):
        lamps.pendant(s, b, s.w * x, -0.58, 0.055, "#c98d4b", strength=0.34)
    _sacks(b, s.w * 0.92, -0.01)
    interior.dust(s, -s.w * 0.8, s.w * 0.9, -0.6, -0.05, n=20)
    n = s.layer(1.5, softness=0.02)
    n.rect(-s.w - 0.4, 0.08, 0.66, 0.4, "#7a4c31")
    n.rect(-s.w - 0.4, 0.07, 0.68, 0.028, "#b57c4e", r=0.01)
    for dx, tone in ((0.02, "#d89a4c"), (0.12, "#c07a38")):
        n.oval(-s.w + dx, 0.045, 0.07, 0.035, tone)
    s.centre, s.key_light, s.key_side = 0.22, "#ffbd70", -1


def _loaves(s: Scenery, b: Brush, x: float, y: float, w: float, row: int) -> None:
    crusts = ("#c98a45", "#a9672f", "#dcae6a", "#8c5229", "#e0bd83")
    at, index = x, row * 2
    while at < x + w - 0.06:
        tone = crusts[index % 5]
        if (index + row) % 4 == 0:
            for k in range(3):
                b.line(
                    [(at + 0.015 + k * 0.018, y - 0.006), (at + 0.028 + k * 0.018, y - 0.10)],
                    darker(tone, 0.05 * k),
                    0.015,
                )
            at += 0.085
        elif (index + row) % 4 == 2:
            b.oval(at + 0.042, y - 0.034, 0.042, 0.036, darker(tone, 0.2))
            b.oval(at + 0.040, y - 0.038, 0.038, 0.030, tone)
            b.line([(at + 0.018, y - 0.042), (at + 0.060, y - 0.042)], lighter(tone, 0.45), 0.005)
            at += 0.096
        else:
            b.rect(at, y - 0.052, 0.10, 0.052, darker(tone, 0.15), r=0.022)
            b.rect(at + 0.004, y - 0.054, 0.092, 0.036, tone, r=0.018)
            for k in range(3):
                b.line(
                    [(at + 0.022 + k * 0.027, y - 0.050), (at + 0.032 + k * 0.027, y - 0.030)],
                    lighter(tone, 0.4),
                    0.005,
                )
            at += 0.115
        index += 1


def _brick_arch(s: Scenery, b: Brush, x: float, base: float) -> None:
    brick = "#a65a3e"
    b.blob(
        [
            (x - 0.26, base),
            (x - 0.26, base),
            (x - 0.26, base - 0.38),
            (x - 0.16, base - 0.58),
            (x + 0.16, base - 0.58),
            (x + 0.26, base - 0.38),
            (x + 0.26, base),
            (x + 0.26, base),
        ],
        darker(brick, 0.15),
    )
    for row in range(9):
        for k in range(8):
            if s.rng.random() < 0.6 and abs(k - 3.5) * 0.065 < 0.24 - max(0, row - 5) * 0.035:
                b.rect(
                    x - 0.25 + k * 0.064 + (row % 2) * 0.02,
                    base - 0.06 - row * 0.058,
                    0.05,
                    0.04,
                    mix(brick, "#d08a5e", s.rng.random() * 0.6),
                    r=0.005,
                )
    b.blob(
        [
            (x - 0.14, base - 0.16),
            (x - 0.14, base - 0.16),
            (x - 0.14, base - 0.28),
            (x - 0.07, base - 0.38),
            (x + 0.07, base - 0.38),
            (x + 0.14, base - 0.28),
            (x + 0.14, base - 0.16),
            (x + 0.14, base - 0.16),
        ],
        "#24120d",
    )
    b.glow(x, base - 0.19, 0.30, "#ff8a35", 0.85)
    b.rect(x - 0.18, base - 0.165, 0.36, 0.022, "#5b4a45", r=0.004)
    s.lamp(x, base - 0.21, 0.32, "#ff9440", 0.5, flicker=0.16)


def _glass_counter(s: Scenery, b: Brush, x: float, base: float) -> None:
    w, h = 0.74, 0.33
    b.shadow(x, base + 0.006, w * 0.54, 0.016, 0.4)
    b.rect(x - w / 2, base - h, w, h, "#8a5a3a", r=0.006)
    b.gradient((x - w / 2 + 0.02, base - h + 0.02, w - 0.04, 0.17), ["#ffe2ae", "#c08b57"], emit=False)
    for row, y in enumerate((base - h + 0.095, base - h + 0.185)):
        for i in range(9):
            tone = ("#e88f8f", "#f5e2b8", "#a8623a", "#d7a04e", "#efc0c8")[(i * 2 + row) % 5]
            cx = x - w / 2 + 0.065 + i * 0.076
            b.rect(cx - 0.024, y - 0.030, 0.048, 0.028, darker(tone, 0.25), r=0.008)
            b.oval(cx, y - 0.032, 0.024, 0.014, tone)
            if (i + row) % 3 == 0:
                b.circle(cx, y - 0.046, 0.006, "#c8342f")
        b.rect(x - w / 2 + 0.02, y, w - 0.04, 0.006, "#e8dcc8")
    b.poly(
        [
            (x - w * 0.40, base - h + 0.02),
            (x - w * 0.25, base - h + 0.02),
            (x - w * 0.34, base - h + 0.19),
            (x - w * 0.48, base - h + 0.19),
        ],
        "#ffffff",
        alpha=0.16,
        emit=True,
    )
    b.rect(x - w / 2 - 0.012, base - h - 0.016, w + 0.024, 0.024, "#d9a76c", r=0.005)
    for i in range(6):
        b.rect(x - w / 2 + 0.03 + i * 0.115, base - 0.12, 0.10, 0.10, darker("#8a5a3a", 0.18), r=0.004)
    b.rect(x + 0.16, base - h - 0.12, 0.11, 0.10, "#5c6b6a", r=0.012)
    b.rect(x + 0.175, base - h - 0.105, 0.08, 0.04, "#cfe6d2", r=0.004)


def _sacks(b: Brush, x: float, base: float) -> None:
    for dx, h, tone in ((-0.06, 0.20, "#d9c39c"), (0.07, 0.16, "#c7ad82")):
        b.shadow(x + dx, base, 0.10, 0.012, 0.4)
        b.blob(
            [
                (x + dx - 0.09, base),
                (x + dx - 0.10, base - h * 0.5),
                (x + dx - 0.05, base - h),
                (x + dx + 0.05, base - h),
                (x + dx + 0.10, base - h * 0.5),
                (x + dx + 0.09, base),
            ],
            tone,
        )
        b.blob(
            [
                (x + dx - 0.09, base),
                (x + dx - 0.10, base - h * 0.5),
                (x + dx - 0.05, base - h),
                (x + dx - 0.02, base - h * 0.5),
                (x + dx - 0.03, base),
            ],
            darker(tone, 0.22),
        )
        b.rect(x + dx - 0.045, base - h - 0.015, 0.09, 0.04, lighter(tone, 0.2), r=0.012)
