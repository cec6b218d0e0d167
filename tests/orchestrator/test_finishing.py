"""Which films a project holds follows its storyboard, and asking for another one shoots nothing again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av

import storyboard

Project = storyboard.Project


def ask_for(project: Project, **output: Any) -> None:
    path = project.path / "storyboard.json"
    data = json.loads(path.read_text())
    data["output"] = output
    path.write_text(json.dumps(data))


def films(project: Project) -> set[str]:
    return {path.name for path in project.path.glob("*.mp4")}


def size_of(film: Path) -> tuple[int, int]:
    with av.open(str(film)) as container:
        return container.streams.video[0].width, container.streams.video[0].height


def test_films_come_and_go_as_the_storyboard_asks(
    short_film: Project, copy_of: Callable[[Project], Project], watcher: Any
) -> None:
    project = copy_of(short_film)
    assert films(project) == {"video.mp4"}

    ask_for(project, captions="soft", clean=True, also=["9:16", "1:1"])
    storyboard.render(project.path, on_event=watcher)
    assert {step for step, _ in watcher.made} <= {"plan_cuts", "assemble", "measure"}
    assert films(project) == {"video.mp4", "video-clean.mp4", "video-9x16.mp4", "video-1x1.mp4"}
    assert size_of(project.path / "video-9x16.mp4") == (144, 256)
    assert size_of(project.path / "video-1x1.mp4") == (144, 144)
    captions = {path.name for path in (project.path / "captions").glob("*.ass")}
    assert captions == {"lyrics.ass", "lyrics-9x16.ass", "lyrics-1x1.ass"}
    with av.open(str(project.path / "video-9x16.mp4")) as container:
        assert [track.language for track in container.streams.subtitles] == ["eng"]

    ask_for(project)
    watcher.events.clear()
    storyboard.render(project.path, on_event=watcher)
    assert {step for step, _ in watcher.made} <= {"plan_cuts"}, "the first film is still in the store"
    assert films(project) == {"video.mp4"}
    assert {path.name for path in (project.path / "captions").glob("*.ass")} == {"lyrics.ass"}


def test_the_report_has_a_page(short_film: Project) -> None:
    page = (short_film.path / "sync-report.html").read_text()
    assert short_film.storyboard.song.title in page
