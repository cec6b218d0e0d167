"""Check what the user tells a generator beyond the song, by the names that the generator knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from storyboard.schema.board import Parameter
from storyboard.schema.document import Part
from storyboard.schema.errors import InputError

P = TypeVar("P", bound=Part)


def parameters_of(kind: type[P], given: Mapping[str, Parameter], where: str) -> P:
    """Return the parameters of a generator, checked.

    Args:
        kind: what the generator knows, with ranges.
        given: what the user wrote.
        where: the place of these parameters in the storyboard: "generators.parameters.music".

    Raises:
        InputError: a name is unknown or a value is wrong; the hint lists what is known.
    """
    try:
        return kind.model_validate(dict(given))
    except ValidationError as error:
        problems = error.errors()
        place = ".".join([where, *(str(part) for part in problems[0]["loc"])])
        known = ", ".join(_range(name, field) for name, field in kind.model_fields.items())
        raise InputError(
            "; ".join(_message(problem) for problem in problems),
            where=place,
            hint=f"known: {known}" if known else "it has no parameters",
        ) from error


def _message(problem: ErrorDetails) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"there is no parameter {name!r}"
    said = problem["msg"]
    return f"{name} = {problem['input']!r}: {said[0].lower()}{said[1:]}"


def _range(name: str, field: FieldInfo) -> str:
    """Write a parameter with its limits or, from its examples, its values: "steps (1 to 200)"."""
    if field.examples:
        return f"{name} ({', '.join(str(each) for each in field.examples)})"
    limits: dict[str, Any] = {}
    for constraint in field.metadata:
        for limit in ("ge", "gt", "le", "lt"):
            if getattr(constraint, limit, None) is not None:
                limits[limit] = getattr(constraint, limit)
    low, high = limits.get("ge", limits.get("gt")), limits.get("le", limits.get("lt"))
    if low is None and high is None:
        return name
    if high is None:
        return f"{name} (from {low:g})"
    return f"{name} (to {high:g})" if low is None else f"{name} ({low:g} to {high:g})"
