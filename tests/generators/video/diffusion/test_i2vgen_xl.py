"""I2VGen-XL on tiny random weights, saved and loaded as the real one is."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
diffusers = pytest.importorskip("diffusers")
transformers = pytest.importorskip("transformers")
constants = pytest.importorskip("huggingface_hub.constants")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.tiers import Tier  # noqa: E402
from storyboard.generators.seams import Cue, ImageFile, ShotSpec, VideoRequest  # noqa: E402
from storyboard.generators.testing import check_video  # noqa: E402
from storyboard.generators.testing.tiny.i2vgen_xl import build_i2vgen_xl  # noqa: E402
from storyboard.generators.video.diffusion.frames import Frames  # noqa: E402
from storyboard.generators.video.diffusion.prompting import embeddings_of  # noqa: E402
from storyboard.generators.video.i2vgen_xl import I2VGenXL  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

CPU = Device("cpu", "float32")
LONG = "a road in the hills, dusk, a man with a lantern and a dog, " * 4


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_i2vgen_xl(tmp_path_factory.mktemp("i2vgen-xl") / "tiny")


@pytest.fixture(scope="module")
def key_frame(tmp_path_factory: pytest.TempPathFactory) -> ImageFile:
    path = tmp_path_factory.mktemp("key-frames") / "grey.png"
    Image.fromarray(np.random.default_rng(1).integers(60, 250, (50, 90), np.uint8)).save(path)
    return ImageFile(file=str(path), sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def asked(key_frame: ImageFile, n_shots: int = 1, prompt: str = "A road.", **told: Any) -> VideoRequest:
    """Ask for shots of half a second each, of which the model makes four frames at once."""
    return VideoRequest(
        scene=Scene(id="road", title="The road", setting="a road", prompt=prompt),
        scene_index=0, n_scenes=1, characters=[], look=Look(height=144, fps=12), seed=7, film_seed=3,
        n_frames=6 * n_shots, key_frames=[key_frame] * n_shots,
        shots=[ShotSpec(first_frame=6 * n, n_frames=6, framing="wide") for n in range(n_shots)],
        parameters={"steps": 2, "width": 64, "height": 64, "num_frames": 4, "fps": 8, **told},
    )  # fmt: skip


def filmed(model: Path, request: VideoRequest, before: list[Frames] | None = None) -> list[Frames]:
    """Return the frames of one run for all pieces of a request."""
    generator = I2VGenXL(str(model))
    return generator.film(generator.held(CPU, Tier()), generator.wishes(request), 4, before or [])


@pytest.fixture(scope="module")
def plain(tiny: Path, key_frame: ImageFile) -> Frames:
    return filmed(tiny, asked(key_frame))[0]


def test_conforms(tiny: Path, key_frame: ImageFile, tmp_path: Path) -> None:
    check_video(registry.video(f"i2vgen-xl:{tiny}"), asked(key_frame, 2), tmp_path)


def test_the_last_word_of_a_long_prompt_matters(tiny: Path, key_frame: ImageFile) -> None:
    one, other = (filmed(tiny, asked(key_frame, prompt=f"{LONG}{word}")) for word in ("snow", "rain"))
    assert (one[0] != other[0]).any()


@pytest.mark.parametrize(
    "told", [{"guidance_scale": 3.0}, {"fps": 24}, {"seed": 8}, {"negative_prompt": "x"}]
)
def test_what_is_told_changes_the_clip(
    told: dict[str, Any], tiny: Path, key_frame: ImageFile, plain: Frames
) -> None:
    assert (filmed(tiny, asked(key_frame, **told))[0] != plain).any()


def test_it_makes_sixteen_frames_a_second_of_its_own(tiny: Path, key_frame: ImageFile) -> None:
    generator = I2VGenXL(str(tiny))
    request = asked(key_frame).model_copy(update={"parameters": {}})
    (wish,) = generator.wishes(request)
    assert (wish.frame.width, wish.frame.height, wish.frame.fps) == (1280, 704, 16.0)
    assert wish.stretches == (16,) and generator.capabilities().needs_image


def test_its_texts_are_read_from_the_layer_before_the_last(tiny: Path) -> None:
    pipeline = I2VGenXL(str(tiny)).held(CPU, Tier())
    found, _ = embeddings_of(pipeline, ["a road"], [""])
    whole = transformers.CLIPTextModel.from_pretrained(tiny / "text_encoder", local_files_only=True)
    ids = pipeline.tokenizer("a road", padding="max_length", max_length=77, return_tensors="pt").input_ids
    with torch.no_grad():
        states = whole(ids, output_hidden_states=True).hidden_states
        assert torch.allclose(found, whole.final_layer_norm(states[-2]), atol=1e-6)


def test_a_longer_piece_goes_on_from_the_last_frame(tiny: Path, key_frame: ImageFile, plain: Frames) -> None:
    request = asked(key_frame)
    gone_on = filmed(tiny, request, [plain])[0]
    last_changed, others_changed = plain.copy(), plain.copy()
    last_changed[-1] = 255 - last_changed[-1]
    others_changed[:-1] = 0
    assert (filmed(tiny, request, [others_changed])[0] == gone_on).all(), (
        "it reads nothing but the last frame"
    )
    assert (filmed(tiny, request, [last_changed])[0] != gone_on).any(), "and it reads that"


def test_what_comes_later_in_a_shot_is_the_prompt_of_its_later_parts(
    tiny: Path, key_frame: ImageFile, plain: Frames
) -> None:
    cues = [Cue(first_frame=3, prompt="Lightning over the sea.")]
    cued = asked(key_frame).model_copy(update={"cues": cues})
    assert (filmed(tiny, cued)[0] == plain).all(), "not yet"
    assert (filmed(tiny, cued, [plain])[0] != filmed(tiny, asked(key_frame), [plain])[0]).any()


def test_a_piece_comes_out_of_a_batch_as_it_would_alone(tiny: Path, key_frame: ImageFile) -> None:
    generator = I2VGenXL(str(tiny))
    pipeline, wishes = generator.held(CPU, Tier()), generator.wishes(asked(key_frame, 2))
    together = generator.film(pipeline, wishes, 4, [])
    alone = [generator.film(pipeline, [wish], 4, [])[0] for wish in wishes]
    assert all(np.abs(a.astype(int) - b).max() <= 1 for a, b in zip(together, alone, strict=True))


def test_chance_that_all_of_torch_shares_is_neither_used_nor_changed(
    tiny: Path, key_frame: ImageFile
) -> None:
    torch.manual_seed(1)
    one, state = filmed(tiny, asked(key_frame)), torch.get_rng_state()
    torch.manual_seed(2)
    other = filmed(tiny, asked(key_frame))
    assert (one[0] == other[0]).all()
    torch.manual_seed(1)
    assert (torch.get_rng_state() == state).all()


def test_a_shot_without_a_key_frame_is_refused(tiny: Path, key_frame: ImageFile, tmp_path: Path) -> None:
    request = asked(key_frame).model_copy(update={"key_frames": []})
    with pytest.raises(GeneratorError, match="needs a key frame for each shot"):
        I2VGenXL(str(tiny)).shoot(request, tmp_path / "clip.mp4", lambda _: None)


def test_missing_weights_name_the_line_that_fetches_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(GeneratorUnavailable, match="not on this machine") as caught:
        I2VGenXL().check()
    assert caught.value.hint == "storyboard pull i2vgen-xl"
