"""Every frame becomes upright, square, opaque, of 8 bits and in the film's colours."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

from storyboard.sync.fit import Clip
from storyboard.sync.fit.covering import Covering, planes_of
from storyboard.sync.fit.footage import Picture, pictures_of

Delivered = Callable[..., Path]
FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "4")


def first(path: Path, size: tuple[int, int], focus: tuple[float, float] = (0.5, 0.5)) -> np.ndarray:
    return Covering(size, focus).planes(next(pictures_of(path)))


def as_ffmpeg_shows(path: Path, size: tuple[int, int]) -> np.ndarray:
    chain = f"scale={size[0]}:{size[1]}:out_range=tv:out_color_matrix=bt601,format=yuv420p"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-vf", chain]
    raw = subprocess.run([*command, "-frames:v", "1", "-f", "rawvideo", "-"], capture_output=True, check=True)
    return np.frombuffer(raw.stdout, np.uint8).reshape(size[1] * 3 // 2, size[0])


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_clip_that_a_phone_turned_stands_upright(turned: Callable[[int], Path], degrees: int) -> None:
    size = (160, 120) if degrees == 180 else (120, 160)
    expected = as_ffmpeg_shows(turned(degrees), size)
    assert np.array_equal(first(turned(degrees), size), expected)
    clip = Clip(turned(degrees), size)
    assert np.array_equal(clip.frame(0), expected)
    clip.close()


@pytest.mark.parametrize(
    "options",
    [
        ("-pix_fmt", "yuv420p10le"),
        ("-pix_fmt", "yuv444p"),
        ("-vf", "scale=out_range=full", "-pix_fmt", "yuvj420p", "-color_range", "pc"),
        ("-vf", "scale=out_color_matrix=bt709", "-pix_fmt", "yuv420p", "-colorspace", "bt709"),
    ],
)
def test_depth_range_and_matrix_leave_brightness_and_colour_as_they_are(
    delivered: Delivered, options: tuple[str, ...]
) -> None:
    plain = first(delivered("colours.mp4", *FAST, "-pix_fmt", "yuv420p"), (160, 120))
    other = first(delivered("colours.mp4", *FAST, *options), (160, 120))
    luma, red_blue = other[:120].astype(int) - plain[:120], other[120:].astype(int) - plain[120:]
    assert np.abs(luma).mean() < 3 and abs(luma.mean()) < 1
    assert np.abs(red_blue).mean() < 6 and abs(red_blue.mean()) < 1


def test_pixels_that_are_not_square_are_made_so(delivered: Delivered) -> None:
    narrow = delivered("narrow.mp4", "-vf", "setsar=2", *FAST, "-pix_fmt", "yuv420p", size="80x120")
    assert np.abs(first(narrow, (160, 120)).astype(int) - as_ffmpeg_shows(narrow, (160, 120))).mean() < 1


def test_what_is_transparent_is_black(tmp_path: Path) -> None:
    rgba = np.zeros((64, 64, 4), np.uint8)
    rgba[..., :3], rgba[:, 32:, 3] = 255, 255
    frame = av.VideoFrame.from_ndarray(rgba, format="rgba")
    planes = Covering((64, 64)).planes(Picture(0.0, frame))
    assert planes[:64, :30].max() <= 17 and planes[:64, 34:].min() >= 230


@pytest.mark.parametrize("size", [(33, 47), (161, 121), (1, 1), (17, 300)])
def test_frames_of_odd_sizes_fill_the_picture(size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(100, 200, (size[1], size[0], 3), np.uint8)
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    planes = Covering((64, 36)).planes(Picture(0.0, frame))
    assert planes.shape == (54, 64)
    assert planes[:36].min() > 60


def test_a_crop_keeps_the_focal_point_in_view() -> None:
    picture = np.full((90, 160, 3), 60, np.uint8)
    picture[:, 128:136] = 255  # a bright post at 0.825 of the width
    frame = Picture(0.0, av.VideoFrame.from_ndarray(picture, format="rgb24"))

    def posts(focus: tuple[float, float]) -> list[int]:
        luma, _, _ = planes_of(Covering((50, 90), focus).planes(frame), 50, 90)
        return [int(x) for x in np.flatnonzero(luma[45] > 200)]

    assert posts((0.5, 0.5)) == []
    assert np.mean(posts((0.825, 0.5))) == pytest.approx(24.5, abs=2)
    assert np.mean(posts((1.0, 0.5))) == pytest.approx(128 + 3.5 - 110, abs=1), "the crop ends at the edge"


def test_a_frame_that_is_right_already_is_not_touched(delivered: Delivered) -> None:
    path = delivered("plain.mp4")
    with av.open(str(path)) as container:
        stored = next(container.decode(video=0)).to_ndarray()
    assert np.array_equal(first(path, (160, 120)), stored)
