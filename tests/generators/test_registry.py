"""Generators are found by name, and by name and model."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import ClassVar

import pytest

from storyboard.generators import registry
from storyboard.schema.errors import GeneratorUnavailable, UnknownGenerator


class Organ:
    """Runs models of many names, and is better than what is embedded if its model is there."""

    name: ClassVar[str] = "organ"
    version: ClassVar[str] = "1"
    preferred: ClassVar[bool] = True
    present: ClassVar[bool] = True

    def __init__(self, model: str = "church") -> None:
        self.model = model
        self.revision = f"{model}@1"

    def check(self) -> None:
        if not self.present:
            raise GeneratorUnavailable("no organ")


@pytest.fixture(autouse=True)
def _organ(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    held = registry._registered("music")
    point = EntryPoint("organ", f"{__name__}:Organ", "storyboard.music")
    monkeypatch.setattr(EntryPoint, "load", lambda self: Organ if self.name == "organ" else None)
    monkeypatch.setattr(registry, "_registered", lambda family: {**held, "organ": point})
    yield


def test_a_name_may_bring_its_model() -> None:
    organ = registry.create("music", "organ:theatre:1920")
    assert isinstance(organ, Organ) and organ.model == "theatre:1920"
    assert registry.revision(organ) == "theatre:1920@1"
    assert registry.choose("music", "organ:theatre") == "organ:theatre"
    plain = registry.create("music", "organ")
    assert isinstance(plain, Organ) and plain.model == "church"


def test_auto_takes_what_is_better_if_it_can_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert registry.choose("music", "auto") == "organ"
    monkeypatch.setattr(Organ, "present", False)
    assert registry.choose("music", "auto") == "band"


def test_a_generator_without_models_refuses_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Drum:
        name: ClassVar[str] = "drum"

    monkeypatch.setattr(EntryPoint, "load", lambda _: Drum)
    with pytest.raises(UnknownGenerator, match="no models"):
        registry.create("music", "organ:theatre")
