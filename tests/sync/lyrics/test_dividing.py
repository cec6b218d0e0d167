"""Lyrics of one line a row without any mark between them: choruses found by what returns, verses between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.song import Song
from storyboard.sync.lyrics import Lyrics, lyrics_from, merged, read_lyrics, write_sheet

Read = Callable[..., Lyrics]
FIRST = ["the ferry leaves at seven", "with a dog upon the deck", "my coat is full of feathers", "and salt"]
SECOND = ["the harbour has a tailor", "who mends the broken sails", "he whistles to the seagulls", "all day"]
THIRD = ["somebody left a trumpet", "on the steps beside the church", "so we played until the bakers", "woke"]
HOOK = ["carry me over", "carry me slowly over the bay", "lantern in the water", "show me the way"]
BRIDGE = ["if the engine dies", "if the map is wrong", "i will swim beside you", "all night long"]


def kinds(lyrics: Lyrics) -> list[tuple[str, int]]:
    return [(section.kind, len(section.lines)) for section in lyrics.sections]


def heard(lines: list[str]) -> Lyrics:
    return lyrics_from([(text, 3.0 * n, 3.0 * n + 2.5, [3.0 * n]) for n, text in enumerate(lines)])


def from_text(read: Read, lines: list[str]) -> Lyrics:
    return read("\n".join(lines))


def test_what_returns_is_a_chorus_each_time(read: Read, shape: Any) -> None:
    sung = [*FIRST, *HOOK, *SECOND, *HOOK, *BRIDGE, *HOOK, *HOOK]
    wanted = [
        ("verse", FIRST), ("chorus", HOOK), ("verse", SECOND), ("chorus", HOOK), ("verse", BRIDGE),
        ("chorus", HOOK), ("chorus", HOOK),
    ]  # fmt: skip
    assert shape(from_text(read, sung)) == wanted == shape(heard(sung))
    assert from_text(read, sung).tells == frozenset()


def test_a_chorus_with_other_words_here_and_there_is_the_same_chorus(read: Read) -> None:
    other = [HOOK[0], "and carry me slowly over the bay", HOOK[2], "show me the way home"]
    sung = [*FIRST, *HOOK, *SECOND, *other, *THIRD, *HOOK]
    assert kinds(from_text(read, sung)) == [("verse", 4), ("chorus", 4)] * 3
    assert from_text(read, sung).lines() == sung


def test_verses_that_are_built_alike_are_no_chorus(read: Read) -> None:
    alike = [f"on {day} i was {mood} and walked" for day, mood in zip("abcdefgh", "stuvwxyz", strict=True)]
    assert kinds(from_text(read, alike)) == [("verse", 8)]
    numbered = [f"and so i count the days until day {n}" for n in range(8)]
    assert kinds(from_text(read, numbered)) == [("verse", 8)]


def test_the_passage_that_covers_most_lines_is_the_chorus_not_a_pair_within_it(read: Read) -> None:
    hook = [*HOOK, *HOOK[:2], "lantern on the island", "stay"]
    sung = [*FIRST, *hook, *SECOND, *hook, *THIRD, *hook]
    assert kinds(from_text(read, sung)) == [("verse", 4), ("chorus", 8)] * 3


def test_a_line_that_follows_only_some_of_the_choruses_belongs_to_those(read: Read) -> None:
    longer = [*HOOK, "over the bay, over the bay"]
    sung = [*FIRST, *longer, *SECOND, *longer, *THIRD, *HOOK]
    assert [n for kind, n in kinds(from_text(read, sung)) if kind == "chorus"] == [5, 5, 4]


def test_a_tag_belongs_to_the_chorus_before_it(read: Read) -> None:
    sung = [*FIRST, *HOOK, "all night", *HOOK, *SECOND, *HOOK, HOOK[3], HOOK[3]]
    assert kinds(from_text(read, sung)) == [
        ("verse", 4), ("chorus", 5), ("chorus", 4), ("verse", 4), ("chorus", 6),
    ]  # fmt: skip


def test_a_line_sung_over_and_over_is_one_chorus(read: Read) -> None:
    sung = [*FIRST, *["home we go"] * 4, *SECOND, *["home we go"] * 4]
    assert kinds(from_text(read, sung)) == [("verse", 4), ("chorus", 4)] * 2


@pytest.mark.parametrize("n_lines", [9, 10, 15, 17, 22, 31, 33, 64, 70])
def test_a_text_in_which_nothing_returns_is_cut_into_parts_of_four_to_eight(read: Read, n_lines: int) -> None:
    words = [f"{first}{last} drifts" for first in "abcdefghij" for last in "klmnopq"][:n_lines]
    for lyrics in (from_text(read, words), heard(words)):
        assert lyrics.lines() == words
        sizes = [n for _, n in kinds(lyrics)]
        assert all(4 <= n <= 8 for n in sizes) and sum(n % 2 for n in sizes[:-1]) == 0


def test_more_parts_than_a_song_may_have_are_joined(read: Read) -> None:
    lines = [f"row {number} of a saga" for number in range(500)]
    lyrics = from_text(read, lines)
    sections = list(lyrics.sections)
    assert Song(title="x", genre="x", tempo_bpm=90, key="C major", sections=sections) and len(sections) <= 32
    assert lyrics.lines() == lines


def test_blanks_of_the_writer_stay_and_only_a_long_block_with_a_refrain_is_divided(read: Read) -> None:
    rap = [f"{word} goes the wheel" for word in "ab bc cd de ef fg gh hi ij jk kl lm mn no".split()]
    assert kinds(read("\n".join([*rap, "", *HOOK]))) == [("verse", 14), ("verse", 4)]
    assert kinds(read("\n".join([*FIRST, *HOOK, "", *SECOND, *HOOK]))) == [("verse", 8), ("verse", 8)]
    long = [*FIRST, *SECOND, *HOOK]
    assert kinds(read("\n".join([*long, "", *HOOK]))) == [("verse", 8), ("chorus", 4), ("chorus", 4)]
    assert kinds(read("\n".join([*long, "", *THIRD, "", *long]))) == [
        ("chorus", 12),
        ("verse", 4),
        ("chorus", 12),
    ]
    named = "\n".join(["[Verse]", *FIRST, *HOOK, *SECOND, *HOOK])
    assert kinds(read(named)) == [("verse", 16)]


def test_times_follow_their_lines_into_the_parts(read: Read) -> None:
    sung = [*FIRST, *HOOK, *SECOND, *THIRD, *BRIDGE, *HOOK]
    rows = [f"[00:{2 * n:02}.00]{text}" for n, text in enumerate(sung)]
    for lyrics in (read("\n".join(rows), "song.lrc"), heard(sung)):
        assert kinds(lyrics) == [("verse", 4), ("chorus", 4), ("verse", 6), ("verse", 6), ("chorus", 4)]
        assert [time.ref for time in lyrics.times] == list(lyrics.line_refs())
        assert [time.start_s for time in lyrics.times] == sorted(time.start_s for time in lyrics.times)


def test_a_divided_song_comes_back_from_its_sheet_and_takes_edited_words(
    board: Storyboard, read: Read, tmp_path: Any
) -> None:
    sung = [*FIRST, *HOOK, *SECOND, *HOOK]
    lyrics = from_text(read, sung)
    refs = list(lyrics.line_refs())
    song = board.song.model_copy(update={"sections": list(lyrics.sections), "times": []})
    scene = board.scenes[0].model_copy(update={"lines": refs})
    data = board.model_copy(update={"song": song, "scenes": [scene]}).model_dump()
    divided = Storyboard.model_validate(data)
    write_sheet(divided, None, tmp_path / "sheet.xlsx")
    assert merged(divided, read_lyrics(tmp_path / "sheet.xlsx")) == divided
    assert merged(divided, lyrics) == divided
    edited = from_text(read, [line.replace("lantern", "candle") for line in sung])
    new = merged(divided, edited)
    assert [section.kind for section in new.song.sections] == [section.kind for section in lyrics.sections]
    assert new.song.sections[1].lines[2] == "candle in the water"
