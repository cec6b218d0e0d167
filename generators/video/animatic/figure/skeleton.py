"""The skeleton: proportions by age and gender, a pose, and the joints that follow from both.

Figure space: x towards where the figure faces, y down, feet at y = 0, an adult 1.0 tall.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from storyboard.generators.video.animatic.figure.shapes import Point

Hand = Literal["relaxed", "fist", "open", "point"]
Anchor = Literal["neck", "head", "hips", "ground"]


@dataclass(frozen=True)
class Body:
    """Lengths and widths of one figure, in figure space."""

    height: float
    head_r: float
    leg: float
    ankle: float
    thigh: float
    shin: float
    torso: float
    upper_arm: float
    forearm: float
    shoulder_w: float
    chest_w: float
    waist_w: float
    hip_w: float
    girth: float
    stoop: float
    child: float

    @property
    def arm(self) -> float:
        """Length from shoulder to wrist."""
        return self.upper_arm + self.forearm


@dataclass
class Arm:
    """An arm by angles in radians, or reaching for a point.

    Attributes:
        angle: of the upper arm; 0 hangs down, positive swings towards where the figure faces.
        flex: of the elbow; positive brings the forearm forward.
        reach: where the wrist goes, from the anchor, in arm lengths (from the head in head radii, from the
            ground below the figure in heights); overrides the angles.
        bend: which way the elbow points when reaching.
        front: whether a far arm comes before the body from the elbow on.
        over: whether it does so from the shoulder on, as its elbow lies before the body.
    """

    angle: float = 0.0
    flex: float = 0.2
    reach: Point | None = None
    anchor: Anchor = "neck"
    bend: int = 1
    hand: Hand = "relaxed"
    front: bool = False
    over: bool = False


@dataclass
class Mood:
    """What the face does: each -1 to 1 or 0 to 1; 0 is calm, but for `lids`, where 1 is open.

    `open`, `wide`, `press` and `bite` shape the mouth as in mouths.Mouth.
    """

    smile: float = 0.25
    brows: float = 0.0
    worry: float = 0.0
    lids: float = 1.0
    open: float = 0.0
    gaze_x: float = 0.2
    gaze_y: float = 0.0
    tears: float = 0.0
    wide: float = 0.0
    press: float = 0.0
    bite: float = 0.0


@dataclass
class Pose:
    """A pose; lengths are in leg lengths, angles in radians.

    `knee` is how much of the knees' bend shows: the rest points at the viewer. `planted` hips do not
    drift, as what the hands hold stands still.
    """

    hip_x: float = 0.0
    lift: float = 0.0
    sink: float = 0.004
    lean: float = 0.0
    curve: float = 0.0
    tilt: float = 0.0
    nod: float = 0.0
    yaw: float = 0.0
    sway: float = 0.0
    roll: float = 0.0
    near: Arm = field(default_factory=lambda: Arm(-0.14, 0.26))
    far: Arm = field(default_factory=lambda: Arm(0.1, 0.24))
    near_foot: tuple[float, float, float] = (-0.1, 0.0, 0.0)
    far_foot: tuple[float, float, float] = (0.11, 0.0, 0.0)
    squash: float = 0.0
    mood: Mood = field(default_factory=Mood)
    prop: str = ""
    seated: bool = False
    planted: bool = False
    knee: float = 0.55
    back: bool = False


@dataclass(frozen=True)
class Joints:
    """Where everything is, in figure space; `near` is the side towards the viewer."""

    pelvis: Point
    spine: Point
    neck: Point
    head: Point
    head_angle: float
    chest_angle: float
    near_arm: tuple[Point, Point, Point]
    far_arm: tuple[Point, Point, Point]
    near_leg: tuple[Point, Point, Point]
    far_leg: tuple[Point, Point, Point]
    near_pitch: float
    far_pitch: float


def solve(body: Body, pose: Pose) -> Joints:
    """Return the joints of a body in a pose."""
    pelvis = _pelvis(body, pose)
    low, high = pose.lean, pose.lean + pose.curve + body.stoop
    spine = _along(pelvis, low, body.torso * 0.5)
    neck = _along(spine, high, body.torso * 0.5)
    head_angle = pose.tilt + high * 0.35
    head = _along(neck, high * 0.7 + pose.tilt * 0.5, body.head_r * 1.2)
    head = (head[0] + body.head_r * (0.06 + 0.1 * max(0.0, pose.nod)), head[1] + body.head_r * 0.1 * pose.nod)
    near_arm = _arm(body, pose.near, neck, head, pelvis, high, -1, pose.roll)
    far_arm = _arm(body, pose.far, neck, head, pelvis, high, 1, pose.roll)
    return Joints(
        pelvis,
        spine,
        neck,
        head,
        head_angle,
        high,
        near_arm,
        far_arm,
        _leg(body, pose, pelvis, -1),
        _leg(body, pose, pelvis, 1),
        pose.near_foot[2],
        pose.far_foot[2],
    )


def two_bones(root: Point, target: Point, first: float, second: float, bend: int) -> tuple[Point, Point]:
    """Return joint and end of two bones that reach for a target, by the law of cosines.

    A target out of reach is approached as far as the bones allow, so motion never jumps.
    """
    dx, dy = target[0] - root[0], target[1] - root[1]
    distance = math.hypot(dx, dy) or 1e-6
    span = min(max(distance, abs(first - second) + 1e-4), (first + second) * 0.9995)
    direction = math.atan2(dy, dx)
    inner = math.acos((first * first + span * span - second * second) / (2 * first * span))
    angle = direction - bend * inner
    joint = (root[0] + math.cos(angle) * first, root[1] + math.sin(angle) * first)
    end = (root[0] + math.cos(direction) * span, root[1] + math.sin(direction) * span)
    return joint, end


def seat_height(body: Body) -> float:
    """Return how high the hips are when sitting with level thighs."""
    return body.ankle + body.shin * 0.99


def _pelvis(body: Body, pose: Pose) -> Point:
    if pose.seated:
        return (-body.thigh * 0.56 + pose.hip_x * body.leg, -seat_height(body) - 0.012)
    return (pose.hip_x * body.leg, -body.leg * (1 - pose.sink + pose.lift))


def _along(start: Point, angle: float, length: float) -> Point:
    """Return the point a length up from start, at an angle from the vertical towards +x."""
    return (start[0] + math.sin(angle) * length, start[1] - math.cos(angle) * length)


def _arm(
    body: Body, arm: Arm, neck: Point, head: Point, pelvis: Point, chest: float, side: int, roll: float
) -> tuple[Point, Point, Point]:
    width = body.shoulder_w * (0.93 if side > 0 else 1.0) - body.girth * 0.026
    tilt = chest + roll
    shoulder = (
        neck[0] + side * width * math.cos(tilt) - math.sin(tilt) * 0.06 * body.height,
        neck[1] + side * width * math.sin(tilt) + math.cos(tilt) * 0.06 * body.height,
    )
    if arm.reach is None:
        raised = max(0.0, min(1.0, (abs(arm.angle) - 1.1) / 1.6))
        shoulder = (shoulder[0] - side * 0.012 * raised, shoulder[1] - 0.028 * body.height * raised)
        upper = arm.angle + chest * 0.5
        elbow = _hang(shoulder, upper, body.upper_arm)
        return shoulder, elbow, _hang(elbow, upper + arm.flex, body.forearm)
    origin, unit = {
        "neck": (neck, body.arm),
        "head": (head, body.head_r),
        "hips": (pelvis, body.arm),
        "ground": ((0.0, 0.0), body.height),
    }[arm.anchor]
    target = (origin[0] + arm.reach[0] * unit, origin[1] + arm.reach[1] * unit)
    elbow, wrist = two_bones(shoulder, target, body.upper_arm, body.forearm, arm.bend)
    return shoulder, elbow, wrist


def _hang(start: Point, angle: float, length: float) -> Point:
    return (start[0] + math.sin(angle) * length, start[1] + math.cos(angle) * length)


def _leg(body: Body, pose: Pose, pelvis: Point, side: int) -> tuple[Point, Point, Point]:
    dx, dy, pitch = pose.far_foot if side > 0 else pose.near_foot
    spread = body.hip_w * 0.46 * (0.9 if side > 0 else 1.0)
    hip = (pelvis[0] + side * spread, pelvis[1] + 0.01 * body.height)
    ground = -0.014 * body.height if side > 0 else 0.0
    ankle = (
        dx * body.leg,
        -body.ankle + ground - dy * body.leg - max(0.0, math.sin(pitch)) * 0.08 * body.height,
    )
    if pose.seated:
        hip = (pelvis[0] + side * spread * 0.25, pelvis[1] + 0.006 * side)
        ankle = (ankle[0] + pelvis[0] + body.thigh * 1.0, ankle[1])
    knee, end = two_bones(hip, ankle, body.thigh, body.shin, 1)
    share = 1.0 if pose.seated else pose.knee
    straight = (hip[0] + (end[0] - hip[0]) * 0.51, hip[1] + (end[1] - hip[1]) * 0.51)
    knee = (straight[0] + (knee[0] - straight[0]) * share, straight[1] + (knee[1] - straight[1]) * share)
    return hip, knee, end
