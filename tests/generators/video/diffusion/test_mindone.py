"""mindone in a process of its own, where a stand-in speaks its interface, as MindSpore is not here.

What is tested is ours: the process, the jobs, what comes back, and what happens when it fails. That the real
packages load and run the pipelines is not.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

from storyboard.generators import registry
from storyboard.generators.models.held import release
from storyboard.generators.seams import ImageFile, ShotSpec, VideoRequest
from storyboard.generators.testing import check_video
from storyboard.generators.video import mindone
from storyboard.schema.board import Look
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable, InputError
from storyboard.schema.scene import Scene

MINDSPORE = """
from types import SimpleNamespace
import numpy as np
float16, Tensor = "half", np.asarray
ops = SimpleNamespace(cat=np.concatenate)
"""
STAND_IN = '''
"""A stand-in for mindone.diffusers: the same calls, pictures out of numpy's chance."""
import numpy as np
from types import SimpleNamespace

class _Part:
    @classmethod
    def from_pretrained(cls, folder, **told):
        assert told["mindspore_dtype"] == "half" and told["local_files_only"]
        return cls()
    scheduler = SimpleNamespace(config={})

class MotionAdapter(_Part):
    pass

class DDIMScheduler:
    @classmethod
    def from_config(cls, config, **changes):
        return changes

class _Tokenizer:
    bos_token_id = eos_token_id = pad_token_id = 0
    def __call__(self, text, *, add_special_tokens, truncation):
        assert not add_special_tokens and not truncation
        return SimpleNamespace(input_ids=[ord(letter) for letter in text])

class _Pipeline(_Part):
    tokenizer = _Tokenizer()

    def text_encoder(self, ids):
        assert ids.shape == (1, 77)
        return (ids[..., None].astype(float),)

    def __call__(self, *, num_frames, height, width, num_inference_steps, generator, output_type, return_dict,
                 callback_on_step_end, image=None, prompt_embeds=np.zeros(1),
                 negative_prompt_embeds=np.zeros(1), max_guidance_scale=0, **_):
        assert output_type == "np" and return_dict is False
        print("a line that a package prints, and a half", end="")
        for step in range(num_inference_steps):
            callback_on_step_end(self, step, 0, {})
        prompt = "".join(chr(int(each)) for each in prompt_embeds.ravel())
        if "explode" in prompt:
            raise RuntimeError("no kernel for this card")
        assert prompt_embeds.shape == negative_prompt_embeds.shape
        told = (prompt_embeds.sum() + 2 * negative_prompt_embeds.sum()) % 97 / 97
        shade = np.asarray(image).mean() / 255 - max_guidance_scale / 50 if image else told
        noise = generator.random((1, num_frames, height, width, 3)) * 0.2
        return (np.clip(0.1 + 0.7 * shade + noise, 0, 1),)

class AnimateDiffPipeline(_Pipeline):
    @classmethod
    def from_pretrained(cls, folder, *, motion_adapter, **told):
        return super().from_pretrained(folder, **told)

class StableVideoDiffusionPipeline(_Pipeline):
    pass
'''


@pytest.fixture(autouse=True)
def _stand_in(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Any:
    folder = tmp_path_factory.mktemp("stand-in")
    (folder / "mindspore.py").write_text(MINDSPORE)
    (folder / "mindone").mkdir()
    (folder / "mindone" / "__init__.py").write_text("")
    (folder / "mindone" / "diffusers.py").write_text(STAND_IN)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv(mindone.PYTHON, sys.executable)
    mindone._has_mindone.cache_clear()
    yield
    release()
    mindone._has_mindone.cache_clear()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a folder with the files that a checkpoint has; the stand-in reads none of them."""
    folder = tmp_path / "model"
    for name in ("unet", "vae", "motion_adapter"):
        (folder / name).mkdir(parents=True)
        (folder / name / "diffusion_pytorch_model.safetensors").write_bytes(b"\2\0\0\0\0\0\0\0{}")
    (folder / "model_index.json").write_text("{}")
    return folder


def request(n_frames: int = 24, prompt: str = "A street.", **changed: Any) -> VideoRequest:
    scene = Scene(id="a", title="Rain", setting="a street", prompt=prompt, negative_prompt="text")
    shots = [ShotSpec(first_frame=0, n_frames=n_frames, framing="wide")]
    fields: dict[str, Any] = {
        "scene": scene, "scene_index": 0, "n_scenes": 1, "characters": [], "look": Look(height=360, fps=24),
        "seed": 3, "n_frames": n_frames, "shots": shots,
        "parameters": {"steps": 3, "width": 64, "height": 64},
    }  # fmt: skip
    return VideoRequest(**fields | changed)


def test_animatediff_conforms(model: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    check_video(registry.video(f"mindone:animatediff+{model}"), request(), tmp_path / "out")


def test_svd_goes_on_from_its_last_frame(model: Path, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (90, 50), (250, 250, 250)).save(tmp_path / "key.png")
    key = ImageFile(file=str(tmp_path / "key.png"), sha256="0" * 64)
    svd = registry.video(f"mindone:svd+{model}")
    assert svd.capabilities().needs_image
    take = svd.shoot(request(24 * 6, key_frames=[key]), tmp_path / "clip.mp4", lambda _: None)
    assert take.n_frames >= 6 * 7 - 1 and "last frame" in take.lengthened
    with pytest.raises(GeneratorError, match="needs a key frame"):
        svd.shoot(request(), tmp_path / "none.mp4", lambda _: None)


def test_the_last_word_of_a_long_prompt_matters(model: Path, tmp_path: Path) -> None:
    generator = registry.video(f"mindone:animatediff+{model}")
    films = []
    for last in ("boat", "coat"):
        generator.shoot(request(prompt="Waves at dusk, " * 40 + last), tmp_path / "clip.mp4", lambda _: None)
        films.append((tmp_path / "clip.mp4").read_bytes())
    assert films[0] != films[1]


def test_each_model_is_told_its_own_parameters_and_refuses_the_other_s(model: Path, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (90, 50), (250, 250, 250)).save(tmp_path / "key.png")
    key = ImageFile(file=str(tmp_path / "key.png"), sha256="0" * 64)
    told = {"steps": 2, "width": 64, "height": 64}
    svd = registry.video(f"mindone:svd+{model}")
    films = []
    for scale in (3.0, 20.0):
        asked = request(key_frames=[key], parameters=told | {"guidance_scale": scale})
        svd.shoot(asked, tmp_path / "clip.mp4", lambda _: None)
        films.append((tmp_path / "clip.mp4").read_bytes())
    assert films[0] != films[1]
    with pytest.raises(InputError, match="svd reads no prompts"):
        svd.shoot(request(parameters={"negative_prompt": "rain"}), tmp_path / "no.mp4", lambda _: None)
    with pytest.raises(InputError, match="no parameter 'motion_bucket_id'"):
        registry.check_parameters("video", f"mindone:animatediff+{model}", {"motion_bucket_id": 9})
    assert getattr(registry.load("video", "mindone"), "parameters", None), "it can be told something"
    with pytest.raises(InputError, match="no parameter 'shared_noise'"):
        registry.check_parameters("video", f"mindone:svd+{model}", {"shared_noise": 0.2})


def test_the_process_is_held_from_scene_to_scene(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard.generators.video import mindone_process

    started: list[Any] = []
    real = mindone_process.subprocess.Popen

    def counted(*given: Any, **told: Any) -> Any:
        started.append(given)
        return real(*given, **told)

    monkeypatch.setattr(mindone_process.subprocess, "Popen", counted)
    generator = registry.video(f"mindone:animatediff+{model}")
    for name in ("one.mp4", "two.mp4"):
        generator.shoot(request(), tmp_path / name, lambda _: None)
    assert len([each for each in started if "-c" in each[0] and str(model) in each[0]]) == 1


def test_a_failure_in_the_process_is_told(model: Path, tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match="no kernel for this card"):
        registry.video(f"mindone:animatediff+{model}").shoot(
            request(prompt="explode"), tmp_path / "clip.mp4", lambda _: None
        )


def test_a_stop_ends_the_process(model: Path, tmp_path: Path) -> None:
    seen: list[float] = []

    def stop(fraction: float) -> None:
        seen.append(fraction)
        if fraction > 0.5:
            raise Cancelled("stop")

    generator = registry.video(f"mindone:animatediff+{model}")
    with pytest.raises(Cancelled):
        generator.shoot(request(), tmp_path / "clip.mp4", stop)
    assert 0 < len(seen) < 6
    assert generator.shoot(request(), tmp_path / "clip.mp4", lambda _: None).n_frames >= 8


def test_what_is_missing_is_said(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GeneratorUnavailable, match="runs no 'wan'"):
        registry.video("mindone:wan")
    monkeypatch.setenv("PYTHONPATH", "")
    mindone._has_mindone.cache_clear()
    with pytest.raises(GeneratorUnavailable, match="is not installed") as caught:
        registry.video(f"mindone:animatediff+{model}")
    assert mindone.PYTHON in caught.value.hint


def test_frames_come_back_as_they_were_made(model: Path, tmp_path: Path) -> None:
    generator: Any = registry.video(f"mindone:animatediff+{model}")
    asked = request()
    (wish,) = generator.wishes(asked)
    process = generator.load(generator.device())
    from storyboard.generators.video.diffusion.counting import Counting

    with Counting(lambda _: None, 1).run(process):
        (frames,) = generator.film(process, [wish], 16, [])
    expected = np.random.Generator(np.random.PCG64(wish.seed)).random((16, 64, 64, 3)) * 0.2
    assert frames.shape == (16, 64, 64, 3) and frames.dtype == np.uint8
    assert np.corrcoef(frames.ravel(), expected.ravel())[0, 1] > 0.999
