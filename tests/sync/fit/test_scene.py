"""A scene's clip becomes exactly the frames of its shots."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.schema.timeline import Retime
from storyboard.sync.fit.conform import Conforming, conform
from storyboard.sync.fit.motion import motion_and_timing, motion_of
from storyboard.sync.fit.scene import fit_scene
from storyboard.sync.fit.slot import Slot
from storyboard.sync.fit.warp import Beat, hit_rate

WriteBall = Callable[..., Path]


def conformed(
    clip: Path, lengths_s: list[float], out: Path, size: tuple[int, int] = (160, 120), **slot: object
) -> tuple[list[Retime], np.ndarray]:
    motion, timing = motion_and_timing(clip)
    fits = fit_scene(motion, [Slot(length, **slot) for length in lengths_s], clip.name)  # type: ignore[arg-type]
    n_frames = [round(length * 24) for length in lengths_s]
    conform(clip, timing, fits, n_frames, Conforming(24, size), out)
    with av.open(str(out)) as container:
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    assert len(frames) == sum(n_frames)
    return fits, np.stack(frames)


def test_shots_take_parts_of_the_clip_in_order_and_none_twice(write_ball: WriteBall, tmp_path: Path) -> None:
    clip = write_ball([0.5, 1.2, 2.0, 2.8, 3.7, 4.4], 5.0)
    fits, _ = conformed(clip, [1.5, 1.0, 1.5], tmp_path / "out.mp4")
    spans = [(found.anchors[0][1], found.anchors[-1][1]) for found in fits]
    assert all(before[1] <= after[0] + 1e-6 for before, after in itertools.pairwise(spans))
    assert all(found.speed == pytest.approx(1.0) for found in fits)


def test_a_slowed_clip_has_no_frame_twice(write_ball: WriteBall, tmp_path: Path) -> None:
    clip = write_ball([0.4, 1.0, 1.6], 2.0)
    fits, frames = conformed(clip, [1.5, 1.5], tmp_path / "out.mp4")
    assert all(found.speed == pytest.approx(2 / 3, abs=0.05) for found in fits)
    moved = [np.abs(a.astype(int) - b).mean() for a, b in itertools.pairwise(frames)]
    assert sum(change < 0.02 for change in moved) <= 2, "frames between are made up, not shown twice"


def test_a_clip_of_another_shape_fills_the_picture(write_ball: WriteBall, tmp_path: Path) -> None:
    _, frames = conformed(write_ball([1.0], 2.0), [2.0], tmp_path / "out.mp4", size=(90, 160))
    assert frames.shape[1:] == (160, 90)
    assert frames[:, :, :3].mean() > 10 and frames[:, :3].mean() > 10, "no bars at the sides or the top"


def test_more_movement_meets_the_beat_in_the_file_that_is_written(
    write_ball: WriteBall, tmp_path: Path
) -> None:
    clip, music_s = write_ball([0.85, 1.62, 2.6, 3.36], 4.0), (0.75, 1.5, 2.25, 3.0, 3.75)
    fits, _ = conformed(clip, [4.0], tmp_path / "out.mp4", music_s=music_s)
    before, after = (measured_hits(path, music_s) for path in (clip, tmp_path / "out.mp4"))
    assert after > before + 0.2
    assert after == pytest.approx(fits[0].on_beat[1], abs=0.25)


def measured_hits(path: Path, music_s: tuple[float, ...]) -> float:
    motion = motion_of(path)
    beats = [Beat(float(t), float(s)) for t, s in zip(motion.beats_s, motion.strengths, strict=True)]
    return hit_rate([(0.0, 0.0), (motion.duration_s, motion.duration_s)], beats, music_s)
