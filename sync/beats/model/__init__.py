"""The beats of a song by a network that torch runs: Beat This (Foscarin, Schlüter & Widmer, 2024)."""

from __future__ import annotations

from pathlib import Path

from storyboard.sync.beats import Beats, Floats, at_rate
from storyboard.sync.beats.model.activations import load_beat_model, logits
from storyboard.sync.beats.model.decoding import grid_of

__all__ = ["track_by_model"]


def track_by_model(
    samples: Floats, rate_hz: int, folder: Path, *, beats_per_bar: int = 4, device: str = "auto"
) -> Beats | None:
    """Return the grid of mono sound, or None when the network hears no beats.

    Args:
        samples: mono.
        rate_hz: their rate.
        folder: holds the checkpoint, one file *.ckpt.
        beats_per_bar: the metre to expect where several would do.
        device: of torch, "auto" for the best there is.

    Raises:
        SystemRequirementError: torch is missing, or the folder holds no such checkpoint.
    """
    model = load_beat_model(folder, device=device)
    return grid_of(logits(model, at_rate(samples, rate_hz)), beats_per_bar=beats_per_bar)
