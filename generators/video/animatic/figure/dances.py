"""Dancing: a groove in four ways, a jumping one for loud songs, a slow one for soft."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.figure.acting import Cue, act, eased, groove
from storyboard.generators.video.animatic.figure.skeleton import Arm, Pose


@act("dance")
def dance(cue: Cue, pose: Pose) -> None:
    """Groove, in one of four ways by variant."""
    (_side_step, _hands_up, _pump, _disco)[cue.variant % 4](cue, pose)
    pose.mood.smile = max(pose.mood.smile, 0.7)


@act("dance_jump")
def dance_jump(cue: Cue, pose: Pose) -> None:
    """Hop on every beat with the arms thrown up, from side to side."""
    air = math.sin(math.pi * cue.beat) ** 2
    land = 1.0 - air
    side = cue.flip * cue.swing(4, 0.125)
    pose.lift = 0.11 * air * cue.drive
    pose.sink = 0.012 + 0.06 * land**2
    pose.hip_x += 0.03 * side
    pose.lean, pose.curve = 0.06 * side, -0.1 * side
    pose.near_foot = (-0.15, max(0.0, pose.lift - 0.02) + 0.05 * air * (1 - side), 0.5 * air)
    pose.far_foot = (0.15, max(0.0, pose.lift - 0.02) + 0.05 * air * (1 + side), 0.5 * air)
    pose.squash = 0.045 * (air - 0.5)
    pump = 0.16 * cue.hit
    pose.near.angle, pose.near.flex = -2.15 - 0.14 * side + pump, -0.42 + 0.3 * side + pump
    pose.far.angle, pose.far.flex = 2.15 - 0.14 * side - pump, 0.42 + 0.3 * side - pump
    pose.near.hand = pose.far.hand = "open" if cue.variant % 2 else "fist"
    pose.nod = -0.35 * air + 0.35 * land
    pose.tilt += 0.08 * side
    pose.mood.smile, pose.mood.open, pose.mood.brows, pose.mood.lids = 1.0, 0.32, 0.5, 0.8


@act("waltz")
def waltz(cue: Cue, pose: Pose) -> None:
    """Sway slowly from side to side; in the arms of a partner where there is one."""
    n_beats = 8.0 if cue.energy > 0.4 else 6.0
    side = cue.swing(n_beats, 0.0 if cue.playing.partner else 0.25 * (cue.flip + 1))
    groove(cue, pose, 0.3)
    _step_touch(pose, side, 0.08)
    pose.lean, pose.curve = 0.05 * side, -0.09 * side
    pose.roll = 0.05 * side
    pose.tilt += 0.12 * side
    pose.mood.smile, pose.mood.lids, pose.mood.brows = 0.55, 0.42, 0.2
    if cue.playing.partner:
        _hold(cue, pose, side)
        return
    float_up = 0.5 + 0.5 * cue.swing(n_beats * 2, 0.1)
    pose.near.angle = -0.5 - 0.55 * float_up + 0.12 * side
    pose.near.flex = -0.25 - 0.35 * float_up + 0.2 * side
    pose.far.angle = 0.6 + 0.75 * (1 - float_up) + 0.12 * side
    pose.far.flex = 0.35 + 0.4 * (1 - float_up) + 0.2 * side
    pose.near.hand = pose.far.hand = "open"


def _hold(cue: Cue, pose: Pose, side: float) -> None:
    """Hold a partner close: who leads by the waist, who follows round the shoulders."""
    distance, height = cue.playing.partner or (0.3, 1.0)
    height = min(1.0, height)
    leads = cue.playing.turn == 0
    y = -0.60 if leads else -0.77
    pose.near = Arm(
        reach=(distance * 0.86, y * height - 0.008 * side),
        anchor="ground",
        bend=-1,
        hand="relaxed",
        front=True,
    )
    pose.far = Arm(reach=(distance * 0.74, -0.62 * height), anchor="ground", bend=-1)
    pose.lean += 0.05
    pose.tilt += 0.08
    pose.nod += 0.2
    pose.mood.gaze_x = 0.6


def _side_step(cue: Cue, pose: Pose) -> None:
    side = cue.flip * cue.swing(4, 0.25)
    groove(cue, pose, 1.15)
    _step_touch(pose, side, 0.13)
    pose.lean, pose.curve = 0.1 * side, -0.16 * side
    pose.roll = 0.08 * side
    pump = cue.swing(2)
    pose.near.angle, pose.near.flex = -0.42 - 0.2 * side, 1.0 + 0.55 * pump
    pose.far.angle, pose.far.flex = 0.25 - 0.2 * side, 1.25 - 0.55 * pump
    pose.near.hand = pose.far.hand = "fist"
    pose.tilt += 0.1 * side


def _hands_up(cue: Cue, pose: Pose) -> None:
    side = cue.flip * cue.swing(4, 0.2)
    groove(cue, pose, 1.3)
    _step_touch(pose, side, 0.09)
    pose.lean, pose.curve = -0.05 * side, 0.18 * side
    pose.near.angle, pose.near.flex = -2.2 + 0.26 * side, -0.2 + 0.36 * side
    pose.far.angle, pose.far.flex = 2.2 + 0.26 * side, 0.2 + 0.36 * side
    pose.near.hand = pose.far.hand = "open"
    pose.nod -= 0.25
    pose.tilt += 0.13 * side
    pose.mood.lids, pose.mood.open = 0.55, 0.15


def _pump(cue: Cue, pose: Pose) -> None:
    side = cue.flip * cue.swing(4, 0.25)
    groove(cue, pose, 1.2)
    _step_touch(pose, -side, 0.12)
    up = 0.5 + 0.5 * cue.swing(8, 0.1)
    bob = 0.28 * cue.hit
    pose.far.angle = 0.35 + 1.75 * up - 0.2 * bob
    pose.far.flex = 1.15 - 0.75 * up + bob
    pose.near.angle = -0.35 - 1.75 * (1 - up) + 0.2 * bob
    pose.near.flex = 0.9 - 1.3 * (1 - up) - bob * (1 - up) + bob * up
    pose.near.hand = pose.far.hand = "fist"
    pose.lean, pose.curve = -0.07 * side, 0.16 * side
    pose.roll = -0.08 * side
    pose.mood.brows = 0.2


def _disco(cue: Cue, pose: Pose) -> None:
    side = cue.flip * cue.swing(2, 0.25)
    groove(cue, pose, 0.8)
    pose.hip_x += 0.075 * side
    pose.lean, pose.curve = -0.16 * side, 0.24 * side
    heel = 0.5 - 0.5 * side
    pose.near_foot = (-0.17, 0.0, 0.5 * heel)
    pose.far_foot = (0.16, 0.0, 0.45 * (1 - heel))
    pose.near.angle, pose.near.flex = -0.75 - 0.1 * side, 1.9 + 0.12 * side
    pose.far.angle, pose.far.flex = 1.55 + 0.55 * side, 0.25 + 0.2 * side
    pose.far.hand = "point"
    pose.near.hand = "fist"
    pose.tilt += 0.08 * side
    pose.mood.brows = 0.3


def _step_touch(pose: Pose, side: float, reach: float) -> None:
    """Shift the weight to a side (-1 to 1); the free foot comes along and touches on its toe."""
    pose.hip_x += reach * 0.75 * side
    free_near, free_far = eased((side - 0.15) / 0.7), eased((-side - 0.15) / 0.7)
    pose.near_foot = (-0.14 + 0.06 * free_near, 0.02 * free_near, 0.5 * free_near)
    pose.far_foot = (0.14 - 0.06 * free_far, 0.015 * free_far, 0.45 * free_far)
    pose.sink += 0.02 + 0.012 * abs(side)
