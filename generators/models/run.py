"""Run a model: its failures become errors that say what to do, and the card's memory is given back."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from storyboard.generators.models.device import Device
from storyboard.generators.models.held import give_back, release
from storyboard.schema.errors import GeneratorError, StoryboardError

T = TypeVar("T")

# Not every allocator raises an error of its own: those of the CPU, of MPS and of cuBLAS do not.
# cuBLAS and cuDNN say that they are not initialised where there is no room for their own buffers.
_SAID_OF_MEMORY = (
    "out of memory", "OUT_OF_MEMORY", "allocate memory", "not enough memory", "STATUS_ALLOC_FAILED",
    "CUBLAS_STATUS_NOT_INITIALIZED", "CUDNN_STATUS_NOT_INITIALIZED",
)  # fmt: skip


@contextmanager
def running(where: str, device: Device) -> Iterator[None]:
    """Load and run a model inside; what it raises comes out as a GeneratorError, but for our own errors.

    A model that failed is no longer held: nobody knows in which state it is.

    Args:
        where: the generator and its model, for the error.
        device: where it runs.
    """
    try:
        yield
    except StoryboardError as error:
        _forget(error)
        raise
    except Exception as error:
        _forget(error)
        release()
        raise _told(error, where, device) from error
    finally:
        if device.name.startswith("cuda"):
            give_back()


def within_memory(run: Callable[[], T]) -> T | None:
    """Return what a run gives, or None, its memory given back, where there was too little."""
    try:
        return run()
    except Exception as error:
        if not ran_out_of_memory(error):
            raise
        _forget(error)
    give_back()  # only here: while the error is being handled, it holds what did not fit
    return None


def ran_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that there was too little memory, on the card or in the machine."""
    import torch

    said = isinstance(error, RuntimeError) and any(words in str(error) for words in _SAID_OF_MEMORY)
    return said or isinstance(error, (torch.cuda.OutOfMemoryError, MemoryError))


def _told(error: Exception, where: str, device: Device) -> GeneratorError:
    if ran_out_of_memory(error):
        hint = 'set offload = "model" under [models] of the settings, or choose a smaller model or picture'
        return GeneratorError(f"{device.name} has too little memory for it", where=where, hint=hint)
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    hint = "check that the weights are whole and of this kind; --debug shows the trace"
    return GeneratorError(f"the model failed ({said})", where=where, hint=hint)


def _forget(error: BaseException) -> None:
    """Let go of what the frames of a trace refer to: pipelines and pictures on the card among it."""
    cause: BaseException | None = error
    while cause is not None:
        traceback.clear_frames(cause.__traceback__)
        cause = cause.__context__
