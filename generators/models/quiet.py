"""Keep the libraries of models from drawing bars and printing advice: here only a callback is told."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

_TALKERS = ("transformers.utils.logging", "diffusers.utils.logging", "huggingface_hub.utils.logging")


def hush() -> None:
    """Switch off the bars and warnings of transformers, diffusers and the hub, where they are installed."""
    for name in _TALKERS:
        if find_spec(name.partition(".")[0]):
            logging = import_module(name)
            logging.set_verbosity_error()
            getattr(logging, "disable_progress_bar", lambda: None)()
