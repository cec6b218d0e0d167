"""Movement is measured on clips whose movement is known."""

from __future__ import annotations

import numpy as np
import pytest

from storyboard.sync.fit.motion import motion_of


@pytest.mark.parametrize("fps", [12, 24, 30])
def test_visual_beats_are_where_the_ball_hits_the_ground(write_ball, fps: int) -> None:  # type: ignore[no-untyped-def]
    hits = [0.6, 1.5, 2.15, 3.3]
    motion = motion_of(write_ball(hits, 4.0, fps))
    found = [float(np.abs(motion.beats_s - hit).min()) for hit in hits]
    assert max(found) <= 1.5 / fps
    assert motion.n_frames == 4 * fps


def test_a_clip_without_movement_has_no_beats(write_ball) -> None:  # type: ignore[no-untyped-def]
    motion = motion_of(write_ball([100.0], 2.0))
    assert len(motion.beats_s) == 0
    assert motion.amount.max() < 0.05


def test_black_frames_are_known(write_ball) -> None:  # type: ignore[no-untyped-def]
    motion = motion_of(write_ball([1.0], 2.0, 24, 0.5))
    assert motion.is_black[:12].all() and not motion.is_black[12:].any()
