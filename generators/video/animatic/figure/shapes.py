"""Shapes: smooth outlines, tapered limbs and cloth ribbons, from points in figure space."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import skia

Point = tuple[float, float]
Points = list[Point]
Bones = tuple[Point, Point, Point]
Level = tuple[float, Point, Point]
Edge = Callable[[float], float]
_ARC = 0.5523  # handle of the cubic nearest to a quarter circle


def fixed(u: float) -> Edge:
    """Return a line straight down a ribbon at u."""
    return lambda t: u


LEFT, RIGHT = fixed(0.0), fixed(1.0)


def lerp(a: Point, b: Point, share: float) -> Point:
    """Return the point a share of the way from a to b."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def curve_through(path: skia.Path, points: Sequence[Point]) -> None:
    """Continue a path from its last point, points[0], smoothly through the others."""
    count = len(points)
    for i in range(count - 1):
        p0 = points[i - 1] if i else points[0]
        p1, p2 = points[i], points[i + 1]
        p3 = points[i + 2] if i + 2 < count else p2
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) / 6,
            p1[1] + (p2[1] - p0[1]) / 6,
            p2[0] - (p3[0] - p1[0]) / 6,
            p2[1] - (p3[1] - p1[1]) / 6,
            p2[0],
            p2[1],
        )


def blob(points: Sequence[Point]) -> skia.Path:
    """Return a closed smooth outline through points (Catmull-Rom)."""
    path = skia.Path()
    count = len(points)
    path.moveTo(*points[0])
    for i in range(count):
        p0, p1 = points[i - 1], points[i]
        p2, p3 = points[(i + 1) % count], points[(i + 2) % count]
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) / 6,
            p1[1] + (p2[1] - p0[1]) / 6,
            p2[0] - (p3[0] - p1[0]) / 6,
            p2[1] - (p3[1] - p1[1]) / 6,
            p2[0],
            p2[1],
        )
    path.close()
    return path


def scallops(path: skia.Path, points: Sequence[Point], step: float, heart: Point) -> None:
    """Continue a path from points[0] along the others in round bumps away from the heart: curls."""
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        count = max(1, round(length / step))
        nx, ny = (y1 - y0) / length, -(x1 - x0) / length
        if nx * ((x0 + x1) / 2 - heart[0]) + ny * ((y0 + y1) / 2 - heart[1]) < 0:
            nx, ny = -nx, -ny
        out = 0.62 * length / count
        for i in range(count):
            ax, ay = x0 + (x1 - x0) * i / count, y0 + (y1 - y0) * i / count
            bx, by = x0 + (x1 - x0) * (i + 1) / count, y0 + (y1 - y0) * (i + 1) / count
            path.cubicTo(ax + nx * out, ay + ny * out, bx + nx * out, by + ny * out, bx, by)


def strand(points: Sequence[Point]) -> skia.Path:
    """Return an open smooth line through points."""
    path = skia.Path()
    path.moveTo(*points[0])
    curve_through(path, points)
    return path


def polygon(points: Sequence[Point]) -> skia.Path:
    """Return a closed outline with straight edges."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    return path


def add_segment(
    path: skia.Path, a: Point, b: Point, ra: float, rm: float, rb: float, flat: bool = False
) -> None:
    """Add a tapered segment from a to b with a middle radius of its own; b's end is round or flat."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1e-6
    dx, dy = dx / length, dy / length
    nx, ny = dy, -dx  # clockwise, as every outline here: mixed winding would cut holes
    bulge = 2 * rm - (ra + rb) / 2
    mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    path.moveTo(a[0] + nx * ra, a[1] + ny * ra)
    path.quadTo(mx + nx * bulge, my + ny * bulge, b[0] + nx * rb, b[1] + ny * rb)
    if flat:
        bow = rb * 0.3
        path.quadTo(b[0] + dx * bow, b[1] + dy * bow, b[0] - nx * rb, b[1] - ny * rb)
    else:
        _half_turn(path, b, (nx, ny), (dx, dy), rb)
    path.quadTo(mx - nx * bulge, my - ny * bulge, a[0] - nx * ra, a[1] - ny * ra)
    _half_turn(path, a, (-nx, -ny), (-dx, -dy), ra)
    path.close()


def _half_turn(path: skia.Path, centre: Point, n: Point, d: Point, r: float) -> None:
    """Add the half circle from centre + n·r over centre + d·r to centre less n·r."""
    x, y = centre
    k = r * _ARC
    tip = (x + d[0] * r, y + d[1] * r)
    path.cubicTo(
        x + n[0] * r + d[0] * k,
        y + n[1] * r + d[1] * k,
        tip[0] + n[0] * k,
        tip[1] + n[1] * k,
        tip[0],
        tip[1],
    )
    path.cubicTo(
        tip[0] - n[0] * k,
        tip[1] - n[1] * k,
        x - n[0] * r + d[0] * k,
        y - n[1] * r + d[1] * k,
        x - n[0] * r,
        y - n[1] * r,
    )


def limb(
    points: tuple[Point, Point, Point],
    radii: Sequence[float],
    inset: float = 0.0,
    to: float = 0.0,
    flat: bool = False,
) -> skia.Path:
    """Return a limb of two segments with five radii: root, middle, joint, middle, end.

    With an inset, every radius shrinks by it and the limb moves by the same length towards
    direction `to` (-1 or 1): the lit part of the limb, by construction inside its outline.
    """
    path = skia.Path()
    shift = inset * to
    a, b, c = ((p[0] + shift, p[1] - inset * 0.25) for p in points)
    r0, r1, r2, r3, r4 = (max(0.001, r - inset) for r in radii)
    add_segment(path, a, b, r0, r1, r2)
    add_segment(path, b, c, r2, r3, r4, flat)
    return path


class Ribbon:
    """A piece of cloth on the body: levels from top to hem, each with its two edge points.

    Levels are (t, left, right) with falling t: 1 at the neck, 0 at the hips, below 0 down the
    legs. A place on the cloth is (u, t), with u from 0 at the left edge to 1 at the right edge.
    """

    def __init__(self, levels: list[Level]) -> None:
        self.levels = levels

    def at(self, u: float, t: float) -> Point:
        """Return the point at (u, t)."""
        levels = self.levels
        index = next((i for i in range(1, len(levels)) if t >= levels[i][0]), len(levels) - 1)
        upper, lower = levels[index - 1], levels[index]
        share = min(1.0, max(0.0, (upper[0] - t) / ((upper[0] - lower[0]) or 1.0)))
        return lerp(lerp(upper[1], lower[1], share), lerp(upper[2], lower[2], share), u)

    def cut(self, top: float, bottom: float) -> Ribbon:
        """Return the piece between two values of t."""
        inside = [level for level in self.levels if bottom + 0.02 < level[0] < top - 0.02]
        first = (top, self.at(0, top), self.at(1, top))
        last = (bottom, self.at(0, bottom), self.at(1, bottom))
        return Ribbon([first, *inside, last])

    def band(self, left: Edge, right: Edge, sag: float = 0.0) -> skia.Path:
        """Return the outline between two lines down the cloth, each given as u by t."""
        lefts = [lerp(a, b, left(t)) for t, a, b in self.levels]
        rights = [lerp(a, b, right(t)) for t, a, b in self.levels]
        path = skia.Path()
        path.moveTo(*lefts[0])
        curve_through(path, lefts)
        middle = lerp(lefts[-1], rights[-1], 0.5)
        path.quadTo(middle[0], middle[1] + sag, rights[-1][0], rights[-1][1])
        rights.reverse()
        curve_through(path, rights)
        path.close()
        return path

    def outline(self, sag: float = 0.0) -> skia.Path:
        """Return the whole outline; `sag` rounds the hem downwards."""
        return self.band(LEFT, RIGHT, sag)

    def line(self, *places: Point) -> skia.Path:
        """Return a smooth line through places (u, t) on the cloth."""
        return strand([self.at(u, t) for u, t in places])

    def patch(self, *places: Point) -> skia.Path:
        """Return a smooth closed outline through places (u, t) on the cloth."""
        return blob([self.at(u, t) for u, t in places])

    def panel(self, *places: Point) -> skia.Path:
        """Return a closed outline with straight edges through places (u, t) on the cloth."""
        return polygon([self.at(u, t) for u, t in places])


def ring(centre: Point, rx: float, ry: float, count: int) -> Points:
    """Return points on an upright ellipse."""
    return [
        (
            centre[0] + rx * math.sin(2 * math.pi * i / count),
            centre[1] - ry * math.cos(2 * math.pi * i / count),
        )
        for i in range(count)
    ]


def angle_of(a: Point, b: Point) -> float:
    """Return the direction from a to b in radians."""
    return math.atan2(b[1] - a[1], b[0] - a[0])


def across_of(a: Point, b: Point) -> Point:
    """Return the direction square to that from a to b."""
    angle = angle_of(a, b) + math.pi / 2
    return (math.cos(angle), math.sin(angle))
