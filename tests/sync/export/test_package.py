"""Conformed clips hold exactly the frames of their shots; a package holds all that a program needs."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from storyboard.schema.errors import MediaError
from storyboard.sync.export import conform_shots, write_edl, write_fcp7xml, write_fcpxml, write_package


def blocks(path: Path) -> list[int]:
    """Return where the white block stands in every frame of a clip, 8 pixels further in each; -1: nowhere."""
    with av.open(str(path)) as container:
        found = []
        for frame in container.decode(video=0):
            row = frame.to_ndarray(format="gray")[24]
            white = np.flatnonzero(row > 180)
            found.append(round(float(white.mean()) - 7.5) if len(white) else -1)
        return found


@pytest.fixture(scope="module")
def package(film: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package") / "film"
    song = film.folder / "song/mix.wav"
    write_package("folder", film.timeline, film.board, film.clips, song, out)
    return out


def test_each_clip_holds_exactly_the_frames_of_its_shot(film: Any, package: Path) -> None:
    files = sorted((package / "clips").iterdir())
    shown = [position for path in files for position in blocks(path)]
    assert len(files) == len(film.timeline.shots)
    assert len(shown) == film.timeline.n_frames
    away = np.abs(np.array(shown) - np.array(expected_blocks(film)))
    whole = [at for at in range(film.timeline.n_frames) if at not in in_transition(film.timeline)]
    assert away[whole].max() <= 1, "a frame is 8 pixels"


def expected_blocks(film: Any) -> list[int]:
    """Return where the block stands in every frame of the film, as each shot is taken from its clip."""
    found = []
    for shot in film.timeline.shots:
        first = round(shot.source_start_s * film.timeline.fps)
        found += blocks(film.clips[shot.scene])[first : first + shot.n_frames]
    return found


def in_transition(timeline: Any) -> set[int]:
    """Return the frames that show more or less than one picture of one clip."""
    halves = [(shot.first_frame, shot.transition_frames // 2) for shot in timeline.shots]
    return {at for first, half in halves for at in range(first - half, first + half)}


def test_a_crossfade_is_in_the_conformed_clips_as_the_film_shows_it(film: Any, package: Path) -> None:
    shot = next(shot for shot in film.timeline.shots if shot.transition == "crossfade")
    index = film.timeline.shots.index(shot)
    levels = []
    for number, each in ((index, film.timeline.shots[index - 1]), (index + 1, shot)):
        with av.open(str(package / f"clips/{number:03d}-{each.scene}.mp4")) as container:
            frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        levels += [float(frame[60:, :, 0].mean()) for frame in frames]
    middle = film.timeline.shots[index - 1].n_frames
    half = shot.transition_frames // 2
    before, after = levels[middle - half - 1], levels[middle + half]
    assert abs(after - before) > 20
    assert levels[middle] == pytest.approx((before + after) / 2, abs=abs(after - before) / 5)
    steps = np.diff(levels[middle - half - 1 : middle + half + 1])
    assert (steps * np.sign(after - before) > 0).all()


def test_a_clip_is_named_after_its_place_and_its_scene(film: Any, package: Path) -> None:
    names = [path.name for path in sorted((package / "clips").iterdir())]
    expected = [f"{i:03d}-{shot.scene}.mp4" for i, shot in enumerate(film.timeline.shots, start=1)]
    assert names == expected


def test_a_clip_begins_at_zero_and_runs_at_the_rate_of_the_film(package: Path) -> None:
    with av.open(str(package / "clips/002-scene-1.mp4")) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == 12
        assert next(container.decode(stream)).pts == 0


def test_a_package_says_what_its_form_cannot_hold(package: Path) -> None:
    assert {path.name for path in package.iterdir()} == {
        "clips", "song.wav", "film.edl", "film.xml", "markers.csv", "README.txt",
    }  # fmt: skip
    text = (package / "README.txt").read_text()
    assert "changes of speed" in text
    assert "12 frames a second is a rate that many programs" in text


def test_the_sound_is_the_master_untouched(film: Any, package: Path) -> None:
    assert (package / "song.wav").read_bytes() == (film.folder / "song/mix.wav").read_bytes()


def test_the_table_lists_every_cut_with_its_reason_and_every_line(film: Any, package: Path) -> None:
    rows = list(csv.DictReader((package / "markers.csv").read_text(encoding="utf-8").splitlines()))
    cuts = [row for row in rows if row["kind"] == "cut"]
    expected = [(str(shot.first_frame), shot.reason, shot.scene) for shot in film.timeline.shots]
    assert [(row["frame"], row["text"], row["scene"]) for row in cuts] == expected
    assert sum(row["kind"] == "line" for row in rows) == len(list(film.board.song.line_refs()))
    assert [int(row["frame"]) for row in rows] == sorted(int(row["frame"]) for row in rows)


def test_a_clip_that_is_too_short_is_refused_before_anything_is_written(
    film: Any, write_clip: Callable[..., None], tmp_path: Path
) -> None:
    write_clip(tmp_path / "short.mp4", 5, 12, (90, 90, 90), film.board.look.size)
    clips = film.clips | {"scene-2": tmp_path / "short.mp4"}
    with pytest.raises(MediaError, match=r"has 5 frames"):
        conform_shots(film.timeline, clips, film.board.look, tmp_path / "clips")
    assert not (tmp_path / "clips").exists()


@pytest.mark.parametrize("suffix", ["fcpxml", "edl", "xml"])
def test_another_reader_finds_every_cut(film: Any, tmp_path: Path, suffix: str) -> None:
    otio = pytest.importorskip("opentimelineio")
    if suffix not in otio.adapters.suffixes_with_defined_adapters(read=True):
        pytest.skip(f"no adapter for .{suffix}")
    out = tmp_path / f"film.{suffix}"
    board = film.board.model_copy(update={"look": film.board.look.model_copy(update={"fps": 24})})
    timeline = film.timeline.model_copy(update={"fps": 24})
    {"fcpxml": write_fcpxml, "edl": write_edl, "xml": write_fcp7xml}[suffix](timeline, board, out)
    found = otio.adapters.read_from_file(str(out))
    if suffix == "fcpxml":
        found = found.find_children(descended_from_type=otio.schema.Timeline)[0]
    tracks = [
        [
            (clip.name.removesuffix(".mp4"), round(clip.range_in_parent().start_time.to_seconds() * 24))
            for clip in track.find_clips()
        ]
        for track in found.video_tracks()
    ]
    expected = [(f"{i:03d}-{shot.scene}", shot.first_frame) for i, shot in enumerate(timeline.shots, start=1)]
    assert expected in tracks
