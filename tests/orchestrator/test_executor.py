"""Who runs a job: one device, scenes handed over together, processes and servers beside it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar

import pytest

import storyboard
from storyboard.generators import registry
from storyboard.generators.seams import ShotSpec, VideoRequest, VideoTake
from storyboard.orchestrator.executor import LocalExecutor
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.errors import Cancelled, GeneratorError, MediaError
from storyboard.schema.progress import OnFraction, ignore

WAIT_S = 20.0


class Single:
    """Shoots one scene at a time; the first waits until the others are there."""

    name: ClassVar[str] = "single"
    version: ClassVar[str] = "1"
    runs_in: ClassVar[str] = "thread"
    gate: ClassVar[threading.Event]
    begun: ClassVar[threading.Event]
    calls: ClassVar[list[list[int]]]
    bad: ClassVar[set[int]]
    n_at_once: ClassVar[int]
    most_at_once: ClassVar[int]

    def check(self) -> None:
        """Nothing is needed."""

    def capabilities(self) -> VideoCapabilities:
        return VideoCapabilities.model_validate({"runs_in": self.runs_in})

    def shoot(self, request: VideoRequest, out: Path, progress: OnFraction) -> VideoTake:
        return self._shot([request], [out], [progress])[0]

    def _shot(
        self, requests: Sequence[VideoRequest], outs: Sequence[Path], progresses: Sequence[OnFraction]
    ) -> list[VideoTake]:
        kind = type(self)
        kind.calls.append([request.scene_index for request in requests])
        kind.n_at_once += 1
        kind.most_at_once = max(kind.most_at_once, kind.n_at_once)
        kind.begun.set()
        assert kind.gate.wait(WAIT_S)
        try:
            for request, out, progress in zip(requests, outs, progresses, strict=True):
                if request.scene_index in self.bad:
                    raise MediaError(f"scene of index {request.scene_index} has no numbers")
                out.write_bytes(b"clip")
                progress(1.0)
        finally:
            kind.n_at_once -= 1
        return [VideoTake(n_frames=request.scene_index + 1, fps=8.0) for request in requests]


class Several(Single):
    """Can shoot several scenes in one call."""

    name: ClassVar[str] = "several"

    def shoot_all(
        self, requests: Sequence[VideoRequest], outs: Sequence[Path], progresses: Sequence[OnFraction]
    ) -> list[VideoTake]:
        return self._shot(requests, outs, progresses)


class Hosted(Single):
    """Runs on a server."""

    name: ClassVar[str] = "hosted"
    runs_in: ClassVar[str] = "elsewhere"


@pytest.fixture(autouse=True)
def _models(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {kind.name: kind for kind in (Single, Several, Hosted)}
    found = registry.load
    monkeypatch.setattr(registry, "load", lambda family, spec: kinds.get(spec) or found(family, spec))
    for kind in kinds.values():
        kind.gate, kind.begun, kind.calls, kind.bad = threading.Event(), threading.Event(), [], set()
        kind.n_at_once = kind.most_at_once = 0


def request_of(board: storyboard.Storyboard, index: int) -> VideoRequest:
    return VideoRequest(
        scene=board.scenes[index % 3], scene_index=index, n_scenes=6, characters=[], look=board.look, seed=1,
        n_frames=12, shots=[ShotSpec(first_frame=0, n_frames=12, framing="wide")],
    )  # fmt: skip


class Job:
    """Scenes that are given to an executor from as many threads, the first one before the others."""

    def __init__(self, board: storyboard.Storyboard, folder: Path, specs: list[str]) -> None:
        self.executor, self.progress = LocalExecutor(), [[] for _ in specs]
        self.specs, self.board, self.folder = specs, board, folder
        self.kind = {kind.name: kind for kind in (Single, Several, Hosted)}[specs[0]]

    def run(self) -> list[VideoTake | BaseException]:
        with ThreadPoolExecutor(len(self.specs)) as pool:
            first = pool.submit(self._shoot, 0)
            assert self.kind.begun.wait(WAIT_S)
            others = [pool.submit(self._shoot, index) for index in range(1, len(self.specs))]
            self._wait_until_all_are_there()
            for kind in (Single, Several, Hosted):
                kind.gate.set()
            return [each.exception() or each.result() for each in (first, *others)]

    def _wait_until_all_are_there(self) -> None:
        waiting = self.executor._device._waiting
        for _ in range(int(WAIT_S * 100)):
            waiting = self.executor._device._waiting
            if len(waiting) >= sum(spec != "hosted" for spec in self.specs[1:]):
                return
            threading.Event().wait(0.01)
        raise AssertionError(f"{len(waiting)} wait")

    def _shoot(self, index: int) -> VideoTake:
        out = self.folder / f"{index}.mp4"
        request = request_of(self.board, index)
        return self.executor.shoot(self.specs[index], request, out, self.progress[index].append)


def test_scenes_that_wait_for_the_same_model_are_handed_over_together(
    board: storyboard.Storyboard, tmp_path: Path
) -> None:
    job = Job(board, tmp_path, ["several"] * 4)
    takes = job.run()
    assert Several.calls[0] == [0] and sorted(Several.calls[1]) == [1, 2, 3] and len(Several.calls) == 2
    assert [take.n_frames for take in takes if isinstance(take, VideoTake)] == [1, 2, 3, 4]
    assert all(seen == [1.0] for seen in job.progress), "each scene has its own progress"


def test_a_failure_is_of_the_scene_that_failed(board: storyboard.Storyboard, tmp_path: Path) -> None:
    Several.bad.add(2)
    ends = Job(board, tmp_path, ["several"] * 4).run()
    assert isinstance(ends[2], MediaError) and "index 2" in str(ends[2])
    assert [end.n_frames for end in ends if isinstance(end, VideoTake)] == [1, 2, 4]
    assert sorted(Several.calls[2:]) == [[1], [2], [3]], "they are tried one by one"


def test_a_model_for_single_scenes_gets_them_one_after_the_other(
    board: storyboard.Storyboard, tmp_path: Path
) -> None:
    Job(board, tmp_path, ["single"] * 3).run()
    assert sorted(Single.calls) == [[0], [1], [2]] and Single.most_at_once == 1


def test_models_do_not_meet_on_the_device(board: storyboard.Storyboard, tmp_path: Path) -> None:
    Job(board, tmp_path, ["several", "single", "several", "single"]).run()
    assert sorted(Several.calls) == [[0], [2]] and sorted(Single.calls) == [[1], [3]]


def test_what_runs_on_a_server_waits_for_nothing(board: storyboard.Storyboard, tmp_path: Path) -> None:
    Hosted.gate.set()
    takes = Job(board, tmp_path, ["several", "hosted", "hosted"]).run()
    assert all(isinstance(take, VideoTake) for take in takes) and sorted(Hosted.calls) == [[1], [2]]


def test_who_stops_one_scene_stops_those_that_are_shot_with_it(
    board: storyboard.Storyboard, tmp_path: Path
) -> None:
    job = Job(board, tmp_path, ["several"] * 3)

    class Stops(list[float]):
        def append(self, _: float) -> None:
            raise Cancelled("stop")

    job.progress[1] = Stops()
    ends = job.run()
    assert isinstance(ends[0], VideoTake)
    assert all(isinstance(end, Cancelled) for end in ends[1:])
    assert len(Several.calls) == 2, "nothing is shot after a stop"


def test_a_worker_process_brings_its_take_back(short_film: storyboard.Project, tmp_path: Path) -> None:
    board = short_film.storyboard
    take = LocalExecutor(1).shoot("animatic", request_of(board, 0), tmp_path / "clip.mp4", ignore)
    assert (take.n_frames, take.fps) == (12, board.look.fps)
    broken = request_of(board, 0).model_copy(update={"n_frames": 24})
    with pytest.raises(GeneratorError, match="scene 1"):
        LocalExecutor(1).shoot("animatic", broken, tmp_path / "no-such-folder/clip.mp4", ignore)
