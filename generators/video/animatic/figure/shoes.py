"""Shoes: boots, sneakers, heels, sandals, seen from the side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import skia

from storyboard.generators.video.animatic.figure.colors import RGB, far_tone, lift, shade
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import (
    Bones,
    add_segment,
    blob,
    lerp,
    polygon,
)


def draw_shoe(rig: Rig, bones: Bones, near: bool, radii: Sequence[float]) -> None:
    """Draw the shoe of a leg; `radii` are those of the bare leg, for the shaft of a boot."""
    piece = rig.outfit.shoes
    pitch = rig.joints.near_pitch if near else rig.joints.far_pitch
    brush, canvas = rig.brush, rig.brush.canvas
    color = far_tone(piece.color, near)
    size = rig.body.height * 0.138
    if piece.kind == "boots":
        shaft = lerp(bones[2], bones[1], 0.42)
        path = skia.Path()
        add_segment(path, shaft, bones[2], radii[3] * 1.22, radii[3] * 1.02, radii[4] * 1.5)
        brush.fill(path, shade(color, 0.5))
    canvas.save()
    canvas.translate(*bones[2])
    canvas.rotate(math.degrees(pitch))
    canvas.scale(size, size)
    for path, tone in _shoe(piece.kind, color, rig.body.ankle / size):
        brush.fill(path, tone)
    canvas.restore()


@lru_cache(maxsize=64)
def _shoe(kind: str, color: RGB, ground: float) -> tuple[tuple[skia.Path, RGB], ...]:
    """Return the parts of a shoe one long: ankle at the origin, toe towards +x."""
    g = ground
    upper = blob(
        [
            (-0.2, -0.16),
            (0.14, -0.16),
            (0.24, -0.02),
            (0.5, 0.07),
            (0.67, g - 0.07),
            (0.62, g),
            (0.2, g),
            (-0.26, g),
            (-0.27, 0.04),
        ]
    )
    sole = polygon([(-0.28, g - 0.055), (0.3, g - 0.05), (0.68, g - 0.06), (0.7, g), (0.3, g), (-0.27, g)])
    toe = blob([(0.42, 0.08), (0.6, 0.13), (0.67, g - 0.05), (0.4, g - 0.05)])
    rubber = (0.95, 0.93, 0.88) if kind == "sneakers" else shade(color, 1.9)
    if kind == "heels":
        upper = blob(
            [
                (-0.22, -0.1),
                (-0.08, 0.02),
                (0.2, 0.1),
                (0.5, 0.13),
                (0.66, g - 0.03),
                (0.55, g),
                (0.15, g - 0.05),
                (-0.2, 0.1),
            ]
        )
        sole = polygon([(-0.24, 0.0), (-0.13, 0.05), (-0.17, g), (-0.24, g)])
    if kind == "sandals":
        strap = polygon([(0.1, -0.1), (0.2, -0.06), (0.5, g - 0.05), (0.36, g - 0.05)])
        return ((sole, shade(color, 1.2)), (strap, color))
    return ((upper, color), (toe, lift(color, 0.1) if kind != "heels" else color), (sole, rubber))
