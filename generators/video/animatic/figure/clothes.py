"""Clothes of the body: tops, jackets and coats, dresses and skirts, on ribbons that follow the pose."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, shade
from storyboard.generators.video.animatic.figure.rig import Rig, torso_ribbon
from storyboard.generators.video.animatic.figure.shapes import (
    LEFT,
    RIGHT,
    Ribbon,
    fixed,
)
from storyboard.generators.video.animatic.figure.skirts import skirt_ribbon
from storyboard.generators.video.animatic.figure.textiles import draw_pattern
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_PAD = {"coat": 0.016, "jacket": 0.013, "hoodie": 0.012, "sweater": 0.01, "spacesuit": 0.024, "blazer": 0.012}


HEMS = {
    "coat": -1.15,
    "jacket": 0.02,
    "hoodie": -0.02,
    "sweater": 0.0,
    "cardigan": -0.14,
    "blazer": -0.16,
    "tank": 0.06,
}


_SKIRT = {"dress": (0.98, 0.05), "skirt": (0.82, 0.05)}


FRONT = 0.57  # where the middle of the front lies across the torso, seen three-quarter


def draw_lower(rig: Rig) -> None:
    """Draw what joins the legs: the seat of the trousers, or a skirt."""
    skirt = rig.outfit.skirt
    if skirt is not None:
        ribbon = skirt_ribbon(rig, *_SKIRT[skirt.kind], 0.004)
        fill_garment(rig.brush, ribbon, skirt.color, 0.012)
        _skirt_folds(rig, ribbon, skirt.color)
        draw_pattern(rig.brush, ribbon, skirt)
        return
    legs = rig.outfit.legs
    if legs is not None:
        fill_garment(rig.brush, rig.torso.cut(0.3, -0.08), legs.color)


def draw_upper(rig: Rig) -> None:
    """Draw what is worn on the upper body, from the inside out."""
    upper = rig.outfit.upper
    whole = rig.outfit.whole
    ribbon = garment_ribbon(rig, upper)
    fill_garment(rig.brush, ribbon, upper.color, 0.006)
    draw_pattern(rig.brush, ribbon, upper)
    if rig.brush.fine(0.004):
        _top_detail(rig, ribbon, upper)
    if whole is not None and whole.kind == "overalls":
        _bib(rig, whole)
    if rig.outfit.apron is not None:
        _apron(rig, rig.outfit.apron)


def shell_path(rig: Rig) -> skia.Path:
    """Return the outline of the outermost garment, on which the near arm casts its shadow."""
    return garment_ribbon(rig, rig.outfit.shell).outline()


def garment_ribbon(rig: Rig, piece: Piece) -> Ribbon:
    """Return the cloth of a garment on the upper body."""
    pad = _PAD.get(piece.kind, 0.005) * rig.body.height
    ribbon = torso_ribbon(rig.body, rig.joints, rig.pose.back, pad)
    if piece.kind == "dress":
        return ribbon.cut(1.02, 0.2)
    return ribbon.cut(1.02, max(-0.08, HEMS.get(piece.kind, -0.03)))


def fill_garment(brush: Brush, ribbon: Ribbon, color: RGB, sag: float = 0.0) -> None:
    """Fill a garment, with its core shadow along the side away from the light."""
    if brush.dark < 0:
        brush.fill(ribbon.outline(sag), shade(color))
        brush.fill(ribbon.band(fixed(0.24), RIGHT, sag), color)
    else:
        brush.fill(ribbon.outline(sag), shade(color))
        brush.fill(ribbon.band(LEFT, fixed(0.77), sag), color)


def _skirt_folds(rig: Rig, ribbon: Ribbon, color: RGB) -> None:
    hem = ribbon.levels[-1][0]
    for i, u in enumerate((0.24, 0.5, 0.74)):
        place = u + 0.05 * rig.swing * (1 if i % 2 else -1)
        fold = ribbon.panel((place - 0.01, hem * 0.25), (place - 0.045, hem), (place + 0.045, hem))
        rig.brush.fill(fold, shade(color), 0.55)
    rig.brush.line(
        ribbon.line((0.02, hem * 0.95), (0.5, hem * 0.975), (0.98, hem * 0.95)), shade(color, 1.2), 0.003, 0.5
    )


def _top_detail(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    brush, color = rig.brush, piece.color
    hem = ribbon.levels[-1][0]
    fold = shade(color, 1.15)
    if piece.kind in ("sweater", "hoodie"):
        brush.line(ribbon.line((0.02, hem + 0.07), (0.5, hem + 0.06), (0.98, hem + 0.07)), fold, 0.0035, 0.8)
    if piece.kind == "hoodie" and not rig.pose.back:
        pocket = ribbon.panel((0.4, 0.3), (0.74, 0.3), (0.84, 0.08), (0.3, 0.08))
        brush.fill(pocket, shade(color, 0.55))
    if piece.kind == "shirt" and not rig.pose.back:
        brush.line(ribbon.line((FRONT, 0.93), (FRONT + 0.01, 0.5), (FRONT, hem)), fold, 0.003, 0.8)
        for t in (0.75, 0.55, 0.35, 0.15):
            brush.oval(ribbon.at(FRONT + 0.025, t), 0.004, 0.004, shade(color, 1.6))
    if piece.kind == "spacesuit":
        _space_detail(rig, ribbon, color)
    brush.line(ribbon.line((0.08, 0.5), (0.2, 0.44), (0.32, 0.45)), fold, 0.003, 0.6)
    brush.line(ribbon.line((0.94, 0.46), (0.82, 0.39), (0.72, 0.4)), fold, 0.003, 0.6)


def _space_detail(rig: Rig, ribbon: Ribbon, color: RGB) -> None:
    brush = rig.brush
    brush.line(ribbon.line((0.02, 0.22), (0.5, 0.2), (0.98, 0.22)), shade(color, 1.5), 0.012)
    if rig.pose.back:
        return
    brush.fill(ribbon.panel((0.34, 0.68), (0.78, 0.68), (0.77, 0.42), (0.35, 0.42)), shade(color, 0.9))
    for i, light in enumerate(((0.9, 0.35, 0.3), (0.35, 0.75, 0.9), (0.95, 0.8, 0.35))):
        brush.oval(ribbon.at(0.43 + 0.13 * i, 0.6), 0.008, 0.008, light)


def _bib(rig: Rig, piece: Piece) -> None:
    brush, color = rig.brush, piece.color
    ribbon = torso_ribbon(rig.body, rig.joints, rig.pose.back, 0.009 * rig.body.height)
    fill_garment(brush, ribbon.cut(0.36, -0.08), color)
    top = 0.72
    brush.fill(ribbon.panel((0.26, top), (0.84, top), (0.97, 0.34), (0.04, 0.34)), color)
    for u, shoulder in ((0.3, 0.24), (0.8, 0.85)):
        brush.line(ribbon.line((u, top), (shoulder, 0.945)), shade(color, 0.4), 0.02)
        if not rig.pose.back:
            brush.oval(ribbon.at(u, top - 0.02), 0.008, 0.008, (0.9, 0.78, 0.45))
    if rig.brush.fine(0.004) and not rig.pose.back:
        brush.line(
            ribbon.line((0.4, 0.62), (0.7, 0.62), (0.69, 0.46), (0.41, 0.46), (0.4, 0.62)),
            lift(color, 0.25),
            0.003,
        )


def _apron(rig: Rig, piece: Piece) -> None:
    brush, color = rig.brush, piece.color
    ribbon = torso_ribbon(rig.body, rig.joints, rig.pose.back, 0.008 * rig.body.height)
    if not rig.pose.back:
        if not rig.pose.seated:
            skirt = skirt_ribbon(rig, 0.7, 0.02, 0.006)
            brush.fill(skirt.band(fixed(0.11), fixed(0.96), 0.01), color)
        brush.fill(ribbon.panel((0.3, 0.82), (0.82, 0.82), (0.95, 0.3), (0.14, 0.3)), color)
        brush.line(ribbon.line((0.32, 0.82), (0.34, 1.0)), shade(color, 0.6), 0.01)
        brush.line(ribbon.line((0.8, 0.82), (0.78, 1.0)), shade(color, 0.6), 0.01)
    brush.line(ribbon.line((0.0, 0.36), (0.5, 0.33), (1.0, 0.36)), shade(color, 0.8), 0.014)
