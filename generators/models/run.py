"""Run a model: its failures become errors that say what to do, and the card's memory is given back."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from storyboard.generators.models.device import Device
from storyboard.schema.errors import GeneratorError, StoryboardError


@contextmanager
def running(where: str, device: Device) -> Iterator[None]:
    """Load and run a model inside; what it raises comes out as a GeneratorError, but for our own errors.

    Args:
        where: the generator and its model, for the error.
        device: where it runs.
    """
    import torch

    try:
        yield
    except (StoryboardError, MemoryError):
        raise
    except torch.OutOfMemoryError as error:
        hint = 'set offload = "model" under [models] of the settings, or choose a smaller model'
        raise GeneratorError(f"{device.name} has too little memory for it", where=where, hint=hint) from error
    except Exception as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        hint = "check that the weights are whole and of this kind; --debug shows the trace"
        raise GeneratorError(f"the model failed ({said})", where=where, hint=hint) from error
    finally:
        if device.name.startswith("cuda"):
            gc.collect()
            torch.cuda.empty_cache()
