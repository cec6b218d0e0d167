"""Marks of a face: freckles, scars, wrinkles, make-up, rings and patches, in face space."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.shapes import blob, ring, strand
from storyboard.generators.video.animatic.figure.skeleton import Mood

_FRECKLES = (
    (-0.58, 0.18), (-0.5, 0.27), (-0.42, 0.2), (-0.36, 0.3), (-0.27, 0.22), (-0.19, 0.29), (-0.08, 0.2),
    (0.02, 0.16), (0.07, 0.24), (0.24, 0.2), (0.3, 0.29), (0.37, 0.2), (0.44, 0.28), (0.51, 0.19),
)  # fmt: skip
_GOLD = (0.9, 0.75, 0.36)
_SILVER = (0.86, 0.88, 0.92)


def draw_under_eyes(brush: Brush, f: Features) -> None:
    """Draw what lies on the skin below the eyes' lines: make-up, paint, tired rings, freckles."""
    if "makeup" in f.marks:
        for x, w in ((-0.33, 0.25), (0.31, 0.21)):
            brush.fill(blob([(x - w, 0.02), (x - w * 0.6, -0.2), (x + w * 0.5, -0.22), (x + w * 1.1, -0.06),
                             (x + w * 0.8, 0.06), (x, 0.02)]), f.paint, 0.75)  # fmt: skip
    if "paint" in f.marks:
        brush.fill(blob([(-0.62, 0.16), (-0.1, 0.1), (0.6, 0.14), (0.58, 0.3), (0.0, 0.28), (-0.6, 0.32)]),
                   f.paint, 0.85)  # fmt: skip
        brush.fill(blob([(-0.06, -0.9), (0.12, -0.9), (0.1, -0.3), (-0.02, -0.3)]), f.paint, 0.85)
    if "tired" in f.marks or f.age > 0.6:
        bag = mix(shade(f.skin, 1.0), (0.45, 0.3, 0.42), 0.25)
        for x, w in ((-0.33, 0.17), (0.31, 0.14)):
            brush.fill(blob([(x - w, 0.1), (x, 0.15), (x + w, 0.1), (x, 0.25)]), bag, 0.6)
    if "freckles" in f.marks and brush.fine(0.03):
        tone = mix(shade(f.skin, 1.0), (0.55, 0.25, 0.1), 0.55)
        if luminance(f.skin) < 0.34:
            tone = shade(f.skin, 1.9)
        for i, place in enumerate(_FRECKLES):
            size = max(0.025 + 0.008 * (i % 3), 1.35 / brush.px)
            brush.oval(place, size, size * 0.9, tone, 0.85)


def draw_over_face(brush: Brush, f: Features, mood: Mood) -> None:
    """Draw what lies over the features: age, scars, rings, patches and masks."""
    if f.age > 0.12:
        _age(brush, f)
    if "dimples" in f.marks:
        deep = 0.6 + 0.4 * max(0.0, mood.smile)
        for x, way in ((-0.28, -1), (0.44, 1)):
            dent = [(x, 0.43), (x + way * 0.06, 0.51), (x, 0.6)]
            brush.line(strand(dent), shade(f.skin, 1.7), 0.042, 0.9 * deep)
    if "scar" in f.marks:
        pale = mix(f.skin, (0.98, 0.7, 0.66), 0.6) if luminance(f.skin) < 0.6 else (0.76, 0.36, 0.34)
        brush.line(strand([(-0.6, -0.16), (-0.52, 0.16), (-0.36, 0.5)]), pale, 0.05)
        for x, y in ((-0.56, 0.04), (-0.49, 0.22), (-0.42, 0.38)):
            brush.line(strand([(x - 0.07, y + 0.03), (x + 0.07, y - 0.03)]), pale, 0.03)
    if "mole" in f.marks:
        brush.oval((0.33, 0.45), 0.042, 0.042, (0.2, 0.11, 0.1))
    if "bindi" in f.marks:
        brush.oval((0.03, -0.42), 0.065, 0.075, (0.78, 0.1, 0.18))
    _metal(brush, f)
    _cover(brush, f)


def _age(brush: Brush, f: Features) -> None:
    """Draw lines of age: from the nose down first, then beside the eyes, then over the brow."""
    tone, a = shade(f.skin, 1.5), f.age
    width = 0.02 + 0.014 * a
    strength = min(0.85, 0.25 + 0.8 * a)
    lines = [[(-0.13, 0.34), (-0.23, 0.46), (-0.24, 0.6)], [(0.33, 0.34), (0.41, 0.46), (0.4, 0.58)]]
    if a > 0.3:
        lines += [[(-0.54, -0.04), (-0.66, -0.1)], [(-0.55, 0.02), (-0.68, 0.03)], [(0.5, 0.02), (0.58, 0.0)]]
    if a > 0.45:
        lines += [[(-0.48, 0.17), (-0.34, 0.22), (-0.2, 0.17)], [(0.18, 0.16), (0.31, 0.21), (0.44, 0.16)]]
        lines += [[(-0.42, -0.5), (-0.05, -0.54), (0.36, -0.5)]]
    if a > 0.65:
        lines += [[(-0.38, -0.62), (0.0, -0.66), (0.34, -0.62)], [(-0.55, 0.06), (-0.68, 0.14)]]
        lines += [[(-0.46, 0.4), (-0.5, 0.56), (-0.4, 0.7)], [(-0.1, 0.76), (0.08, 0.8), (0.26, 0.75)]]
        for place in ((-0.56, 0.34), (-0.46, -0.36), (0.4, -0.4), (-0.6, 0.5)):
            brush.oval(place, 0.04, 0.035, shade(f.skin, 1.0), 0.5)
    for line in lines:
        brush.line(strand(line), tone, width, strength)


def _metal(brush: Brush, f: Features) -> None:
    if "nosering" in f.marks:
        hoop = skia.Path()
        hoop.addCircle(0.1, 0.37, 0.075)
        brush.line(hoop, _SILVER, 0.034)
    if "piercing" in f.marks:
        for place in ((0.47, -0.34), (0.4, -0.27), (0.2, 0.74)):
            brush.oval(place, 0.042, 0.042, _SILVER)
    if "earrings" in f.marks:
        hoop = skia.Path()
        hoop.addCircle(-0.98, 0.5, 0.16)
        brush.line(hoop, _GOLD, 0.05)
    if "tattoo" in f.marks:
        ink: RGB = (0.12, 0.2, 0.26) if luminance(f.skin) > 0.2 else lift(f.skin, 0.3)
        spiral = [(-0.62, 0.34), (-0.46, 0.3), (-0.4, 0.44), (-0.52, 0.5), (-0.56, 0.4), (-0.49, 0.39)]
        brush.line(strand(spiral), ink, 0.045)
        brush.line(strand([(-0.66, 0.48), (-0.56, 0.64), (-0.4, 0.68)]), ink, 0.04)


def _cover(brush: Brush, f: Features) -> None:
    dark = (0.12, 0.11, 0.13)
    if "bandage" in f.marks:
        brush.line(strand([(0.22, 0.3), (0.56, 0.2)]), (0.93, 0.78, 0.62), 0.15)
        brush.oval((0.39, 0.25), 0.07, 0.06, (0.98, 0.9, 0.8))
    if "eyepatch" in f.marks:
        brush.line(strand([(-0.95, -0.5), (-0.33, -0.2), (0.2, -0.5), (0.6, -0.68)]), dark, 0.055)
        brush.fill(blob(ring((-0.34, 0.0), 0.26, 0.25, 10)), dark)
        brush.line(strand([(-0.46, -0.12), (-0.34, -0.16)]), (0.45, 0.45, 0.5), 0.03, 0.8)
    if "mask" in f.marks:
        path = blob([(-0.78, -0.1), (-0.4, -0.26), (0.0, -0.14), (0.36, -0.26), (0.62, -0.12), (0.54, 0.16),
                     (0.3, 0.2), (0.04, 0.1), (-0.3, 0.22), (-0.68, 0.16)])  # fmt: skip
        for x, w in ((-0.33, 0.18), (0.31, 0.15)):
            path.addOval(skia.Rect.MakeLTRB(x - w, -0.16, x + w, 0.14), skia.PathDirection.kCCW)
        brush.fill(path, dark)
