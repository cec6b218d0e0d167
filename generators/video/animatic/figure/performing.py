"""The actions of musicians: singing with a microphone in the hand or on a stand, guitar, piano."""

from __future__ import annotations

from storyboard.generators.video.animatic.figure.acting import Cue, act, groove, sing_mouth
from storyboard.generators.video.animatic.figure.skeleton import Arm, Mood, Pose

KEYS_Y = -0.415
"""How high the keys of a piano are, in heights of who plays it."""
KEYS_X = (-0.02, 0.40)


@act("sing")
def sing(cue: Cue, pose: Pose) -> None:
    """Sing into a microphone in the hand; the free arm tells the line."""
    groove(cue, pose, 0.75)
    side = cue.flip * cue.swing(8)
    pose.hip_x += 0.035 * side
    pose.curve -= 0.05 * side
    lift = 0.5 + 0.5 * cue.swing(8, 0.3)
    pose.far = Arm(0.5 + 0.06 * cue.hit, 3.0 - 0.05 * cue.hit, hand="fist", front=True)
    pose.near = Arm(-0.35 - 0.55 * lift * cue.drive, 0.3 - 0.75 * lift + 0.15 * cue.hit, hand="open")
    _sing_face(cue, pose, side)
    pose.prop = "mic"


@act("sing_stand")
def sing_stand(cue: Cue, pose: Pose) -> None:
    """Sing into a microphone on its stand, both hands on it; the stand leans as the singer does."""
    groove(cue, pose, 0.6)
    side = cue.flip * cue.swing(8)
    pose.hip_x += 0.02 * side
    pose.lean, pose.curve = 0.03 + 0.03 * side, 0.03
    pose.near_foot, pose.far_foot = (-0.16, 0.0, 0.0), (0.16, 0.0, 0.0)
    pose.far = Arm(0.72, 2.8, hand="fist", front=True)
    pose.near = Arm(reach=(0.47, 0.5 + 0.04 * cue.swing(8, 0.2)), bend=-1, hand="fist", front=True)
    _sing_face(cue, pose, side)
    pose.prop = "mic_stand"


def _sing_face(cue: Cue, pose: Pose, side: float) -> None:
    pose.tilt += 0.05 * side - 0.05 * cue.mouth
    pose.nod -= 0.25 * cue.mouth
    pose.mood = Mood(smile=0.35, brows=0.2, lids=0.82 - 0.4 * cue.mouth * cue.energy, worry=0.3 * cue.mouth)
    sing_mouth(cue, pose.mood)


@act("guitar")
def guitar(cue: Cue, pose: Pose) -> None:
    """Strum a guitar on every beat and walk the neck."""
    groove(cue, pose, 0.8)
    strum = cue.swing(1, 0.25)
    pose.near = Arm(-0.52, 1.52 + 0.2 * strum, hand="fist", front=True)
    slide = 0.05 * cue.swing(8)
    pose.far = Arm(reach=(0.68 + slide, 0.56 - 0.35 * slide), bend=-1, hand="fist", front=True, over=True)
    side = cue.flip * cue.swing(4)
    pose.hip_x += 0.025 * side
    pose.curve += 0.05
    pose.tilt += 0.09 + 0.06 * side
    pose.nod += 0.3
    pose.near_foot, pose.far_foot = (-0.15, 0.0, 0.0), (0.15, 0.0, 0.0)
    pose.mood = Mood(smile=0.5, lids=0.62, gaze_y=0.45)
    pose.prop = "guitar"


@act("piano")
def piano(cue: Cue, pose: Pose) -> None:
    """Sit at a keyboard: the hands rise and fall by turns, and wander over the keys."""
    side = cue.flip * cue.swing(8)
    pose.seated, pose.planted = True, True
    pose.sink = 0.0
    pose.lean, pose.curve = 0.1 + 0.03 * side, 0.1
    pose.tilt += 0.05 + 0.06 * side
    pose.nod = 0.35 + 0.2 * cue.drive * cue.hit
    left, right = max(0.0, cue.swing(1, 0.25)), max(0.0, cue.swing(1, 0.75))
    wander = 0.03 * cue.swing(8, 0.1)
    y = KEYS_Y - 0.035
    pose.near = Arm(
        reach=(0.0 + wander, y - 0.03 * left * cue.drive),
        anchor="ground",
        bend=-1,
        hand="relaxed",
        front=True,
    )
    pose.far = Arm(
        reach=(0.15 - wander, y - 0.03 * right * cue.drive - 0.01), anchor="ground", bend=-1, front=True
    )
    pose.near_foot, pose.far_foot = (-0.1, 0.0, 0.0), (0.08, 0.0, -0.12 * cue.hit)
    pose.mood = Mood(smile=0.4, lids=0.7, gaze_x=0.4, gaze_y=0.55)
    pose.prop = "piano"
