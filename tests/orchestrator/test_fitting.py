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
from storyboard.generators.seams import VideoRequest, VideoTake
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import MediaError
from storyboard.schema.progress import OnFraction


class Model:
    """Shoots square clips at eight frames a second, as much of the length as it is told to."""

    name: ClassVar[str] = "model"
    version: ClassVar[str] = "1"
    share: ClassVar[float] = 1.3
    n_takes: ClassVar[int] = 0

    def check(self) -> None:
        """Nothing is needed."""

    def capabilities(self) -> VideoCapabilities:
        return VideoCapabilities(best_s=4.0)

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        type(self).n_takes += 1
        n_frames = round(8 * self.share * request.n_frames / request.look.fps)
        texture = np.random.default_rng(request.scene_index).integers(40, 90, (64, 64, 3), np.uint8)
        texture[..., request.scene_index] += 150
        with av.open(str(out), "w") as container:
            stream = container.add_stream("libx264", rate=8, options={"crf": "14"})
            stream.width = stream.height = 64
            stream.pix_fmt = "yuv420p"
            for index in range(n_frames):
                picture = np.roll(texture, (3 * index, 5 * index), (0, 1))
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
    with pytest.raises(MediaError, match=r"scene \d .*its slot lasts"):
        storyboard.render(shot_by_model(short_film, copy_of).path)
