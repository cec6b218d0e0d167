"""A film goes to an editing program and its edited cut comes back; only what moved is made again."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

import storyboard
from storyboard.orchestrator.handover import ExportKind, export, import_cut, to_moviepy
from storyboard.schema.errors import InputError, ProjectError, SystemRequirementError
from storyboard.schema.timeline import Timeline

KINDS: tuple[ExportKind, ...] = ("otio", "fcpxml", "edl", "folder")
CopyOf = Callable[[storyboard.Project], storyboard.Project]


def cuts(timeline: Timeline) -> list[tuple[int, str]]:
    return [(shot.first_frame, shot.scene) for shot in timeline.shots]


def moved(project: storyboard.Project, change: Callable[[Any], None]) -> Path:
    """Export a cut, let a function edit the picture's track, and return the file."""
    otio = pytest.importorskip("opentimelineio")
    path = export(project.path, "otio")
    cut = otio.adapters.read_from_file(str(path))
    change(cut.video_tracks()[0])
    otio.adapters.write_to_file(cut, str(path))
    return path


def roll(track: Any, index: int, by: int) -> None:
    """Move the cut at the beginning of a clip by some frames; no other moves."""
    otio = pytest.importorskip("opentimelineio")
    for clip, more in ((track[index - 1], by), (track[index], -by)):
        start, length = clip.source_range.start_time, clip.source_range.duration
        longer = length + otio.opentime.RationalTime(more, length.rate)
        clip.source_range = otio.opentime.TimeRange(start, longer)


def first_of(project: storyboard.Project, scene: str) -> int:
    return [shot.scene for shot in project.timeline.shots].index(scene)


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_that_nobody_edits_changes_nothing(
    short_film: storyboard.Project, copy_of: CopyOf, kind: ExportKind
) -> None:
    project = copy_of(short_film)
    path = export(project.path, kind)
    assert path.is_relative_to(project.path / "exports")
    revision = import_cut(project.path, path / "film.edl" if kind == "folder" else path)
    assert revision.changes == []
    assert not (project.path / ".storyboard/history").exists()


def test_an_export_never_takes_the_place_of_an_edit(short_film: storyboard.Project, copy_of: CopyOf) -> None:
    project = copy_of(short_film)
    files = [export(project.path, kind) for kind in ("otio", "otio", "edl", "edl")]
    assert [path.relative_to(project.path / "exports").as_posix() for path in files] == [
        "before-the-snow.otio",
        "before-the-snow-2.otio",
        "before-the-snow-edl/film.edl",
        "before-the-snow-edl-2/film.edl",
    ]
    assert sorted(path.name for path in (project.path / "exports").iterdir()) == [
        "before-the-snow-2.otio", "before-the-snow-edl", "before-the-snow-edl-2", "before-the-snow.otio",
    ]  # fmt: skip


def test_an_export_goes_where_it_is_told_to(short_film: storyboard.Project, tmp_path: Path) -> None:
    otio = pytest.importorskip("opentimelineio")
    path = export(short_film.path, "otio", tmp_path / "my cuts/film.otio")
    cut = otio.adapters.read_from_file(str(path))
    urls = {clip.media_reference.target_url for clip in cut.find_clips()}
    assert all((path.parent / url).is_file() for url in urls), urls


def test_a_form_that_loses_speeds_says_so(
    short_film: storyboard.Project, tmp_path: Path, watcher: Any
) -> None:
    export(short_film.path, "fcpxml", tmp_path / "film", on_event=watcher)
    assert any("cannot hold changes of speed" in text for text in watcher.notices)


def test_only_the_scenes_beside_a_moved_cut_are_shot_again(
    short_film: storyboard.Project, copy_of: CopyOf, watcher: Any
) -> None:
    project = copy_of(short_film)
    before, index = cuts(project.timeline), first_of(project, "scene-2")
    path = moved(project, lambda track: roll(track, index, -2))
    revision = import_cut(project.path, path)
    assert any("only_pins" in change for change in revision.changes)
    storyboard.render(project.path, on_event=watcher)
    expected = list(before)
    expected[index] = (before[index][0] - 2, "scene-2")
    assert cuts(project.timeline) == expected
    assert [part for step, part in watcher.made if step == "shoot"] == [0, 1]
    assert project.report.frames == project.timeline.n_frames


def test_an_imported_cut_can_be_taken_back(short_film: storyboard.Project, copy_of: CopyOf) -> None:
    project = copy_of(short_film)
    before = project.storyboard
    import_cut(project.path, moved(project, lambda track: roll(track, 1, 3)))
    assert project.storyboard != before
    storyboard.undo(project.path)
    assert project.storyboard == before


def test_importing_the_same_edit_twice_changes_nothing_the_second_time(
    short_film: storyboard.Project, copy_of: CopyOf
) -> None:
    project = copy_of(short_film)
    path = moved(project, lambda track: roll(track, 1, 3))
    assert import_cut(project.path, path).changes
    assert import_cut(project.path, path).changes == []


def test_a_scene_cannot_begin_while_a_line_of_another_is_sung(
    short_film: storyboard.Project, copy_of: CopyOf
) -> None:
    project = copy_of(short_film)
    before, index = project.storyboard, first_of(project, "scene-2")
    path = moved(project, lambda track: roll(track, index, -36))
    with pytest.raises(InputError, match=rf"clip '{index + 1:03d}-scene-2': begins scene-2 at .* sung"):
        import_cut(project.path, path)
    assert project.storyboard == before


def test_a_project_that_is_not_rendered_cannot_be_handed_over(
    short_film: storyboard.Project, tmp_path: Path
) -> None:
    (tmp_path / "film").mkdir()
    shutil.copy(short_film.path / "storyboard.json", tmp_path / "film")
    for hand_over in (
        lambda: export(tmp_path / "film", "otio"),
        lambda: to_moviepy(tmp_path / "film"),
        lambda: import_cut(tmp_path / "film", tmp_path / "film.otio"),
    ):
        with pytest.raises(ProjectError, match="is not rendered"):
            hand_over()


def test_a_film_older_than_its_storyboard_is_not_handed_over(
    short_film: storyboard.Project, copy_of: CopyOf
) -> None:
    project = copy_of(short_film)
    board = project.storyboard.model_copy(update={"notes": ["changed by hand"]})
    (project.path / "storyboard.json").write_text(board.model_dump_json(by_alias=True))
    with pytest.raises(ProjectError, match="changed since the film was rendered"):
        export(project.path, "edl")
    assert not (project.path / "exports").exists()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # MoviePy, where ffmpeg ended first
def test_moviepy_gets_the_shots_with_the_song(short_film: storyboard.Project) -> None:
    pytest.importorskip("moviepy")
    timeline, size = short_film.timeline, short_film.storyboard.look.size
    clip = to_moviepy(short_film.path)
    try:
        assert tuple(clip.size) == size
        assert clip.fps == timeline.fps
        assert clip.duration == pytest.approx(timeline.n_frames / timeline.fps)
        assert clip.audio.duration == pytest.approx(clip.duration, abs=1 / timeline.fps)
        wrong = []
        for frame, picture in enumerate(clip.iter_frames()):
            shot = next(shot for shot in timeline.shots if shot.last_frame >= frame)
            if frame in (shot.first_frame, shot.last_frame):
                index = round(shot.source_start_s * timeline.fps) + frame - shot.first_frame
                away = np.abs(picture.astype(float) - frame_of(short_film.path / shot.clip, index)).mean()
                wrong += [(frame, round(away, 1))] if away > 2 else []
        assert wrong == []
        assert frame == timeline.n_frames - 1
    finally:
        clip.close()


def frame_of(path: Path, index: int) -> Any:
    """Return a frame of a clip, RGB (height, width, 3)."""
    with av.open(str(path)) as container:
        return next(islice(container.decode(video=0), index, None)).to_ndarray(format="rgb24").astype(float)


def test_without_moviepy_the_error_says_what_to_install(
    short_film: storyboard.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "moviepy", None)
    with pytest.raises(SystemRequirementError) as raised:
        to_moviepy(short_film.path)
    assert raised.value.hint == 'pip install "storyboard[moviepy]"'
