"""Limbs: arms with hands, legs with shoes, each a tapered silhouette with a lit and a dark side."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, far_tone, shade
from storyboard.generators.video.animatic.figure.hands import draw_hand
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import (
    Bones,
    Point,
    across_of,
    add_segment,
    angle_of,
    lerp,
    limb,
    strand,
)
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_ARM = (0.0315, 0.032, 0.027, 0.026, 0.0185)
_EASE = {"coat": 0.012, "spacesuit": 0.02, "hoodie": 0.009, "sweater": 0.008, "jacket": 0.009, "tee": 0.007}


def draw_arm(rig: Rig, near: bool, forearm_only: bool = False) -> None:
    """Draw one arm: skin, sleeve, hand; or only from the elbow on, before what hides the rest."""
    forearm_only = forearm_only and not (rig.pose.near if near else rig.pose.far).over
    bones = rig.joints.near_arm if near else rig.joints.far_arm
    sleeve = rig.outfit.sleeves
    skin = far_tone(rig.looks.skin, near)
    draw_hand(rig, bones, near, skin)
    if sleeve is None or not sleeve.long_sleeves:
        fill_limb(rig.brush, bones, arm_radii(rig, 0.0), skin, forearm_only=forearm_only)
    if sleeve is not None and (sleeve.long_sleeves or not forearm_only):
        _draw_sleeve(rig, bones, sleeve, near, forearm_only)


def arm_radii(rig: Rig, ease: float) -> list[float]:
    """Return the five radii of an arm in a sleeve with this much ease."""
    build = {"woman": 0.9, "man": 1.1}.get(rig.looks.character.gender, 1.0) * rig.body.girth
    return [r * build + ease * rig.body.height for r in _ARM]


def fill_limb(
    brush: Brush,
    bones: Bones,
    radii: Sequence[float],
    color: RGB,
    flat: bool = False,
    forearm_only: bool = False,
) -> None:
    """Fill a limb in its core-shadow tone, then its lit side."""
    if forearm_only:
        bones = (bones[1], lerp(bones[1], bones[2], 0.5), bones[2])
        radii = (radii[2], (radii[2] + radii[3]) / 2, radii[3], (radii[3] + radii[4]) / 2, radii[4])
    brush.fill(limb(bones, radii, flat=flat), shade(color))
    brush.fill(limb(bones, radii, min(radii) * 0.36, -brush.dark, flat), color)


def _draw_sleeve(rig: Rig, bones: Bones, sleeve: Piece, near: bool, forearm_only: bool) -> None:
    radii = arm_radii(rig, _EASE.get(sleeve.kind, 0.006))
    color = far_tone(sleeve.color, near)
    if not sleeve.long_sleeves:
        _short_sleeve(rig, bones, radii, color)
        return
    wrist = lerp(bones[1], bones[2], 0.97)
    fill_limb(rig.brush, (bones[0], bones[1], wrist), radii, color, True, forearm_only)
    if rig.brush.fine(0.004):
        _cuff(rig.brush, bones[1], wrist, radii[4], color, sleeve.feel)
        if not forearm_only:
            _elbow_fold(rig.brush, bones, radii[2], color)


def _short_sleeve(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB) -> None:
    end = lerp(bones[0], bones[1], 0.62)
    for inset, tone in ((0.0, shade(color)), (radii[1] * 0.25, color)):
        path = skia.Path()
        shift = -rig.brush.dark * inset
        a, b = (bones[0][0] + shift, bones[0][1]), (end[0] + shift, end[1])
        add_segment(path, a, b, radii[0] - inset, radii[1] * 1.08 - inset, radii[1] * 1.05 - inset, True)
        rig.brush.fill(path, tone)


def _cuff(brush: Brush, elbow: Point, wrist: Point, radius: float, color: RGB, feel: str) -> None:
    across = across_of(elbow, wrist)
    width = 0.55 if feel == "knit" else 0.3
    for share in (0.86,) if feel != "knit" else (0.8, 0.86, 0.92):
        p = lerp(elbow, wrist, share)
        r = radius * 0.98
        seam = strand(
            [(p[0] - across[0] * r, p[1] - across[1] * r), (p[0] + across[0] * r, p[1] + across[1] * r)]
        )
        brush.line(seam, shade(color, 1.3), 0.004 * width, 0.7)


def _elbow_fold(brush: Brush, bones: Bones, radius: float, color: RGB) -> None:
    a, b = angle_of(bones[0], bones[1]), angle_of(bones[1], bones[2])
    bent = math.atan2(math.sin(b - a), math.cos(b - a))
    if abs(bent) < 0.35:
        return
    across = across_of(bones[0], bones[2])
    side = 1 if bent > 0 else -1
    for spread in (-0.35, 0.3):
        start = lerp(bones[1], bones[2 if spread > 0 else 0], abs(spread) * 0.5)
        tip = (start[0] + across[0] * side * radius * 0.9, start[1] + across[1] * side * radius * 0.9)
        brush.line(
            strand([tip, lerp(tip, bones[1], 0.75)]), shade(color, 1.25), 0.0032, min(1.0, abs(bent)) * 0.6
        )
