"""Likeness by CLIP, on a tiny image encoder of random weights that is saved and loaded as a real one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
constants = pytest.importorskip("huggingface_hub.constants")

from storyboard.generators.image.picture import write_png  # noqa: E402
from storyboard.generators.video.likeness import Likeness, likeness_model  # noqa: E402
from storyboard.schema.errors import GeneratorUnavailable, MediaError  # noqa: E402


@pytest.fixture(autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLIP image encoder, laid out as an IP-Adapter's."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("adapter")
    model = transformers.CLIPVisionModelWithProjection(
        transformers.CLIPVisionConfig(
            hidden_size=16, intermediate_size=16, projection_dim=8, num_hidden_layers=1,
            num_attention_heads=2, image_size=32, patch_size=8,
        )
    )  # fmt: skip
    model.save_pretrained(folder / "models/image_encoder")
    return folder


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write the user's settings, with no hub's cache on this machine."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("STORYBOARD_SETTINGS", str(path))

    def write(text: str) -> None:
        path.write_text(text)

    write("")
    return write


def pictures() -> list[np.ndarray]:
    chance = np.random.default_rng(3)
    return [
        chance.integers(0, 255, (6, 9, 3), np.uint8).repeat(20, 0).repeat(20, 1).astype(np.uint8)
        for _ in range(3)
    ]


def test_weights_of_sixteen_bits_are_read_as_those_of_thirty_two(
    encoder: Path, settings: Any, tmp_path: Path
) -> None:
    half = tmp_path / "half"
    kind = transformers.CLIPVisionModelWithProjection
    kind.from_pretrained(encoder / "models/image_encoder", dtype=torch.bfloat16).save_pretrained(half)
    settings(f'[models]\nlikeness = "{half}"')
    model = likeness_model()
    assert model is not None
    picture, file = pictures()[0], tmp_path / "picture.png"
    write_png(picture, file)
    assert model.of([picture], [file]) == pytest.approx(1.0, abs=1e-4)


def test_without_an_encoder_on_this_machine_there_is_no_likeness(settings: Any) -> None:
    assert likeness_model() is None


def test_one_that_the_settings_name_and_that_is_not_here_is_an_error(settings: Any, tmp_path: Path) -> None:
    settings(f'[models]\nlikeness = "{tmp_path}/nowhere"')
    with pytest.raises(GeneratorUnavailable, match=r"models\.likeness: there is no CLIP image encoder"):
        likeness_model()


@pytest.mark.parametrize("inside", ["", "models/image_encoder"])
def test_an_adapter_s_encoder_and_a_plain_one_are_found(settings: Any, encoder: Path, inside: str) -> None:
    settings(f'[models]\nlikeness = "{encoder / inside}"')
    found = likeness_model()
    assert isinstance(found, Likeness) and found.revision.startswith("sha256:")
    assert (found.folder / "config.json").is_file()


def test_a_portrait_is_most_like_the_picture_that_shows_it(
    settings: Any, encoder: Path, tmp_path: Path
) -> None:
    settings(f'[models]\nlikeness = "{encoder}"')
    found = likeness_model()
    assert found is not None
    shown = pictures()
    for number, picture in enumerate(shown):
        write_png(picture, tmp_path / f"{number}.png")
    portraits = [tmp_path / f"{number}.png" for number in range(3)]
    assert found.of(shown, portraits) == pytest.approx(1.0, abs=1e-5)
    assert found.of(shown[1:2], portraits[1:2]) > found.of(shown[1:2], portraits[:1])
    assert found.of(shown[1:2], portraits[:1]) == found.of(shown[1:2], portraits[:1]), "the same each time"


def test_a_portrait_that_is_no_image_is_named(settings: Any, encoder: Path, tmp_path: Path) -> None:
    settings(f'[models]\nlikeness = "{encoder}"')
    found = likeness_model()
    (tmp_path / "ida.png").write_text("ida")
    assert found is not None
    with pytest.raises(MediaError, match=r"ida\.png"):
        found.of(pictures(), [tmp_path / "ida.png"])
