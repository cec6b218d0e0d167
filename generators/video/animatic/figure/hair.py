"""Hair: a mass behind the head, a cap in front of it and locks, in head space (radius 1)."""

from __future__ import annotations

from functools import lru_cache

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.crowns import cap_of, crest_of, top_of
from storyboard.generators.video.animatic.figure.haircut import Haircut
from storyboard.generators.video.animatic.figure.locks import (
    curls,
    draw_braid,
    draw_bun,
    draw_curtain,
    draw_pigtail,
    draw_ropes,
    draw_side_lock,
    draw_tail,
    fill_hair,
)
from storyboard.generators.video.animatic.figure.shapes import Points, blob, ring, strand

_NAPE: Points = [(-0.5, -0.9), (-0.93, -0.5), (-0.93, 0.2), (-0.74, 0.55), (-0.4, 0.5), (0.1, -0.4)]
_BOB_LOCK: Points = [
    (-0.5, -0.45), (-0.7, -0.1), (-0.72, 0.4), (-0.6, 0.86), (-0.98, 0.84), (-1.05, 0.2), (-0.96, -0.4)
]  # fmt: skip
_SKULL: Points = [
    (0.0, -1.12), (0.58, -0.98), (0.86, -0.5), (0.84, 0.1), (0.6, 0.62), (0.0, 0.78), (-0.62, 0.62),
    (-0.9, 0.1), (-0.9, -0.5), (-0.6, -0.98),
]  # fmt: skip
_SHAVEN = 0.5  # how much of its colour closely cropped hair shows


def draw_back_hair(brush: Brush, cut: Haircut, swing: float) -> None:
    """Draw what hangs behind head and neck; `swing` (-1 to 1) lets the tips follow the motion."""
    dark = shade(cut.color, 0.75)
    style = cut.style
    if style in ("bald", "buzz", "undercut", "mohawk") and not (cut.hangs and style == "undercut"):
        return
    if style == "afro":
        size = {"short": 0.8, "long": 1.12}.get(cut.length, 1.0)
        brush.fill(curls(ring((-0.06, -0.3), 1.42 * size, 1.34 * size, 22), 0.5), dark)
    elif style == "ponytail":
        draw_tail(brush, cut, swing)
    elif style == "bun":
        draw_bun(brush, cut, (-0.62, -1.12), {"short": 0.34, "long": 0.5}.get(cut.length, 0.42))
    elif style == "spacebuns":
        draw_bun(brush, cut, (0.52, -1.16), 0.34)
        draw_bun(brush, cut, (-0.7, -1.08), 0.4)
    elif style == "pigtails":
        draw_pigtail(brush, cut, (0.84, -0.1), swing, 0.85)
    elif style == "braids":
        draw_braid(brush, cut, (-0.8, 0.35), swing, 1.0)
    elif style in ("dreads", "cornrows"):
        draw_ropes(brush, cut, swing, dark)
    else:
        _fall(brush, cut, swing, dark)


def _fall(brush: Brush, cut: Haircut, swing: float, dark: tuple[float, float, float]) -> None:
    if cut.style == "bob":
        draw_curtain(brush, cut, {"short": 0.8, "long": 1.2}.get(cut.length, 0.98), swing, dark)
    elif cut.style == "mullet":
        draw_curtain(brush, cut, {"short": 1.1, "long": 1.9}.get(cut.length, 1.45), swing, dark)
    elif cut.hangs and cut.length == "long":
        draw_curtain(brush, cut, 2.35 if cut.style != "curly" else 2.0, swing, dark)
    elif cut.hangs:
        draw_curtain(brush, cut, 1.28, swing, dark)
    elif cut.style == "curly":
        brush.fill(curls(ring((-0.12, -0.42), 1.08, 0.98, 16), 0.42), dark)
    else:
        brush.fill(blob(_NAPE), dark)


@lru_cache(maxsize=64)
def _cap(cut: Haircut) -> skia.Path:
    return cap_of(cut)


def draw_front_hair(brush: Brush, cut: Haircut, swing: float, bare_top: bool) -> None:
    """Draw the cap over the skull, its highlight and strands, and the locks beside the face."""
    if cut.style == "bald":
        brush.fill(blob([(0.1, -0.86), (0.34, -0.8), (0.3, -0.66), (0.05, -0.72)]), (1.0, 0.97, 0.92), 0.28)
        return
    cap = _cap(cut)
    if cut.style in ("buzz", "mohawk", "undercut"):
        brush.fill(cap, cut.color, 0.82 if cut.style == "buzz" else _SHAVEN)
        if cut.style != "buzz" and bare_top:
            fill_hair(brush, cut, crest_of(cut, swing) if cut.style == "mohawk" else top_of(cut), -1.15)
            _strands(brush, cut)
        return
    brush.fill(cap, cut.color)
    _front_locks(brush, cut, swing)
    if bare_top:
        _highlight(brush, cut)
        brush.canvas.save()
        brush.canvas.clipPath(cap, True)
        _parting(brush, cut)
        brush.canvas.restore()


def _front_locks(brush: Brush, cut: Haircut, swing: float) -> None:
    if cut.style == "braids":
        draw_braid(brush, cut, (0.84, 0.5), swing, 0.85)
    elif cut.style == "pigtails":
        draw_pigtail(brush, cut, (-0.9, -0.02), swing, 1.0)
    elif cut.style in ("dreads", "cornrows"):
        draw_ropes(brush, cut, swing, cut.color, front=True)
    elif cut.style == "bob":
        fill_hair(brush, cut, blob(_BOB_LOCK), 0.45)
    elif cut.hangs and cut.style != "mullet":
        draw_side_lock(brush, cut, swing)


def draw_back_of_head(brush: Brush, cut: Haircut, swing: float) -> None:
    """Draw the hair of a head seen from behind, over the whole skull."""
    if cut.style == "bald":
        return
    shaven = cut.style in ("buzz", "mohawk", "undercut")
    skull = curls(_SKULL, 0.44) if cut.style in ("curly", "afro") else blob(_SKULL)
    brush.fill(skull, cut.color, 0.82 if shaven else 1.0)
    if cut.style == "mohawk":
        brush.fill(blob([(-0.2, -1.5), (0.2, -1.5), (0.26, 0.4), (0.0, 0.8), (-0.26, 0.4)]), cut.color)
    low = {"long": 2.2, "medium": 1.2}.get(cut.length, 0.0)
    if low and (cut.hangs or cut.style in ("dreads", "cornrows")):
        s = 0.16 * swing
        fall = [
            (-0.88, -0.2), (-0.95, 0.6), (-0.85 + s, low), (-0.2 + s, low + 0.12), (0.5 + s, low + 0.02),
            (0.82, 0.6), (0.84, -0.2),
        ]  # fmt: skip
        fill_hair(brush, cut, curls(fall, 0.42) if cut.style == "curly" else blob(fall), low * 0.55)
    if not shaven:
        side = [(-0.8, -0.75), (-0.45, -0.9), (-0.4, 0.0), (-0.3, 0.78), (-0.78, 0.6), (-0.95, 0.0)]
        brush.fill(blob([(-x, y) for x, y in side] if brush.dark > 0 else side), shade(cut.color, 0.8), 0.6)
    for x in (-0.6, -0.35, -0.1, 0.18, 0.45):
        end = max(0.6, low) - 0.15
        line = strand([(x * 0.6, -0.8), (x, 0.0), (x + 0.1 * swing * (low > 1), end)])
        brush.line(line, shade(cut.color, 1.1), 0.03, 0.5)
    _back_updo(brush, cut, swing)


def _back_updo(brush: Brush, cut: Haircut, swing: float) -> None:
    if cut.style == "ponytail":
        draw_tail(brush, cut, swing, (0.0, -0.35))
    elif cut.style == "bun":
        brush.fill(blob(ring((0.0, -0.75), 0.4, 0.38, 10)), lift(cut.color, 0.1))
    elif cut.style == "spacebuns":
        draw_bun(brush, cut, (-0.62, -1.05), 0.38)
        draw_bun(brush, cut, (0.62, -1.05), 0.38)
    elif cut.style == "pigtails":
        draw_pigtail(brush, cut, (-0.86, -0.05), swing, 1.0)
        draw_pigtail(brush, cut, (0.86, -0.05), swing, 1.0)
    elif cut.style == "braids":
        draw_braid(brush, cut, (0.0, 0.5), swing, 1.1)


def _highlight(brush: Brush, cut: Haircut) -> None:
    """Draw the band of light that hair throws back, and a few strands when large."""
    side = -brush.dark
    glint = lift(cut.color, 0.2 if luminance(cut.color) < 0.3 else 0.3)
    if cut.style in ("afro", "curly"):
        for i, (x, y) in enumerate(((0.42, -1.02), (0.02, -1.12), (-0.44, -0.98), (-0.72, -0.6))):
            x = x if side > 0 else -x * 0.95 - 0.1
            curl = skia.Path()
            curl.moveTo(x - 0.13, y + 0.03)
            curl.cubicTo(x - 0.1, y - 0.09, x + 0.1, y - 0.1, x + 0.14, y + 0.03)
            brush.line(curl, glint, 0.06, 0.8 - 0.1 * i)
        return
    if side > 0:
        band = [(0.02, -1.06), (0.36, -0.98), (0.6, -0.76), (0.5, -0.74), (0.3, -0.88), (0.02, -0.95)]
    else:
        band = [(-0.3, -1.04), (-0.66, -0.84), (-0.85, -0.44), (-0.74, -0.46), (-0.56, -0.76), (-0.26, -0.92)]
    brush.fill(blob(band), glint, 0.75)
    _strands(brush, cut)


def _strands(brush: Brush, cut: Haircut) -> None:
    if cut.streaked or cut.tips:
        tone = cut.tips or mix(cut.color, (0.95, 0.95, 0.97), 0.75)
        for shift in (0.06, 0.24, 0.42):
            line = [(0.34 - shift * 1.5, -1.12 + shift * 0.1), (-0.2 - shift, -0.84 + shift * 0.4),
                    (-0.6 - shift * 0.6, -0.3 + shift * 0.6)]  # fmt: skip
            brush.line(strand(line), tone, 0.06, 0.85)
    if brush.fine(0.02):
        for shift in (0.0, 0.16, 0.33):
            line = [(0.2 - shift * 1.4, -1.1 + shift * 0.1), (-0.3 - shift, -0.86 + shift * 0.4),
                    (-0.62 - shift * 0.7, -0.34 + shift * 0.6)]  # fmt: skip
            brush.line(strand(line), shade(cut.color, 1.1), 0.024, 0.55)


def _parting(brush: Brush, cut: Haircut) -> None:
    """Draw what a comb leaves: the side parting, slicked rows, rows of braids along the skull."""
    dark = shade(cut.color, 1.7) if luminance(cut.color) > 0.12 else lift(cut.color, 0.25)
    if cut.style == "side" and cut.hairline == "side":
        brush.line(strand([(0.5, -0.66), (0.3, -0.96), (-0.1, -1.12)]), dark, 0.035, 0.8)
    elif cut.hairline == "middle" and cut.style in ("straight", "wavy"):
        brush.line(strand([(0.24, -0.8), (0.14, -1.02), (-0.06, -1.16)]), dark, 0.035, 0.8)
    elif cut.style in ("slick", "cornrows"):
        for i in range(5):
            y = -0.98 + 0.17 * i
            row = [
                (0.62 - 0.08 * i, y + 0.2),
                (0.0 - 0.1 * i, y - 0.06 + 0.06 * i),
                (-0.86, y + 0.36 + 0.02 * i),
            ]
            brush.line(strand(row), dark, 0.05 if cut.style == "cornrows" else 0.026, 0.75)
