"""Likeness: how much the people of a clip look like their portraits, by CLIP's image embeddings.

The model is the image encoder that an IP-Adapter brings, or any CLIP on this machine. It runs on the
processor, beside the video model that has the card.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.image.picture import Picture, read_picture
from storyboard.generators.models.weights import find_weights
from storyboard.generators.settings import load_settings
from storyboard.schema.errors import GeneratorUnavailable

_KNOWN = ("h94/IP-Adapter", "openai/clip-vit-large-patch14", "openai/clip-vit-base-patch32")
_FOLDERS = ("models/image_encoder", "image_encoder", ".")
_MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)  # of the pictures that CLIP learned from
_STD = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Likeness:
    """A CLIP image encoder: its folder, and which weights they are."""

    folder: Path
    revision: str

    def of(self, pictures: Sequence[Picture], portraits: Sequence[Path]) -> float:
        """Return how alike pictures and portraits are, 0 to 1.

        It is the cosine of their embeddings: of each portrait to the picture that comes nearest to it, on
        average.

        Raises:
            MediaError: a portrait is no image.
        """
        shown = self._embedded(pictures)
        wanted = self._embedded([read_picture(path) for path in portraits])
        return float(np.clip((wanted @ shown.T).max(axis=1), 0.0, 1.0).mean())

    def _embedded(self, pictures: Sequence[Picture]) -> NDArray[np.float32]:
        """Return the embeddings of pictures, each of length 1, shape (n, width)."""
        import torch

        with _ONE_AT_A_TIME, torch.no_grad():
            model = _loaded(self.folder, self.revision)
            side = int(model.config.image_size)
            inputs = torch.from_numpy(np.stack([_prepared(picture, side) for picture in pictures]))
            found = np.asarray(model(pixel_values=inputs).image_embeds.numpy(), np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-9), np.float32)


def likeness_model() -> Likeness | None:
    """Return the image encoder of this machine; None where there is none, or no transformers to run it.

    Raises:
        GeneratorUnavailable: the settings name one that is not here.
    """
    asked = load_settings().models.likeness
    if any(find_spec(module) is None for module in ("torch", "transformers")):
        return None
    for model in (asked,) if asked else _KNOWN:
        for folder in _FOLDERS:
            found = _found(model, folder)
            if found is not None:
                return found
    if asked:
        raise GeneratorUnavailable(
            f"there is no CLIP image encoder in {asked}",
            where="settings, models.likeness",
            hint="give the folder or the id of a CLIP model that is on this machine, or leave it empty",
        )
    return None


def _found(model: str, folder: str) -> Likeness | None:
    needs = (f"{folder}/config.json", f"{folder}/*.safetensors|{folder}/*.bin")
    try:
        weights = find_weights(model, model, "likeness", needs)
    except GeneratorUnavailable:
        return None
    return Likeness(weights.path / folder, weights.revision)


@lru_cache(maxsize=1)
def _loaded(folder: Path, revision: str) -> Any:
    """Return the model; other weights in the same folder are another model."""
    import torch
    import transformers

    kind: Any = transformers.CLIPVisionModelWithProjection
    # As its configuration says, it would be in 16 bits, which a processor is slow in.
    return kind.from_pretrained(folder, dtype=torch.float32, local_files_only=True).eval()


def _prepared(picture: Picture, side: int) -> NDArray[np.float32]:
    """Return the middle square of a picture as CLIP takes it, shape (3, side, side)."""
    import cv2

    height, width = picture.shape[:2]
    edge = min(height, width)
    top, left = (height - edge) // 2, (width - edge) // 2
    square = picture[top : top + edge, left : left + edge]
    small = cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA if edge > side else cv2.INTER_CUBIC)
    scaled = (small.astype(np.float32) / 255 - _MEAN) / _STD
    return np.asarray(scaled.transpose(2, 0, 1), np.float32)
