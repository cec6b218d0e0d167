"""Listening by itself: a song's map, captions and labels, without a film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.files import load
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
    firsts = [float(start) for start, _, text in rows if text.endswith(".1")]
    assert firsts == pytest.approx(heard.song_map.downbeats_s, abs=1e-4)


def test_a_folder_that_is_there_is_not_written_over(heard: storyboard.Heard, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is there already"):
        storyboard.listen(tmp_path / "song.mp3", out=heard.folder)
    with pytest.raises(InputError, match=r"song\.mp3: there is no such file"):
        storyboard.listen(tmp_path / "song.mp3", out=tmp_path / "new")
