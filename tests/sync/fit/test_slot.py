"""A clip fills its slot: trimmed where it moves best, slowed as far as is natural, bent to the beat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.schema.errors import MediaError
from storyboard.sync.fit.motion import Motion
from storyboard.sync.fit.slot import BOUND, SLOWEST, Slot, fit
from storyboard.sync.fit.warp import positions_s


def moving(length_s: float, beats_s: Sequence[float] = (), amount: object = 1.0, fps: float = 24) -> Motion:
    n_frames = round(length_s * fps)
    amounts = np.broadcast_to(np.asarray(amount, float), n_frames).copy()
    beats = np.asarray(beats_s, float)
    black = np.zeros(n_frames, bool)
    return Motion(fps, amounts, np.zeros(n_frames), beats, np.ones(len(beats)), black)


def test_the_part_that_moves_is_taken() -> None:
    lively = np.r_[np.full(48, 0.1), np.full(48, 2.0), np.full(48, 0.1)]
    found = fit(moving(6.0, amount=lively), Slot(2.0))
    assert found.way == "part" and found.speed == pytest.approx(1.0)
    assert found.anchors[0][1] == pytest.approx(2.0, abs=0.05)


def test_a_short_clip_runs_slower_and_one_too_short_is_refused() -> None:
    found = fit(moving(3.0), Slot(4.0))
    assert found.way == "slower" and found.speed == pytest.approx(0.75)
    with pytest.raises(MediaError, match=r"scenes/02\.mp4: gives 1\.00 s, its slot lasts 4\.00 s"):
        fit(moving(1.0), Slot(4.0), "scenes/02.mp4")


def test_forward_and_back_only_where_it_is_asked_for() -> None:
    found = fit(moving(1.0), Slot(2.5, forward_and_back=True))
    assert found.way == "forward and back"
    at = positions_s(found.anchors, np.linspace(0, 2.5, 60))
    assert at.min() >= 0 and at.max() <= 1.0


def test_black_ends_and_a_frozen_tail_are_left_out() -> None:
    amount = np.r_[np.full(72, 1.0), np.zeros(24)]
    motion = moving(4.0, amount=amount)
    motion.is_black[:12] = True
    start, end = (
        anchor[1] for anchor in (fit(motion, Slot(2.4)).anchors[0], fit(motion, Slot(2.4)).anchors[-1])
    )
    assert start >= 0.5 and end <= 3.0 + 1e-6


def test_movement_is_bent_onto_the_beat() -> None:
    found = fit(moving(4.0, beats_s=[0.91, 2.1, 2.92]), Slot(4.0, music_s=(1.0, 2.0, 3.0)))
    assert found.on_beat[0] == 0.0 and found.on_beat[1] == 1.0
    assert positions_s(found.anchors, np.array([1.0, 2.0, 3.0])) == pytest.approx([0.91, 2.1, 2.92])


@settings(max_examples=150, deadline=None)
@given(
    clip_s=st.floats(1.0, 8.0),
    slot_s=st.floats(0.6, 8.0),
    beats=st.lists(st.floats(0.1, 7.9), max_size=8, unique=True),
    tempo=st.floats(0.3, 1.0),
)
def test_no_stretch_leaves_its_bound_and_no_frame_leaves_the_clip(
    clip_s: float, slot_s: float, beats: list[float], tempo: float
) -> None:
    motion = moving(clip_s, sorted(beat for beat in beats if beat < clip_s))
    slot = Slot(slot_s, tuple(np.arange(tempo / 2, slot_s, tempo)))
    usable_s = motion.duration_s
    if usable_s < SLOWEST * slot_s - 1e-6:
        with pytest.raises(MediaError):
            fit(motion, slot)
        return
    found = fit(motion, slot)
    anchors = np.asarray(found.anchors)
    slopes = np.diff(anchors[:, 1]) / np.diff(anchors[:, 0])
    assert anchors[0, 0] == 0 and anchors[-1, 0] == pytest.approx(slot_s)
    assert anchors[:, 1].min() >= -1e-9 and anchors[:, 1].max() <= usable_s + 1e-6
    assert (slopes >= found.speed / BOUND - 1e-6).all() and (slopes <= found.speed * BOUND + 1e-6).all()
    assert found.on_beat[1] >= found.on_beat[0]
