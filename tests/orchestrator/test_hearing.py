"""Listening by itself: a song's map, captions and labels, without a film."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pysubs2
import pytest
import soundfile

import storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import load
from storyboard.schema.progress import StepFinished
from storyboard.sync.lyrics import read_lyrics


@pytest.fixture(scope="module")
def heard(short_film: storyboard.Project, tmp_path_factory: pytest.TempPathFactory) -> storyboard.Heard:
    folder = tmp_path_factory.mktemp("listen")
    song = short_film.storyboard.song
    lines = "\n".join(song.line(ref) for ref in song.line_refs())
    (folder / "words.txt").write_text(lines)
    mix = short_film.path / "song/mix.wav"
    return storyboard.listen(mix, lyrics=folder / "words.txt", out=folder / "out")


def test_everything_is_written_and_reads_back(heard: storyboard.Heard) -> None:
    names = {str(path.relative_to(heard.folder)) for path in heard.folder.rglob("*") if path.is_file()}
    labels = {f"labels/{name}.txt" for name in ("words", "lines", "beats", "sections")}
    captions = {"lyrics.srt", "lyrics.lrc", "lyrics.ass"}
    assert names == {"song-map.json", "song-map.png", *labels, *captions}
    assert load(heard.folder / "song-map.json", storyboard.SongMap) == heard.song_map
    lyrics = read_lyrics(heard.folder / "lyrics.lrc")
    assert [line for section in lyrics.sections for line in section.lines] == [
        heard.song.line(ref) for ref in heard.song.line_refs()
    ]


def test_words_are_where_they_are_sung(heard: storyboard.Heard, short_film: storyboard.Project) -> None:
    rows = [line.split("\t") for line in (heard.folder / "labels/words.txt").read_text().splitlines()]
    played = short_film.timeline.song_map.words
    assert [text.lower() for _, _, text in rows] == [word.text.lower() for word in played]
    errors = [abs(float(row[0]) - word.start_s) for row, word in zip(rows, played, strict=True)]
    assert np.median(errors) < 0.12


def test_beats_are_counted_in_bars(heard: storyboard.Heard) -> None:
    rows = [line.split("\t") for line in (heard.folder / "labels/beats.txt").read_text().splitlines()]
    assert len(rows) == len(heard.song_map.beats_s)
    counted = [(float(start), *text.split(".")) for start, _, text in rows]
    firsts = [start for start, bar, place in counted if bar != "0" and place == "1"]
    assert firsts == pytest.approx(heard.song_map.downbeats_s, abs=1e-4)


def test_what_was_heard_of_the_grid_is_kept_and_told(
    heard: storyboard.Heard, short_film: storyboard.Project
) -> None:
    by_ear, played = heard.song_map, short_film.timeline.song_map
    assert by_ear.tempo_bpm == pytest.approx(played.tempo_bpm, rel=0.02)
    assert (by_ear.beats_per_bar, by_ear.is_steady) == (played.beats_per_bar, played.is_steady) == (4, True)
    assert 0.4 <= by_ear.grid_confidence < 1 == played.grid_confidence
    assert played.words_from == "singer" and by_ear.words_from in ("separated voice", "middle")
    assert by_ear.phrase_ends_s and len(played.phrase_ends_s) >= len(played.words_by_line())


def test_lines_that_are_not_sung_are_told_and_written_nowhere(
    short_film: storyboard.Project, tmp_path: Path, watcher: Any
) -> None:
    song = short_film.storyboard.song
    lines = [song.line(ref) for ref in song.line_refs()]
    (tmp_path / "words.txt").write_text("\n".join([*lines, "Under a marble ceiling nobody whispered"]))
    mix = short_film.path / "song/mix.wav"
    heard = storyboard.listen(mix, lyrics=tmp_path / "words.txt", out=tmp_path / "out", on_event=watcher)
    assert [heard.song.line(ref) for ref in heard.song_map.unsung] == [
        "Under a marble ceiling nobody whispered"
    ]
    told = [notice for notice in watcher.notices if "not found" in notice]
    assert len(told) == 1 and "marble" in told[0]
    assert any("the words were found in" in notice for notice in watcher.notices)
    finished = [event.detail for event in watcher.events if isinstance(event, StepFinished)]
    assert "4 beats a bar" in finished[-1] and "1 line not found" in finished[-1]
    for name in ("lyrics.srt", "lyrics.ass"):
        subtitles = pysubs2.load(str(tmp_path / "out" / name))
        assert len(subtitles) == len(lines)
    for written in tmp_path.glob("out/l*/*.txt"), tmp_path.glob("out/lyrics.*"):
        assert not any("marble" in path.read_text() for path in written)


def test_a_song_without_a_beat_says_so(tmp_path: Path, watcher: Any) -> None:
    rng = np.random.default_rng(1)
    soundfile.write(tmp_path / "rain.wav", rng.normal(0, 0.1, 12 * 22_050), 22_050)
    heard = storyboard.listen(tmp_path / "rain.wav", out=tmp_path / "out", on_event=watcher)
    assert (heard.song_map.tempo_bpm, heard.song_map.beats_per_bar) == (None, None)
    assert heard.song_map.grid_confidence == 0 and heard.song_map.beats_s == []
    assert any("no steady beat was heard" in notice for notice in watcher.notices)


def test_a_folder_that_is_there_is_not_written_over(heard: storyboard.Heard, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is there already"):
        storyboard.listen(tmp_path / "song.mp3", out=heard.folder)
    with pytest.raises(InputError, match=r"song\.mp3: there is no such file"):
        storyboard.listen(tmp_path / "song.mp3", out=tmp_path / "new")
