"""Two actions at once: one who sits on the phone, one who waves while running."""

from __future__ import annotations

from storyboard.generators.video.animatic.figure.skeleton import Arm, Pose

WHILE_SITTING = frozenset(
    (
        "phone",
        "read",
        "laugh",
        "wave",
        "sing",
        "guitar",
        "work",
        "cry",
        "point",
        "look_up",
        "talk",
        "window",
        "look_out",
    )
)
WHILE_RUNNING = frozenset(("phone", "laugh", "wave", "sing", "point"))
WHILE_WALKING = frozenset(("phone", "sing", "guitar", "talk", "cry", "hold_hands"))
_BOTH_ARMS = frozenset(("read", "laugh", "sing", "guitar", "work", "talk", "hold_hands"))
_SEATED = frozenset(("sit", "ride", "passenger"))
_HEAD_ONLY = frozenset(("look_up", "window", "look_out"))


def parts_of(action: str) -> tuple[str, str]:
    """Return what the legs do and what the rest does: "sit+phone" is ("sit", "phone")."""
    legs, _, rest = action.partition("+")
    return legs, rest or legs


def combine(legs: str, base: Pose, rest: str, upper: Pose) -> Pose:
    """Return `base` from the hips down, and `upper` in the arms and the face."""
    upper.seated, upper.hip_x, upper.lift, upper.knee = base.seated, base.hip_x, base.lift, base.knee
    upper.near_foot, upper.far_foot = base.near_foot, base.far_foot
    upper.lean, upper.roll, upper.sway = base.lean, base.roll, base.sway
    if legs in _SEATED:
        upper.sink = base.sink
        upper.far.front = True
    else:
        upper.sink, upper.squash, upper.curve = base.sink, base.squash, base.curve
    if rest not in _BOTH_ARMS or legs == "run":
        upper.near = base.near
    if rest in _HEAD_ONLY or (legs in ("walk", "run") and rest == "laugh"):
        upper.far = base.far
    if legs in _SEATED and rest in ("wave", "point"):
        upper.far = Arm(upper.far.angle + 0.12, upper.far.flex, hand=upper.far.hand)
    return upper
