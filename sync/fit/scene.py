"""Fit the clip of a scene into the slots of its shots, one after the other, without showing a frame twice.

What the clip is longer than its slots is spent between them, so that each shot begins where the clip
moves well. A clip that is shorter than its slots together runs slower throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from storyboard.schema.timeline import Retime
from storyboard.sync.fit.motion import Motion
from storyboard.sync.fit.slot import (
    SLOWEST,
    Slot,
    Usable,
    beats_of,
    bent,
    part_in,
    speed_for,
    there_and_back,
    too_short,
    usable_of,
)
from storyboard.sync.fit.warp import Anchor


def fit_scene(motion: Motion, slots: Sequence[Slot], name: str = "clip") -> list[Retime]:
    """Return how each shot of a scene is filled from its clip, in order.

    Raises:
        MediaError: the clip is too short, black or still; `name` says which.
    """
    usable = usable_of(motion, name)
    whole = replace(slots[0], length_s=sum(slot.length_s for slot in slots))
    speed = speed_for(usable, whole)
    if speed == 1.0:
        return _parts(motion, slots, usable, usable.shown_s - whole.shown_s)
    if speed >= SLOWEST:
        return _slowed(motion, slots, usable.first_s, speed)
    back = there_and_back(usable, whole.length_s) if any(slot.forward_and_back for slot in slots) else []
    if not back:
        raise too_short(usable, whole, name)
    return _shared(back, slots)


def _parts(motion: Motion, slots: Sequence[Slot], usable: Usable, slack_s: float) -> list[Retime]:
    """Give each shot the best part of what is left, and each of them as much to choose from."""
    fits, at_s = [], usable.first_s
    for index, slot in enumerate(slots):
        room_s = slack_s / (len(slots) - index)
        found = part_in(motion, slot, at_s, at_s + slot.shown_s + room_s)
        slack_s -= found.anchors[0][1] - at_s
        at_s = found.anchors[-1][1]
        fits.append(found)
    return fits


def _slowed(motion: Motion, slots: Sequence[Slot], at_s: float, speed: float) -> list[Retime]:
    """Share a clip that runs slower among the slots."""
    fits, beats = [], beats_of(motion)
    for slot in slots:
        fits.append(bent(at_s, speed, slot, beats, "slower"))
        at_s += speed * slot.length_s
    return fits


def _shared(anchors: Sequence[Anchor], slots: Sequence[Slot]) -> list[Retime]:
    """Share a clip that runs forward and back among the slots."""
    times_s, clip_s = np.array(anchors).T
    fits, from_s = [], 0.0
    for slot in slots:
        to_s = from_s + slot.length_s
        inside = [(t - from_s, c) for t, c in anchors if from_s + 1e-9 < t < to_s - 1e-9]
        ends = [float(np.interp(edge_s, times_s, clip_s)) for edge_s in (from_s, to_s)]
        fits.append(
            Retime(anchors=[(0.0, ends[0]), *inside, (slot.length_s, ends[1])], way="forward and back")
        )
        from_s = to_s
    return fits
