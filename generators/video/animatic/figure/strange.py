"""Ghosts, aliens and monsters: heads of their own, and a body of mist where a ghost has no legs."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, color_of, colors_of, lift, mix, shade
from storyboard.generators.video.animatic.figure.face import draw_eyes
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.limbs import arm_radii
from storyboard.generators.video.animatic.figure.locks import curls
from storyboard.generators.video.animatic.figure.mouths import draw_mouth
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import Point, Points, blob, limb, ring, strand
from storyboard.generators.video.animatic.figure.skeleton import Mood
from storyboard.schema.cast import Character

_DARK: RGB = (0.1, 0.09, 0.14)
_MIST_ALPHA = 0.88


def skin_of_strange(character: Character, species: str) -> RGB:
    """Return the colour of a strange one's skin: as its face says, else its hair, else its kind's own."""
    said = colors_of(character.face) or colors_of(character.hair.color)
    if species == "ghost":
        return mix(said[0], (0.95, 0.97, 1.0), 0.72) if said else (0.92, 0.95, 0.99)
    named = colors_of(character.face)
    return named[0] if named else said[0] if said else color_of("sage" if species == "alien" else "violet")


def draw_strange_head(brush: Brush, species: str, f: Features, mood: Mood, nod: float, back: bool) -> None:
    """Draw the head of an alien, a monster or a ghost in head space."""
    {"alien": _alien, "monster": _monster}.get(species, _ghost)(brush, f, mood, nod, back)


def _alien(brush: Brush, f: Features, mood: Mood, nod: float, back: bool) -> None:
    """Draw a great skull that narrows to the chin, black eyes aslant and two feelers."""
    skull = blob([(0.05, -1.5), (0.72, -1.3), (1.02, -0.7), (0.9, 0.0), (0.56, 0.66), (0.2, 1.0), (-0.12,
                                                                                                   0.96),
                  (-0.56, 0.6), (-0.94, 0.0), (-1.06, -0.7), (-0.7, -1.3)])  # fmt: skip
    for x, tip in ((-0.34, (-0.62, -2.02)), (0.4, (0.66, -2.04))):
        brush.line(strand([(x, -1.3), ((x + tip[0]) / 2 + 0.04, -1.7), tip]), shade(f.skin, 0.6), 0.08)
        brush.oval(tip, 0.13, 0.13, lift(f.eyes, 0.35))
    _round_head(brush, skull, f.skin)
    if back:
        return
    brush.canvas.save()
    brush.canvas.translate(0.12, 0.12 * nod)
    lids = max(0.08, min(1.0, mood.lids))
    for x, way, w in ((-0.36, -1, 0.32), (0.38, 1, 0.27)):
        if lids < 0.5 and mood.smile > 0.5:  # merry, not sly
            arc = [(x - 0.8 * w, 0.04), (x - 0.4 * w, -0.16), (x + 0.4 * w, -0.16), (x + 0.8 * w, 0.04)]
            brush.line(strand(arc), mix(_DARK, f.eyes, 0.2), 0.1)
            continue
        brush.canvas.save()
        brush.canvas.translate(x, -0.06)
        brush.canvas.rotate(way * -24.0)
        brush.oval((0.0, 0.0), w * 1.08, 0.42 * lids, mix(_DARK, f.eyes, 0.12))
        brush.oval(
            (0.03 + 0.05 * mood.gaze_x, 0.04 * mood.gaze_y), w * 0.7, 0.28 * lids, mix(_DARK, f.eyes, 0.55)
        )
        brush.oval((-0.08, -0.14 * lids), 0.075, 0.085 * lids, (1.0, 1.0, 1.0), 0.95)
        brush.canvas.restore()
    for x in (0.06, 0.15):
        brush.oval((x, 0.34), 0.022, 0.035, shade(f.skin, 1.8))
    draw_mouth(brush, f, mood)
    brush.canvas.restore()


def _monster(brush: Brush, f: Features, mood: Mood, nod: float, back: bool) -> None:
    """Draw a shaggy round head with horns and fangs."""
    for x, way in ((-0.6, -1), (0.56, 1)):
        horn = blob([(x - 0.2, -0.78), (x + way * 0.3, -1.36), (x + way * 0.26, -1.66), (x + way * 0.02,
                                                                                         -1.3),
                     (x + 0.16, -0.84)])  # fmt: skip
        brush.fill(horn, (0.93, 0.87, 0.74))
        brush.line(strand([(x + way * 0.04, -1.14), (x + way * 0.26, -1.2)]), (0.75, 0.66, 0.52), 0.05)
    head = curls(ring((0.0, 0.0), 1.0, 1.02, 15), 0.42)
    _round_head(brush, head, f.skin)
    if back:
        return
    brush.canvas.save()
    brush.canvas.translate(0.14, 0.12 * nod)
    brush.fill(blob(ring((0.06, 0.42), 0.6, 0.4, 10)), lift(f.skin, 0.4))
    brush.oval((0.14, 0.22), 0.14, 0.1, shade(f.skin, 2.0))
    draw_eyes(brush, f, mood)
    draw_mouth(brush, f, mood)
    for x in (-0.08, 0.24):
        brush.fill(blob([(x - 0.05, 0.52), (x + 0.05, 0.52), (x, 0.68)]), (0.99, 0.98, 0.94))
    for x, w in ((-0.33, 0.2), (0.31, 0.17)):
        lean = 0.06 * mood.worry - 0.03
        brow = [(x - w, -0.26 + lean), (x, -0.32 - 0.06 * mood.brows), (x + w, -0.26 - lean)]
        brush.line(strand(brow), shade(f.skin, 2.0), 0.1)
    brush.canvas.restore()


def _ghost(brush: Brush, f: Features, mood: Mood, nod: float, back: bool) -> None:
    """Draw a dome with hollow eyes and a round mouth."""
    dome = blob([(0.0, -1.16), (0.62, -0.98), (0.94, -0.4), (0.98, 0.3), (0.84, 0.9), (0.0, 1.06), (-0.84,
                                                                                                    0.9),
                 (-1.0, 0.3), (-0.96, -0.4), (-0.62, -0.98)])  # fmt: skip
    _round_head(brush, dome, f.skin)
    if not back:
        _ghost_face(brush, f, mood, nod)


def _ghost_face(brush: Brush, f: Features, mood: Mood, nod: float) -> None:
    brush.canvas.save()
    brush.canvas.translate(0.16, 0.12 * nod)
    lids = max(0.1, min(1.1, mood.lids))
    hollow = mix(_DARK, f.eyes, 0.3)
    for x, w in ((-0.34, 0.19), (0.34, 0.16)):
        if lids < 0.5 and mood.smile > 0.7:
            brush.line(strand([(x - w, 0.06), (x, -0.1), (x + w, 0.06)]), hollow, 0.08)
            continue
        brush.oval((x + 0.05 * mood.gaze_x, 0.04 * mood.gaze_y), w, 0.27 * lids, hollow)
        brush.oval((x - 0.05 + 0.05 * mood.gaze_x, -0.1 * lids), 0.055, 0.07 * lids, (1.0, 1.0, 1.0), 0.95)
    for x in (-0.58, 0.58):
        brush.oval((x, 0.3), 0.14, 0.09, (0.98, 0.62, 0.68), 0.4)
    gap = 0.03 + 0.24 * mood.open
    if mood.open < 0.1:
        bend = 0.1 * mood.smile
        brush.line(strand([(-0.14, 0.46 - bend), (0.04, 0.48 + bend), (0.22, 0.46 - bend)]), hollow, 0.07)
    else:
        brush.oval((0.04, 0.5), 0.15 - 0.04 * mood.open + 0.03 * mood.wide, gap, hollow)
    brush.canvas.restore()


def _round_head(brush: Brush, outline: skia.Path, color: RGB) -> None:
    brush.fill(outline, color)
    brush.canvas.save()
    brush.canvas.clipPath(outline, True)
    side = [(-1.3, -1.4), (-0.72, -1.2), (-0.58, -0.2), (-0.34, 0.5), (0.0, 1.2), (-1.2, 1.3)]
    brush.fill(blob([(-x, y) for x, y in side] if brush.dark > 0 else side), shade(color), 0.6)
    brush.canvas.restore()


def begin_mist(brush: Brush) -> None:
    """Begin to draw see-through, as one piece."""
    brush.canvas.saveLayerAlpha(None, round(255 * _MIST_ALPHA))


def draw_mist(rig: Rig, dressed: bool) -> None:
    """Draw the body of a ghost: a sheet that ends in a waving hem above the ground."""
    brush, skin, h = rig.brush, rig.looks.skin, rig.body.height
    ribbon = rig.torso
    pad = 0.03 * h
    top = 0.3 if dressed else 1.02
    left: Points = [ribbon.at(-0.1, t) for t in (top, 0.8, 0.5, 0.2) if t <= top]
    right: Points = [ribbon.at(1.1, t) for t in (top, 0.8, 0.5, 0.2) if t <= top]
    x, y = rig.joints.pelvis
    for share in (0.3, 0.65, 1.0):
        wave = 0.03 * h * math.sin(rig.t_s * 2.2 - 2.5 * share) * share + 0.05 * rig.swing * share * share
        low = y + (-0.03 * h - y) * share * 0.93
        half = rig.body.hip_w * (1.15 + 0.55 * share) + pad * share
        left.append((x - half + wave, low))
        right.append((x + half + wave, low))
    body = blob([*left, *_hem(left[-1], right[-1], rig.t_s, h), *reversed(right)])
    brush.fill(body, skin)
    brush.canvas.save()
    brush.canvas.clipPath(body, True)
    for share in (0.3, 0.62):
        foot = (left[-1][0] + (right[-1][0] - left[-1][0]) * share, left[-1][1])
        waist = ribbon.at(share, 0.15)
        fold = blob([waist, (foot[0] + 0.03 * h, foot[1] + 0.05), (foot[0] - 0.03 * h, foot[1] + 0.05)])
        brush.fill(fold, shade(skin), 0.5)
    dark_edge = left if brush.dark < 0 else right
    inner = [(px - brush.dark * 0.05 * h, py) for px, py in reversed(dark_edge)]
    brush.fill(blob([*dark_edge, *inner]), shade(skin), 0.5)
    brush.canvas.restore()


def _hem(left: Point, right: Point, t_s: float, h: float) -> Points:
    points: Points = []
    count = 7
    for i in range(1, count):
        share = i / count
        drop = 0.045 * h * (1 if i % 2 else -0.7) + 0.008 * h * math.sin(3 * t_s + i)
        points.append((left[0] + (right[0] - left[0]) * share, left[1] + min(drop, 0.028 * h)))
    return points


def draw_mist_arm(rig: Rig, near: bool) -> None:
    """Draw an arm of mist that ends without fingers."""
    bones = rig.joints.near_arm if near else rig.joints.far_arm
    radii = [r * 1.15 for r in arm_radii(rig, 0.004)]
    radii[4] *= 1.15
    skin = rig.looks.skin if near else shade(rig.looks.skin, 0.5)
    rig.brush.fill(limb(bones, radii), shade(skin, 0.8))
    rig.brush.fill(limb(bones, radii, min(radii) * 0.36, -rig.brush.dark), skin)
