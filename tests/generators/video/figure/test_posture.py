"""Where the limbs are, measured on the joints: no arm through a body or a face, no foot that slides."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

pytest.importorskip("skia")

from storyboard.generators.video.animatic.figure.acting import ACTS, Moment, Playing, cue_of
from storyboard.generators.video.animatic.figure.body import body_of
from storyboard.generators.video.animatic.figure.combined import (
    WHILE_RUNNING,
    WHILE_SITTING,
    WHILE_WALKING,
)
from storyboard.generators.video.animatic.figure.gestures import pose_of
from storyboard.generators.video.animatic.figure.moves import STEPS
from storyboard.generators.video.animatic.figure.rig import torso_ribbon
from storyboard.generators.video.animatic.figure.shapes import lerp
from storyboard.generators.video.animatic.figure.skeleton import Body, Joints, Pose, solve
from storyboard.schema.cast import Character


def body(gender: str, age: int) -> Body:
    record = {
        "name": "Maya", "gender": gender, "age": age, "hair": {"color": "brown", "length": "long"},
        "eyes": "brown", "clothing": [{"item": "dress", "color": "red"}],
    }  # fmt: skip
    return body_of(Character.model_validate(record))


BODIES = {
    "woman": body("woman", 28),
    "man": body("man", 40),
    "child": body("boy", 8),
    "robot": body("robot", 2),
}
COMBINED = [
    *(f"sit+{action}" for action in sorted(WHILE_SITTING)),
    *(f"run+{action}" for action in sorted(WHILE_RUNNING)),
    *(f"walk+{action}" for action in sorted(WHILE_WALKING)),
    "ride+phone", "ride+talk", "passenger+sing",
]  # fmt: skip
SHOWN = [action for action in sorted({*ACTS, *COMBINED}) if "turn_away" not in action]
BEHIND_ON_PURPOSE = {"walk", "run", "stand", "dance", "look_up"}
"""What lets the far arm swing or rest behind the body."""


def poses(action: str, shape: Body, playing: Playing | None = None) -> Iterator[tuple[Pose, Joints]]:
    """Yield an action at eight phases of each of two bars, as two figures do it."""
    for variant in range(4 if action in ("stand", "dance") else 2):
        for step in range(16):
            beat = step * 0.5
            moment = Moment(beat / 2, beat, 0.7, 0.5, playing or Playing())
            pose = pose_of(action, cue_of(moment, 0.37, variant))
            yield pose, solve(shape, pose)


@pytest.mark.parametrize("action", SHOWN)
@pytest.mark.parametrize("shape", BODIES)
def test_no_elbow_or_forearm_lies_across_a_face(action: str, shape: str) -> None:
    radius = BODIES[shape].head_r
    for pose, joints in poses(action, BODIES[shape]):
        arms = [joints.near_arm, joints.far_arm] if pose.far.front else [joints.near_arm]
        for _, elbow, wrist in arms:
            nearest = min(math.dist(lerp(elbow, wrist, share / 10), joints.head) for share in range(8))
            assert nearest > 0.9 * radius


@pytest.mark.parametrize("action", SHOWN)
@pytest.mark.parametrize("shape", BODIES)
def test_no_arm_goes_through_the_body(action: str, shape: str) -> None:
    """A far arm is behind the body, or before it from an elbow that is beside it, or before it whole."""
    for pose, joints in poses(action, BODIES[shape]):
        torso = torso_ribbon(BODIES[shape], joints, False, -0.004).outline()
        _, elbow, wrist = joints.far_arm
        if pose.far.front and not pose.far.over:
            assert not torso.contains(*elbow)
        elif not pose.far.front and action.partition("+")[0] not in BEHIND_ON_PURPOSE:
            assert not torso.contains(*wrist), "a hand that does something must be seen"


@pytest.mark.parametrize(("action", "ground"), [("walk", 0.5), ("run", 0.36)])
@pytest.mark.parametrize(("step", "beats"), [(0.0, 0.0), (0.25, 1.0), (0.4, 2.0)])
@pytest.mark.parametrize("shape", BODIES)
def test_a_foot_on_the_ground_stays_on_its_point(
    action: str, ground: float, step: float, beats: float, shape: str
) -> None:
    """The body goes on by one step length in the time of a step; the ankle's place then does not change."""
    natural, beats_a_step = STEPS[action]
    length, time = (step or natural) * BODIES[shape].leg, beats or beats_a_step
    playing = Playing(step=step, beats=beats)
    for variant in (0, 1):
        strike = 0.0 if variant == 0 else -0.5
        for share in (0.0, 0.02, 0.2, 0.4, 0.55, 0.8):
            places = []
            for part in (share, share + 0.15):
                beat = (part * ground + strike + 3) * 2 * time
                cue = cue_of(Moment(beat / 2, beat, 0.5, 0.0, playing), 0.5, variant)
                joints = solve(BODIES[shape], pose_of(action, cue))
                places.append(joints.near_leg[2][0] + length * beat / time)
            assert abs(places[1] - places[0]) < 0.004 * BODIES[shape].height


def test_a_runner_leaves_the_ground_and_a_walker_does_not() -> None:
    def lowest(action: str) -> list[float]:
        return [
            max(joints.near_leg[2][1], joints.far_leg[2][1] + 0.014 * BODIES["woman"].height)
            for _, joints in poses_over(action)
        ]

    def poses_over(action: str) -> Iterator[tuple[Pose, Joints]]:
        for step in range(48):
            beat = step / 24
            pose = pose_of(action, cue_of(Moment(beat / 2, beat, 0.5, 0.0), 0.5, 0))
            yield pose, solve(BODIES["woman"], pose)

    ground = -BODIES["woman"].ankle
    assert min(lowest("run")) < ground - 0.01
    assert min(lowest("walk")) > ground - 0.03


@pytest.mark.parametrize(("distance", "other"), [(0.42, 1.05), (0.42, 0.95), (0.4, 0.7), (-0.42, 1.0)])
def test_hands_that_are_held_meet(distance: float, other: float) -> None:
    """Each of the two reaches for the same point, and gets there."""
    meeting = []
    for partner in ((distance, other), (distance / other if distance > 0 else -distance / other, 1 / other)):
        playing = Playing(partner=partner)
        pose = pose_of("hold_hands", cue_of(Moment(1.0, 2.0, 0.5, 0.0, playing), 0.5, 0))
        size = 1.0 if partner == (distance, other) else other
        shape = BODIES["woman"]
        joints = solve(shape, pose)
        wrist = (joints.far_arm if partner[0] > 0 else joints.near_arm)[2]
        meeting.append((abs(wrist[0]) * size / shape.height, wrist[1] * size / shape.height))
    assert meeting[0][1] == pytest.approx(meeting[1][1], abs=0.03)
    assert meeting[0][0] + meeting[1][0] == pytest.approx(abs(distance), abs=0.06)
