"""A folder of diffusers weights, as its own small JSON files describe it: nothing is loaded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from storyboard.schema.errors import GeneratorUnavailable

_SIDE = 1024
"""What models were trained on whose files do not say it: newer ones are."""
_SD2_WIDTH = 1024
"""Of the text embeddings of Stable Diffusion 2; those of version 1 are narrower."""
_WEIGHTS = "safetensors|{0}/*.bin"
_UNUSED = ("safety_checker",)


@dataclass(frozen=True)
class Checkpoint:
    """The weights of one pipeline, saved as diffusers saves them."""

    folder: Path

    @cached_property
    def index(self) -> dict[str, Any]:
        """Which class the pipeline and each of its parts has."""
        return self._read("model_index.json")

    @property
    def needs(self) -> tuple[str, ...]:
        """Patterns of the files without which the pipeline cannot be loaded."""
        parts = [
            name
            for name, kind in self.index.items()
            if isinstance(kind, list) and kind[0] is not None and name not in _UNUSED
        ]
        described = tuple(f"{name}/*.json" for name in parts)
        models = [name for name in parts if (self.folder / name / "config.json").is_file()]
        return described + tuple(f"{name}/*.{_WEIGHTS.format(name)}" for name in models)

    @property
    def has_safety_checker(self) -> bool:
        """Whether the pipeline has a place for one."""
        return "safety_checker" in self.index

    @property
    def is_stable_diffusion_1(self) -> bool:
        """Whether it is of the family that the IP-Adapter of Stable Diffusion 1.5 fits."""
        width = self._read("unet/config.json").get("cross_attention_dim")
        named = str(self.index.get("_class_name", ""))
        return named == "StableDiffusionPipeline" and isinstance(width, int) and width < _SD2_WIDTH

    @property
    def trained_side(self) -> int:
        """The side of the squares that it was trained on, in pixels."""
        core = self._read("unet/config.json") or self._read("transformer/config.json")
        vae = self._read("vae/config.json")
        blocks = vae.get("block_out_channels") or vae.get("encoder_block_out_channels") or [0] * 4
        sample = core.get("sample_size")
        sample = max(sample) if isinstance(sample, list) else sample
        return int(sample) * 2 ** (len(blocks) - 1) if sample else _SIDE

    def _read(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        try:
            found = json.loads(path.read_bytes()) if path.is_file() else {}
        except ValueError as error:
            raise GeneratorUnavailable(
                f"{path} is broken", where=str(self.folder), hint="pull it again"
            ) from error
        return found if isinstance(found, dict) else {}
