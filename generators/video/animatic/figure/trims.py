"""Trims of tops and dresses: pockets, buttons, zips, stripes, sashes and plates."""

from __future__ import annotations

from collections.abc import Callable

import skia

from storyboard.generators.video.animatic.figure.colors import RGB, lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import Ribbon
from storyboard.generators.video.animatic.figure.wardrobe import Piece

_FRONT = 0.57
_GOLD: RGB = (0.9, 0.74, 0.36)


def trim_top(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the details of a garment of the upper body on its ribbon."""
    draw = _TRIMS.get((piece.kind, piece.cut)) or _TRIMS.get((piece.kind, ""))
    if draw is not None:
        draw(rig, ribbon, piece)
    fold = shade(piece.color, 1.15)
    if piece.kind not in ("swimsuit", "spacesuit") and piece.cut not in ("armor", "crop"):
        rig.brush.line(ribbon.line((0.08, 0.5), (0.2, 0.44), (0.32, 0.45)), fold, 0.003, 0.6)
        rig.brush.line(ribbon.line((0.94, 0.46), (0.82, 0.39), (0.72, 0.4)), fold, 0.003, 0.6)


def accent_of(piece: Piece) -> RGB:
    """Return the colour of a garment's trims: the sheet's second colour, else one that shows on it."""
    light = (0.96, 0.94, 0.9)
    return piece.accent or (light if luminance(piece.color) < 0.6 else shade(piece.color, 2.2))


def _hem(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    hem = ribbon.levels[-1][0]
    line = ribbon.line((0.02, hem + 0.07), (0.5, hem + 0.06), (0.98, hem + 0.07))
    rig.brush.line(line, shade(piece.color, 1.15), 0.0035, 0.8)


def _hoodie(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    _hem(rig, ribbon, piece)
    if not rig.pose.back:
        rig.brush.fill(
            ribbon.panel((0.4, 0.3), (0.74, 0.3), (0.84, 0.08), (0.3, 0.08)), shade(piece.color, 0.55)
        )


def _buttons(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    if rig.pose.back:
        return
    hem, f = ribbon.levels[-1][0], _FRONT
    rig.brush.line(ribbon.line((f, 0.93), (f + 0.01, 0.5), (f, hem)), shade(piece.color, 1.15), 0.003, 0.8)
    for t in (0.75, 0.55, 0.35, 0.15):
        rig.brush.oval(ribbon.at(f + 0.025, t), 0.0045, 0.0045, shade(piece.color, 1.8))
    pocket = ribbon.line((0.76, 0.68), (0.92, 0.68), (0.9, 0.55), (0.84, 0.53), (0.77, 0.56), (0.76, 0.68))
    rig.brush.line(pocket, shade(piece.color, 1.2), 0.003, 0.7)


def _polo(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    if rig.pose.back:
        return
    f = _FRONT
    flap = ribbon.panel((f - 0.035, 0.92), (f + 0.045, 0.92), (f + 0.04, 0.7), (f - 0.03, 0.7))
    rig.brush.fill(flap, shade(piece.color, 0.5))
    for t in (0.84, 0.76):
        rig.brush.oval(ribbon.at(f, t), 0.0045, 0.0045, accent_of(piece))
    rig.brush.oval(ribbon.at(0.84, 0.7), 0.009, 0.007, accent_of(piece))


def _blouse(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    if rig.pose.back:
        return
    f, light = _FRONT, lift(piece.color, 0.22)
    for side in (-1, 1):
        frill = ribbon.patch((f + 0.01 * side, 0.9), (f + 0.1 * side, 0.86), (f + 0.06 * side, 0.74),
                             (f + 0.11 * side, 0.62), (f + 0.05 * side, 0.5), (f + 0.01 * side,
                                                                               0.52))  # fmt: skip
        rig.brush.fill(frill, light)
        rig.brush.line(ribbon.line((f + 0.1 * side, 0.86), (f + 0.06 * side, 0.74), (f + 0.11 * side, 0.62)),
                       shade(piece.color, 0.8), 0.003, 0.7)  # fmt: skip
        bow = ribbon.patch((f, 0.93), (f + 0.15 * side, 0.99), (f + 0.17 * side, 0.87))
        rig.brush.fill(bow, light)
    rig.brush.oval(ribbon.at(f, 0.93), 0.009, 0.009, shade(piece.color, 0.8))


def _jumpsuit(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    rig.brush.line(ribbon.line((0.02, 0.34), (0.5, 0.32), (0.98, 0.34)), shade(piece.color, 1.6), 0.013)
    if not rig.pose.back:
        rig.brush.line(
            ribbon.line((_FRONT, 0.9), (_FRONT + 0.01, 0.4), (_FRONT, -0.04)), accent_of(piece), 0.004
        )


def _pyjamas(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    _buttons(rig, ribbon, piece)
    if rig.pose.back:
        return
    piping = accent_of(piece)
    for u, side in ((0.2, -1), (0.92, 1)):
        rig.brush.line(ribbon.line((u, 1.0), (_FRONT + 0.12 * side, 0.86), (_FRONT, 0.74)), piping, 0.007)
    rig.brush.line(ribbon.line((0.02, 0.0), (0.5, -0.02), (0.98, 0.0)), piping, 0.006)


def _tracksuit(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    stripe = accent_of(piece)
    rig.brush.line(ribbon.line((0.02, 0.14), (0.5, 0.12), (0.98, 0.14)), shade(piece.color, 1.3), 0.01)
    if rig.pose.back:
        return
    rig.brush.line(ribbon.line((_FRONT, 0.97), (_FRONT + 0.01, 0.5), (_FRONT, 0.12)), stripe, 0.008)
    for side, u in ((-1, 0.03), (1, 0.99)):
        rig.brush.line(ribbon.line((_FRONT + 0.1 * side, 0.86), (u, 0.74)), stripe, 0.012)


def _uniform(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    brush, dark = rig.brush, shade(piece.color, 1.8)
    brush.line(ribbon.line((0.0, 0.3), (0.5, 0.28), (1.0, 0.3)), (0.13, 0.11, 0.12), 0.022)
    for u, way in ((0.06, 0.16), (0.98, 0.84)):
        brush.line(ribbon.line((u, 0.93), (way, 0.955)), _GOLD, 0.014)
    if rig.pose.back:
        return
    brush.oval(ribbon.at(_FRONT, 0.285), 0.014, 0.012, _GOLD)
    _buttons(rig, ribbon, piece)
    for u in (0.28, 0.76):
        box = ribbon.panel((u, 0.68), (u + 0.18, 0.68), (u + 0.17, 0.5), (u + 0.01, 0.5))
        brush.fill(box, shade(piece.color, 0.6))
        brush.line(ribbon.line((u, 0.63), (u + 0.18, 0.63)), dark, 0.004)
    brush.fill(ribbon.patch((0.8, 0.8), (0.86, 0.77), (0.83, 0.7), (0.77, 0.7), (0.74, 0.77)),
               accent_of(piece) if
               piece.accent else _GOLD)  # fmt: skip


def _armor(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    brush, light, dark = rig.brush, lift(piece.color, 0.35), shade(piece.color, 1.7)
    for t in (0.5, 0.38, 0.26, 0.12):
        brush.line(ribbon.line((0.02, t), (0.5, t - 0.03), (0.98, t)), dark, 0.006)
        brush.line(ribbon.line((0.04, t - 0.02), (0.5, t - 0.05), (0.96, t - 0.02)), light, 0.005, 0.7)
    for u in (0.03, 0.99):
        brush.oval(ribbon.at(u, 0.88), 0.05, 0.042, dark)
        brush.oval(ribbon.at(u, 0.89), 0.043, 0.036, piece.color)
        brush.oval(ribbon.at(u, 0.91), 0.024, 0.014, light)
    if not rig.pose.back:
        brush.fill(ribbon.patch((0.36, 0.84), (0.44, 0.82), (0.42, 0.58), (0.36, 0.6)), light, 0.7)


def _kimono(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    brush, obi = rig.brush, accent_of(piece)
    if not rig.pose.back:
        brush.line(ribbon.line((0.1, 1.03), (0.32, 0.86), (0.6, 0.56)), obi, 0.016)
        brush.line(ribbon.line((0.96, 1.03), (0.74, 0.84), (0.42, 0.56)), obi, 0.02)
    brush.fill(ribbon.panel((-0.03, 0.52), (1.03, 0.52), (1.03, 0.24), (-0.03, 0.24)), obi)
    brush.line(ribbon.line((-0.02, 0.38), (0.5, 0.36), (1.02, 0.38)), shade(obi, 1.5), 0.01)
    if rig.pose.back:
        brush.fill(ribbon.panel((0.25, 0.62), (0.75, 0.62), (0.72, 0.18), (0.28, 0.18)), shade(obi, 0.8))


def _sari(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the choli and the end of the cloth, laid over the far shoulder."""
    brush, border = rig.brush, piece.accent or (0.88, 0.7, 0.32)
    brush.fill(ribbon.panel((0.02, 0.52), (0.98, 0.52), (0.99, 0.36), (0.01, 0.36)), rig.looks.skin)
    sash = ribbon.patch((0.74, 1.03), (1.0, 0.99), (1.04, 0.8), (0.8, 0.5), (0.4, 0.24), (0.0, 0.14),
                        (0.0, 0.34),
                        (0.4, 0.56), (0.6, 0.8))  # fmt: skip
    brush.fill(sash, lift(piece.color, 0.12))
    brush.line(ribbon.line((0.74, 1.02), (0.58, 0.78), (0.38, 0.55), (0.0, 0.34)), border, 0.013)
    for shift in (0.1, 0.2):
        brush.line(ribbon.line((0.78 + shift, 1.0), (0.62 + shift, 0.74), (0.3 + shift, 0.4)),
                   shade(piece.color, 0.9), 0.004, 0.7)  # fmt: skip


def _gown(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    sash = piece.accent or shade(piece.color, 1.1)
    rig.brush.line(ribbon.line((0.02, 0.42), (0.5, 0.4), (0.98, 0.42)), sash, 0.022)


def _swimsuit(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    rig.brush.line(ribbon.line((0.02, 0.4), (0.5, 0.37), (0.98, 0.4)), accent_of(piece), 0.014)


def _space(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    brush, color = rig.brush, piece.color
    brush.line(ribbon.line((0.02, 0.22), (0.5, 0.2), (0.98, 0.22)), shade(color, 1.5), 0.012)
    if rig.pose.back:
        return
    brush.fill(ribbon.panel((0.34, 0.68), (0.78, 0.68), (0.77, 0.42), (0.35, 0.42)), shade(color, 0.9))
    for i, light in enumerate(((0.9, 0.35, 0.3), (0.35, 0.75, 0.9), (0.95, 0.8, 0.35))):
        brush.oval(ribbon.at(0.43 + 0.13 * i, 0.6), 0.008, 0.008, light)


def _waist(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    tone = piece.accent or (rig.outfit.belt.color if rig.outfit.belt else shade(piece.color, 0.9))
    rig.brush.line(
        ribbon.line((0.02, 0.4), (0.5, 0.38), (0.98, 0.4)), tone, 0.014 if rig.outfit.belt else 0.007
    )


def _print(rig: Rig, ribbon: Ribbon, piece: Piece) -> None:
    """Draw the print on a T-shirt's chest, if the sheet names a second colour and no pattern."""
    if piece.accent is None or piece.feel or rig.pose.back:
        return
    disc = skia.Path()
    disc.addCircle(*ribbon.at(_FRONT, 0.66), 0.034)
    rig.brush.fill(disc, piece.accent)
    rig.brush.line(
        ribbon.line((_FRONT - 0.2, 0.5), (_FRONT + 0.2, 0.5)), mix(piece.accent, piece.color, 0.2), 0.01
    )


_TRIMS: dict[tuple[str, str], Callable[[Rig, Ribbon, Piece], None]] = {
    ("sweater", ""): _hem, ("hoodie", ""): _hoodie, ("shirt", ""): _buttons, ("shirt", "short"): _polo,
    ("blouse", ""): _blouse, ("jumpsuit", ""): _jumpsuit, ("jumpsuit", "pyjamas"): _pyjamas,
    ("jumpsuit", "tracksuit"): _tracksuit, ("jumpsuit", "uniform"): _uniform, ("jumpsuit", "armor"): _armor,
    ("dress", "kimono"): _kimono, ("dress", "sari"): _sari, ("dress", "gown"): _gown, ("dress", ""): _waist,
    ("swimsuit", ""): _swimsuit, ("spacesuit", ""): _space, ("tee", ""): _print,
}  # fmt: skip
