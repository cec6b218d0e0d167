"""Which writer a spec opens."""

from __future__ import annotations

import pytest

from storyboard.generators.llm import Writer, open_writer, registry, resolve_spec
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.generators.llm.llm_writer import LLMWriter
from storyboard.schema.errors import GeneratorUnavailable, UnknownGenerator


def render(name: str, **inputs: object) -> str:
    return name


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("OPENAI_API_KEY", "TOGETHER_API_KEY", "STORYBOARD_LLM_KEY", "STORYBOARD_LLM"):
        monkeypatch.delenv(variable, raising=False)


def test_auto_without_any_configuration_is_the_built_in_writer() -> None:
    writer = open_writer("auto", render)
    assert isinstance(writer, BuiltinWriter) and isinstance(writer, Writer)
    writer.check()


def test_auto_takes_the_configured_model_first_then_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGETHER_API_KEY", "k")
    assert resolve_spec("auto") == "together"
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert resolve_spec("") == "openai"
    monkeypatch.setenv("STORYBOARD_LLM", "http://127.0.0.1:1/v1#m")
    assert resolve_spec("auto") == "http://127.0.0.1:1/v1#m"
    assert isinstance(open_writer("auto", render), LLMWriter)
    assert resolve_spec("builtin") == "builtin"


def test_an_unknown_name_lists_what_is_allowed() -> None:
    with pytest.raises(UnknownGenerator, match="'gtp'") as raised:
        open_writer("gtp", render)
    assert all(name in raised.value.hint for name in ("auto", "builtin", "openai", "together", "http://"))


class _Point:
    name, value = "mine", "package:Writer"

    def __init__(self, factory: object) -> None:
        self._factory = factory

    def load(self) -> object:
        if isinstance(self._factory, Exception):
            raise self._factory
        return self._factory


def test_a_writer_of_an_installed_package_is_opened_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "entry_points", lambda group: [_Point(BuiltinWriter)])
    assert isinstance(open_writer("mine", render), BuiltinWriter)


def test_an_installed_writer_that_cannot_be_imported_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "entry_points", lambda group: [_Point(ImportError("no torch"))])
    with pytest.raises(GeneratorUnavailable, match="no torch"):
        open_writer("mine", render)
