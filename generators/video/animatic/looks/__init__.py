"""Looks: what a film is made of, chosen by the words of its style. One file a look; every file counts.

A module of this package that has a `STYLE` is a look.
"""

from __future__ import annotations

import importlib
import pkgutil
import re

from storyboard.generators.video.animatic.looks.style import Style

DEFAULT = "painted"


def _found() -> dict[str, type[Style]]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {module.STYLE.name: module.STYLE for module in modules if hasattr(module, "STYLE")}


LOOKS: dict[str, type[Style]] = _found()


def look_of(style: str) -> type[Style]:
    """Return the look that a style text means: the one whose words weigh most in it, else painted."""
    weights = {name: _weight(look, style.lower()) for name, look in LOOKS.items()}
    best = max(weights.values())
    return LOOKS[DEFAULT if weights[DEFAULT] == best else max(weights, key=lambda name: weights[name])]


def _weight(look: type[Style], text: str) -> int:
    return sum(weight for word, weight in look.words.items() if re.search(rf"\b{re.escape(word)}", text))


__all__ = ["LOOKS", "Style", "look_of"]
