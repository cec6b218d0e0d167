"""Clips of any length, rate and shape from a model fill exactly the shots that were planned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import av
import numpy as np
import pytest

import storyboard
from storyboard.generators import registry
from storyboard.generators.seams import ShotSpec, VideoRequest, VideoTake
from storyboard.orchestrator.nodes.fitting import CLIP, TAKE, FitWishes, SceneFit, fit_wishes, with_fits
from storyboard.orchestrator.nodes.takes import TakeWishes, best_take
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import DocumentError, MediaError
from storyboard.schema.files import load, save
from storyboard.schema.progress import Event, OnFraction
from storyboard.schema.timeline import Retime, Shot, SongMap, Timeline


class Model:
    """Shoots square clips at eight frames a second, as much of the length as it is told to."""

    name: ClassVar[str] = "model"
    version: ClassVar[str] = "1"
    share: ClassVar[float] = 1.3
    n_takes: ClassVar[int] = 0
    spoilt: ClassVar[int] = 0  # so many takes of each scene are black
    takes: ClassVar[dict[int, list[int]]] = {}  # the seeds of each scene's takes

    def check(self) -> None:
        """Nothing is needed."""

    def capabilities(self) -> VideoCapabilities:
        return VideoCapabilities(best_s=4.0)

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        type(self).n_takes += 1
        self.takes.setdefault(request.scene_index, []).append(request.seed)
        is_black = len(self.takes[request.scene_index]) <= self.spoilt
        n_frames = round(8 * self.share * request.n_frames / request.look.fps)
        texture = np.random.default_rng(request.scene_index).integers(40, 90, (64, 64, 3), np.uint8)
        texture[..., request.scene_index] += 150
        with av.open(str(out), "w") as container:
            stream = container.add_stream("libx264", rate=8, options={"crf": "14"})
            stream.width = stream.height = 64
            stream.pix_fmt = "yuv420p"
            for index in range(n_frames):
                picture = np.roll(texture, (3 * index, 5 * index), (0, 1)) * (not is_black)
                for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                    container.mux(packet)
            for packet in stream.encode():
                container.mux(packet)
        progress(1.0)
        return VideoTake(n_frames=n_frames, fps=8.0)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> type[Model]:
    found = registry.load
    monkeypatch.setattr(
        registry, "load", lambda family, spec: Model if spec == "model" else found(family, spec)
    )
    monkeypatch.setattr(Model, "n_takes", 0)
    monkeypatch.setattr(Model, "takes", {})
    return Model


def shot_by_model(short_film: storyboard.Project, copy_of: Callable[..., Any]) -> storyboard.Project:
    project: storyboard.Project = copy_of(short_film)
    board = project.storyboard
    generators = board.generators.model_copy(update={"video": "model"})
    changed = board.model_copy(update={"generators": generators})
    (project.path / "storyboard.json").write_text(changed.model_dump_json(by_alias=True))
    return project


def test_longer_clips_are_cut_to_their_shots(
    short_film: storyboard.Project, copy_of: Callable[..., Any], model: type[Model]
) -> None:
    project = storyboard.render(shot_by_model(short_film, copy_of).path)
    report, timeline = project.report, project.timeline
    assert report.frames == timeline.n_frames
    assert report.cuts_on_beat == report.cuts == 2, "between the scenes; inside one nothing else is seen"
    assert report.frozen_runs == report.black_runs == []
    assert all(
        shot.retime is not None and shot.speed == pytest.approx(1, abs=0.02) for shot in timeline.shots
    )
    assert model.n_takes == 3


def test_shorter_clips_run_slower_and_the_timeline_says_so(
    short_film: storyboard.Project,
    copy_of: Callable[..., Any],
    model: type[Model],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Model, "share", 0.7)
    project = storyboard.render(shot_by_model(short_film, copy_of).path)
    assert project.report.frames == project.timeline.n_frames
    assert all(shot.retime is not None and shot.retime.way != "part" for shot in project.timeline.shots)
    assert all(shot.speed == pytest.approx(0.7, abs=0.06) for shot in project.timeline.shots)


def test_a_clip_that_nothing_can_fit_names_its_scene(
    short_film: storyboard.Project,
    copy_of: Callable[..., Any],
    model: type[Model],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Model, "share", 0.2)
    with pytest.raises(MediaError, match=r"scene \d .*none of 3 takes.*its slot lasts") as refused:
        storyboard.render(shot_by_model(short_film, copy_of).path)
    assert "longer" in refused.value.hint
    assert all(len(seeds) == len(set(seeds)) <= 3 for seeds in Model.takes.values())


def test_a_scene_whose_clip_cannot_be_used_is_taken_again(
    short_film: storyboard.Project,
    copy_of: Callable[..., Any],
    model: type[Model],
    monkeypatch: pytest.MonkeyPatch,
    watcher: Any,
) -> None:
    monkeypatch.setattr(Model, "spoilt", 1)
    project = storyboard.render(shot_by_model(short_film, copy_of).path, on_event=watcher)
    assert project.report.black_runs == []
    told = [text for text in watcher.notices if "is taken again" in text]
    assert len(told) == 3 and all("take 1 is black throughout" in text for text in told)
    assert Model.n_takes == 6
    storyboard.render(project.path)
    assert Model.n_takes == 6, "both takes are kept"


@pytest.fixture
def request_of_two(short_board: storyboard.Storyboard) -> VideoRequest:
    shots = [ShotSpec(first_frame=0, n_frames=18, framing="wide")]
    shots.append(ShotSpec(first_frame=18, n_frames=14, framing="close"))
    return VideoRequest(
        scene=short_board.scenes[0],
        scene_index=0,
        n_scenes=3,
        characters=[],
        look=short_board.look,
        seed=2**32 - 1,
        n_frames=32,
        shots=shots,
        beats=[0, 6, 12, 18, 24, 30],
    )


class Takes:
    """Shoots with the model into the store, each request under a key of its own."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.keys: list[str] = []
        self.n_allowed = 99

    def key(self, request: VideoRequest) -> str:
        return key_of("clip", request=request)

    def shoot(self, request: VideoRequest, progress: OnFraction) -> str:
        key = self.key(request)
        self.workspace.store.make(key, lambda folder: self._shoot(request, folder, progress))
        self.keys.append(key)
        return key

    def may_shoot(self, request: VideoRequest) -> bool:
        return len(self.keys) < self.n_allowed

    def _shoot(self, request: VideoRequest, folder: Path, progress: OnFraction) -> None:
        save(Model().shoot(request, folder / CLIP, progress), folder / TAKE)


@pytest.fixture
def takes(tmp_path: Path, model: type[Model]) -> Takes:
    return Takes(Workspace(tmp_path))


def best(takes: Takes, request: VideoRequest, **wishes: Any) -> str:
    return best_take(takes.workspace, request, takes, TakeWishes(**wishes))


def fit_of(takes: Takes, key: str) -> SceneFit:
    return load(takes.workspace.store.path(key, "fit.json"), SceneFit)


def test_which_take_was_used_and_why_not_the_others_is_kept(
    takes: Takes, request_of_two: VideoRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Model, "spoilt", 2)
    notices: list[Event] = []
    key = best_take(takes.workspace, request_of_two, takes, TakeWishes(), on_event=notices.append)
    fit = fit_of(takes, key)
    assert (fit.take, fit.clip) == (3, takes.keys[2])
    assert [each.refused for each in fit.takes] == ["is black throughout"] * 2 + [""]
    assert [each.seed for each in fit.takes] == Model.takes[0] and len(set(Model.takes[0])) == 3
    assert fit.seed == Model.takes[0][2] and fit.takes[2].score > 0
    assert len(set(takes.keys)) == 3 and all(each in takes.workspace.store for each in takes.keys)
    assert len(notices) == 2


def test_a_file_that_is_no_clip_is_taken_again(takes: Takes, request_of_two: VideoRequest) -> None:
    takes.workspace.store.make(takes.key(request_of_two), lambda folder: (folder / CLIP).touch())
    fit = fit_of(takes, best(takes, request_of_two))
    assert fit.take == 2 and fit.takes[0].refused.startswith("cannot be read as a clip")


def test_where_nothing_more_may_be_spent_the_first_take_decides(
    takes: Takes, request_of_two: VideoRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Model, "spoilt", 1)
    takes.n_allowed = 1
    with pytest.raises(MediaError, match=r"^scene 1 \(.*\): .*is black throughout"):
        best(takes, request_of_two)
    assert Model.n_takes == 1


def test_a_clip_that_slow_motion_can_stretch_is_not_taken_again(
    takes: Takes, request_of_two: VideoRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Model, "share", 0.7)
    fit = fit_of(takes, best(takes, request_of_two))
    assert fit.take == Model.n_takes == len(fit.takes) == 1
    assert fit.shots[0].way == "slower"


def test_slow_motion_is_made_as_the_scene_asks(
    takes: Takes, request_of_two: VideoRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Model, "share", 0.7)
    ways: dict[str, str] = {}
    for way in ("flow", "blend"):
        ways[way] = best(takes, request_of_two, fit=fit_wishes({"slow_motion": way}, None))
        assert fit_of(takes, ways[way]).slow_motion == way
    assert best(takes, request_of_two) == ways["flow"]
    assert Model.n_takes == 1, "the clip is the same"
    files = [takes.workspace.store.path(key, CLIP).read_bytes() for key in ways.values()]
    assert files[0] != files[1]
    with pytest.raises(DocumentError, match="slow_motion is 'magic'"):
        fit_wishes({"slow_motion": "magic"}, None)


def test_the_focal_point_decides_what_a_crop_keeps(takes: Takes, request_of_two: VideoRequest) -> None:
    keys = [best(takes, request_of_two, fit=FitWishes(focus=(0.5, y))) for y in (0.0, 1.0)]
    first, second = (takes.workspace.store.path(key, CLIP).read_bytes() for key in keys)
    assert first != second


def test_a_speed_map_counts_from_its_shot_also_where_a_crossfade_begins_before_it(takes: Takes) -> None:
    song_map = SongMap(duration_s=5.0)
    shots = [
        Shot(scene="a", first_frame=0, last_frame=23, clip="a.mp4", source_start_s=0, reason="opens"),
        Shot(scene="b", first_frame=24, last_frame=35, clip="b.mp4", source_start_s=0.25, reason="fades in",
             transition="crossfade", transition_frames=6),
        Shot(scene="b", first_frame=36, last_frame=59, clip="b.mp4", source_start_s=1.25, reason="a bar"),
    ]  # fmt: skip
    timeline = Timeline(fps=12, n_frames=60, song_map=song_map, shots=shots)
    lead_s = timeline.handles("b")[0] / 12
    fit = SceneFit(
        shots=[
            Retime(anchors=[(0.0, 0.4), (0.5, 1.0), (1.25, 1.75)], way="part"),
            Retime(anchors=[(0.0, 2.0), (2.0, 4.0)], way="part"),
        ],
        clip="clip-b",
        seed=1,
        slow_motion="flow",
    )
    takes.workspace.store.make("fit-b", lambda folder: save(fit, folder / "fit.json"))
    plain, first, second = with_fits(takes.workspace, timeline, {"a": "clip-a", "b": "fit-b"}).shots
    assert plain.retime is None and plain.source_start_s == 0
    assert first.retime is not None and lead_s == 0.25
    assert first.retime.anchors == [(-0.25, 0.4), (0.25, 1.0), (1.0, 1.75)]
    assert first.source_start_s == pytest.approx(0.7), "where the shot itself begins, not the crossfade"
    assert first.speed == pytest.approx(1.35 / 1.25)
    assert second.retime == fit.shots[1] and second.source_start_s == 2.0
