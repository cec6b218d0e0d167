"""Skirts: cloth that hangs around both legs and follows them, standing or seated."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import (
    Level,
    Point,
    Ribbon,
    lerp,
)


def skirt_ribbon(rig: Rig, reach: float, flare: float, pad: float) -> Ribbon:
    """Return cloth around both legs: from the waist down a reach in thigh lengths (1 at the knees)."""
    near, far = rig.joints.near_leg, rig.joints.far_leg
    body = rig.body
    levels: list[Level] = list(rig.torso.cut(0.34, 0.1).levels)
    hang = _hang(rig)
    for i in range(1, 7):
        share = reach * i / 6
        middle = (
            _down_both(rig, share) if rig.pose.seated else _along(rig.joints.pelvis, hang, share * body.thigh)
        )
        along = (
            _toward(_down_both(rig, share - 0.05), _down_both(rig, share + 0.05)) if rig.pose.seated else hang
        )
        normal = (-along[1], along[0])
        sides = [_across(middle, _down(leg, share), normal) for leg in (near, far)]
        ease = 0.056 * body.girth * (1 - 0.25 * share) + pad + flare * body.height * share
        ease += 0.012 * body.height if rig.pose.seated else 0.0
        sway = rig.swing * 0.02 * share * share
        left, right = max(sides) + ease, min(sides) - ease
        levels.append(
            (
                -share,
                (middle[0] + normal[0] * left + sway, middle[1] + normal[1] * left),
                (middle[0] + normal[0] * right + sway, middle[1] + normal[1] * right),
            )
        )
    return Ribbon(levels)


def _hang(rig: Rig) -> Point:
    """Return the direction in which a skirt hangs from a standing body: with the thighs, but less."""
    dx, dy = _toward(_down_both(rig, 0.0), _down_both(rig, 1.0))
    return _toward((0.0, 0.0), (dx * 0.6, max(0.5, dy)))


def _toward(a: Point, b: Point) -> Point:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1e-6
    return (dx / length, dy / length)


def _along(start: Point, direction: Point, length: float) -> Point:
    return (start[0] + direction[0] * length, start[1] + direction[1] * length)


def _across(origin: Point, place: Point, normal: Point) -> float:
    return (place[0] - origin[0]) * normal[0] + (place[1] - origin[1]) * normal[1]


def _down_both(rig: Rig, share: float) -> Point:
    return lerp(_down(rig.joints.near_leg, share), _down(rig.joints.far_leg, share), 0.5)


def _down(leg: tuple[Point, Point, Point], share: float) -> Point:
    return lerp(leg[0], leg[1], share) if share <= 1 else lerp(leg[1], leg[2], share - 1)
