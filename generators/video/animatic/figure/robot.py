"""A friendly robot: boxes and tubes on the same skeleton as people."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from storyboard.generators.video.animatic.figure import mouths
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, color_of, lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.hands import draw_hand
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import Point, add_segment, blob, lerp, strand
from storyboard.generators.video.animatic.figure.skeleton import Mood
from storyboard.schema.cast import Character

_SCREEN = (0.1, 0.13, 0.18)


@dataclass(frozen=True)
class Plating:
    """The colours of a robot."""

    body: RGB
    trim: RGB
    joint: RGB
    light: RGB


def plating_of(character: Character) -> Plating:
    """Return the colours that a sheet gives a robot: its clothes are its plates."""
    colors = [color_of(garment.color) for garment in character.clothing]
    trim = colors[1] if len(colors) > 1 else color_of(character.hair.color)
    light = color_of(character.eyes)
    return Plating(colors[0], trim, mix(shade(colors[0], 1.6), (0.3, 0.32, 0.36), 0.6), lift(light, 0.25))


def draw_robot_limb(rig: Rig, plating: Plating, near: bool, arm: bool) -> None:
    """Draw an arm or a leg: two tubes, a joint, and a hand or foot."""
    j, brush, h = rig.joints, rig.brush, rig.body.height
    bones = (j.near_arm if near else j.far_arm) if arm else (j.near_leg if near else j.far_leg)
    color = plating.body if near else shade(plating.body, 0.6)
    thick = (0.024 if arm else 0.034) * h
    tube = skia.Path()
    add_segment(tube, bones[0], bones[1], thick, thick * 0.8, thick * 0.85)
    brush.fill(tube, plating.joint)
    for a, b in ((bones[0], bones[1]), (bones[1], bones[2])):
        plate = skia.Path()
        add_segment(plate, lerp(a, b, 0.22), lerp(a, b, 0.82), thick * 1.1, thick * 1.25, thick * 1.15, True)
        brush.fill(plate, shade(color))
        lit = skia.Path()
        x = -brush.dark * thick * 0.3
        p, q = lerp(a, b, 0.22), lerp(a, b, 0.82)
        add_segment(lit, (p[0] + x, p[1]), (q[0] + x, q[1]), thick * 0.8, thick * 0.92, thick * 0.84, True)
        brush.fill(lit, color)
    for place in bones[:2]:
        brush.oval(place, thick * 0.95, thick * 0.95, plating.joint)
        brush.oval(place, thick * 0.45, thick * 0.45, lift(plating.joint, 0.3))
    if arm:
        draw_hand(rig, bones, near, plating.joint)
    else:
        _foot(brush, bones[2], h, plating.trim if near else shade(plating.trim, 0.6))


def draw_robot_trunk(rig: Rig, plating: Plating) -> None:
    """Draw neck, chest and hips."""
    brush, ribbon, h = rig.brush, rig.torso, rig.body.height
    neck = skia.Path()
    add_segment(neck, rig.joints.neck, rig.joints.head, 0.026 * h, 0.026 * h, 0.026 * h)
    brush.fill(neck, plating.joint)
    brush.fill(
        ribbon.panel((0.1, 0.3), (0.9, 0.3), (0.96, 0.0), (0.72, -0.08), (0.28, -0.08), (0.04, 0.0)),
        plating.joint,
    )
    chest = ribbon.patch(
        (-0.02, 0.95),
        (0.5, 0.99),
        (1.0, 0.95),
        (1.04, 0.6),
        (0.98, 0.26),
        (0.5, 0.22),
        (0.02, 0.26),
        (-0.06, 0.6),
    )
    brush.fill(chest, plating.body)
    edge = (-0.06, 0.16) if brush.dark < 0 else (0.9, 1.04)
    side = ribbon.patch(
        (edge[0] + 0.04, 0.95),
        (edge[1], 0.95),
        (edge[1], 0.6),
        (edge[1], 0.26),
        (edge[0] + 0.06, 0.26),
        (edge[0], 0.6),
    )
    brush.fill(side, shade(plating.body))
    if rig.pose.back:
        brush.fill(ribbon.panel((0.25, 0.8), (0.75, 0.8), (0.72, 0.4), (0.28, 0.4)), plating.trim)
        return
    brush.fill(ribbon.panel((0.3, 0.84), (0.84, 0.84), (0.82, 0.52), (0.32, 0.52)), plating.trim)
    beat = 0.5 + 0.5 * math.sin(rig.t_s * 3.0)
    lamp = skia.Path()
    centre = ribbon.at(0.57, 0.68)
    lamp.addCircle(centre[0], centre[1], 0.024 * h)
    brush.fill(lamp, shade(plating.trim, 1.5))
    lamp = skia.Path()
    lamp.addCircle(centre[0], centre[1], (0.014 + 0.004 * beat) * h)
    brush.glow(lamp, lift(plating.light, 0.3))
    for t in (0.44, 0.38):
        brush.line(ribbon.line((0.36, t), (0.78, t)), shade(plating.body, 1.4), 0.006 * h)


def draw_robot_head(brush: Brush, plating: Plating, mood: Mood, nod: float, back: bool) -> None:
    """Draw the head, a box with a screen for a face, in head space."""
    brush.line(strand([(-0.1, -0.8), (-0.14, -1.3)]), plating.joint, 0.08)
    bulb = skia.Path()
    bulb.addCircle(-0.14, -1.36, 0.13)
    brush.glow(bulb, lift(plating.light, 0.2))
    brush.fill(_box(-1.02, -0.3, -0.8, 0.35, 0.1), plating.trim)
    brush.fill(_box(-0.92, -0.86, 0.96, 0.86, 0.34), plating.body)
    side = (-0.92, -0.62) if brush.dark < 0 else (0.72, 0.96)
    brush.fill(_box(side[0], -0.8, side[1], 0.8, 0.15), shade(plating.body))
    if back:
        brush.fill(_box(-0.4, -0.3, 0.4, 0.3, 0.1), shade(plating.body, 0.6))
        return
    brush.fill(_box(-0.5, -0.56, 0.9, 0.56, 0.24), _SCREEN)
    glow = plating.light if luminance(plating.light) > 0.35 else lift(plating.light, 0.5)
    y = -0.12 + 0.08 * nod
    for x, width in ((-0.12, 0.14), (0.5, 0.12)):
        eye = _lens((x + 0.05 * mood.gaze_x, y), width, 0.2 * max(0.12, min(1.0, mood.lids)), mood)
        brush.glow(eye, glow)
    mouths.draw_screen_mouth(brush, glow, mood, y + 0.42)


def _lens(centre: Point, rx: float, ry: float, mood: Mood) -> skia.Path:
    x, y = centre
    if mood.smile > 0.7 and mood.lids < 0.5:
        return blob([(x - rx, y + 0.08), (x, y - 0.12), (x + rx, y + 0.08), (x, y - 0.02)])
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


def _box(left: float, top: float, right: float, bottom: float, radius: float) -> skia.Path:
    path = skia.Path()
    path.addRRect(skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(left, top, right, bottom), radius, radius))
    return path


def _foot(brush: Brush, ankle: Point, height: float, color: RGB) -> None:
    x, y = ankle
    g = y + 0.037 * height
    brush.fill(
        blob(
            [
                (x - 0.05 * height, g),
                (x - 0.045 * height, y - 0.015 * height),
                (x + 0.03 * height, y - 0.02 * height),
                (x + 0.09 * height, g - 0.02 * height),
                (x + 0.09 * height, g),
            ]
        ),
        color,
    )
