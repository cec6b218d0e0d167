"""Weights are fetched by name, and only when asked for."""

from __future__ import annotations

import pytest

import storyboard
from storyboard.generators import registry
from storyboard.schema.errors import InputError, UnknownGenerator
from storyboard.schema.progress import OnFraction, StepFinished, StepProgress


def test_an_unknown_name_and_one_without_weights_say_so() -> None:
    with pytest.raises(UnknownGenerator, match="hologram"):
        storyboard.pull("hologram")
    with pytest.raises(InputError, match="needs no weights"):
        storyboard.pull("band")


def test_a_generator_fetches_its_own_and_tells_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    class Organ:
        def __init__(self, model: str = "") -> None:
            self.model = model

        def pull(self, progress: OnFraction) -> None:
            assert self.model == "theatre"
            progress(0.5)

    monkeypatch.setattr(registry, "load", lambda family, spec: Organ)
    events: list[object] = []
    storyboard.pull("musicgen:theatre", on_event=events.append)
    assert [event.fraction for event in events if isinstance(event, StepProgress)] == [0.5]
    assert isinstance(events[-1], StepFinished)
