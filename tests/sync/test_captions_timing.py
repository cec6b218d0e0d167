"""When a line is shown, and how its words are divided."""

from __future__ import annotations

from itertools import pairwise

import pytest

from storyboard.schema.song import LineRef
from storyboard.schema.timeline import SongMap, Word
from storyboard.sync.captions import caption_spans
from storyboard.sync.captions.lines import as_written


def _map(*lines: tuple[float, float], unsung: list[LineRef] | None = None) -> SongMap:
    words = [
        Word(text="la", start_s=start_s, end_s=end_s, section=0, line=index)
        for index, (start_s, end_s) in enumerate(lines)
    ]
    return SongMap(duration_s=60, words=words, unsung=unsung or [])


def test_a_line_appears_before_its_first_word_and_stays_after_its_last() -> None:
    [span] = caption_spans(_map((10.0, 12.0)))
    assert 0.2 <= 10.0 - span.start_s <= 0.6
    assert 0.2 <= span.end_s - 12.0 <= 1.0


def test_a_single_short_word_is_shown_long_enough_to_be_read() -> None:
    [span] = caption_spans(_map((10.0, 10.2)))
    assert span.end_s - span.start_s >= 1.0


def test_lines_close_together_share_the_time_between_them() -> None:
    first, second = caption_spans(_map((10.0, 11.9), (12.0, 13.0)))
    assert first.end_s == pytest.approx(11.9)
    assert 11.9 < second.start_s <= 12.0


def test_two_lines_are_shown_at_once_only_while_both_are_sung() -> None:
    spans = caption_spans(_map((10.0, 13.0), (12.0, 15.0), (16.0, 17.0), (17.2, 18.0)))
    assert [a.end_s > b.start_s for a, b in pairwise(spans)] == [True, False, False]
    for span in spans:
        assert span.start_s <= span.words[0].start_s
        assert span.end_s >= span.words[-1].end_s


def test_a_line_that_is_not_sung_is_not_shown() -> None:
    spans = caption_spans(_map((10.0, 12.0), (13.0, 14.0), unsung=[(0, 1)]))
    assert [span.ref for span in spans] == [(0, 0)]


def test_nothing_is_shown_before_the_song_or_after_it() -> None:
    first, last = caption_spans(_map((0.1, 1.0), (59.5, 59.9)))
    assert first.start_s == 0.0
    assert last.end_s == 60.0


@pytest.mark.parametrize(
    ("heard", "line", "parts"),
    [
        (["Dónde", "estás"], "¿Dónde estás?", ("¿Dónde ", "estás?")),
        (["夜", "に", "駆ける"], "夜に、駆ける。", ("夜", "に、", "駆ける。")),
        (["don't", "go"], "“Don't  go”", ("“Don't ", "go”")),
        (["one", "two"], "one (two)", ("one ", "(two)")),
        (["twenty", "one"], "Twenty-one!", ("Twenty-", "one!")),
        (["five", "cats"], "5 cats,", ("5 ", "cats,")),
        (["five", "cats"], "something else entirely", ("five ", "cats")),
        (["ist", "gross"], "ist groß", ("ist ", "groß")),
    ],
)
def test_each_word_has_its_part_of_the_line(heard: list[str], line: str, parts: tuple[str, ...]) -> None:
    assert as_written(heard, line) == parts
