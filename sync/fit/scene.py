"""Fit the clip of a scene into the slots of its shots, one after the other, without showing a frame twice.

What the clip is longer than its slots is spent between them, so that each shot begins where the clip
moves well. A clip that is shorter than its slots together runs slower throughout.
"""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Retime
from storyboard.sync.fit.motion import Motion, part_of
from storyboard.sync.fit.slot import Slot, fit


def fit_scene(motion: Motion, slots: Sequence[Slot], name: str = "clip") -> list[Retime]:
    """Return how each shot of a scene is filled from its clip, in order.

    Raises:
        MediaError: the clip is too short; `name` says which.
    """
    whole = Slot(
        sum(slot.length_s for slot in slots), forward_and_back=any(s.forward_and_back for s in slots)
    )
    slack_s = motion.duration_s - whole.length_s
    if slack_s <= 0:
        return _slowed(motion, slots, fit(motion, whole, name))
    fits, at_s = [], 0.0
    for index, slot in enumerate(slots):
        room_s = slack_s / (len(slots) - index)
        found = _moved(fit(part_of(motion, at_s, slot.length_s + room_s), slot, name), at_s)
        slack_s -= found.anchors[0][1] - at_s
        at_s = found.anchors[-1][1]
        fits.append(found)
    return fits


def _slowed(motion: Motion, slots: Sequence[Slot], whole: Retime) -> list[Retime]:
    """Share a clip that runs slower, or forward and back, among the slots."""
    if whole.way == "forward and back":
        raise MediaError("cannot be shared among shots forward and back", hint="give the scene one shot")
    fits, at_s = [], whole.anchors[0][1]
    for slot in slots:
        length_s = whole.speed * slot.length_s
        fits.append(_moved(fit(part_of(motion, at_s, length_s), slot), at_s))
        at_s += length_s
    return fits


def _moved(found: Retime, by_s: float) -> Retime:
    anchors = [(time_s, clip_s + by_s) for time_s, clip_s in found.anchors]
    return found.model_copy(update={"anchors": anchors})
