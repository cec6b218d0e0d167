"""Fetch the weights of a generator or a listening model: the only way in which anything is downloaded."""

from __future__ import annotations

from storyboard.generators import registry
from storyboard.orchestrator.listening_models import is_listening_model, pull_listening_model
from storyboard.orchestrator.state import Context, step
from storyboard.schema.errors import InputError, UnknownGenerator
from storyboard.schema.progress import OnEvent, ignore

_FAMILIES: tuple[registry.Family, ...] = ("voice", "music", "video", "image")


def pull(spec: str, *, on_event: OnEvent = ignore) -> None:
    """Fetch the weights that a generator or a listening model needs: NAME for its own choice, or NAME:MODEL.

    The models that listen are `wav2vec2`, of English, or `wav2vec2:de` and so on; `mms`, `mms:th`; and
    `beat_this`.

    Raises:
        UnknownGenerator: nothing has that name.
        InputError: it needs no weights.
        GeneratorUnavailable: a package that it needs is missing.
        GeneratorError: the weights could not be fetched.
    """
    name = spec.partition(":")[0]
    if is_listening_model(name):
        with step(Context(on_event), "pull") as report:
            report.detail = pull_listening_model(spec, report.progress)
        return
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
