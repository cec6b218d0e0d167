"""The pose of any action at any moment, and the actions of head and face: to look, to laugh, to cry."""

from __future__ import annotations

from storyboard.generators.video.animatic.figure import daily, dances, performing, together  # noqa: F401
from storyboard.generators.video.animatic.figure.acting import ACTS, Cue, act, alive, groove, sing_mouth
from storyboard.generators.video.animatic.figure.combined import combine, parts_of
from storyboard.generators.video.animatic.figure.feelings import feel
from storyboard.generators.video.animatic.figure.moves import stand
from storyboard.generators.video.animatic.figure.skeleton import Arm, Mood, Pose

_OWN_FACE = {
    "laugh": 0.0, "cry": 0.0, "sleep": 0.0, "lie": 0.0, "embrace": 0.0, "hug": 0.15, "jump": 0.2,
    "wave": 0.35, "dance": 0.35, "dance_jump": 0.2, "waltz": 0.5, "sing": 0.6, "sing_stand": 0.6,
    "run": 0.6, "hold_hands": 0.6,
}  # fmt: skip
"""How much a feeling shows besides what the action does to the face; 0.85 in all others."""
_SILENT = frozenset(("sing", "sing_stand", "sleep", "lie", "cry", "turn_away"))
"""Those who have sung already, and who cannot sing along."""
_LOOKING_AT = frozenset(
    ("talk", "wave", "hold_hands", "hug", "laugh", "stand", "sit", "waltz", "run", "walk")
)
"""Those whose eyes are on whoever is before them."""
_LAG_BEATS = 0.13
"""How far forearms and head come behind the upper body."""


def pose_of(action: str, cue: Cue) -> Pose:
    """Return the pose of an action at a cue; an action that is not known stands."""
    legs, rest = parts_of(action)
    pose = _posed(rest, cue)
    if legs != rest:
        pose = combine(legs, _posed(legs, cue), rest, pose)
    _follow_through(pose, rest, cue)
    feel(pose, cue.playing.feeling, _OWN_FACE.get(rest, 0.85))
    if rest in _LOOKING_AT:
        up = max(-0.35, min(0.35, cue.playing.up))
        pose.mood.gaze_y -= 1.5 * up
        pose.nod -= 1.1 * up
    if rest not in _SILENT:
        sing_mouth(cue, pose.mood, 0.85)
    alive(cue, pose)
    return pose


def _posed(action: str, cue: Cue) -> Pose:
    pose = Pose()
    ACTS.get(action, stand)(cue, pose)
    return pose


def _follow_through(pose: Pose, rest: str, cue: Cue) -> None:
    """Let forearms and head come a little after the body, as what hangs on it does."""
    if rest in ("walk", "run", "guitar", "jump"):
        return  # the beat of a step, a strum or a landing is in the hands themselves
    late = _posed(rest, cue.later(-_LAG_BEATS))
    for arm, held in ((pose.near, late.near), (pose.far, late.far)):
        if arm.reach is None and held.reach is None:
            arm.flex += 0.6 * (held.flex - arm.flex)
    pose.tilt += 0.6 * (late.tilt - pose.tilt)


@act("look_away")
def look_away(cue: Cue, pose: Pose) -> None:
    """What is seen of one who turned away when the camera comes near: lowered head, averted eyes."""
    groove(cue, pose, 0.12)
    pose.tilt = 0.14 + 0.02 * cue.swing(8)
    pose.curve = 0.06
    pose.nod = 0.55
    pose.mood = Mood(smile=-0.5, worry=0.6, lids=0.62, gaze_x=0.5, gaze_y=0.55)


@act("look_up")
def look_up(cue: Cue, pose: Pose) -> None:
    """Look up at the sky."""
    groove(cue, pose, 0.15)
    pose.lean = -0.045
    pose.curve = -0.05
    pose.tilt -= 0.2
    pose.nod = -0.95
    pose.near = Arm(-0.24, 0.3)
    pose.far = Arm(0.2, 0.35)
    pose.mood = Mood(smile=0.35, brows=0.55, gaze_x=0.35, gaze_y=-0.75, open=0.1)


@act("turn_away")
def turn_away(cue: Cue, pose: Pose) -> None:
    """Show the back, the head bowed."""
    groove(cue, pose, 0.12)
    pose.back = True
    pose.tilt = 0.1 + 0.02 * cue.swing(8)
    pose.curve = 0.05
    pose.nod = 0.5
    pose.near = Arm(-0.1, 0.16)
    pose.far = Arm(0.09, 0.2)
    pose.mood = Mood(smile=-0.5, worry=0.6, lids=0.6)


@act("laugh")
def laugh(cue: Cue, pose: Pose) -> None:
    """Laugh from the belly, a hand on it."""
    shake = cue.swing(0.5)
    groove(cue, pose, 0.55)
    pose.lean = -0.09 + 0.012 * shake
    pose.curve = -0.03 + 0.02 * shake
    pose.tilt -= 0.12 - 0.03 * cue.swing(4)
    pose.nod = -0.3 + 0.1 * shake
    pose.near = Arm(-0.12, 1.72 + 0.05 * shake, front=True)
    pose.far = Arm(0.42, 0.7 + 0.08 * shake)
    pose.mood = Mood(smile=1.0, open=0.72 + 0.16 * shake, lids=0.1, brows=0.55)


@act("cry")
def cry(cue: Cue, pose: Pose) -> None:
    """Cry, and wipe the tears with the back of a hand."""
    sob = cue.swing(1) * (0.6 + 0.4 * cue.swing(4))
    pose.lean = 0.04
    pose.curve = 0.16 + 0.014 * sob
    pose.tilt += 0.16 + 0.02 * sob
    pose.nod = 0.7
    pose.sink += 0.006 * sob + 0.01
    pose.far = Arm(1.15 + 0.03 * sob, 2.6 - 0.05 * sob, hand="fist", front=True)
    pose.near = Arm(-0.02, 1.0)
    pose.mood = Mood(smile=-0.8, worry=1.0, lids=0.4, open=0.14 + 0.1 * sob, tears=1.0, gaze_y=0.5)
