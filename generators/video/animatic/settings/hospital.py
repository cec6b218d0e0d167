"""A hospital room: a bed with rails, a drip, a monitor that beats, a curtain on a rail."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, darker, lighter
from storyboard.generators.video.animatic.palette import mix
from storyboard.generators.video.animatic.pieces import interior
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings.registry import place

FLOOR = interior.FLOOR


@place(
    "hospital",
    seat="chair",
    indoor=True,
    words=(
        "hospital, hospital room, hospital bed, clinic, ward, hospital ward, hospital corridor, hospital "
        "hallway, emergency room, maternity ward, intensive care, intensive care unit, operating room, "
        "doctor's office, surgery, bedside, hospital waiting room, nursing home, hospice, delivery room, "
        "er, icu, sickbed, infirmary, rehab, rehab centre, rehab center, psych ward, ambulance, care "
        "home, dentist's office, waiting room"
    ),
)
def hospital(s: Scenery) -> None:
    """A hospital room: a bed with rails, a drip, a monitor that beats, a curtain on a rail."""
    wall = mix(s.rng.choice(("#a9d3cb", "#b5cfe6", "#d6d3b4")), s.palette.accent(1), 0.06)
    side = s.rng.choice((-1, 1))
    b = s.layer(0.74)
    interior.room(s, b, wall, low_wall=mix("#6fb3aa", s.palette.accent(2), 0.12))
    b.rect(s.left, -0.745, s.span, 0.016, "#ffffff", alpha=0.5 + 0.4 * s.night, emit=True)
    s.lamp(0.0, -0.74, 0.6, "#eef7ff", 0.16 + 0.22 * s.night)
    width = min(0.46, s.w * 0.62)
    wx = -side * s.w * s.rng.uniform(0.50, 0.58) - width / 2
    interior.window(s, b, wx, -0.66, width, 0.33, "#eef2f2", panes=(2, 1), city=s.rng.random() < 0.6)
    _blind(s, b, wx, -0.66, width)
    _bed_panel(s, b, side * s.w * 0.55)
    b = s.layer(0.92)
    interior.tile_floor(s, b, "#dfe7e8", "#cdd9db")
    bed = side * max(0.26, s.w * 0.55)
    _bed(s, b, bed, FLOOR + 0.02, side)
    _drip(s, b, bed - side * 0.36, FLOOR + 0.035)
    _monitor(s, b, bed + side * 0.20, FLOOR - 0.30)
    _rail_curtain(s, b, side)
    if s.w > 0.5:
        _visitor_chair(s, b, -side * s.w * 0.80, FLOOR + 0.04)
    s.centre, s.key_light, s.key_side = -side * 0.16, "#f2f8ff", -1 if side > 0 else 1


def _blind(s: Scenery, b: Brush, x: float, y: float, w: float) -> None:
    slats = s.rng.randrange(3, 9)
    for i in range(slats):
        b.rect(x, y + 0.004 + i * 0.018, w, 0.011, "#f4f7f7", alpha=0.9)
    b.rect(x - 0.01, y - 0.02, w + 0.02, 0.022, "#e2e8e8")


def _bed_panel(s: Scenery, b: Brush, x: float) -> None:
    """Paint the panel over the bed: sockets, a lamp, a red call light."""
    b.rect(x - 0.34, -0.475, 0.68, 0.055, "#f2f5f5", r=0.008)
    b.rect(x - 0.34, -0.432, 0.68, 0.010, "#b9c6c8")
    b.rect(x - 0.20, -0.47, 0.40, 0.014, "#fff7e0", emit=True, r=0.005)
    for i in range(4):
        b.rect(x - 0.28 + i * 0.045, -0.452, 0.024, 0.016, "#c3cfd2", r=0.003)
    b.circle(x + 0.29, -0.452, 0.010, "#e2524a", emit=True)
    b.rect(x - 0.045, -0.60, 0.09, 0.09, "#f7faf9", r=0.006)
    b.rect(x - 0.012, -0.587, 0.024, 0.064, "#e2524a")
    b.rect(x - 0.032, -0.567, 0.064, 0.024, "#e2524a")
    s.lamp(x, -0.46, 0.30, "#fff3d8", 0.16 + 0.30 * s.night)


def _bed(s: Scenery, b: Brush, x: float, base: float, side: int) -> None:
    """Paint the bed with its head at the outer side."""
    metal, cover = "#aab6bd", mix(s.rng.choice(("#4fa6c4", "#5fae8f", "#8f86c9")), s.palette.accent(2), 0.12)
    b.shadow(x, base + 0.006, 0.34, 0.018, 0.4)
    for dx in (-0.25, 0.25):
        b.rect(x + dx - 0.008, base - 0.10, 0.016, 0.09, metal)
        b.circle(x + dx, base - 0.010, 0.013, "#3a4148")
    b.rect(x - 0.29, base - 0.125, 0.58, 0.028, metal, r=0.008)
    b.rect(x - 0.285, base - 0.185, 0.57, 0.065, "#f4f7f8", r=0.02)
    head = x + side * 0.30
    b.rect(head - 0.016, base - 0.33, 0.032, 0.24, lighter(metal, 0.2), r=0.012)
    b.rect(x - side * 0.30 - 0.012, base - 0.22, 0.024, 0.13, lighter(metal, 0.2), r=0.010)
    b.blob(
        [
            (head - side * 0.02, base - 0.185),
            (head - side * 0.025, base - 0.27),
            (head - side * 0.08, base - 0.262),
            (head - side * 0.155, base - 0.205),
            (head - side * 0.15, base - 0.18),
        ],
        "#ffffff",
    )
    start, end = x - side * 0.29, x + side * 0.10
    b.blob(
        [
            (start, base - 0.11),
            (start, base - 0.20),
            (x - side * 0.1, base - 0.215),
            (end, base - 0.205),
            (end, base - 0.19),
            (end - side * 0.02, base - 0.105),
            (start + side * 0.1, base - 0.095),
        ],
        cover,
    )
    b.rect(min(end, end + side * 0.05), base - 0.207, 0.05, 0.03, "#ffffff", r=0.01)
    left = min(x - side * 0.02, x + side * 0.22)
    for dx in (0.0, 0.08, 0.16, 0.24):
        b.line([(left + dx, base - 0.255), (left + dx, base - 0.135)], metal, 0.007)
    b.line([(left, base - 0.255), (left + 0.24, base - 0.255)], lighter(metal, 0.35), 0.010)


def _drip(s: Scenery, b: Brush, x: float, base: float) -> None:
    b.line([(x, base), (x, base - 0.52)], "#b8c2c8", 0.008)
    b.line([(x - 0.045, base - 0.52), (x + 0.045, base - 0.52)], "#b8c2c8", 0.007)
    b.line([(x - 0.06, base), (x + 0.06, base)], "#8d99a1", 0.010)
    b.rect(x - 0.062, base - 0.515, 0.046, 0.085, "#dff0f4", r=0.014, alpha=0.9)
    b.rect(
        x - 0.060, base - 0.480, 0.042, 0.050, mix("#a9d8e8", s.palette.accent(2), 0.2), r=0.012, alpha=0.9
    )
    b.line(
        [(x - 0.039, base - 0.43), (x - 0.035, base - 0.30), (x + 0.03, base - 0.20)],
        "#e8f4f6",
        0.003,
        smooth=True,
    )


def _monitor(s: Scenery, b: Brush, x: float, y: float) -> None:
    b.line([(x, y + 0.30), (x, y)], "#8d99a1", 0.010)
    b.rect(x - 0.10, y - 0.135, 0.20, 0.145, "#dfe6e8", r=0.012)
    b.rect(x - 0.088, y - 0.122, 0.176, 0.106, "#0c1a1e", emit=True, r=0.006)

    def draw(brush: Brush, clock: Clock) -> None:
        points = []
        for i in range(33):
            share = i / 32
            beat = (clock.beat - (1 - share) * 3.0) % 1.0
            kick = 0.030 * math.exp(-(((beat - 0.12) * 26) ** 2)) - 0.013 * math.exp(
                -(((beat - 0.19) * 26) ** 2)
            )
            points.append(
                (x - 0.082 + 0.164 * share, y - 0.082 - kick - 0.005 * math.exp(-(((beat - 0.42) * 11) ** 2)))
            )
        brush.line(points, "#5dffa8", 0.0045, alpha=0.95, emit=True)
        wave = [
            (x - 0.082 + 0.164 * i / 16, y - 0.038 - 0.009 * math.sin(i * 0.9 + clock.t_s * 2))
            for i in range(17)
        ]
        brush.line(wave, "#ffd45e", 0.003, alpha=0.8, emit=True)

    s.move(draw)
    s.lamp(x, y - 0.07, 0.16, "#5dffa8", 0.20 + 0.15 * s.night, pulse=0.5)


def _rail_curtain(s: Scenery, b: Brush, side: int) -> None:
    b.line([(s.left, -0.70), (s.right, -0.70)], "#c5ced2", 0.007)
    cloth = mix("#a8d0cb", s.palette.accent(0), 0.22)
    x = s.w - 0.10 if side > 0 else -s.w - 0.14
    interior.curtain(b, x, -0.695, 0.24, 0.60, cloth)


def _visitor_chair(s: Scenery, b: Brush, x: float, base: float) -> None:
    cloth = s.palette.accent(2)
    b.shadow(x, base, 0.11, 0.012, 0.4)
    for dx in (-0.075, 0.075):
        b.line([(x + dx, base), (x + dx, base - 0.20)], "#9aa5ab", 0.009)
    b.rect(x - 0.09, base - 0.29, 0.18, 0.13, darker(cloth, 0.12), r=0.02)
    b.rect(x - 0.095, base - 0.155, 0.19, 0.04, lighter(cloth, 0.1), r=0.015)
