"""Whatever stands in a file: lyrics that a storyboard can hold, or an error that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.schema.errors import InputError
from storyboard.schema.song import Song
from storyboard.sync.lyrics import Lyrics, lyrics_from, read_lyrics

PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "la la",
            "Come home",
            "[Chorus]",
            "Verse 2:",
            "(x2)",
            "x3",
            "[Am]",
            "Am G7",
            "♪",
            "\u2028",
        ),
        *(
            "[00:12.50]",
            "<00:13.00>",
            "[offset:-900]",
            "[99:99.99]",
            "[ti:",
            "00:00:01,000 --> 00:00:02,000",
            "1",
        ),
        *(
            "time,lyric,end,strength",
            "1:23,One,,0.5",
            ",Two,,",
            "x,y,z",
            '"',
            ";",
            "\t",
            "\r",
            "\x00",
            "\x0b",
            "é",
        ),
        *(
            "]",
            "(",
            "|",
            "e|--0-",
            "[Verse 1: A]",
            "Refrain",
            "WEBVTT\n\n",
            "{\\k12}",
            "- ",
            "# ",
            "[Music]",
            "0:00",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def check(lyrics: Lyrics) -> None:
    refs = list(lyrics.line_refs())
    times = [time.ref for time in lyrics.times]
    assert refs and times == sorted(set(times)) and set(times) <= set(refs)
    assert [time.start_s for time in lyrics.times] == sorted(time.start_s for time in lyrics.times)
    sections, times_of = list(lyrics.sections), list(lyrics.times)
    title = lyrics.title or "x"
    Song(title=title, genre="x", tempo_bpm=100, key="C major", sections=sections, times=times_of)


@pytest.mark.parametrize("suffix", ["txt", "lrc", "srt", "vtt", "ass", "csv"])
@QUICK
@given(text=TEXTS)
def test_any_text_is_lyrics_or_an_error_with_a_hint(suffix: str, tmp_path: Path, text: str) -> None:
    path = tmp_path / f"song.{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        check(read_lyrics(path))
    except InputError as error:
        assert error.where.startswith(str(path)) and error.hint


@QUICK
@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(["la la", "Come home", "♪", "before the snow"])
            | st.text(min_size=1, max_size=500),
            st.floats(0, 100),
            st.floats(0, 100),
            st.lists(st.floats(0, 100), max_size=3),
        ),
        max_size=30,
    )
)
def test_anything_heard_is_lyrics(lines: list[tuple[str, float, float, list[float]]]) -> None:
    lyrics = lyrics_from(lines)
    if lyrics.sections:
        check(lyrics)
