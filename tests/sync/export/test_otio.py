"""The OpenTimelineIO file holds the whole cut: places, speeds, markers, reasons, files by relative paths."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from storyboard.schema.errors import MediaError, SystemRequirementError
from storyboard.schema.timeline import Retime, Timeline
from storyboard.sync.export import write_otio
from storyboard.sync.export.otio import otio_or_hint

otio = pytest.importorskip("opentimelineio")


@pytest.fixture
def cut(film: Any) -> Any:
    out = film.folder / "exports/film.otio"
    write_otio(film.timeline, film.board, film.folder, out)
    return otio.adapters.read_from_file(str(out))


def retimed(timeline: Timeline, retime: Retime, speed: float) -> Timeline:
    """Fit the second shot from 0.25 s on in its clip, at another speed."""
    changes = {"retime": retime, "speed": speed, "source_start_s": 0.25}
    shots = [*timeline.shots[:1], timeline.shots[1].model_copy(update=changes), *timeline.shots[2:]]
    return timeline.model_copy(update={"shots": shots})


def test_every_shot_stands_at_its_frames_and_shows_its_part_of_the_clip(film: Any, cut: Any) -> None:
    clips = list(cut.video_tracks()[0].find_clips())
    for clip, shot in zip(clips, film.timeline.shots, strict=True):
        when = clip.range_in_parent()
        assert (when.start_time.to_frames(), when.duration.to_frames()) == (shot.first_frame, shot.n_frames)
        assert clip.source_range.start_time.to_seconds() == pytest.approx(shot.source_start_s)
        assert clip.metadata["storyboard"]["scene"] == shot.scene
        assert clip.metadata["storyboard"]["reason"] == shot.reason
        assert not clip.effects


def test_media_are_found_from_the_folder_of_the_file(film: Any, cut: Any) -> None:
    for clip in cut.find_clips():
        url = clip.media_reference.target_url
        assert not Path(unquote(url)).is_absolute()
        assert (film.folder / "exports" / unquote(url)).is_file()
    assert {clip.media_reference.target_url for clip in cut.audio_tracks()[0]} == {"../song/mix.wav"}


def test_a_clip_says_how_much_of_it_there_is(film: Any, cut: Any) -> None:
    first = cut.video_tracks()[0][0].media_reference.available_range
    shown = sum(shot.n_frames for shot in film.timeline.shots_of("scene-1"))
    assert first.duration.to_frames() == shown + sum(film.timeline.handles("scene-1"))
    assert first.duration.rate == 12


def test_bars_sections_and_sung_lines_are_marked(film: Any, cut: Any) -> None:
    kinds: dict[str, list[Any]] = {}
    for marker in cut.tracks.markers:
        kinds.setdefault(marker.metadata["storyboard"]["kind"], []).append(marker)
    assert len(kinds["bar"]) == len(film.timeline.song_map.downbeats_s)
    assert [marker.name for marker in kinds["section"]] == [s.kind for s in film.board.song.sections]
    refs = list(film.board.song.line_refs())
    assert [marker.name for marker in kinds["line"]] == [film.board.song.line(ref) for ref in refs]
    word = film.timeline.song_map.words[0]
    assert kinds["line"][0].marked_range.start_time.to_seconds() == pytest.approx(word.start_s, abs=0.5 / 12)


def test_another_speed_is_a_time_warp_and_its_map_is_kept_whole(film: Any) -> None:
    retime = Retime(anchors=[(0.0, 0.25), (1.0, 1.0), (2.0, 1.25)], way="slower")
    out = film.folder / "exports/slow.otio"
    write_otio(retimed(film.timeline, retime, 0.5), film.board, film.folder, out)
    clip = otio.adapters.read_from_file(str(out)).video_tracks()[0][1]
    assert [effect.time_scalar for effect in clip.effects] == [0.5]
    assert clip.source_range.start_time.to_seconds() == pytest.approx(0.25)
    assert [tuple(anchor) for anchor in clip.metadata["storyboard"]["retime"]["anchors"]] == retime.anchors


def test_forward_and_back_is_no_single_speed_and_gets_no_time_warp(film: Any) -> None:
    retime = Retime(anchors=[(0.0, 0.25), (1.0, 1.25), (2.0, 0.5)], way="forward and back")
    out = film.folder / "exports/back.otio"
    write_otio(retimed(film.timeline, retime, 0.125), film.board, film.folder, out)
    clip = otio.adapters.read_from_file(str(out)).video_tracks()[0][1]
    assert not clip.effects
    assert clip.metadata["storyboard"]["retime"]["way"] == "forward and back"


def test_the_same_film_gives_the_same_bytes(film: Any) -> None:
    files = [film.folder / "exports" / name for name in ("one.otio", "two.otio")]
    for out in files:
        write_otio(film.timeline, film.board, film.folder, out)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_missing_clip_is_named(film: Any, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"scenes/01\.mp4"):
        write_otio(film.timeline, film.board, tmp_path, tmp_path / "film.otio")
    assert not (tmp_path / "film.otio").exists()


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opentimelineio", None)
    with pytest.raises(SystemRequirementError) as raised:
        otio_or_hint()
    assert raised.value.hint == 'pip install "storyboard[edit]"'
