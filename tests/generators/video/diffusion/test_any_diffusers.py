"""Any pipeline of diffusers: tiny Wan, LTX, CogVideoX and Mochi, what is read of them, what they are told."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("transformers")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.download import wanted_files  # noqa: E402
from storyboard.generators.models.held import release  # noqa: E402
from storyboard.generators.seams import ImageFile, Portrait, ShotSpec, VideoRequest  # noqa: E402
from storyboard.generators.testing import check_video  # noqa: E402
from storyboard.generators.testing.tiny.text_to_video import build_text_to_video  # noqa: E402
from storyboard.generators.testing.tiny.transformers import (  # noqa: E402
    build_cogvideox,
    build_ltx,
    build_mochi,
    build_wan,
    build_wan_vace,
)
from storyboard.generators.video.any_diffusers import AnyDiffusers, dissolved  # noqa: E402
from storyboard.generators.video.pipeline_facts import PipelineFacts, facts_of  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable, InputError  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

BUILDERS = {
    "wan": build_wan,
    "wan from an image": lambda folder: build_wan(folder, from_image=True),
    "wan with references": build_wan_vace,
    "ltx": build_ltx,
    "cogvideox": build_cogvideox,
    "mochi": build_mochi,
}
UNET = {"_class_name": "UNet3DConditionModel", "sample_size": 32}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("any")
    return {name: build(folder / name.replace(" ", "-")) for name, build in BUILDERS.items()}


@pytest.fixture(scope="module")
def red(tmp_path_factory: pytest.TempPathFactory) -> ImageFile:
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


@pytest.mark.filterwarnings("ignore:In CPU autocast")  # Mochi has no other way in float32
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
        ("ltx", [9, 13, 161], 25, 32, (704, 512)),
        ("cogvideox", [9, 9, 9], 8, 16, (128, 64)),
        ("mochi", [13, 13, 163], 30, 16, (848, 480)),
    ],
)
def test_counts_rate_and_size_are_read_from_the_pipeline(
    models: dict[str, Path], name: str, counts: list[int], fps: int, multiple: int, size: tuple[int, int]
) -> None:
    facts = AnyDiffusers(str(models[name])).facts
    assert [facts.lattice.at_least(n) for n in (1, 10, 10_000)] == counts
    assert (facts.fps, facts.multiple, facts.size) == (fps, multiple, size)


def facts_with(folder: Path, index: str, **configs: dict[str, Any]) -> PipelineFacts:
    """Return what is known of a pipeline from its configuration files alone."""
    folder.mkdir()
    (folder / "model_index.json").write_text(json.dumps({"_class_name": index}))
    for part, config in configs.items():
        (folder / part).mkdir()
        (folder / part / "config.json").write_text(json.dumps(config))
    return facts_of(folder, "a test")


COGVIDEOX = {"sample_frames": 49, "sample_width": 90, "sample_height": 60, "patch_size": 2}
NEWER_COGVIDEOX = COGVIDEOX | {"sample_frames": 81, "sample_width": 300, "patch_size_t": 2}
WAN_5B = {"_class_name": "AutoencoderKLWan", "scale_factor_spatial": 16, "scale_factor_temporal": 4}
FLAT: dict[str, Any] = {"patch_size": [1, 2, 2]}
SPARSE = FLAT | {"attention_type": "nabla"}


@pytest.mark.parametrize(
    ("index", "transformer", "size", "most", "fps", "multiple"),
    [
        ("CogVideoX", COGVIDEOX, (720, 480), 49, 8, 16),
        ("CogVideoX", NEWER_COGVIDEOX, (1360, 768), 81, 16, 16),
        ("Allegro", {"sample_frames": 22, "patch_size": 2}, (1280, 720), 88, 15, 16),
        ("HunyuanVideo15", {"target_size": 960, "patch_size": 1}, (960, 960), 121, 24, 8),
        ("SanaVideo", FLAT, (832, 480), 81, 16, 32),
        ("Kandinsky5T2V", SPARSE, (768, 512), 121, 24, 128),
        ("LTX2", {"patch_size": 1}, (768, 512), 121, 24, 32),
    ],
)
def test_what_the_files_of_published_models_do_not_say_comes_from_their_cards(
    tmp_path: Path, index: str, transformer: Any, size: tuple[int, int], most: int, fps: int, multiple: int
) -> None:
    facts = facts_with(tmp_path / "model", f"{index}Pipeline", transformer=transformer)
    assert (facts.size, facts.lattice.largest, facts.fps, facts.multiple) == (size, most, fps, multiple)


def test_the_models_of_one_class_are_told_apart_by_their_parts(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "wan", "WanPipeline", transformer=FLAT, vae=WAN_5B)
    assert (facts.size, facts.fps, facts.multiple) == ((1280, 704), 24, 32)
    facts = facts_with(tmp_path / "svd", "StableVideoDiffusionPipeline", unet={"num_frames": 14})
    assert (facts.lattice.largest, facts.fps, facts.multiple) == (14, 7, 64)
    assert facts_with(tmp_path / "t2v", "TextToVideoSDPipeline", unet=UNET).size == (256, 256)


def test_a_model_of_one_size_and_length_is_asked_for_no_other(tmp_path: Path) -> None:
    learned = COGVIDEOX | {"use_learned_positional_embeddings": True}
    assert facts_with(tmp_path / "cog", "CogVideoXImageToVideoPipeline", transformer=learned).card.one_size
    assert not facts_with(tmp_path / "cog2", "CogVideoXPipeline", transformer=COGVIDEOX).card.one_size
    facts = facts_with(tmp_path / "allegro", "AllegroPipeline", transformer={"patch_size": 2})
    assert facts.lattice.stretches(20) == (88,)


@pytest.mark.parametrize("index", ["LucyEditPipeline", "EasyAnimateControlPipeline", "ConsisIDPipeline"])
def test_a_pipeline_that_needs_more_than_a_scene_has_is_refused(tmp_path: Path, index: str) -> None:
    with pytest.raises(GeneratorUnavailable, match="asks for"):
        facts_with(tmp_path / "model", index)


def test_what_a_call_does_not_take_is_no_parameter(models: dict[str, Path], tmp_path: Path) -> None:
    model = shutil.copytree(models["wan"], tmp_path / "model")
    index = json.loads((model / "model_index.json").read_text())
    for name, refused in (
        ("HunyuanVideo15ImageToVideoPipeline", ("guidance_scale", "height", "width")),
        ("StableVideoDiffusionPipeline", ("guidance_scale", "negative_prompt")),
        ("HeliosPyramidPipeline", ("steps",)),
    ):
        (model / "model_index.json").write_text(json.dumps(index | {"_class_name": name}))
        facts_of.cache_clear()
        for parameter in (*refused, "shared_noise"):
            with pytest.raises(InputError, match=f"no parameter '{parameter}'"):
                registry.check_parameters("video", f"diffusers:{model}", {parameter: 64})
    facts_of.cache_clear()


def test_references_and_frames_to_go_on_from_are_handed_over(
    models: dict[str, Path], red: ImageFile, tmp_path: Path
) -> None:
    model = models["wan with references"]
    ida = Portrait(name="Ida", image=red)
    dark = tmp_path / "dark.png"
    Image.new("RGB", (30, 60), (5, 5, 60)).save(dark)
    jon = Portrait(name="Jon", image=ImageFile(file=str(dark), sha256="1" * 64))
    films = [
        film(model, request().model_copy(update={"portraits": each}), tmp_path / "clip.mp4").tobytes()
        for each in ([], [ida], [jon], [ida, jon])
    ]
    assert len(set(films)) == 4 and AnyDiffusers(str(model)).capabilities().uses_portraits
    take = AnyDiffusers(str(model)).shoot(
        request(n_frames=36, num_frames=13), tmp_path / "long.mp4", lambda _: None
    )
    assert "goes on from the last frames" in take.lengthened and take.n_frames / take.fps >= 35 / 24


def test_the_vae_of_wan_keeps_to_float32(
    models: dict[str, Path], red: ImageFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = Device("cpu", "bfloat16")
    monkeypatch.setattr(AnyDiffusers, "device", lambda _: half)
    for name in ("wan", "wan from an image", "wan with references"):
        pipeline = AnyDiffusers(str(models[name])).load(half)
        assert (pipeline.vae.dtype, pipeline.text_encoder.dtype) == (torch.float32, torch.bfloat16)
        film(models[name], request(red if "image" in name else None), tmp_path / "clip.mp4")
        release()


def test_a_model_that_reads_clip_gets_every_word(tmp_path: Path) -> None:
    model = build_text_to_video(tmp_path / "clip")
    long = "Waves at dusk, " * 40
    films = []
    for last in ("a red boat", "a blue whale"):
        asked = request()
        seen = asked.scene.model_copy(update={"prompt": long + last})
        films.append(film(model, asked.model_copy(update={"scene": seen}), tmp_path / "clip.mp4"))
    assert not np.array_equal(*films)


def test_the_estimate_follows_the_size_of_the_model(models: dict[str, Path]) -> None:
    generator = AnyDiffusers(str(models["wan"]))
    few, more = (generator.estimate(request(steps=steps)).device_s for steps in (2, 20))
    assert 0 < few < more
    n_parameters = sum(
        each.numel() for each in generator.load(Device("cpu", "float32")).transformer.parameters()
    )
    n_tokens = 832 * 480 * 81 / 1024
    pairs = 8 * n_tokens * 2 * 12 * 1
    assert generator.tflop == pytest.approx((4 * n_parameters + pairs) * 1e6 / 1024 / 1e12, rel=0.02)


def test_only_what_the_pipeline_reads_is_fetched() -> None:
    files = AnyDiffusers("Lightricks/LTX-Video").files
    there = [
        "model_index.json",
        "ltxv-13b-dev.safetensors",
        "vae/config.json",
        "transformer/model.safetensors",
    ]
    assert wanted_files(there, files) == [
        "model_index.json",
        "transformer/model.safetensors",
        "vae/config.json",
    ]


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
