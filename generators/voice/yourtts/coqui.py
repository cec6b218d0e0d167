"""Import coqui-tts on any machine, and load a model with it."""

from __future__ import annotations

import importlib
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_PARTS = ("torchaudio", "torchaudio.transforms", "torchaudio.functional", "torchcodec")
_lock = threading.Lock()


@contextmanager
def importable() -> Iterator[None]:
    """Let coqui-tts and its models be imported inside, whether or not torchaudio and torchcodec can be.

    Where they cannot, the parts of them that coqui uses stand in for them until the end of the block;
    what was imported in it keeps them, and nothing else ever sees them.
    """
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of coqui's many dependencies, at import
        _quiet()
        if _are_real():
            yield
            return
        before = {name: sys.modules.pop(name, None) for name in _PARTS}
        sys.modules.update(_stand_ins())
        try:
            yield
        finally:
            for name, module in before.items():
                sys.modules.pop(name, None)
                if module:
                    sys.modules[name] = module


def _quiet() -> None:
    """Keep coqui's running commentary to what goes wrong."""
    for name in ("TTS", "trainer"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _are_real() -> bool:
    """Whether both packages are installed and work; a build for another torch fails at import."""
    # transformers remembers what it finds at its first look, so let it look before anything stands in.
    from transformers.utils.import_utils import is_torchaudio_available

    is_torchaudio_available()
    try:
        for name in ("torchaudio", "torchcodec"):
            importlib.import_module(name)
    except Exception:
        return False
    return True


def _stand_ins() -> dict[str, ModuleType]:
    from storyboard.generators.voice.yourtts import audio_parts

    modules = {name: ModuleType(name) for name in _PARTS}
    for name, module in modules.items():
        module.__spec__ = ModuleSpec(name, None, is_package=True)
        module.__path__ = []
    whole, transforms, functional, _ = modules.values()
    contents: dict[ModuleType, dict[str, Any]] = {
        whole: {"load": audio_parts.load, "transforms": transforms, "functional": functional},
        transforms: {"MelSpectrogram": audio_parts.MelSpectrogram, "Resample": audio_parts.Resample},
        functional: {"resample": audio_parts.resample},
    }
    for module, parts in contents.items():
        for name, part in parts.items():
            setattr(module, name, part)
    return modules
