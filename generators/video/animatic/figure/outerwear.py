"""What closes at the neck: the neck itself, collars, and jackets and coats open in front."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.clothes import FRONT, garment_ribbon
from storyboard.generators.video.animatic.figure.colors import lift, shade
from storyboard.generators.video.animatic.figure.jackets import draw_outer
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import (
    Ribbon,
    add_segment,
    lerp,
)
from storyboard.generators.video.animatic.figure.wardrobe import Piece


def _scoop(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the skin that a neckline leaves bare."""
    depth = {"tee": 0.87, "dress": 0.8, "jumpsuit": 0.86}.get(piece.kind)
    if depth is not None and piece.cut not in (
        "sun",
        "gown",
        "kimono",
        "pyjamas",
        "tracksuit",
        "uniform",
        "armor",
    ):
        edge = ribbon.line((0.16, 1.0), (0.34, 0.91), (FRONT, depth), (0.82, 0.91), (0.94, 1.0))
        bare = skia.Path(edge)
        for u in (0.94, 0.16):
            bare.lineTo(*ribbon.at(u, 1.05))
        rig.brush.fill(bare, rig.looks.skin)
        rig.brush.line(edge, shade(piece.color, 0.8), 0.007 * rig.body.height)
    elif piece.cut in ("kimono", "pyjamas") or (piece.kind == "shirt" and rig.outfit.neck is None):
        rig.brush.fill(ribbon.panel((0.2, 1.02), (0.92, 1.02), (FRONT, 0.86)), rig.looks.skin)
    elif piece.kind == "hoodie":
        hood = ribbon.patch((-0.12, 0.96), (0.1, 1.1), (0.5, 1.12), (0.94, 1.08), (1.16, 0.96), (0.5, 0.9))
        rig.brush.fill(hood, shade(piece.color, 1.4))


def _collar(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the collar that lies around the neck."""
    brush, f, size = rig.brush, FRONT, rig.body.height
    if piece.kind == "shirt" or piece.cut in ("uniform", "pyjamas"):
        for u, foot, side in ((0.0, 0.34, 0.48), (1.06, 0.84, 0.68)):
            way = -1 if u < f else 1
            collar = ribbon.panel((u, 1.03), (f + way * 0.02, 0.875), (side, 0.83), (foot, 0.9))
            brush.fill(collar, lift(piece.color, 0.16))
            brush.line(collar, shade(piece.color, 1.1), 0.002 * size, 0.6)
    elif piece.cut == "crew":
        ring = ribbon.line((0.04, 1.0), (0.3, 0.93), (f, 0.9), (0.84, 0.93), (0.98, 1.0))
        brush.line(ring, shade(piece.color, 0.8), 0.013 * size)
    elif piece.kind in ("sweater", "spacesuit") or piece.cut in ("tracksuit", "armor"):
        high = 0.024 if piece.kind == "sweater" else 0.034
        for rise, tone in ((0.0, shade(piece.color, 0.7)), (0.018, lift(piece.color, 0.06))):
            roll = ribbon.line(
                (0.02, 1.0 + rise),
                (0.28, 0.955 + rise),
                (f, 0.935 + rise),
                (0.84, 0.955 + rise),
                (1.0, 1.0 + rise),
            )
            brush.line(roll, tone, high * size)
    elif piece.kind == "hoodie":
        places = [
            (-0.16, 1.0),
            (0.1, 0.9),
            (f, 0.8),
            (1.0, 0.9),
            (1.16, 1.0),
            (1.02, 1.05),
            (0.88, 0.97),
            (f, 0.9),
            (0.24, 0.97),
            (0.0, 1.06),
        ]
        brush.fill(ribbon.patch(*((u, t - 0.025) for u, t in places)), shade(piece.color, 0.8))
        brush.fill(ribbon.patch(*places), lift(piece.color, 0.07))
        for u in (f - 0.09, f + 0.09):
            brush.line(ribbon.line((u, 0.84), (u - 0.01, 0.68)), lift(piece.color, 0.6), 0.0045 * size)


def draw_neck(rig: Rig) -> None:
    """Draw the neck in the shade of the chin, and the collar that lies around it."""
    upper = rig.outfit.upper
    ribbon = garment_ribbon(rig, upper)
    if not rig.pose.back:
        _scoop(rig, ribbon, upper)
    _bare_neck(rig)
    if not rig.pose.back:
        _collar(rig, ribbon, upper)
    if rig.outfit.outer is not None:
        draw_outer(rig, rig.outfit.outer)


def _bare_neck(rig: Rig) -> None:
    path = skia.Path()
    neck, head = rig.joints.neck, rig.joints.head
    r = 0.0325 * rig.body.girth * (1.12 if rig.looks.character.gender == "man" else 0.95)
    low = -0.012 if rig.outfit.upper.kind in ("sweater", "spacesuit") else 0.001
    base = (neck[0] + 0.004, neck[1] + low * rig.body.height - 0.008 * rig.body.child * rig.body.height)
    top = lerp(neck, head, 0.75)
    add_segment(path, base, top, r * 1.04, r * 0.96, r)
    rig.brush.fill(path, shade(rig.looks.skin, 0.85))
    lit = skia.Path()
    add_segment(lit, base, lerp(neck, head, 0.12), r * 1.12, r, r * 0.9)
    rig.brush.fill(lit, rig.looks.skin)
