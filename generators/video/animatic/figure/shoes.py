"""Shoes: boots, sneakers, heels, sandals and bare feet, seen from the side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import skia

from storyboard.generators.video.animatic.figure.colors import RGB, far_tone, lift, luminance, shade
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import (
    Bones,
    Points,
    across_of,
    add_segment,
    blob,
    lerp,
    polygon,
    strand,
)

_RUBBER: RGB = (0.95, 0.93, 0.88)
_SHAFTS = {"": 0.62, "ankle": 0.2, "laced": 0.3, "high": 0.14}  # of the shin that a boot covers, by cut
Part = tuple[skia.Path, RGB, float]


def draw_shoe(rig: Rig, bones: Bones, near: bool, radii: Sequence[float]) -> None:
    """Draw the shoe of a leg; `radii` are those of the bare leg, for the shaft of a boot."""
    piece = rig.outfit.shoes
    pitch = rig.joints.near_pitch if near else rig.joints.far_pitch
    brush, canvas = rig.brush, rig.brush.canvas
    color = far_tone(piece.color, near)
    size = rig.body.height * 0.138
    shaft = _SHAFTS.get(piece.cut, 0.0) if piece.kind == "boots" or piece.cut == "high" else 0.0
    if shaft:
        _shaft(rig, bones, radii, color, shaft)
    canvas.save()
    canvas.translate(*bones[2])
    canvas.rotate(math.degrees(pitch))
    canvas.scale(size, size)
    skin = far_tone(rig.looks.skin, near)
    for path, tone, width in _shoe(piece.kind, piece.cut, color, skin, rig.body.ankle / size):
        if width == 0.0:
            brush.fill(path, tone)
        else:
            brush.line(path, tone, width)
    if piece.feel in ("leather", "silk") or piece.kind in ("heels", "boots"):
        brush.line(strand([(0.28, 0.06), (0.46, 0.1), (0.56, 0.15)]), lift(color, 0.5), 0.03, 0.7)
    canvas.restore()


def _shaft(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB, reach: float) -> None:
    """Draw the shaft of a boot up the shin, with its flat rim."""
    top = lerp(bones[2], bones[1], reach)
    wide = radii[3] * (1.18 if reach > 0.4 else 1.05) if reach > 0.25 else radii[4] * 1.55
    path = skia.Path()
    add_segment(path, bones[2], top, radii[4] * 1.45, (radii[4] * 1.5 + wide) / 2, wide, True)
    rig.brush.fill(path, shade(color, 0.5))
    lit = skia.Path()
    shift = -rig.brush.dark * wide * 0.25
    add_segment(lit, (bones[2][0] + shift, bones[2][1]), (top[0] + shift, top[1]), radii[4] * 1.1,
                (radii[4] + wide) / 2 * 0.85, wide * 0.72, True)  # fmt: skip
    rig.brush.fill(lit, color)
    across = across_of(bones[2], top)
    for share, tone in ((0.95, shade(color, 1.3)),):
        p = lerp(bones[2], top, share)
        ends = [
            (p[0] - across[0] * wide, p[1] - across[1] * wide),
            (p[0] + across[0] * wide, p[1] + across[1] * wide),
        ]
        rig.brush.line(strand(ends), tone, 0.005)
    if rig.outfit.shoes.cut in ("laced", "high") and rig.brush.fine(0.004):
        for share in (0.25, 0.5, 0.75):
            p = lerp(bones[2], top, share)
            rig.brush.line(
                strand([(p[0] + wide * 0.3, p[1]), (p[0] + wide, p[1] - 0.004)]), _thread(color), 0.004
            )


def _thread(color: RGB) -> RGB:
    return (0.95, 0.85, 0.4) if luminance(color) < 0.3 else (0.97, 0.96, 0.93)


@lru_cache(maxsize=128)
def _shoe(kind: str, cut: str, color: RGB, skin: RGB, ground: float) -> tuple[Part, ...]:
    """Return the parts of a shoe one long: ankle at the origin, toe towards +x."""
    g = ground
    foot = _outline(g)
    sole = polygon([(-0.28, g - 0.055), (0.3, g - 0.05), (0.68, g - 0.06), (0.7, g), (0.3, g), (-0.27, g)])
    toe = blob([(0.42, 0.08), (0.6, 0.13), (0.67, g - 0.05), (0.4, g - 0.05)])
    if kind == "bare":
        lines = strand([(0.5, g - 0.06), (0.6, g - 0.05), (0.66, g - 0.03)])
        return ((blob(foot), skin, 0.0), (lines, shade(skin, 1.2), 0.02))
    if kind == "heels":
        return _heels(color, skin, g)
    if kind == "sandals":
        base = polygon([(-0.28, g - 0.05), (0.68, g - 0.06), (0.7, g), (-0.28, g)])
        straps = ([(-0.2, -0.06), (0.0, 0.0), (0.2, 0.02)], [(0.3, g - 0.05), (0.36, 0.04), (0.5, 0.07)])
        return ((blob(foot), skin, 0.0), (base, shade(color, 1.1), 0.0),
                *((strand(list(line)), color, 0.075) for line in straps))  # fmt: skip
    if kind == "flats":
        low = blob(
            [(-0.27, 0.02), (-0.1, 0.1), (0.2, 0.13), (0.42, 0.07), (0.66, g - 0.07), (0.62, g), (-0.26, g)]
        )
        return ((blob(foot), skin, 0.0), (low, color, 0.0), (sole, shade(color, 1.4), 0.0))
    if kind == "slippers":
        fluff = blob([(0.1, -0.02), (0.4, -0.06), (0.7, 0.06), (0.74, g), (0.1, g), (0.06, 0.1)])
        return ((blob(foot), skin, 0.0), (fluff, color, 0.0), (sole, shade(color, 1.2), 0.0))
    upper: Part = (blob(foot), color, 0.0)
    if kind == "sneakers":
        thick = polygon([(-0.3, g - 0.085), (0.3, g - 0.075), (0.7, g - 0.085), (0.72, g), (-0.29, g)])
        swoosh = strand([(-0.14, 0.04), (0.06, 0.12), (0.34, 0.04)])
        laces = strand([(0.16, -0.06), (0.3, 0.03)])
        mark = (0.25, 0.26, 0.3) if luminance(color) > 0.7 else _RUBBER
        cap = (toe, _RUBBER if cut == "high" else lift(color, 0.14), 0.0)
        return (upper, cap, (swoosh, mark, 0.04), (laces, _RUBBER, 0.05), (thick, _RUBBER, 0.0))
    if kind == "boots":
        heel = polygon([(-0.3, g - 0.12), (-0.06, g - 0.1), (-0.06, g), (-0.29, g)])
        tread = shade(color, 1.9) if cut != "laced" else (0.16, 0.13, 0.12)
        parts: tuple[Part, ...] = (
            upper,
            (toe, lift(color, 0.1), 0.0),
            (sole, tread, 0.0),
            (heel, tread, 0.0),
        )
        welt = strand([(-0.26, g - 0.07), (0.3, g - 0.065), (0.66, g - 0.075)])
        return (*parts, (welt, _thread(color), 0.024)) if cut == "laced" else parts
    seam = strand([(0.3, 0.0), (0.4, 0.1), (0.36, g - 0.06)])
    return (
        upper,
        (toe, lift(color, 0.12), 0.0),
        (seam, shade(color, 1.2), 0.025),
        (sole, shade(color, 1.9), 0.0),
    )


def _outline(g: float) -> Points:
    return [
        (-0.2, -0.16), (0.14, -0.16), (0.24, -0.02), (0.5, 0.07), (0.67, g - 0.07), (0.62, g), (0.2, g),
        (-0.26, g), (-0.27, 0.04),
    ]  # fmt: skip


def _heels(color: RGB, skin: RGB, g: float) -> tuple[Part, ...]:
    """Return a high-heeled shoe: the foot on its toes, the heel a thin post."""
    foot = blob([(-0.2, -0.16), (0.14, -0.14), (0.26, 0.02), (0.5, 0.12), (0.64, g - 0.05), (0.4, g - 0.02),
                 (0.16, g - 0.1), (-0.16, 0.06), (-0.24, -0.02)])  # fmt: skip
    shell = blob([(-0.26, -0.06), (-0.2, 0.02), (0.0, 0.1), (0.2, 0.15), (0.42, 0.11), (0.66, g - 0.04),
                  (0.58, g),
                  (0.3, g), (0.12, g - 0.07), (-0.14, 0.1), (-0.26, 0.06)])  # fmt: skip
    post = polygon([(-0.26, 0.02), (-0.1, 0.09), (-0.19, g), (-0.25, g)])
    return ((foot, skin, 0.0), (post, shade(color, 0.9), 0.0), (shell, color, 0.0))
