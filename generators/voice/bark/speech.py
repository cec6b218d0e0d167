"""A loaded Bark, which says one chunk of lines at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from storyboard.generators.models.device import Device
from storyboard.generators.models.packages import need
from storyboard.generators.models.quiet import hush
from storyboard.generators.models.seeds import seeded
from storyboard.generators.voice.on_grid import Floats

_SEMANTIC_HZ, _COARSE_HZ, _FINE_STEPS = 50, 150, 12  # steps of its three models in a second of sound


@dataclass(frozen=True)
class Manner:
    """Which preset speaks, how freely, and the seed of chance; None leaves it to the checkpoint."""

    preset: str | None
    temperature: float | None
    seed: int


class BarkVoice:
    """The three models of a Bark, its codec and its processor, on a device."""

    def __init__(self, folder: Path, device: Device) -> None:
        self._device = device
        self._processor, model = _loaded(folder, device)
        self._model = _placed(model, device)

    @property
    def rate_hz(self) -> int:
        """Sample rate of what it says."""
        return int(self._model.generation_config.sample_rate)

    @property
    def presets(self) -> list[str]:
        """The voices that came with the checkpoint."""
        return list(self._processor.available_voice_presets)

    def say(self, text: str, manner: Manner, expected_s: float, progress: Callable[[float], None]) -> Floats:
        """Say a text, mono, shape (n,).

        Args:
            text: what to say.
            manner: who says it, and how.
            expected_s: about how long it will be, in seconds.
            progress: receives a fraction at every step of a model; may raise Cancelled.
        """
        kwargs: dict[str, Any] = {}
        if manner.temperature is not None:
            for part in ("semantic", "coarse"):
                kwargs |= {f"{part}_do_sample": True, f"{part}_temperature": manner.temperature}
        inputs = self._processor(text, voice_preset=manner.preset).to(self._device.name)
        if "history_prompt" in inputs:
            inputs["history_prompt"] = inputs["history_prompt"].to(self._device.name)
        with seeded(manner.seed, self._device), _stepping(self._model, expected_s, progress):
            sound = self._model.generate(**inputs, **kwargs)
        return np.nan_to_num(np.asarray(sound.float().cpu().numpy().squeeze(), np.float32))


def _loaded(folder: Path, device: Device) -> tuple[Any, Any]:
    """Return processor and model; nothing is fetched."""
    from transformers import AutoProcessor, BarkModel

    hush()
    load_processor: Any = AutoProcessor.from_pretrained
    load_model: Any = BarkModel.from_pretrained
    # Parts of a model are made of random weights before its own are read into it.
    with seeded(0, device):
        model = load_model(folder, dtype=device.torch_dtype(), local_files_only=True)
    return load_processor(folder, local_files_only=True), model


def _placed(model: Any, device: Device) -> Any:
    """Bring Bark onto the device; offloaded, only the one of its models that runs is on the card."""
    if device.is_cpu or device.offload == "none":
        return device.place_model(model)
    need("accelerate", extra="gpu", where="bark")
    model.eval().enable_cpu_offload(accelerator_id=int(device.name.partition(":")[2] or 0))
    return model


@contextmanager
def _stepping(model: Any, expected_s: float, progress: Callable[[float], None]) -> Iterator[None]:
    """Report every step of the three models; how many there will be is an estimate."""
    expected = expected_s * (_SEMANTIC_HZ + _COARSE_HZ) + _FINE_STEPS
    done = 0

    def step(*_: object) -> None:
        nonlocal done
        done += 1
        progress(min(1.0, done / expected))

    parts = (model.semantic, model.coarse_acoustics, model.fine_acoustics)
    hooks = [part.register_forward_pre_hook(step) for part in parts]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
