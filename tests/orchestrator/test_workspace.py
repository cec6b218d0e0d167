"""The project folder: one run at a time, and a person's files are never overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storyboard.orchestrator.workspace import Workspace, folder_name, free_folder
from storyboard.schema.errors import ProjectError


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("I Met My Ex on TikTok", "i-met-my-ex-on-tiktok"),
        ("Don't / Stop: *now*", "dont-stop-now"),
        ("../../etc", "etc"),
        ("東京の夜", "東京の夜"),
        ("😀", "untitled"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_title_becomes_a_folder_name(title: str, name: str) -> None:
    assert folder_name(title) == name


def test_a_taken_folder_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "snow").mkdir()
    (tmp_path / "snow-2").mkdir()
    assert free_folder(tmp_path, "Snow") == tmp_path / "snow-3"


def test_two_runs_cannot_work_on_one_project(tmp_path: Path) -> None:
    with (
        Workspace(tmp_path).locked(),
        pytest.raises(ProjectError, match="another run"),
        Workspace(tmp_path).locked(),
    ):
        pass
    with Workspace(tmp_path).locked():
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="file/film"):
        Workspace(tmp_path / "file" / "film").prepare()


def test_publishing_copies_once_and_keeps_what_a_person_put_there(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    for key, content in (("a", b"first"), ("b", b"second"), ("c", b"third")):
        workspace.store.make(key, lambda folder, content=content: (folder / "v.mp4").write_bytes(content))
    target = workspace.publish(workspace.store.path("a", "v.mp4"), "scenes/01.mp4")
    stamp = target.stat().st_mtime_ns
    workspace.publish(workspace.store.path("a", "v.mp4"), "scenes/01.mp4")
    assert target.stat().st_mtime_ns == stamp, "nothing changed, nothing copied"

    workspace.publish(workspace.store.path("b", "v.mp4"), "scenes/01.mp4")
    assert target.read_bytes() == b"second"
    assert [path.name for path in target.parent.iterdir()] == ["01.mp4"], "our own old file is replaced"

    target.write_bytes(b"a take of mine")
    workspace.publish(workspace.store.path("c", "v.mp4"), "scenes/01.mp4")
    assert target.read_bytes() == b"third"
    assert (tmp_path / "scenes/01-2.mp4").read_bytes() == b"a take of mine"


def test_a_copied_project_is_known_by_its_content(tmp_path: Path) -> None:
    first = Workspace(tmp_path / "film")
    for key, content in (("a", b"first"), ("b", b"second")):
        first.store.make(key, lambda folder, content=content: (folder / "v.mp4").write_bytes(content))
    first.publish(first.store.path("a", "v.mp4"), "video.mp4")
    shutil.copytree(first.folder, tmp_path / "copy", copy_function=shutil.copyfile)
    copy = Workspace(tmp_path / "copy")
    copy.publish(copy.store.path("a", "v.mp4"), "video.mp4")
    copy.publish(copy.store.path("b", "v.mp4"), "video.mp4")
    assert sorted(path.name for path in copy.folder.glob("*.mp4")) == ["video.mp4"]
    assert (copy.folder / "video.mp4").read_bytes() == b"second"
