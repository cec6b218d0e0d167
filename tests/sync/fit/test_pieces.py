"""A clip whose pieces were shot for one shot each: no shot shows anything of another's piece."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from storyboard.schema.errors import MediaError
from storyboard.sync.fit.motion import motion_of
from storyboard.sync.fit.scene import fit_scene
from storyboard.sync.fit.slot import Slot

WriteBall = Callable[..., Path]


def test_each_shot_is_fitted_inside_its_piece(write_ball: WriteBall) -> None:
    motion = motion_of(write_ball([0.5, 1.2, 2.0, 2.8, 3.7, 4.4], 5.0))
    pieces_s = [(0.0, 1.5), (1.5, 4.0), (4.0, 5.0)]
    fits = fit_scene(motion, [Slot(1.0), Slot(1.0), Slot(1.0)], "clip", pieces_s)
    for found, (from_s, to_s) in zip(fits, pieces_s, strict=True):
        shown = [clip_s for _, clip_s in found.anchors]
        assert from_s - 1e-6 <= min(shown) and max(shown) <= to_s + 1e-6
        assert found.speed == pytest.approx(1.0, abs=0.3)


def test_a_short_piece_runs_slower_and_the_others_do_not(write_ball: WriteBall) -> None:
    motion = motion_of(write_ball([0.5, 1.2, 2.0, 2.8, 3.7, 4.4], 5.0))
    slower, plain = fit_scene(motion, [Slot(1.4), Slot(1.4)], "clip", [(0.0, 1.0), (1.0, 5.0)])
    assert slower.way == "slower" and slower.speed == pytest.approx(1 / 1.4, abs=0.06)
    assert plain.way == "part"


def test_a_piece_that_cannot_be_shown_is_named(write_ball: WriteBall) -> None:
    motion = motion_of(write_ball([0.5, 1.2, 2.0, 2.8], 3.0))
    motion.is_black[:24] = True
    with pytest.raises(MediaError, match=r"clip, shot 1: is black throughout"):
        fit_scene(motion, [Slot(0.8), Slot(0.8)], "clip", [(0.0, 1.0), (1.0, 3.0)])
    with pytest.raises(MediaError, match=r"clip, shot 2: has no frames"):
        fit_scene(motion, [Slot(0.8), Slot(0.8)], "clip", [(1.0, 3.0), (4.0, 5.0)])


def test_one_piece_of_the_whole_clip_is_fitted_like_a_clip(write_ball: WriteBall) -> None:
    motion = motion_of(write_ball([0.5, 1.2, 2.0, 2.8], 3.0))
    plain = fit_scene(motion, [Slot(1.0)])
    (piece,) = fit_scene(motion, [Slot(1.0)], "clip", [(0.0, motion.duration_s)])
    assert np.allclose(plain[0].anchors, piece.anchors)
