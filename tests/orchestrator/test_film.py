"""The main job: from a topic to a measured film; and what is made again when something is edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest
import soundfile

import storyboard
from storyboard.schema.errors import Cancelled, DocumentError, UnknownGenerator
from storyboard.schema.progress import StepProgress

Board, Project = storyboard.Storyboard, storyboard.Project
Copy = Callable[[Project], Project]

FILES = [
    "storyboard.json", "timeline.json", "sync-report.json", "sync-report.html",
    "video.mp4", "contact-sheet.png", "timeline.png",
    "song/voice.wav", "song/music.wav", "song/mix.wav",
    "captions/lyrics.srt", "captions/lyrics.lrc", "captions/lyrics.ass",
    *(f"scenes/{number:02d}.mp4" for number in range(1, 7)),
]  # fmt: skip


def test_the_project_folder_holds_what_was_promised(sample_film: Project) -> None:
    for name in FILES:
        assert (sample_film.path / name).stat().st_size > 0, name
    visible = {path.name for path in sample_film.path.iterdir() if not path.name.startswith(".")}
    assert visible == {name.split("/")[0] for name in FILES}


def test_the_sample_meets_the_quality_bars(sample_film: Project) -> None:
    report = sample_film.report
    assert 45 <= report.duration_s <= 90
    assert abs(report.av_difference_s) < 1 / 24
    assert report.cuts == report.cuts_planned == report.cuts_on_beat >= 5
    assert report.cuts_unplanned == 0
    assert report.cuts_inside_words == 0
    assert report.lines_over_their_scene == report.lines > 0
    assert report.black_runs == report.frozen_runs == []
    assert report.loudness_lufs == pytest.approx(-14, abs=0.5)
    assert report.true_peak_dbtp <= -1


def test_the_song_files_are_as_long_as_the_film(sample_film: Project) -> None:
    for name in ("voice", "music", "mix"):
        info = soundfile.info(sample_film.path / f"song/{name}.wav")
        assert info.frames / info.samplerate == pytest.approx(
            sample_film.timeline.song_map.duration_s, abs=0.001
        )


def test_every_scene_is_as_long_as_its_shots(sample_film: Project) -> None:
    for number, scene in enumerate(sample_film.storyboard.scenes, start=1):
        with av.open(str(sample_film.path / f"scenes/{number:02d}.mp4")) as container:
            frames = container.streams.video[0].frames
        timeline = sample_film.timeline
        shown = sum(shot.n_frames for shot in timeline.shots_of(scene.id))
        assert frames == shown + sum(timeline.handles(scene.id))


def test_a_character_is_described_alike_in_every_scene(sample_film: Project) -> None:
    board = sample_film.storyboard
    for character in board.cast:
        told = [
            scene.prompt[scene.prompt.index(f"{character.name},") :].split(".")[0].split(";")[0]
            for scene in board.scenes
            if character.name in scene.characters
        ]
        garment = character.clothing[0]
        assert all(garment.color in text and garment.item in text for text in told)
        assert len(set(told)) == 1


def test_nothing_edited_nothing_made(short_film: Project, watcher: Any) -> None:
    before = {path: path.stat().st_mtime_ns for path in short_film.path.glob("[!.]*/*")}
    storyboard.render(short_film.path, on_event=watcher)
    assert {step for step, _ in watcher.made} <= {"plan_cuts"}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_edited_scene_is_one_scene_shot(short_film: Project, copy_of: Copy, watcher: Any) -> None:
    project = copy_of(short_film)
    others = [project.path / f"scenes/{number:02d}.mp4" for number in (1, 3)]
    before = [digest(path) for path in others]
    edit(project, lambda data: data["scenes"][1].update(setting="a beach at low tide"))
    storyboard.render(project.path, on_event=watcher)
    assert [part for step, part in watcher.made if step == "shoot"] == [1]
    assert "record" not in dict(watcher.made)
    assert [digest(path) for path in others] == before
    assert "beach at low tide" in project.storyboard.scenes[1].prompt, "the prompt follows the fields"


def test_a_note_or_a_lock_shoots_nothing(short_film: Project, copy_of: Copy, watcher: Any) -> None:
    project = copy_of(short_film)

    def note(data: dict[str, Any]) -> None:
        data["notes"] = ["ask Ida about the ending"]
        data["scenes"][0]["locked"] = True

    edit(project, note)
    storyboard.render(project.path, on_event=watcher)
    assert "shoot" not in dict(watcher.made)


def test_a_prompt_written_by_hand_is_kept(short_film: Project, copy_of: Copy, watcher: Any) -> None:
    project = copy_of(short_film)
    edit(project, lambda data: data["scenes"][0].update(prompt="my own words", setting="a cellar kitchen"))
    with pytest.raises(Cancelled):
        storyboard.render(project.path, on_event=stop_at("shoot"))
    assert project.storyboard.scenes[0].prompt == "my own words"


def test_the_same_storyboard_gives_the_same_song_and_frames(
    short_film: Project, short_board: Board, tmp_path: Path
) -> None:
    again = storyboard.render(short_board, out=tmp_path / "again")
    for name in (
        "storyboard.json",
        "song/voice.wav",
        "song/mix.wav",
        "scenes/01.mp4",
        "scenes/03.mp4",
        "video.mp4",
    ):
        assert digest(again.path / name) == digest(short_film.path / name), name


def test_the_same_topic_and_seed_give_the_same_storyboard(tmp_path: Path) -> None:
    texts = []
    for name in ("first", "second"):
        storyboard.create("the last tram", seed=5, out=tmp_path / name, plan_only=True)
        texts.append((tmp_path / name / "storyboard.json").read_bytes())
    assert texts[0] == texts[1]
    assert storyboard.plan("the last tram", seed=6) != storyboard.plan("the last tram", seed=5)


def test_an_instrumental_film_has_no_voice(short_board: Board, tmp_path: Path) -> None:
    data = json.loads(short_board.model_dump_json(by_alias=True))
    data["song"]["sections"] = [{"kind": "intro", "bars": 3}, {"kind": "solo", "bars": 4}]
    for scene in data["scenes"]:
        scene["lines"] = []
    project = storyboard.render(storyboard.Storyboard.model_validate(data), out=tmp_path / "film")
    assert not (project.path / "song/voice.wav").exists()
    assert len({shot.scene for shot in project.timeline.shots}) == 3
    assert project.report.cuts_on_beat == project.report.cuts


def test_a_wrong_generator_is_named_before_any_work(short_board: Board, tmp_path: Path) -> None:
    scenes = [scene.model_copy(deep=True) for scene in short_board.scenes]
    scenes[2].generator.name = "hologram"
    with pytest.raises(UnknownGenerator, match=r"scenes\[2\]\.generator\.name: .*allowed: auto, .*animatic"):
        storyboard.render(short_board.model_copy(update={"scenes": scenes}), out=tmp_path / "film")
    assert not (tmp_path / "film").exists()


def test_a_storyboard_changed_in_python_is_checked(short_board: Board, tmp_path: Path) -> None:
    scenes = [scene.model_copy(deep=True) for scene in short_board.scenes]
    scenes[1].characters = ["Nobody"]
    with pytest.raises(DocumentError, match=r"scenes\[1\]\.characters\[0\]"):
        storyboard.render(short_board.model_copy(update={"scenes": scenes}), out=tmp_path / "film")


def test_progress_rises_in_every_step(watcher: Any, tmp_path: Path, short_board: Board) -> None:
    with pytest.raises(Cancelled):
        storyboard.render(short_board, out=tmp_path / "film", on_event=stop_at("assemble", then=watcher))
    seen: dict[tuple[str, int], list[float]] = {}
    for event in watcher.events:
        if isinstance(event, StepProgress):
            seen.setdefault((event.step, event.part), []).append(event.fraction)
    assert {step for step, _ in seen} >= {"record", "shoot"}
    assert all(fractions == sorted(fractions) and 0 <= fractions[-1] <= 1 for fractions in seen.values())


def stop_at(step: str, then: Callable[[Any], None] = lambda _: None) -> Callable[[Any], None]:
    def on_event(event: Any) -> None:
        if getattr(event, "step", "") == step:
            raise Cancelled("stop")
        then(event)

    return on_event


def edit(project: Project, change: Callable[[dict[str, Any]], None]) -> None:
    path = project.path / "storyboard.json"
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
