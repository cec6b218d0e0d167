"""Fetch the weights of a generator: the only way in which anything is downloaded."""

from __future__ import annotations

from storyboard.generators import registry
from storyboard.orchestrator.state import Context, step
from storyboard.schema.errors import InputError, UnknownGenerator
from storyboard.schema.progress import OnEvent, ignore

_FAMILIES: tuple[registry.Family, ...] = ("voice", "music", "video")


def pull(spec: str, *, on_event: OnEvent = ignore) -> None:
    """Fetch the weights that a generator needs: NAME for its own choice, or NAME:MODEL.

    Raises:
        UnknownGenerator: no generator has that name.
        InputError: it needs no weights.
        GeneratorUnavailable: a package that it needs is missing.
        GeneratorError: the weights could not be fetched.
    """
    name = spec.partition(":")[0]
    for family in _FAMILIES:
        if name in registry.names(family):
            generator = registry.create(family, spec)
            fetch = getattr(generator, "pull", None)
            if fetch is None:
                raise InputError("needs no weights", where=name, hint="it is ready as it is")
            with step(Context(on_event), "pull") as report:
                fetch(report.progress)
                report.detail = spec
            return
    raise UnknownGenerator(f"no generator is named {name!r}", where="pull", hint="see `storyboard doctor`")
