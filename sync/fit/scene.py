"""Fit the clip of a scene into the slots of its shots, one after the other, without showing a frame twice.

What the clip is longer than its slots is spent between them, so that each shot begins where the clip
moves well. A clip that is shorter than its slots together runs slower throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from storyboard.schema.errors import MediaError
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


def fit_scene(
    motion: Motion,
    slots: Sequence[Slot],
    name: str = "clip",
    pieces_s: Sequence[tuple[float, float]] = (),
) -> list[Retime]:
    """Return how each shot of a scene is filled from its clip, in order.

    Args:
        motion: of the clip.
        slots: of the shots.
        name: of the clip, for errors.
        pieces_s: what of the clip was shot for each slot, from and to, in seconds; a shot shows nothing
            beyond its own. Empty: all of it for all of them.

    Raises:
        MediaError: the clip or a piece is too short, black or still; `name` says which.
    """
    if pieces_s:
        found = []
        for number, (slot, (from_s, to_s)) in enumerate(zip(slots, pieces_s, strict=True), start=1):
            piece = _piece_of(motion, from_s, to_s, f"{name}, shot {number}")
            found += [_later(fit, from_s) for fit in fit_scene(piece, [slot], f"{name}, shot {number}")]
        return found
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


def _piece_of(motion: Motion, from_s: float, to_s: float, name: str) -> Motion:
    """Return the movement of a piece of a clip, as if it were a clip of its own."""
    first, end = round(from_s * motion.fps), round(to_s * motion.fps)
    amount, impact = motion.amount[first:end].copy(), motion.impact[first:end].copy()
    is_still = motion.is_still[first:end].copy()
    if not len(amount):
        raise MediaError("has no frames", where=name, hint="take the scene again")
    amount[0] = impact[0] = 0.0  # what came before it was another picture
    is_still[0] = is_still[min(1, len(is_still) - 1)]
    beats_s = motion.beats_s - first / motion.fps
    inside = (beats_s > 1.5 / motion.fps) & (beats_s < len(amount) / motion.fps)
    return replace(
        motion,
        amount=amount,
        impact=impact,
        beats_s=beats_s[inside],
        strengths=motion.strengths[inside],
        is_black=motion.is_black[first:end],
        is_still=is_still,
    )


def _later(fit: Retime, by_s: float) -> Retime:
    """Return a fit to a piece as one to the clip in which the piece lies."""
    return fit.model_copy(update={"anchors": [(time_s, clip_s + by_s) for time_s, clip_s in fit.anchors]})


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
