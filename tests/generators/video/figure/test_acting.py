"""How the figures move: without a jump, on the beat, each in its own way."""

from __future__ import annotations

import math

import pytest

from storyboard.generators.video.animatic.blocking import EMBRACE
from storyboard.generators.video.animatic.figure.acting import ACTS, Moment, cue_of
from storyboard.generators.video.animatic.figure.actions import ACTIONS
from storyboard.generators.video.animatic.figure.body import body_of
from storyboard.generators.video.animatic.figure.combined import (
    WHILE_RUNNING,
    WHILE_SITTING,
    WHILE_WALKING,
)
from storyboard.generators.video.animatic.figure.gestures import pose_of
from storyboard.generators.video.animatic.figure.skeleton import Joints, Pose, solve
from storyboard.generators.video.animatic.scenery import ADULT
from storyboard.schema.cast import Character

COMBINED = [
    *(f"sit+{action}" for action in sorted(WHILE_SITTING)),
    *(f"run+{action}" for action in sorted(WHILE_RUNNING)),
    *(f"walk+{action}" for action in sorted(WHILE_WALKING)),
    "ride+phone", "ride+talk", "passenger+sing",
]  # fmt: skip
BODY = body_of(
    Character.model_validate(
        {
            "name": "Maya", "gender": "woman", "age": 28, "hair": {"color": "brown", "length": "long"},
            "eyes": "brown", "clothing": [{"item": "dress", "color": "red"}],
        }
    )
)  # fmt: skip
FRAME_S, BEATS_PER_S = 1 / 24, 2.0


def joints_at(action: str, t_s: float, variant: int = 0, phase: float = 0.37) -> Joints:
    moment = Moment(t_s, t_s * BEATS_PER_S, 0.7, 0.5)
    return solve(BODY, pose_of(action, cue_of(moment, phase, variant)))


def points(joints: Joints) -> list[tuple[float, float]]:
    limbs = (*joints.near_arm, *joints.far_arm, *joints.near_leg, *joints.far_leg)
    return [joints.pelvis, joints.neck, joints.head, *limbs]


@pytest.mark.parametrize("action", sorted({*ACTS, *COMBINED}))
@pytest.mark.parametrize("variant", range(4))
def test_no_joint_jumps_between_frames(action: str, variant: int) -> None:
    limit = {"jump": 0.22, "run": 0.17, "dance": 0.17, "dance_jump": 0.12}.get(action.partition("+")[0], 0.09)
    before = points(joints_at(action, 0.0, variant))
    for frame in range(1, 24 * 8):
        after = points(joints_at(action, frame * FRAME_S, variant))
        assert max(math.dist(a, b) for a, b in zip(before, after, strict=True)) < limit, frame
        before = after


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_stands_frozen(action: str) -> None:
    first = points(joints_at(action, 0.0))
    moved = [
        math.dist(a, b) for t in (0.4, 1.1) for a, b in zip(first, points(joints_at(action, t)), strict=True)
    ]
    assert max(moved) > 0.002


@pytest.mark.parametrize("second", sorted(WHILE_SITTING))
def test_one_who_sits_with_something_to_do_sits_and_does_it(second: str) -> None:
    both, sitting, doing = (joints_at(action, 1.3) for action in (f"sit+{second}", "sit", second))
    assert both.pelvis == sitting.pelvis
    assert both.near_leg == sitting.near_leg

    def pose(action: str) -> Pose:
        return pose_of(action, cue_of(Moment(1.3, 2.6, 0.7, 0.5), 0.37, 0))

    assert pose(f"sit+{second}").seated
    assert pose(f"sit+{second}").prop == pose(second).prop
    assert pose(f"sit+{second}").mood == pose(second).mood
    assert doing.pelvis != sitting.pelvis


def test_an_embrace_reaches_behind_the_other() -> None:
    hand = 0.05
    for t_s in (0.2, 1.0, 2.3):
        assert joints_at("embrace", t_s).near_arm[2][0] + hand > EMBRACE / ADULT


def test_dancers_dip_on_the_beat() -> None:
    def hips(beat: float) -> float:
        moment = Moment(beat / BEATS_PER_S, beat, 0.8, 0.0)
        return solve(BODY, pose_of("dance", cue_of(moment, 0.5, 0))).pelvis[1]

    assert all(hips(beat) > hips(beat + 0.5) for beat in range(8))


def test_a_foot_strikes_on_every_beat_of_a_walk() -> None:
    for beat in range(6):
        moment = Moment(beat / BEATS_PER_S, float(beat), 0.5, 0.0)
        joints = solve(BODY, pose_of("walk", cue_of(moment, 0.5, 0)))
        apart = abs(joints.near_leg[2][0] - joints.far_leg[2][0])
        assert apart > 0.4 * BODY.leg


def test_four_dancers_do_not_move_alike() -> None:
    poses = [points(joints_at("dance", 1.3, variant)) for variant in range(4)]
    for i in range(4):
        for j in range(i):
            assert max(math.dist(a, b) for a, b in zip(poses[i], poses[j], strict=True)) > 0.05


def test_the_mouth_follows_the_voice() -> None:
    def mouth(opening: float) -> float:
        return pose_of("sing", cue_of(Moment(1.0, 2.0, 0.5, opening), 0.2, 1)).mood.open

    assert mouth(0.0) < 0.05 < mouth(0.5) < mouth(1.0)
