"""The actions of every day: phone, work, book, stove, wheel, window, chair and bed."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.figure.acting import TAU, Cue, act, groove
from storyboard.generators.video.animatic.figure.skeleton import Arm, Mood, Pose

PAN = (0.29, -0.50)
"""Middle of the pan's rim on the stove, in heights of the cook."""
WHEEL, WHEEL_R = (0.19, -0.47), 0.085
"""Hub and radius of the steering wheel, in heights of the driver."""


@act("phone")
def phone(cue: Cue, pose: Pose) -> None:
    """Look at a phone; the thumb scrolls on the half bar."""
    groove(cue, pose, 0.18)
    pose.curve += 0.09
    pose.tilt += 0.13
    pose.nod = 0.75
    pose.far = Arm(0.34, 1.86 + 0.03 * cue.drift(2.3), hand="fist", front=True)
    pose.near = Arm(-0.3, 0.62)
    pose.mood = Mood(smile=0.15 + 0.2 * cue.drift(9.0), gaze_x=0.45, gaze_y=0.7, lids=0.72)
    pose.prop = "phone"


@act("work")
def work(cue: Cue, pose: Pose) -> None:
    """Work with both hands in front of the body."""
    groove(cue, pose, 0.25)
    left, right = cue.swing(1), cue.swing(1, 0.45)
    pose.curve = 0.1
    pose.tilt += 0.08
    pose.nod = 0.6
    pose.near = Arm(0.08 + 0.06 * left, 1.12 + 0.16 * left, hand="fist", front=True)
    pose.far = Arm(0.26 + 0.06 * right, 1.1 + 0.16 * right, hand="fist", front=True)
    pose.mood = Mood(smile=0.2, brows=-0.1, gaze_x=0.4, gaze_y=0.65, lids=0.8)


@act("tend")
def tend(cue: Cue, pose: Pose) -> None:
    """Bend to the ground and work there with both hands."""
    groove(cue, pose, 0.2)
    pose.planted = True
    left, right = cue.swing(2), cue.swing(2, 0.45)
    pose.lean, pose.curve = 0.52, 0.22
    pose.sink = 0.10 + 0.01 * cue.hit
    pose.tilt += 0.14
    pose.nod = 0.7
    pose.near = Arm(
        reach=(0.34 + 0.03 * left, -0.20 + 0.03 * left), anchor="ground", bend=-1, hand="fist", front=True
    )
    pose.far = Arm(
        reach=(0.44 + 0.03 * right, -0.22 + 0.03 * right), anchor="ground", bend=-1, hand="fist", front=True
    )
    pose.near_foot, pose.far_foot = (-0.16, 0.0, 0.0), (0.14, 0.0, 0.0)
    pose.mood = Mood(smile=0.2, gaze_x=0.4, gaze_y=0.7, lids=0.8)


@act("cook")
def cook(cue: Cue, pose: Pose) -> None:
    """Stir a pan on a stove, one hand on its handle."""
    groove(cue, pose, 0.2)
    pose.planted = True
    pose.lean, pose.curve = 0.05, 0.08
    pose.tilt += 0.08 + 0.03 * cue.swing(8)
    pose.nod = 0.55
    turn = TAU * cue.beat / 2
    x, y = PAN
    pose.far = Arm(
        reach=(x - 0.02 + 0.035 * math.cos(turn), y - 0.12 + 0.012 * math.sin(turn)),
        anchor="ground", bend=-1, hand="fist", front=True, over=True,
    )  # fmt: skip
    pose.near = Arm(reach=(x - 0.22, y - 0.01), anchor="ground", bend=-1, hand="fist", front=True)
    pose.near_foot, pose.far_foot = (-0.14, 0.0, 0.0), (0.08, 0.0, 0.0)
    pose.mood = Mood(smile=0.35, gaze_x=0.5, gaze_y=0.65, lids=0.8)
    pose.prop = "pan"


@act("drive")
def drive(cue: Cue, pose: Pose) -> None:
    """Sit at a wheel, both hands on it, and steer a little with the song."""
    pose.seated, pose.planted = True, True
    pose.lean, pose.curve = -0.1, 0.02
    pose.tilt += 0.03 * cue.swing(8)
    pose.nod = 0.16 * cue.drive * cue.hit
    steer = 0.16 * cue.swing(8, 0.2)
    pose.near = Arm(reach=on_wheel(-2.5 + steer), anchor="ground", bend=-1, hand="fist", front=True)
    pose.far = Arm(reach=on_wheel(-1.3 + steer), anchor="ground", bend=-1, hand="fist", front=True)
    pose.near_foot, pose.far_foot = (0.2, 0.26, -0.3), (0.28, 0.26, -0.3 - 0.06 * cue.hit)
    pose.mood = Mood(smile=0.35, gaze_x=0.7, gaze_y=0.0)
    pose.prop = "wheel"


@act("steer")
def steer(cue: Cue, pose: Pose) -> None:
    """Drive, seen through the windscreen: the hands on a wheel that the place has."""
    ride(cue, pose)
    pose.planted = True
    turn = 0.03 * cue.swing(8, 0.2)
    pose.near = Arm(reach=(-0.095, -0.35 + turn), anchor="ground", bend=-1, hand="fist", front=True)
    pose.far = Arm(reach=(0.095, -0.35 - turn), anchor="ground", bend=1, hand="fist", front=True)
    pose.nod = 0.16 * cue.drive * cue.hit
    pose.mood = Mood(smile=0.35, gaze_x=0.2)


@act("ride")
def ride(cue: Cue, pose: Pose) -> None:
    """Sit in a car and look ahead, the hands in the lap."""
    _settle(cue, pose, 0.0)
    pose.hip_x = 0.27
    pose.curve = 0.02
    pose.tilt += 0.05 * cue.swing(8, 0.3)
    pose.nod += 0.1 * cue.drive * cue.hit
    pose.near = Arm(reach=(-0.12, 0.0), anchor="hips", bend=-1, front=True)
    pose.far = Arm(reach=(0.22, 0.0), anchor="hips", bend=1, front=True)


@act("passenger")
def passenger(cue: Cue, pose: Pose) -> None:
    """Ride along in an open car, seen from the side."""
    sit(cue, pose)
    pose.lean = -0.1
    pose.near_foot, pose.far_foot = (0.1, 0.26, -0.3), (0.2, 0.26, -0.3)
    pose.mood.gaze_x = 0.6


def on_wheel(angle: float) -> tuple[float, float]:
    """Return where the wrist of a hand on the rim is, for an angle on the wheel."""
    x, y = WHEEL
    return (x - 0.03 + 0.42 * WHEEL_R * math.cos(angle), y + WHEEL_R * math.sin(angle) + 0.01)


@act("window")
def window(cue: Cue, pose: Pose) -> None:
    """Stand at a window and look out, a hand on its frame."""
    groove(cue, pose, 0.12)
    pose.planted = True
    pose.lean, pose.curve = 0.05, 0.01
    pose.tilt += 0.03 * cue.swing(16)
    pose.nod = -0.12
    pose.yaw = 0.9
    pose.far = Arm(reach=(0.235, -0.80 + 0.006 * cue.drift(5.0)), anchor="ground", bend=-1, hand="open")
    pose.near = Arm(-0.16, 0.3)
    pose.mood = Mood(smile=0.1, gaze_x=0.85 + 0.1 * cue.drift(6.0), gaze_y=-0.15, lids=0.88)
    pose.prop = "window"


@act("look_out")
def look_out(cue: Cue, pose: Pose) -> None:
    """Look out of a window that the place itself has: a hand at the other arm's elbow, eyes far away."""
    window(cue, pose)
    pose.far = Arm(0.20, 0.30)
    pose.near = Arm(0.30, 1.30, hand="relaxed", front=True)
    pose.prop = ""


@act("read")
def read(cue: Cue, pose: Pose) -> None:
    """Read a book held in both hands."""
    groove(cue, pose, 0.12)
    pose.curve = 0.08
    pose.tilt += 0.1
    pose.nod = 0.9
    pose.near = Arm(0.5, 1.22, hand="fist", front=True)
    pose.far = Arm(0.42, 1.66, hand="fist", front=True)
    pose.mood = Mood(smile=0.25, gaze_x=0.45 + 0.25 * cue.drift(2.6), gaze_y=0.7, lids=0.78)
    pose.prop = "book"


@act("sit")
def sit(cue: Cue, pose: Pose) -> None:
    """Sit with the hands on the thighs, a foot tapping the beat."""
    _settle(cue, pose, 0.03)
    pose.nod += 0.12 * cue.drive * cue.hit
    pose.near = Arm(reach=(0.3, -0.17), anchor="hips", bend=-1, front=True)
    pose.far = Arm(reach=(0.84, -0.12), anchor="hips", bend=-1, front=True)
    tap = cue.hit * 0.22 * cue.drive
    pose.far_foot = (pose.far_foot[0], 0.0, -tap)


@act("sleep")
def sleep(cue: Cue, pose: Pose) -> None:
    """Sleep where one sits, the head on the chest."""
    _settle(cue, pose, -0.1)
    breath = cue.drift(4.4)
    pose.curve = 0.5 + 0.02 * breath
    pose.tilt = 0.42 + 0.025 * breath
    pose.nod = 0.75
    pose.near = Arm(reach=(0.36, -0.15), anchor="hips", bend=-1, front=True)
    pose.far = Arm(reach=(0.86, -0.14), anchor="hips", bend=-1, front=True)
    _asleep(pose, breath)


@act("lie")
def lie(cue: Cue, pose: Pose) -> None:
    """Sleep on one's back; drawn upright here and laid down with the bed."""
    breath = cue.drift(4.4)
    pose.planted = True
    pose.curve = 0.02 + 0.012 * breath
    pose.tilt = 0.06
    pose.near, pose.far = Arm(-0.06, 0.1), Arm(0.02, 0.1)
    pose.near_foot, pose.far_foot = (-0.07, 0.0, 0.0), (0.07, 0.0, 0.0)
    _asleep(pose, breath)


def _asleep(pose: Pose, breath: float) -> None:
    pose.mood = Mood(smile=0.1, lids=0.0, brows=0.1, open=0.06 + 0.06 * breath)


def _settle(cue: Cue, pose: Pose, lean: float) -> None:
    pose.seated = True
    pose.lean = lean
    pose.sink = 0.0
    pose.near_foot, pose.far_foot = (-0.04, 0.0, 0.0), (0.1, 0.0, 0.0)
    pose.curve += 0.03 + 0.015 * cue.flip * cue.swing(4)
