"""Chance from a seed, undisturbed by other threads and without leaving a trace for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from storyboard.generators.models.device import Device

_ONE_AT_A_TIME = threading.Lock()


def generator_for(seed: int, device: str = "cpu") -> Any:
    """Return a torch.Generator of its own.

    On the CPU, as by default, the same seed gives the same noise whatever device the model runs on.
    """
    import torch

    return torch.Generator(device=device).manual_seed(seed)


@contextmanager
def seeded(seed: int, device: Device) -> Iterator[None]:
    """Seed the random state that all of torch shares, for models that draw from nothing else.

    The state is put back afterwards. Only one thread at a time gets in, since another would draw from
    the same state and neither would repeat.
    """
    import torch

    devices: list[int] = []
    if device.name.startswith("cuda"):
        index = torch.device(device.name).index
        devices = [torch.cuda.current_device() if index is None else index]
    with _ONE_AT_A_TIME, torch.random.fork_rng(devices):
        torch.manual_seed(seed)
        yield
