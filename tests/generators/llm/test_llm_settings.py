"""What writing takes from the user's settings: keys, the model by default, and prices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.generators.llm import resolve_spec
from storyboard.generators.llm.chat import Chat
from storyboard.generators.llm.prices import load_prices, prices_path
from storyboard.generators.settings import load_settings
from storyboard.schema.errors import DocumentError

SECRET = "sk-from-the-file-01234"


def write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)


def test_a_key_of_the_file_is_sent_but_never_shown(server: Any, no_settings: Path) -> None:
    write(no_settings, f'[keys]\nurl = "{SECRET}"\n')
    server.says("a text")
    server.fails(409, f"{SECRET} is used up")
    chat = Chat(server.url)
    chat.complete("write", step="song")
    with pytest.raises(Exception, match=r"\*\*\* is used up"):
        chat.complete("write", step="song")
    assert server.keys[0] == f"Bearer {SECRET}"
    assert SECRET not in repr(load_settings()) + str(load_settings().model_dump())


def test_a_key_of_the_environment_goes_before_that_of_the_file(
    server: Any, no_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(no_settings, f'[keys]\nurl = "{SECRET}"\n')
    monkeypatch.setenv("STORYBOARD_LLM_KEY", "sk-here")
    server.says("a text")
    Chat(server.url).complete("write", step="song")
    assert server.keys == ["Bearer sk-here"]


def test_auto_takes_the_writer_of_the_settings_then_a_key_in_them(
    no_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(no_settings, f'[keys]\ntogether = "{SECRET}"\n')
    assert resolve_spec("auto") == "together"
    write(no_settings, f'[llm]\nspec = "http://127.0.0.1:1/v1#m"\n[keys]\ntogether = "{SECRET}"\n')
    assert resolve_spec("auto") == "http://127.0.0.1:1/v1#m"
    monkeypatch.setenv("STORYBOARD_LLM", "builtin")
    assert resolve_spec("auto") == "builtin"


def test_the_user_s_prices_go_before_the_packaged_ones_and_add_to_them(no_settings: Path) -> None:
    packaged = load_prices()
    assert packaged.of("openai", "gpt-5-mini") and packaged.updated
    assert prices_path().parent == no_settings.parent
    own = '"gpt-5-mini" = { input = 9, output = 9 }\n"https://host/v1#mine" = { input = 1, output = 2 }\n'
    prices_path().write_text("[models]\n" + own)
    prices = load_prices()
    changed, added = prices.of("openai", "gpt-5-mini"), prices.of("https://host/v1", "mine")
    assert changed and changed.input == 9.0
    assert added and added.cost_usd(1_000_000, 500_000) == 2.0
    assert prices.of("https://other/v1", "mine") is None
    assert prices.of("openai", "gpt-5") == packaged.of("openai", "gpt-5")


@pytest.mark.parametrize("text", ["[models]\nm = { input = -1, output = 0 }\n", "models = 3\n", "[models\n"])
def test_a_wrong_file_of_prices_is_named(no_settings: Path, text: str) -> None:
    prices_path().write_text(text)
    with pytest.raises(DocumentError, match=r"prices\.toml"):
        load_prices()
