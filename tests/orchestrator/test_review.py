"""Findings go back to the step that can mend them, open ones are noted, and a person may decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.generators.lint import Finding
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.orchestrator import writers
from storyboard.schema.errors import Cancelled, GeneratorError


class Recorder(BuiltinWriter):
    """A writer that remembers what it is told, and whose critic can be scripted."""

    def __init__(self, critics: list[list[Finding]]) -> None:
        self.critics = iter(critics)
        self.told: list[tuple[str, list[str]]] = []

    def write_song(self, brief: Any, findings: Any = ()) -> Any:
        self.told.append(("song", list(findings)))
        return super().write_song(brief, findings)

    def draw_board(self, *arguments: Any) -> Any:
        self.told.append(("board", list(arguments[4])))
        return super().draw_board(*arguments)

    def criticise(self, brief: Any, board: Any) -> list[Finding]:
        return next(self.critics, [])


def finding(step: str, message: str, severity: str = "should") -> Finding:
    return Finding.model_validate(
        {"code": "critic", "where": step, "message": message, "step": step, "severity": severity}
    )


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Callable[[BuiltinWriter], Any]:
    def use(writer: Any) -> Any:
        monkeypatch.setattr(writers, "open_writer", lambda *_, **__: writer)
        return writer

    return use


def test_a_finding_goes_to_the_step_that_can_mend_it(writer: Callable[[Any], Any]) -> None:
    used = writer(Recorder([[finding("board", "two scenes look alike")]]))
    board = storyboard.plan("a paper boat")
    assert used.told == [("song", []), ("board", []), ("board", ["board: two scenes look alike"])]
    assert board.notes == []


def test_a_finding_in_the_song_writes_everything_after_it_again(writer: Callable[[Any], Any]) -> None:
    used = writer(Recorder([[finding("song", "the chorus is dull"), finding("board", "too dark")]]))
    storyboard.plan("a paper boat")
    assert used.told[2:] == [("song", ["song: the chorus is dull"]), ("board", ["board: too dark"])]


def test_what_stays_open_is_listed_in_the_notes_of_the_best_draft(writer: Callable[[Any], Any]) -> None:
    one, two = finding("board", "too dark"), finding("board", "too bright")
    writer(Recorder([[one, two], [one], [one, two]]))
    assert storyboard.plan("a paper boat").notes == ["board: too dark"]


class Forgetful(BuiltinWriter):
    """A writer that loses the last line of the board until it is told, or for ever."""

    def __init__(self, learns: bool) -> None:
        self.learns = learns
        self.told: list[list[str]] = []

    def draw_board(self, *arguments: Any) -> Any:
        findings = list(arguments[4])
        self.told.append(findings)
        scenes = super().draw_board(*arguments)
        if findings and self.learns:
            return scenes
        return [*scenes[:-1], scenes[-1].model_copy(update={"lines": scenes[-1].lines[:-1]})]


def test_a_board_that_contradicts_the_song_goes_back(writer: Callable[[Any], Any]) -> None:
    used = writer(Forgetful(learns=True))
    board = storyboard.plan("a paper boat")
    assert [ref for scene in board.scenes for ref in scene.lines] == list(board.song.line_refs())
    assert len(used.told) == 2
    assert "carried by no scene" in used.told[1][0]


def test_a_board_that_stays_faulty_is_an_error_with_the_finding(writer: Callable[[Any], Any]) -> None:
    used = writer(Forgetful(learns=False))
    with pytest.raises(GeneratorError, match=r"after 2 rounds: .*carried by no scene"):
        storyboard.plan("a paper boat")
    assert len(used.told) == 3


def answers(*lines: str) -> tuple[Callable[[storyboard.Storyboard, str], str], list[tuple[Any, str]]]:
    seen: list[tuple[Any, str]] = []
    said: Iterator[str] = iter(lines)

    def on_review(board: storyboard.Storyboard, complaint: str) -> str:
        seen.append((board, complaint))
        return next(said)

    return on_review, seen


def test_a_person_approves_or_says_what_to_change(tmp_path: Path) -> None:
    on_review, seen = answers("scene 2 in the rain", "zxcv qwer", "ok")
    project = storyboard.create(
        "a paper boat", seed=1, out=tmp_path / "film", plan_only=True, on_review=on_review
    )
    first, second, third = (board for board, _ in seen)
    assert second.scenes[1].weather == "rain" != first.scenes[1].weather
    assert third == second == project.storyboard
    complaints = [complaint for _, complaint in seen]
    assert complaints[:2] == ["", ""] and "zxcv" in complaints[2]


def test_a_review_that_was_left_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def leave(board: storyboard.Storyboard, complaint: str) -> str:
        raise Cancelled("gone for lunch")

    with pytest.raises(Cancelled):
        storyboard.create("a paper boat", plan_only=True, on_review=leave)
    on_review, seen = answers("")
    project = storyboard.create("a paper boat", plan_only=True, on_review=on_review)
    assert len(seen) == 1
    assert project.path.parent == tmp_path and not project.path.name.startswith(".")
