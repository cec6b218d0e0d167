"""The head: its shape, ear, eyes, brows, nose and mouth, in head space (radius 1, face towards +x)."""

from __future__ import annotations

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import lift, mix, shade
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.marks import draw_over_face, draw_under_eyes
from storyboard.generators.video.animatic.figure.mouths import draw_mouth
from storyboard.generators.video.animatic.figure.shapes import Point, add_segment, blob, strand
from storyboard.generators.video.animatic.figure.skeleton import Mood

_LASH = (0.13, 0.09, 0.1)


def head_shape(features: Features) -> skia.Path:
    """Return the outline of skull and jaw."""
    j, r = features.jaw, features.round
    return blob(
        [
            (0.0, -1.0),
            (0.52, -0.86),
            (0.79, -0.42),
            (0.765 + r * 0.3, -0.04),
            (0.80 + r * 0.55, 0.2),
            (0.73 + r * 0.7 + j * 0.3, 0.5),
            (0.5 + r + j, 0.82),
            (0.2 + j * 0.5, 1.0),
            (-0.08, 0.965),
            (-0.43 - r - j, 0.72),
            (-0.68 - r - j * 0.5, 0.34),
            (-0.8, -0.1),
            (-0.76, -0.55),
            (-0.45, -0.9),
        ]
    )


def draw_head(brush: Brush, features: Features, shape: skia.Path) -> None:
    """Draw ear and head with the core shadow down the side away from the light."""
    skin, dusk = features.skin, mix(features.skin, shade(features.skin), 0.75)
    brush.fill(
        blob([(-0.72, -0.06), (-0.86, -0.08), (-0.95, 0.08), (-0.88, 0.3), (-0.72, 0.36)]), shade(skin, 0.45)
    )
    brush.line(strand([(-0.86, 0.02), (-0.8, 0.1), (-0.82, 0.22)]), shade(skin, 1.3), 0.035, 0.8)
    brush.fill(shape, skin)
    brush.canvas.save()
    brush.canvas.clipPath(shape, True)
    if brush.dark < 0:
        side = blob([(-1.1, -0.9), (-0.55, -0.9), (-0.46, -0.2), (-0.34, 0.4), (0.05, 1.1), (-0.9, 1.2)])
    else:
        side = blob([(1.1, -0.9), (0.72, -0.8), (0.64, -0.2), (0.62, 0.3), (0.2, 1.1), (0.9, 1.2)])
    brush.fill(side, dusk)
    brush.canvas.restore()


def draw_face(brush: Brush, f: Features, mood: Mood, nod: float, yaw: float) -> None:
    """Draw the features; nod moves them down (up if negative), yaw towards where the figure faces."""
    canvas = brush.canvas
    canvas.save()
    canvas.translate(0.17 + 0.1 * yaw, 0.13 * nod + 0.08 * f.child + 0.02)
    _cheeks(brush, f, mood)
    draw_under_eyes(brush, f)
    if f.beard or f.moustache:
        _beard(brush, f, mood, nod)
    draw_eyes(brush, f, mood)
    _brows(brush, f, mood)
    _nose(brush, f, nod)
    draw_mouth(brush, f, mood)
    draw_over_face(brush, f, mood)
    if mood.tears > 0:
        _tears(brush, mood)
    canvas.restore()


def draw_eyes(brush: Brush, f: Features, mood: Mood) -> None:
    """Draw both eyes, the far one narrower."""
    _eye(brush, f, mood, (-0.33, 0.0), 1.0)
    _eye(brush, f, mood, (0.31, 0.0), 0.84)


def _eye(brush: Brush, f: Features, mood: Mood, centre: Point, narrow: float) -> None:
    """Draw an eye: white, iris, pupil and light inside the lids, a lash line above."""
    x, y = centre
    lids = max(0.0, min(1.15, mood.lids))
    w, h = 0.155 * narrow * (1 + 0.12 * f.child), (0.148 + 0.035 * f.child + 0.012 * f.feminine) * lids
    joy = 0.1 * max(0.0, mood.smile) if lids < 0.5 else 0.0
    if h > 0.03:
        top, low = y - h, y + h * 0.82
        eye = skia.Path()
        eye.moveTo(x - w, y + 0.01)
        eye.cubicTo(x - w * 0.75, top - h * 0.14, x + w * 0.65, top - h * 0.18, x + w, y - 0.005)
        eye.cubicTo(x + w * 0.75, low + 0.01, x - w * 0.7, low + 0.015, x - w, y + 0.01)
        brush.fill(eye, (0.985, 0.97, 0.95))
        brush.canvas.save()
        brush.canvas.clipPath(eye, True)
        _iris(brush, f, (x + 0.06 * mood.gaze_x, y - 0.012 + 0.07 * mood.gaze_y), narrow)
        brush.canvas.restore()
    lid = skia.Path()
    rise = h * 1.02 - joy * 1.3 if h > 0.03 else -0.05 - joy
    if lids < 0.5 and mood.smile > 0.7:
        rise = 0.1  # eyes that laugh are shut in an arc upwards
    lid.moveTo(x - w * 1.06, y + 0.015)
    lid.cubicTo(x - w * 0.7, y - rise * 1.16, x + w * 0.6, y - rise * 1.2, x + w * 1.08, y - 0.01)
    brush.line(lid, _LASH, 0.062 if f.feminine else 0.05)
    if f.feminine and brush.fine(0.012):
        flick = strand([(x + w * 0.95, y - 0.02), (x + w * 1.25, y - 0.075)])
        brush.line(flick, _LASH, 0.035)
        if narrow == 1.0:
            brush.line(strand([(x - w * 0.95, y), (x - w * 1.28, y - 0.07)]), _LASH, 0.038)
    if brush.fine(0.006):
        crease = strand([(x - w * 0.75, y - h - 0.045), (x, y - h - 0.075), (x + w * 0.8, y - h - 0.035)])
        brush.line(crease, shade(f.skin, 1.4), 0.02, 0.55)


def _iris(brush: Brush, f: Features, centre: Point, narrow: float) -> None:
    x, y = centre
    r = 0.098 + 0.016 * f.child
    brush.oval((x, y), r * (0.5 + 0.5 * narrow), r, shade(f.eyes, 1.2))
    if brush.fine(0.008):
        brush.oval((x, y + 0.02), r * 0.74 * narrow, r * 0.72, lift(f.eyes, 0.18))
    brush.oval((x, y), r * 0.5, r * 0.52, (0.07, 0.06, 0.08))
    brush.oval((x - 0.035 * -brush.dark * -1, y - 0.042), 0.031, 0.031, (1, 1, 1))
    if brush.fine(0.006):
        brush.oval((x + 0.035 * -brush.dark, y + 0.04), 0.015, 0.015, (1, 1, 1), 0.75)


def _brows(brush: Brush, f: Features, mood: Mood) -> None:
    color = f.brows
    rise = 0.075 * mood.brows
    sad = 0.1 * mood.worry
    width = (0.06 if f.feminine else 0.082) * f.brow_weight * (1 - 0.2 * f.child)
    y = -0.29 - rise
    brush.line(
        strand([(-0.55, y + 0.06 + sad * 0.6), (-0.38, y - 0.02), (-0.17, y + 0.03 - sad)]), color, width
    )
    brush.line(
        strand([(0.19, y + 0.03 - sad), (0.34, y - 0.015), (0.48, y + 0.05 + sad * 0.6)]), color, width * 0.92
    )


def _nose(brush: Brush, f: Features, nod: float) -> None:
    size = 1 - 0.35 * f.child
    tip = (0.155, 0.29 - 0.03 * nod)
    side = strand(
        [
            (0.09, 0.06),
            (tip[0] + 0.055 * size, tip[1] - 0.05),
            (tip[0] + 0.02, tip[1] + 0.035),
            (0.035, tip[1] + 0.03),
        ]
    )
    brush.line(side, shade(f.skin, 1.25), 0.042, 0.85)
    if brush.fine(0.01):
        brush.oval((tip[0] - 0.01, tip[1] - 0.06), 0.03, 0.04, lift(f.skin, 0.4), 0.55)


def _cheeks(brush: Brush, f: Features, mood: Mood) -> None:
    strength = 0.62 if "blush" in f.marks else 0.3 if f.rosy else 0.14 if f.feminine else 0.0
    strength += 0.16 * max(0.0, mood.smile - 0.5) + 0.15 * mood.tears
    if strength > 0:
        blush = mix(f.skin, (0.93, 0.36, 0.36), 0.55)
        brush.oval((-0.43, 0.3), 0.17, 0.115, blush, strength)
        brush.oval((0.46, 0.3), 0.12, 0.105, blush, strength)


def _beard(brush: Brush, f: Features, mood: Mood, nod: float) -> None:
    drop = 0.16 * mood.open
    if f.beard == "stubble":
        jaw = blob(
            [
                (-0.78, 0.3),
                (-0.5, 0.38),
                (-0.2, 0.42),
                (0.1, 0.36),
                (0.4, 0.42),
                (0.58, 0.32),
                (0.5, 0.6),
                (0.3, 0.82),
                (-0.1, 0.86),
                (-0.5, 0.66),
            ]
        )
        brush.fill(jaw, mix(shade(f.skin, 1.6), f.hair, 0.5), 0.55)
        return
    if f.beard == "sideburns":
        brush.fill(
            blob([(-0.9, -0.1), (-0.7, -0.1), (-0.56, 0.3), (-0.34, 0.52), (-0.5, 0.74), (-0.84, 0.4)]),
            f.hair,
        )
    if f.beard in ("full", "long"):
        drop += 0.6 if f.beard == "long" else 0.0
        jaw = blob(
            [
                (-0.88, 0.02),
                (-0.72, 0.24),
                (-0.5, 0.4),
                (-0.22, 0.46),
                (0.08, 0.4),
                (0.36, 0.46),
                (0.56, 0.34),
                (0.64, 0.12),
                (0.66, 0.5),
                (0.5, 0.86),
                (0.2, 1.1 + drop),
                (-0.1, 1.1 + drop),
                (-0.5, 0.86),
                (-0.8, 0.45),
            ]
        )
        brush.fill(jaw, f.hair)
        tone = shade(f.hair, 0.9)
        brush.fill(
            blob([(-0.3, 0.95), (0.05, 1.0), (0.4, 0.86), (0.2, 1.08 + drop), (-0.12, 1.08 + drop)]), tone
        )
    if not f.moustache:
        return
    if f.beard == "goatee":
        brush.fill(
            blob([(-0.12, 0.7), (0.08, 0.73), (0.3, 0.7), (0.26, 0.92), (0.08, 1.02 + drop), (-0.08, 0.92)]),
            f.hair,
        )
    path = skia.Path()
    add_segment(path, (0.08, 0.44), (-0.16, 0.52), 0.075, 0.07, 0.02)
    add_segment(path, (0.1, 0.44), (0.32, 0.51), 0.075, 0.065, 0.02)
    brush.fill(path, shade(f.hair, 0.4))


def _tears(brush: Brush, mood: Mood) -> None:
    for x, length in ((-0.38, 0.36), (0.36, 0.3)):
        path = skia.Path()
        add_segment(path, (x, 0.12), (x - 0.02, 0.12 + length), 0.02, 0.028, 0.042)
        brush.fill(path, (0.72, 0.88, 0.98), 0.85 * mood.tears)
