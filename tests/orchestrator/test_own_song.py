"""A finished song and its lyrics become a film: heard, written to, cut to, never recorded again."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile

import storyboard
from storyboard.schema.errors import InputError, MediaError, ProjectError

Project = storyboard.Project
SMALL = {"height": 144, "fps": 12, "scenes": 3}


@pytest.fixture(scope="session")
def own_song(short_film: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with song.mp3, its lyrics as text, and with times as LRC."""
    folder = tmp_path_factory.mktemp("song")
    mix = str(short_film.path / "song/mix.wav")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", mix, "-b:a", "192k"]
    tags = ["-metadata", "title=Before the Snow"]
    subprocess.run([*command, *tags, str(folder / "song.mp3")], check=True)
    shutil.copy(short_film.path / "captions/lyrics.lrc", folder / "song.lrc")
    sections = [section for section in short_film.storyboard.song.sections if section.lines]
    text = "\n\n".join("\n".join([f"[{section.kind}]", *section.lines]) for section in sections)
    (folder / "song.txt").write_text(text)
    return folder


@pytest.fixture(scope="session")
def own_film(own_song: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    out = tmp_path_factory.mktemp("own") / "film"
    return storyboard.create(song=own_song / "song.mp3", lyrics=own_song / "song.txt", out=out, **SMALL)


def test_the_film_is_as_long_as_the_song_and_nothing_is_recorded(own_film: Project, own_song: Path) -> None:
    song = own_film.storyboard.song
    assert song.audio is not None and song.title == "Before the Snow"
    original = own_film.path / song.audio.file
    assert original.read_bytes() == (own_song / "song.mp3").read_bytes()
    assert own_film.report.duration_s == pytest.approx(song.audio.duration_s, abs=0.1)
    assert {path.name for path in (own_film.path / "song").iterdir()} == {"original.mp3", "lyrics.txt"}


def test_tempo_and_key_are_those_of_the_recording(own_film: Project, short_film: Project) -> None:
    heard, played = own_film.storyboard.song, short_film.storyboard.song
    assert heard.tempo_bpm == pytest.approx(played.tempo_bpm, rel=0.02)
    assert heard.tonic in {played.tonic, (played.tonic + 9) % 12, (played.tonic + 7) % 12}


def test_every_line_is_carried_and_its_words_are_found_where_they_are_sung(
    own_film: Project, short_film: Project
) -> None:
    played = [word for word in short_film.timeline.song_map.words]
    found = own_film.timeline.song_map.words
    assert [word.text.lower().strip(".,") for word in found] == [word.text.lower() for word in played]
    errors = [abs(a.start_s - b.start_s) for a, b in zip(found, played, strict=True)]
    assert np.median(errors) < 0.12
    carried = [ref for scene in own_film.storyboard.scenes for ref in scene.lines]
    assert carried == list(own_film.storyboard.song.line_refs())


def test_rendering_it_again_makes_nothing(own_film: Project, watcher: Any) -> None:
    storyboard.render(own_film.path, on_event=watcher)
    assert {step for step, _ in watcher.made} <= {"plan_cuts"}


def test_the_project_stands_alone(own_film: Project, tmp_path: Path) -> None:
    moved = shutil.copytree(own_film.path, tmp_path / "moved")
    shutil.rmtree(moved / ".storyboard")
    with pytest.raises(storyboard.Cancelled):
        storyboard.render(moved, on_event=_stop_at("shoot"))
    assert (moved / "timeline.json").exists()


def test_another_recording_in_its_place_is_refused(own_film: Project, tmp_path: Path) -> None:
    moved = shutil.copytree(own_film.path, tmp_path / "moved")
    shutil.rmtree(moved / ".storyboard")
    (moved / "song/original.mp3").write_bytes(b"something else")
    with pytest.raises(InputError, match="another recording"):
        storyboard.render(moved)


def test_lyrics_with_times_are_taken_as_they_are(own_song: Path, tmp_path: Path, short_film: Project) -> None:
    song, lyrics = own_song / "song.mp3", own_song / "song.lrc"
    with pytest.raises(storyboard.Cancelled):
        storyboard.create(
            song=song, lyrics=lyrics, out=tmp_path / "film", on_event=_stop_at("shoot"), **SMALL
        )
    found = storyboard.load(tmp_path / "film").timeline.song_map.words
    played = short_film.timeline.song_map.words
    assert [word.start_s for word in found] == pytest.approx([word.start_s for word in played], abs=0.011)


def test_without_lyrics_it_is_an_instrumental(own_song: Path, tmp_path: Path, watcher: Any) -> None:
    out, song = tmp_path / "film", own_song / "song.mp3"
    with pytest.raises(storyboard.Cancelled):
        storyboard.create(song=song, out=out, on_event=_stop_at("shoot", then=watcher), **SMALL)
    project = storyboard.load(out)
    assert not any(scene.lines for scene in project.storyboard.scenes)
    assert any("no lyrics" in notice for notice in watcher.notices)
    assert {shot.scene for shot in project.timeline.shots} == {each.id for each in project.storyboard.scenes}


def test_the_same_command_goes_on_and_another_song_does_not_take_the_folder(
    own_film: Project, own_song: Path, tmp_path: Path, watcher: Any
) -> None:
    again = tmp_path / "renamed.mp3"
    shutil.copy(own_song / "song.mp3", again)
    lyrics = own_song / "song.txt"
    with pytest.raises(ProjectError, match="another film"):
        storyboard.create(song=again, out=own_film.path, **SMALL)
    storyboard.create(song=own_song / "song.mp3", lyrics=lyrics, out=own_film.path, on_event=watcher, **SMALL)
    assert {step for step, _ in watcher.made} <= {"plan_cuts"}


def test_a_file_that_is_no_song_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    silence, notes = tmp_path / "silence.wav", tmp_path / "notes.mp3"
    soundfile.write(silence, np.zeros((16000 * 12, 1)), 16000)
    notes.write_text("these are not the sounds you are looking for")
    for path in (silence, notes):
        with pytest.raises(MediaError, match=str(path)):
            storyboard.create(song=path, out=tmp_path / path.stem, **SMALL)
        assert not (tmp_path / path.stem).exists()
    with pytest.raises(InputError, match="cannot be read"):
        storyboard.create(song=tmp_path / "missing.mp3")
    with pytest.raises(InputError, match="lyrics come with a song"):
        storyboard.create("a topic", lyrics=notes)


def test_a_parameter_that_a_generator_does_not_know_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError, match=r"generators\.parameters\.music\.steps"):
        storyboard.create("a boat", out=tmp_path / "film", parameters={"music": {"steps": 30}})
    assert not (tmp_path / "film").exists()


def test_lines_that_are_not_sung_are_named(own_song: Path, tmp_path: Path, watcher: Any) -> None:
    words = (own_song / "song.txt").read_text()
    (tmp_path / "more.txt").write_text(words + "\n\n[Bridge]\nUnder a marble ceiling nobody whispered\n")
    with pytest.raises(storyboard.Cancelled):
        storyboard.create(
            song=own_song / "song.mp3",
            lyrics=tmp_path / "more.txt",
            out=tmp_path / "film",
            on_event=_stop_at("plan_cuts", then=watcher),
            **SMALL,
        )
    (told,) = [notice for notice in watcher.notices if "not found in the song" in notice]
    assert "1 of 9 lines" in told and "Under a marble ceiling" in told


def test_edits_in_a_sheet_come_back(own_film: Project, tmp_path: Path) -> None:
    import openpyxl

    project = storyboard.load(shutil.copytree(own_film.path, tmp_path / "film"))
    (tmp_path / "moon.png").write_bytes(b"a picture")
    sheet = storyboard.write_sheet(project.path, tmp_path / "lines.xlsx")
    book = openpyxl.load_workbook(sheet)
    rows = book.worksheets[0]
    columns = {str(cell.value).lower(): cell.column for cell in rows[1]}
    rows.cell(2, columns["lyric"]).value = "The kettle sings at quarter past"
    rows.cell(2, columns["prompt"]).value = "steam like a ghost"
    rows.cell(3, columns["image"]).value = "moon.png"
    book.save(sheet)
    revision = storyboard.take_lyrics(project.path, sheet)
    board = project.storyboard
    assert board.song.line((0, 0)) == "The kettle sings at quarter past"
    assert [(each.ref, each.prompt, each.image) for each in board.directions] == [
        ((0, 0), "steam like a ghost", ""), ((0, 1), "", "images/moon.png"),
    ]  # fmt: skip
    assert (project.path / "images/moon.png").exists()
    assert "steam like a ghost" in board.scenes[0].prompt.lower()
    assert any("quarter past" in change for change in revision.changes)
    storyboard.undo(project.path)
    assert storyboard.load(project.path).storyboard == own_film.storyboard


def test_a_sheet_names_a_picture_that_is_missing(own_film: Project, tmp_path: Path) -> None:
    import openpyxl

    project = storyboard.load(shutil.copytree(own_film.path, tmp_path / "film"))
    sheet = storyboard.write_sheet(project.path)
    assert sheet == project.path / "lyrics.xlsx"
    book = openpyxl.load_workbook(sheet)
    columns = {str(cell.value).lower(): cell.column for cell in book.worksheets[0][1]}
    book.worksheets[0].cell(2, columns["image"]).value = "sun.png"
    book.save(sheet)
    with pytest.raises(InputError, match=r"sun\.png"):
        storyboard.take_lyrics(project.path, sheet)
    assert storyboard.write_sheet(project.path).name == "lyrics-2.xlsx", (
        "an edited sheet is never overwritten"
    )


def test_the_song_sheet_has_what_song_services_ask_for(short_film: Project) -> None:
    text = storyboard.song_sheet(short_film.path)
    song = short_film.storyboard.song
    assert song.title in text and "[Chorus]" in text and "folk" in text
    assert all(song.line(ref) in text for ref in song.line_refs())


def test_where_the_sound_comes_from_is_on_record(short_film: Project) -> None:
    found = json.loads((short_film.path / "song/provenance.json").read_text())
    assert (found["voice"]["generator"], found["music"]["generator"]) == ("singer", "band")


def _stop_at(step: str, then: Callable[[Any], None] = lambda _: None) -> Callable[[Any], None]:
    def on_event(event: Any) -> None:
        if getattr(event, "step", "") == step:
            raise storyboard.Cancelled("stop")
        then(event)

    return on_event
