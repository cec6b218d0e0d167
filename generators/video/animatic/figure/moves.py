"""The actions that move the whole body: walking, running, jumping.

A foot on the ground goes back exactly as fast as the body goes on, so it stays on its point: figure
space moves with the body, by STEPS leg lengths every so many beats or by what the moment asks.
"""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.figure.acting import TAU, Cue, act, groove
from storyboard.generators.video.animatic.figure.skeleton import Pose

Foot = tuple[float, float, float]

STEPS = {"walk": (0.54, 1.0), "run": (0.8, 0.5)}
"""Natural length of a step, in leg lengths, and how many beats it takes."""
WALK_GROUND, RUN_GROUND = 0.5, 0.36
"""Share of a cycle that a foot is on the ground: a runner is in the air between."""


def step_of(action: str, cue: Cue) -> tuple[float, float]:
    """Return the length of a step in leg lengths, and the beats it takes, at a cue."""
    length, beats = STEPS[action]
    return cue.playing.step or length, cue.playing.beats or beats


@act("walk")
def walk(cue: Cue, pose: Pose) -> None:
    """Walk: a cycle of two steps, a foot strikes on every beat."""
    step, beats = step_of("walk", cue)
    cycle = cue.beat / (2 * beats) + (0.5 if cue.flip > 0 else 0.0)
    size = min(1.0, step / STEPS["walk"][0])
    reach, height, push = step / 2, 0.05 + 0.05 * size, 0.2 + 0.32 * size
    pose.near_foot = stride(cycle, reach, WALK_GROUND, height, push, -0.015)
    pose.far_foot = stride(cycle + 0.5, reach, WALK_GROUND, height, push, 0.015)
    pose.sink = 0.012 + 0.024 * size + (0.006 + 0.018 * size) * math.cos(TAU * cycle * 2)
    pose.lean, pose.knee = 0.05 * size, 0.9
    pose.roll = 0.03 * math.sin(TAU * cycle)
    swing = math.cos(TAU * cycle) * (0.35 + 0.65 * size)
    pose.near.angle, pose.near.flex = -0.27 - 0.2 * swing, 0.18 - 0.1 * swing
    pose.far.angle, pose.far.flex = 0.14 + 0.34 * swing, 0.3 + 0.14 * swing
    pose.nod += 0.08 * math.cos(TAU * cycle * 2)


@act("run")
def run(cue: Cue, pose: Pose) -> None:
    """Run: a cycle a beat (about twelve frames, as animators time it)."""
    step, beats = step_of("run", cue)
    cycle = cue.beat / (2 * beats) + (0.5 if cue.flip > 0 else 0.0)
    size = min(1.0, step / STEPS["run"][0])
    reach, height, push = step * RUN_GROUND, 0.16 + 0.08 * size, 0.55 + 0.4 * size
    pose.near_foot = stride(cycle, reach, RUN_GROUND, height, push, -0.01)
    pose.far_foot = stride(cycle + 0.5, reach, RUN_GROUND, height, push, 0.01)
    hop = 0.5 - 0.5 * math.cos(TAU * 2 * (cycle - RUN_GROUND / 2))
    pose.sink, pose.lift = 0.036 + 0.076 * size, 0.055 * hop
    pose.lean, pose.curve, pose.tilt, pose.knee = 0.1 + 0.07 * size, 0.06, -0.08, 1.0
    swing = math.cos(TAU * cycle) * (0.6 + 0.4 * size)
    pose.near.angle, pose.near.flex = -0.22 - 0.75 * swing, 1.35 - 0.25 * swing
    pose.far.angle, pose.far.flex = -0.1 + 0.75 * swing, 1.35 + 0.25 * swing
    pose.near.hand = pose.far.hand = "fist"
    pose.squash = 0.018 * (hop - 0.5)
    pose.mood.open, pose.mood.brows = 0.25, 0.2


@act("jump")
def jump(cue: Cue, pose: Pose) -> None:
    """Jump for joy: in the air between beats, landing on each of them."""
    air = math.sin(math.pi * cue.beat) ** 2
    land = 1.0 - air
    pose.lift = 0.22 * air * (0.7 + 0.3 * cue.energy)
    pose.sink = 0.012 + 0.085 * land**2
    tuck = 0.06 * air
    pose.near_foot = (-0.13, max(0.0, pose.lift - 0.03) + tuck, 0.55 * air)
    pose.far_foot = (0.13, max(0.0, pose.lift - 0.03) + 0.4 * tuck, 0.45 * air)
    pose.squash = 0.05 * (air - 0.5)
    folded = 1.1 * math.sin(math.pi * air)  # hands go up close to the body, not into a neighbour's face
    pose.near.angle, pose.near.flex = -0.5 - 1.75 * air, -0.5 - 0.1 * air - folded
    pose.far.angle, pose.far.flex = 0.5 + 1.75 * air, 0.5 + 0.1 * air + folded
    pose.near.hand = pose.far.hand = "open"
    pose.nod = -0.35 * air + 0.2 * land
    pose.mood.smile, pose.mood.open, pose.mood.brows = 1.0, 0.2 + 0.45 * air, 0.5


@act("stand")
def stand(cue: Cue, pose: Pose) -> None:
    """Stand at ease, the weight on one leg, perhaps a hand on the hip."""
    groove(cue, pose, 0.3)
    lean = cue.flip * 0.03
    pose.hip_x += lean
    pose.curve -= lean
    if cue.variant % 3 == 1:
        pose.near.angle, pose.near.flex, pose.near.hand = -0.62, 1.25, "fist"
    elif cue.variant % 3 == 2:
        pose.far.angle, pose.far.flex, pose.far.hand = 0.66, -1.2, "fist"
    pose.near.angle += 0.03 * cue.swing(4)
    pose.far.angle += 0.03 * cue.swing(4, 0.2)


def stride(cycle: float, reach: float, ground: float, height: float, push: float, x: float) -> Foot:
    """Return a foot in a cycle, in leg lengths: for a share on the ground going back, then swinging forward.

    The strike falls on cycle 0. `push` is the heel's pitch at toe-off in radians.
    """
    p = cycle % 1.0
    if p < ground:
        share = p / ground
        off = max(0.0, (share - 0.6) / 0.4)
        pitch = push * off * off - 0.22 * max(0.0, 1 - share / 0.24)
        return (x + reach * (1 - 2 * share), 0.0, pitch)
    q = (p - ground) / (1 - ground)
    pitch = push * (1 - q) ** 2 + 0.25 * push * math.sin(math.pi * q) - 0.22 * q**3
    return (x + _swung(q, reach, -2 * reach * (1 - ground) / ground), height * math.sin(math.pi * q), pitch)


def _swung(q: float, reach: float, speed: float) -> float:
    """Return where a swinging foot is: from -reach to reach, lifted and set down at the ground's speed."""
    ahead = reach * (6 * q * q - 4 * q**3 - 1)
    return ahead + speed * (2 * q**3 - 3 * q * q + q)
