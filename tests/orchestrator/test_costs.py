"""What hosts charge is told before the shoot, and --max-cost refuses it before anything is spent."""

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
from storyboard.schema.capabilities import Estimate, VideoCapabilities
from storyboard.schema.errors import GeneratorError, MediaError
from storyboard.schema.files import save
from storyboard.schema.progress import OnFraction


class Hosted:
    """A server that takes a dollar a clip."""

    name: ClassVar[str] = "hosted"
    version: ClassVar[str] = "1"
    n_shot: ClassVar[int] = 0
    n_black: ClassVar[int] = 0

    def check(self) -> None:
        """Nothing is needed."""

    def capabilities(self) -> VideoCapabilities:
        return VideoCapabilities(runs_in="elsewhere", deterministic=False)

    def estimate(self, request: VideoRequest) -> Estimate:
        return Estimate(cost_usd=1.0, disk_mb=2.0)

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        kind = type(self)
        kind.n_shot += 1
        is_black = kind.n_shot <= kind.n_black
        n_frames = round(8 * request.n_frames / request.look.fps) + 8
        texture = np.random.default_rng(request.seed).integers(30, 220, (16, 16, 3), np.uint8)
        texture = texture.repeat(4, 0).repeat(4, 1) * (not is_black)
        with av.open(str(out), "w") as container:
            stream = container.add_stream("libx264", rate=8)
            stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
            for index in range(n_frames):
                picture = av.VideoFrame.from_ndarray(np.roll(texture, 3 * index, 1), format="rgb24")
                for packet in stream.encode(picture):
                    container.mux(packet)
            for packet in stream.encode():
                container.mux(packet)
        progress(1.0)
        return VideoTake(n_frames=n_frames, fps=8.0)


@pytest.fixture
def project(
    brief_project: storyboard.Project,
    copy_of: Callable[[storyboard.Project], storyboard.Project],
    monkeypatch: pytest.MonkeyPatch,
) -> storyboard.Project:
    """A film of two scenes that are shot by the server."""
    found = registry.load
    monkeypatch.setattr(
        registry, "load", lambda family, spec: Hosted if spec == "hosted" else found(family, spec)
    )
    monkeypatch.setattr(Hosted, "n_shot", 0)
    monkeypatch.setattr(Hosted, "n_black", 0)
    copied = copy_of(brief_project)
    board = copied.storyboard
    generators = board.generators.model_copy(update={"video": "hosted"})
    save(board.model_copy(update={"generators": generators}), copied.path / "storyboard.json")
    return copied


def test_the_cost_is_told_and_a_limit_refuses_before_anything_is_spent(
    project: storyboard.Project, watcher: Any
) -> None:
    assert storyboard.estimate(project.path).cost_usd == 2.0
    with pytest.raises(
        GeneratorError, match=r"shooting would cost \$2\.00, --max-cost allows \$1\.50"
    ) as caught:
        storyboard.render(project.path, max_cost=1.5, on_event=watcher)
    assert Hosted.n_shot == 0 and not caught.value.retry
    assert any("2 scenes with hosted costs about $2.00" in text for text in watcher.notices)
    storyboard.render(project.path, max_cost=2.0)
    assert Hosted.n_shot == 2
    again = storyboard.estimate(project.path)
    assert again.cost_usd == 0 and all(scene.is_there for scene in again.scenes)
    storyboard.render(project.path, max_cost=0.0)
    assert Hosted.n_shot == 2, "what is there costs nothing"


def test_only_what_is_missing_is_paid_for_and_takes_count(project: storyboard.Project) -> None:
    storyboard.render(project.path)
    board = project.storyboard
    generators = board.generators.model_copy(update={"takes": 2})
    save(board.model_copy(update={"generators": generators}), project.path / "storyboard.json")
    estimate = storyboard.estimate(project.path)
    assert estimate.cost_usd == 2.0 and [scene.takes for scene in estimate.scenes] == [1, 1]


def test_a_retake_stays_within_the_limit(project: storyboard.Project, watcher: Any) -> None:
    Hosted.n_black = 1
    with pytest.raises(MediaError, match="black"):
        storyboard.render(project.path, max_cost=2.0, on_event=watcher)
    assert Hosted.n_shot <= 2
    storyboard.render(project.path, max_cost=2.0)
    assert Hosted.n_shot == 3, "the black one is in the store and is not paid for again"
