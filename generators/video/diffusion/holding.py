"""Going on from frames that are there already: they are held while what comes after them is denoised.

Lugmayr et al., RePaint: Inpainting using Denoising Diffusion Probabilistic Models, CVPR 2022, does so with
the known part of a picture; here it is the beginning of a clip.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from storyboard.generators.video.diffusion.frames import Frames


def latents_of(pipeline: Any, clips: Sequence[Frames]) -> Any:
    """Return the latents of clips with the same number of frames, shape (clips, channels, frames, …)."""
    import torch

    vae, device = pipeline.vae, pipeline._execution_device
    with torch.no_grad():
        rows = [
            vae.encode(torch.from_numpy(np.moveaxis(clip, -1, 1) / 127.5 - 1).to(device, vae.dtype))
            for clip in clips
        ]
    return torch.stack([row.latent_dist.mode().transpose(0, 1) for row in rows]) * vae.config.scaling_factor


def hold(scheduler: Any, latents: Any, known: Any, noise: Any, step: int) -> None:
    """Put the frames that are known back into the latents, as noisy as all are after a step.

    Args:
        scheduler: of the pipeline that runs.
        latents: shape (clips, channels, frames, height, width); changed in place.
        known: the latents of the first frames.
        noise: what the clips are denoised from, of the shape of `latents`.
        step: that has just been done, from 0.
    """
    n_known, later = known.shape[2], scheduler.timesteps[step + 1 : step + 2]
    held = scheduler.add_noise(known, noise[:, :, :n_known], later) if len(later) else known
    latents[:, :, :n_known] = held.to(latents)


def begun(scheduler: Any, known: Any, noise: Any) -> Any:
    """Return what to denoise from: noise in which the last of the known frames shines through.

    Noise alone would let light and colours of the new frames begin anew.

    Args:
        scheduler: its steps are set.
        known: the latents of the first frames, shape (clips, channels, frames, height, width).
        noise: of all frames.
    """
    import torch

    n_new = noise.shape[2] - known.shape[2]
    still = torch.cat([known, known[:, :, -1:].expand(-1, -1, n_new, -1, -1)], dim=2)
    return scheduler.add_noise(still, noise, scheduler.timesteps[:1]) / scheduler.init_noise_sigma
