"""Lyrics with times: LRC, subtitles, and what a recogniser heard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import SongMap
from storyboard.sync.captions import captions_of, write_captions
from storyboard.sync.lyrics import Lyrics, lyrics_from, read_lyrics

Read = Callable[..., Lyrics]


def starts(lyrics: Lyrics) -> list[float]:
    return [time.start_s for time in lyrics.times]


def test_a_simple_lrc_gives_the_time_of_every_line(read: Read) -> None:
    lyrics = read(
        "[ti:Before the Snow]\n[ar:Ida]\n[la:ger]\n[00:10.5]One\n[00:13.25]Two\n[1:05:00]Three", "a.lrc"
    )
    assert (lyrics.title, lyrics.artist, lyrics.language) == ("Before the Snow", "Ida", "de")
    assert lyrics.lines() == ["One", "Two", "Three"]
    assert starts(lyrics) == [10.5, 13.25, 65.0]
    assert [time.end_s for time in lyrics.times] == [None, None, None]
    assert lyrics.tells == {"times"}


def test_several_times_before_a_line_are_as_many_occurrences_in_the_order_they_are_sung(
    read: Read, shape: Any
) -> None:
    lyrics = read(
        "[00:20.00][00:50.00]Come home\n[00:23][00:53]Before the snow\n[00:10]One\n[00:40]Two", "a.lrc"
    )
    assert shape(lyrics) == [
        ("verse", ["One"]),
        ("chorus", ["Come home", "Before the snow"]),
        ("verse", ["Two"]),
        ("chorus", ["Come home", "Before the snow"]),
    ]
    assert starts(lyrics) == [10.0, 20.0, 23.0, 40.0, 50.0, 53.0]


def test_an_empty_row_ends_the_line_before_it(read: Read, shape: Any) -> None:
    lyrics = read("[00:10]One\n[00:13]Two\n[00:16.20]\n[00:18]Three\n[00:21]♪", "a.lrc")
    assert [time.end_s for time in lyrics.times] == [None, 16.2, 21.0]
    assert [len(lines) for _, lines in shape(lyrics)] == [2, 1]


@pytest.mark.parametrize(("offset", "start_s"), [("+500", 9.5), ("-250", 10.25), ("0", 10.0), ("x", 10.0)])
def test_a_positive_offset_shows_the_lyrics_earlier(read: Read, offset: str, start_s: float) -> None:
    lyrics = read(f"[offset:{offset}]\n[00:10.00]<00:10.00>One <00:11.00>two", "a.lrc")
    assert starts(lyrics) == [start_s]
    assert lyrics.times[0].words_s == [start_s, start_s + 1]


def test_an_enhanced_lrc_gives_the_time_of_every_word(read: Read) -> None:
    lyrics = read(
        "[00:10.00] <00:10.00> The <00:10.50> ket<00:10.70>tle <00:12.00>\n"
        "[00:13.00][00:33.00]Come <00:13.50>home\n"
        "[00:15.00]<00:15.00>known and <00:15.90>not\n"
        "[00:17.00]Square [00:17.40]ones [00:18.00]\n",
        "a.lrc",
    )
    times = {lyrics.sections[time.section].lines[time.line]: time for time in lyrics.times}
    assert lyrics.lines()[0] == "The kettle"
    assert times["The kettle"].words_s == [10.0, 10.5] and times["The kettle"].end_s == 12.0
    assert times["known and not"].words_s == [] and times["known and not"].end_s is None
    assert times["Square ones"].words_s == [17.0, 17.4] and times["Square ones"].end_s == 18.0
    assert [time.words_s for time in lyrics.times if time.start_s in (13.0, 33.0)] == [
        [13.0, 13.5],
        [33.0, 33.5],
    ]


def test_headings_in_an_lrc_name_the_sections(read: Read, shape: Any) -> None:
    lyrics = read(
        "[Verse 1]\n[00:10]One\n[00:20]Two\n[00:24][Chorus]\n[00:25]Come home\n"
        "[00:40](Instrumental)\n[00:50]Snow",
        "a.lrc",
    )
    assert shape(lyrics) == [
        ("verse", ["One", "Two"]), ("chorus", ["Come home"]), ("instrumental", ["Snow"]),
    ]  # fmt: skip
    assert "sections" in lyrics.tells
    assert [time.end_s for time in lyrics.times] == [None, 24.0, 40.0, None]


def test_an_lrc_without_times_is_read_as_text(read: Read, shape: Any) -> None:
    lyrics = read("[ti:Snow]\n[Verse]\nOne\n\n[Chorus]\nCome home", "a.lrc")
    assert shape(lyrics) == [("verse", ["One"]), ("chorus", ["Come home"])]
    assert lyrics.title == "Snow" and lyrics.times == ()


def test_a_line_without_a_time_stands_where_it_is_written(read: Read) -> None:
    lyrics = read("[00:10]One\nand a half\n[00:13]Two", "a.lrc")
    assert lyrics.lines() == ["One", "and a half", "Two"]
    assert [(time.line, time.start_s) for time in lyrics.times] == [(0, 10.0), (2, 13.0)]


def test_a_pause_begins_a_new_section(read: Read, shape: Any) -> None:
    lyrics = read("[00:10]One two three\n[00:13]Four five six\n[00:20]Seven eight\n[00:23]Nine ten", "a.lrc")
    assert [len(lines) for _, lines in shape(lyrics)] == [2, 2]


def test_subtitles_keep_their_times_and_lose_their_marks(read: Read) -> None:
    lyrics = read(
        "1\n00:00:01,000 --> 00:00:03,000\n♪ <i>Come home</i> ♪\n\n"
        "2\n00:00:03,500 --> 00:00:05,250\n[Music]\n\n"
        "3\n00:00:06,000 --> 00:00:08,000\n# before the snow #\n\n"
        "4\n00:00:08,500 --> 00:00:10,500\n[Ida sings] the lanterns\nwill go out\n",
        "a.srt",
    )
    assert lyrics.lines() == ["Come home", "before the snow", "the lanterns", "will go out"]
    spans = [(time.start_s, time.end_s) for time in lyrics.times]
    assert spans[:2] == [(1.0, 3.0), (6.0, 8.0)]
    assert spans[2][0] == 8.5 and spans[2][1] == spans[3][0] and spans[3][1] == 10.5


def test_web_subtitles_that_roll_are_read_once(read: Read) -> None:
    lyrics = read(
        "WEBVTT\nKind: captions\n\n"
        "00:00:01.000 --> 00:00:03.000 align:start position:0%\nCome<00:00:01.500><c> home</c>\n\n"
        "00:00:03.000 --> 00:00:03.010\nCome home\n\n"
        "00:00:03.010 --> 00:00:05.000\nCome home\n<v Ida>you &amp; me\n",
        "a.vtt",
    )
    assert lyrics.lines() == ["Come home", "you & me"]
    assert starts(lyrics) == [1.0, 3.01]


def test_what_is_no_subtitle_file_is_refused(read: Read) -> None:
    for content, name in (
        ("just words", "a.srt"),
        ("nothing", "a.vtt"),
        ("[Events]\nFormat: x\nDialogue: 1", "a.ass"),
    ):
        with pytest.raises(InputError) as raised:
            read(content, name)
        assert raised.value.hint


@pytest.fixture
def captions(tmp_path: Path, board: Storyboard, song_map: SongMap) -> Path:
    write_captions(song_map, board.look, board.song, tmp_path)
    return tmp_path


def test_our_own_lrc_comes_back_with_the_same_lines_and_times(
    captions: Path, board: Storyboard, song_map: SongMap
) -> None:
    lyrics = read_lyrics(captions / "lyrics.lrc")
    assert lyrics.title == board.song.title
    assert lyrics.lines() == [board.song.line(ref) for ref in board.song.line_refs()]
    for time, words in zip(lyrics.times, song_map.words_by_line().values(), strict=True):
        assert time.start_s == pytest.approx(words[0].start_s, abs=0.01)
        assert time.end_s == pytest.approx(words[-1].end_s, abs=0.01)
        assert time.words_s == pytest.approx([word.start_s for word in words], abs=0.01)


@pytest.mark.parametrize("suffix", ["srt", "ass"])
def test_our_own_subtitles_come_back_with_the_same_lines_and_times(
    captions: Path, board: Storyboard, song_map: SongMap, suffix: str
) -> None:
    lyrics = read_lyrics(captions / f"lyrics.{suffix}")
    assert lyrics.lines() == [board.song.line(ref) for ref in board.song.line_refs()]
    for time, caption in zip(lyrics.times, captions_of(song_map, board.song), strict=True):
        assert time.start_s == pytest.approx(caption.start_s, abs=0.01)
        assert time.end_s == pytest.approx(caption.end_s, abs=0.01)


def test_what_came_from_a_file_fits_the_storyboard(captions: Path, board: Storyboard) -> None:
    lyrics = read_lyrics(captions / "lyrics.lrc")
    refs = list(lyrics.line_refs())
    song = board.song.model_copy(update={"sections": list(lyrics.sections), "times": list(lyrics.times)})
    scene = board.scenes[0].model_copy(update={"lines": refs})
    data = board.model_copy(update={"song": song, "scenes": [scene]}).model_dump()
    assert Storyboard.model_validate(data).song.times == list(lyrics.times)


def test_what_was_heard_is_divided_by_pauses_and_by_what_returns(shape: Any) -> None:
    hook = ["come home before the snow", "before the lanterns go"]
    verse, bridge = ["one two three", "four five six"], ["seven eight", "nine ten"]
    sung = [*verse, *hook, *bridge, *hook]
    lines = [(text, 3.0 * n, 3.0 * n + 2.5, [3.0 * n]) for n, text in enumerate(sung)]
    assert shape(lyrics_from(lines)) == [
        ("verse", verse), ("chorus", hook), ("verse", bridge), ("chorus", hook),
    ]  # fmt: skip
    late = [
        (text, start_s + 5 * (n > 0), end_s + 5 * (n > 0), [])
        for n, (text, start_s, end_s, _) in enumerate(lines[:2])
    ]
    assert [lines for _, lines in shape(lyrics_from(late))] == [verse[:1], verse[1:]]


def test_heard_words_keep_their_times_and_lines_without_a_time_keep_none() -> None:
    lyrics = lyrics_from(
        [("Come home", 1.0, 2.0, [1.0, 1.4]), ("(music)", 3.0, 4.0, []), ("Snow", 5.0, 6.0, [])]
    )
    assert lyrics.lines() == ["Come home", "Snow"]
    assert [time.words_s for time in lyrics.times] == [[1.0, 1.4], []]
    assert lyrics_from([("Come home", 0.0, 0.0, [])]).times == ()
    assert lyrics_from([]).sections == ()


def test_a_chorus_sung_twice_in_a_row_is_two_sections(shape: Any) -> None:
    sung = ["a b", "c d", "e f", "g h", "i j", "k l", "e f", "g h", "e f", "g h"]
    lines = [(text, 3.0 * n, 3.0 * n + 2.5, []) for n, text in enumerate(sung)]
    kinds = ["verse", "chorus", "verse", "chorus", "chorus"]
    assert [(kind, len(lines)) for kind, lines in shape(lyrics_from(lines))] == [(kind, 2) for kind in kinds]
