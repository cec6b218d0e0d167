"""The actions of hands, head and face: singing, phoning, waving, sitting and the rest."""

from __future__ import annotations

from storyboard.generators.video.animatic.figure.acting import Action, Cue, alive, groove, sing_mouth
from storyboard.generators.video.animatic.figure.combined import combine, parts_of
from storyboard.generators.video.animatic.figure.moves import dance, jump, run, walk
from storyboard.generators.video.animatic.figure.skeleton import Arm, Mood, Pose


def pose_of(action: str, cue: Cue) -> Pose:
    """Return the pose of an action at a cue; an action that is not known stands."""
    legs, rest = parts_of(action)
    pose = _posed(rest, cue)
    if legs != rest:
        pose = combine(legs, _posed(legs, cue), rest, pose)
    if rest != "sing":
        pose.mood.open = max(pose.mood.open, 0.8 * cue.mouth if rest in _SINGS_ALONG else 0.0)
    alive(cue, pose)
    return pose


def _posed(action: str, cue: Cue) -> Pose:
    pose = Pose()
    _ACTIONS.get(action, _stand)(cue, pose)
    return pose


def _stand(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.3)
    lean = cue.flip * 0.03
    pose.hip_x += lean
    pose.curve -= lean
    if cue.variant % 3 == 1:  # a hand on the hip
        pose.near = Arm(-0.62, 1.25, hand="fist")
    elif cue.variant % 3 == 2:  # the other hand on the hip
        pose.far = Arm(0.66, -1.2, hand="fist")
    pose.near.angle += 0.03 * cue.swing(4)
    pose.far.angle += 0.03 * cue.swing(4, 0.2)


def _sing(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.75)
    side = cue.flip * cue.swing(8)
    pose.hip_x += 0.035 * side
    pose.curve -= 0.05 * side
    lift = 0.5 + 0.5 * cue.swing(8, 0.3)
    pose.far = Arm(0.5 + 0.06 * cue.hit, 3.0 - 0.05 * cue.hit, hand="fist", front=True)
    pose.near = Arm(-0.35 - 0.55 * lift * cue.drive, 0.3 - 0.75 * lift + 0.15 * cue.hit, hand="open")
    pose.tilt += 0.05 * side - 0.05 * cue.mouth
    pose.nod -= 0.25 * cue.mouth
    pose.mood = Mood(smile=0.35, brows=0.2, lids=0.82 - 0.45 * cue.mouth * cue.energy, worry=0.3 * cue.mouth)
    sing_mouth(cue, pose.mood)
    pose.prop = "mic"


def _phone(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.18)
    pose.curve += 0.09
    pose.tilt += 0.13
    pose.nod = 0.75
    pose.far = Arm(0.34, 1.86 + 0.03 * cue.drift(2.3), hand="fist", front=True)
    pose.near = Arm(-0.3, 0.62)
    pose.mood = Mood(smile=0.15 + 0.2 * cue.drift(9.0), gaze_x=0.45, gaze_y=0.7, lids=0.72)
    pose.prop = "phone"


def _wave(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.45)
    pose.far = Arm(2.12 + 0.08 * cue.swing(4), 0.62 + 0.36 * cue.swing(1), hand="open")
    pose.lean = -0.03
    pose.tilt += 0.07
    pose.mood = Mood(smile=0.9, brows=0.5, open=0.3)


def _hug(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.3)
    sway = cue.swing(4)
    pose.lean = 0.09 + 0.03 * sway
    pose.curve = 0.06
    pose.tilt += 0.1 + 0.05 * sway
    pose.far = Arm(1.75 + 0.05 * sway, 0.12, hand="open")
    pose.near = Arm(1.02 - 0.05 * sway, 0.42 + 0.05 * sway, hand="relaxed")
    pose.far_foot = (0.2, 0.0, 0.0)
    pose.mood = Mood(smile=0.8, lids=0.12, brows=0.25)


def _embrace(cue: Cue, pose: Pose) -> None:
    """Hold someone who stands close in front."""
    groove(cue, pose, 0.12)
    sway = cue.swing(8)
    pose.lean = 0.11 + 0.012 * sway
    pose.curve = 0.07
    pose.tilt += 0.12 + 0.03 * sway
    pose.nod = 0.35
    pose.near = Arm(reach=(1.16, 0.46 + 0.02 * sway), bend=-1, front=True)
    pose.far = Arm(reach=(0.70, 0.20), bend=-1)
    pose.near_foot, pose.far_foot = (-0.14, 0.0, 0.0), (0.06, 0.0, 0.0)
    pose.mood = Mood(smile=0.8, lids=0.1, brows=0.25)


def _point_up(cue: Cue, pose: Pose) -> None:
    _point(cue, pose)
    pose.far = Arm(2.62 + 0.06 * cue.hit, 0.10 - 0.05 * cue.hit, hand="point")
    pose.tilt -= 0.08
    pose.mood = Mood(smile=0.3, brows=0.45, gaze_x=0.4, gaze_y=-0.6, open=0.12)


def _look_away(cue: Cue, pose: Pose) -> None:
    """What is seen of one who turned away when the camera comes near: lowered head, averted eyes."""
    groove(cue, pose, 0.12)
    pose.tilt = 0.14 + 0.02 * cue.swing(8)
    pose.curve = 0.06
    pose.nod = 0.55
    pose.mood = Mood(smile=-0.5, worry=0.6, lids=0.62, gaze_x=0.5, gaze_y=0.55)


def _point(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.4)
    pose.far = Arm(1.8 + 0.07 * cue.hit, 0.04 - 0.05 * cue.hit, hand="point")
    pose.near = Arm(-0.55, 1.25, hand="fist")
    pose.lean = 0.03
    pose.mood = Mood(smile=0.3, brows=0.35, gaze_x=0.7, open=0.12)


def _look_up(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.15)
    pose.lean = -0.045
    pose.curve = -0.05
    pose.tilt -= 0.2
    pose.nod = -0.95
    pose.near = Arm(-0.24, 0.3)
    pose.far = Arm(0.2, 0.35)
    pose.mood = Mood(smile=0.35, brows=0.55, gaze_x=0.35, gaze_y=-0.75, open=0.1)


def _turn_away(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.12)
    pose.back = True
    pose.tilt = 0.1 + 0.02 * cue.swing(8)
    pose.curve = 0.05
    pose.nod = 0.5
    pose.near = Arm(-0.1, 0.16)
    pose.far = Arm(0.09, 0.2)
    pose.mood = Mood(smile=-0.5, worry=0.6, lids=0.6)


def _guitar(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.8)
    strum = cue.swing(1, 0.25)
    pose.near = Arm(-0.52, 1.52 + 0.2 * strum, hand="fist", front=True)
    slide = 0.05 * cue.swing(8)
    pose.far = Arm(reach=(0.68 + slide, 0.56 - 0.35 * slide), bend=-1, hand="fist", front=True)
    side = cue.flip * cue.swing(4)
    pose.hip_x += 0.025 * side
    pose.curve += 0.05
    pose.tilt += 0.09 + 0.06 * side
    pose.nod += 0.3
    pose.near_foot, pose.far_foot = (-0.15, 0.0, 0.0), (0.15, 0.0, 0.0)
    pose.mood = Mood(smile=0.5, lids=0.62, gaze_y=0.45)
    pose.prop = "guitar"


def _work(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.25)
    left, right = cue.swing(1), cue.swing(1, 0.45)
    pose.curve = 0.1
    pose.tilt += 0.08
    pose.nod = 0.6
    pose.near = Arm(0.08 + 0.06 * left, 1.12 + 0.16 * left, hand="fist", front=True)
    pose.far = Arm(0.26 + 0.06 * right, 1.1 + 0.16 * right, hand="fist", front=True)
    pose.mood = Mood(smile=0.2, brows=-0.1, gaze_x=0.4, gaze_y=0.65, lids=0.8)


def _read(cue: Cue, pose: Pose) -> None:
    groove(cue, pose, 0.12)
    pose.curve = 0.08
    pose.tilt += 0.1
    pose.nod = 0.9
    pose.near = Arm(0.5, 1.22, hand="fist", front=True)
    pose.far = Arm(0.42, 1.66, hand="fist", front=True)
    pose.mood = Mood(smile=0.25, gaze_x=0.45 + 0.25 * cue.drift(2.6), gaze_y=0.7, lids=0.78)
    pose.prop = "book"


def _jolly_laugh(cue: Cue, pose: Pose) -> None:
    shake = cue.swing(0.5)
    groove(cue, pose, 0.55)
    pose.lean = -0.09 + 0.012 * shake
    pose.curve = -0.03 + 0.02 * shake
    pose.tilt -= 0.12 - 0.03 * cue.swing(4)
    pose.nod = -0.3 + 0.1 * shake
    pose.near = Arm(-0.12, 1.72 + 0.05 * shake, front=True)
    pose.far = Arm(0.42, 0.7 + 0.08 * shake)
    pose.mood = Mood(smile=1.0, open=0.72 + 0.16 * shake, lids=0.1, brows=0.55)


def _cry(cue: Cue, pose: Pose) -> None:
    sob = cue.swing(1) * (0.6 + 0.4 * cue.swing(4))
    pose.lean = 0.04
    pose.curve = 0.16 + 0.014 * sob
    pose.tilt += 0.16 + 0.02 * sob
    pose.nod = 0.7
    pose.sink += 0.006 * sob + 0.01
    pose.far = Arm(1.15 + 0.03 * sob, 2.6 - 0.05 * sob, hand="fist", front=True)
    pose.near = Arm(-0.02, 1.0)
    pose.mood = Mood(smile=-0.8, worry=1.0, lids=0.4, open=0.14 + 0.1 * sob, tears=1.0, gaze_y=0.5)


def _sit(cue: Cue, pose: Pose) -> None:
    _settle(cue, pose, 0.03)
    pose.nod += 0.12 * cue.drive * cue.hit
    pose.near = Arm(reach=(0.3, -0.17), anchor="hips", bend=-1, front=True)
    pose.far = Arm(reach=(0.55, -0.21), anchor="hips", bend=-1, front=True)
    tap = cue.hit * 0.22 * cue.drive
    pose.far_foot = (pose.far_foot[0], 0.0, -tap)


def _sleep(cue: Cue, pose: Pose) -> None:
    _settle(cue, pose, -0.1)
    breath = cue.drift(4.4)
    pose.curve = 0.5 + 0.02 * breath
    pose.tilt = 0.42 + 0.025 * breath
    pose.nod = 0.75
    pose.near = Arm(reach=(0.36, -0.15), anchor="hips", bend=-1, front=True)
    pose.far = Arm(reach=(0.6, -0.19), anchor="hips", bend=-1, front=True)
    pose.mood = Mood(smile=0.1, lids=0.0, brows=0.1, open=0.06 + 0.06 * breath)


def _settle(cue: Cue, pose: Pose, lean: float) -> None:
    pose.seated = True
    pose.lean = lean
    pose.sink = 0.0
    pose.near_foot, pose.far_foot = (-0.04, 0.0, 0.0), (0.1, 0.0, 0.0)
    pose.curve += 0.03 + 0.015 * cue.flip * cue.swing(4)


_SINGS_ALONG = frozenset(
    ("stand", "walk", "dance", "guitar", "sit", "look_up", "hug", "point", "point_up", "wave", "jump")
)
_ACTIONS: dict[str, Action] = {
    "stand": _stand, "walk": walk, "run": run, "dance": dance, "sit": _sit, "sing": _sing, "phone": _phone,
    "wave": _wave, "hug": _hug, "point": _point, "look_up": _look_up, "turn_away": _turn_away,
    "embrace": _embrace, "point_up": _point_up, "look_away": _look_away,
    "guitar": _guitar, "work": _work, "read": _read, "sleep": _sleep, "jump": jump, "laugh": _jolly_laugh,
    "cry": _cry,
}  # fmt: skip
