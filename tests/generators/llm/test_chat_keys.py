"""Chat through the hosts' own clients, and the keys that no error, trace, log or answer may show."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import pytest

from storyboard.generators.llm.chat import Chat
from storyboard.generators.settings import Settings
from storyboard.schema.errors import GeneratorUnavailable, StoryboardError, UnknownGenerator

SECRET = "sk-very-secret-0123456789"
SCHEMA = {"title": "Tide", "type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}


def ask_once(server: Any) -> str:
    return Chat(server.url, wait_s=0.0).complete("write", step="song", schema=SCHEMA)


def test_a_refused_key_is_not_tried_again_and_never_shown(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_LLM_KEY", SECRET)
    server.fails(401, f"Incorrect API key provided: {SECRET}")
    with pytest.raises(GeneratorUnavailable) as raised:
        ask_once(server)
    assert len(server.requests) == 1 and server.keys == [f"Bearer {SECRET}"]
    assert "STORYBOARD_LLM_KEY" in raised.value.hint
    assert SECRET not in str(raised.value) + raised.value.hint


def _scan(error: BaseException) -> Iterator[str]:
    """Yield all that a log, a trace with locals or a chain of causes could show of an error."""
    seen: BaseException | None = error
    while seen:
        yield f"{seen!r} {seen} {getattr(seen, 'hint', '')} {vars(seen)!r}"
        trace: TracebackType | None = seen.__traceback__
        while trace:
            if trace.tb_frame.f_globals["__name__"] != __name__:
                yield repr(trace.tb_frame.f_locals)
            trace = trace.tb_next
        seen = seen.__cause__ or seen.__context__


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 500])
def test_no_key_is_in_any_error_repr_trace_or_log(
    server: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    monkeypatch.setenv("STORYBOARD_LLM_KEY", SECRET)
    caplog.set_level(logging.DEBUG)
    for _ in range(8):
        server.fails(status, f"no: {SECRET} is used up", Retry_After="0")
    chat = Chat(server.url, wait_s=0.0)
    try:
        chat.complete("write", step="song", schema=SCHEMA)
    except StoryboardError as error:
        assert error.__cause__ is None and error.__context__ is None
        shown = "".join(_scan(error))
    assert server.keys[0] == f"Bearer {SECRET}"
    assert "Chat(" in shown and SECRET not in shown
    assert SECRET not in caplog.text + repr(chat) + repr(vars(chat)) + chat.usage.model_dump_json()


def test_a_key_that_a_server_repeats_in_its_answer_is_blotted_out(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_LLM_KEY", SECRET)
    server.says(f"your key is {SECRET}, friend")
    assert ask_once(server) == "your key is ***, friend"


@pytest.mark.parametrize(
    ("spec", "variable"), [("openai", "OPENAI_API_KEY"), ("together#m", "TOGETHER_API_KEY")]
)
def test_a_hosted_service_without_its_key_is_unavailable(
    server: Any, monkeypatch: pytest.MonkeyPatch, spec: str, variable: str
) -> None:
    monkeypatch.setitem(sys.modules, "together", sys.modules["openai"])
    with pytest.raises(GeneratorUnavailable, match=variable):
        Chat(spec).check()


def test_openai_is_asked_through_its_own_client(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url.partition("#")[0])
    server.says("a text")
    assert Chat("openai#gpt-5-nano").complete("write", step="song") == "a text"
    assert server.requests[0]["model"] == "gpt-5-nano" and server.keys == [f"Bearer {SECRET}"]


def test_together_is_asked_through_its_own_client(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("together")
    monkeypatch.setenv("TOGETHER_API_KEY", SECRET)
    # Its client puts the /v1 of the address into the path itself.
    monkeypatch.setenv("TOGETHER_BASE_URL", server.url.partition("/v1")[0])
    server.fails(429, Retry_After="0")
    server.cuts_the_body()
    server.hangs()
    server.says('{"n": 1}')
    chat = Chat("together#m", settings=Settings(llm={"timeout_s": 0.5}), wait_s=0.0)
    assert chat.complete("write", step="song", schema=SCHEMA) == '{"n": 1}'
    assert server.paths == ["/v1/chat/completions"] * 4 and server.keys[0] == f"Bearer {SECRET}"
    assert server.requests[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    server.fails(401)
    with pytest.raises(GeneratorUnavailable, match="does not accept the key"):
        chat.complete("write", step="song")


def test_without_the_together_package_the_line_that_installs_it_is_said(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGETHER_API_KEY", SECRET)
    monkeypatch.setitem(sys.modules, "together", None)
    with pytest.raises(GeneratorUnavailable, match="together package is missing") as raised:
        Chat("together").check()
    assert raised.value.hint == 'pip install "storyboard[together]"'


@pytest.mark.parametrize(
    "spec",
    [
        "http:///v1#m",
        "http://user:pass@host/v1#m",
        "ftp://host#m",
        "http://host/v1?key=pass@#m",
        "http://[#m",
    ],
)
def test_an_address_that_is_none_or_could_hold_a_secret_is_refused(spec: str) -> None:
    with pytest.raises(UnknownGenerator) as raised:
        Chat(spec)
    assert "pass@" not in str(raised.value)
