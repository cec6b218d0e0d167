"""What every generator does that runs one model of many on this machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.packages import need
from storyboard.generators.models.weights import Weights, find_weights, pull_weights
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed


@dataclass(frozen=True)
class Companion:
    """Further weights that a model runs with.

    Attributes:
        model: a folder, or an id of the hub.
        needs: patterns of the files without which it cannot run.
        files: patterns of the files that are fetched; None: all.
    """

    model: str
    needs: Sequence[str]
    files: Sequence[str] | None = None


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
    def companions(self) -> Mapping[str, Companion]:
        """The further weights that it runs with, by what they are for."""
        return {}

    @property
    def wanted(self) -> list[tuple[str, Sequence[str] | None]]:
        """What a pull fetches: models, and patterns of their files."""
        return [(self.model, self.files), *((each.model, each.files) for each in self.companions.values())]

    @property
    def revision(self) -> str:
        """The commits or digests of the weights on this machine; empty where some are missing."""
        try:
            found = [self.weights(), *(self.companion(name) for name in self.companions)]
        except GeneratorUnavailable:
            return ""
        return " ".join(each.revision for each in found)

    def check(self) -> None:
        """Raise GeneratorUnavailable when a package, the weights or the device are missing."""
        need(*self.modules, extra=self.extra, where=self.name)
        self.weights()
        for name in self.companions:
            self.companion(name)
        choose_device()

    def weights(self) -> Weights:
        """Return the weights on this machine; raises GeneratorUnavailable where there are none."""
        return find_weights(self.model, self.spec, self.name, self.needs)

    def companion(self, name: str) -> Weights:
        """Return the weights of one companion; raises GeneratorUnavailable where there are none."""
        wanted = self.companions[name]
        return find_weights(wanted.model, self.spec, self.name, wanted.needs)

    def pull(self, progress: OnFraction) -> None:
        """Fetch the weights from the hub; the only thing here that uses the network."""
        need("huggingface_hub", extra=self.extra, where=self.name)
        wanted = self.wanted
        for index, (model, files) in enumerate(wanted):
            part = _part_of(progress, index, len(wanted))
            pull_weights(model, part, files if files is None else (*files, "README.md"))
            part(1.0)

    def used(self, device: Device) -> ModelUsed:
        """Return the record of a run on a device."""
        used = self.weights().used(self.model, device.name, device.dtype_name)
        return used.model_copy(update={"revision": self.revision})


def _part_of(progress: OnFraction, index: int, n_parts: int) -> OnFraction:
    """Return what reports one of several parts of equal size."""
    return lambda done: progress((index + done) / n_parts)
