"""What can be decoded of a file counts, not what the file says of itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.schema.errors import MediaError
from storyboard.sync.fit import Clip
from storyboard.sync.fit.footage import evened, pictures_of, timing_of

Delivered = Callable[..., Path]
DROPPED = (
    "-vf",
    "select='not(between(n,20,27))'",
    "-fps_mode",
    "vfr",
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
)


@pytest.mark.parametrize(
    ("fps", "shown"),
    [("8", 8), ("15", 15), ("24000/1001", 24), ("25", 25), ("30000/1001", 30), ("30", 30), ("60", 60)],
)
def test_the_rate_is_the_clips_and_ntsc_rates_are_whole(delivered: Delivered, fps: str, shown: float) -> None:
    timing = timing_of(delivered("rate.mp4", fps=fps))
    assert timing.fps == shown
    assert np.diff(timing.times_s) == pytest.approx(1 / shown)


def test_where_frames_were_dropped_the_others_keep_their_times(delivered: Delivered) -> None:
    timing = timing_of(delivered("dropped.mp4", *DROPPED, fps="30"))
    assert timing.fps == pytest.approx(30)
    assert len(timing.times_s) == 60 - 8
    assert np.diff(timing.times_s).max() == pytest.approx(9 / 30)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("no-count.webm", ("-c:v", "libvpx", "-deadline", "realtime")),
        ("a.gif", ()),
        ("a.mkv", ("-c:v", "libx264", "-preset", "ultrafast")),
        (
            "fragments.mp4",
            ("-c:v", "libx264", "-preset", "ultrafast", "-movflags", "frag_keyframe+empty_moov"),
        ),
        ("bare.h264", ("-c:v", "libx264", "-preset", "ultrafast")),
        ("pictures.mov", ("-c:v", "png")),
        ("late.mp4", ("-c:v", "libx264", "-preset", "ultrafast", "-output_ts_offset", "5")),
    ],
)
def test_frames_are_counted_in_files_of_every_kind(
    delivered: Delivered, name: str, options: tuple[str, ...]
) -> None:
    path = delivered(name, *options, *(("-f", "gif") if name == "a.gif" else ()))
    clip = Clip(path, (160, 120))
    assert clip.n_frames == len(list(pictures_of(path))) == 48
    assert clip.frame(47).shape == (180, 160)
    clip.close()


def test_a_file_that_is_cut_off_has_the_frames_that_are_left(cut_off: Path) -> None:
    clip, decoded = Clip(cut_off, (160, 120)), list(pictures_of(cut_off))
    assert 16 < clip.n_frames == len(decoded) < 40
    with pytest.raises(MediaError, match="ends at frame"):
        clip.frame(47)
    clip.close()


def test_what_holds_no_picture_is_an_error_that_names_the_file(tmp_path: Path, delivered: Delivered) -> None:
    sound = delivered("sound.m4a", "-f", "lavfi", "-i", "sine=d=1", "-map", "1")
    junk, nothing, folder = tmp_path / "junk.mp4", tmp_path / "empty.mp4", tmp_path / "folder.mp4"
    junk.write_bytes(b"no film " * 500)
    nothing.touch()
    folder.mkdir()
    for path in (sound, junk, nothing, folder, tmp_path / "missing.mp4"):
        for read in (timing_of, lambda each: list(pictures_of(each)), lambda each: Clip(each, (160, 120))):
            with pytest.raises(MediaError, match=path.name):
                read(path)


def test_a_broken_picture_ends_nothing(delivered: Delivered, tmp_path: Path) -> None:
    data = bytearray(
        delivered("index-first.mp4", *("-c:v", "libx264", "-movflags", "+faststart")).read_bytes()
    )
    data[len(data) // 2 : len(data) // 2 + 400] = b"\x55" * 400
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)
    pictures = list(pictures_of(broken))
    assert len(pictures) > 30
    assert pictures[-1].time_s == pytest.approx(47 / 24)


@given(
    fps=st.sampled_from([8.0, 12.0, 15.0, 24.0, 25.0, 30.0, 60.0]),
    n_frames=st.integers(2, 200),
    rounding_hz=st.sampled_from([100, 1000, 90_000]),
    start_s=st.floats(0, 100),
)
def test_times_that_a_container_rounds_are_even_again(
    fps: float, n_frames: int, rounding_hz: int, start_s: float
) -> None:
    if rounding_hz == 100 and fps > 25:
        return
    times_s = [round((start_s + index / fps) * rounding_hz) / rounding_hz for index in range(n_frames)]
    timing = evened(times_s, fps)
    assert timing.fps == pytest.approx(fps)
    assert timing.times_s == pytest.approx(np.arange(n_frames) / fps)
