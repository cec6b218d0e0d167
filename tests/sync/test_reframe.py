"""Another shape shows a window of the film, and what matters stays in it."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.schema.board import Look, Storyboard
from storyboard.schema.timeline import Shot, SongMap, Timeline
from storyboard.sync.reframe import focal_points, reframed, size_for
from storyboard.sync.reframe.focus import point_of
from storyboard.sync.reframe.window import window_of

SIZE = (320, 180)
HALF_WINDOW = 180 * 9 / 16 / 320 / 2  # of a 9:16 window, in parts of the width


@pytest.mark.parametrize(
    ("size", "aspect", "expected"),
    [
        ((1280, 720), "9:16", (720, 1280)),
        ((1280, 720), "1:1", (720, 720)),
        ((720, 1280), "16:9", (1280, 720)),
        ((640, 640), "9:16", (640, 1138)),
    ],
)
def test_the_short_side_keeps_its_length(
    size: tuple[int, int], aspect: str, expected: tuple[int, int]
) -> None:
    assert size_for(size, aspect) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("height", [144, 360, 404, 720, 1080])
def test_a_size_is_one_that_a_look_can_have(height: int) -> None:
    for aspect in ("16:9", "9:16", "1:1"):
        width, high = size_for(Look(height=height).size, aspect)  # type: ignore[arg-type]
        assert Look.model_validate({"aspect": aspect, "height": high}).size == (width, high)


def _numbered_planes(width: int, height: int) -> NDArray[np.uint8]:
    """Return a picture whose luma tells the column and whose colours tell the row and the column."""
    luma = np.tile(np.arange(width) % 250, (height, 1))
    row = np.tile(np.arange(height // 2)[:, None] % 250, (1, width // 2))
    column = np.tile(np.arange(width // 2) % 250, (height // 2, 1))
    flat = np.concatenate([part.reshape(-1) for part in (luma, row, column)])
    return flat.reshape(height * 3 // 2, width).astype(np.uint8)


def test_luma_and_colours_are_cut_at_the_same_place() -> None:
    planes = _numbered_planes(320, 180)
    x, y, wide, high = window_of(SIZE, (0.7, 0.5), (102, 180))
    shown = reframed(planes, SIZE, (0.7, 0.5), (wide, high))
    luma, chroma = shown.reshape(-1)[: wide * high], shown.reshape(-1)[wide * high :]
    assert luma.reshape(high, wide)[0].tolist() == [(x + i) % 250 for i in range(wide)]
    rows, columns = chroma.reshape(2, high // 2, wide // 2)
    assert rows[:, 0].tolist() == [(y // 2 + i) % 250 for i in range(high // 2)]
    assert columns[0].tolist() == [(x // 2 + i) % 250 for i in range(wide // 2)]


@pytest.mark.parametrize("target", [(180, 320), (180, 180), (1280, 720), (90, 160)])
def test_a_picture_has_the_size_that_is_asked_for(target: tuple[int, int]) -> None:
    shown = reframed(_numbered_planes(*SIZE), SIZE, (0.2, 0.9), target)
    assert shown.shape == (target[1] * 3 // 2, target[0])
    assert shown.dtype == np.uint8


@pytest.mark.parametrize("focus", [(0.0, 0.0), (1.0, 1.0), (0.5, 0.5), (0.13, 0.77)])
def test_the_window_lies_within_the_picture(focus: tuple[float, float]) -> None:
    for target in ((720, 1280), (720, 720), (1280, 720)):
        x, y, wide, high = window_of(SIZE, focus, target)
        assert 0 <= x <= SIZE[0] - wide
        assert 0 <= y <= SIZE[1] - high
        assert wide == SIZE[0] or high == SIZE[1]
        assert wide / high == pytest.approx(target[0] / target[1], rel=0.03)


def _clip(path: Path, places: list[float], pan: float = 0.0) -> Path:
    """Write a clip at 24 fps: a textured ground that pans, and a face-sized figure at one place a frame."""
    rng = np.random.default_rng(3)
    small = rng.integers(90, 140, (23, 81, 3)).astype(np.uint8)
    ground = np.kron(small, np.ones((8, 8, 1), np.uint8))  # 184 x 648
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"crf": "16", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for index, place in enumerate(places):
            start = round(index * pan)
            picture = ground[:180, start : start + 320].copy()
            x = round(place * 320)
            picture[60:150, x - 14 : x + 14] = (30, 60, 200)
            picture[40:66, x - 10 : x + 10] = (230, 190, 160)
            picture[48:52, x - 6 : x + 6 : 3] = 20
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def _timeline(lengths: list[tuple[str, int]]) -> Timeline:
    shots, first, used = [], 0, {}
    for scene, n_frames in lengths:
        start = used.get(scene, 0)
        shots.append(
            Shot(
                scene=scene,
                first_frame=first,
                last_frame=first + n_frames - 1,
                clip=scene,
                source_start_s=start / 24,
                reason="a test",
                framing="wide" if not start else "close",
            )
        )
        first, used[scene] = first + n_frames, start + n_frames
    return Timeline(fps=24, n_frames=first, song_map=SongMap(duration_s=first / 24), shots=shots)


def _board(board: Storyboard, focus: tuple[float, float] | None = None) -> tuple[Storyboard, str, str]:
    scenes = [board.scenes[0].model_copy(update={"focus": focus}), *board.scenes[1:]]
    return board.model_copy(update={"scenes": scenes}), scenes[0].id, scenes[1].id


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("pan", [0.0, 3.0])
def test_a_moving_figure_stays_in_view_whatever_the_camera_does(
    tmp_path: Path, board: Storyboard, place: float, pan: float
) -> None:
    board, scene, _ = _board(board)
    places = [place + 0.04 * np.sin(index / 5) for index in range(60)]
    clip = _clip(tmp_path / "a.mp4", places, pan)
    [(x, y)] = focal_points(_timeline([(scene, 60)]), {scene: clip}, board, SIZE)
    middle = min(max(x, HALF_WINDOW), 1 - HALF_WINDOW)
    assert max(abs(place - middle) for place in places) + 14 / 320 < HALF_WINDOW
    assert 0 <= y <= 1


def test_every_shot_of_a_clip_has_a_focus_of_its_own(tmp_path: Path, board: Storyboard) -> None:
    board, scene, _ = _board(board)
    clip = _clip(tmp_path / "a.mp4", [0.25] * 40 + [0.75] * 40)
    points = focal_points(_timeline([(scene, 40), (scene, 40)]), {scene: clip}, board, SIZE)
    assert [abs(x - place) < 0.1 for (x, _), place in zip(points, (0.25, 0.75), strict=True)] == [True, True]


def test_the_storyboard_is_believed_without_looking(tmp_path: Path, board: Storyboard) -> None:
    board, first, second = _board(board, focus=(0.1, 0.3))
    clips = {first: tmp_path / "missing.mp4", second: _clip(tmp_path / "b.mp4", [0.7] * 30)}
    points = focal_points(_timeline([(first, 30), (second, 30)]), clips, board, SIZE)
    assert points[0] == (0.1, 0.3)
    assert points[1][0] == pytest.approx(0.7, abs=0.1)


def test_a_clip_that_cannot_be_read_is_shown_from_its_middle(tmp_path: Path, board: Storyboard) -> None:
    board, scene, _ = _board(board)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    assert focal_points(_timeline([(scene, 30)]), {scene: broken}, board, SIZE) == [(0.5, 0.5)]


def test_a_tall_film_looks_for_its_window_up_and_down() -> None:
    drawn = np.zeros((72, 128), np.float32)
    drawn[14:20, 20:40] = 1
    x, y = point_of(drawn, (720, 1280))
    assert x == 0.5
    assert abs(y - 17 / 72) < 0.1
