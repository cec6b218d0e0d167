"""Hair: a mass behind the head, a cap in front of it and locks, in head space (radius 1)."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import lift, luminance, shade
from storyboard.generators.video.animatic.figure.haircut import Haircut
from storyboard.generators.video.animatic.figure.locks import (
    curls,
    draw_braid,
    draw_curtain,
    draw_side_lock,
    draw_tail,
)
from storyboard.generators.video.animatic.figure.shapes import (
    Points,
    blob,
    curve_through,
    ring,
    scallops,
    strand,
)

# The cap's outer outline over the skull, from the far temple back to the nape; the hairline closes it.
_CROWN: Points = [
    (0.77, -0.3),
    (0.83, -0.62),
    (0.6, -1.0),
    (0.14, -1.2),
    (-0.4, -1.14),
    (-0.82, -0.82),
    (-0.97, -0.3),
    (-0.9, 0.16),
]


_HAIRLINES: dict[str, Points] = {
    "side": [
        (-0.74, 0.2),
        (-0.68, -0.12),
        (-0.56, -0.4),
        (-0.2, -0.58),
        (0.22, -0.55),
        (0.6, -0.66),
        (0.7, -0.45),
    ],
    "sweep": [
        (-0.74, 0.22),
        (-0.66, -0.1),
        (-0.5, -0.26),
        (0.0, -0.5),
        (0.36, -0.72),
        (0.56, -0.6),
        (0.72, -0.26),
    ],
    "fringe": [
        (-0.74, 0.26),
        (-0.64, -0.06),
        (-0.5, -0.24),
        (-0.1, -0.3),
        (0.3, -0.31),
        (0.6, -0.3),
        (0.72, -0.22),
    ],
    "back": [
        (-0.74, 0.16),
        (-0.66, -0.2),
        (-0.5, -0.5),
        (-0.14, -0.68),
        (0.28, -0.72),
        (0.6, -0.62),
        (0.72, -0.4),
    ],
    "middle": [
        (-0.74, 0.3),
        (-0.64, 0.0),
        (-0.48, -0.32),
        (-0.1, -0.56),
        (0.24, -0.8),
        (0.5, -0.55),
        (0.7, -0.2),
    ],
}


def draw_back_hair(brush: Brush, cut: Haircut, swing: float) -> None:
    """Draw what hangs behind head and neck; `swing` (-1 to 1) lets the tips follow the motion."""
    dark = shade(cut.color, 0.75)
    if cut.style in ("bald", "buzz"):
        return
    if cut.style == "afro":
        brush.fill(curls(ring((-0.06, -0.3), 1.42, 1.34, 22), 0.5), dark)
    elif cut.style == "ponytail":
        draw_tail(brush, cut, swing)
    elif cut.style == "bun":
        brush.fill(blob(ring((-0.62, -1.12), 0.42, 0.4, 10)), cut.color)
        brush.line(strand([(-0.82, -1.25), (-0.6, -1.05), (-0.4, -1.22)]), dark, 0.05)
    elif cut.style == "braids":
        draw_braid(brush, cut, (-0.8, 0.35), swing, 1.0)
    elif cut.length == "long":
        draw_curtain(brush, cut, 2.35 if cut.style != "curly" else 2.0, swing, dark)
    elif cut.length == "medium" or cut.style == "bob":
        draw_curtain(brush, cut, 1.28 if cut.style != "bob" else 0.98, swing, dark)
    elif cut.style == "curly":
        brush.fill(curls(ring((-0.12, -0.42), 1.08, 0.98, 16), 0.42), dark)
    else:
        brush.fill(
            blob([(-0.5, -0.9), (-0.93, -0.5), (-0.93, 0.2), (-0.74, 0.55), (-0.4, 0.5), (0.1, -0.4)]), dark
        )


def draw_front_hair(brush: Brush, cut: Haircut, swing: float, bare_top: bool) -> None:
    """Draw the cap over the skull, its highlight and strands, and the locks beside the face."""
    if cut.style == "bald":
        brush.fill(blob([(0.1, -0.86), (0.34, -0.8), (0.3, -0.66), (0.05, -0.72)]), (1.0, 0.97, 0.92), 0.28)
        return
    cap = _cap(cut)
    if cut.style == "buzz":
        brush.fill(cap, cut.color, 0.82)
        return
    brush.fill(cap, cut.color)
    if cut.style == "braids":
        draw_braid(brush, cut, (0.84, 0.5), swing, 0.85)
    elif cut.length in ("long", "medium") and cut.style not in ("bun", "ponytail", "afro", "bob"):
        draw_side_lock(brush, cut, swing)
    elif cut.style == "bob":
        lock = [
            (-0.5, -0.45),
            (-0.7, -0.1),
            (-0.72, 0.4),
            (-0.6, 0.86),
            (-0.98, 0.84),
            (-1.05, 0.2),
            (-0.96, -0.4),
        ]
        brush.fill(blob(lock), cut.color)
    if bare_top:
        _highlight(brush, cut)


def draw_back_of_head(brush: Brush, cut: Haircut, swing: float) -> None:
    """Draw the hair of a head seen from behind, over the whole skull."""
    if cut.style == "bald":
        return
    skull = [
        (0.0, -1.12),
        (0.58, -0.98),
        (0.86, -0.5),
        (0.84, 0.1),
        (0.6, 0.62),
        (0.0, 0.78),
        (-0.62, 0.62),
        (-0.9, 0.1),
        (-0.9, -0.5),
        (-0.6, -0.98),
    ]
    brush.fill(curls(skull, 0.44) if cut.style in ("curly", "afro") else blob(skull), cut.color)
    low = {"long": 2.2, "medium": 1.2}.get(cut.length, 0.0)
    if low and cut.style not in ("bun", "ponytail", "braids", "afro", "bob"):
        s = 0.16 * swing
        fall = [
            (-0.88, -0.2),
            (-0.95, 0.6),
            (-0.85 + s, low),
            (-0.2 + s, low + 0.12),
            (0.5 + s, low + 0.02),
            (0.82, 0.6),
            (0.84, -0.2),
        ]
        brush.fill(curls(fall, 0.42) if cut.style == "curly" else blob(fall), cut.color)
    for x in (-0.45, -0.1, 0.3):
        end = max(0.6, low) - 0.15
        brush.line(
            strand([(x * 0.6, -0.8), (x, 0.0), (x + 0.1 * swing * (low > 1), end)]),
            shade(cut.color, 1.1),
            0.03,
            0.5,
        )
    if cut.style == "ponytail":
        draw_tail(brush, cut, swing, (0.0, -0.35))
    if cut.style == "bun":
        brush.fill(blob(ring((0.0, -0.75), 0.4, 0.38, 10)), lift(cut.color, 0.1))


def _cap(cut: Haircut) -> skia.Path:
    line = _HAIRLINES[cut.hairline]
    if cut.style == "afro":
        outer = [
            (0.86, -0.3),
            (1.16, -0.75),
            (0.82, -1.4),
            (0.1, -1.68),
            (-0.7, -1.52),
            (-1.3, -0.95),
            (-1.4, -0.2),
            (-1.12, 0.42),
        ]
        return _curly_cap(outer, line, 0.5)
    elif cut.style == "curly":
        outer = [
            (0.84, -0.24),
            (0.98, -0.68),
            (0.66, -1.16),
            (0.1, -1.36),
            (-0.5, -1.26),
            (-0.98, -0.88),
            (-1.12, -0.28),
            (-1.0, 0.3),
        ]
        return _curly_cap(outer, line, 0.44)
    elif cut.style == "buzz":
        outer = [
            (0.74, -0.42),
            (0.79, -0.6),
            (0.54, -0.92),
            (0.1, -1.06),
            (-0.42, -0.98),
            (-0.78, -0.66),
            (-0.86, -0.2),
            (-0.82, 0.1),
        ]
    elif cut.style == "slick":
        outer = [
            (0.74, -0.46),
            (0.92, -0.78),
            (0.74, -1.12),
            (0.2, -1.28),
            (-0.4, -1.14),
            (-0.8, -0.8),
            (-0.93, -0.3),
            (-0.86, 0.12),
        ]
    elif cut.style == "wavy":
        outer = [
            (0.8, -0.26),
            (0.96, -0.62),
            (0.7, -1.02),
            (0.3, -1.24),
            (-0.1, -1.22),
            (-0.5, -1.2),
            (-0.9, -0.9),
            (-1.0, -0.5),
            (-1.06, -0.1),
            (-0.94, 0.3),
        ]
    else:
        outer = _CROWN
    return blob([*outer, *line])


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
    if brush.fine(0.02):
        for shift in (0.0, 0.16, 0.33):
            line = [
                (0.2 - shift * 1.4, -1.1 + shift * 0.1),
                (-0.3 - shift, -0.86 + shift * 0.4),
                (-0.62 - shift * 0.7, -0.34 + shift * 0.6),
            ]
            brush.line(strand(line), shade(cut.color, 1.1), 0.024, 0.55)


def _curly_cap(outer: Points, line: Points, step: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(*outer[0])
    scallops(path, outer, step, (0.0, -0.2))
    curve_through(path, [outer[-1], *line, outer[0]])
    path.close()
    return path
