"""Heads and hands of a crowd: a few shapes each, enough that nobody is faceless."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import skia

from storyboard.generators.video.animatic.figure.shapes import Point, blob
from storyboard.generators.video.animatic.figure.skeleton import Body, Joints

HAIRCUTS: dict[str, list[list[Point]]] = {
    "short": [[(0.8, -0.4), (0.6, -1.1), (-0.4, -1.15), (-0.98, -0.5), (-0.9, 0.3), (-0.4, 0.2)]],
    "long": [[(0.85, -0.5), (0.5, -1.15), (-0.5, -1.15), (-1.1, -0.2), (-1.15, 1.6), (-0.6, 1.8), (-0.3, 0.9),
              (-0.2, -0.1), (0.25, -0.5)]],
    "bob": [[(0.85, -0.5), (0.5, -1.15), (-0.5, -1.15), (-1.1, -0.2), (-1.05, 0.9), (-0.35, 0.9), (-0.2, 0.0),
             (0.25, -0.5)]],
    "bun": [[(0.8, -0.4), (0.5, -1.1), (-0.5, -1.1), (-0.95, -0.3), (-0.6, 0.3)],
            [(-0.3, -1.3), (-0.6, -1.6), (-1.0, -1.4), (-0.9, -0.95), (-0.5, -0.9)]],
    "afro": [[(1.1, -0.5), (0.7, -1.5), (-0.3, -1.65), (-1.3, -1.0), (-1.3, 0.0), (-0.6, 0.4), (-0.1, -0.3),
              (0.7, -0.4)]],
    "hat": [[(0.8, -0.4), (0.7, -1.3), (-0.7, -1.3), (-0.85, -0.4)],
            [(1.4, -0.42), (0.0, -0.62), (-1.4, -0.4), (0.0, -0.3)]],
    "tail": [[(0.8, -0.4), (0.5, -1.1), (-0.5, -1.1), (-0.95, -0.3), (-0.6, 0.3)],
             [(-0.7, -0.6), (-1.3, -0.5), (-1.5, 0.6), (-1.1, 1.2), (-1.1, 0.2)]],
}  # fmt: skip
"""Outlines in head space: the centre of the head is 0, its radius 1, x towards where it looks."""


def head_of(joints: Joints, body: Body, hair: str) -> list[skia.Path]:
    """Return the outlines of head and hair, the head first; a haircut is one of `HAIRCUTS`."""
    (x, y), r = joints.head, body.head_r
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - 0.82 * r, y - 1.05 * r, x + 0.82 * r, y + r))
    lean = math.sin(joints.head_angle) * 0.2
    turned = [[(x + (px - lean * py) * r, y + py * r) for px, py in part] for part in HAIRCUTS[hair]]
    return [path, *map(blob, turned)]


def features(centre: Point, radius: float, variant: int) -> Iterator[tuple[skia.Path, float]]:
    """Yield eyes, brows, nose, mouth and the shaded side of a face, each with how dark it is, 0 to 1."""
    x, y = centre

    def oval(ox: float, oy: float, rx: float, ry: float) -> skia.Path:
        path = skia.Path()
        path.addOval(
            skia.Rect.MakeLTRB(
                x + (ox - rx) * radius, y + (oy - ry) * radius, x + (ox + rx) * radius, y + (oy + ry) * radius
            )
        )
        return path

    yield oval(-0.30, 0.16, 0.15, 0.20), 0.16  # an ear
    for ox, w in ((0.15, 0.085), (0.58, 0.07)):
        yield oval(ox, 0.02, w, 0.105), 0.8
    brow = -0.26 - 0.05 * (variant % 3)
    for ox, w in ((0.12, 0.17), (0.62, 0.13)):
        yield oval(ox, brow, w, 0.045), 0.6
    yield oval(0.46, 0.27, 0.08, 0.13), 0.2
    yield oval(0.36, 0.58, 0.20, 0.05 + 0.02 * (variant % 2)), 0.5


def hand(arm: Sequence[Point]) -> skia.Path:
    """Return a hand that goes on from the wrist of an arm: shoulder, elbow, wrist."""
    (ex, ey), (wx, wy) = arm[1], arm[2]
    length = math.hypot(wx - ex, wy - ey) or 1.0
    tx, ty = (wx - ex) / length, (wy - ey) / length
    return blob(
        [
            (wx - 0.010 * ty, wy + 0.010 * tx),
            (wx + 0.030 * tx - 0.020 * ty, wy + 0.030 * ty + 0.020 * tx),
            (wx + 0.062 * tx, wy + 0.062 * ty),
            (wx + 0.030 * tx + 0.020 * ty, wy + 0.030 * ty - 0.020 * tx),
            (wx + 0.010 * ty, wy - 0.010 * tx),
        ]
    )
