"""Portraits of characters as conditions of Stable Diffusion's pipelines, by IP-Adapter.

Ye et al., IP-Adapter: Text Compatible Image Prompt Adapter for Text-to-Image Diffusion Models, 2023.
Once a pipeline has the adapter each of its calls needs pictures: `portrait_arguments` gives what stands
for none, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from storyboard.generators.models.local_model import Companion
from storyboard.generators.models.weights import find_weights, is_folder
from storyboard.generators.seams import Portrait
from storyboard.schema.errors import GeneratorUnavailable, MediaError

SCALE = 0.6
"""How much portraits weigh against the prompt; less than 1 leaves pose and place to the prompt."""
_HUB = "h94/IP-Adapter"
_FOLDER, _WEIGHTS = "models", "ip-adapter_sd15.safetensors"
_FILES = (
    f"{_FOLDER}/{_WEIGHTS}",
    f"{_FOLDER}/image_encoder/config.json",
    f"{_FOLDER}/image_encoder/*.safetensors",
)
_encoded: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def ip_adapter_of(model: str) -> Companion:
    """Return the IP-Adapter of a Stable Diffusion 1.5 checkpoint.

    It is the one of the hub, unless the checkpoint is a folder with an `ip_adapter` folder in it, laid
    out like the hub's.
    """
    own = Path(model).expanduser() / "ip_adapter"
    return Companion(str(own) if is_folder(model) and own.is_dir() else _HUB, needs=_FILES, files=_FILES)


def is_here(companion: Companion) -> bool:
    """Whether weights that a model can do without are on this machine."""
    try:
        find_weights(companion.model, "", "", companion.needs)
    except GeneratorUnavailable:
        return False
    return True


def load_ip_adapter(pipeline: Any, weights_folder: Path) -> None:
    """Give a pipeline, not yet placed, the IP-Adapter and its image encoder.

    Args:
        pipeline: of the Stable Diffusion 1.5 family, with all LoRA weights that it will have.
        weights_folder: laid out like the hub's h94/IP-Adapter.
    """
    pipeline.load_ip_adapter(weights_folder, subfolder=_FOLDER, weight_name=_WEIGHTS, local_files_only=True)


def portrait_arguments(
    pipeline: Any, portraits: Sequence[Portrait], scale: float = SCALE, *, guided: bool = True
) -> dict[str, Any]:
    """Return what to add to the call of a pipeline so that its characters look like their portraits.

    Args:
        pipeline: placed. One without the adapter is asked for nothing; the scale of one that has it is set.
        portraits: of the characters in the picture; none: the adapter is switched off.
        scale: how much they weigh against the prompt.
        guided: whether the call is guided (its guidance scale is above 1).

    Returns:
        `ip_adapter_image_embeds`: one tensor of shape (2, number of portraits, width), unconditional
        first; (1, …) where the call is not guided. Empty for a pipeline without the adapter.

    Raises:
        MediaError: a portrait cannot be read.
    """
    if getattr(pipeline, "image_encoder", None) is None:
        return {}
    import torch

    pipeline.set_ip_adapter_scale(scale if portraits else 0.0)
    if portraits:
        wanted = torch.cat([_embedding(pipeline, portrait) for portrait in portraits])[None]
    else:
        encoder = pipeline.image_encoder
        wanted = torch.zeros(1, 1, encoder.config.projection_dim, dtype=encoder.dtype)
    wanted = wanted.to(pipeline._execution_device)
    rows = [torch.zeros_like(wanted), wanted] if guided else [wanted]
    return {"ip_adapter_image_embeds": [torch.cat(rows)]}


def _embedding(pipeline: Any, portrait: Portrait) -> Any:
    """Return the embedding of one portrait, shape (1, width), encoded the first time it is asked for."""
    import torch

    known = _encoded.setdefault(pipeline.image_encoder, {})
    if portrait.image.sha256 not in known:
        with torch.no_grad():
            found, _ = pipeline.encode_image(_whole(Path(portrait.image.file)), pipeline._execution_device, 1)
        known[portrait.image.sha256] = found.detach()
    return known[portrait.image.sha256]


def _whole(file: Path) -> Any:
    """Return a picture as a square with nothing cut off: the encoder would see only the middle square."""
    from PIL import Image, ImageOps

    try:
        with Image.open(file) as picture:
            plain = picture.convert("RGB")
    except OSError as error:
        raise MediaError(
            "cannot be read as a picture", where=str(file), hint="give the character another portrait"
        ) from error
    side = max(plain.size)
    return ImageOps.pad(plain, (side, side), color=plain.getpixel((0, 0)))
