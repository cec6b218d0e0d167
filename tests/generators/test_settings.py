"""The user's settings: where they are, what a step has of them, and what is said of a wrong one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storyboard.generators.settings import Settings, load_settings, settings_path
from storyboard.schema.errors import DocumentError

SECRET = "sk-from-the-file-01234"


def write(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def test_without_a_file_everything_has_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STORYBOARD_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings_path().name == "settings.toml" and tmp_path in settings_path().parents
    assert load_settings() == Settings()
    assert load_settings().llm.spec is None and load_settings().ask("song").temperature is None


def test_a_file_that_was_named_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STORYBOARD_SETTINGS", str(tmp_path / "none.toml"))
    with pytest.raises(DocumentError, match=r"none\.toml") as raised:
        load_settings()
    assert "STORYBOARD_SETTINGS" in raised.value.hint


def test_a_step_has_its_own_settings_over_those_of_all(no_settings: Path) -> None:
    write(
        no_settings,
        '[llm]\nmodel = "large"\ntemperature = 0.9\ntimeout_s = 60\n'
        '[llm.steps.critic]\nmodel = "small"\ntemperature = 0\n'
        '[video]\nnegative_prompt = "fog"\n',
    )
    settings = load_settings()
    critic, song = settings.ask("critic"), settings.ask("song")
    assert (critic.model, critic.temperature, critic.timeout_s) == ("small", 0.0, 60.0)
    assert (song.model, song.temperature, song.max_tokens) == ("large", 0.9, None)
    assert settings.video.negative_prompt == "fog"


@pytest.mark.parametrize(
    ("spec", "server", "model"),
    [
        (None, "together", "small"),
        ("openai", "openai", "small"),
        ("openai#gpt-5", "openai", "small"),
        ("openai", "http://127.0.0.1:8080/v1", None),
        ("http://127.0.0.1:8080/v1/#m", "http://127.0.0.1:8080/v1", "small"),
    ],
)
def test_models_are_names_of_the_server_in_the_settings_only(
    spec: str | None, server: str, model: str | None
) -> None:
    settings = Settings(llm={"spec": spec, "steps": {"critic": {"model": "small"}}})
    assert settings.ask("critic", server).model == model


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[llm]\ntemprature = 0.2\n", "llm.temprature: no such field"),
        ("[llm]\ntemperature = 3\n", "llm.temperature: input should be less"),
        ('[llm.steps.critic]\ntemperature = "hot"\n', "llm.steps.critic.temperature: input should be"),
        ("[llm.steps.chorus]\ntemperature = 1\n", "llm.steps.chorus"),
        ("[lmm]\n", "lmm: no such field"),
        ("[llm\n", "is not TOML"),
        (f"[keys]\nopenai = ['{SECRET}']\n", "keys.openai: input should be a valid string"),
        (f"[keys]\n{'openai'} = {SECRET}\n", "is not TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_field_and_without_a_key(
    no_settings: Path, text: str, problem: str
) -> None:
    write(no_settings, text)
    with pytest.raises(DocumentError) as raised:
        load_settings()
    error = raised.value
    assert str(error).startswith(str(no_settings)) and problem in str(error)
    assert error.__cause__ is None and error.__context__ is None
    assert SECRET not in f"{error} {error.hint}"


def test_a_file_that_is_no_text_says_so(no_settings: Path) -> None:
    no_settings.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match="is not TOML"):
        load_settings()


@pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_keys_that_others_may_read_are_refused_with_the_command_that_helps(
    no_settings: Path, mode: int
) -> None:
    write(no_settings, f'[keys]\nopenai = "{SECRET}"\n', mode)
    with pytest.raises(DocumentError, match="others may read") as raised:
        load_settings()
    assert raised.value.hint == f"chmod 600 {no_settings}"
    write(no_settings, "[llm]\ntemperature = 0.5\n", mode)
    assert load_settings().llm.temperature == 0.5, "without keys it may be read by anyone"
