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


def fill_hair(brush: Brush, cut: Haircut, path: skia.Path, dip_y: float, tone: RGB | None = None) -> None:
    """Fill hair; below `dip_y` in the colour of its tips, if the sheet names one."""
    brush.fill(path, tone or cut.color)
    if cut.tips is None:
        return
    brush.canvas.save()
    brush.canvas.clipRect(skia.Rect.MakeLTRB(-4.0, dip_y, 4.0, 6.0), True)
    brush.fill(path, cut.tips if tone is None else shade(cut.tips, 0.75))
    brush.canvas.restore()


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
    if cut.style == "mullet":
        right = [(x - 0.5 * max(0.0, y), y) for x, y in right]
    points = _waved(cut, left + right)
    if cut.style == "curly":
        fill_hair(brush, cut, curls(points, 0.42), low * 0.5, tone)
        return
    fill_hair(brush, cut, blob(points), low * 0.5, tone)
    if low > 1.1 and brush.fine(0.02):
        for x in (-0.78, -0.5, 0.42):
            wave = 0.06 if cut.style in ("wavy", "messy") else 0.0
            line = [
                (x, 0.1),
                (x - 0.1 + wave, low * 0.4),
                (x - 0.06 - wave + s * 0.6, low * 0.7),
                (x + s, low * 0.92),
            ]
            brush.line(strand(line), shade(cut.color, 1.5), 0.03, 0.6)


def _waved(cut: Haircut, points: Points) -> Points:
    """Return an outline as waves or wisps bend it; below the ears only, for the skull is round."""
    if cut.style not in ("wavy", "messy"):
        return points
    dense: Points = []
    for i, (x0, y0) in enumerate(points):
        x1, y1 = points[(i + 1) % len(points)]
        steps = max(1, round(math.hypot(x1 - x0, y1 - y0) / 0.22))
        dense += [(x0 + (x1 - x0) * k / steps, y0 + (y1 - y0) * k / steps) for k in range(steps)]
    deep, often = (0.1, 5.6) if cut.style == "wavy" else (0.06, 11.0)
    return [(x + deep * math.sin(often * y + 2) * min(1.0, max(0.0, y + 0.3)), y) for x, y in dense]


def draw_side_lock(brush: Brush, cut: Haircut, swing: float) -> None:
    """Draw the lock in front of the near shoulder."""
    low = 1.95 if cut.length == "long" else 1.1
    s = 0.16 * swing * low / 2
    outer: Points = [
        (-0.86, -0.62),
        (-1.02, -0.2),
        (-1.07, 0.35),
        (-1.14 + s * 0.4, low * 0.5),
        (-1.03 + s * 0.7, low * 0.8),
        (-0.9 + s, low),
    ]
    inner: Points = [
        (-0.76 + s, low * 0.85),
        (-0.7 + s * 0.6, low * 0.6),
        (-0.74 + s * 0.3, low * 0.36),
        (-0.7, 0.1),
        (-0.58, -0.38),
    ]
    points = _waved(cut, outer + inner)
    fill_hair(brush, cut, curls(points, 0.34) if cut.style == "curly" else blob(points), low * 0.5)


def draw_bun(brush: Brush, cut: Haircut, centre: Point, size: float) -> None:
    """Draw a bun, coiled."""
    x, y = centre
    brush.fill(blob(ring(centre, size, size * 0.95, 10)), cut.tips or cut.color)
    dark = shade(cut.color, 0.9)
    for r in (0.66, 0.3):
        brush.line(
            strand(
                [
                    (x - size * r, y - size * 0.3),
                    (x + size * 0.05, y + size * r),
                    (x + size * r, y - size * 0.2),
                ]
            ),
            dark,
            0.05,
        )


def draw_pigtail(brush: Brush, cut: Haircut, root: Point, swing: float, size: float) -> None:
    """Draw a tail at the side of the head, with its tie."""
    low = {"short": 0.55, "medium": 1.0}.get(cut.length, 1.6) * size
    x, y = root
    way = -1 if x < 0 else 1
    s = 0.26 * swing
    points: Points = [
        (x, y - 0.14),
        (x + way * 0.36, y - 0.02),
        (x + way * 0.5 + s * 0.4, y + low * 0.42),
        (x + way * 0.34 + s * 0.8, y + low * 0.82),
        (x + way * 0.12 + s, y + low),
        (x + way * 0.04 + s * 0.7, y + low * 0.6),
        (x - way * 0.04, y + 0.16),
    ]
    fill_hair(brush, cut, curls(points, 0.3) if cut.style == "curly" else blob(points), y + low * 0.5)
    line = [
        (x + way * 0.14, y + 0.1),
        (x + way * 0.28 + s * 0.5, y + low * 0.5),
        (x + way * 0.14 + s, y + low * 0.9),
    ]
    brush.line(strand(line), shade(cut.color, 1.2), 0.035, 0.6)
    brush.oval((x + way * 0.06, y), 0.12, 0.16, (0.93, 0.4, 0.48))


def draw_ropes(brush: Brush, cut: Haircut, swing: float, tone: RGB, front: bool = False) -> None:
    """Draw dreadlocks or long cornrows: ropes that hang from the skull; fewer fall in front."""
    low = {"short": 0.35, "medium": 1.05}.get(cut.length, 1.95)
    thick = 0.105 if cut.style == "dreads" else 0.075
    roots = (-0.84, -0.66) if front else (-0.95, -0.72, -0.46, -0.16, 0.2, 0.48)
    for i, x in enumerate(roots):
        drop = low * (0.84 + 0.16 * ((i * 7 + 3) % 5) / 4)
        s = 0.2 * swing * drop / 2
        middle = (x - 0.1 + s * 0.4, drop * 0.45)
        path = skia.Path()
        top = (x * 0.92, -0.5 if front else -0.3)
        add_segment(path, top, middle, thick, thick * 1.1, thick)
        add_segment(path, middle, (x - 0.04 + s, drop), thick, thick * 1.05, thick * 0.7)
        fill_hair(brush, cut, path, low * 0.5, tone if not front else None)
        for k in range(1, 2 + int(drop / 0.3)) if brush.fine(0.03) else ():
            y = drop * k / (2 + int(drop / 0.3))
            brush.line(
                strand([(x - 0.14, y - 0.03), (x + 0.02, y + 0.03)]), shade(cut.color, 1.4), 0.026, 0.55
            )
    if cut.style == "dreads" and front:
        for i in range(6):
            x, y = 0.62 - 0.28 * i, -0.95 + 0.035 * (i - 2) ** 2
            knot = skia.Path()
            add_segment(knot, (x, y), (x - 0.16, y + 0.3), 0.11, 0.13, 0.11)
            brush.fill(knot, cut.color if i % 2 else shade(cut.color, 0.45))


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
    fill_hair(brush, cut, curls(points, 0.38) if "curl" in cut.style else blob(points), low * 0.4)
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
