"""A pretended CUDA card: tensors that say they are on it and are worked out by the processor.

It shows without a card what only shows on one: an operation on tensors of two devices is refused as CUDA
refuses it, weights and activations take room of a memory of known size, and what does not fit runs out of it.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map, tree_unflatten

_ATEN: Any = torch.ops.aten
_Tensor: Any = torch.Tensor
_Mode: Any = TorchDispatchMode
_MOVES = (_ATEN._to_copy.default, _ATEN.copy_.default)
_TAKES_INDICES = (_ATEN.index.Tensor, _ATEN.index_put_.default, _ATEN.index_put.default)


class OnCard(_Tensor):  # type: ignore[misc]
    """A tensor that says it is on the card; its numbers lie in `inner`, on the processor."""

    inner: torch.Tensor

    @staticmethod
    def __new__(cls, inner: Any, device: torch.device | None = None, requires_grad: bool = False) -> Any:
        """Wrap a tensor of the processor."""
        if device is None:  # accelerate takes the class of a weight for that of all weights
            return torch.nn.Parameter(inner, requires_grad)
        made: Any = torch.Tensor._make_wrapper_subclass(
            cls, inner.size(), strides=inner.stride(), storage_offset=inner.storage_offset(),
            dtype=inner.dtype, device=device, requires_grad=requires_grad,
        )  # fmt: skip
        made.inner = inner
        return made

    def __init__(self, *_: Any, **__: Any) -> None:
        """Leave it as it was made."""

    def __repr__(self) -> str:
        """Say what it is."""
        return f"OnCard({self.inner!r}, {self.device})"

    def tolist(self) -> Any:
        """Return its numbers, as a tensor on a card does too."""
        return self.inner.tolist()

    def contiguous(self, memory_format: Any = torch.contiguous_format) -> Any:
        """Return its numbers one after the other."""
        there = self.inner.is_contiguous(memory_format=memory_format)
        return self if there else self.clone(memory_format=memory_format)

    def nonzero(self, *, as_tuple: bool = False) -> Any:
        """Return where it is not zero."""
        inner: Any = self.inner
        found = inner.nonzero(as_tuple=as_tuple)
        return tree_map(lambda each: _running().put(each, self.device), found)

    def copy_(self, other: Any, non_blocking: bool = False) -> Any:
        """Take the numbers of another tensor, wherever it is."""
        self.inner.copy_(_inner(other))
        return self

    def __float__(self) -> float:
        """Return its number."""
        return float(self.inner)

    def __int__(self) -> int:
        """Return its number."""
        return int(self.inner)

    def __bool__(self) -> bool:
        """Return its truth."""
        return bool(self.inner)

    def __index__(self) -> int:
        """Return its number."""
        return self.inner.__index__()

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Take and set parts of it here: the C functions for it ask the card first."""
        if func is torch.Tensor.__getitem__ and isinstance(args[0], OnCard):
            found = args[0].inner[tree_map(_inner, args[1])]
            return _running().put(found, args[0].device)
        if func is torch.Tensor.__setitem__ and isinstance(args[0], OnCard):
            args[0].inner[tree_map(_inner, args[1])] = _inner(args[2])
            return None
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **(kwargs or {}))

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Let the card do it."""
        return _running().work_out(func, args, kwargs or {})


class Card(_Mode):  # type: ignore[misc]
    """The card's memory, and what is refused on it.

    Args:
        memory_gb: how much it has.
    """

    running: Card | None = None

    def __init__(self, memory_gb: float) -> None:
        super().__init__()
        self.n_bytes = int(memory_gb * 1e9)
        self.n_used = self.n_most = 0
        self._stored: dict[int, int] = {}
        self._lock = threading.RLock()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Do what makes tensors out of nothing, too."""
        return self.work_out(func, args, kwargs or {})

    def work_out(self, func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """Do an operation on the processor; what it gives is where CUDA would leave it."""
        flat, spec = tree_flatten((args, kwargs))
        asked = kwargs.get("device")
        target = _device(asked)
        ours = [each for each in flat if isinstance(each, OnCard)]
        if not ours and not _is_card(target):
            return func(*args, **kwargs)
        there = {each.device for each in ours}
        if func not in _MOVES:
            _check(func, flat, there)
        if func is _ATEN.copy_.default:
            _inner(args[0]).copy_(_inner(args[1]), *args[2:])
            return args[0]
        if _is_card(target) and isinstance(kwargs.get("generator"), torch.Generator):
            raise RuntimeError(f"Expected a '{target}' device type for generator but found 'cpu'")
        inner_args, inner_kwargs = tree_unflatten([_inner(each) for each in flat], spec)
        if asked is not None and _is_card(target):
            inner_kwargs["device"] = torch.device("cpu")
        made = func(*inner_args, **inner_kwargs)
        device = target or next(iter(there))
        if device.type != "cuda":
            return made
        known = {id(each.inner): each for each in ours}

        def put(each: Any) -> Any:
            if not isinstance(each, torch.Tensor):
                return each
            return known[id(each)] if id(each) in known else self.put(each, device)

        return tree_map(put, made)

    def put(self, inner: torch.Tensor, device: torch.device) -> OnCard:
        """Put numbers on the card; raises torch.OutOfMemoryError where it has too little room."""
        self._take(inner)
        return OnCard(inner, device)

    def _take(self, inner: torch.Tensor) -> None:
        """Give room to a tensor, once for all views of it."""
        storage = inner.untyped_storage()
        place, size = storage._cdata, storage.nbytes()
        with self._lock:
            if place in self._stored:
                return
            if self.n_used + size > self.n_bytes:
                raise torch.OutOfMemoryError(
                    f"CUDA out of memory. Tried to allocate {size} bytes. GPU 0 has a total capacity of "
                    f"{self.n_bytes} bytes of which {self.n_bytes - self.n_used} bytes is free."
                )
            self._stored[place] = size
            self.n_used += size
            self.n_most = max(self.n_most, self.n_used)
        weakref.finalize(storage, self._give_back, place)

    def _give_back(self, place: int) -> None:
        with self._lock:
            self.n_used -= self._stored.pop(place, 0)


def _indexed(to: Any) -> Any:
    """Return what brings tensors to "cuda:0" for "cuda": this torch cannot be asked which card is meant."""

    def brought(tensor: Any, *args: Any, **told: Any) -> Any:
        named = {name: _device(each) if name == "device" else each for name, each in told.items()}
        placed = [_device(each) if isinstance(each, (str, torch.device)) else each for each in args]
        return to(tensor, *placed, **named)

    return brought


@contextmanager
def pretended_card(memory_gb: float = 80.0) -> Iterator[Card]:
    """Let torch see one CUDA card with so much memory inside."""
    card = Card(memory_gb)
    answers: dict[str, Any] = {
        "_lazy_init": lambda: None,
        "is_available": lambda: True,
        "device_count": lambda: 1,
        "current_device": lambda: 0,
        "empty_cache": lambda: None,
        "ipc_collect": lambda: None,
        "synchronize": lambda *_: None,
        "memory_reserved": lambda *_: 0,
        "is_bf16_supported": lambda *_: True,
        "mem_get_info": lambda *_: (card.n_bytes - card.n_used, card.n_bytes),
    }
    with ExitStack() as stack:
        for name, answer in answers.items():
            stack.enter_context(patch.object(torch.cuda, name, answer))
        Card.running = card
        stack.callback(lambda: setattr(Card, "running", None))
        # A weight cannot become a tensor that says something else of itself; it is replaced by one.
        torch.__future__.set_overwrite_module_params_on_conversion(True)
        stack.callback(torch.__future__.set_overwrite_module_params_on_conversion, False)
        stack.enter_context(card)
        torch._C._set_only_lift_cpu_tensors(True)  # of numbers, made on the processor, then brought over
        stack.callback(torch._C._set_only_lift_cpu_tensors, False)
        stack.enter_context(patch.object(torch.Tensor, "to", _indexed(torch.Tensor.to)))
        yield card


def _running() -> Card:
    assert Card.running is not None, "the card is gone, and a tensor of it is not"
    return Card.running


def _device(asked: Any) -> torch.device | None:
    """Return a device that is asked for, the card's with its index."""
    if asked is None:
        return None
    device = torch.device(asked)
    return torch.device("cuda", device.index or 0) if device.type == "cuda" else device


def _is_card(device: torch.device | None) -> bool:
    return device is not None and device.type == "cuda"


def _inner(each: Any) -> Any:
    return each.inner if isinstance(each, OnCard) else each


def _check(func: Any, flat: list[Any], there: set[torch.device]) -> None:
    """Refuse tensors of two devices, but for numbers and indices, as CUDA does."""
    if func in _TAKES_INDICES:
        flat = flat[:1]
    elsewhere = {
        each.device
        for each in flat
        if isinstance(each, torch.Tensor) and not isinstance(each, OnCard) and each.dim() > 0
    }
    if len(there | elsewhere) > 1:
        raise RuntimeError(
            f"Expected all tensors to be on the same device, but found at least two devices: "
            f"{' and '.join(sorted(map(str, there | elsewhere)))} ({func})"
        )
