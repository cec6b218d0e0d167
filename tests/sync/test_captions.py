"""Captions follow the words."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pysubs2
import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import SongMap
from storyboard.sync.captions import captions_of, write_captions


@pytest.fixture
def folder(tmp_path: Path, board: Storyboard, song_map: SongMap) -> Path:
    write_captions(song_map, board.look, board.song, tmp_path)
    return tmp_path


def test_every_occurrence_has_one_caption_and_no_two_overlap(board: Storyboard, song_map: SongMap) -> None:
    captions = captions_of(song_map, board.song)
    assert [caption.text for caption in captions] == [board.song.line(ref) for ref in board.song.line_refs()]
    for caption in captions:
        assert caption.start_s <= caption.words[0].start_s
        assert caption.end_s >= caption.words[-1].end_s
    for before, after in pairwise(captions):
        assert before.end_s <= after.start_s


def test_each_word_fills_while_it_is_sung(folder: Path, song_map: SongMap) -> None:
    events = pysubs2.load(str(folder / "lyrics.ass")).events
    words = iter(song_map.words)
    for event in events:
        clock_s = event.start / 1000
        for filling, duration, _ in re.findall(r"\{\\(kf?)(\d+)\}([^{]*)", event.text):
            if filling == "kf":
                word = next(words)
                assert clock_s == pytest.approx(word.start_s, abs=0.021)
                assert clock_s + int(duration) / 100 == pytest.approx(word.end_s, abs=0.021)
            clock_s += int(duration) / 100
    assert next(words, None) is None


def test_srt_and_lrc_hold_the_times(folder: Path, song_map: SongMap) -> None:
    srt = pysubs2.load(str(folder / "lyrics.srt"))
    assert len(srt.events) == 8
    assert srt.events[0].plaintext == "The kettle sings at half past four"
    first = song_map.words[0].start_s
    lrc = (folder / "lyrics.lrc").read_text()
    assert f"<{int(first // 60):02d}:{first % 60:05.2f}> The" in lrc
    assert lrc.startswith("[ti:Before the Snow]\n")


def test_lyrics_cannot_command_the_renderer(tmp_path: Path, board: Storyboard, song_map: SongMap) -> None:
    word = song_map.words[0].model_copy(update={"text": r"{\b1}bold\N"})
    write_captions(song_map.model_copy(update={"words": [word]}), board.look, board.song, tmp_path)
    event = pysubs2.load(str(tmp_path / "lyrics.ass")).events[0]
    assert "(/b1)bold/N" in event.text


def test_an_instrumental_has_empty_captions(tmp_path: Path, board: Storyboard, song_map: SongMap) -> None:
    write_captions(song_map.model_copy(update={"words": []}), board.look, board.song, tmp_path)
    assert pysubs2.load(str(tmp_path / "lyrics.ass")).events == []


def test_captions_keep_the_punctuation_that_the_singer_drops(board: Storyboard, song_map: SongMap) -> None:
    sections = [section.model_copy() for section in board.song.sections]
    sections[1] = sections[1].model_copy(
        update={"lines": ["The kettle sings, at half past four!", "A postcard"]}
    )
    song = board.song.model_copy(update={"sections": sections})
    captions = captions_of(song_map, song)
    assert captions[0].text == "The kettle sings, at half past four!"
    assert captions[1].text == "A postcard slides beneath the door", "as heard, where the lyrics differ"
