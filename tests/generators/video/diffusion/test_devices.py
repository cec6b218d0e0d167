"""Every backend on a pretended card in 16 bits: devices, offloading, memory, and what is given back."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("peft")
pytest.importorskip("accelerate")
torch = pytest.importorskip("torch")
diffusers = pytest.importorskip("diffusers")

from storyboard.generators import registry  # noqa: E402
from storyboard.generators.models.device import Device  # noqa: E402
from storyboard.generators.models.held import release  # noqa: E402
from storyboard.generators.models.tiers import Tier  # noqa: E402
from storyboard.generators.seams import ImageFile, ImageRequest, Portrait  # noqa: E402
from storyboard.generators.testing.pretended_card import pretended_card  # noqa: E402
from storyboard.generators.testing.tiny.animatediff import build_animatediff  # noqa: E402
from storyboard.generators.testing.tiny.i2vgen_xl import build_i2vgen_xl  # noqa: E402
from storyboard.generators.testing.tiny.ip_adapter import build_ip_adapter  # noqa: E402
from storyboard.generators.testing.tiny.stable_diffusion import (  # noqa: E402
    build_stable_diffusion,
    build_stable_diffusion_xl,
)
from storyboard.generators.testing.tiny.svd import build_svd  # noqa: E402
from storyboard.generators.testing.tiny.text_to_video import build_text_to_video  # noqa: E402
from storyboard.generators.testing.tiny.transformers import build_wan  # noqa: E402
from storyboard.generators.video.svd import StableVideoDiffusion  # noqa: E402
from storyboard.generators.video.videofusion import VideoFusion  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402

# Of diffusers: of its Euler scheduler, and of Stable Diffusion XL in 16 bits.
pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:`upcast_vae`:FutureWarning"),
]


def _build_animatediff(folder: Path) -> Path:
    build_animatediff(folder)
    unet = diffusers.UNet2DConditionModel.from_pretrained(folder, subfolder="unet")
    return build_ip_adapter(folder / "ip_adapter", unet).parent


def _build_stable_diffusion(folder: Path) -> Path:
    return build_stable_diffusion(folder, portraits=True)


BUILDERS: dict[str, Callable[[Path], Path]] = {
    "videofusion": build_text_to_video,
    "animatediff": _build_animatediff,
    "svd": build_svd,
    "i2vgen-xl": build_i2vgen_xl,
    "dream": _build_stable_diffusion,
    "stable-diffusion": _build_stable_diffusion,
    "stable-diffusion xl": build_stable_diffusion_xl,
    "diffusers": build_wan,
}
SHOTS = {"videofusion": (12, 12), "animatediff": (12, 24), "svd": (5,), "i2vgen-xl": (9,)}
"""To be filmed side by side, by windows, in two parts, in two parts."""
WAYS = [
    *((which, "sequential") for which in BUILDERS if which != "svd"),
    *((which, "model") for which in ("dream", "stable-diffusion", "diffusers")),
    *((which, "none") for which in ("dream", "stable-diffusion")),
    *(pytest.param(which, "model", marks=pytest.mark.slow) for which in SHOTS),
    *(pytest.param(which, "none", marks=pytest.mark.slow) for which in (*SHOTS, "diffusers")),
    pytest.param("svd", "sequential", marks=pytest.mark.slow),
    pytest.param("stable-diffusion xl", "model", marks=pytest.mark.slow),
]


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what gives the folder of a tiny model, built when it is first asked for."""
    built: dict[str, Path] = {}

    def folder(which: str) -> Path:
        if which not in built:
            built[which] = BUILDERS[which](tmp_path_factory.mktemp(which.split()[0]) / "tiny")
        return built[which]

    return folder


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> ImageFile:
    """A key frame, and a portrait."""
    file = tmp_path_factory.mktemp("pictures") / "picture.png"
    Image.fromarray(np.random.default_rng(1).integers(60, 250, (96, 160, 3), np.uint8)).save(file)
    return ImageFile(file=str(file), sha256=hashlib.sha256(file.read_bytes()).hexdigest())


def on_card(settings: Path, offload: str, dtype: str = "float16") -> None:
    settings.write_text(f'[models]\ndevice = "cuda"\ndtype = "{dtype}"\noffload = "{offload}"\n')


def made(which: str, model: Path, picture: ImageFile, asking: Any, folder: Path) -> None:
    """Let a backend make what it makes."""
    portraits = [Portrait(name="Ann", image=picture)]
    if which.startswith("stable-diffusion"):
        asked: dict[str, Any] = {"width": 64, "height": 64, "seed": 1, "characters": [], "look": Look()}
        image = ImageRequest(prompt="a road", portraits=portraits, parameters={"steps": 2}, **asked)
        registry.image(f"stable-diffusion:{model}").draw(image, folder / "picture.png", lambda _: None)
        return
    shots = SHOTS.get(which, (8,))
    told = {"steps": 2 if which == "dream" else 1}
    given = {"key_frames": [picture] * len(shots), "portraits": portraits, "look": Look(fps=8)}
    request = asking(*shots, told=told, **given)
    registry.video(f"{which}:{model}").shoot(request, folder / "clip.mp4", lambda _: None)


@pytest.mark.parametrize(("which", "offload"), WAYS)
def test_everything_meets_on_the_card_and_goes_when_the_model_does(
    which: str,
    offload: str,
    folder_of: Any,
    picture: ImageFile,
    asking: Any,
    tmp_path: Path,
    no_settings: Path,
) -> None:
    model = folder_of(which)
    on_card(no_settings, offload, "bfloat16" if which == "diffusers" else "float16")
    release()
    with pretended_card() as card:
        made(which, model, picture, asking, tmp_path)
        gc.collect()
        assert card.n_most > 0
        kept = card.n_used
        assert kept > 90_000 if offload == "none" else kept < card.n_most / 4
        release()
        gc.collect()
        assert not card.n_used


def test_what_does_not_fit_is_filmed_in_a_more_frugal_way(
    folder_of: Any, asking: Any, tmp_path: Path, no_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = folder_of("videofusion")
    on_card(no_settings, "auto")
    placed: list[Tier] = []
    place = Tier.place
    monkeypatch.setattr(Tier, "place", lambda tier, *told: placed.append(tier) or place(tier, *told))
    release()
    generator, out = VideoFusion(str(model)), tmp_path / "clip.mp4"
    with pretended_card() as card:
        generator.shoot(asking(12, told={"steps": 1}), out, lambda _: None)
        n_bytes = card.n_most
        release()
    assert placed == [Tier()]
    placed.clear()
    # The card says that it has room, as one does whose memory another program then takes.
    with pretended_card((n_bytes - 1) / 1e9) as card:
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda *_: (10**11, 10**11))
        generator.shoot(asking(12, 12, told={"steps": 1}), out, lambda _: None)
        release()
        gc.collect()
        assert not card.n_used
    assert placed[0] == Tier() and len(placed) > 1, placed


def test_a_vae_that_was_left_in_another_number_format_is_brought_back(
    folder_of: Any, picture: ImageFile, asking: Any
) -> None:
    generator, told = StableVideoDiffusion(str(folder_of("svd"))), {"steps": 1}
    wishes = generator.wishes(asking(2, told=told, key_frames=[picture], look=Look(height=360, fps=8)))
    pipeline = generator.held(Device("cpu", "float16"), Tier())
    pipeline.vae.to(dtype=torch.float32)  # as it is while it encodes, where memory runs out
    (film,) = generator.film(pipeline, wishes, 4, [])
    assert film.shape == (4, 64, 64, 3) and pipeline.vae.dtype == torch.float16


@pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")
@pytest.mark.parametrize("offload", ["none", "model", "sequential"])
def test_only_a_whole_model_that_stays_on_the_card_is_compiled(
    offload: Any, text_to_video: Path, no_settings: Path
) -> None:
    no_settings.write_text("[models]\ncompile = true\n")
    release()
    with pretended_card():
        pipeline = VideoFusion(str(text_to_video)).held(Device("cuda", "float16"), Tier(offload))
        assert (pipeline.unet._compiled_call_impl is not None) == (offload == "none")
        del pipeline
        release()


def test_the_pretended_card_refuses_what_a_card_refuses() -> None:
    here = torch.ones(1000)
    with pretended_card(1e-5) as card:
        there = here.to("cuda")
        assert str(there.device) == "cuda:0" and card.n_used == 4000
        with pytest.raises(RuntimeError, match="on the same device"):
            there + here
        assert float((there + torch.tensor(1.0)).sum()) == 2000.0  # numbers may come from anywhere
        with pytest.raises(RuntimeError, match="generator"):
            torch.randn(3, generator=torch.Generator(), device="cuda")
        with pytest.raises(torch.OutOfMemoryError, match="CUDA out of memory"):
            [there + number for number in range(3)]
        gc.collect()
        view = there[:10]
        assert card.n_used == 4000 and np.array_equal(view.cpu().numpy(), np.ones(10))
        del there, view
        assert not card.n_used
