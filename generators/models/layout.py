"""How the folder of a diffusers pipeline is laid out: which files it needs, and which are worth fetching."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """The parts of a pipeline, each a folder.

    Attributes:
        models: those with weights.
        settings: those with settings alone.
    """

    models: tuple[str, ...]
    settings: tuple[str, ...] = ("scheduler",)

    @property
    def needs(self) -> tuple[str, ...]:
        """Patterns of the files without which it cannot run."""
        weights = (f"{part}/*.safetensors|{part}/*.bin" for part in self.models)
        return ("model_index.json", *weights, *(f"{part}/*.json" for part in self.settings))

    @property
    def files(self) -> tuple[str, ...]:
        """Patterns of the files that are fetched."""
        return ("model_index.json", *(f"{part}/*" for part in (*self.models, *self.settings)))


STABLE_DIFFUSION = Layout(("unet", "vae", "text_encoder"), ("tokenizer", "scheduler"))
"""Stable Diffusion 1 and 2, and what is laid out like them: ModelScope's text-to-video, Riffusion."""
