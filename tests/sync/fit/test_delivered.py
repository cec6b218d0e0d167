"""Whatever is delivered becomes frames that are lit, whole and never shown twice, or an error that helps."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.schema.errors import MediaError
from storyboard.schema.timeline import Retime
from storyboard.sync.fit.conform import Conforming, conform
from storyboard.sync.fit.motion import motion_and_timing
from storyboard.sync.fit.scene import fit_scene
from storyboard.sync.fit.slot import Slot

Delivered = Callable[..., Path]
N_FRAMES = [18, 24]
FAST = ("-c:v", "libx264", "-preset", "veryfast")


def shown(
    clip: Path, out: Path, fps: int = 24, size: tuple[int, int] = (160, 90), **film: object
) -> np.ndarray:
    """Fit a clip into shots of 18 and 24 frames, and return the luma of what was written."""
    motion, timing = motion_and_timing(clip)
    slots = [Slot(count / fps, (0.3, 0.6), frame_s=1 / fps) for count in N_FRAMES]
    fits = fit_scene(motion, slots, clip.name)
    conform(clip, timing, fits, N_FRAMES, Conforming(fps, size, **film), out)  # type: ignore[arg-type]
    with av.open(str(out)) as container:
        assert container.streams.video[0].average_rate == fps
        return np.stack([frame.to_ndarray(format="gray") for frame in container.decode(video=0)])


def assert_good(frames: np.ndarray) -> None:
    assert len(frames) == sum(N_FRAMES)
    assert frames.mean(axis=(1, 2)).min() > 40, "no frame is black"
    changes = [np.abs(after.astype(int) - before).mean() for before, after in itertools.pairwise(frames)]
    assert min(changes) > 0.3, "no frame is shown twice, at a cut least of all"


@pytest.mark.parametrize("fps", ["8", "15", "24000/1001", "25", "30000/1001", "30", "60"])
def test_clips_of_every_rate(delivered: Delivered, tmp_path: Path, fps: str) -> None:
    assert_good(shown(delivered("rate.mp4", fps=fps), tmp_path / "out.mp4"))


@pytest.mark.parametrize("fps", [25, 30])
def test_films_that_run_faster_than_their_clips(delivered: Delivered, tmp_path: Path, fps: int) -> None:
    assert_good(shown(delivered("rate.mp4", fps="8"), tmp_path / "out.mp4", fps))
    assert_good(shown(delivered("rate.mp4", fps="24"), tmp_path / "out.mp4", fps))


@pytest.mark.parametrize("lost", ["between(n,20,27)", "not(mod(n,3))*gt(n,9)"])
def test_frames_that_a_phone_dropped_are_made_up(delivered: Delivered, tmp_path: Path, lost: str) -> None:
    options = ("-vf", f"select='not({lost})'", "-fps_mode", "vfr", *FAST)
    assert_good(shown(delivered("lost.mp4", *options, fps="30"), tmp_path / "out.mp4"))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_clips_that_were_filmed_on_the_side(
    turned: Callable[[int], Path], tmp_path: Path, degrees: int
) -> None:
    assert_good(shown(turned(degrees), tmp_path / "out.mp4", size=(90, 160)))


def test_a_clip_that_is_cut_off_is_slowed_to_what_is_left(cut_off: Path, tmp_path: Path) -> None:
    assert_good(shown(cut_off, tmp_path / "out.mp4"))


@pytest.mark.parametrize(
    ("name", "options", "size"),
    [
        ("model.webm", ("-c:v", "libvpx", "-deadline", "realtime"), "160x120"),
        ("a.gif", ("-f", "gif"), "160x120"),
        ("pictures.mov", ("-c:v", "png", "-pix_fmt", "rgba"), "161x121"),
        ("ten-bit.mp4", (*FAST, "-pix_fmt", "yuv420p10le"), "160x120"),
        ("full.mp4", (*FAST, "-vf", "scale=out_range=full", "-pix_fmt", "yuvj420p"), "160x120"),
        ("narrow.mp4", (*FAST, "-vf", "setsar=2", "-pix_fmt", "yuv420p"), "80x120"),
        ("upright.mp4", (*FAST, "-pix_fmt", "yuv420p"), "90x160"),
    ],
)
def test_files_of_every_kind_and_shape(
    delivered: Delivered, tmp_path: Path, name: str, options: tuple[str, ...], size: str
) -> None:
    assert_good(shown(delivered(name, *options, size=size), tmp_path / "out.mp4"))


def test_slow_motion_may_be_blended(delivered: Delivered, tmp_path: Path) -> None:
    clip = delivered("short.mp4", length_s=1.25)
    flow, blend = (shown(clip, tmp_path / f"{way}.mp4", slow_motion=way) for way in ("flow", "blend"))
    assert_good(flow)
    assert_good(blend)
    assert not np.array_equal(flow, blend)


def test_the_same_clip_gives_the_same_bytes(delivered: Delivered, tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        shown(delivered("short.mp4", length_s=1.25), tmp_path / name)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("-frames:v", "1", *FAST), "stands still"),
        (("-vf", "trim=end_frame=1,loop=47:1", *FAST), "stands still"),
        (("-vf", "drawbox=t=fill:c=black", *FAST), "black throughout"),
        (("-vf", "trim=end_frame=12", *FAST), "its slot lasts 1.75 s"),
        (("-vf", "drawbox=t=fill:c=black:enable='gt(n,11)'", *FAST), "its slot lasts 1.75 s"),
        (("-vf", "trim=end_frame=12,tpad=stop_mode=clone:stop=36", *FAST), "its slot lasts 1.75 s"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_would_help(
    delivered: Delivered, tmp_path: Path, options: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(MediaError, match=complaint) as refused:
        shown(delivered("bad.mp4", *options, "-pix_fmt", "yuv420p"), tmp_path / "out.mp4")
    assert "take the scene again" in refused.value.hint


def test_forward_and_back_is_written_without_a_stop_at_its_turns(
    delivered: Delivered, tmp_path: Path
) -> None:
    clip = delivered("short.mp4", length_s=1.0)
    motion, timing = motion_and_timing(clip)
    slots = [Slot(1.5, forward_and_back=True), Slot(2.0, forward_and_back=True)]
    fits = fit_scene(motion, slots)
    assert all(isinstance(found, Retime) and found.way == "forward and back" for found in fits)
    conform(clip, timing, fits, [36, 48], Conforming(24, (160, 120)), tmp_path / "out.mp4")
    with av.open(str(tmp_path / "out.mp4")) as container:
        frames = np.stack([frame.to_ndarray(format="gray") for frame in container.decode(video=0)])
    assert len(frames) == 84
    changes = [np.abs(after.astype(int) - before).mean() for before, after in itertools.pairwise(frames)]
    assert min(changes) > 0.3
    assert np.abs(frames[22].astype(int) - frames[24]).mean() < 1, "back the way it came"
