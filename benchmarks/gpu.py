"""Video models on a card, of full size with random weights: python benchmarks/gpu.py [model …].

Six scenes of one shot each, at each model's own size and number of steps. Beside ours stand two plain scripts
of diffusers: one that loads once and keeps everything on the card, and one as the models' cards write it,
with model offload and a sliced VAE. All of them get the same prompts, noise and steps, so that their pictures
can be compared. For each are printed: seconds of loading, seconds a clip, the most memory of the card, how
far its pictures are from the first script's, and its time over that of the two scripts.

    --limit-gb 12    let torch have no more than this of the card
    --tiny           tiny models on whatever is here: only to see that the script runs
    --in FOLDER      keep the models there for another run
    --compile        also ours compiled
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import full_size
import numpy as np
import torch
from PIL import Image

from storyboard.generators import registry
from storyboard.generators.models.device import choose_device
from storyboard.generators.models.held import release
from storyboard.generators.models.tiers import tiers_for
from storyboard.generators.seams import ImageFile, ShotSpec, VideoRequest
from storyboard.generators.video.diffusion.frames import Frames, frames_of, write_clip
from storyboard.generators.video.diffusion.noise import shared_noise
from storyboard.schema.board import Look
from storyboard.schema.progress import ignore
from storyboard.schema.scene import Scene

N_SCENES = 6
DECODED = 8  # frames of SVD decoded at once, as ours does
FPS = 24


@dataclass(frozen=True)
class Model:
    """What is measured: the backend, how its model is built, and how long a clip is."""

    backend: str
    build: Callable[[Path], Path]
    build_tiny: Callable[[Path], Path]
    n_frames: int
    fps: int
    parameters: dict[str, Any]


def models() -> dict[str, Model]:
    from storyboard.generators.testing.tiny import animatediff, svd, text_to_video

    return {
        "animatediff": Model(
            "animatediff", full_size.build_animatediff, animatediff.build_animatediff, 16, 8,
            {"width": 512, "height": 512, "steps": 25, "guidance_scale": 7.5},
        ),
        "videofusion": Model(
            "videofusion", full_size.build_videofusion, text_to_video.build_text_to_video, 16, 8,
            {"width": 256, "height": 256, "steps": 25, "guidance_scale": 9.0},
        ),
        "svd": Model(
            "svd", full_size.build_svd, lambda folder: svd.build_svd(folder, 25), 25, 7,
            {"width": 1024, "height": 576, "steps": 25},
        ),
    }  # fmt: skip


def requests_of(model: Model, folder: Path, tiny: bool) -> list[VideoRequest]:
    """Return six scenes of one shot, each as long as the model makes at once."""
    told = model.parameters | ({"width": 64, "height": 64, "steps": 2} if tiny else {})
    n_frames = int((model.n_frames - 1) / model.fps * FPS) + 1
    requests = []
    for index in range(N_SCENES):
        key = folder / f"key-{index}.png"
        shades = np.random.default_rng(index).integers(0, 255, (9, 16, 3), np.uint8)
        Image.fromarray(shades).resize((told["width"], told["height"])).save(key)
        scene = Scene(
            id=f"s{index}",
            title="S",
            setting="a street",
            prompt=f"A street at night, part {index}.",
            negative_prompt="blurry",
        )
        image = ImageFile(file=str(key), sha256=sha256(key.read_bytes()).hexdigest())
        requests.append(
            VideoRequest(
                scene=scene,
                scene_index=index,
                n_scenes=N_SCENES,
                characters=[],
                look=Look(height=720, fps=FPS),
                seed=index,
                film_seed=7,
                n_frames=n_frames,
                parameters=told,
                shots=[ShotSpec(first_frame=0, n_frames=n_frames, framing="wide")],
                key_frames=[image] if model.backend == "svd" else [],
            )
        )
    return requests


def plain_pipeline(model: Model, folder: Path, as_card: bool) -> Any:
    """Load a pipeline as a plain script does."""
    import diffusers

    device = choose_device()

    def kind(name: str) -> Any:
        return getattr(diffusers, name)

    told: dict[str, Any] = {"dtype": device.torch_dtype(), "local_files_only": True}
    if model.backend == "animatediff":
        adapter = kind("MotionAdapter").from_pretrained(folder / "motion_adapter", **told)
        pipeline = kind("AnimateDiffPipeline").from_pretrained(folder, motion_adapter=adapter, **told)
        pipeline.scheduler = kind("DDIMScheduler").from_config(
            pipeline.scheduler.config, beta_schedule="linear", timestep_spacing="linspace", steps_offset=1,
            clip_sample=False,
        )  # fmt: skip
    else:
        name = {"videofusion": "TextToVideoSDPipeline", "svd": "StableVideoDiffusionPipeline"}[model.backend]
        pipeline = kind(name).from_pretrained(folder, **told)
    pipeline.set_progress_bar_config(disable=True)
    if as_card and not device.is_cpu:
        pipeline.vae.enable_slicing() if hasattr(pipeline.vae, "enable_slicing") else None
        pipeline.enable_model_cpu_offload()
        return pipeline
    return pipeline.to(device.name)


def plain_clip(pipeline: Any, model: Model, wish: Any, request: VideoRequest) -> Frames:
    """Film one clip as a plain script does, from the noise that ours begins with."""
    told = request.parameters
    high, wide = int(told["height"]) // 8, int(told["width"]) // 8
    count, own = wish.stretches[0], wish.told
    shape = (count, 4, high, wide) if model.backend == "svd" else (4, count, high, wide)
    noise = shared_noise([wish.seed], wish.film_seed, own.shared_noise, shape)
    asked: dict[str, Any] = {
        "num_frames": count, "num_inference_steps": told["steps"], "output_type": "np",
        "width": told["width"], "height": told["height"], "latents": noise.to(pipeline.unet.dtype),
    }  # fmt: skip
    if model.backend == "svd":
        asked |= {"image": Image.open(request.key_frames[0].file)}
        asked |= {"decode_chunk_size": own.decode_chunk_size or DECODED}
        asked |= {"generator": torch.Generator().manual_seed(wish.seed)}
    else:
        asked |= {"prompt": wish.prompt, "negative_prompt": wish.negative_prompt}
        asked |= {"guidance_scale": told["guidance_scale"]}
    return frames_of(pipeline(**asked))[0]


@dataclass
class Measured:
    """What one way took."""

    load_s: float
    clip_s: float
    peak_gb: float
    clips: list[Frames]


@contextmanager
def measured(out: list[Measured]) -> Iterator[Measured]:
    """Measure what is done inside, from an empty card."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    found = Measured(0.0, 0.0, 0.0, [])
    started_s = time.perf_counter()
    yield found
    _wait()
    found.clip_s = (time.perf_counter() - started_s - found.load_s) / N_SCENES
    found.peak_gb = torch.cuda.max_memory_allocated() / 1e9 if torch.cuda.is_available() else 0.0
    out.append(found)


def plain(model: Model, folder: Path, requests: list[VideoRequest], out: Path, as_card: bool) -> Measured:
    """Film six scenes one after the other, as a script does."""
    backend: Any = registry.video(f"{model.backend}:{folder}")
    results: list[Measured] = []
    files: list[Path] = []
    with measured(results) as found:
        started_s = time.perf_counter()
        pipeline = plain_pipeline(model, folder, as_card)
        _wait()
        found.load_s = time.perf_counter() - started_s
        for request in requests:
            (wish,) = backend.wishes(request)
            file = out / f"plain-{request.scene_index}.mp4"
            write_clip([plain_clip(pipeline, model, wish, request)], model.fps, file)
            files.append(file)
    found.clips = [_decoded(file) for file in files]
    return results[0]


def ours(model: Model, folder: Path, requests: list[VideoRequest], out: Path) -> Measured:
    """Film six scenes as a film's shoot does: handed over together."""
    backend: Any = registry.video(f"{model.backend}:{folder}")
    files = [out / f"ours-{request.scene_index}.mp4" for request in requests]
    results: list[Measured] = []
    with measured(results) as found:
        started_s = time.perf_counter()
        device = backend.device()
        demand = backend.demand(device, backend.wishes(requests[0])[0])
        backend.held(device, tiers_for(device, demand)[0])
        _wait()
        found.load_s = time.perf_counter() - started_s
        backend.shoot_all(requests, files, [ignore] * len(files))
    found.clips = [_decoded(path) for path in files]
    release()
    return results[0]


def _decoded(path: Path) -> Frames:
    import av

    with av.open(str(path)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)])


def _wait() -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()


def row(name: str, way: str, found: Measured, first: Measured, card: Measured | None) -> str:
    """Return one line of the table."""
    seconds = found.load_s + N_SCENES * found.clip_s
    gap = np.mean([np.abs(a.astype(int) - b).mean() for a, b in zip(found.clips, first.clips, strict=True)])
    ratios = [
        f"{seconds / (each.load_s + N_SCENES * each.clip_s):.2f}" if each else "-" for each in (first, card)
    ]
    figures = f"{found.load_s:.1f} | {found.clip_s:.2f} | {found.peak_gb:.1f} | {gap:.1f}"
    return f"| {name} | {way} | {figures} | {' | '.join(ratios)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models", nargs="*", default=list(models()))
    parser.add_argument("--limit-gb", type=float, default=0.0)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--in", dest="folder", type=Path)
    told = parser.parse_args()
    if torch.cuda.is_available() and told.limit_gb:
        total = torch.cuda.get_device_properties(0).total_memory / 1e9
        torch.cuda.set_per_process_memory_fraction(told.limit_gb / total)
    elif not torch.cuda.is_available() and not told.tiny:
        parser.error("there is no card here; --tiny runs tiny models on the processor")
    print(torch.cuda.get_device_name() if torch.cuda.is_available() else "processor", torch.__version__)
    print("| model | way | load s | s a clip | peak GB | off by (of 255) | / plain | / card's script |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for name in told.models:
            _measure(name, told, Path(scratch))


def _measure(name: str, told: Any, scratch: Path) -> None:
    model = models()[name]
    folder = (told.folder or scratch) / f"{name}{'-tiny' if told.tiny else ''}"
    if not (folder / "model_index.json").exists():
        torch.manual_seed(0)
        (model.build_tiny if told.tiny else model.build)(folder)
    requests = requests_of(model, scratch, told.tiny)
    first = plain(model, folder, requests, scratch, as_card=False)
    print(row(name, "plain script", first, first, None), flush=True)
    card = plain(model, folder, requests, scratch, as_card=True)
    print(row(name, "as its card writes it", card, first, card), flush=True)
    print(row(name, "ours", ours(model, folder, requests, scratch), first, card), flush=True)
    if told.compile:
        settings = scratch / "settings.toml"
        settings.write_text("[models]\ncompile = true\n")
        os.environ["STORYBOARD_SETTINGS"] = str(settings)
        print(row(name, "ours, compiled", ours(model, folder, requests, scratch), first, card), flush=True)
        del os.environ["STORYBOARD_SETTINGS"]


if __name__ == "__main__":
    main()
