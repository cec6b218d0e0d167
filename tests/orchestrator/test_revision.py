"""A revision in words is a checked edit: shown, undoable, and never on a locked scene."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import storyboard
from storyboard.orchestrator import revision
from storyboard.orchestrator.revision import differences
from storyboard.schema.errors import GeneratorError, InputError, ProjectError, TopicError


@pytest.fixture
def project(tmp_path: Path) -> storyboard.Project:
    return storyboard.create("a paper boat", seed=2, out=tmp_path / "film", plan_only=True)


def test_a_request_changes_its_scene_and_nothing_else(project: storyboard.Project) -> None:
    before = project.storyboard
    made = storyboard.revise(project.path, "make scene 3 a rooftop at night")
    after = project.storyboard
    assert after == made.after
    assert "rooftop" in after.scenes[2].setting
    assert after.scenes[2].time_of_day == "night"
    assert "rooftop" in after.scenes[2].prompt, "the prompt follows"
    assert [a for a, b in zip(before.scenes, after.scenes, strict=True) if a != b] == [before.scenes[2]]
    assert made.changes and all(change.startswith("scenes[2].") for change in made.changes)


def test_undo_takes_revisions_back_one_by_one(project: storyboard.Project) -> None:
    versions = [project.storyboard]
    for request in ("scene 1 in the rain", "scene 2 in the snow"):
        storyboard.revise(project.path, request)
        versions.append(project.storyboard)
    assert len({board.model_dump_json() for board in versions}) == 3
    for expected in versions[-2::-1]:
        assert storyboard.undo(project.path).after == expected
        assert project.storyboard == expected
    with pytest.raises(ProjectError, match="no revision to undo"):
        storyboard.undo(project.path)
    assert len(list((project.path / ".storyboard/history").glob("undone-*"))) == 2, "nothing is lost"


def test_a_locked_scene_is_never_changed(project: storyboard.Project) -> None:
    path = project.path / "storyboard.json"
    data = json.loads(path.read_text())
    data["scenes"][2]["locked"] = True
    path.write_text(json.dumps(data))
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"scene(s\[2\]| 3).*is locked"):
        storyboard.revise(project.path, "make scene 3 a rooftop at night")
    name = data["scenes"][2]["characters"][0]
    with pytest.raises(InputError, match="is locked"):
        storyboard.revise(project.path, f"{name} wears a silver coat")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("request_", "error"), [("", InputError), ("zxcv qwer", InputError), ("x" * 3, InputError)]
)
def test_what_cannot_be_read_changes_nothing(
    project: storyboard.Project, request_: str, error: type[Exception]
) -> None:
    before = (project.path / "storyboard.json").read_bytes()
    with pytest.raises(error):
        storyboard.revise(project.path, request_)
    assert (project.path / "storyboard.json").read_bytes() == before
    assert not (project.path / ".storyboard/history").exists()


def test_a_forbidden_request_is_refused(project: storyboard.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str) -> None:
        raise TopicError("no film is made about that", where="topic")

    monkeypatch.setattr(revision, "refuse_forbidden", refuse)
    with pytest.raises(TopicError):
        storyboard.revise(project.path, "make scene 3 a rooftop at night")


def test_a_writer_that_breaks_the_schema_changes_nothing(
    project: storyboard.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard.generators.llm.builtin import BuiltinWriter

    def strangers(self: Any, brief: Any, board: storyboard.Storyboard, request: str) -> storyboard.Storyboard:
        scene = board.scenes[0].model_copy(update={"characters": ["Nobody"]})
        return board.model_copy(update={"scenes": [scene, *board.scenes[1:]]})

    monkeypatch.setattr(BuiltinWriter, "revise", strangers)
    before = project.storyboard
    with pytest.raises(GeneratorError, match=r"scenes\[0\]\.characters\[0\]"):
        storyboard.revise(project.path, "add Nobody")
    assert project.storyboard == before


def test_differences_name_each_field_once() -> None:
    before = {"a": 1, "b": [1, 2], "c": {"d": "x"}, "prompt": "p"}
    after = {"a": 1, "b": [1, 3], "c": {"d": "y", "e": None}, "prompt": "q"}
    assert differences(before, after) == ["b[1]: 2 → 3", "c.d: “x” → “y”"]
    assert differences({"b": [1]}, {"b": [1, 2]}) == ["b: [1] → [1, 2]"]
