"""Jackets, coats, cardigans and capes: open in front or belted, with the marks of their cut."""

from __future__ import annotations

import math
from collections.abc import Callable

from storyboard.generators.video.animatic.figure.clothes import FRONT, HEMS, fill_garment, garment_ribbon
from storyboard.generators.video.animatic.figure.colors import RGB, lift, luminance, mix, scaled, shade
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import LEFT, RIGHT, Edge, Ribbon, lerp, polygon
from storyboard.generators.video.animatic.figure.skirts import skirt_ribbon
from storyboard.generators.video.animatic.figure.textiles import dress_ribbon, stitch
from storyboard.generators.video.animatic.figure.trims import accent_of
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_LAPEL = (
    (0.03, 1.03), (0.17, 0.965), (0.31, 0.86), (0.42, 0.7), (0.42, 0.5), (0.23, 0.75), (0.15, 0.8),
    (0.22, 0.83), (0.06, 0.97),
)  # fmt: skip
_FAR_LAPEL = (
    (0.98, 1.03), (0.9, 0.965), (0.81, 0.86), (0.74, 0.7), (0.74, 0.5), (0.87, 0.75), (0.94, 0.8),
    (0.87, 0.83), (0.97, 0.97),
)  # fmt: skip
# How far below the hips an outer garment hangs, in thigh lengths.
_REACH = {"coat": 0.98, "cardigan": 0.3, "blazer": 0.26}
_CUT_REACH = {"trench": 1.12, "parka": 0.7}
_SILVER: RGB = (0.85, 0.86, 0.9)


def draw_outer(rig: Rig, piece: Piece) -> None:
    """Draw a jacket, vest, coat or cape: open in front, closed behind."""
    if piece.kind == "cape":
        _cape(rig, piece)
        return
    ribbon = garment_ribbon(rig, piece)
    if HEMS.get(piece.kind, 0.0) < -0.1:
        reach = _CUT_REACH.get(piece.cut, _REACH.get(piece.kind, 0.22))
        skirt = skirt_ribbon(rig, 0.55 if rig.pose.seated and reach > 0.55 else reach, 0.035, 0.012)
        ribbon = Ribbon(ribbon.cut(1.02, 0.32).levels + skirt.levels[2:])
    if rig.pose.back:
        fill_garment(rig.brush, ribbon, piece.color, 0.008)
        dress_ribbon(rig.brush, ribbon, piece)
        if piece.cut in _CUTS:
            _CUTS[piece.cut](rig, ribbon, piece)
        return
    closed = piece.cut == "trench"
    left = _opening(FRONT - 0.15, 0.0) if not closed else _opening(FRONT + 0.13, 0.0)
    right = _opening(FRONT + 0.17, 1.0) if not closed else _opening(FRONT + 0.14, 1.0)
    _panels(rig, ribbon, piece, left, right)
    if rig.brush.fine(0.004):
        _front_edges(rig, ribbon, piece, ribbon.levels[-1][0])
        if piece.cut in _CUTS:
            _CUTS[piece.cut](rig, ribbon, piece)


def _panels(rig: Rig, ribbon: Ribbon, piece: Piece, left: Edge, right: Edge) -> None:
    """Draw both fronts, with the side away from the light in its core shadow."""
    lit, dusk, brush = piece.color, shade(piece.color), rig.brush
    near, far = ribbon.band(LEFT, left, 0.004), ribbon.band(right, RIGHT, 0.004)
    if brush.dark < 0:
        brush.fill(near, dusk)
        brush.fill(ribbon.band(lambda t: min(0.16, left(t)), left, 0.004), lit)
        brush.fill(far, lit)
    else:
        brush.fill(near, lit)
        brush.fill(far, dusk)
        brush.fill(ribbon.band(right, lambda t: max(0.9, right(t)), 0.004), lit)
    near.addPath(far)
    dress_ribbon(brush, ribbon, piece, near)


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
    if piece.kind in ("coat", "blazer", "jacket") and piece.cut not in ("bomber", "puffer", "parka"):
        for places in (_LAPEL, _FAR_LAPEL):
            lapel = ribbon.panel(*places)
            brush.fill(lapel, (0.09, 0.09, 0.11) if piece.cut == "tuxedo" else bright)
            brush.line(lapel, seam, 0.0022, 0.5)
    elif piece.kind == "cardigan":
        near = [(0.02, 1.02), (0.22, 0.94), (0.36, 0.84), (f - 0.16, 0.66), (f - 0.16, hem)]
        far = [(0.98, 1.02), (0.87, 0.94), (0.8, 0.84), (f + 0.18, 0.66), (f + 0.18, hem)]
        for edge in (near, far):
            brush.line(ribbon.line(*edge), bright, 0.013)
        for t in (0.6, 0.4, 0.2, 0.02):
            brush.oval(ribbon.at(f - 0.16, t), 0.006, 0.006, shade(piece.color, 1.8))
    pocket_t = 0.16 if hem < -0.3 else 0.22
    brush.line(ribbon.line((0.1, pocket_t), (0.27, pocket_t - 0.03)), seam, 0.005, 0.8)
    if piece.kind == "blazer":
        for t in (0.36, 0.22):
            brush.oval(ribbon.at(f - 0.19, t), 0.006, 0.006, scaled(seam, 0.7))
        brush.fill(
            ribbon.panel((0.86, 0.72), (0.96, 0.735), (0.95, 0.69), (0.865, 0.675)), accent_of(piece), 0.9
        )
    if piece.kind == "jacket" and not piece.cut:
        hem_line = ribbon.line((0.01, hem + 0.06), (0.2, hem + 0.05), (f - 0.17, hem + 0.06))
        brush.line(hem_line, seam, 0.004, 0.7)
    if piece.kind == "coat" and piece.cut != "trench":
        for t in (0.4, 0.12):
            brush.oval(ribbon.at(f - 0.24, t), 0.006, 0.006, scaled(seam, 0.7))


def _denim(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw yoke, chest pockets with metal buttons and the waistband, sewn in yellow thread."""
    brush, hem = rig.brush, ribbon.levels[-1][0]
    if rig.pose.back:
        stitch(brush, [ribbon.at(u, 0.72 - 0.06 * (u == 0.5)) for u in (0.02, 0.5, 0.98)], piece)
        return
    for u in (0.1, 0.8):
        box = [(u, 0.7), (u + 0.17, 0.7), (u + 0.17, 0.54), (u + 0.085, 0.5), (u, 0.54)]
        brush.fill(ribbon.panel(*box), shade(piece.color, 0.35))
        stitch(brush, [ribbon.at(*place) for place in (*box, box[0])], piece)
        brush.oval(ribbon.at(u + 0.085, 0.65), 0.006, 0.006, (0.86, 0.66, 0.4))
    stitch(brush, [ribbon.at(u, 0.76) for u in (0.03, 0.16, 0.3)], piece)
    stitch(brush, [ribbon.at(u, hem + 0.07) for u in (0.01, 0.2, FRONT - 0.18)], piece, 0.004)
    for t in (0.6, 0.42, 0.24, 0.1):
        brush.oval(ribbon.at(FRONT - 0.175, t), 0.006, 0.006, (0.86, 0.66, 0.4))
        stitch(brush, [ribbon.at(FRONT - 0.21, t + 0.08), ribbon.at(FRONT - 0.21, t - 0.08)], piece)


def _biker(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the zips, the belt's buckle and studs."""
    if rig.pose.back:
        return
    brush, hem = rig.brush, ribbon.levels[-1][0]
    brush.line(ribbon.line((0.3, 0.82), (0.4, 0.5), (0.42, hem)), _SILVER, 0.005)
    brush.line(ribbon.line((0.76, 0.82), (0.74, 0.5), (0.74, hem)), _SILVER, 0.005)
    brush.line(ribbon.line((0.1, 0.5), (0.26, 0.42)), _SILVER, 0.005)
    brush.line(
        ribbon.line((0.02, hem + 0.05), (0.2, hem + 0.04), (0.42, hem + 0.05)), shade(piece.color, 2), 0.015
    )
    brush.oval(ribbon.at(0.4, hem + 0.05), 0.011, 0.009, _SILVER)
    for place in ((0.12, 0.9), (0.17, 0.87), (0.9, 0.9)):
        brush.oval(ribbon.at(*place), 0.0045, 0.0045, _SILVER)


def _bomber(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the ribbed collar and hem and the zip."""
    brush, hem, rib = rig.brush, ribbon.levels[-1][0], piece.accent or shade(piece.color, 1.5)
    band = ribbon.cut(hem + 0.11, hem)
    edge_near, edge_far = (lambda t: FRONT - 0.15), (lambda t: FRONT + 0.17)
    if rig.pose.back:
        brush.fill(band.outline(0.004), rib)
        return
    brush.fill(band.band(LEFT, edge_near, 0.004), rib)
    brush.fill(band.band(edge_far, RIGHT, 0.004), rib)
    for u in (0.05, 0.13, 0.21, 0.29, 0.37, 0.8, 0.88, 0.96):
        brush.line(band.line((u, hem + 0.1), (u, hem)), shade(rib, 1.2), 0.003, 0.8)
    for collar in ([(0.0, 1.03), (0.2, 0.95), (0.34, 0.85)], [(1.0, 1.03), (0.88, 0.95), (0.8, 0.86)]):
        brush.line(ribbon.line(*collar), rib, 0.024)
    for u in (FRONT - 0.155, FRONT + 0.17):
        brush.line(ribbon.line((u, 0.76), (u, hem)), _SILVER, 0.004)
    if piece.accent:
        brush.oval(ribbon.at(0.88, 0.66), 0.016, 0.016, piece.accent)


def _puffer(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the quilting: rolls with light above and shade below."""
    brush, hem = rig.brush, ribbon.levels[-1][0]
    dark, light = shade(piece.color, 1.5), lift(piece.color, 0.34)
    sides = ((0.0, 1.0),) if rig.pose.back else ((0.0, FRONT - 0.15), (FRONT + 0.17, 1.0))
    count = 6
    for i in range(1, count):
        t = 0.88 - (0.88 - hem) * i / count
        for a, b in sides:
            middle = (a + b) / 2
            brush.line(ribbon.line((a, t), (middle, t - 0.025), (b, t)), dark, 0.007)
            high = t + 0.085
            brush.line(
                ribbon.line((a + 0.05, high), (middle, high - 0.02), (b - 0.05, high)), light, 0.011, 0.45
            )
    if not rig.pose.back:
        for collar in ([(-0.06, 1.04), (0.16, 0.97), (0.34, 0.87)], [(1.06, 1.04), (0.9, 0.97), (0.8, 0.87)]):
            brush.line(ribbon.line(*collar), lift(piece.color, 0.1), 0.034)


def _trench(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the belt with its buckle, two rows of buttons and the straps on the shoulders."""
    brush, dark = rig.brush, shade(piece.color, 1.3)
    brush.line(ribbon.line((0.0, 0.36), (0.5, 0.33), (1.0, 0.36)), dark, 0.03)
    brush.line(ribbon.line((0.02, 0.94), (0.18, 0.955)), dark, 0.014)
    brush.line(ribbon.line((0.98, 0.94), (0.88, 0.955)), dark, 0.014)
    if rig.pose.back:
        return
    buckle = ribbon.line((0.52, 0.365), (0.62, 0.365), (0.62, 0.3), (0.52, 0.3), (0.52, 0.365))
    brush.line(buckle, (0.86, 0.7, 0.4), 0.006)
    brush.line(ribbon.line((FRONT + 0.13, 0.6), (FRONT + 0.13, 0.36)), dark, 0.004)
    brush.line(ribbon.line((FRONT + 0.13, 0.3), (FRONT + 0.1, ribbon.levels[-1][0])), dark, 0.006)
    for t in (0.62, 0.48, 0.2, 0.04):
        for u in (0.46, 0.66):
            brush.oval(ribbon.at(u, t), 0.0075, 0.0075, shade(piece.color, 2.2))


def _parka(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the hood's fur around the neck, a zip and flap pockets."""
    brush, fur = rig.brush, piece.accent or (0.86, 0.76, 0.6)
    hood = [(-0.12, 0.98), (0.12, 0.9), (0.34, 0.84), (0.57, 0.86), (0.82, 0.86), (1.02, 0.94), (1.12, 1.0)]
    for i, place in enumerate(hood):
        brush.oval(ribbon.at(*place), 0.025, 0.022, fur if i % 2 else lift(fur, 0.2))
    if rig.pose.back:
        return
    for u in (0.08, 0.8):
        brush.fill(
            ribbon.panel((u, 0.2), (u + 0.17, 0.2), (u + 0.17, 0.06), (u, 0.06)), shade(piece.color, 0.7)
        )
    brush.line(ribbon.line((0.02, 0.36), (0.2, 0.33), (FRONT - 0.16, 0.34)), shade(piece.color, 1.3), 0.006)


_CUTS: dict[str, Callable[[Rig, Ribbon, Piece], None]] = {
    "denim": _denim, "biker": _biker, "bomber": _bomber, "puffer": _puffer, "trench": _trench,
    "parka": _parka,
}  # fmt: skip


def _cape(rig: Rig, piece: Piece) -> None:
    """Draw a cape: closed at the neck, falling over the shoulders behind the arms."""
    brush, j, h = rig.brush, rig.joints, rig.body.height
    near, far, neck = j.near_arm[0], j.far_arm[0], j.neck
    sway = 0.03 * rig.swing
    low = (
        min(-0.2 * h, lerp(j.pelvis, (j.pelvis[0], 0.0), 0.5)[1])
        if not rig.pose.seated
        else j.pelvis[1] - 0.02
    )
    spread = rig.body.shoulder_w * 0.55
    left, right = (near[0] - spread + sway, low), (far[0] + spread + sway, low)
    if rig.pose.back:
        brush.fill(polygon([neck, far, right, left, near]), piece.color)
        for share in (0.3, 0.5, 0.7):
            foot = lerp(left, right, share)
            brush.fill(polygon([lerp(near, far, share), (foot[0] + 0.02, low), (foot[0] - 0.02, low)]),
                       shade(piece.color), 0.6)  # fmt: skip
        return
    lining = shade(piece.accent or piece.color, 1.0 if piece.accent is None else 0.0)
    ribbon = rig.torso
    for side, u, end in (("near", 0.0, left), ("far", 1.0, right)):
        shoulder = near if side == "near" else far
        way = -1 if side == "near" else 1
        outer = (shoulder[0] + way * 0.04 * h, shoulder[1] - 0.005 * h)
        inner = ribbon.at(0.22 if side == "near" else 0.9, 0.3)
        panel = polygon(
            [ribbon.at(u, 1.02), outer, end, (inner[0] + way * 0.03, low), inner, ribbon.at(FRONT, 0.92)]
        )
        brush.fill(panel, piece.color if side == "near" else shade(piece.color))
        edge = polygon([inner, (inner[0] + way * 0.03, low), (inner[0] + way * 0.05, low)])
        brush.fill(edge, mix(lining, piece.color, 0.2))
    brush.line(
        ribbon.line((-0.02, 1.0), (0.3, 0.94), (FRONT, 0.91), (0.84, 0.94), (1.02, 1.0)), piece.color, 0.03
    )
    brush.oval(ribbon.at(FRONT, 0.905), 0.013, 0.013, (0.9, 0.74, 0.36))
