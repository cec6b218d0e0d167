"""The shoot of every video model: pieces, batches, memory, progress, errors; proved on VideoFusion."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")

from storyboard.generators.models import tiers  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.held import release  # noqa: E402
from storyboard.generators.models.tiers import Tier  # noqa: E402
from storyboard.generators.seams import VideoRequest, VideoTake  # noqa: E402
from storyboard.generators.video.diffusion.frames import Frames  # noqa: E402
from storyboard.generators.video.diffusion.wish import Wish  # noqa: E402
from storyboard.generators.video.videofusion import VideoFusion  # noqa: E402
from storyboard.schema.errors import Cancelled, GeneratorError, InputError, MediaError  # noqa: E402
from storyboard.schema.progress import ignore  # noqa: E402

LONG = "tea " * 60


class Watched(VideoFusion):
    """VideoFusion that notes what it films at once, and runs short of memory where it is told."""

    def __init__(self, model: str, fits: int = 99, tier: Tier | None = None) -> None:
        super().__init__(model)
        self.fits, self.tier = fits, tier
        self.runs: list[tuple[int, int]] = []
        self.tiers: list[Tier] = []
        self.n_loaded = 0

    def load(self, device: Device) -> Any:
        self.n_loaded += 1
        return super().load(device)

    def held(self, device: Device, tier: Tier) -> Any:
        self.tiers.append(tier)
        return super().held(device, tier)

    def film(self, pipeline: Any, wishes: Sequence[Wish[Any]], n_frames: int, before: Any) -> list[Frames]:
        self.runs.append((len(wishes), n_frames))
        made = super().film(pipeline, wishes, n_frames, before)
        if len(wishes) > self.fits or (self.tier and self.tiers[-1] != self.tier):
            raise torch.OutOfMemoryError("CUDA out of memory")
        return made


@pytest.fixture
def nothing_held() -> None:
    release()


def shot(
    generator: VideoFusion, asked: VideoRequest, out: Path, seen: list[float] | None = None
) -> tuple[VideoTake, Frames]:
    """Return a take and the frames of its file."""
    take = generator.shoot(asked, out, ignore if seen is None else seen.append)
    with av.open(str(out)) as container:
        return take, np.stack([each.to_ndarray(format="rgb24") for each in container.decode(video=0)])


def filmed(generator: VideoFusion, asked: VideoRequest, seen: list[float] | None = None) -> list[Frames]:
    """Return the pieces of a scene, not encoded."""
    progress = ignore if seen is None else seen.append
    return generator._filmed(generator.wishes(asked), Device("cpu", "float32"), progress)


def far(one: Sequence[Frames], other: Sequence[Frames]) -> float:
    pairs = zip(one, other, strict=True)
    return max(float(np.abs(a.astype(float) - b.astype(float)).max()) for a, b in pairs)


def test_a_batch_gives_what_single_runs_give(text_to_video: Path, asking: Any) -> None:
    films = [
        filmed(
            VideoFusion(str(text_to_video)), asking(24, 24, 90, 90, told={"batch": batch, "num_frames": 20})
        )
        for batch in (1, 2)
    ]
    assert [len(each) for each in films[0]] == [20, 20, 32, 32]
    assert far(*films) <= 1


def test_a_long_prompt_beside_a_short_one_does_not_change_it(text_to_video: Path, asking: Any) -> None:
    generator, told = Watched(str(text_to_video)), {"batch": 4}
    requests = [asking(24, told=told), asking(24, prompt=LONG, told=told), asking(24, told=told, seed=9)]
    wishes = [wish for request in requests for wish in generator.wishes(request)]
    films = generator._filmed(wishes, Device("cpu", "float32"), ignore)
    assert [batch for batch, _ in generator.runs] == [3]
    for film, request in zip(films, requests, strict=True):
        assert far([film], filmed(VideoFusion(str(text_to_video)), request)) <= 1


def test_scenes_of_two_films_are_not_filmed_side_by_side(
    text_to_video: Path, asking: Any, tmp_path: Path
) -> None:
    generator = Watched(str(text_to_video))
    requests = [asking(24, told={"batch": 2}, film_seed=seed) for seed in (1, 2)]
    generator.shoot_all(requests, [tmp_path / "a.mp4", tmp_path / "b.mp4"], [ignore, ignore])
    assert [batch for batch, _ in generator.runs] == [1, 1]
    assert (tmp_path / "a.mp4").read_bytes() != (tmp_path / "b.mp4").read_bytes()


@pytest.mark.usefixtures("nothing_held")
def test_too_little_memory_is_answered_by_a_smaller_batch_before_the_next_tier(
    text_to_video: Path, asking: Any, tmp_path: Path
) -> None:
    seen: list[float] = []
    generator = Watched(str(text_to_video), fits=1)
    filmed(generator, asking(24, 24, 24, 24, told={"batch": 4}), seen)
    assert [batch for batch, _ in generator.runs] == [4, 2, 1, 1, 1, 1]
    assert generator.tiers == [Tier()] and generator.n_loaded == 1
    assert seen == sorted(seen) and seen[-1] == 1.0


@pytest.mark.usefixtures("nothing_held")
def test_the_next_tier_answers_what_no_batch_can_and_goes_on_where_it_was(
    text_to_video: Path, asking: Any, tmp_path: Path
) -> None:
    seen: list[float] = []
    generator, asked = (
        Watched(str(text_to_video), tier=Tier(tiled=True)),
        asking(24, 60, told={"num_frames": 16}),
    )
    frames = filmed(generator, asked, seen)
    assert generator.tiers == [Tier(), Tier(tiled=True)] and generator.n_loaded == 2
    assert len(generator.runs) == 1 + 1 + 2, "one that failed, then one stretch and two"
    assert seen == sorted(seen) and seen.count(1.0) == 1
    assert far(frames, filmed(VideoFusion(str(text_to_video)), asked)) <= 1, "the same pictures"


def test_too_little_memory_for_any_tier_is_an_error_that_says_what_to_do(
    text_to_video: Path, asking: Any, tmp_path: Path
) -> None:
    generator = Watched(str(text_to_video), fits=0)
    with pytest.raises(GeneratorError, match="too little memory") as caught:
        shot(generator, asking(24), tmp_path / "clip.mp4")
    assert "offload" in caught.value.hint and not list(tmp_path.iterdir())


def test_a_card_with_room_films_all_alike_pieces_at_once(
    text_to_video: Path, asking: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = Watched(str(text_to_video))
    card = Device("cuda", "float32", "auto")
    monkeypatch.setattr(tiers, "free_memory_gb", lambda _: 40.0)
    monkeypatch.setattr(Tier, "place", lambda self, pipeline, _: pipeline)
    generator._filmed(generator.wishes(asking(24, 24, 24, 90)), card, ignore)
    assert [batch for batch, _ in generator.runs] == [3, 1]


@pytest.mark.usefixtures("nothing_held")
def test_one_pipeline_serves_all_scenes(text_to_video: Path, asking: Any, tmp_path: Path) -> None:
    generator = Watched(str(text_to_video))
    for name in ("a", "b"):
        shot(generator, asking(24), tmp_path / f"{name}.mp4")
    assert generator.n_loaded == 1


@pytest.mark.usefixtures("nothing_held")
def test_a_stop_leaves_no_file_and_a_pipeline_that_goes_on(
    text_to_video: Path, asking: Any, tmp_path: Path
) -> None:
    generator = Watched(str(text_to_video))

    def stop(done: float) -> None:
        if done > 0.3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        generator.shoot(asking(24, 24), tmp_path / "clip.mp4", stop)
    assert not list(tmp_path.iterdir())
    shot(generator, asking(24, 24), tmp_path / "clip.mp4")
    assert generator.n_loaded == 1


@pytest.mark.usefixtures("nothing_held")
def test_a_pipeline_that_failed_is_loaded_anew(
    text_to_video: Path, asking: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = Watched(str(text_to_video))
    with monkeypatch.context() as broken, pytest.raises(GeneratorError, match="a shape is wrong"):
        broken.setattr("storyboard.generators.video.videofusion.frames_of", _raising("a shape is wrong"))
        shot(generator, asking(24), tmp_path / "clip.mp4")
    shot(generator, asking(24), tmp_path / "clip.mp4")
    assert generator.n_loaded == 2


def _raising(said: str) -> Any:
    def fail(*_: Any) -> None:
        raise RuntimeError(said)

    return fail


def test_pictures_without_numbers_are_an_error(
    text_to_video: Path, asking: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = "storyboard.generators.video.videofusion.shared_noise"
    monkeypatch.setattr(
        noise, lambda seeds, _film, _share, shape: torch.full((len(seeds), *shape), torch.nan)
    )
    with pytest.raises(MediaError, match="no numbers") as caught:
        shot(VideoFusion(str(text_to_video)), asking(24), tmp_path / "clip.mp4")
    assert "bfloat16" in caught.value.hint and not list(tmp_path.iterdir())


def test_progress_is_told_for_every_step_of_every_stretch(
    text_to_video: Path, asking: Any, tmp_path: Path
) -> None:
    seen: list[float] = []
    shot(
        VideoFusion(str(text_to_video)),
        asking(90, told={"num_frames": 16, "steps": 3}),
        tmp_path / "clip.mp4",
        seen,
    )
    n_stretches = 3
    assert len(seen) == 1 + n_stretches * (3 + 1) and len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    ("name", "value"), [("num_frames", 43), ("num_frame", 16), ("width", 100), ("steps", 0)]
)
def test_a_wrong_parameter_is_refused_by_name_before_anything_is_loaded(
    asking: Any, tmp_path: Path, name: str, value: int
) -> None:
    with pytest.raises(InputError, match=name) as caught:
        VideoFusion("ada/nothing").shoot(asking(24, told={name: value}), tmp_path / "clip.mp4", ignore)
    assert caught.value.where == f"generators.parameters.video.{name}"


def test_an_estimate_grows_with_the_clip_and_loads_nothing(text_to_video: Path, asking: Any) -> None:
    generator = Watched(str(text_to_video))
    short, long = (generator.estimate(asking(n)) for n in (24, 240))
    assert 0 < short.device_s < long.device_s and 0 < short.disk_mb < long.disk_mb
    assert generator.n_loaded == 0


def test_the_record_names_weights_revision_and_device(
    text_to_video: Path, asking: Any, tmp_path: Path
) -> None:
    generator = VideoFusion(str(text_to_video))
    take, _ = shot(generator, asking(24), tmp_path / "clip.mp4")
    assert take.model is not None
    assert (take.model.id, take.model.revision) == ("text_to_video", generator.revision)
    assert (take.model.device, take.model.dtype) == ("cpu", "float32")
