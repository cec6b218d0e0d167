"""Takes are judged, taken again with another seed where they are bad, and the best is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

import storyboard
from storyboard.generators.seams import Piece, ShotSpec, VideoRequest, VideoTake
from storyboard.generators.video.likeness import Likeness
from storyboard.orchestrator.nodes.fitting import CLIP, TAKE, SceneFit
from storyboard.orchestrator.nodes.takes import TakeWishes, another, best_take
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.errors import MediaError
from storyboard.schema.files import load, save
from storyboard.schema.progress import Notice, OnFraction

Pictures = Iterator[NDArray[np.uint8]]
FPS, SIDE, N_FRAMES = 8, 64, 24


def lively(seed: int) -> Pictures:
    texture = np.random.default_rng(seed).integers(30, 220, (SIDE // 8, SIDE // 8, 3), np.uint8)
    texture = texture.repeat(8, 0).repeat(8, 1)
    for index in range(N_FRAMES):
        yield np.roll(texture, 3 * index, 1)


def flat(_: int) -> Pictures:
    for index in range(N_FRAMES):
        yield np.full((SIDE, SIDE, 3), 100 + 4 * index, np.uint8)


def still(seed: int) -> Pictures:
    picture = next(lively(seed))
    for index in range(N_FRAMES):
        yield picture if index % 2 else np.clip(picture.astype(int) + 2, 0, 255).astype(np.uint8)


def black(_: int) -> Pictures:
    for _ in range(N_FRAMES):
        yield np.zeros((SIDE, SIDE, 3), np.uint8)


class Camera:
    """Shoots what it is told to, take after take."""

    def __init__(self, workspace: Workspace, *kinds: Callable[[int], Pictures]) -> None:
        self.workspace, self.kinds = workspace, kinds
        self.seeds: list[int] = []
        self.progress: list[float] = []
        self.pieces: list[Piece] = []

    def key(self, request: VideoRequest) -> str:
        return key_of("clip", request=request)

    def may_shoot(self, request: VideoRequest) -> bool:
        return True

    def shoot(self, request: VideoRequest, progress: OnFraction) -> str:
        key, kind = self.key(request), self.kinds[min(len(self.seeds), len(self.kinds) - 1)]
        self.seeds.append(request.seed)
        progress(0.5)
        self.workspace.store.make(key, lambda folder: self._write(kind(request.seed), folder))
        return key

    def _write(self, pictures: Pictures, folder: Path) -> None:
        with av.open(str(folder / CLIP), "w") as container:
            stream = container.add_stream("libx264", rate=FPS, options={"crf": "10"})
            stream.width, stream.height, stream.pix_fmt = SIDE, SIDE, "yuv420p"
            for picture in pictures:
                for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                    container.mux(packet)
            for packet in stream.encode():
                container.mux(packet)
        save(VideoTake(n_frames=N_FRAMES, fps=FPS, pieces=self.pieces), folder / TAKE)


@pytest.fixture
def asked(board: storyboard.Storyboard) -> VideoRequest:
    look = board.look.model_copy(update={"height": 144, "fps": 12, "aspect": "1:1"})
    return VideoRequest(
        scene=board.scenes[0], scene_index=0, n_scenes=3, characters=[], look=look, seed=7, n_frames=24,
        shots=[ShotSpec(first_frame=0, n_frames=12, framing="wide"),
               ShotSpec(first_frame=12, n_frames=12, framing="close")],
    )  # fmt: skip


def taken(camera: Camera, asked: VideoRequest, notices: list[Any] | None = None, **wishes: Any) -> SceneFit:
    heard: list[Any] = [] if notices is None else notices
    key = best_take(
        camera.workspace, asked, camera, TakeWishes(**wishes), camera.progress.append, on_event=heard.append
    )
    return load(camera.workspace.store.path(key, "fit.json"), SceneFit)


@pytest.mark.parametrize(("bad", "reason"), [(black, "black"), (flat, "is flat"), (still, "hardly moves")])
def test_a_bad_take_is_taken_again_with_another_seed(
    bad: Callable[[int], Pictures], reason: str, asked: VideoRequest, tmp_path: Path
) -> None:
    camera, notices = Camera(Workspace(tmp_path), bad, lively), list[Any]()
    fit = taken(camera, asked, notices)
    assert fit.take == 2 and reason in fit.takes[0].refused and not fit.takes[1].refused
    assert len(set(camera.seeds)) == 2 and fit.seed == camera.seeds[1]
    (told,) = (each.text for each in notices if isinstance(each, Notice))
    assert reason in told and "is taken again" in told


def test_what_could_be_shown_is_shown_where_no_take_is_good(asked: VideoRequest, tmp_path: Path) -> None:
    camera, notices = Camera(Workspace(tmp_path), black, still, still), list[Any]()
    fit = taken(camera, asked, notices)
    assert fit.take in (2, 3) and len(fit.takes) == 3 and all(each.refused for each in fit.takes)
    assert "no take is good" in notices[-1].text


def test_where_none_can_be_shown_the_scene_is_named(asked: VideoRequest, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"^scene 1 \(.*none of 3 takes"):
        taken(Camera(Workspace(tmp_path), black), asked)


def test_of_several_takes_the_best_is_kept(asked: VideoRequest, tmp_path: Path) -> None:
    class Prefers(Likeness):
        def of(self, pictures: Any, portraits: Any) -> float:
            return float(np.mean([picture[..., 0].mean() for picture in pictures])) / 255

    (tmp_path / "portrait").mkdir()
    camera = Camera(Workspace(tmp_path), lively)
    likeness = Prefers(tmp_path, "redness")
    fit = taken(camera, asked, n_takes=3, likeness=likeness, portraits=(tmp_path / "portrait/picture.png",))
    assert len(fit.takes) == 3 == len(set(camera.seeds))
    scores = [each.score for each in fit.takes]
    assert fit.take == 1 + scores.index(max(scores)) and len(set(scores)) == 3
    assert fit.takes[fit.take - 1].likeness == max(each.likeness or 0 for each in fit.takes)
    assert camera.progress == sorted(camera.progress) and camera.progress[-1] < 1
    assert fit.clip == camera.key(asked.model_copy(update={"seed": fit.seed}))


def test_one_unlike_its_portraits_is_taken_again(asked: VideoRequest, tmp_path: Path) -> None:
    class Stranger(Likeness):
        def of(self, pictures: Any, portraits: Any) -> float:
            return 0.1 if len(camera.seeds) == 1 else 0.8

    camera = Camera(Workspace(tmp_path), lively)
    fit = taken(camera, asked, likeness=Stranger(tmp_path, "1"), portraits=(tmp_path / "ida.png",))
    assert fit.take == 2 and "does not look like the portraits (likeness 0.10)" in fit.takes[0].refused


def test_what_is_there_is_not_judged_again(asked: VideoRequest, tmp_path: Path) -> None:
    camera = Camera(Workspace(tmp_path), lively)
    first = taken(camera, asked)
    assert taken(camera, asked) == first and len(camera.seeds) == 1
    taken(camera, asked, n_takes=2)
    assert len(camera.seeds) == 3, "two takes are another wish; the first clip is in the store"


def test_a_retake_has_another_seed_also_where_the_user_told_one(asked: VideoRequest) -> None:
    told = asked.model_copy(update={"parameters": {"seed": 5, "steps": 2}})
    again = another(told)
    assert again.parameters["seed"] not in (5, told.seed) and again.parameters["steps"] == 2
    assert again.seed != told.seed


def test_each_shot_stays_inside_its_own_piece(asked: VideoRequest, tmp_path: Path) -> None:
    camera = Camera(Workspace(tmp_path), lively)
    camera.pieces = [Piece(first_frame=0, n_frames=14), Piece(first_frame=14, n_frames=10)]
    fit = taken(camera, asked)
    first, second = ((shot.anchors[0][1], shot.anchors[-1][1]) for shot in fit.shots)
    assert 0 <= first[0] < first[1] <= 14 / FPS and 14 / FPS <= second[0] < second[1] <= 24 / FPS
