"""What two do together: hug, hold hands, talk; and what one does to another: wave, point."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.figure.acting import TAU, Cue, act, eased, groove
from storyboard.generators.video.animatic.figure.skeleton import Arm, Mood, Pose

TURN_BEATS = 8
"""How long one speaks before the other does."""
HANDS_MET = (0.49, 0.475)
"""How high two hold hands: at least so many heights of the smaller, and of the taller."""


@act("wave")
def wave(cue: Cue, pose: Pose) -> None:
    """Wave a raised hand from the elbow, once a beat."""
    groove(cue, pose, 0.45)
    pose.far = Arm(2.12 + 0.08 * cue.swing(4), 0.62 + 0.36 * cue.swing(1), hand="open")
    pose.lean = -0.03
    pose.tilt += 0.07
    pose.mood = Mood(smile=0.9, brows=0.5, open=0.3)


@act("hug")
def hug(cue: Cue, pose: Pose) -> None:
    """Open the arms to somebody."""
    groove(cue, pose, 0.3)
    sway = cue.swing(4)
    pose.lean = 0.09 + 0.03 * sway
    pose.curve = 0.06
    pose.tilt += 0.1 + 0.05 * sway
    pose.far = Arm(1.75 + 0.05 * sway, 0.12, hand="open")
    pose.near = Arm(1.02 - 0.05 * sway, 0.42 + 0.05 * sway, hand="relaxed")
    pose.far_foot = (0.2, 0.0, 0.0)
    pose.mood = Mood(smile=0.8, lids=0.12, brows=0.25)


@act("embrace")
def embrace(cue: Cue, pose: Pose) -> None:
    """Hold someone who stands close in front."""
    groove(cue, pose, 0.12)
    sway = cue.swing(8)
    pose.lean = 0.11 + 0.012 * sway
    pose.curve = 0.07
    pose.tilt += 0.12 + 0.03 * sway
    pose.nod = 0.35
    _, height = cue.playing.partner or (0.3, 1.0)
    down = min(0.45, max(0.0, 1.0 - height))  # round the back of one who is shorter, not behind the head
    pose.near = Arm(reach=(1.16 - 0.9 * down, 0.46 + 1.5 * down + 0.02 * sway), bend=-1, front=True)
    pose.far = Arm(reach=(0.70 - 0.5 * down, 0.20 + 2.6 * down), bend=-1)
    pose.near_foot, pose.far_foot = (-0.14, 0.0, 0.0), (0.06, 0.0, 0.0)
    pose.mood = Mood(smile=0.8, lids=0.1, brows=0.25)


@act("hold_hands")
def hold_hands(cue: Cue, pose: Pose) -> None:
    """Hold the hand of who stands beside, and swing it a little; alone, hold out a hand."""
    groove(cue, pose, 0.35)
    distance, height = cue.playing.partner or (0.5, 1.0)
    met = max(HANDS_MET[0] * min(1.0, height), HANDS_MET[1] * max(1.0, height))
    sway = 0.012 * math.sin(TAU * cue.beat / 4)
    held = Arm(
        reach=(distance / 2 - math.copysign(0.012, distance), sway - met),
        anchor="ground", bend=-1 if distance > 0 else 1, hand="fist" if cue.playing.partner else "open",
    )  # fmt: skip
    if distance > 0:
        pose.far, pose.near = held, Arm(-0.16 + 0.03 * cue.swing(4), 0.26)
    else:
        pose.near = held
    pose.tilt += 0.07 + 0.03 * cue.swing(8)
    pose.mood = Mood(smile=0.7, brows=0.2, gaze_x=0.55)


@act("talk")
def talk(cue: Cue, pose: Pose) -> None:
    """Speak with the hands while it is one's turn, else listen and nod."""
    speaks = speaking(cue)
    groove(cue, pose, 0.22)
    gesture = cue.swing(2, 0.1) * (0.7 + 0.3 * cue.swing(8))
    pose.far = Arm(
        0.22 + speaks * (0.28 + 0.12 * gesture),
        0.35 + speaks * (1.0 + 0.28 * gesture),
        hand="open" if speaks > 0.5 else "relaxed",
    )
    pose.near = Arm(-0.2 - 0.2 * speaks, 0.3 + speaks * (0.8 + 0.22 * cue.swing(4, 0.3)))
    pose.lean = 0.03 * speaks
    pose.tilt += 0.04 + 0.05 * (1 - speaks) + 0.03 * speaks * cue.swing(4)
    pose.nod = 0.08 + (1 - speaks) * 0.22 * max(0.0, cue.swing(2)) - 0.06 * speaks * gesture
    babble = 0.5 + 0.5 * math.sin(cue.t_s * 17.3) * math.sin(cue.t_s * 11.1 + 1.0)
    pose.mood = Mood(smile=0.35, brows=0.25 * speaks, open=0.5 * speaks * babble, gaze_x=0.6)
    pose.mood.wide = 0.6 * speaks * math.sin(cue.t_s * 7.7)


def speaking(cue: Cue) -> float:
    """Return how much it is one's turn to speak, 0 to 1: turns change within a beat."""
    at = (cue.beat / TURN_BEATS + cue.playing.turn) % 2.0
    edge = 0.5 / TURN_BEATS
    return eased(at / edge) * (1.0 - eased((at - 1.0 + edge) / edge)) if at < 1.0 else 0.0


@act("point")
def point(cue: Cue, pose: Pose) -> None:
    """Point ahead."""
    groove(cue, pose, 0.4)
    pose.far = Arm(1.8 + 0.07 * cue.hit, 0.04 - 0.05 * cue.hit, hand="point")
    pose.near = Arm(-0.55, 1.25, hand="fist")
    pose.lean = 0.03
    pose.mood = Mood(smile=0.3, brows=0.35, gaze_x=0.7, open=0.12)


@act("point_up")
def point_up(cue: Cue, pose: Pose) -> None:
    """Point at the sky."""
    point(cue, pose)
    pose.far = Arm(2.62 + 0.06 * cue.hit, 0.10 - 0.05 * cue.hit, hand="point")
    pose.tilt -= 0.08
    pose.mood = Mood(smile=0.3, brows=0.45, gaze_x=0.4, gaze_y=-0.6, open=0.12)
