"""A four-legged animal: trots, hops and wags on the beat; its head is that of the upright one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from storyboard.generators.video.animatic.figure.acting import TAU, Cue
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, shade
from storyboard.generators.video.animatic.figure.creature import draw_animal_head, draw_tail, wag_of
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.shapes import Point, add_segment, blob, limb, strand
from storyboard.generators.video.animatic.figure.skeleton import Pose, two_bones


@dataclass(frozen=True)
class Frame:
    """The frame of a species, in heights of the animal.

    Attributes:
        level: height of the back.
        length: from hip to shoulder.
        deep: how deep chest and belly are.
        leg: thickness of the legs, 1 for a dog's.
        head: radius of the head.
    """

    level: float = 0.58
    length: float = 0.5
    deep: float = 1.0
    leg: float = 0.86
    head: float = 0.19


_FRAMES = {
    "dog": Frame(),
    "cat": Frame(0.5, 0.5, 0.84, 0.66, 0.185),
    "fox": Frame(0.49, 0.5, 0.82, 0.62, 0.185),
    "rabbit": Frame(0.37, 0.34, 1.06, 0.66, 0.185),
    "bear": Frame(0.6, 0.56, 1.32, 1.22, 0.2),
}
_CYCLE_BEATS = {"walk": 2.0, "run": 1.0, "dance": 2.0}


@dataclass(frozen=True)
class Stand:
    """Where the parts of a four-legged animal are, in figure space."""

    hip: Point
    shoulder: Point
    head: Point
    head_r: float
    angle: float
    feet: tuple[Point, Point, Point, Point]


def stand_of(action: str, cue: Cue, pose: Pose, height: float, species: str = "dog") -> Stand:
    """Return the stand of an animal that does what a person's pose says, as far as it can."""
    frame = _FRAMES.get(species, _FRAMES["dog"])
    bounce = 0.025 * cue.drive * cue.hit
    lift_y = min(0.3, pose.lift) if action in ("jump", "run") else 0.0
    low = 0.3 if action == "sleep" else 0.0
    sit = 0.24 if action in ("sit", "sleep", "sing", "look_up") else 0.0
    rear = 0.06 * max(0.0, cue.swing(2)) if action in ("dance", "wave", "hug", "embrace") else 0.0
    sit *= frame.level / 0.6
    low *= frame.level / 0.6
    hip = (-0.3 * height, -(frame.level - sit - bounce + lift_y) * height)
    shoulder = ((frame.length - 0.28) * height, -(frame.level - bounce + lift_y + rear - low * 0.8) * height)
    nod = 0.07 * pose.nod - 0.03 * (action == "sing") + low * 0.2
    head = (shoulder[0] + 0.17 * height, shoulder[1] - (0.19 - nod - 0.02 * cue.hit) * height)
    front = shoulder[0]
    feet = (
        _foot(action, cue, 0, height, lift_y, front),
        _foot(action, cue, 1, height, lift_y, front),
        _foot(action, cue, 2, height, lift_y, front),
        _foot(action, cue, 3, height, lift_y, front),
    )
    return Stand(hip, shoulder, head, frame.head * height, pose.tilt * 0.8 + 0.12 * pose.nod, feet)


def paint_quadruped(
    brush: Brush,
    stand: Stand,
    species: str,
    features: Features,
    pose: Pose,
    cue: Cue,
    height: float,
    collar: RGB,
) -> None:
    """Draw the animal from back to front."""
    fur, frame = features.skin, _FRAMES.get(species, _FRAMES["dog"])
    far = shade(fur, 0.7)
    draw_tail(
        brush,
        species,
        fur,
        (stand.hip[0] - 0.1 * height, stand.hip[1] + 0.02 * height),
        height,
        wag_of(cue.beat, cue.t_s),
    )
    _leg(brush, stand.hip, stand.feet[1], height, far, frame.leg, -1, frame.level)
    _leg(brush, stand.shoulder, stand.feet[3], height, far, 0.85 * frame.leg, 1, frame.level)
    _trunk(brush, stand, height, fur, frame.deep)
    _leg(
        brush,
        (stand.hip[0] - 0.03 * height, stand.hip[1]),
        stand.feet[0],
        height,
        fur,
        1.12 * frame.leg,
        -1,
        frame.level,
    )
    _leg(
        brush,
        (stand.shoulder[0] - 0.04 * height, stand.shoulder[1]),
        stand.feet[2],
        height,
        fur,
        0.9 * frame.leg,
        1,
        frame.level,
    )
    neck = skia.Path()
    add_segment(
        neck,
        (stand.shoulder[0] - 0.02 * height, stand.shoulder[1] + 0.04 * height),
        stand.head,
        0.13 * height,
        0.1 * height,
        0.1 * height,
    )
    brush.fill(neck, fur)
    x, y = stand.shoulder[0] + 0.09 * height, stand.shoulder[1] - 0.07 * height
    brush.line(
        strand(
            [
                (x - 0.11 * height, y - 0.05 * height),
                (x + 0.0 * height, y + 0.05 * height),
                (x + 0.1 * height, y + 0.05 * height),
            ]
        ),
        collar,
        0.035 * height,
    )
    brush.oval((x + 0.06 * height, y + 0.085 * height), 0.022 * height, 0.022 * height, (0.93, 0.77, 0.35))
    canvas, px = brush.canvas, brush.px
    canvas.save()
    canvas.translate(*stand.head)
    canvas.rotate(math.degrees(stand.angle))
    canvas.scale(stand.head_r, stand.head_r)
    brush.px = px * stand.head_r
    draw_animal_head(brush, species, features, pose.mood, pose.nod, pose.back)
    brush.px = px
    canvas.restore()


def _trunk(brush: Brush, stand: Stand, height: float, fur: RGB, deep: float) -> None:
    (hx, hy), (sx, sy) = stand.hip, stand.shoulder
    h = height
    middle = (hx + sx) / 2, (hy + sy) / 2
    back = [
        (hx - 0.13 * h, hy + 0.03 * h),
        (hx - 0.02 * h, hy - 0.09 * h),
        (middle[0], middle[1] - 0.075 * h),
        (sx, sy - 0.11 * h),
        (sx + 0.13 * h, sy + 0.02 * h),
        (sx + 0.07 * h, sy + 0.21 * h * deep),
        (middle[0] + 0.02 * h, middle[1] + 0.15 * h * deep),
        (hx - 0.02 * h, hy + 0.19 * h * deep),
    ]
    trunk = blob(back)
    brush.fill(trunk, fur)
    brush.canvas.save()
    brush.canvas.clipPath(trunk, True)
    low = [
        (hx - 0.2 * h, hy + 0.1 * h),
        (middle[0], middle[1] + 0.05 * h * deep),
        (sx + 0.2 * h, sy + 0.1 * h),
        (sx + 0.2 * h, sy + 0.4 * h),
        (hx - 0.2 * h, hy + 0.4 * h),
    ]
    brush.fill(blob(low), shade(fur), 0.75)
    brush.canvas.restore()
    chest = [(sx + 0.12 * h, sy - 0.03 * h), (sx + 0.13 * h, sy + 0.08 * h), (sx + 0.05 * h,
                                                                              sy + 0.2 * h * deep),
             (sx + 0.02 * h, sy + 0.06 * h)]  # fmt: skip
    brush.fill(blob(chest), lift(fur, 0.45), 0.85)


def _leg(
    brush: Brush, root: Point, foot: Point, height: float, color: RGB, size: float, bend: int, level: float
) -> None:
    start = (root[0], root[1] + 0.06 * height)
    knee, end = two_bones(
        start, (foot[0], foot[1] - 0.03 * height), 0.42 * level * height, 0.4 * level * height, bend
    )
    h = height * size
    brush.fill(limb((start, knee, end), (0.12 * h, 0.095 * h, 0.056 * h, 0.046 * h, 0.042 * h)), color)
    paw = [
        (end[0] - 0.045 * h, end[1]),
        (end[0] + 0.02 * h, end[1] - 0.03 * h),
        (end[0] + 0.08 * h, foot[1] - 0.03 * h),
        (end[0] + 0.075 * h, foot[1]),
        (end[0] - 0.04 * h, foot[1]),
    ]
    brush.fill(blob(paw), lift(color, 0.22))


def _foot(action: str, cue: Cue, index: int, height: float, lift_y: float, front: float) -> Point:
    """Return a foot: 0 and 1 behind (near, far), 2 and 3 in front."""
    x = (-0.36 * height, -0.26 * height, front - 0.04 * height, front + 0.06 * height)[index]
    if action in ("sit", "sleep", "sing", "look_up") and index < 2:
        x += 0.16 * height
    y = -0.012 * height * (index % 2) - lift_y * height
    period = _CYCLE_BEATS.get(action)
    if period is None:
        return (x, y)
    p = cue.beat / period + (0.5 if index in (1, 2) else 0.0)
    reach = 0.13 if action != "dance" else 0.02
    up = max(0.0, -math.sin(TAU * p)) * (0.12 if action != "run" else 0.18)
    return (x + reach * height * math.cos(TAU * p), y - up * height)
