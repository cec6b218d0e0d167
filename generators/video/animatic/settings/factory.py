"""A warehouse or a factory: iron trusses, tall dirty windows with light in shafts, shelves, a crane hook."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import RGB, mix
from storyboard.generators.video.animatic.pieces import city, interior
from storyboard.generators.video.animatic.pieces.outside import weather_outside
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "warehouse",
    seat="crate",
    indoor=True,
    words=(
        "warehouse, factory, hangar, loading dock, industrial hall, mill, steel mill, foundry, "
        "power plant, old factory, abandoned factory, abandoned warehouse, empty warehouse, "
        "factory floor, assembly line, storage hall, freight hall, loft warehouse, mine, "
        "workshop hall, industrial building, sawmill"
    ),
)
def warehouse(s: Scenery) -> None:
    """A warehouse or a factory: iron trusses, tall windows with light in shafts, shelves, a crane hook."""
    brick: RGB = mix(s.rng.choice(("#7d5446", "#6b6f76", "#7a6a58")), s.palette.accent(2), 0.10)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.64)
    b.gradient(
        (s.left, s.high, s.span, FLOOR - s.high + 0.02), [darker(brick, 0.45), brick, darker(brick, 0.12)]
    )
    for row in range(int((FLOOR - s.high) / 0.03)):
        b.line(
            [(s.left, FLOOR - row * 0.03), (s.right, FLOOR - row * 0.03)],
            darker(brick, 0.22),
            0.0015,
            alpha=0.4,
        )
    n = 4 if s.w > 0.6 else 2
    for k in range(n):
        x = -s.w * 0.98 + 2 * s.w * 0.98 * (k + 0.5) / n
        _window(s, b, x, 2 * s.w / n * 0.70)
    for k in range(n + 1):
        x = -s.w * 0.98 + 2 * s.w * 0.98 * k / n
        b.rect(x - 0.018, s.high, 0.036, FLOOR - s.high, "#33363e")
        b.rect(x - 0.018, s.high, 0.008, FLOOR - s.high, "#5a5f6a")
    b = s.layer(0.80)
    _truss(s, b)
    floor: RGB = mix("#8a8780", s.palette.accent(1), 0.05)
    b.gradient((s.left, FLOOR, s.span, s.low - FLOOR), [darker(floor, 0.30), floor])
    for k in range(-4, 5):
        b.line([(k * 0.30, FLOOR), (k * 0.55, s.low)], darker(floor, 0.3), 0.003, alpha=0.5)
    b.line([(s.left, 0.105), (s.right, 0.105)], "#d9b23c", 0.012, alpha=0.55)
    b.shade((s.left, FLOOR, s.span, 0.05), 0.4, 0.0)
    for k in range(n):
        x = -s.w * 0.98 + 2 * s.w * 0.98 * (k + 0.5) / n
        interior.sunbeam(s, b, x - 0.10, -0.66, 0.20, 0.3, 0.30, side=side)
    _hook(s, side * s.w * 0.22)
    b = s.layer(0.93)
    _shelves(s, b, side * s.w * 0.84)
    _crates(s, b, -side * s.w * 0.86)
    for x in (-0.45, 0.45) if s.w > 0.6 else (0.0,):
        _lamp(s, b, s.w * x, -0.60)
    interior.dust(s, s.left, s.right, -0.7, -0.05, n=34)
    s.floor_gloss = max(s.floor_gloss, 0.16)
    if s.palette.weather == "rain":
        city.puddles(s, b, 0.02, n=3)
    s.key_light, s.key_side = None, 1 if side > 0 else -1


def _window(s: Scenery, b: Brush, x: float, w: float) -> None:
    top, h = -0.76, 0.42
    b.gradient(
        (x - w / 2, top, w, h),
        [mix(each, "#d9d2b8", 0.22 * (1 - s.night)) for each in s.palette.sky],
        emit=True,
    )
    columns, rows = max(4, round(w / 0.06)), 5
    for row in range(rows):
        for column in range(columns):
            if s.rng.random() < 0.22:
                left, y = x - w / 2 + column * w / columns, top + row * h / rows
                dark = s.rng.random() < 0.3
                b.rect(
                    left,
                    y,
                    w / columns,
                    h / rows,
                    "#1c2028" if dark else "#d8cfae",
                    alpha=0.75 if dark else 0.22,
                )
    weather_outside(s, (x - w / 2, top, w, h))
    for column in range(columns + 1):
        b.rect(x - w / 2 + column * w / columns - 0.002, top, 0.004, h, "#2c2f37")
    for row in range(rows + 1):
        b.rect(x - w / 2, top + row * h / rows - 0.002, w, 0.004, "#2c2f37")
    b.rect(x - w / 2 - 0.01, top + h, w + 0.02, 0.018, "#4a4d55")
    s.lamp(x, top + h / 2, 0.40, s.palette.sun, 0.30 * (1 - s.night), pulse=0.1)


def _truss(s: Scenery, b: Brush) -> None:
    top, low, iron = -0.80, -0.735, "#2a2d35"
    if s.top < -0.9:
        top, low = -0.90, -0.82
    for y in (top, low):
        b.rect(s.left, y, s.span, 0.014, iron)
    x, up = s.left, True
    while x < s.right:
        b.line([(x, low if up else top), (x + 0.08, top if up else low)], iron, 0.010)
        x, up = x + 0.08, not up


def _hook(s: Scenery, x: float) -> None:
    """Let the hook of a crane hang and swing a little."""

    def draw(brush: Brush, clock: Clock) -> None:
        sway = 0.02 * math.sin(clock.t_s * 0.9)
        end = (x + sway, -0.58)
        brush.line([(x, s.high), end], "#1d1f26", 0.005)
        brush.rect(end[0] - 0.022, end[1], 0.044, 0.05, "#d9a52c", r=0.006)
        curve = [(0.0, 0.05), (0.0, 0.075), (0.022, 0.09), (0.020, 0.115), (-0.004, 0.122), (-0.022, 0.108)]
        brush.line([(end[0] + dx, end[1] + dy) for dx, dy in curve], "#3a3d46", 0.010, smooth=True)

    s.move(draw)


def _shelves(s: Scenery, b: Brush, x: float) -> None:
    w, base = 0.34, FLOOR + 0.03
    b.shadow(x, base, w * 0.55, 0.012, 0.4)
    for level in range(4):
        y = base - 0.14 * level - 0.012
        at = x - w / 2 + 0.012
        while level < 4 and at < x + w / 2 - 0.05:
            bw, bh = s.rng.uniform(0.05, 0.09), s.rng.uniform(0.06, 0.105)
            tone = mix(s.rng.choice(("#b98f5f", "#a47a4c", "#8d98a2")), s.palette.accent(level), 0.10)
            if s.rng.random() < 0.85:
                b.rect(at, y - bh, min(bw, x + w / 2 - at), bh, tone)
                b.rect(at + bw * 0.4, y - bh, bw * 0.16, bh, lighter(tone, 0.22), alpha=0.8)
            at += bw + 0.006
        b.rect(x - w / 2, y, w, 0.014, "#c26a2f")
    for dx in (-w / 2, w / 2 - 0.014):
        b.rect(x + dx, base - 0.56, 0.014, 0.56, "#33507a")


def _crates(s: Scenery, b: Brush, x: float) -> None:
    wood, base = "#a67c4c", FLOOR + 0.045
    b.shadow(x, base, 0.22, 0.012, 0.4)
    for dx, dy, size in ((-0.10, 0.0, 0.17), (0.09, 0.0, 0.15), (-0.08, -0.17, 0.13)):
        left, top = x + dx - size / 2, base + dy - size
        b.rect(left, top, size, size, darker(wood, 0.28), r=0.004)
        for k in range(4):
            b.rect(
                left + 0.005,
                top + 0.006 + k * size * 0.245,
                size - 0.01,
                size * 0.215,
                mix(wood, darker(wood, 0.2), s.rng.random()),
            )
        for edge in (0.0, size - 0.018):
            b.rect(left + edge, top, 0.018, size, darker(wood, 0.1))
        b.line(
            [(left + 0.02, top + size - 0.02), (left + size - 0.02, top + 0.02)], lighter(wood, 0.1), 0.014
        )
    at = x + math.copysign(0.24, -x)
    b.shadow(at, base + 0.02, 0.06, 0.009, 0.4)
    b.rect(at - 0.052, base - 0.13, 0.104, 0.15, mix("#3a6a8a", s.palette.accent(0), 0.25), r=0.012)
    for y in (base - 0.085, base - 0.035):
        b.rect(at - 0.055, y, 0.11, 0.008, "#20303c")
    b.oval(at, base - 0.13, 0.052, 0.012, "#5f8aa0")


def _lamp(s: Scenery, b: Brush, x: float, y: float) -> None:
    on = 0.25 + 0.75 * s.night
    b.line([(x, s.high), (x, y - 0.03)], "#1d1f26", 0.005)
    b.beam(
        [(x - 0.05, y), (x + 0.05, y), (x + 0.26, FLOOR + 0.06), (x - 0.26, FLOOR + 0.06)],
        "#ffe2ae",
        0.22 * on,
        fade=((x, y), (x, FLOOR + 0.08)),
    )
    b.poly([(x - 0.022, y - 0.04), (x + 0.022, y - 0.04), (x + 0.075, y), (x - 0.075, y)], "#3c4a46")
    b.oval(x, y, 0.055, 0.010, "#fff2d2", emit=True)
    s.lamp(x, y + 0.01, 0.34, "#ffe2ae", 0.42 * on)
