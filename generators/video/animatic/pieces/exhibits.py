"""What a museum shows beside its pictures: the bones of a dinosaur, a thing behind glass."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush, lighter
from storyboard.generators.video.animatic.scenery import Scenery


def skeleton(s: Scenery, b: Brush, x: float, base: float, side: int) -> None:
    """Paint the bones of a long-necked dinosaur on a platform, high above the heads."""
    bone, size = "#e9dfc6", min(1.0, s.w * 1.25)

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + side * dx * size, base - dy * size

    b.rect(x - 0.52 * size, base - 0.035, 1.04 * size, 0.045, "#5a4a40", r=0.004)
    spine = [
        at(-0.62, 0.20),
        at(-0.40, 0.34),
        at(-0.18, 0.46),
        at(0.08, 0.48),
        at(0.24, 0.56),
        at(0.34, 0.70),
    ]
    spine.append(at(0.44, 0.625))
    b.line(spine, bone, 0.020 * size, smooth=True)
    for k in range(22):
        share = k / 21 * (len(spine) - 1)
        i = min(len(spine) - 2, int(share))
        px = spine[i][0] + (spine[i + 1][0] - spine[i][0]) * (share - i)
        py = spine[i][1] + (spine[i + 1][1] - spine[i][1]) * (share - i)
        b.circle(px, py - 0.006, 0.013 * size, lighter(bone, 0.15))
    for k in range(8):
        dx = -0.17 + 0.036 * k
        drop = 0.15 + 0.07 * math.sin(math.pi * (k + 1) / 9)
        b.line(
            [at(dx, 0.46), at(dx + 0.018, 0.46 - drop * 0.6), at(dx - 0.006, 0.46 - drop)],
            bone,
            0.009 * size,
            smooth=True,
        )
    for dx, knee in ((-0.20, -0.03), (-0.13, 0.03), (0.08, -0.02), (0.15, 0.03)):
        b.line([at(dx, 0.40), at(dx + knee, 0.21), at(dx + knee * 0.3, 0.045)], bone, 0.018 * size)
        b.circle(*at(dx + knee, 0.21), 0.014 * size, lighter(bone, 0.15))
        b.rect(at(dx + knee * 0.3, 0)[0] - 0.026 * size, base - 0.05, 0.052 * size, 0.016, bone, r=0.006)
    skull = [(0.42, 0.600), (0.45, 0.660), (0.53, 0.655), (0.585, 0.620), (0.57, 0.595), (0.47, 0.590)]
    b.blob([at(*point) for point in skull], bone)
    b.circle(*at(0.485, 0.632), 0.010 * size, "#3a332c")
    for k in range(5):
        b.line([at(0.50 + 0.016 * k, 0.596), at(0.502 + 0.016 * k, 0.584)], "#f6f0df", 0.005)
    s.lamp(*at(0.1, 0.5), 0.5, "#fff1d6", 0.22)


def glass_case(s: Scenery, b: Brush, x: float, base: float) -> None:
    """Paint a case with an old thing in it."""
    b.shadow(x, base, 0.13, 0.011, 0.4)
    b.rect(x - 0.11, base - 0.20, 0.22, 0.20, "#4a3d36")
    b.rect(x - 0.115, base - 0.21, 0.23, 0.016, lighter("#4a3d36", 0.25))
    b.oval(x, base - 0.225, 0.06, 0.014, "#8a2f38")
    b.poly([(x - 0.035, base - 0.235), (x, base - 0.30), (x + 0.035, base - 0.235)], s.palette.accent(1))
    b.circle(x, base - 0.305, 0.016, "#e8c46a")
    b.rect(x - 0.105, base - 0.37, 0.21, 0.165, "#dfeef2", alpha=0.22)
    b.poly(
        [(x - 0.09, base - 0.21), (x - 0.04, base - 0.37), (x, base - 0.37), (x - 0.05, base - 0.21)],
        "#ffffff",
        alpha=0.16,
    )
    b.line([(x - 0.105, base - 0.37), (x + 0.105, base - 0.37)], "#c9cdd4", 0.006)
