"""A four-legged animal: walks, gallops, sits, sleeps and wags; its head is that of the upright one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from storyboard.generators.video.animatic.figure.acting import Cue
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, shade
from storyboard.generators.video.animatic.figure.creature import draw_animal_head, draw_tail, wag_of
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.gaits import Gait, gait_of
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
_SITTING = frozenset(("sit", "sing", "look_up"))
_LYING = 0.2
"""How high the back of one who sleeps is, in heights."""


@dataclass(frozen=True)
class Stand:
    """Where the parts of a four-legged animal are, in figure space."""

    hip: Point
    shoulder: Point
    head: Point
    head_r: float
    angle: float
    feet: tuple[Point, Point, Point, Point]


def stand_of(action: str, cue: Cue, pose: Pose, height: float, leg: float, species: str = "dog") -> Stand:
    """Return the stand of an animal that does what a person's pose says, as far as it can.

    Feet are those behind (near, far), then those in front; `leg` is the length by which its steps are told.
    """
    frame = _FRAMES.get(species, _FRAMES["dog"])
    gait = gait_of(action, cue, pose, leg / height)
    sits, lies = action in _SITTING, action == "sleep"
    bounce = 0.0 if gait.runs or lies else 0.025 * cue.drive * cue.hit
    rear = 0.06 * max(0.0, cue.swing(2)) if action in ("dance", "wave", "hug", "embrace") else 0.0
    back = frame.level - bounce - (0.40 * frame.level if sits else 0.0)
    front = frame.level - bounce + rear
    if lies:
        breath = 0.008 * cue.drift(4.4)
        back, front = _LYING * frame.deep + breath, _LYING * frame.deep - 0.02 + breath
    hip = ((-0.3 - gait.stretch) * height, -(back + gait.lift - gait.pitch) * height)
    shoulder = ((frame.length - 0.28 + gait.stretch) * height, -(front + gait.lift + gait.pitch) * height)
    nod = 0.07 * pose.nod - 0.05 * cue.mouth * (action == "sing")
    head = (shoulder[0] + 0.17 * height, shoulder[1] - (0.19 - nod - 0.02 * cue.hit) * height)
    if lies:
        head = (shoulder[0] + 0.26 * height, -frame.head * 0.92 * height)
    angle = pose.tilt * 0.8 + 0.12 * pose.nod - 0.35 * cue.mouth * (action == "sing")
    chest = frame.length - 0.28
    roots = (-0.36 * height, -0.26 * height, (chest - 0.04) * height, (chest + 0.06) * height)
    feet = [_foot(roots[i], gait, i, height, sits=sits or lies, lies=lies) for i in range(4)]
    return Stand(hip, shoulder, head, frame.head * height, 0.1 if lies else angle, tuple(feet))  # type: ignore[arg-type]


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
    folded = 0.5 if foot[1] - start[1] < 0.25 * level * height else 1.0  # one who lies draws the legs in
    bone = folded * level * height
    knee, end = two_bones(start, (foot[0], foot[1] - 0.03 * height), 0.42 * bone, 0.4 * bone, bend)
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


def _foot(x: float, gait: Gait, index: int, height: float, *, sits: bool, lies: bool) -> Point:
    """Return a foot: 0 and 1 behind (near, far), 2 and 3 in front."""
    dx, up = gait.paws[index]
    x += 0.16 * height if sits and index < 2 else 0.12 * height if lies else 0.0
    y = -0.012 * height * (index % 2)
    return (x + dx * height, y - (up + gait.air) * height)
