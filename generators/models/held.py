"""The one loaded model: held from scene to scene, given up when another is wanted."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

_LOCK = threading.RLock()
_held: dict[Hashable, Any] = {}


def hold(key: Hashable, load: Callable[[], Any]) -> Any:
    """Return the model of a key, loaded now unless it is the one that is held.

    Only one is held: what was held before is given up first, so that both never need memory at once.

    Args:
        key: everything that decides what is loaded: weights, revision, device, number format, tier.
        load: loads it.
    """
    with _LOCK:
        if key not in _held:
            release()
            _held[key] = load()
        return _held[key]


def release() -> None:
    """Give the held model up, and its memory back."""
    with _LOCK:
        if _held:
            _held.clear()
            give_back()


@contextmanager
def alone() -> Iterator[None]:
    """Load and run the held model inside; other threads wait, since it is one and has one state."""
    with _LOCK:
        yield


def give_back() -> None:
    """Collect what nobody refers to, and return its memory to the card."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
