"""Chat against a real HTTP server: what it asks, how it recovers, what it says when it cannot."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from storyboard.generators.llm.chat import Chat
from storyboard.generators.llm.json_text import NoJson, extract_json
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable, UnknownGenerator

SECRET = "sk-very-secret-0123456789"


class Answer(BaseModel):
    title: str
    n_lines: int


GOOD = {"title": "Tide", "n_lines": 4}


def ask(server: Any, **options: Any) -> Answer:
    return Chat(server.url, wait_s=0.0, **options).answer("write", Answer)


def test_a_good_answer_is_returned_and_asked_for_by_schema(server: Any) -> None:
    server.says(GOOD)
    assert ask(server, temperature=0.3) == Answer(**GOOD)
    request = server.requests[0]
    assert request["model"] == "scripted" and request["temperature"] == 0.3
    assert request["response_format"]["json_schema"]["schema"]["required"] == ["title", "n_lines"]


def test_prose_fences_and_trailing_commas_are_tolerated(server: Any) -> None:
    server.says('Sure! Here it is:\n```json\n{"title": "Tide", "n_lines": 4,}\n```\nEnjoy {it}.')
    assert ask(server) == Answer(**GOOD)


def test_an_invalid_answer_goes_back_with_its_error(server: Any) -> None:
    server.says({"title": "Tide", "n_lines": "many"}, GOOD)
    assert ask(server) == Answer(**GOOD)
    sent = server.requests[1]["messages"]
    assert "many" in sent[1]["content"] and "n_lines" in sent[2]["content"]


def test_a_check_of_the_caller_goes_back_like_a_field_error(server: Any) -> None:
    server.says({"title": "Tide", "n_lines": 1}, GOOD)

    def check(answer: Answer) -> None:
        if answer.n_lines < 4:
            raise ValueError("n_lines: at least 4")

    assert Chat(server.url, wait_s=0.0).answer("write", Answer, check).n_lines == 4
    assert "at least 4" in server.requests[1]["messages"][2]["content"]


def test_three_invalid_answers_are_an_error_that_says_what_was_wrong(server: Any) -> None:
    server.says("no", "{}", {"title": 1, "n_lines": 1})
    with pytest.raises(GeneratorError, match=r"3 answers.*title") as raised:
        ask(server)
    assert "larger model" in raised.value.hint and len(server.requests) == 3


def test_a_truncated_answer_is_asked_again_briefer(server: Any, completion: Any) -> None:
    server.says(completion('{"title": "Ti', finish="length"), GOOD)
    assert ask(server) == Answer(**GOOD)
    assert "briefer" in server.requests[1]["messages"][2]["content"]


@pytest.mark.parametrize("empty", [{"choices": []}, {"choices": None}])
def test_empty_choices_are_asked_again(server: Any, empty: dict[str, Any]) -> None:
    server.says({"id": "1", "object": "chat.completion", "created": 0, "model": "m", **empty}, GOOD)
    assert ask(server) == Answer(**GOOD)


def test_a_refusal_is_an_error_at_once(server: Any, completion: Any) -> None:
    server.says(completion(None, refusal="I cannot"))
    with pytest.raises(GeneratorError, match="refused"):
        ask(server)


def test_a_busy_server_is_asked_again_after_the_pause_it_names(server: Any) -> None:
    server.fails(429, Retry_After="0")
    server.says(GOOD)
    assert Chat(server.url, wait_s=60.0).answer("write", Answer) == Answer(**GOOD)


def test_a_broken_server_is_asked_again_but_not_for_ever(server: Any) -> None:
    server.fails(500)
    server.says(GOOD)
    assert ask(server) == Answer(**GOOD)
    for _ in range(4):
        server.fails(503)
    with pytest.raises(GeneratorError, match="request failed"):
        ask(server)
    assert len(server.requests) == 6


def test_a_refused_key_is_not_tried_again_and_never_shown(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_LLM_KEY", SECRET)
    server.fails(401, f"Incorrect API key provided: {SECRET}")
    with pytest.raises(GeneratorUnavailable) as raised:
        ask(server)
    assert len(server.requests) == 1 and server.keys == [f"Bearer {SECRET}"]
    assert "STORYBOARD_LLM_KEY" in raised.value.hint
    assert SECRET not in str(raised.value) + raised.value.hint and raised.value.__cause__ is None


def test_a_key_in_any_other_error_is_blotted_out(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYBOARD_LLM_KEY", SECRET)
    server.fails(409, f"quota of {SECRET} used up")
    with pytest.raises(GeneratorError, match=r"quota of \*\*\*"):
        ask(server)


def test_a_server_without_response_formats_is_asked_in_plain_words(server: Any) -> None:
    server.fails(400, "json_schema unsupported")
    server.fails(400, "response_format unsupported")
    server.says(GOOD, GOOD)
    chat = Chat(server.url, wait_s=0.0)
    assert chat.answer("write", Answer) == chat.answer("write", Answer) == Answer(**GOOD)
    kinds = [request.get("response_format", {}).get("type") for request in server.requests]
    assert kinds == ["json_schema", "json_object", None, None]
    assert "JSON Schema" in server.requests[2]["messages"][0]["content"]


def test_a_request_that_is_wrong_in_every_format_is_an_error(server: Any) -> None:
    for _ in range(3):
        server.fails(400, "context too long")
    with pytest.raises(GeneratorError, match="context too long"):
        ask(server)


def test_a_silent_server_is_asked_again_and_then_named(server: Any) -> None:
    server.delay_s = 0.2
    server.says(GOOD, GOOD, GOOD, GOOD)
    with pytest.raises(GeneratorError, match=r"no answer within 0\.05 s"):
        ask(server, timeout_s=0.05)
    assert len(server.requests) == 4


def test_an_unknown_model_says_so(server: Any) -> None:
    server.fails(404)
    with pytest.raises(GeneratorUnavailable, match="no such model"):
        ask(server)


def test_without_a_model_the_first_the_server_offers_is_used(server: Any) -> None:
    server.says(GOOD)
    Chat(server.url.partition("#")[0]).answer("write", Answer)
    assert server.requests[0]["model"] == "first-model"


def test_no_server_at_the_address_says_what_to_do(server: Any) -> None:
    with pytest.raises(GeneratorUnavailable, match="cannot be reached") as raised:
        Chat("http://127.0.0.1:9/v1#m", wait_s=60.0).answer("write", Answer)
    assert "builtin" in raised.value.hint


@pytest.mark.parametrize(
    ("spec", "variable"), [("openai", "OPENAI_API_KEY"), ("together#m", "TOGETHER_API_KEY")]
)
def test_a_hosted_service_without_its_key_is_unavailable(server: Any, spec: str, variable: str) -> None:
    with pytest.raises(GeneratorUnavailable, match=variable):
        Chat(spec).check()


@pytest.mark.parametrize("spec", ["http:///v1#m", "http://user:pass@host/v1#m", "ftp://host#m"])
def test_an_address_that_is_none_or_holds_a_password_is_refused(spec: str) -> None:
    with pytest.raises(UnknownGenerator) as raised:
        Chat(spec)
    assert "pass@" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ('<think>{"a": 0}</think>{"a": 1}', {"a": 1}),
        ('first {"a": 1} then {"a": 1, "b": {"c": 2}}', {"a": 1, "b": {"c": 2}}),
        ('[{"a": 1}]', {"a": 1}),
    ],
)
def test_json_is_found_in_what_stands_around_it(text: str, expected: dict[str, Any]) -> None:
    assert extract_json(text) == expected


@pytest.mark.parametrize("text", ["", "no", '{"a": {"b": 1}, "c": ', "[1, 2]"])
def test_broken_json_is_not_taken_for_a_piece_of_it(text: str) -> None:
    with pytest.raises(NoJson):
        extract_json(text)
