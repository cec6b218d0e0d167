"""Legs: bare, in hose, trousers, jeans, shorts, flares or joggers, with what their cloth shows."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from storyboard.generators.video.animatic.figure.colors import RGB, far_tone, lift, mix, shade
from storyboard.generators.video.animatic.figure.limbs import fill_limb
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import Bones, across_of, add_segment, lerp, strand
from storyboard.generators.video.animatic.figure.shoes import draw_shoe
from storyboard.generators.video.animatic.figure.textiles import dress_limb, ribs, stitch
from storyboard.generators.video.animatic.figure.trims import accent_of
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_BARE = (0.06, 0.052, 0.034, 0.038, 0.021)
_CUTS = {
    "leggings": (0.061, 0.053, 0.0355, 0.039, 0.0235),
    "jeans": (0.063, 0.057, 0.043, 0.041, 0.033),
    "trousers": (0.064, 0.06, 0.05, 0.047, 0.043),
    "suit": (0.063, 0.058, 0.046, 0.043, 0.038),
    "spacesuit": (0.075, 0.07, 0.06, 0.058, 0.052),
    "wide": (0.064, 0.06, 0.047, 0.056, 0.076),
    "joggers": (0.065, 0.062, 0.051, 0.047, 0.028),
    "cargo": (0.066, 0.064, 0.055, 0.053, 0.046),
    "overalls": (0.066, 0.062, 0.052, 0.05, 0.045),
}


def draw_leg(rig: Rig, near: bool) -> None:
    """Draw one leg: skin or trousers, and the shoe."""
    bones = rig.joints.near_leg if near else rig.joints.far_leg
    piece = rig.outfit.legs
    bare = _radii(rig, None)
    if piece is None or piece.kind == "shorts":
        fill_limb(rig.brush, bones, bare, far_tone(rig.looks.skin, near))
    if piece is None or piece.kind != "leggings":
        draw_shoe(rig, bones, near, bare)
    if piece is None:
        return
    radii, color = _radii(rig, piece), far_tone(piece.color, near)
    if piece.kind == "shorts":
        _shorts(rig, bones, radii, color, piece)
        return
    fill_limb(rig.brush, bones, radii, color, True)
    dress_limb(rig.brush, bones, radii, piece)
    if piece.kind == "leggings":
        draw_shoe(rig, bones, near, bare)
    if rig.brush.fine(0.004):
        _detail(rig, bones, radii, color, piece)


def _radii(rig: Rig, piece: Piece | None) -> list[float]:
    radii = _BARE if piece is None else _CUTS.get(piece.kind, _CUTS["jeans"])
    slim = 1.0 - 0.08 * rig.body.child
    return [r * rig.body.girth * slim for r in radii]


def _shorts(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB, piece: Piece) -> None:
    end = lerp(bones[0], bones[1], 0.78)
    for inset, tone in ((0.0, shade(color)), (radii[2] * 0.3, color)):
        path, shift = skia.Path(), -rig.brush.dark * inset
        a, b = (bones[0][0] + shift, bones[0][1]), (end[0] + shift, end[1])
        add_segment(path, a, b, radii[0] - inset, radii[1] * 1.1 - inset, radii[1] * 1.05 - inset, True)
        rig.brush.fill(path, tone)
    dress_limb(rig.brush, (bones[0], lerp(bones[0], end, 0.5), end), [radii[1]] * 5, piece)


def _detail(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB, piece: Piece) -> None:
    brush = rig.brush
    across = across_of(bones[1], bones[2])
    hem, r = lerp(bones[1], bones[2], 0.96), radii[4] * 0.95
    ends = [
        (hem[0] - across[0] * r, hem[1] - across[1] * r),
        (hem[0] + across[0] * r, hem[1] + across[1] * r),
    ]
    if piece.kind == "joggers" or piece.cut in ("tracksuit", "pyjamas"):
        ribs(brush, lerp(bones[1], bones[2], 0.9), bones[2], radii[4], color)
    if piece.kind != "leggings":
        brush.line(
            strand(ends), lift(color, 0.25) if piece.feel == "denim" else shade(color, 1.3), 0.003, 0.7
        )
        knee = bones[1]
        crease = [(knee[0] - radii[2] * 0.7, knee[1] + 0.006), (knee[0] + radii[2] * 0.2, knee[1] + 0.012)]
        brush.line(strand(crease), shade(color, 1.25), 0.003, 0.5)
    if piece.feel == "denim":
        _worn_denim(rig, bones, radii, piece)
    elif piece.cut == "tracksuit" or (piece.kind == "joggers" and piece.accent):
        _side_stripes(rig, bones, radii, accent_of(piece))
    elif piece.kind in ("trousers", "suit") and not piece.feel:
        brush.line(strand([bones[0], bones[1], hem]), shade(color, 1.0), 0.003, 0.7)
    elif piece.kind == "cargo":
        _pocket(rig, bones, radii, color)


def _worn_denim(rig: Rig, bones: Bones, radii: Sequence[float], piece: Piece) -> None:
    """Draw the worn thigh and knee of jeans, and their side seam."""
    faded = mix(piece.color, (0.85, 0.9, 0.97), 0.3)
    path = skia.Path()
    add_segment(path, lerp(bones[0], bones[1], 0.4), lerp(bones[0], bones[1], 0.9), radii[2] * 0.35,
                radii[2] * 0.5,
                radii[2] * 0.35)  # fmt: skip
    rig.brush.fill(path, faded, 0.45)
    side = -0.72 * radii[2]
    stitch(
        rig.brush, [(p[0] + side, p[1]) for p in (lerp(bones[0], bones[1], 0.3), bones[1], bones[2])], piece
    )


def _side_stripes(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB) -> None:
    for shift in (-0.75, -0.45):
        line = [(p[0] + shift * radii[2], p[1]) for p in (lerp(bones[0], bones[1], 0.15), bones[1], bones[2])]
        rig.brush.line(strand(line), color, 0.006)


def _pocket(rig: Rig, bones: Bones, radii: Sequence[float], color: RGB) -> None:
    at, across = lerp(bones[0], bones[1], 0.72), across_of(bones[0], bones[1])
    x, y = at[0] + across[0] * radii[1] * 0.45, at[1] + across[1] * radii[1] * 0.45
    box = skia.Path()
    box.addRect(skia.Rect.MakeLTRB(x - 0.024, y - 0.03, x + 0.024, y + 0.034))
    rig.brush.fill(box, shade(color, 0.5))
    rig.brush.line(strand([(x - 0.026, y - 0.016), (x + 0.026, y - 0.016)]), shade(color, 1.5), 0.004)
