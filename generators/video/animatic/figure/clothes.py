"""Clothes of the body: tops, dresses and skirts, on ribbons that follow the pose."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, mix, shade
from storyboard.generators.video.animatic.figure.rig import Rig, torso_ribbon
from storyboard.generators.video.animatic.figure.shapes import LEFT, RIGHT, Ribbon, fixed
from storyboard.generators.video.animatic.figure.skirts import skirt_ribbon
from storyboard.generators.video.animatic.figure.textiles import dress_ribbon
from storyboard.generators.video.animatic.figure.trims import trim_top
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_PAD = {"coat": 0.016, "jacket": 0.013, "hoodie": 0.012, "sweater": 0.01, "spacesuit": 0.024, "blazer": 0.012,
        "cape": 0.02, "blouse": 0.008, "tank": 0.001, "swimsuit": 0.001}  # fmt: skip
_CUT_PAD = {"puffer": 0.026, "bomber": 0.016, "armor": 0.014, "kimono": 0.012, "parka": 0.022}
HEMS = {
    "coat": -1.15, "jacket": 0.02, "hoodie": -0.02, "sweater": 0.0, "cardigan": -0.14, "blazer": -0.16,
    "tank": 0.06, "swimsuit": -0.08, "vest": 0.0,
}  # fmt: skip
_CUT_HEMS = {"crop": 0.42, "bomber": 0.06, "puffer": -0.02, "biker": 0.1}
# How far a skirt reaches, in thigh lengths (1 at the knees), and how much it widens, by kind and cut.
_SKIRTS: dict[tuple[str, str], tuple[float, float]] = {
    ("dress", ""): (0.98, 0.05), ("dress", "mini"): (0.56, 0.045), ("dress", "gown"): (1.88, 0.07),
    ("dress", "sun"): (0.9, 0.085), ("dress", "kimono"): (1.72, 0.004), ("dress", "sari"): (1.84, 0.02),
    ("skirt", ""): (0.82, 0.05), ("skirt", "mini"): (0.48, 0.045), ("skirt", "maxi"): (1.78, 0.055),
    ("skirt", "pencil"): (0.98, -0.014), ("skirt", "tutu"): (0.5, 0.2),
}  # fmt: skip
FRONT = 0.57  # where the middle of the front lies across the torso, seen three-quarter
_BELT = (0.2, 0.13, 0.1)


def draw_lower(rig: Rig) -> None:
    """Draw what joins the legs: the seat of the trousers, or a skirt."""
    skirt = rig.outfit.skirt
    if skirt is not None:
        _draw_skirt(rig, skirt)
        return
    legs = rig.outfit.legs
    if legs is not None:
        seat = rig.torso.cut(0.3, -0.08)
        fill_garment(rig.brush, seat, legs.color)
        dress_ribbon(rig.brush, seat, legs)
    elif rig.outfit.whole is not None:
        fill_garment(rig.brush, rig.torso.cut(0.3, -0.08), rig.outfit.whole.color)
    if rig.outfit.whole is None and legs is not None:
        _belt(rig)


def _draw_skirt(rig: Rig, skirt: Piece) -> None:
    reach, flare = _SKIRTS.get((skirt.kind, skirt.cut), _SKIRTS[skirt.kind, ""])
    layers = (1.0, 0.8, 0.6) if skirt.cut == "tutu" else (1.0,)
    for i, share in enumerate(layers):
        ribbon = skirt_ribbon(rig, reach * share, flare * (1 + 0.5 * i), 0.004)
        color = lift(skirt.color, 0.22 * i)
        fill_garment(rig.brush, ribbon, color, 0.012)
        if skirt.cut not in ("pencil", "kimono"):
            _skirt_folds(rig, ribbon, color, 5 if reach > 1.2 or skirt.cut == "tutu" else 3)
        dress_ribbon(rig.brush, ribbon, skirt, ribbon.outline(0.012))
    if skirt.cut in ("sari", "kimono") or (skirt.accent and skirt.cut != "tutu"):
        hem = ribbon.levels[-1][0]
        trim = skirt.accent or (0.86, 0.68, 0.3)
        places = [(u, hem * 0.97) for u in (0.02, 0.25, 0.5, 0.75, 0.98)]
        rig.brush.line(ribbon.line(*places), trim, 0.016)
    if skirt.cut == "kimono":
        rig.brush.line(ribbon.line((0.7, 0.2), (0.66, hem * 0.5), (0.6, hem)), shade(skirt.color, 1.5), 0.006)
    if skirt.kind == "skirt":
        rig.brush.line(ribbon.line((0.0, 0.3), (0.5, 0.28), (1.0, 0.3)), shade(skirt.color, 1.1), 0.014)


def draw_upper(rig: Rig) -> None:
    """Draw what is worn on the upper body, from the inside out."""
    upper, whole, brush = rig.outfit.upper, rig.outfit.whole, rig.brush
    if upper.strapped:
        fill_garment(brush, rig.torso.cut(1.0, 0.2 if upper.cut == "crop" else 0.6), rig.looks.skin)
    ribbon = garment_ribbon(rig, upper)
    path = _bare_shouldered(ribbon) if upper.strapped else None
    if path is not None:
        brush.canvas.save()
        brush.canvas.clipPath(path, True)
    fill_garment(brush, ribbon, upper.color, 0.006)
    dress_ribbon(brush, ribbon, upper, ribbon.outline(0.006))
    if path is not None:
        brush.canvas.restore()
    if brush.fine(0.004):
        trim_top(rig, ribbon, upper)
    if whole is not None and whole.kind == "overalls":
        _bib(rig, whole)
    if rig.outfit.apron is not None:
        _apron(rig, rig.outfit.apron)


def _bare_shouldered(ribbon: Ribbon) -> skia.Path:
    """Return the outline of a top with straps: cut out around neck and shoulders."""
    hem = ribbon.levels[-1][0]
    return ribbon.panel(
        (0.2, 1.04), (0.31, 1.04), (0.36, 0.86), (0.57, 0.78), (0.78, 0.86), (0.82, 1.04), (0.92, 1.04),
        (0.93, 0.84), (1.04, 0.74), (1.06, hem - 0.1), (-0.06, hem - 0.1), (-0.04, 0.74), (0.12, 0.84),
    )  # fmt: skip


def shell_path(rig: Rig) -> skia.Path:
    """Return the outline of the outermost garment, on which the near arm casts its shadow."""
    return garment_ribbon(rig, rig.outfit.shell).outline()


def garment_ribbon(rig: Rig, piece: Piece) -> Ribbon:
    """Return the cloth of a garment on the upper body."""
    pad = _CUT_PAD.get(piece.cut, _PAD.get(piece.kind, 0.005)) * rig.body.height
    ribbon = torso_ribbon(rig.body, rig.joints, rig.pose.back, pad)
    if piece.kind == "dress":
        return ribbon.cut(1.02, 0.2)
    return ribbon.cut(1.02, max(-0.08, _CUT_HEMS.get(piece.cut, HEMS.get(piece.kind, -0.03))))


def fill_garment(brush: Brush, ribbon: Ribbon, color: RGB, sag: float = 0.0) -> None:
    """Fill a garment, with its core shadow along the side away from the light."""
    if brush.dark < 0:
        brush.fill(ribbon.outline(sag), shade(color))
        brush.fill(ribbon.band(fixed(0.24), RIGHT, sag), color)
    else:
        brush.fill(ribbon.outline(sag), shade(color))
        brush.fill(ribbon.band(LEFT, fixed(0.77), sag), color)


def _skirt_folds(rig: Rig, ribbon: Ribbon, color: RGB, count: int) -> None:
    hem = ribbon.levels[-1][0]
    for i in range(count):
        u = 0.24 + 0.5 * i / (count - 1)
        place = u + 0.05 * rig.swing * (1 if i % 2 else -1)
        wide = 0.135 / count
        fold = ribbon.panel((place - 0.01, hem * 0.25), (place - wide, hem), (place + wide, hem))
        rig.brush.fill(fold, shade(color), 0.55)
    rig.brush.line(
        ribbon.line((0.02, hem * 0.95), (0.5, hem * 0.975), (0.98, hem * 0.95)), shade(color, 1.2), 0.003, 0.5
    )


def _belt(rig: Rig) -> None:
    piece = rig.outfit.belt
    color = piece.color if piece else _BELT
    if piece is None and (
        rig.outfit.legs is None or rig.outfit.legs.kind not in ("trousers", "jeans", "cargo")
    ):
        return
    line = rig.torso.line((0.0, 0.24), (0.5, 0.215), (1.0, 0.24))
    rig.brush.line(line, color, 0.02 if piece else 0.013)
    if not rig.pose.back:
        x, y = rig.torso.at(FRONT, 0.215)
        rig.brush.oval((x, y), 0.013, 0.011, (0.85, 0.74, 0.45))


def _bib(rig: Rig, piece: Piece) -> None:
    brush, color = rig.brush, piece.color
    ribbon = torso_ribbon(rig.body, rig.joints, rig.pose.back, 0.009 * rig.body.height)
    fill_garment(brush, ribbon.cut(0.36, -0.08), color)
    top = 0.72
    bib = ribbon.panel((0.26, top), (0.84, top), (0.97, 0.34), (0.04, 0.34))
    brush.fill(bib, color)
    dress_ribbon(brush, ribbon.cut(0.36, -0.08), piece)
    dress_ribbon(brush, ribbon, piece, bib)
    for u, shoulder in ((0.3, 0.24), (0.8, 0.85)):
        brush.line(ribbon.line((u, top), (shoulder, 0.945)), shade(color, 0.4), 0.02)
        if not rig.pose.back:
            brush.oval(ribbon.at(u, top - 0.02), 0.008, 0.008, (0.9, 0.78, 0.45))
    if rig.brush.fine(0.004) and not rig.pose.back:
        pocket = ribbon.line((0.4, 0.62), (0.7, 0.62), (0.69, 0.46), (0.41, 0.46), (0.4, 0.62))
        brush.line(
            pocket, mix(color, (0.95, 0.75, 0.4), 0.5) if piece.feel == "denim" else lift(color, 0.25), 0.003
        )


def _apron(rig: Rig, piece: Piece) -> None:
    brush, color = rig.brush, piece.color
    ribbon = torso_ribbon(rig.body, rig.joints, rig.pose.back, 0.008 * rig.body.height)
    if not rig.pose.back:
        if not rig.pose.seated:
            skirt = skirt_ribbon(rig, 0.7, 0.02, 0.006)
            brush.fill(skirt.band(fixed(0.11), fixed(0.96), 0.01), color)
        front = ribbon.panel((0.3, 0.82), (0.82, 0.82), (0.95, 0.3), (0.14, 0.3))
        brush.fill(front, color)
        dress_ribbon(brush, ribbon, piece, front)
        brush.line(ribbon.line((0.32, 0.82), (0.34, 1.0)), shade(color, 0.6), 0.01)
        brush.line(ribbon.line((0.8, 0.82), (0.78, 1.0)), shade(color, 0.6), 0.01)
    brush.line(ribbon.line((0.0, 0.36), (0.5, 0.33), (1.0, 0.36)), shade(color, 0.8), 0.014)
