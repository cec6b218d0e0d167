"""What closes at the neck: the neck itself, collars, and jackets and coats open in front."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.figure.clothes import FRONT, HEMS, fill_garment, garment_ribbon
from storyboard.generators.video.animatic.figure.colors import lift, luminance, mix, scaled, shade
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import (
    LEFT,
    RIGHT,
    Edge,
    Ribbon,
    add_segment,
    lerp,
)
from storyboard.generators.video.animatic.figure.skirts import skirt_ribbon
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_LAPEL = (
    (0.03, 1.03),
    (0.17, 0.965),
    (0.31, 0.86),
    (0.42, 0.7),
    (0.42, 0.5),
    (0.23, 0.75),
    (0.15, 0.8),
    (0.22, 0.83),
    (0.06, 0.97),
)


_FAR_LAPEL = (
    (0.98, 1.03),
    (0.9, 0.965),
    (0.81, 0.86),
    (0.74, 0.7),
    (0.74, 0.5),
    (0.87, 0.75),
    (0.94, 0.8),
    (0.87, 0.83),
    (0.97, 0.97),
)


def _scoop(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the skin that a neckline leaves bare."""
    depth = {"tee": 0.87, "dress": 0.8, "tank": 0.8, "jumpsuit": 0.86}.get(piece.kind)
    if depth is not None:
        edge = ribbon.line((0.16, 1.0), (0.34, 0.91), (FRONT, depth), (0.82, 0.91), (0.94, 1.0))
        bare = skia.Path(edge)
        for u in (0.94, 0.16):
            bare.lineTo(*ribbon.at(u, 1.05))
        rig.brush.fill(bare, rig.looks.skin)
        rig.brush.line(edge, shade(piece.color, 0.8), 0.007 * rig.body.height)
    elif piece.kind == "shirt" and rig.outfit.neck is None:
        rig.brush.fill(ribbon.panel((0.2, 1.02), (0.92, 1.02), (FRONT, 0.86)), rig.looks.skin)
    elif piece.kind == "hoodie":
        hood = ribbon.patch((-0.12, 0.96), (0.1, 1.1), (0.5, 1.12), (0.94, 1.08), (1.16, 0.96), (0.5, 0.9))
        rig.brush.fill(hood, shade(piece.color, 1.4))


def _collar(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the collar that lies around the neck."""
    brush, f, size = rig.brush, FRONT, rig.body.height
    if piece.kind == "shirt":
        for u, foot, side in ((0.0, 0.34, 0.48), (1.06, 0.84, 0.68)):
            way = -1 if u < f else 1
            collar = ribbon.panel((u, 1.03), (f + way * 0.02, 0.875), (side, 0.83), (foot, 0.9))
            brush.fill(collar, lift(piece.color, 0.16))
            brush.line(collar, shade(piece.color, 1.1), 0.002 * size, 0.6)
    elif piece.kind in ("sweater", "spacesuit"):
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


def _outer(rig: Rig, piece: Piece) -> None:
    """Draw a jacket, vest or coat: open in front, closed behind."""
    ribbon = garment_ribbon(rig, piece)
    if HEMS.get(piece.kind, 0.0) < -0.1:
        reach = {"coat": 0.98, "cardigan": 0.3}.get(piece.kind, 0.22)
        skirt = skirt_ribbon(rig, 0.55 if rig.pose.seated and reach > 0.55 else reach, 0.035, 0.012)
        ribbon = Ribbon(ribbon.cut(1.02, 0.32).levels + skirt.levels[2:])
    if rig.pose.back:
        fill_garment(rig.brush, ribbon, piece.color, 0.008)
        return
    lit, dusk, brush = piece.color, shade(piece.color), rig.brush
    left, right = _opening(FRONT - 0.15, 0.0), _opening(FRONT + 0.17, 1.0)
    if brush.dark < 0:
        brush.fill(ribbon.band(LEFT, left, 0.004), dusk)
        brush.fill(ribbon.band(lambda t: min(0.16, left(t)), left, 0.004), lit)
        brush.fill(ribbon.band(right, RIGHT, 0.004), lit)
    else:
        brush.fill(ribbon.band(LEFT, left, 0.004), lit)
        brush.fill(ribbon.band(right, RIGHT, 0.004), dusk)
        brush.fill(ribbon.band(right, lambda t: max(0.9, right(t)), 0.004), lit)
    if brush.fine(0.004):
        _front_edges(rig, ribbon, piece, ribbon.levels[-1][0])


def _opening(front: float, side: float) -> Edge:
    """Return the edge of an open jacket: from the side of the neck to the front, then down."""

    def edge(t: float) -> float:
        share = max(0.0, min(1.0, (1.02 - t) / 0.3))
        return side + (front - side) * math.sqrt(share)

    return edge


def _front_edges(rig: Rig, ribbon: Ribbon, piece: Piece, hem: float) -> None:
    brush, f = rig.brush, FRONT
    seam = shade(piece.color, 1.35)
    bright = lift(piece.color, 0.1) if luminance(piece.color) > 0.1 else lift(piece.color, 0.16)
    if piece.kind in ("coat", "blazer", "jacket") and piece.feel != "knit":
        for places in (_LAPEL, _FAR_LAPEL):
            lapel = ribbon.panel(*places)
            brush.fill(lapel, bright)
            brush.line(lapel, seam, 0.0022, 0.5)
    elif piece.kind == "cardigan":
        brush.line(
            ribbon.line((0.02, 1.02), (0.22, 0.94), (0.36, 0.84), (f - 0.16, 0.66), (f - 0.16, hem)),
            bright,
            0.013,
        )
        brush.line(
            ribbon.line((0.98, 1.02), (0.87, 0.94), (0.8, 0.84), (f + 0.18, 0.66), (f + 0.18, hem)),
            bright,
            0.013,
        )
    pocket_t = 0.16 if hem < -0.3 else 0.22
    brush.line(ribbon.line((0.1, pocket_t), (0.27, pocket_t - 0.03)), seam, 0.005, 0.8)
    if piece.kind == "jacket":
        brush.line(
            ribbon.line((0.01, hem + 0.06), (0.2, hem + 0.05), (f - 0.17, hem + 0.06)), seam, 0.004, 0.7
        )
    if piece.feel == "leather":
        sheen = ribbon.patch((0.14, 0.86), (0.22, 0.84), (0.2, 0.55), (0.15, 0.6))
        brush.fill(sheen, mix(piece.color, (1, 1, 1), 0.5), 0.35)
    if piece.kind == "coat":
        for t in (0.4, 0.12):
            brush.oval(ribbon.at(f - 0.24, t), 0.006, 0.006, scaled(seam, 0.7))


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
        _outer(rig, rig.outfit.outer)


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
