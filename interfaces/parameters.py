"""Parameters of generators as they are typed: --set music.steps=30."""

from __future__ import annotations

import json
from collections.abc import Sequence

from storyboard.schema.board import Parameter
from storyboard.schema.errors import InputError

_FAMILIES = ("voice", "music", "video")


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


def _value(text: str) -> Parameter:
    """Read a number or true and false as such, and all else as text."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, (bool, int, float, str)) else text
