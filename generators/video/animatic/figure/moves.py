"""The actions that move the whole body: walking, running, jumping and four ways to dance."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.figure.acting import TAU, Cue, groove
from storyboard.generators.video.animatic.figure.skeleton import Pose

Foot = tuple[float, float, float]


def walk(cue: Cue, pose: Pose) -> None:
    """Walk in place: a cycle of two beats, a foot strikes on every beat."""
    cycle = cue.beat / 2 + (0.5 if cue.flip > 0 else 0.0)
    pose.near_foot = _stride(cycle, 0.27, 0.1, 0.52, -0.015)
    pose.far_foot = _stride(cycle + 0.5, 0.27, 0.1, 0.52, 0.015)
    pose.sink = 0.022 + 0.016 * math.cos(TAU * cycle * 2)
    pose.lean, pose.knee = 0.05, 0.9
    pose.roll = 0.03 * math.sin(TAU * cycle)
    reach = math.cos(TAU * cycle)
    pose.near.angle, pose.near.flex = -0.27 - 0.2 * reach, 0.18 - 0.1 * reach
    pose.far.angle, pose.far.flex = 0.14 + 0.34 * reach, 0.3 + 0.14 * reach
    pose.nod += 0.08 * math.cos(TAU * cycle * 2)


def run(cue: Cue, pose: Pose) -> None:
    """Run in place: a cycle a beat (about twelve frames, as animators time it)."""
    cycle = cue.beat + (0.5 if cue.flip > 0 else 0.0)
    pose.near_foot = _stride(cycle, 0.32, 0.24, 0.95, -0.01)
    pose.far_foot = _stride(cycle + 0.5, 0.32, 0.24, 0.95, 0.01)
    hop = 0.5 - 0.5 * math.cos(TAU * cycle * 2 + 0.5)
    pose.sink, pose.lift = 0.058, 0.05 * hop
    pose.lean, pose.curve, pose.tilt, pose.knee = 0.17, 0.06, -0.08, 1.0
    reach = math.cos(TAU * cycle)
    pose.near.angle, pose.near.flex = -0.22 - 0.75 * reach, 1.35 - 0.25 * reach
    pose.far.angle, pose.far.flex = -0.1 + 0.75 * reach, 1.35 + 0.25 * reach
    pose.near.hand = pose.far.hand = "fist"
    pose.squash = 0.018 * (hop - 0.5)
    pose.mood.open, pose.mood.brows = 0.25, 0.2


def jump(cue: Cue, pose: Pose) -> None:
    """Jump for joy: in the air between beats, landing on each of them."""
    air = math.sin(math.pi * cue.beat) ** 2
    land = 1.0 - air
    pose.lift = 0.3 * air * (0.7 + 0.3 * cue.energy)
    pose.sink = 0.012 + 0.085 * land**2
    tuck = 0.06 * air
    pose.near_foot = (-0.13, max(0.0, pose.lift - 0.03) + tuck, 0.55 * air)
    pose.far_foot = (0.13, max(0.0, pose.lift - 0.03) + 0.4 * tuck, 0.45 * air)
    pose.squash = 0.05 * (air - 0.5)
    pose.near.angle, pose.near.flex = -0.5 - 1.75 * air, -0.5 - 0.1 * air
    pose.far.angle, pose.far.flex = 0.5 + 1.75 * air, 0.5 + 0.1 * air
    pose.near.hand = pose.far.hand = "open"
    pose.nod = -0.35 * air + 0.2 * land
    pose.mood.smile, pose.mood.open, pose.mood.brows = 1.0, 0.2 + 0.45 * air, 0.5


def dance(cue: Cue, pose: Pose) -> None:
    """Dance, in one of four ways by variant."""
    (_side_step, _hands_up, _pump, _disco)[cue.variant % 4](cue, pose)
    pose.mood.smile = max(pose.mood.smile, 0.7)


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
    pose.near.angle, pose.near.flex = -2.35 + 0.28 * side, -0.35 + 0.45 * side
    pose.far.angle, pose.far.flex = 2.35 + 0.28 * side, 0.35 + 0.45 * side
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
    free_near, free_far = _free(side), _free(-side)
    pose.near_foot = (-0.14 + 0.06 * free_near, 0.02 * free_near, 0.5 * free_near)
    pose.far_foot = (0.14 - 0.06 * free_far, 0.015 * free_far, 0.45 * free_far)
    pose.sink += 0.02 + 0.012 * abs(side)


def _free(side: float) -> float:
    """Return how free of weight the foot on the other side is: smooth from 0 to 1."""
    share = max(0.0, min(1.0, (side - 0.15) / 0.7))
    return share * share * (3 - 2 * share)


def _stride(cycle: float, reach: float, height: float, push: float, x: float) -> Foot:
    """Return a foot in a step cycle: half of it on the ground going back, half swinging forward.

    The strike falls on cycle 0. `push` is the heel's pitch at toe-off in radians.
    """
    p = cycle % 1.0
    if p < 0.5:
        forward = reach * math.cos(TAU * p)
        off = max(0.0, (p - 0.3) / 0.2)
        strike = max(0.0, 1 - p / 0.12)
        pitch = push * off * off - 0.22 * strike
        return (x + forward, 0.0, pitch)
    q = (p - 0.5) * 2
    up = math.sin(math.pi * q)
    pitch = push * (1 - q) ** 2 + 0.25 * push * up - 0.22 * q**3
    return (x - reach * math.cos(math.pi * q), height * up, pitch)
