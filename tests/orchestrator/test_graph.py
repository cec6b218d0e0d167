"""The state machine: its steps in order, and its export."""

from __future__ import annotations

import importlib.util
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import storyboard
from storyboard.orchestrator.state import Context
from storyboard.schema.progress import Notice

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
    silent = {"adopt_song", "approve", "draw_pictures", "credit_scenes"}
    assert set(graph.get_graph().nodes) - {"__start__", "__end__"} == {*STEPS, *silent}
    assert graph.checkpointer is None, "the server brings its own"


def test_the_steps_run_in_order(short_film: storyboard.Project, watcher: Any) -> None:
    storyboard.plan("a paper boat", on_event=watcher)
    storyboard.render(short_film.path, on_event=watcher)
    seen = list(dict.fromkeys(event.step for event in watcher.events if hasattr(event, "step")))
    assert seen == STEPS


def test_a_listener_is_told_by_one_thread_at_a_time() -> None:
    inside, most = 0, 0

    def slow(_: object) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.002)
        inside -= 1

    context = Context(slow)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda index: context.on_event(Notice(str(index))), range(16)))
    assert most == 1
