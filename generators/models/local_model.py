"""What every generator does that runs one model of many on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.packages import need
from storyboard.generators.models.weights import Weights, find_weights, pull_weights
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed


class LocalModel:
    """Which model is chosen, whether it can run here, and how its weights come here.

    A generator inherits from it and says the names below.
    """

    name: ClassVar[str]
    default_model: ClassVar[str]
    modules: ClassVar[Sequence[str]]
    """Packages, as they are imported."""
    extra: ClassVar[str]
    """The extra of this package that brings them."""
    needs: ClassVar[Sequence[str]]
    """Patterns of the files without which the model cannot run."""
    files: ClassVar[Sequence[str] | None] = None
    """Patterns of the files that are fetched; None: all."""

    def __init__(self, model: str = "") -> None:
        self.model = model or self.default_model
        self.spec = f"{self.name}:{model}" if model else self.name

    @property
    def revision(self) -> str:
        """The commit or digest of the weights on this machine; empty where there are none."""
        try:
            return self.weights().revision
        except GeneratorUnavailable:
            return ""

    def check(self) -> None:
        """Raise GeneratorUnavailable when a package, the weights or the device are missing."""
        need(*self.modules, extra=self.extra, where=self.name)
        self.weights()
        choose_device()

    def weights(self) -> Weights:
        """Return the weights on this machine; raises GeneratorUnavailable where there are none."""
        return find_weights(self.model, self.spec, self.name, self.needs)

    def pull(self, progress: OnFraction) -> None:
        """Fetch the weights from the hub; the only thing here that uses the network."""
        need("huggingface_hub", extra=self.extra, where=self.name)
        pull_weights(self.model, progress, self.files)

    def used(self, device: Device) -> ModelUsed:
        """Return the record of a run on a device."""
        return self.weights().used(self.model, device.name, device.dtype_name)
