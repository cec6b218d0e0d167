"""A classroom: a chalkboard, rows of desks, tall windows, a clock, a globe."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import Colour, mix
from storyboard.generators.video.animatic.pieces import furniture, interior
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR
_CHALK = "#eef2ea"


@place(
    "classroom",
    seat="chair",
    indoor=True,
    words=(
        "classroom, class, lecture, lecture hall, blackboard, chalkboard, schoolroom, kindergarten, "
        "detention, art class, music room, lecture theatre, preschool, school desk, science lab, "
        "school lab, homeroom, exam hall, daycare"
    ),
)
def classroom(s: Scenery) -> None:
    """A green board with the day's lesson, desks in rows, windows on one side, a clock that ticks."""
    wood = "#b98a58"
    b = s.layer(0.66)
    wall = mix(s.rng.choice(("#e2d6b4", "#cfdcc8", "#d9c9d4", "#c8d6e0")), s.palette.accent(2), 0.12)
    interior.room(s, b, wall, low_wall=mix("#7fa39a", s.palette.accent(0), 0.2))
    board_w = min(1.16, s.w * 1.15)
    board_x = -board_w * 0.5 + s.w * 0.05
    _board(s, b, board_x, -0.72, board_w, 0.42)
    _clock(s, b, board_x + board_w * 0.5, -0.80)
    for x in (-0.90, -0.62):
        if s.w * x + 0.2 < board_x:
            interior.window(s, b, s.w * x - 0.08, -0.78, 0.24, 0.42, "#f1ead8", panes=(2, 3), city=False)
            interior.sunbeam(s, b, s.w * x - 0.08, -0.74, 0.24, 0.4, 0.34, side=1)
    _posters(s, b, board_x + board_w + 0.06)
    _ceiling_lamps(s, b)
    b = s.layer(0.84)
    interior.plank_floor(s, b, "#a9794e", gloss=0.22)
    _teacher_desk(s, b, s.w * 0.60, FLOOR + 0.035, wood)
    for x in (-0.86, -0.40, 0.08):
        _desk(b, s.about(x, 0.04), FLOOR + 0.03, 0.85, wood)
    b = s.layer(0.95)
    for x in (-0.80, 0.90):
        _desk(b, s.w * x, -0.005, 1.1, wood)
    _bag(b, s.w * 0.70, 0.0, s.palette.accent(1))
    interior.dust(s, -s.w * 0.8, s.w * 0.5, -0.7, 0.0, n=26)
    n = s.layer(1.5, softness=0.018)
    n.rect(-s.w - 0.2, 0.24, 0.62, 0.05, lighter(wood, 0.1), r=0.01)
    n.rect(-s.w - 0.2, 0.27, 0.62, 0.4, darker(wood, 0.4))
    furniture.books(s, n, -s.w + 0.02, 0.24, 0.20, 0.16)
    s.centre, s.key_light, s.key_side = 0.0, s.palette.sun if s.night < 0.5 else "#fff0cf", -1


def _board(s: Scenery, b: Brush, x: float, y: float, w: float, h: float) -> None:
    frame, green = "#8a5c36", s.rng.choice(("#2f5748", "#2b3a44", "#35473a"))
    b.rect(x - 0.020, y - 0.020, w + 0.040, h + 0.040, darker(frame, 0.35), r=0.004)
    b.rect(x - 0.018, y - 0.020, w + 0.036, h + 0.034, frame, r=0.004)
    b.gradient((x, y, w, h), [lighter(green, 0.06), green, darker(green, 0.15)])
    for _ in range(5):
        cx, cy = x + w * s.rng.uniform(0.15, 0.85), y + h * s.rng.uniform(0.3, 0.8)
        b.oval(cx, cy, 0.13, 0.035, _CHALK, alpha=0.05)
    for row in range(4):
        _writing(s, b, x + w * 0.06, y + h * (0.18 + 0.17 * row), w * s.rng.uniform(0.24, 0.36))
    drawing = s.rng.choice((_planets, _triangle, _graph, _world))
    drawing(b, x + w * 0.66, y + h * 0.50, h * 0.30)
    b.rect(x - 0.018, y + h + 0.010, w + 0.036, 0.016, lighter(frame, 0.1), r=0.004)
    for k, tone in enumerate((_CHALK, "#f2c94c", "#eb7d8a")):
        b.rect(x + w * (0.3 + 0.05 * k), y + h + 0.003, 0.028, 0.008, tone, r=0.003)
    b.rect(x + w * 0.62, y + h - 0.010, 0.06, 0.020, "#4b4038", r=0.004)


def _writing(s: Scenery, b: Brush, x: float, y: float, w: float) -> None:
    at = x
    while at < x + w:
        length = s.rng.uniform(0.03, 0.07)
        n = max(3, round(length / 0.008))
        points = [(at + length * i / n, y + s.rng.uniform(-0.011, 0.009)) for i in range(n + 1)]
        b.line(points, _CHALK, 0.0042, alpha=0.85, smooth=True)
        at += length + 0.018


def _planets(b: Brush, x: float, y: float, r: float) -> None:
    """A sun with planets round it, in chalk."""
    for k, share in enumerate((0.55, 0.95, 1.4)):
        rx, ry = r * share, 0.55 * r * share
        turns = [i * math.tau / 40 for i in range(41)]
        ring = [(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns]
        b.line(ring, _CHALK, 0.003, alpha=0.6)
        angle = 0.7 + 2.2 * k
        px, py = x + r * share * math.cos(angle), y + 0.55 * r * share * math.sin(angle)
        b.circle(px, py, 0.010 + 0.004 * k, ("#eb7d8a", "#8cc7e8", "#f2c94c")[k], alpha=0.9)
    b.circle(x, y, r * 0.20, "#f2c94c", alpha=0.9)
    for i in range(8):
        dx, dy = math.cos(i * math.tau / 8), math.sin(i * math.tau / 8)
        b.line(
            [(x + dx * r * 0.26, y + dy * r * 0.26), (x + dx * r * 0.36, y + dy * r * 0.36)], "#f2c94c", 0.004
        )


def _triangle(b: Brush, x: float, y: float, r: float) -> None:
    """A right triangle with a square on each side, in chalk."""
    points = [(x - r * 0.7, y + r * 0.5), (x + r * 0.7, y + r * 0.5), (x - r * 0.7, y - r * 0.6)]
    b.line([*points, points[0]], _CHALK, 0.005)
    b.line(
        [(x - r * 0.7, y + r * 0.34), (x - r * 0.54, y + r * 0.34), (x - r * 0.54, y + r * 0.5)],
        _CHALK,
        0.003,
    )
    b.line(
        [points[1], points[2], (x - r * 0.1, y - r * 1.3), (x + r * 1.3, y - r * 0.25), points[1]],
        "#8cc7e8",
        0.004,
    )
    b.line([(x - r * 0.9, y + r * 0.62), (x + r * 0.9, y + r * 0.62)], "#f2c94c", 0.004)
    b.circle(x - r * 1.25, y - r * 0.3, r * 0.28, "#eb7d8a", alpha=0.35)


def _graph(b: Brush, x: float, y: float, r: float) -> None:
    """A curve between two axes, in chalk."""
    b.line([(x - r * 1.3, y - r), (x - r * 1.3, y + r * 0.9), (x + r * 1.5, y + r * 0.9)], _CHALK, 0.005)
    curve = [
        (x + r * (-1.3 + 2.7 * i / 24), y + r * 0.1 - r * 0.75 * math.sin(i * math.tau / 24))
        for i in range(25)
    ]
    b.line(curve, "#f2c94c", 0.006)
    b.line([(x - r * 1.3, y + r * 0.1), (x + r * 1.4, y + r * 0.1)], _CHALK, 0.0025, alpha=0.6)
    b.line([(x - r * 1.2, y + r * 0.7), (x + r * 1.3, y - r * 0.8)], "#8cc7e8", 0.004)


def _world(b: Brush, x: float, y: float, r: float) -> None:
    """A globe with its meridians and two continents, in chalk."""
    turns = [i * math.tau / 40 for i in range(41)]
    for k in (1.0, 0.55, 0.12):
        b.line([(x + r * k * math.cos(turn), y + r * math.sin(turn)) for turn in turns], _CHALK, 0.003)
    for k in (-0.5, 0.0, 0.5):
        half = r * math.sqrt(1 - k * k)
        b.line([(x - half, y + k * r), (x + half, y + k * r)], _CHALK, 0.003)
    for dx, dy, size in ((-0.40, -0.30, 0.34), (0.35, 0.25, 0.28), (0.30, -0.45, 0.22)):
        spread = ((-1.0, 0.1), (-0.4, -0.8), (0.7, -0.5), (0.9, 0.4), (0.0, 0.9))
        b.blob(
            [(x + r * (dx + px * size), y + r * (dy + py * size)) for px, py in spread], "#7fc49a", alpha=0.6
        )


def _clock(s: Scenery, b: Brush, x: float, y: float) -> None:
    b.circle(x + 0.003, y + 0.005, 0.042, "#000000", alpha=0.25)
    b.circle(x, y, 0.042, "#3a3a42")
    b.circle(x, y, 0.036, "#fbf7ec")
    b.line([(x, y), (x + 0.016, y - 0.010)], "#26262c", 0.005)

    def tick(brush: Brush, clock: Clock) -> None:
        angle = math.tau * (math.floor(clock.t_s) + min(1.0, clock.t_s % 1.0 * 8)) / 60
        brush.line([(x, y), (x + 0.030 * math.sin(angle), y - 0.030 * math.cos(angle))], "#c8413a", 0.003)

    s.move(tick)


def _posters(s: Scenery, b: Brush, x: float) -> None:
    for i in range(4):
        px = x + (i % 2) * 0.17
        py = -0.74 + (i // 2) * 0.20
        if px + 0.14 < s.right:
            furniture.picture_frame(s, b, px, py, 0.14, 0.17, "#f5efe0", motif=i)


def _ceiling_lamps(s: Scenery, b: Brush) -> None:
    """Hang three globe lamps; lit when it is dark outside."""
    for x in (-0.55, 0.05, 0.62):
        px, y = s.w * x, s.top + 0.10
        b.line([(px, s.high), (px, y)], "#4b4a48", 0.005)
        b.glow(px, y, 0.40, "#fff0cf", 0.45 * s.night)
        b.circle(px, y, 0.038, mix("#e9e4d6", "#fff3d0", s.night), emit=s.night > 0.2)
        s.lamp(px, y, 0.30, "#fff0cf", 0.40 * s.night)


def _desk(b: Brush, x: float, base: float, size: float, wood: Colour) -> None:
    """A pupil's desk with its chair behind, seen from the back row."""
    w, h = 0.30 * size, 0.20 * size
    steel = "#59606b"
    b.shadow(x, base, w * 0.62, 0.014, 0.35)
    for dx in (-0.30, 0.30):
        b.line([(x + dx * w, base - h * 1.15), (x + dx * w, base)], darker(steel, 0.3), 0.008)
    b.rect(x - w * 0.32, base - h * 1.45, w * 0.64, h * 0.36, lighter(wood, 0.08), r=0.010)
    for dx in (-0.46, 0.46):
        b.line([(x + dx * w, base - h), (x + dx * w * 1.06, base)], steel, 0.009)
    b.rect(x - w * 0.46, base - h * 0.94, w * 0.92, h * 0.26, darker(wood, 0.35), r=0.004)
    b.rect(x - w / 2, base - h - 0.010, w, 0.022, wood, r=0.005)
    b.rect(x - w / 2, base - h - 0.010, w, 0.007, lighter(wood, 0.28), r=0.004)
    low, high = base - h - 0.010, base - h - 0.020
    b.poly([(x - w * 0.30, low), (x - w * 0.26, high), (x, high), (x + w * 0.02, low)], "#f6f1e4")


def _teacher_desk(s: Scenery, b: Brush, x: float, base: float, wood: Colour) -> None:
    """The teacher's desk with a globe, books and an apple."""
    w, h = 0.50, 0.25
    b.shadow(x, base, w * 0.55, 0.016, 0.4)
    b.rect(x - w / 2, base - h, w, h, darker(wood, 0.30), r=0.004)
    for dx in (-0.46, 0.18):
        b.rect(x + dx * w, base - h + 0.035, w * 0.28, h * 0.32, darker(wood, 0.15), r=0.004)
        b.rect(x + dx * w, base - h + 0.13, w * 0.28, h * 0.32, darker(wood, 0.15), r=0.004)
    b.rect(x - w * 0.54, base - h - 0.012, w * 1.08, 0.026, wood, r=0.005)
    top = base - h - 0.012
    b.line([(x + 0.15, top), (x + 0.15, top - 0.03)], "#8a6a3c", 0.010)
    b.circle(x + 0.15, top - 0.085, 0.058, "#4f94b8")
    b.blob(
        [(x + 0.11, top - 0.10), (x + 0.14, top - 0.13), (x + 0.17, top - 0.10), (x + 0.15, top - 0.06)],
        "#79a85c",
    )
    b.blob([(x + 0.17, top - 0.075), (x + 0.20, top - 0.08), (x + 0.185, top - 0.045)], "#79a85c")
    furniture.books(s, b, x - 0.16, top, 0.12, 0.10)
    b.circle(x + 0.02, top - 0.016, 0.016, "#d0402f")
    b.line([(x + 0.02, top - 0.030), (x + 0.026, top - 0.040)], "#5a3a26", 0.004)


def _bag(b: Brush, x: float, base: float, tone: Colour) -> None:
    """A satchel left on the floor."""
    b.shadow(x, base, 0.08, 0.010, 0.35)
    b.rect(x - 0.065, base - 0.125, 0.13, 0.125, tone, r=0.024)
    b.rect(x - 0.050, base - 0.062, 0.10, 0.056, darker(tone, 0.22), r=0.012)
    b.line(
        [(x - 0.02, base - 0.125), (x, base - 0.150), (x + 0.02, base - 0.125)],
        darker(tone, 0.3),
        0.008,
        smooth=True,
    )
