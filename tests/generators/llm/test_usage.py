"""What is counted of the questions, and the limit that they never exceed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from storyboard.generators.llm import open_writer
from storyboard.generators.llm.chat import Chat
from storyboard.generators.llm.prices import prices_path
from storyboard.generators.llm.usage import StepUsage, Usage
from storyboard.generators.settings import Settings
from storyboard.schema.errors import GeneratorError, GeneratorUnavailable


@pytest.fixture
def openai(server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Play OpenAI, whose prices are known: here one dollar for a thousand tokens."""
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url.partition("#")[0])
    prices_path().write_text('[models]\n"dear" = { input = 1000, output = 1000 }\n')
    return server


def dear(**options: Any) -> Chat:
    return Chat("openai#dear", settings=Settings(llm={"max_tokens": 1000}), wait_s=0.0, **options)


def test_tokens_calls_seconds_and_cost_are_counted_by_step(openai: Any, completion: Any) -> None:
    chat = dear()
    openai.says(completion("a", tokens=(100, 50)), completion("b", tokens=(10, 5)))
    chat.complete("x", step="song")
    openai.fails(503)
    openai.says(completion("c", tokens=(1, 1)))
    chat.complete("x", step="song")
    chat.complete("x", step="critic")
    song, critic = chat.usage.steps["song"], chat.usage.steps["critic"]
    assert (song.n_calls, song.prompt_tokens, song.completion_tokens) == (2, 110, 55)
    assert song.cost_usd == pytest.approx(0.165) and song.waited_s > 0
    assert (critic.n_calls, critic.n_failed) == (2, 1)
    assert chat.usage.total.n_calls == 4 and chat.usage.total.cost_usd == pytest.approx(0.167)
    rows = chat.usage.as_rows()
    assert [row[0] for row in rows] == ["step", "song", "critic", "total"]
    assert rows[1][1:4] == ("2", "110", "55") and rows[1][5] == "$0.1650"
    assert rows[2][1] == "2 (1 failed)"


def test_an_unknown_price_is_said_and_makes_the_total_unknown(openai: Any, completion: Any) -> None:
    openai.says(completion("a", tokens=(100, 50)), completion("a", tokens=(100, 50)))
    usage = Usage()
    Chat("openai#new", usage=usage).complete("x", step="song")
    dear(usage=usage).complete("x", step="story")
    assert usage.steps["song"].cost_usd is None and usage.total.cost_usd is None
    assert usage.steps["story"].cost_usd == pytest.approx(0.15)
    assert [row[-1] for row in usage.as_rows()] == ["cost", "unknown price", "$0.1500", "unknown price"]


def test_a_server_on_this_machine_costs_nothing(server: Any) -> None:
    server.says("a")
    chat = Chat(server.url, max_cost_usd=0.0)
    chat.complete("x", step="song")
    assert chat.usage.total.cost_usd == 0.0 and chat.usage.total.completion_tokens == 1


def test_a_usage_can_be_saved_and_read_again() -> None:
    usage = Usage()
    usage.add("song", StepUsage(n_calls=1, prompt_tokens=7, cost_usd=None))
    again = Usage.model_validate_json(usage.model_dump_json())
    assert again == usage
    again.add("song", StepUsage(n_calls=1, prompt_tokens=3))
    assert again.steps["song"].prompt_tokens == 10 and usage.steps["song"].prompt_tokens == 7


def test_the_limit_stops_before_it_is_exceeded_and_says_what_to_do(openai: Any, completion: Any) -> None:
    openai.respond = lambda request: completion("a", tokens=(100, 1000))
    chat = dear(max_cost_usd=3.0)
    with pytest.raises(GeneratorError, match=r"limit of \$3\.0") as raised:
        for _ in range(9):
            chat.complete("x" * 240, step="song")
    error = raised.value
    assert not error.retry and not isinstance(error, GeneratorUnavailable)
    assert (
        "$2.2000 is spent" in error.hint and "--max-cost" in error.hint and "may cost $1.0940" in error.hint
    )
    assert chat.usage.total.n_calls == len(openai.requests) == 2


def test_the_limit_holds_for_all_that_count_in_the_same_usage(openai: Any, completion: Any) -> None:
    openai.respond = lambda request: completion("a", tokens=(100, 1000))
    usage = Usage()
    with pytest.raises(GeneratorError, match="limit"):
        for _ in range(9):
            dear(usage=usage, max_cost_usd=3.0).complete("x" * 240, step="song")
    assert usage.total.n_calls == 2


def test_the_limit_holds_for_threads_that_ask_at_once(openai: Any, completion: Any) -> None:
    openai.respond = lambda request: completion("a", tokens=(10, 1000))
    openai.delay_s = 0.05
    chat, stopped = dear(max_cost_usd=3.5), []

    def write() -> None:
        try:
            chat.complete("x", step="board")
        except GeneratorError as error:
            stopped.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(openai.requests) == 3 and len(stopped) == 5
    assert (chat.usage.total.cost_usd or 9.0) <= 3.5


def test_an_answer_that_was_lost_may_have_cost_what_it_could(openai: Any) -> None:
    openai.cuts_the_body()
    openai.says("a")
    chat = dear(max_cost_usd=1.5)
    with pytest.raises(GeneratorError, match="limit"):
        chat.complete("x", step="song")
    assert len(openai.requests) == 1
    assert chat.usage.total.cost_usd == 0.0 and 1.0 < chat.usage.total.at_risk_usd < 1.5
    assert "lost answers" in chat.usage.as_rows()[1][-1]
    saved = Usage.model_validate_json(chat.usage.model_dump_json())
    with pytest.raises(GeneratorError, match="limit"):
        dear(usage=saved, max_cost_usd=1.5).complete("x", step="song")


@pytest.mark.parametrize("status", [429, 500])
def test_an_answer_that_the_server_says_failed_costs_nothing(openai: Any, status: int) -> None:
    for _ in range(3):
        openai.fails(status, Retry_After="0")
    openai.says("a")
    assert dear(max_cost_usd=1.5).complete("x", step="song") == "a"


def test_under_a_limit_an_answer_has_an_end_even_without_settings(openai: Any) -> None:
    openai.says("a")
    Chat("openai#dear", max_cost_usd=100.0).complete("x", step="song")
    assert openai.requests[0]["max_tokens"] == 4000


def test_a_limit_without_a_price_is_refused_before_anything_is_spent(
    openai: Any, render: Callable[..., str]
) -> None:
    with pytest.raises(GeneratorUnavailable, match="price of new") as raised:
        open_writer("openai#new", render, max_cost_usd=1.0).check()
    assert str(prices_path()) in raised.value.hint
    with pytest.raises(GeneratorUnavailable):
        Chat("openai#new", max_cost_usd=1.0).complete("x", step="song")
    assert openai.requests == []


@pytest.fixture
def render() -> Callable[..., str]:
    return lambda name, **inputs: name
