"""VideoFusion as ModelScope published it: its own weights, run by modelscope's own pipeline.

modelscope's pipeline has its steps, its guidance, 16 frames and a random state that all share built in, cuts
prompts at 77 tokens, and writes its file by a function that torchvision no longer has. So its text encoder,
its sampler's single steps and its decoder are called here, one after the other, and the frames are taken
instead of the file.

Written for modelscope 1.40. Its classes were run on a CPU with a small UNet, random weights and a stand-in
for the text encoder; the published weights, a GPU and open_clip's own encoder were not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from storyboard.generators.models.device import Device
from storyboard.generators.models.seeds import seeded
from storyboard.generators.video.diffusion.frames import Frames, frames_of
from storyboard.generators.video.diffusion.wish import Wish

ORIGINAL = "ali-vilab/modelscope-damo-text-to-video-synthesis"
MODULES = ("torch", "modelscope", "open_clip", "torchvision", "einops")
NEEDS = (
    "configuration.json",
    "text2video_pytorch_model.pth",
    "VQGAN_autoencoder.pth",
    "open_clip_pytorch_model.bin",
)
_TASK = "text-to-video-synthesis"
_SCALE = 0.18215  # of its latents


def is_original(folder: str) -> bool:
    """Whether a folder holds weights of modelscope for this task, as its configuration says."""
    path = Path(folder).expanduser() / "configuration.json"
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("task") == _TASK


class ModelScopePipeline:
    """modelscope's pipeline, placed and run as those of diffusers are.

    Args:
        folder: the weights, with their configuration.json.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pipeline: Any = None

    def progress_bar(self, total: int) -> Any:
        """Return what counts the steps; lent for a run, as that of diffusers' pipelines is."""
        raise NotImplementedError

    def to(self, device: str) -> ModelScopePipeline:
        """Load all of it onto a device."""
        return self._load(device, is_tiny=False)

    def enable_model_cpu_offload(self, device: str) -> None:
        """Load it so that text encoder and VAE wait in main memory: modelscope's own way."""
        self._load(device, is_tiny=True)

    enable_sequential_cpu_offload = enable_model_cpu_offload

    def film(self, wishes: Sequence[Wish[Any]], noise: Any, ends: Sequence[Frames]) -> list[Frames]:
        """Film pieces, one after the other, which is how many modelscope takes.

        Args:
            wishes: the pieces.
            noise: shape (pieces, 4, frames, height / 8, width / 8).
            ends: the frames that each goes on from; empty: none.
        """
        return [
            self._filmed(wish, noise[index : index + 1], ends[index] if ends else None)
            for index, wish in enumerate(wishes)
        ]

    def _load(self, device: str, *, is_tiny: bool) -> ModelScopePipeline:
        from modelscope.pipelines import pipeline

        self._pipeline = pipeline(_TASK, model=str(self._folder), device=device)
        model = self._pipeline.model
        model.config.model.model_args.tiny_gpu = int(is_tiny)
        model.clip_encoder.device = model.device  # "cuda" is written into it
        return self

    def _filmed(self, wish: Wish[Any], noise: Any, end: Frames | None) -> Frames:
        model = self._pipeline.model
        device = Device(str(model.device), "float32")
        size = {"out_height": wish.frame.height, "out_width": wish.frame.width}
        with seeded(wish.seed, device):  # it draws noise at every step, and then takes none of it
            known = None if end is None else self._latents_of(end)
            wanted, unwanted = self._embeddings(wish)
            model.diffusion.ddim_sample_loop = self._sampler(wish, noise.to(model.device), known)
            try:
                asked = {"text_emb": wanted, "text_emb_zero": unwanted, **size}
                video = self._pipeline.forward(asked)["video"]
            finally:
                del model.diffusion.ddim_sample_loop
        (film,) = frames_of([(video[0] * 0.5 + 0.5).movedim(0, 1)])
        return film if end is None else np.concatenate([end, film[len(end) :]])

    def _sampler(self, wish: Wish[Any], noise: Any, known: Any) -> Any:
        """Return what stands for modelscope's loop over its steps: counted, from our noise, as told."""
        import torch

        diffusion, told = self._pipeline.model.diffusion, wish.told
        stride = diffusion.num_timesteps // told.steps
        first = torch.arange(1, diffusion.num_timesteps + 1, stride)
        times = first.clamp(0, diffusion.num_timesteps - 1).flip(0).to(noise.device)

        def held(latents: Any, time: Any) -> Any:
            """Put the frames that are known back, as noisy as all are then."""
            if known is None:
                return latents
            share = diffusion.alphas_cumprod.to(noise.device)[time].float()
            chance = noise[:, :, : known.shape[2]]
            latents[:, :, : known.shape[2]] = share.sqrt() * known + (1 - share).sqrt() * chance
            return latents

        def sample(*, model: Any, model_kwargs: Any, **_: Any) -> Any:
            latents = held(noise.clone(), times[0])
            with self.progress_bar(total=len(times)) as bar:
                for time in times:
                    latents, _x0 = diffusion.ddim_sample(
                        latents,
                        time[None],
                        model,
                        model_kwargs,
                        guide_scale=told.guidance_scale,
                        ddim_timesteps=told.steps,
                    )
                    latents = held(latents, (time - stride).clamp(0))
                    bar.update()
            return latents

        return sample

    def _embeddings(self, wish: Wish[Any]) -> tuple[Any, Any]:
        """Return the embeddings of prompt and negative prompt, each of as many windows as both need."""
        import torch

        texts = [_windows(wish.prompt), _windows(wish.negative_prompt)]
        most = max(len(each) for each in texts)
        rows = [
            torch.cat([self._pipeline.preprocess({"text": text})["text_emb"] for text in each], dim=1)
            for each in (text + [""] * (most - len(text)) for text in texts)
        ]
        return rows[0], rows[1]

    def _latents_of(self, frames: Frames) -> Any:
        """Return the latents of frames, shape (1, channels, frames, height, width)."""
        import torch

        model = self._pipeline.model
        pictures = torch.from_numpy(np.moveaxis(frames, -1, 1) / 127.5 - 1).float().to(model.device)
        model.autoencoder.to(model.device)
        with torch.no_grad():
            found = model.autoencoder.encode(pictures).mode()
        return found.transpose(0, 1)[None] * _SCALE


def _windows(text: str) -> list[str]:
    """Divide a text at its words so that no part of it is longer than CLIP reads."""
    open_clip: Any = import_module("open_clip")
    words = text.split()
    if len(words) < 2 or not open_clip.tokenize(text)[0, -1]:
        return [text]
    half = len(words) // 2
    return [*_windows(" ".join(words[:half])), *_windows(" ".join(words[half:]))]
