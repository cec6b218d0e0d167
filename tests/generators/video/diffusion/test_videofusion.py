"""VideoFusion on tiny random weights through diffusers, and modelscope's interface through a stand-in."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.held import release  # noqa: E402
from storyboard.generators.models.tiers import Tier  # noqa: E402
from storyboard.generators.testing import check_video  # noqa: E402
from storyboard.generators.video.diffusion.frames import Frames  # noqa: E402
from storyboard.generators.video.diffusion.holding import begun, hold, latents_of  # noqa: E402
from storyboard.generators.video.modelscope_pipeline import NEEDS, ORIGINAL, _windows  # noqa: E402
from storyboard.generators.video.videofusion import VideoFusion  # noqa: E402
from storyboard.schema.errors import Cancelled, GeneratorUnavailable  # noqa: E402
from storyboard.schema.progress import ignore  # noqa: E402

CPU = Device("cpu", "float32")
TINY = {"steps": 2, "width": 64, "height": 64}


def filmed(generator: VideoFusion, asked: Any, progress: Any = ignore) -> list[Frames]:
    """Return the pieces of a scene, not encoded."""
    return generator._filmed(generator.wishes(asked), CPU, progress)


def test_conforms(text_to_video: Path, asking: Any, tmp_path: Path) -> None:
    check_video(registry.video(f"videofusion:{text_to_video}"), asking(30, 54), tmp_path)


def test_it_films_at_its_own_size_rate_and_lengths(text_to_video: Path, asking: Any) -> None:
    generator = VideoFusion(str(text_to_video))
    short, long, longer = generator.wishes(asking(10, 120, 240, parameters={}))
    assert (short.frame.width, short.frame.height, short.frame.fps) == (344, 192, 8)
    assert (short.stretches, long.stretches, longer.stretches) == ((16,), (41,), (33, 33, 33))
    assert (short.told.steps, short.told.guidance_scale) == (25, 9.0)
    assert generator.capabilities().best_s == 42 / 8


@pytest.mark.parametrize(
    "changed",
    [{"seed": 6}, {"prompt": "A kettle."}, {"film_seed": 3}, {"told": {"guidance_scale": 2.0}}],
)
def test_seed_prompt_film_and_guidance_change_the_clip(
    text_to_video: Path, asking: Any, changed: dict[str, Any]
) -> None:
    generator = VideoFusion(str(text_to_video))
    told = {**TINY, **changed.pop("told", {})}
    assert not np.array_equal(
        *(filmed(generator, asking(24, **each))[0] for each in ({}, {"told": told, **changed}))
    )


def test_a_further_part_begins_with_the_last_frames_and_depends_on_them(
    text_to_video: Path, asking: Any
) -> None:
    generator = VideoFusion(str(text_to_video))
    (wish,) = generator.wishes(asking(72, told={"num_frames": 16}))
    pipeline = generator.held(CPU, Tier())
    (first,) = generator.film(pipeline, [wish], 16, [])
    (further,) = generator.film(pipeline, [wish], 16, [first])
    (after_dark,) = generator.film(pipeline, [wish], 16, [first // 4])
    assert np.array_equal(further[:8], first[-8:]) and np.array_equal(after_dark[:8], first[-8:] // 4)
    assert not np.array_equal(further[8:], after_dark[8:])
    (again,) = generator.film(pipeline, [wish], 16, [first])
    assert np.array_equal(further, again)
    (whole,) = filmed(generator, asking(72, told={"num_frames": 16}))
    assert np.array_equal(whole[:24], np.concatenate([first, further[8:]]))


def test_held_frames_are_as_noisy_as_the_others_and_clean_at_the_end(text_to_video: Path) -> None:
    pipeline = VideoFusion(str(text_to_video)).load(CPU)
    known = latents_of(pipeline, [np.full((8, 64, 64, 3), 90, np.uint8)] * 2)
    noise = torch.randn(2, 4, 16, 8, 8, generator=torch.Generator().manual_seed(1))
    scheduler = pipeline.scheduler
    scheduler.set_timesteps(5)
    assert known.shape == (2, 4, 8, 8, 8)
    at_first = begun(scheduler, known, noise)
    assert torch.allclose(
        at_first[:, :, :8], scheduler.add_noise(known, noise[:, :, :8], scheduler.timesteps[:1])
    )
    assert float((at_first - noise).abs().mean()) < 0.2, "hardly more than noise"
    for step in range(5):
        latents = torch.zeros_like(noise)
        hold(scheduler, latents, known, noise, step)
        later = scheduler.timesteps[step + 1 : step + 2]
        expected = scheduler.add_noise(known, noise[:, :, :8], later) if step < 4 else known
        assert torch.equal(latents[:, :, :8], expected) and not latents[:, :, 8:].any()


def test_weights_that_lack_a_part_or_were_never_fetched_name_the_command(
    text_to_video: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(text_to_video, tmp_path / "half")
    shutil.rmtree(folder / "vae")
    with pytest.raises(GeneratorUnavailable, match=r"lacks vae/\*\.safetensors"):
        VideoFusion(str(folder)).check()
    with pytest.raises(GeneratorUnavailable, match="ada/tunes are not on this machine") as caught:
        VideoFusion("ada/tunes").weights()
    assert caught.value.hint == "storyboard pull videofusion:ada/tunes"


# The original weights: what stands for modelscope has its names, arguments and shapes, not its networks.

_PIPELINES = '''
"""A stand-in for modelscope.pipelines: the interface of its text-to-video pipeline, as of version 1.40."""
from types import SimpleNamespace
import torch


class ClipEncoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.device = "cuda"
        self.table = torch.nn.Embedding(49408, 4, padding_idx=0)

    def forward(self, text):
        import open_clip
        assert str(self.device) == "cpu", "cuda is written into it"
        return self.table(open_clip.tokenize(text).to(self.device)).detach()


class Autoencoder(torch.nn.Module):
    def encode(self, pictures):
        small = torch.nn.functional.avg_pool2d(pictures, 8)
        latents = torch.cat([small, small.mean(1, keepdim=True)], dim=1)
        return SimpleNamespace(mode=lambda: latents / 0.18215)

    def decode(self, latents):
        return torch.nn.functional.interpolate(latents[:, :3] * 0.18215, scale_factor=8).clamp(-1, 1)


class Diffusion:
    num_timesteps = 1000

    def __init__(self):
        self.alphas_cumprod = torch.linspace(0.999, 0.005, 1000, dtype=torch.float64)

    def ddim_sample(self, xt, t, model, model_kwargs={}, clamp=None, percentile=None, condition_fn=None,
                    guide_scale=None, ddim_timesteps=20, eta=0.0):
        torch.randn_like(xt)
        wanted, unwanted = (model(xt, t, **each) for each in model_kwargs)
        x0 = unwanted + guide_scale * (wanted - unwanted)
        share = self.alphas_cumprod[(t - self.num_timesteps // ddim_timesteps).clamp(0)].float()
        return share.sqrt() * x0 + (1 - share).sqrt() * xt, x0

    def ddim_sample_loop(self, noise, model, **_):
        raise AssertionError("its steps cannot be told")


def unet(xt, t, y):
    return 0.05 * torch.tanh(xt + 0.05 * y.sum(dim=(1, 2))[:, None, None, None, None])


class Model:
    def __init__(self):
        self.device = torch.device("cpu")
        arguments = SimpleNamespace(tiny_gpu=1, max_frames=16)
        self.config = SimpleNamespace(model=SimpleNamespace(model_args=arguments))
        self.sd_model, self.diffusion = unet, Diffusion()
        with torch.random.fork_rng():
            torch.manual_seed(0)
            self.autoencoder, self.clip_encoder = Autoencoder(), ClipEncoder()

    def __call__(self, input):
        context = torch.cat([input["text_emb_zero"], input["text_emb"]], dim=0)
        noise = torch.randn(1, 4, 16, input["out_height"] // 8, input["out_width"] // 8)
        x0 = self.diffusion.ddim_sample_loop(
            noise=noise, model=self.sd_model, model_kwargs=[{"y": context[1:]}, {"y": context[:1]}],
            guide_scale=9.0, ddim_timesteps=50, eta=0.0,
        )
        n, _, f, _, _ = x0.shape
        pictures = self.autoencoder.decode((x0 / 0.18215).transpose(1, 2).flatten(0, 1))
        return pictures.unflatten(0, (n, f)).transpose(1, 2)


class Pipeline:
    def __init__(self):
        self.model = Model()

    def preprocess(self, input):
        wanted, unwanted = (self.model.clip_encoder(text) for text in (input["text"], ""))
        return {"text_emb": wanted, "text_emb_zero": unwanted}

    def forward(self, input):
        return {"video": self.model(input)}


def pipeline(task, model, device):
    assert task == "text-to-video-synthesis" and device == "cpu"
    return Pipeline()
'''
_OPEN_CLIP = '''
"""A stand-in for open_clip: its tokenizer, a letter a token, cut at 77."""
import torch


def tokenize(text):
    tokens = [49406, *(ord(letter) for letter in text.replace(" ", ""))][:76] + [49407]
    return torch.tensor([tokens + [0] * (77 - len(tokens))])
'''
_WORDS = ("A street at night, and in it a kettle that sings to nobody but the cat on the roof, " * 2).strip()


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A folder as ModelScope publishes it, its weights empty."""
    folder = tmp_path / "damo"
    folder.mkdir()
    for name in NEEDS:
        (folder / name).write_bytes(b"")
    (folder / "configuration.json").write_text(json.dumps({"task": "text-to-video-synthesis"}))
    return folder


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What stands for modelscope and open_clip, and empty packages for what they import."""
    site = tmp_path / "site"
    (site / "modelscope").mkdir(parents=True)
    (site / "modelscope" / "__init__.py").touch()
    (site / "modelscope" / "pipelines.py").write_text(_PIPELINES)
    (site / "open_clip.py").write_text(_OPEN_CLIP)
    for name in ("torchvision", "einops"):
        (site / f"{name}.py").touch()
    monkeypatch.syspath_prepend(str(site))
    release()
    yield
    release()
    for name in ("modelscope.pipelines", "modelscope", "open_clip"):
        sys.modules.pop(name, None)


def test_the_original_weights_conform_through_modelscope_s_interface(
    original: Path, stand_in: None, asking: Any, tmp_path: Path
) -> None:
    films = tmp_path / "films"
    films.mkdir()
    check_video(registry.video(f"videofusion:{original}"), asking(30, 90, told={"num_frames": 20}), films)


def test_modelscope_is_told_frames_steps_guidance_and_every_word(
    original: Path, stand_in: None, asking: Any
) -> None:
    generator, before = VideoFusion(str(original)), torch.get_rng_state()
    (plain,) = filmed(generator, asking(60, prompt=_WORDS + " sun"))
    assert plain.shape == (21, 64, 64, 3)
    assert torch.equal(before, torch.get_rng_state())
    for changed in ({"prompt": _WORDS + " sea"}, {"told": {"steps": 4}}, {"told": {"guidance_scale": 2.0}}):
        (other,) = filmed(generator, asking(60, **{"prompt": _WORDS + " sun", **changed}))
        assert not np.array_equal(plain, other), changed


def test_modelscope_s_steps_are_counted_and_a_stop_leaves_it_as_it_was(
    original: Path, stand_in: None, asking: Any
) -> None:
    generator, seen = VideoFusion(str(original)), []  # type: ignore[var-annotated]
    filmed(generator, asking(24, told={"steps": 5}), seen.append)
    assert seen == pytest.approx([0.98 * k / 5 for k in range(1, 6)] + [1.0])

    def stop(_: float) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        filmed(generator, asking(24), stop)
    model = generator.held(CPU, Tier())._pipeline.model
    assert "ddim_sample_loop" not in vars(model.diffusion)


def test_modelscope_goes_on_from_the_last_frames(original: Path, stand_in: None, asking: Any) -> None:
    generator = VideoFusion(str(original))
    (film,) = filmed(generator, asking(72, told={"num_frames": 16}))
    assert len(film) == 32
    seam = np.abs(film[16].astype(float) - film[15]).mean()
    assert seam <= 1.5 * np.abs(np.diff(film.astype(float), axis=0)).mean()


def test_a_long_prompt_is_divided_at_its_words(stand_in: None) -> None:
    parts = _windows(_WORDS)
    assert " ".join(parts) == _WORDS and len(parts) == 2
    assert _windows("") == [""]


@pytest.mark.parametrize(
    "chosen", ["modelscope", ORIGINAL, "damo-vilab/modelscope-damo-text-to-video-synthesis"]
)
def test_without_modelscope_the_pip_command_is_named_and_with_it_the_pull(
    chosen: str, asking: Any, request: pytest.FixtureRequest
) -> None:
    generator = VideoFusion(chosen)
    try:
        import modelscope  # noqa: F401
    except ImportError:
        with pytest.raises(GeneratorUnavailable, match="modelscope, open_clip") as caught:
            generator.check()
        assert caught.value.hint == 'pip install "storyboard[modelscope]"'
    request.getfixturevalue("stand_in")
    with pytest.raises(GeneratorUnavailable, match="not on this machine") as caught:
        generator.check()
    assert caught.value.hint == f"storyboard pull videofusion:{chosen}"
