"""Chat against a real HTTP server: what it asks, how it recovers, what it says when it cannot."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from storyboard.generators.llm.chat import Chat
from storyboard.generators.settings import Settings
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable

SECRET = "sk-very-secret-0123456789"
SCHEMA = {"title": "Tide", "type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
BROKEN = ("hangs", "cuts_the_body", "cuts_the_stream")


def chat_of(server: Any, wait_s: float = 0.0, **llm: Any) -> Chat:
    return Chat(server.url, settings=Settings(llm=llm), wait_s=wait_s)


def ask(server: Any, **llm: Any) -> str:
    return chat_of(server, **llm).complete("write", step="song", schema=SCHEMA)


def test_a_text_is_asked_for_by_schema_with_the_settings_of_its_step(server: Any) -> None:
    server.says("a text")
    steps = {"song": {"temperature": 0.3, "max_tokens": 99}, "critic": {"temperature": 0.1}}
    assert ask(server, temperature=0.8, steps=steps) == "a text"
    request = server.requests[0]
    assert request["model"] == "scripted" and request["seed"] == 0
    assert request["temperature"] == 0.3 and request["max_tokens"] == 99
    assert request["messages"] == [{"role": "user", "content": "write"}]
    assert request["response_format"]["json_schema"]["schema"] == SCHEMA


def test_a_conversation_is_sent_as_it_is_and_without_a_schema_in_no_format(server: Any) -> None:
    talk = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    server.says("c")
    assert chat_of(server).complete(talk, step="story", seed=2**32) == "c"
    assert server.requests[0]["messages"] == talk
    assert "response_format" not in server.requests[0] and server.requests[0]["seed"] < 2**31


def test_a_step_can_have_a_model_of_its_own(server: Any) -> None:
    server.says("a", "b")
    chat = chat_of(server, steps={"critic": {"model": "small"}})
    chat.complete("x", step="critic")
    chat.complete("x", step="song")
    assert [request["model"] for request in server.requests] == ["small", "scripted"]


def test_a_text_cut_off_at_its_longest_is_handed_over(server: Any, completion: Any) -> None:
    server.says(completion('{"title": "Ti', finish="length"))
    assert ask(server) == '{"title": "Ti'


def test_an_answer_that_thought_until_its_end_says_what_to_raise(server: Any, completion: Any) -> None:
    server.says(*[completion("", finish="length")] * 4)
    with pytest.raises(GeneratorError, match="max_tokens"):
        ask(server)


@pytest.mark.parametrize("play", BROKEN)
def test_a_broken_conversation_is_asked_again(server: Any, play: str) -> None:
    getattr(server, play)()
    server.says("whole")
    assert ask(server, timeout_s=0.3) == "whole"
    assert len(server.requests) == 2


@pytest.mark.parametrize("play", BROKEN)
def test_a_conversation_that_stays_broken_is_an_error(server: Any, play: str) -> None:
    for _ in range(4):
        getattr(server, play)()
    with pytest.raises(GeneratorError, match=r"no answer within 0\.1 s|broke off") as raised:
        ask(server, timeout_s=0.1)
    assert raised.value.retry and not isinstance(raised.value, GeneratorUnavailable)
    assert len(server.requests) == (3 if play == "hangs" else 4)


GARBAGE = {
    "truncated JSON": b'{"id": "1", "choices": [{"mess',
    "bytes that are no text": b"\xff\xfe\x00\x80",
    "nothing": b"",
    "a list": b"[1, 2]",
    "null": b"null",
    "a number": b"7",
    "deep": b"[" * 9000,
    "no choices": b'{"choices": []}',
    "null choices": b'{"choices": null}',
    "choices of another kind": b'{"choices": "abc"}',
    "no message": b'{"choices": [{"finish_reason": "stop"}]}',
    "null message": b'{"choices": [{"message": null}]}',
    "empty text": b'{"choices": [{"message": {"content": "  "}}]}',
    "text of another kind": b'{"choices": [{"message": {"content": {"a": 1}}}]}',
    "usage of another kind": b'{"choices": [], "usage": "much"}',
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_is_asked_again_and_then_an_error(server: Any, data: bytes) -> None:
    server.sends(data)
    server.says("a text")
    assert ask(server) == "a text"
    for _ in range(4):
        server.sends(data)
    with pytest.raises(GeneratorError, match="cannot be used"):
        ask(server)


@pytest.mark.parametrize("content_type", ["text/html", "text/event-stream", "", "application/octet-stream"])
def test_a_page_instead_of_an_answer_is_an_error(server: Any, content_type: str) -> None:
    for _ in range(4):
        server.sends(b"<html>Welcome</html>", content_type)
    with pytest.raises(GeneratorError, match="cannot be used") as raised:
        ask(server)
    assert "/v1" in raised.value.hint


def test_odd_numbers_of_tokens_are_not_believed(server: Any, completion: Any) -> None:
    answer = completion("a text")
    server.says(answer | {"usage": {"prompt_tokens": -5, "completion_tokens": "many"}})
    chat = chat_of(server)
    assert chat.complete("write", step="song") == "a text"
    assert chat.usage.total.prompt_tokens > 0 and chat.usage.total.completion_tokens > 0


@pytest.mark.parametrize("refusal", [{"refusal": "I cannot"}, {"finish": "content_filter"}])
def test_a_refusal_is_an_error_at_once(server: Any, completion: Any, refusal: dict[str, str]) -> None:
    server.says(completion(None, **refusal))
    with pytest.raises(GeneratorError, match="refused"):
        ask(server)
    assert len(server.requests) == 1


def test_a_busy_server_is_asked_again_after_the_pause_it_names(server: Any) -> None:
    server.fails(429, Retry_After="0")
    server.says("a text")
    assert chat_of(server, wait_s=60.0).complete("write", step="song") == "a text"


@pytest.mark.parametrize("pause", ["nan", "-3", "tomorrow"])
def test_a_pause_that_is_none_is_not_waited_for(server: Any, pause: str) -> None:
    server.fails(429, Retry_After=pause)
    server.says("a text")
    assert ask(server) == "a text"


def test_an_account_without_credit_is_not_asked_again(server: Any) -> None:
    error = {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}
    server.script.append((429, {}, error))
    with pytest.raises(GeneratorUnavailable, match="credit"):
        ask(server)
    assert len(server.requests) == 1


def test_a_broken_server_is_asked_again_but_not_for_ever(server: Any) -> None:
    server.fails(500)
    server.says("a text")
    assert ask(server) == "a text"
    for _ in range(4):
        server.fails(503)
    with pytest.raises(GeneratorError, match="request failed"):
        ask(server)
    assert len(server.requests) == 6


def test_a_server_without_response_formats_is_asked_in_plain_words(server: Any) -> None:
    server.fails(400, "json_schema unsupported")
    server.fails(500, "failed to parse grammar")
    server.says("a", "b")
    chat = chat_of(server)
    assert chat.takes_schema
    assert [chat.complete("write", step="song", schema=SCHEMA) for _ in range(2)] == ["a", "b"]
    assert not chat.takes_schema
    kinds = [request.get("response_format", {}).get("type") for request in server.requests]
    assert kinds == ["json_schema", "json_object", None, None]


def test_options_that_a_model_refuses_are_left_out_and_its_longest_answer_renamed(server: Any) -> None:
    server.fails(400, "Unsupported value: 'temperature' does not support 0.3 with this model")
    server.fails(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    server.says("a text")
    assert ask(server, temperature=0.3, max_tokens=50) == "a text"
    last = server.requests[2]
    assert last["max_completion_tokens"] == 50 and "response_format" in last
    assert "max_tokens" not in last and "temperature" not in last


def test_a_request_that_is_wrong_in_every_form_is_an_error_and_teaches_nothing(server: Any) -> None:
    for _ in range(3):
        server.fails(400, "context too long")
    chat = chat_of(server)
    with pytest.raises(GeneratorError, match="context too long"):
        chat.complete("write", step="song", schema=SCHEMA)
    assert chat.takes_schema and len(server.requests) == 3


def test_an_unknown_model_says_so(server: Any) -> None:
    server.fails(404)
    with pytest.raises(GeneratorUnavailable, match="no such model"):
        ask(server)


def test_without_a_model_the_first_the_server_offers_is_used(server: Any) -> None:
    server.says("a text")
    Chat(server.url.partition("#")[0]).complete("write", step="song")
    assert server.requests[0]["model"] == "first-model"


def test_no_server_at_the_address_says_what_to_do(server: Any) -> None:
    with pytest.raises(GeneratorUnavailable, match="cannot be reached") as raised:
        Chat("http://127.0.0.1:9/v1#m", wait_s=60.0).complete("write", step="song")
    assert "builtin" in raised.value.hint


def test_threads_share_a_chat_and_every_call_is_counted(server: Any, completion: Any) -> None:
    server.respond = lambda request: completion(request["messages"][0]["content"], tokens=(3, 2))
    chat, texts = chat_of(server), {}

    def write(number: int) -> None:
        for turn in range(5):
            texts[number, turn] = chat.complete(f"{number} {turn}", step="board")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == {(n, t): f"{n} {t}" for n in range(6) for t in range(5)}
    total = chat.usage.total
    assert (total.n_calls, total.prompt_tokens, total.completion_tokens) == (30, 90, 60)
