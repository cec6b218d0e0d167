"""Settings: the places a scene can be set in, one file each, and how free text finds one."""

from __future__ import annotations

import importlib
import pkgutil

from storyboard.generators.video.animatic.settings.recognition import kind_of
from storyboard.generators.video.animatic.settings.registry import SETTINGS, Setting, place

_NOT_PLACES = {"building", "pictures", "recognition", "registry", "themes"}

for _module in sorted({module.name for module in pkgutil.iter_modules(__path__)} - _NOT_PLACES):
    importlib.import_module(f"{__name__}.{_module}")

__all__ = ["SETTINGS", "Setting", "kind_of", "place"]
