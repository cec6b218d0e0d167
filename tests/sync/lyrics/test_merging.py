"""Edited lyrics brought into a storyboard: what changes, and what stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storyboard.schema.board import Direction, Storyboard
from storyboard.schema.errors import InputError
from storyboard.schema.song import LineTime, Section, SongFile
from storyboard.sync.lyrics import Lyrics, merged

VERSE = ["The kettle sings at half past four", "A postcard slides beneath the door"]
CHORUS = ["Come home before the snow", "Before the lanterns go"]
WORDS_S = [10.0, 10.3, 10.6, 10.9, 11.0, 11.2, 11.5]
Read = Callable[..., Lyrics]


@pytest.fixture
def recorded(board: Storyboard) -> Storyboard:
    """A storyboard of the user's own recording, with a time and a wish."""
    song = board.song.model_copy(
        update={
            "audio": SongFile(file="song.mp3", sha256="0" * 64, duration_s=60),
            "times": [LineTime(section=1, line=0, start_s=10, end_s=12, words_s=WORDS_S)],
        }
    )
    wishes = [Direction(section=4, line=0, prompt="a lantern")]
    return Storyboard.model_validate(
        board.model_copy(update={"song": song, "directions": wishes}).model_dump()
    )


def shape(board: Storyboard) -> list[tuple[str, list[str]]]:
    return [(section.kind, section.lines) for section in board.song.sections]


def carried(board: Storyboard) -> list[list[str]]:
    return [[board.song.line(ref) for ref in scene.lines] for scene in board.scenes]


def test_as_many_lines_take_each_others_place(board: Storyboard, read: Read) -> None:
    lines = [f"New line {number}" for number in range(8)]
    new = merged(board, read("\n".join(lines)))
    assert [section.kind for section in new.song.sections] == ["intro", "verse", "chorus", "verse", "chorus"]
    assert [new.song.line(ref) for ref in new.song.line_refs()] == lines
    assert [scene.lines for scene in new.scenes] == [scene.lines for scene in board.scenes]


def test_nothing_else_changes(board: Storyboard, read: Read) -> None:
    text = "\n".join(board.song.line(ref) for ref in board.song.line_refs())
    assert merged(board, read(text)) == board
    new = merged(board, read(text.replace("kettle", "radio")))
    song = new.song.model_copy(update={"sections": board.song.sections})
    assert new.model_copy(update={"song": song}) == board


def test_sections_are_named_anew_where_the_file_names_them(board: Storyboard, read: Read) -> None:
    text = (
        "[Intro]\n[Verse]\n{0}\n{1}\n[Pre-Chorus]\n{2}\n{3}\n[Verse]\n{1}\n{0}\n[Chorus]\n{2}\n{3}\n[Outro]"
    )
    new = merged(board, read(text.format(*VERSE, *CHORUS)))
    assert shape(new) == [
        ("intro", []),
        ("verse", VERSE),
        ("pre-chorus", CHORUS),
        ("verse", VERSE[::-1]),
        ("chorus", CHORUS),
        ("outro", []),
    ]
    assert carried(new) == carried(board)


def test_an_added_line_goes_to_the_scene_and_section_of_the_line_before(
    board: Storyboard, read: Read
) -> None:
    lines = [*VERSE, *CHORUS, "And one line more", *VERSE[::-1], *CHORUS]
    new = merged(board, read("\n".join(lines)))
    assert [section.lines for section in new.song.sections] == [
        [], VERSE, [*CHORUS, "And one line more"], VERSE[::-1], CHORUS,
    ]  # fmt: skip
    assert carried(new) == [VERSE, [*CHORUS, "And one line more", VERSE[1]], [VERSE[0], *CHORUS]]


def test_a_line_added_at_the_top_goes_to_the_first_scene(board: Storyboard, read: Read) -> None:
    new = merged(board, read("\n".join(["Listen", *VERSE, *CHORUS, *VERSE[::-1], *CHORUS])))
    assert new.song.sections[1].lines == ["Listen", *VERSE]
    assert carried(new)[0] == ["Listen", *VERSE]


def test_a_removed_line_leaves_its_scene(board: Storyboard, read: Read) -> None:
    new = merged(board, read("\n".join([*VERSE, CHORUS[0], *VERSE[::-1], *CHORUS])))
    assert carried(new) == [VERSE, [CHORUS[0], VERSE[1]], [VERSE[0], *CHORUS]]


def test_a_section_whose_lines_are_all_removed_goes_with_them(board: Storyboard, read: Read) -> None:
    new = merged(board, read("\n".join([*VERSE, *VERSE[::-1], *CHORUS])))
    assert shape(new) == [("intro", []), ("verse", VERSE), ("verse", VERSE[::-1]), ("chorus", CHORUS)]
    assert carried(new) == [VERSE, [VERSE[1]], [VERSE[0], *CHORUS]]


def test_an_edited_line_is_known_among_added_and_removed_ones(board: Storyboard, read: Read) -> None:
    edited = ["The kettle sang at half past four", "Something wholly different", "And this too", VERSE[1]]
    new = merged(board, read("\n".join([*edited, *CHORUS, *VERSE[::-1], *CHORUS])))
    assert carried(new) == [edited, [*CHORUS, VERSE[1]], [VERSE[0], *CHORUS]]


def test_a_scene_that_would_be_left_without_a_line_is_named(board: Storyboard, read: Read) -> None:
    with pytest.raises(
        InputError, match=r"scene scene-1 \(The kettle\) would be left without a line"
    ) as raised:
        merged(board, read("\n".join([*CHORUS, *VERSE[::-1], *CHORUS])))
    assert "storyboard.json" in raised.value.hint


def test_times_of_a_recording_are_those_of_the_file(recorded: Storyboard, read: Read) -> None:
    lines = [*VERSE, *CHORUS, *VERSE[::-1], *CHORUS]
    rows = [f"[00:{10 + 4 * index}.00]{line}" for index, line in enumerate(lines)]
    new = merged(recorded, read("\n".join(rows), "song.lrc"))
    assert [(time.ref, time.start_s) for time in new.song.times] == [
        (ref, 10.0 + 4 * index) for index, ref in enumerate(recorded.song.line_refs())
    ]
    assert new.directions == recorded.directions


def test_a_song_that_is_made_here_keeps_the_times_of_its_voice(board: Storyboard, read: Read) -> None:
    lines = [*VERSE, *CHORUS, *VERSE[::-1], *CHORUS]
    rows = [f"[00:{10 + 4 * index}.00]{line}" for index, line in enumerate(lines)]
    assert merged(board, read("\n".join(rows), "song.lrc")) == board


def test_a_file_without_times_and_wishes_leaves_those_of_the_lines_that_stay(
    recorded: Storyboard, read: Read
) -> None:
    new = merged(recorded, read("\n".join(["Listen", *VERSE, *CHORUS, *VERSE[::-1], *CHORUS])))
    (time,) = new.song.times
    assert (time.ref, time.start_s, len(time.words_s)) == ((1, 1), 10.0, 7)
    assert [wish.ref for wish in new.directions] == [(4, 0)]
    shorter = merged(
        recorded, read("\n".join(["The kettle sings", *VERSE[1:], *CHORUS, *VERSE[::-1], *CHORUS]))
    )
    assert [(time.start_s, time.words_s) for time in shorter.song.times] == [(10.0, [])]
    without = merged(recorded, read("\n".join([VERSE[1], *CHORUS, *VERSE[::-1], CHORUS[1]])))
    assert without.song.times == [] and without.directions == []


def test_a_sheet_with_emptied_columns_takes_the_wishes_away(recorded: Storyboard, read: Read) -> None:
    lines = [*VERSE, *CHORUS, *VERSE[::-1], *CHORUS]
    sheet = "lyric,prompt\n" + "\n".join(f"{line}," for line in lines)
    assert merged(recorded, read(sheet, "song.csv")).directions == []
    sheet = sheet.replace(f"{lines[3]},", f"{lines[3]},two lanterns", 1)
    assert [(wish.ref, wish.prompt) for wish in merged(recorded, read(sheet, "song.csv")).directions] == [
        ((2, 1), "two lanterns")
    ]


def test_the_length_of_a_section_in_bars_stays_while_its_lines_do(board: Storyboard, read: Read) -> None:
    sections = [section.model_copy(update={"bars": 8}) for section in board.song.sections]
    board = board.model_copy(update={"song": board.song.model_copy(update={"sections": sections})})
    new = merged(board, read("\n".join([*VERSE, "And more", *CHORUS, *VERSE[::-1], *CHORUS])))
    assert [section.bars for section in new.song.sections] == [8, None, 8, 8, 8]
    text = "[Verse]\n{0}\n{1}\n[Chorus]\n{2}\n{3}\n[Verse]\n{1}\n{0}\n[Chorus]\n{2}\n{3}"
    named = merged(board, read(text.format(*VERSE, *CHORUS)))
    assert [section.bars for section in named.song.sections] == [8, 8, 8, 8]


def test_an_instrumental_film_gets_its_first_words_in_equal_parts(board: Storyboard, read: Read) -> None:
    data: Any = board.model_dump()
    data["song"]["sections"] = [Section(kind="instrumental").model_dump()]
    for scene in data["scenes"]:
        scene["lines"] = []
    silent = Storyboard.model_validate(data)
    new = merged(silent, read("\n".join(f"line {number}" for number in range(6))))
    assert [len(scene.lines) for scene in new.scenes] == [2, 2, 2]
    with pytest.raises(InputError, match="without a line"):
        merged(silent, read("One\nTwo"))


def test_lyrics_of_another_song_altogether_are_refused_with_the_scene_named(
    board: Storyboard, read: Read
) -> None:
    with pytest.raises(InputError, match="scene scene-2"):
        merged(board, read("Wholly\nother\nwords"))
