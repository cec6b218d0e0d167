"""What is typed as NAME=VALUE: parameters of generators (--set music.steps=30) and portraits."""

from __future__ import annotations

import json
from collections.abc import Sequence

from storyboard.schema.board import Parameter
from storyboard.schema.errors import InputError

_FAMILIES = ("voice", "music", "video", "image")


def parameters_of(given: Sequence[str]) -> dict[str, dict[str, Parameter]]:
    """Return the parameters of each family of generators.

    Raises:
        InputError: one is not written as FAMILY.NAME=VALUE.
    """
    found: dict[str, dict[str, Parameter]] = {}
    for text in given:
        path, equals, value = text.partition("=")
        family, _, name = path.strip().partition(".")
        if family not in _FAMILIES or not (name and equals):
            raise InputError(
                "is not written as FAMILY.NAME=VALUE",
                where=f"--set {text}",
                hint=f"the families are {', '.join(_FAMILIES)}: --set music.steps=30",
            )
        found.setdefault(family, {})[name] = _value(value.strip())
    return found


def portraits_of(given: Sequence[str]) -> dict[str, str]:
    """Return the files of portraits by the names of their characters.

    Raises:
        InputError: one is not written as NAME=FILE, or a character is named twice.
    """
    found: dict[str, str] = {}
    for text in given:
        name, _, file = (part.strip() for part in text.partition("="))
        if not (name and file):
            hint = "write the character's name first: --portrait Ida=ida.png"
            raise InputError("is not written as NAME=FILE", where=f"--portrait {text}", hint=hint)
        if name in found:
            raise InputError(
                f"{name} has a portrait already", where=f"--portrait {text}", hint="give one for each"
            )
        found[name] = file
    return found


def _value(text: str) -> Parameter:
    """Read a number or true and false as such, and all else as text."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, (bool, int, float, str)) else text
