"""Where a model runs, in which number format, and what waits in main memory meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from storyboard.generators.models.packages import need
from storyboard.generators.settings import ModelSettings, load_settings
from storyboard.schema.errors import GeneratorUnavailable

_WHERE = "settings, models.device"


@dataclass(frozen=True)
class Device:
    """A torch device by name, the name of a torch number format, and what is offloaded."""

    name: str
    dtype_name: str
    offload: Literal["auto", "none", "model", "sequential"] = "none"

    @property
    def is_cpu(self) -> bool:
        """Whether there is no accelerator, so that nothing can be offloaded from it."""
        return self.name.partition(":")[0] == "cpu"

    def torch_dtype(self) -> Any:
        """Return the number format as torch has it."""
        import torch

        return getattr(torch, self.dtype_name)

    def place_pipeline(self, pipeline: Any) -> Any:
        """Bring a diffusers pipeline onto the device, offloaded as the settings say."""
        if self.is_cpu or self.offload in ("auto", "none"):
            return pipeline.to(self.name)
        if self.offload == "model":
            pipeline.enable_model_cpu_offload(device=self.name)
        else:
            pipeline.enable_sequential_cpu_offload(device=self.name)
        return pipeline

    def place_model(self, model: Any) -> Any:
        """Bring one torch module onto the device, ready to run; a single one cannot be offloaded."""
        return model.to(self.name).eval()


def choose_device(settings: ModelSettings | None = None) -> Device:
    """Choose by the settings: `auto` is the card where there is one, with float16 on CUDA.

    Args:
        settings: the table [models]; None reads the user's settings.

    Raises:
        GeneratorUnavailable: torch is missing, or the device that the settings name is.
    """
    need("torch", extra="gpu", where=_WHERE)
    asked = settings or load_settings().models
    name = _best() if asked.device == "auto" else _present(asked.device)
    half = name.startswith("cuda")
    dtype = ("float16" if half else "float32") if asked.dtype == "auto" else asked.dtype
    return Device(name, dtype, asked.offload)


def _best() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _present(name: str) -> str:
    """Return the name of a device that is here."""
    import torch

    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise GeneratorUnavailable(
            f"{name!r} is not a device", where=_WHERE, hint="write auto, cpu, cuda, cuda:1 or mps"
        ) from error
    there = {"cpu": 1, "cuda": torch.cuda.device_count(), "mps": int(torch.backends.mps.is_available())}
    if device.type == "xpu":
        there["xpu"] = torch.xpu.device_count()
    if (device.index or 0) >= there.get(device.type, 0):
        here = ", ".join(kind for kind, count in there.items() if count)
        raise GeneratorUnavailable(
            f"torch sees no {name} here, only {here}",
            where=_WHERE,
            hint='set device = "auto", or install the torch build for that device',
        )
    return name
