"""Any pipeline of diffusers: tiny Wan, LTX and CogVideoX, what is read from them, and what they are told."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("transformers")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.seams import ImageFile, ShotSpec, VideoRequest  # noqa: E402
from storyboard.generators.testing import check_video  # noqa: E402
from storyboard.generators.testing.tiny.transformers import (  # noqa: E402
    build_cogvideox,
    build_ltx,
    build_wan,
)
from storyboard.generators.video.any_diffusers import AnyDiffusers, dissolved  # noqa: E402
from storyboard.generators.video.pipeline_facts import facts_of  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable, InputError  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

BUILDERS = {
    "wan": build_wan,
    "wan from an image": lambda folder: build_wan(folder, from_image=True),
    "ltx": build_ltx,
    "cogvideox": build_cogvideox,
}


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("any")
    return {name: build(folder / name.replace(" ", "-")) for name, build in BUILDERS.items()}


@pytest.fixture(scope="module")
def red(tmp_path_factory: pytest.TempPathFactory) -> ImageFile:
    from PIL import Image

    path = tmp_path_factory.mktemp("key") / "red.png"
    Image.new("RGB", (50, 90), (220, 20, 20)).save(path)
    return ImageFile(file=str(path), sha256=sha256(path.read_bytes()).hexdigest())


def request(key_frame: ImageFile | None = None, n_frames: int = 12, **parameters: Any) -> VideoRequest:
    scene = Scene(id="a", title="Sea", setting="a beach", prompt="Waves at dusk.", negative_prompt="text")
    shots = [ShotSpec(first_frame=0, n_frames=n_frames, framing="wide")]
    return VideoRequest(
        scene=scene, scene_index=0, n_scenes=1, characters=[], look=Look(height=360, fps=24), seed=3,
        n_frames=n_frames, shots=shots, parameters={"steps": 2, "width": 64, "height": 64, **parameters},
        key_frames=[key_frame] if key_frame else [],
    )  # fmt: skip


def film(folder: Path, asked: VideoRequest, out: Path) -> np.ndarray[Any, Any]:
    AnyDiffusers(str(folder)).shoot(asked, out, lambda _: None)
    with av.open(str(out)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]) / 255


@pytest.mark.parametrize("name", BUILDERS)
def test_conforms(models: dict[str, Path], red: ImageFile, tmp_path: Path, name: str) -> None:
    generator = registry.video(f"diffusers:{models[name]}")
    needs_image = generator.capabilities().needs_image
    assert needs_image is ("image" in name)
    check_video(generator, request(red if needs_image else None), tmp_path)


@pytest.mark.parametrize(
    ("name", "counts", "fps", "multiple", "size"),
    [
        ("wan", [9, 13, 81], 16, 16, (832, 480)),
        ("ltx", [9, 13, 161], 25, 4, (704, 512)),
        ("cogvideox", [9, 9, 9], 8, 16, (128, 64)),
    ],
)
def test_counts_rate_and_size_are_read_from_the_pipeline(
    models: dict[str, Path], name: str, counts: list[int], fps: int, multiple: int, size: tuple[int, int]
) -> None:
    facts = AnyDiffusers(str(models[name])).facts
    assert [facts.lattice.at_least(n) for n in (1, 10, 10_000)] == counts
    assert (facts.fps, facts.multiple, facts.size) == (fps, multiple, size)


def test_a_pipeline_is_told_its_own_arguments_and_refuses_others_by_name(
    models: dict[str, Path], tmp_path: Path
) -> None:
    plain = film(models["ltx"], request(), tmp_path / "plain.mp4")
    rescaled = film(models["ltx"], request(guidance_rescale=0.9), tmp_path / "rescaled.mp4")
    assert not np.array_equal(plain, rescaled)
    with pytest.raises(InputError, match="no parameter 'use_dynamic_cfg'") as caught:
        film(models["ltx"], request(use_dynamic_cfg=True), tmp_path / "refused.mp4")
    assert "guidance_rescale" in caught.value.hint
    film(models["cogvideox"], request(use_dynamic_cfg=True), tmp_path / "taken.mp4")


def test_a_parameter_can_be_checked_before_anything_is_made(models: dict[str, Path]) -> None:
    registry.check_parameters("video", f"diffusers:{models['ltx']}", {"guidance_rescale": 0.5})
    with pytest.raises(InputError, match="no parameter 'motion_bucket_id'"):
        registry.check_parameters("video", f"diffusers:{models['ltx']}", {"motion_bucket_id": 100})


def test_an_image_is_what_the_clip_begins_from(
    models: dict[str, Path], red: ImageFile, tmp_path: Path
) -> None:
    from PIL import Image

    blue_file = tmp_path / "blue.png"
    Image.new("L", (30, 20), 30).save(blue_file)
    dark = ImageFile(file=str(blue_file), sha256="0" * 64)
    model = models["wan from an image"]
    films = [film(model, request(each), tmp_path / f"{each.sha256[:4]}.mp4") for each in (red, dark)]
    assert not np.array_equal(*films)
    with pytest.raises(GeneratorError, match="needs a key frame for each shot"):
        film(model, request(), tmp_path / "none.mp4")


def test_what_is_longer_than_the_model_makes_is_made_of_parts_and_said(
    models: dict[str, Path], tmp_path: Path
) -> None:
    take = AnyDiffusers(str(models["wan"])).shoot(
        request(n_frames=48, num_frames=13), tmp_path / "clip.mp4", lambda _: None
    )
    assert take.n_frames / take.fps >= 47 / 24 and "dissolves" in take.lengthened


def test_a_part_melts_into_the_next() -> None:
    white, black = (np.full((12, 4, 6, 3), shade, np.uint8) for shade in (255, 0))
    shades = dissolved([white], [black], 8)[0][:, 0, 0, 0].astype(int)
    assert (np.diff(shades[:8]) < 0).all() and 255 > shades[0] > shades[7] > 0 and not shades[8:].any()


def test_what_is_no_video_pipeline_says_so(models: dict[str, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(models["wan"], tmp_path / "other")
    index = json.loads((folder / "model_index.json").read_text())
    for name, message in (("FluxPipeline", "makes no video"), ("NoSuchPipeline", "has no NoSuchPipeline")):
        (folder / "model_index.json").write_text(json.dumps(index | {"_class_name": name}))
        with pytest.raises(GeneratorUnavailable, match=message):
            registry.video(f"diffusers:{folder}")
        facts_of.cache_clear()


def test_missing_weights_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(GeneratorUnavailable) as caught:
        registry.video("diffusers:Lightricks/LTX-Video")
    assert caught.value.hint == "storyboard pull diffusers:Lightricks/LTX-Video"
