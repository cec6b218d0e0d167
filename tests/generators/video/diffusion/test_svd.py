"""Stable Video Diffusion on tiny random weights, saved and loaded as the real one is."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
diffusers = pytest.importorskip("diffusers")
constants = pytest.importorskip("huggingface_hub.constants")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.tiers import Tier  # noqa: E402
from storyboard.generators.seams import ImageFile, ShotSpec, VideoRequest, VideoTake  # noqa: E402
from storyboard.generators.testing import check_video  # noqa: E402
from storyboard.generators.testing.tiny.svd import build_svd  # noqa: E402
from storyboard.generators.video.diffusion.frames import Frames  # noqa: E402
from storyboard.generators.video.svd import StableVideoDiffusion  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable, InputError, MediaError  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

CPU = Device("cpu", "float32")
SMALL = {"steps": 1, "width": 64, "height": 64}

# Of diffusers' Euler scheduler.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that was trained on four frames."""
    return build_svd(tmp_path_factory.mktemp("svd") / "tiny")


@pytest.fixture(scope="module")
def key_frames(tmp_path_factory: pytest.TempPathFactory) -> list[ImageFile]:
    """Three pictures of different sizes and modes: RGB, grey, RGBA."""
    folder, rng = tmp_path_factory.mktemp("key-frames"), np.random.default_rng(1)
    made = []
    for index, shape in enumerate([(96, 160, 3), (50, 40), (5, 3, 4)]):
        path = folder / f"{index}.png"
        Image.fromarray(rng.integers(60, 250, shape, np.uint8)).save(path)
        made.append(ImageFile(file=str(path), sha256=hashlib.sha256(path.read_bytes()).hexdigest()))
    return made


def asked(key_frames: list[ImageFile], *n_frames: int, **told: Any) -> VideoRequest:
    """Ask for shots of so many frames of a film of 12 frames a second; as many key frames are given."""
    firsts = np.cumsum([0, *n_frames]).tolist()
    shots = [
        ShotSpec(first_frame=first, n_frames=n, framing="wide")
        for first, n in zip(firsts, n_frames, strict=False)
    ]
    return VideoRequest(
        scene=Scene(id="road", title="The road", setting="a road", prompt="A road."),
        scene_index=0, n_scenes=1, characters=[], look=Look(height=144, fps=12), seed=7, film_seed=3,
        n_frames=firsts[-1], shots=shots, parameters={**SMALL, **told}, key_frames=key_frames[: len(shots)],
    )  # fmt: skip


def shot(model: Path, request: VideoRequest) -> tuple[VideoTake, str]:
    """Return the take of a clip, and its digest."""
    out = model.parent / "clip.mp4"
    take = StableVideoDiffusion(str(model)).shoot(request, out, lambda _: None)
    return take, hashlib.sha256(out.read_bytes()).hexdigest()


def filmed(model: Path, request: VideoRequest, before: list[Frames] | None = None) -> list[Frames]:
    """Return the frames of one run for all pieces of a request."""
    generator = StableVideoDiffusion(str(model))
    return generator.film(generator.held(CPU, Tier()), generator.wishes(request), 4, before or [])


@pytest.fixture(scope="module")
def plain(tiny: Path, key_frames: list[ImageFile]) -> Frames:
    return filmed(tiny, asked(key_frames, 4))[0]


def test_conforms(tiny: Path, key_frames: list[ImageFile], tmp_path: Path) -> None:
    generator = registry.video(f"svd:{tiny}")
    check_video(generator, asked(key_frames, 6, 3, 4), tmp_path, ignores=["negative_prompt"])


def test_its_frame_counts_are_those_of_its_weights(tiny: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny, tmp_path / "model")
    config = model / "unet" / "config.json"
    for n_frames in (14, 25):
        config.write_text(json.dumps({**json.loads(config.read_text()), "num_frames": n_frames}))
        lattice = StableVideoDiffusion(str(model)).lattice
        assert (lattice.fewest, lattice.largest) == (14, n_frames)
    capabilities = StableVideoDiffusion("nobody/nothing").capabilities()
    assert capabilities.needs_image and capabilities.best_s == pytest.approx(25 / 7)


@pytest.mark.parametrize(
    "told",
    [{"motion_bucket_id": 255}, {"noise_aug_strength": 0.5}, {"guidance_scale": 6.0}, {"fps": 14},
     {"min_guidance_scale": 2.5}, {"shared_noise": 0.9}, {"seed": 8}],
)  # fmt: skip
def test_what_is_told_changes_the_clip(
    told: dict[str, Any], tiny: Path, key_frames: list[ImageFile], plain: Frames
) -> None:
    assert (filmed(tiny, asked(key_frames, 4, **told))[0] != plain).any()


def test_the_key_frame_changes_the_clip(tiny: Path, key_frames: list[ImageFile], plain: Frames) -> None:
    assert (filmed(tiny, asked(key_frames[1:], 4))[0] != plain).any()


def test_the_models_own_name_of_the_guidance_is_taken_too(tiny: Path, key_frames: list[ImageFile]) -> None:
    one, other = (
        filmed(tiny, asked(key_frames, 4, **{name: 6.0})) for name in ("guidance_scale", "max_guidance_scale")
    )
    assert (one[0] == other[0]).all()


def test_a_longer_piece_goes_on_from_the_last_frame(tiny: Path, key_frames: list[ImageFile]) -> None:
    request = asked(key_frames, 12)
    take, _ = shot(tiny, request)
    assert take.pieces[0].n_frames == take.n_frames == 10 and "up to 3 parts" in take.lengthened
    (first,) = filmed(tiny, request)
    gone_on = filmed(tiny, request, [first])[0]
    last_changed, others_changed = first.copy(), first.copy()
    last_changed[-1] = 255 - last_changed[-1]
    others_changed[:-1] = 0
    assert (filmed(tiny, request, [others_changed])[0] == gone_on).all(), (
        "it reads nothing but the last frame"
    )
    assert (filmed(tiny, request, [last_changed])[0] != gone_on).any(), "and it reads that"
    from_the_end = key_frame_of(first[-1], tiny.parent)
    assert (filmed(tiny, asked([from_the_end], 12))[0] != gone_on).any(), "with noise of its own"


def key_frame_of(picture: Any, folder: Path) -> ImageFile:
    Image.fromarray(picture).save(folder / "end.png")
    return ImageFile(file=str(folder / "end.png"), sha256="0" * 64)


def test_a_piece_comes_out_of_a_batch_as_it_would_alone(tiny: Path, key_frames: list[ImageFile]) -> None:
    generator = StableVideoDiffusion(str(tiny))
    pipeline, wishes = generator.held(CPU, Tier()), generator.wishes(asked(key_frames, 4, 4))
    together = generator.film(pipeline, wishes, 4, [])
    alone = [generator.film(pipeline, [wish], 4, [])[0] for wish in wishes]
    assert all(np.abs(a.astype(int) - b).max() <= 1 for a, b in zip(together, alone, strict=True))


def test_the_clip_has_the_rate_that_is_told(tiny: Path, key_frames: list[ImageFile]) -> None:
    take, _ = shot(tiny, asked(key_frames, 12, fps=3))
    assert take.fps == 3.0 and take.n_frames == 4


def test_where_memory_is_short_fewer_frames_are_decoded_at_once(tiny: Path) -> None:
    generator = StableVideoDiffusion(str(tiny))
    roomy, short = generator.held(CPU, Tier()).n_decoded, generator.held(CPU, Tier(tiled=True)).n_decoded
    assert short < roomy


def test_a_shot_without_a_key_frame_is_refused(tiny: Path, key_frames: list[ImageFile]) -> None:
    request = asked(key_frames, 4, 4)
    with pytest.raises(GeneratorError, match="needs a key frame for each shot"):
        shot(tiny, request.model_copy(update={"key_frames": key_frames[:1]}))


def test_a_key_frame_that_is_no_image_is_named(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("milk, bread")
    with pytest.raises(MediaError, match="no image") as caught:
        shot(tiny, asked([ImageFile(file=str(tmp_path / "notes.png"), sha256="0" * 64)], 4))
    assert "notes.png" in caught.value.where


@pytest.mark.parametrize(
    ("told", "said"),
    [({"negative_prompt": "rain"}, "negative_prompt.*reads no prompts"), ({"width": 104}, "width = 104"),
     ({"strength": 0.5}, "no parameter 'strength'")],
)  # fmt: skip
def test_what_it_cannot_heed_is_refused_by_name(
    told: dict[str, Any], said: str, tiny: Path, key_frames: list[ImageFile]
) -> None:
    with pytest.raises(InputError, match=said):
        shot(tiny, asked(key_frames, 4, **told))


def test_missing_weights_name_the_line_that_fetches_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(GeneratorUnavailable, match="not on this machine") as caught:
        StableVideoDiffusion("ada/moves").check()
    assert caught.value.hint == "storyboard pull svd:ada/moves"
