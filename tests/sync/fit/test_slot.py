"""A clip fills its slot: trimmed where it moves best, slowed as far as is natural, bent to the beat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Retime
from storyboard.sync.fit.conform import moments_of
from storyboard.sync.fit.footage import Timing
from storyboard.sync.fit.motion import Motion
from storyboard.sync.fit.scene import fit_scene
from storyboard.sync.fit.slot import BOUND, SLOWEST, Slot
from storyboard.sync.fit.warp import positions_s


def moving(length_s: float, beats_s: Sequence[float] = (), amount: object = 1.0, fps: float = 24) -> Motion:
    n_frames = round(length_s * fps)
    amounts = np.broadcast_to(np.asarray(amount, float), n_frames).copy()
    beats = np.asarray(beats_s, float)
    black = np.zeros(n_frames, bool)
    still = amounts < 0.02
    return Motion(fps, amounts, np.zeros(n_frames), beats, np.ones(len(beats)), black, still)


def fit(motion: Motion, slot: Slot, name: str = "clip") -> Retime:
    return fit_scene(motion, [slot], name)[0]


def test_the_part_that_moves_is_taken() -> None:
    lively = np.r_[np.full(48, 0.1), np.full(48, 2.0), np.full(48, 0.1)]
    found = fit(moving(6.0, amount=lively), Slot(2.0))
    assert found.way == "part" and found.speed == pytest.approx(1.0)
    assert found.anchors[0][1] == pytest.approx(2.0, abs=0.05)


def test_a_short_clip_runs_slower_and_one_too_short_is_refused() -> None:
    found = fit(moving(3.0), Slot(4.0))
    assert found.way == "slower" and found.speed == pytest.approx((3 - 1 / 24) / (4 - 1 / 24))
    assert positions_s(found.anchors, np.array([4 - 1 / 24])) == pytest.approx([3 - 1 / 24]), (
        "last shows last"
    )
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


def test_a_part_that_would_end_in_stillness_is_not_taken() -> None:
    amount = np.r_[np.full(36, 1.0), np.zeros(36), np.full(24, 1.0)]
    found = fit(moving(4.0, amount=amount), Slot(2.0))
    assert not moving(4.0, amount=amount).is_still[round((found.anchors[-1][1] - 1 / 24) * 24)]


def test_what_is_black_or_still_throughout_is_refused() -> None:
    dark = moving(3.0)
    dark.is_black[:] = True
    with pytest.raises(MediaError, match=r"scene 2: is black throughout"):
        fit(dark, Slot(2.0), "scene 2")
    with pytest.raises(MediaError, match=r"scene 2: stands still throughout"):
        fit(moving(3.0, amount=0.0), Slot(2.0), "scene 2")


def test_a_clip_of_a_blink_is_not_run_back_and_forth() -> None:
    with pytest.raises(MediaError, match="its slot lasts"):
        fit(moving(0.3), Slot(2.5, forward_and_back=True))


def test_forward_and_back_goes_on_through_the_shots_of_a_scene() -> None:
    slots = [Slot(1.3, forward_and_back=True), Slot(0.9, forward_and_back=True)]
    first, second = fit_scene(moving(1.0), slots)
    assert first.anchors[-1][1] == pytest.approx(second.anchors[0][1])
    assert first.anchors[-1][0] == pytest.approx(1.3) and second.anchors[-1][0] == pytest.approx(0.9)


def rates() -> st.SearchStrategy[float]:
    return st.sampled_from([8.0, 12.0, 15.0, 24.0, 25.0, 30.0, 60.0])


@settings(max_examples=150, deadline=None)
@given(
    clip_s=st.floats(1.0, 8.0),
    n_frames=st.lists(st.integers(8, 90), min_size=1, max_size=4),
    beats=st.lists(st.floats(0.1, 7.9), max_size=8, unique=True),
    tempo=st.floats(0.3, 1.0),
    clip_fps=rates(),
    fps=st.sampled_from([24, 25, 30]),
    goes_back=st.booleans(),
)
def test_every_fit_keeps_its_bounds_and_shows_no_frame_twice(
    clip_s: float,
    n_frames: list[int],
    beats: list[float],
    tempo: float,
    clip_fps: float,
    fps: int,
    goes_back: bool,
) -> None:
    motion = moving(clip_s, sorted(beat for beat in beats if beat < clip_s), fps=clip_fps)
    slots = [
        Slot(count / fps, tuple(np.arange(tempo / 2, count / fps, tempo)), goes_back, 1 / fps)
        for count in n_frames
    ]
    last_s = (motion.n_frames - 1) / clip_fps
    needed_s = (sum(n_frames) - 1) / fps
    if last_s < SLOWEST * needed_s - 1e-6 and not goes_back:
        with pytest.raises(MediaError):
            fit_scene(motion, slots)
        return
    fits = fit_scene(motion, slots)
    speed = min(1.0, last_s / needed_s)
    at_s = 0.0
    for found, slot in zip(fits, slots, strict=True):
        shot_s, clip_times_s = np.asarray(found.anchors).T
        slopes = np.diff(clip_times_s) / np.diff(shot_s)
        assert (np.diff(shot_s) > 0).all()
        assert shot_s[0] == 0 and shot_s[-1] == pytest.approx(slot.length_s)
        assert clip_times_s.min() >= -1e-9
        assert clip_times_s.max() <= last_s + max(1.0, found.speed) / fps + 1e-6
        assert found.on_beat[1] >= found.on_beat[0]
        if found.way == "forward and back":
            assert np.abs(slopes) == pytest.approx(1.0)
            continue
        assert (slopes >= speed / BOUND - 1e-6).all() and (slopes <= speed * BOUND + 1e-6).all()
        assert clip_times_s[0] >= at_s - 1e-9, "what a shot has shown, none after it shows"
        at_s = clip_times_s[-1]
    timing = Timing(clip_fps, np.arange(motion.n_frames) / clip_fps)
    shown = [moment.index + moment.part for moment in moments_of(fits, n_frames, fps, timing)]
    assert len(shown) == sum(n_frames)
    assert min(shown) >= 0 and max(shown) <= motion.n_frames - 1
    steps = np.diff(shown)
    if all(found.way != "forward and back" for found in fits):
        assert (steps > 1e-6).all(), "every frame shows a later moment, the last of a shot too"
    else:
        assert (np.abs(steps) > 1e-6).mean() > 0.5 and not ((steps[1:] == 0) & (steps[:-1] == 0)).any()


@settings(max_examples=60, deadline=None)
@given(gaps=st.lists(st.sampled_from([1, 1, 1, 1, 2, 3, 7]), min_size=40, max_size=90), slowed=st.booleans())
def test_a_rate_that_changes_shows_no_frame_twice(gaps: list[int], slowed: bool) -> None:
    times_s = np.concatenate([[0], np.cumsum(gaps)]) / 30
    n_frames = int(times_s[-1] * 24 * (1.4 if slowed else 0.9))
    end_s = times_s[-1] if slowed else n_frames / 24
    plan = Retime(anchors=[(0.0, 0.0), ((n_frames - 1) / 24, float(min(end_s, times_s[-1])))])
    shown = [m.index + m.part for m in moments_of([plan], [n_frames], 24, Timing(30.0, times_s))]
    assert (np.diff(shown) > 1e-6).all()
    assert max(shown) <= len(times_s) - 1
