"""Hands: a palm with fingers and a thumb, in four poses, and where hand and mouth are."""

from __future__ import annotations

import math
from functools import lru_cache

import skia

from storyboard.generators.video.animatic.figure.colors import RGB, far_tone, shade
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import (
    Bones,
    Point,
    add_segment,
    angle_of,
    blob,
)


def draw_hand(rig: Rig, bones: Bones, near: bool, skin: RGB) -> None:
    """Draw a hand at the end of the forearm, thumb towards the head or the front."""
    arm = rig.pose.near if near else rig.pose.far
    brush, canvas = rig.brush, rig.brush.canvas
    size = rig.body.height * (0.074 + 0.008 * rig.body.child)
    side = 1.0 if not near else max(-1.0, min(1.0, (arm.angle + 0.85) / 0.25))
    if rig.outfit.whole and rig.outfit.whole.kind == "spacesuit":
        skin, size = far_tone(shade(rig.outfit.whole.color, 0.5), near), size * 1.15
    canvas.save()
    canvas.translate(*bones[2])
    canvas.rotate(math.degrees(angle_of(bones[1], bones[2])))
    canvas.scale(size, size)
    palm, thumb, lines = _hand(arm.hand)
    canvas.save()
    canvas.scale(1.0, -side if arm.hand != "relaxed" or abs(arm.angle) > 1.0 else -1.0)
    brush.fill(thumb, shade(skin, 0.55))
    canvas.restore()
    brush.fill(palm, skin)
    if brush.px * size > 26:
        brush.line(lines, shade(skin, 1.2), 0.045, 0.75)
    canvas.restore()


def mouth_of(rig: Rig) -> Point:
    """Return where the mouth is, in figure space."""
    r, angle = rig.body.head_r, rig.joints.head_angle
    x, y = 0.34 * r, (0.62 + 0.13 * rig.pose.nod) * r
    head = rig.joints.head
    return (
        head[0] + x * math.cos(angle) - y * math.sin(angle),
        head[1] + x * math.sin(angle) + y * math.cos(angle),
    )


def fist_of(rig: Rig, near: bool) -> Point:
    """Return the middle of a hand, in figure space."""
    _, elbow, wrist = rig.joints.near_arm if near else rig.joints.far_arm
    dx, dy = wrist[0] - elbow[0], wrist[1] - elbow[1]
    length = math.hypot(dx, dy) or 1e-6
    reach = 0.026 * rig.body.height
    return (wrist[0] + dx / length * reach, wrist[1] + dy / length * reach)


@lru_cache(maxsize=8)
def _hand(kind: str) -> tuple[skia.Path, skia.Path, skia.Path]:
    """Return palm with fingers, thumb (towards +y) and finger lines of a hand one long."""
    path, thumb, lines = skia.Path(), skia.Path(), skia.Path()
    if kind in ("fist", "point"):
        path.addPath(
            blob(
                [
                    (-0.12, -0.2),
                    (0.2, -0.29),
                    (0.55, -0.27),
                    (0.66, 0.0),
                    (0.55, 0.27),
                    (0.2, 0.27),
                    (-0.12, 0.2),
                ]
            )
        )
        add_segment(thumb, (0.12, 0.2), (0.46, 0.3), 0.11, 0.12, 0.1)
        for y in (-0.13, 0.0, 0.13):
            lines.moveTo(0.42, y)
            lines.lineTo(0.62, y)
        if kind == "point":
            add_segment(path, (0.45, 0.14), (1.02, 0.1), 0.1, 0.09, 0.075)
    elif kind == "open":
        path.addPath(
            blob(
                [
                    (-0.12, -0.19),
                    (0.2, -0.27),
                    (0.5, -0.28),
                    (0.58, 0.0),
                    (0.5, 0.24),
                    (0.2, 0.26),
                    (-0.12, 0.2),
                ]
            )
        )
        for base, tip in (
            ((0.42, -0.2), (0.82, -0.4)),
            ((0.48, -0.07), (1.0, -0.16)),
            ((0.48, 0.06), (1.02, 0.08)),
            ((0.44, 0.17), (0.92, 0.3)),
        ):
            add_segment(path, base, tip, 0.088, 0.083, 0.068)
        add_segment(thumb, (0.1, 0.16), (0.42, 0.5), 0.11, 0.1, 0.08)
    else:
        path.addPath(
            blob(
                [
                    (-0.12, -0.2),
                    (0.25, -0.27),
                    (0.62, -0.24),
                    (0.95, -0.02),
                    (0.92, 0.12),
                    (0.6, 0.2),
                    (0.25, 0.25),
                    (-0.12, 0.2),
                ]
            )
        )
        add_segment(thumb, (0.12, 0.14), (0.5, 0.34), 0.11, 0.1, 0.075)
        for y in (-0.1, 0.04):
            lines.moveTo(0.58, y)
            lines.lineTo(0.9, y * 0.5 + 0.03)
    return path, thumb, lines
