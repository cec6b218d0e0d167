"""The state machine: its steps, its export, and the review that sends a faulty board back."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.orchestrator.nodes import writing
from storyboard.schema.errors import GeneratorError
from storyboard.schema.scene import Scene

ROOT = Path(__file__).resolve().parents[2]
STEPS = [
    "write_song", "tell_story", "cast", "draw_board", "review", "record",
    "listen", "plan_cuts", "shoot", "assemble", "measure",
]  # fmt: skip


def test_the_exported_graph_has_every_step() -> None:
    exported = json.loads((ROOT / "langgraph.json").read_text())["graphs"]["storyboard"]
    path, _, name = exported.partition(":")
    spec = importlib.util.spec_from_file_location("exported", ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    graph = getattr(module, name)
    assert set(graph.get_graph().nodes) - {"__start__", "__end__"} == set(STEPS)
    assert graph.checkpointer is None, "the server brings its own"


def test_the_steps_run_in_order(short_film: storyboard.Project, watcher: Any) -> None:
    storyboard.plan("a paper boat", on_event=watcher)
    storyboard.render(short_film.path, on_event=watcher)
    seen = list(dict.fromkeys(event.step for event in watcher.events if hasattr(event, "step")))
    assert seen == STEPS


class Forgetful(BuiltinWriter):
    """A writer that loses the last line of the board until it is told, or for ever."""

    def __init__(self, learns: bool) -> None:
        self.learns = learns
        self.told: list[list[str]] = []

    def draw_board(self, *arguments: Any) -> list[Scene]:
        findings: Sequence[str] = arguments[4]
        self.told.append(list(findings))
        scenes = super().draw_board(*arguments)
        if findings and self.learns:
            return scenes
        short = scenes[-1].model_copy(update={"lines": scenes[-1].lines[:-1]})
        return [*scenes[:-1], short]


def test_a_faulty_board_goes_back_with_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Forgetful(learns=True)
    monkeypatch.setattr(writing, "open_writer", lambda spec, render: writer)
    board = storyboard.plan("a paper boat")
    assert [ref for scene in board.scenes for ref in scene.lines] == list(board.song.line_refs())
    assert len(writer.told) == 2
    assert "carried by no scene" in writer.told[1][0]


def test_a_board_that_stays_faulty_is_an_error_with_the_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Forgetful(learns=False)
    monkeypatch.setattr(writing, "open_writer", lambda spec, render: writer)
    with pytest.raises(GeneratorError, match=r"after 2 rounds: .*carried by no scene"):
        storyboard.plan("a paper boat")
    assert len(writer.told) == 3
