"""What the model cards of video pipelines say, and neither their configuration nor their call does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Card:
    """A family of video models.

    Attributes:
        fps: the frame rate of its clips.
        n_frames: the longest clip; None: as the call has it.
        size: the width and height it was trained for, in pixels; None: as the call or the model has it.
        multiple: what both have to be multiples of, beside the patches of its latents.
        n_tokens: of a prompt that are read, where the call's own default is less than the model can.
        one_length: whether it makes clips of no other length.
        one_size: whether it makes pictures of no other size.
        exact_vae: whether its VAE is to run in float32, as its card says.
    """

    fps: int = 16
    n_frames: int | None = None
    size: tuple[int, int] | None = None
    multiple: int = 1
    n_tokens: int = 0
    one_length: bool = False
    one_size: bool = False
    exact_vae: bool = False


_CARDS = {
    "Allegro": Card(15, 88, (1280, 720), one_length=True, one_size=True, exact_vae=True),
    "AnimateDiff": Card(8),
    "CogVideoX": Card(8),
    "CogVideoX 1.5": Card(16, 81, (1360, 768)),
    "EasyAnimate": Card(8, multiple=16),
    "Helios": Card(24),
    "Hunyuan": Card(24),
    "I2VGenXL": Card(8),
    "Kandinsky": Card(24),
    "LTX": Card(25, multiple=32, n_tokens=256),
    "LTX2": Card(24, 121, multiple=32),
    "Latte": Card(8),
    "Mochi": Card(30, 163, (848, 480)),
    "Motif": Card(24),
    "PIA": Card(8),
    "Sana": Card(16, multiple=32, exact_vae=True),
    "SkyReels": Card(24, exact_vae=True),
    "TextToVideoSD": Card(8),
    "Wan": Card(16, exact_vae=True),
    "Wan 2.2 5B": Card(24, 121, (1280, 704), exact_vae=True),
}
"""By the beginning of the pipeline's name, or by the model where one class runs several."""

_NO_SCENE = (
    "VideoToVideo", "Control", "Inpaint", "Edit", "Upsample", "Refine", "Transfer", "HDR", "InContext",
    "ConsisID", "SanaWM", "TextToVideoZero", "WanAnimate",
)  # fmt: skip
"""In the names of pipelines that change a film or follow one: they run only with more than a scene has."""


def card_of(name: str, core: dict[str, Any], spatial: int) -> Card:
    """Return the card of a pipeline.

    Args:
        name: of its class in diffusers.
        core: the configuration of what denoises.
        spatial: how many pixels a latent stands for.
    """
    if name.startswith("CogVideoX") and core.get("patch_size_t"):
        name = "CogVideoX 1.5"
    if name.startswith("Wan") and spatial == 16:
        name = "Wan 2.2 5B"
    found = max((each for each in _CARDS if name.startswith(each)), key=len, default="")
    card = _CARDS.get(found, Card())
    # CogVideoX from an image has learned where each patch of one size lies.
    return replace(card, one_size=card.one_size or bool(core.get("use_learned_positional_embeddings")))


def wants_more(name: str) -> bool:
    """Whether a pipeline asks for what no scene has: a film, poses, a mask, the way of a camera."""
    return any(part in name for part in _NO_SCENE)
