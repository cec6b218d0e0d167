"""Sleeves: the cloth of an arm, its cuffs, quilting, stripes and wide falls, over the drawn limb."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.generators.video.animatic.figure.colors import RGB, far_tone, lift, shade
from storyboard.generators.video.animatic.figure.limbs import arm_radii, fill_limb
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import Bones, across_of, lerp, polygon, strand
from storyboard.generators.video.animatic.figure.textiles import dress_limb, ribs
from storyboard.generators.video.animatic.figure.trims import accent_of
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_RIBBED = ("sweater", "hoodie", "cardigan")


def finish_sleeve(rig: Rig, near: bool, forearm_only: bool = False) -> None:
    """Draw over an arm what its sleeve is made of and how it ends."""
    sleeve = rig.outfit.sleeves
    if sleeve is None:
        return
    bones = rig.joints.near_arm if near else rig.joints.far_arm
    bones = (bones[0], bones[1], lerp(bones[1], bones[2], 0.97))
    color = far_tone(sleeve.color, near)
    radii = arm_radii(rig, 0.006)
    if forearm_only:
        bones = (bones[1], lerp(bones[1], bones[2], 0.5), bones[2])
        radii = [radii[2], (radii[2] + radii[3]) / 2, radii[3], (radii[3] + radii[4]) / 2, radii[4]]
    if not sleeve.long_sleeves:
        if not forearm_only:
            end = lerp(bones[0], bones[1], 0.62)
            dress_limb(rig.brush, (bones[0], lerp(bones[0], end, 0.5), end), [radii[0]] * 5, sleeve)
        return
    if sleeve.cut == "puffer":
        _quilted(rig, bones, radii, color)
    elif sleeve.cut == "kimono":
        _wide(rig, bones, color, sleeve)
    dress_limb(rig.brush, bones, radii, sleeve)
    if rig.brush.fine(0.004):
        _cuff(rig, bones, radii, sleeve, color)


def _quilted(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB) -> None:
    thick = [r + 0.012 * rig.body.height for r in radii]
    fill_limb(rig.brush, bones, thick, color, True)
    for a, b in ((bones[0], bones[1]), (bones[1], bones[2])):
        across = across_of(a, b)
        for share in (0.28, 0.62, 0.95):
            p, r = lerp(a, b, share), thick[2] * 0.98
            seam = [
                (p[0] - across[0] * r, p[1] - across[1] * r),
                p,
                (p[0] + across[0] * r, p[1] + across[1] * r),
            ]
            rig.brush.line(strand(seam), shade(color, 1.5), 0.006)
            q = lerp(a, b, share - 0.16)
            roll = [(q[0] - across[0] * r * 0.4, q[1] - across[1] * r * 0.4),
                    (q[0] + across[0] * r * 0.4, q[1] + across[1] * r * 0.4)]  # fmt: skip
            rig.brush.line(strand(roll), lift(color, 0.34), 0.01, 0.4)


def _wide(rig: Rig, bones: Bones, color: RGB, piece: Piece) -> None:
    """Draw a sleeve that hangs wide from the forearm."""
    drop, r = 0.085 * rig.body.height, 0.03 * rig.body.height
    elbow, wrist = bones[1], bones[2]
    across = across_of(elbow, wrist)
    way = 1 if across[1] >= 0 else -1
    sway = 0.012 * rig.swing
    bag = polygon(
        [
            (elbow[0] - across[0] * way * r, elbow[1] - across[1] * way * r),
            (wrist[0] - across[0] * way * r, wrist[1] - across[1] * way * r),
            (wrist[0] + across[0] * way * r + sway, wrist[1] + drop),
            (elbow[0] + across[0] * way * r + sway, elbow[1] + drop * 0.6),
        ]
    )
    rig.brush.fill(bag, color)
    edge = [(wrist[0] - across[0] * way * r, wrist[1] - across[1] * way * r),
            (wrist[0] + across[0] * way * r + sway, wrist[1] + drop)]  # fmt: skip
    rig.brush.line(strand(edge), accent_of(piece), 0.01)


def _cuff(rig: Rig, bones: Bones, radii: Sequence[float], sleeve: Piece, color: RGB) -> None:
    start, end = lerp(bones[1], bones[2], 0.86), bones[2]
    if sleeve.cut == "bomber" or sleeve.kind in _RIBBED:
        rib = far_tone(sleeve.accent, True) if sleeve.cut == "bomber" and sleeve.accent else shade(color, 0.6)
        if sleeve.cut == "bomber":
            fill_limb(rig.brush, (start, lerp(start, end, 0.5), end), [radii[4] * 1.12] * 5, rib, True)
        ribs(rig.brush, start, end, radii[4], rib)
    elif sleeve.cut in ("tracksuit", "uniform"):
        stripe = accent_of(sleeve) if sleeve.cut == "tracksuit" else (0.9, 0.74, 0.36)
        if sleeve.cut == "tracksuit":
            for shift in (-0.35, 0.35):
                line = [
                    (p[0] + shift * radii[2], p[1])
                    for p in (lerp(bones[0], bones[1], 0.1), bones[1], bones[2])
                ]
                rig.brush.line(strand(line), stripe, 0.006)
        else:
            _band(rig, bones, radii, stripe, 0.008)
    elif sleeve.kind == "blazer" or sleeve.cut == "trench":
        _band(rig, bones, radii, (0.95, 0.94, 0.9) if sleeve.kind == "blazer" else shade(color, 1.4), 0.01)
    elif sleeve.kind == "blouse":
        puff = (lerp(bones[1], bones[2], 0.3), lerp(bones[1], bones[2], 0.6), end)
        wide = [radii[3], radii[3] * 1.35, radii[3] * 1.45, radii[3] * 1.2, radii[4]]
        fill_limb(rig.brush, puff, wide, lift(color, 0.05), True)
        _band(rig, bones, radii, lift(color, 0.3), 0.012)


def _band(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB, width: float) -> None:
    across, p, r = across_of(bones[1], bones[2]), bones[2], radii[4] * 0.95
    ends = [(p[0] - across[0] * r, p[1] - across[1] * r), (p[0] + across[0] * r, p[1] + across[1] * r)]
    rig.brush.line(strand(ends), color, width)
