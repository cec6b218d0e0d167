"""The state machine with a language model behind a real HTTP server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import GeneratorError

FIELDS = {
    "title",
    "setting",
    "time_of_day",
    "weather",
    "characters",
    "actions",
    "plot",
    "kind",
    "camera",
    "mood",
}

CRITERIA = ("lyrics", "story", "cast", "pictures", "variety")


@pytest.fixture
def answers(board_of: Callable[..., Storyboard]) -> list[Any]:
    board = board_of("a heron in the car park")
    return [
        board.song.model_dump(),
        {"style": "ink and wash", "palette": board.look.palette},
        board.story.model_dump(),
        {"characters": [character.model_dump() for character in board.cast]},
        {"scenes": [scene.model_dump(include=FIELDS) for scene in board.scenes]},
        {name: {"score": 4, "reason": "it holds"} for name in CRITERIA},
    ]


def test_a_model_s_answers_become_a_storyboard(server: Any, answers: list[Any], tmp_path: Path) -> None:
    server.says(*answers)
    project = storyboard.create("a heron", llm=server.url, out=tmp_path / "film", plan_only=True)
    board = project.storyboard
    assert board.look.style == "ink and wash"
    assert board.generators.llm == server.url
    assert all(board.look.style in scene.prompt for scene in board.scenes)
    assert server.script == []


def test_what_was_answered_is_not_asked_again_after_a_failure(
    server: Any, answers: list[Any], tmp_path: Path
) -> None:
    server.says(*answers[:3])
    server.fails(401, "no credit")
    with pytest.raises(GeneratorError):
        storyboard.create("a heron", llm=server.url, out=tmp_path / "film", plan_only=True)
    server.says(*answers[3:])
    project = storyboard.create("a heron", llm=server.url, out=tmp_path / "film", plan_only=True)
    assert len(project.storyboard.scenes) == 6
    assert server.script == []


def test_no_key_is_ever_written(
    server: Any, answers: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_LLM_KEY", "sk-heron-1234567")
    server.says(*answers[:4])
    server.fails(401, "key sk-heron-1234567 has no credit")
    with pytest.raises(GeneratorError) as caught:
        storyboard.create("a heron", llm=server.url, out=tmp_path / "film", plan_only=True)
    server.says(*answers[4:])
    storyboard.create("a heron", llm=server.url, out=tmp_path / "film", plan_only=True)
    assert any("sk-heron-1234567" in key for key in server.keys), "the server did get it"
    assert "sk-heron" not in f"{caught.value} {caught.value.hint}"
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if b"sk-heron" in path.read_bytes()] == []


def test_a_critic_that_cannot_be_asked_loses_nothing(server: Any, answers: list[Any], tmp_path: Path) -> None:
    server.says(*answers[:5])
    server.fails(401, "no credit")
    told: list[Any] = []
    project = storyboard.create(
        "a heron", llm=server.url, out=tmp_path / "film", plan_only=True, on_event=told.append
    )
    assert len(project.storyboard.scenes) == 6
    assert any("the critic could not be asked" in getattr(event, "text", "") for event in told)


def test_what_the_critic_finds_goes_back_to_the_model(
    server: Any, answers: list[Any], tmp_path: Path
) -> None:
    dull = {**answers[5], "pictures": {"score": 1, "reason": "every scene is at night", "where": "scenes[2]"}}
    server.says(*answers[:5], dull, *answers[4:])
    storyboard.create("a heron", llm=server.url, out=tmp_path / "film", plan_only=True)
    assert "every scene is at night" in server.requests[6]["messages"][0]["content"]
    assert server.script == []


def test_the_cost_is_counted_and_told(server: Any, answers: list[Any], tmp_path: Path) -> None:
    server.says(*answers)
    told: list[Any] = []
    project = storyboard.create(
        "a heron", llm=server.url, out=tmp_path / "film", plan_only=True, on_event=told.append
    )
    rows = [event.text for event in told if hasattr(event, "text")]
    assert any("\ncritic  1" in row for row in rows)
    usage = (project.path / ".storyboard/usage.json").read_text()
    assert '"n_calls": 1' in usage


def test_the_limit_stops_before_it_is_exceeded(
    server: Any, answers: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-heron-1234567")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url.partition("#")[0])
    server.says(*answers)
    out = tmp_path / "film"
    with pytest.raises(GeneratorError, match="stopped before the limit"):
        storyboard.create("a heron", llm="openai#gpt-5-mini", out=out, plan_only=True, max_cost=0.0001)
    assert server.requests == [], "nothing was spent"
    told: list[Any] = []
    storyboard.create(
        "a heron", llm="openai#gpt-5-mini", out=out, plan_only=True, max_cost=1.0, on_event=told.append
    )
    assert any("$0.0" in getattr(event, "text", "") for event in told)
