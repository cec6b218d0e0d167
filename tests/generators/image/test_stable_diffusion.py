"""Text-to-image models on tiny random weights, saved and loaded as real ones are."""

from __future__ import annotations

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
from storyboard.generators.image.picture import Picture, cover, read_picture  # noqa: E402
from storyboard.generators.image.prompts import texts_for  # noqa: E402
from storyboard.generators.image.stable_diffusion import StableDiffusion  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.held import release  # noqa: E402
from storyboard.generators.models.tiers import Tier  # noqa: E402
from storyboard.generators.seams import ImageFile, ImageRequest, Portrait  # noqa: E402
from storyboard.generators.testing import check_image  # noqa: E402
from storyboard.generators.testing.tiny.stable_diffusion import (  # noqa: E402
    build_stable_diffusion,
    build_stable_diffusion_xl,
)
from storyboard.generators.testing.tiny.text_to_video import build_text_to_video  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.errors import Cancelled, GeneratorUnavailable, InputError  # noqa: E402
from storyboard.schema.progress import OnFraction, ignore  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

SCENE = Scene(id="road", title="The road", setting="a road")
LONG = "a road in the hills, dusk, a man with a lantern and a dog, " * 4

# Of diffusers' Euler scheduler.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
    release()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stable-diffusion")


@pytest.fixture(scope="module")
def tiny(folder: Path) -> Path:
    return build_stable_diffusion(folder / "tiny")


@pytest.fixture(scope="module")
def adapted(folder: Path) -> Path:
    return build_stable_diffusion(folder / "adapted", portraits=True)


@pytest.fixture(scope="module")
def xl(folder: Path) -> Path:
    return build_stable_diffusion_xl(folder / "xl")


def asked(prompt: str = "a road", *, size: int = 64, **changed: Any) -> ImageRequest:
    told = {"steps": 2, **changed.pop("told", {})}
    given = {"characters": [], "scene": SCENE, "look": Look(), "width": size, "height": size, "seed": 1}
    return ImageRequest(prompt=prompt, parameters=told, **{**given, **changed})


def painted(model: Path, request: ImageRequest, progress: OnFraction = ignore) -> Picture:
    out = model.parent / "picture.png"
    StableDiffusion(str(model)).draw(request, out, progress)
    return read_picture(out)


@pytest.mark.parametrize("which", ["tiny", "xl"])
def test_conforms(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    model = request.getfixturevalue(which)
    check_image(registry.image(f"stable-diffusion:{model}"), asked(size=128), tmp_path)


@pytest.mark.parametrize("which", ["tiny", "xl"])
def test_the_last_word_of_a_long_prompt_matters(which: str, request: pytest.FixtureRequest) -> None:
    model = request.getfixturevalue(which)
    one, other = (painted(model, asked(f"{LONG}{word}")) for word in ("snow", "rain"))
    assert (one != other).any()


def test_two_encoders_read_a_short_prompt_as_the_pipeline_itself_does(xl: Path) -> None:
    pipeline = StableDiffusion(str(xl)).held("DiffusionPipeline", Device("cpu", "float32"), Tier())
    names = (
        "prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds", "negative_pooled_prompt_embeds"
    )  # fmt: skip
    for negative in ("rain", ""):
        found = texts_for(pipeline, "a road", negative, names)
        expected = pipeline.encode_prompt("a road", negative_prompt=negative or None)
        assert all(
            torch.allclose(found[name], want, atol=1e-6) for name, want in zip(names, expected, strict=True)
        )


@pytest.fixture(scope="module")
def plain(tiny: Path) -> Picture:
    return painted(tiny, asked())


@pytest.mark.parametrize(
    "changed",
    [{"negative_prompt": "rain"}, {"told": {"negative_prompt": "rain"}}, {"told": {"guidance_scale": 3.0}},
     {"seed": 2}, {"framing": "close"}],
)  # fmt: skip
def test_what_is_asked_changes_the_picture(changed: dict[str, Any], tiny: Path, plain: Picture) -> None:
    assert (painted(tiny, asked(**changed)) != plain).any()


def test_two_encoders_read_a_negative_prompt_too(xl: Path) -> None:
    assert (painted(xl, asked()) != painted(xl, asked(negative_prompt="rain"))).any()


def test_a_seed_that_is_told_is_taken_instead(tiny: Path) -> None:
    assert (painted(tiny, asked(seed=5)) == painted(tiny, asked(told={"seed": 5}))).all()


def test_it_paints_where_it_was_trained_and_scales_to_the_size_asked_for(tiny: Path) -> None:
    small, large = painted(tiny, asked()), painted(tiny, asked(size=192))
    assert (cover(small, 192, 192) == large).all()
    told = painted(tiny, asked(size=128, told={"width": 128}))
    assert (told != cover(small, 128, 128)).any(), "128 pixels were painted"


def portrait(folder: Path, color: str) -> Portrait:
    path = folder / f"{color}.png"
    Image.new("RGB", (40, 30), color).save(path)
    return Portrait(name="Ida", image=ImageFile(file=str(path), sha256=color.encode().hex().ljust(64, "0")))


def test_portraits_are_heeded_where_the_adapter_is(tiny: Path, adapted: Path, folder: Path) -> None:
    assert StableDiffusion(str(adapted)).uses_portraits and not StableDiffusion(str(tiny)).uses_portraits
    red, blue = ([portrait(folder, color)] for color in ("red", "blue"))
    plain = painted(adapted, asked())
    assert (painted(adapted, asked(portraits=red)) != plain).any()
    assert (painted(adapted, asked(portraits=red)) != painted(adapted, asked(portraits=blue))).any()
    assert (painted(adapted, asked(portraits=red, told={"portrait_scale": 0.0})) == plain).all()
    assert (painted(adapted, asked()) == plain).all(), "and forgotten afterwards"
    assert (painted(tiny, asked(portraits=red)) == painted(tiny, asked())).all()


def test_the_adapter_is_part_of_the_revision(adapted: Path, tmp_path: Path) -> None:
    model = shutil.copytree(adapted, tmp_path / "model")
    before = StableDiffusion(str(model)).revision
    shutil.rmtree(model / "ip_adapter")
    after = StableDiffusion(str(model)).revision
    assert len(before.split()) == 2 and len(after.split()) == 1


def test_progress_counts_steps_and_a_stop_between_them_leaves_no_file(tiny: Path, tmp_path: Path) -> None:
    seen: list[float] = []

    def stop(done: float) -> None:
        seen.append(done)
        if done > 0.3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        StableDiffusion(str(tiny)).draw(asked(told={"steps": 8}), tmp_path / "picture.png", stop)
    assert 3 < len(seen) < 8 and not list(tmp_path.iterdir())


def test_too_little_memory_is_answered_by_the_next_tier(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, tried = Tier.place, []

    def crowded(self: Tier, pipeline: Any, device: Device) -> Any:
        tried.append(self.tiled)
        if not self.tiled:
            raise torch.OutOfMemoryError("full")
        return place(self, pipeline, device)

    expected = painted(tiny, asked())
    release()
    monkeypatch.setattr(Tier, "place", crowded)
    assert np.abs(painted(tiny, asked()).astype(int) - expected).max() <= 1 and tried == [False, True]


def test_the_take_names_the_weights(tiny: Path, tmp_path: Path) -> None:
    take = StableDiffusion(str(tiny)).draw(asked(), tmp_path / "picture.png", ignore)
    assert take.model is not None
    assert (take.model.id, take.model.device, take.model.dtype) == ("tiny", "cpu", "float32")
    assert take.model.revision == StableDiffusion(str(tiny)).revision


@pytest.mark.parametrize(
    ("model", "line"),
    [("", "storyboard pull stable-diffusion"), ("ada/paints", "storyboard pull stable-diffusion:ada/paints")],
)
def test_missing_weights_name_the_line_that_fetches_them(
    model: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    generator = StableDiffusion(model)
    with pytest.raises(GeneratorUnavailable, match="not on this machine") as caught:
        generator.check()
    assert caught.value.hint == line
    assert generator.revision == "" and not generator.uses_portraits


def test_weights_that_lack_a_part_name_it(tiny: Path, tmp_path: Path) -> None:
    model = shutil.copytree(tiny, tmp_path / "half")
    (model / "vae" / "diffusion_pytorch_model.safetensors").unlink()
    with pytest.raises(GeneratorUnavailable, match=r"lacks vae/\*\.safetensors or vae/\*\.bin"):
        StableDiffusion(str(model)).check()


def test_a_model_that_films_is_refused(folder: Path, tmp_path: Path) -> None:
    model = build_text_to_video(tmp_path / "films")
    with pytest.raises(GeneratorUnavailable, match="makes no pictures from text alone"):
        painted(model, asked())


def test_the_adapter_is_fetched_with_the_models_that_it_fits(
    tiny: Path, xl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch(model: str, progress: OnFraction, files: Any) -> None:
        fetched.append(model)
        progress(1.0)

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("storyboard.generators.models.local_model.pull_weights", fetch)
    monkeypatch.setattr("storyboard.generators.image.painting_model.pull_weights", fetch)
    seen: list[float] = []
    StableDiffusion(str(tiny)).pull(seen.append)
    StableDiffusion(str(xl)).pull(ignore)
    assert fetched == [str(tiny), "h94/IP-Adapter", str(xl)]
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_what_is_not_told_is_as_the_pipeline_has_it(tiny: Path, plain: Picture) -> None:
    assert (painted(tiny, asked(told={"guidance_scale": 7.5})) == plain).all()


def test_an_unknown_parameter_is_refused_by_name(tiny: Path) -> None:
    with pytest.raises(InputError, match="no parameter 'sampler'") as caught:
        painted(tiny, asked(told={"sampler": 1}))
    assert "steps (1 to 500)" in caught.value.hint
