"""Movement is measured on clips whose movement is known."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.schema.errors import MediaError
from storyboard.sync.fit.motion import motion_of, motion_of_frames


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


def test_small_pictures_tell_the_same_as_the_file(write_ball) -> None:  # type: ignore[no-untyped-def]
    path = write_ball([0.6, 1.5, 2.15, 3.3], 4.0)
    with av.open(str(path)) as container:
        small = [
            np.asarray(frame.reformat(96, 54, "yuv420p", interpolation="AREA").to_ndarray()[:54], np.uint8)
            for frame in container.decode(video=0)
        ]
    whole, again = motion_of(path), motion_of_frames(iter(small), 24)
    assert again.n_frames == whole.n_frames
    assert again.beats_s == pytest.approx(whole.beats_s, abs=1.5 / 24)
    assert np.corrcoef(again.amount, whole.amount)[0, 1] > 0.95


def test_no_pictures_are_an_error() -> None:
    with pytest.raises(MediaError, match="no picture"):
        motion_of_frames([], 24)


def textured(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(40, 200, (6, 8), np.uint8).repeat(9, 0).repeat(12, 1)


def test_a_cut_inside_a_clip_is_no_movement() -> None:
    first, second = textured(0), textured(1)
    frames = [np.roll(first, index, 1) for index in range(36)]
    frames += [np.roll(second, index, 1) for index in range(36)]
    motion = motion_of_frames(frames, 24)
    assert not (np.abs(motion.beats_s - 36 / 24) < 0.1).any()
    assert motion.amount[36] < 2 * np.median(motion.amount)


def test_a_smooth_turn_is_heard_at_its_turning_point_and_a_start_is_not() -> None:
    picture = np.random.default_rng(2).normal(0, 1, (54, 192))
    picture = np.sum([np.roll(picture, shift, 1) for shift in range(-3, 4)], axis=0) * 18 + 120
    at_px = [12 * np.cos(np.pi * index / 20) if index > 20 else -12.0 for index in range(90)]
    columns = np.arange(96)
    frames = [
        np.stack([np.interp(columns + 48 + x, np.arange(192), row) for row in picture]).astype(np.uint8)
        for x in at_px
    ]
    beats = motion_of_frames(frames, 24).beats_s * 24
    assert beats == pytest.approx([40, 60, 80], abs=1.5)


def test_movement_into_a_gap_of_dropped_frames_is_spread_over_it() -> None:
    frames = [np.roll(textured(3), 2 * index, 1) for index in range(40)]
    kept = [index for index in range(40) if not 15 <= index < 20]
    flow = motion_of_frames([frames[index] for index in range(15)], 24).amount[1:]
    even = movement_of([frames[index] for index in kept], np.array(kept) / 24)
    assert len(even) == 40
    assert even[15:20].max() < 3 * flow.mean()


def movement_of(frames: list[np.ndarray], times_s: np.ndarray) -> np.ndarray:
    """Write frames at given times, and return how much moves at each of a constant rate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dropped.mkv"
        with av.open(str(path), "w") as container:
            stream = container.add_stream("ffv1", rate=24)
            stream.width, stream.height, stream.pix_fmt = 96, 54, "yuv420p"
            stream.codec_context.time_base = stream.time_base = Fraction(1, 1000)
            for gray, time_s in zip(frames, times_s, strict=True):
                frame = av.VideoFrame.from_ndarray(np.repeat(gray[..., None], 3, axis=2), format="rgb24")
                frame.pts, frame.time_base = round(time_s * 1000), Fraction(1, 1000)
                for packet in stream.encode(frame):
                    container.mux(packet)
            for packet in stream.encode():
                container.mux(packet)
        return motion_of(path).amount


def test_what_an_encoder_mends_in_a_still_picture_is_no_movement() -> None:
    frames = [textured(4) + int(index >= 24) for index in range(48)]  # a keyframe in its middle
    assert motion_of_frames(frames, 24).is_still.all()


def test_a_picture_held_for_three_frames_moves() -> None:
    frames = [np.roll(textured(5), index // 3, 1) for index in range(48)]
    assert not motion_of_frames(frames, 24).is_still[3:-3].any()
