"""Locks: hair that hangs and swings, in head space (radius 1)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, shade
from storyboard.generators.video.animatic.figure.haircut import Haircut
from storyboard.generators.video.animatic.figure.shapes import (
    Point,
    Points,
    add_segment,
    blob,
    ring,
    scallops,
    strand,
)


def draw_curtain(brush: Brush, cut: Haircut, low: float, swing: float, tone: RGB) -> None:
    """Draw hair that falls behind the shoulders down to `low`."""
    s = 0.2 * swing * low / 2
    left: Points = [(-0.5, -1.0), (-0.98, -0.5), (-1.08, 0.2)]
    right: Points = [(0.62, 0.3), (0.72, -0.4)]
    if low > 1.5:
        left += [(-1.16 + s * 0.5, 1.0), (-1.08 + s, low * 0.82), (-0.82 + s, low)]
        right = [(-0.2 + s, low * 1.02), (0.3 + s, low * 0.86), (0.62 + s * 0.5, 1.1), *right]
    else:
        left += [(-1.08 + s, low * 0.8), (-0.86 + s, low)]
        right = [(-0.2 + s, low * 0.98), (0.4 + s, low * 0.9), (0.68 + s * 0.5, low * 0.6), *right]
    points = left + right
    if cut.style == "curly":
        brush.fill(curls(points, 0.42), tone)
        return
    if cut.style == "wavy":
        points = [(x + 0.07 * math.sin(4.2 * y + 2), y) for x, y in points]
    brush.fill(blob(points), tone)
    if low > 1.1 and brush.fine(0.02):
        for x in (-0.78, -0.5, 0.42):
            wave = 0.06 if cut.style == "wavy" else 0.0
            line = [
                (x, 0.1),
                (x - 0.1 + wave, low * 0.4),
                (x - 0.06 - wave + s * 0.6, low * 0.7),
                (x + s, low * 0.92),
            ]
            brush.line(strand(line), shade(cut.color, 1.5), 0.03, 0.6)


def draw_side_lock(brush: Brush, cut: Haircut, swing: float) -> None:
    """Draw the lock in front of the near shoulder."""
    low = 1.95 if cut.length == "long" else 1.1
    s = 0.16 * swing * low / 2
    wave = {"wavy": 0.1, "curly": 0.0}.get(cut.style, 0.02)
    outer: Points = [
        (-0.86, -0.62),
        (-1.02, -0.2),
        (-1.07, 0.35),
        (-1.12 - wave + s * 0.4, low * 0.5),
        (-1.05 + wave + s * 0.7, low * 0.8),
        (-0.9 + s, low),
    ]
    inner: Points = [
        (-0.76 + s, low * 0.85),
        (-0.72 + wave + s * 0.6, low * 0.6),
        (-0.74 - wave * 0.5 + s * 0.3, low * 0.36),
        (-0.7, 0.1),
        (-0.58, -0.38),
    ]
    points = outer + inner
    brush.fill(curls(points, 0.34) if cut.style == "curly" else blob(points), cut.color)


def draw_tail(brush: Brush, cut: Haircut, swing: float, root: Point = (-0.78, -0.55)) -> None:
    """Draw a ponytail from its root, with its tie."""
    low = {"short": 0.4, "medium": 1.0}.get(cut.length, 1.65)
    x, y = root
    s = 0.32 * swing
    points = [
        (x + 0.1, y - 0.18),
        (x - 0.4, y - 0.2),
        (x - 0.66 + s * 0.3, y + 0.5),
        (x - 0.6 + s * 0.7, low * 0.7),
        (x - 0.36 + s, low),
        (x - 0.14 + s * 0.7, low * 0.66),
        (x - 0.16, y + 0.65),
        (x - 0.02, y + 0.2),
    ]
    brush.fill(curls(points, 0.38) if "curl" in cut.style else blob(points), cut.color)
    brush.line(
        strand([(x - 0.3, y), (x - 0.46 + s * 0.3, y + 0.6), (x - 0.36 + s * 0.8, low * 0.75)]),
        shade(cut.color, 1.2),
        0.04,
        0.6,
    )
    brush.fill(blob(ring((x - 0.04, y), 0.13, 0.2, 8)), (0.85, 0.33, 0.38))


def draw_braid(brush: Brush, cut: Haircut, root: Point, swing: float, size: float) -> None:
    """Draw a braid from its root down, with its tie."""
    low = {"short": 0.5, "medium": 1.1}.get(cut.length, 1.7)
    count = max(3, round(low / 0.24))
    for i in range(count):
        share = i / (count - 1)
        x = root[0] + (-0.12 if root[0] < 0 else 0.06) * share + 0.22 * swing * share * share
        y = root[1] + low * share
        way = 1 if i % 2 else -1
        path = skia.Path()
        r = (0.165 - 0.05 * share) * size
        add_segment(path, (x - 0.05 * way, y - 0.06), (x + 0.05 * way, y + 0.09), r, r * 1.04, r * 0.8)
        brush.fill(path, cut.color if i % 2 else shade(cut.color, 0.45))
    x, y = root[0] + (-0.12 if root[0] < 0 else 0.06) + 0.22 * swing, root[1] + low + 0.12
    brush.oval((x, y), 0.1 * size, 0.07 * size, (0.88, 0.36, 0.4))


def curls(points: Sequence[Point], step: float) -> skia.Path:
    """Return a closed outline of curls along a shape."""
    path = skia.Path()
    path.moveTo(*points[0])
    scallops(path, [*points, points[0]], step, _heart(points))
    path.close()
    return path


def _heart(points: Sequence[Point]) -> Point:
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
