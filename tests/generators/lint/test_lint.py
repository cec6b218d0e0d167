"""The linter: silent on good boards, exact on what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storyboard.generators.lint import Finding, lint
from storyboard.schema.board import Storyboard

BoardWith = Callable[..., Storyboard]
UNRHYMED = [
    "The kettle stands beside the garden wall",
    "A letter came for someone I once was",
    "I walked until the houses fell away",
    "And nobody was waiting at the bridge",
]


def codes(board: Storyboard) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in lint(board)]


def test_a_good_board_has_no_findings(good_board: Storyboard) -> None:
    assert lint(good_board) == []


def test_english_lyrics_are_judged_in_english_whatever_the_language_of_the_storyboard(
    board_with: BoardWith,
) -> None:
    board = board_with()
    assert lint(board.model_copy(update={"language": "de"})) == []
    unrhymed = board_with(sections={1: UNRHYMED}).model_copy(update={"language": "pt-BR"})
    assert codes(unrhymed) == [("rhyme", "song.sections[1]")]


SONG: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"sections": {1: UNRHYMED}}, [("rhyme", "song.sections[1]")]),
    (
        {"sections": {1: ["A night"], 3: [*UNRHYMED[:1], "word " * 24, UNRHYMED[2]]}},
        [("length", "song.sections[3].lines[1]"), ("evenness", "song.sections[3].lines[1]")],
    ),
    (
        {"tempo_bpm": 56.7, "sections": {3: ["wandering " * 5 + "home"]}},
        [("tempo", "song.sections[3].lines[0]")],
    ),
    ({"sections": {1: ["Hold me close now"] * 4}}, [("repetition", "song.sections[1].lines[0]")]),
    (
        {"sections": {1: ["I know the way", "I go today"], 3: ["I know the way!", "I go today"]}},
        [("repetition", "song.sections[3]")],
    ),
    (
        {"sections": {4: ["All the words are new", "So are you", "None of them came back", "On the track"]}},
        [("chorus", "song.sections[4]")],
    ),
    ({"title": "A Ferry to Odessa"}, [("title", "song.title")]),
]


@pytest.mark.parametrize(("changes", "expected"), SONG)
def test_what_is_wrong_with_the_lyrics_is_named(
    changes: dict[str, Any], expected: list[tuple[str, str]], board_with: BoardWith
) -> None:
    # The scenes carry other lines then; only the song is judged here.
    sections = changes.get("sections", {})
    board = board_with()
    parts = [
        part.model_copy(update={"lines": sections.get(index, part.lines)})
        for index, part in enumerate(board.song.sections)
    ]
    song = board.song.model_copy(
        update={**{key: value for key, value in changes.items() if key != "sections"}, "sections": parts}
    )
    changed = board.model_copy(update={"song": song})
    found = [finding for finding in lint(changed) if finding.step == "song"]
    assert [(finding.code, finding.where) for finding in found] == expected


SCENES: list[tuple[int, dict[str, Any], str, str, str]] = [
    (0, {"actions": "Nora runs. Idris waves"}, "absent", "scenes[0].actions", "must"),
    (0, {"plot": "Idris sees the umbrella fall."}, "absent", "scenes[0].plot", "should"),
    (3, {"actions": "Idris laughs"}, "idle", "scenes[3].actions", "should"),
    (0, {"actions": "The same woman runs, Nora again"}, "nameless", "scenes[0].actions", "must"),
    (0, {"actions": "Nora runs as the protagonist of the film"}, "nameless", "scenes[0].actions", "must"),
    (0, {"actions": "Nora waits and he takes the umbrella"}, "nameless", "scenes[0].actions", "must"),
    (1, {"actions": "Idris sits down and she sleeps"}, "nameless", "scenes[1].actions", "must"),
    (4, {"setting": "a coffee house", "weather": "clear"}, "same-picture", "scenes[4].setting", "should"),
    (3, {"actions": " "}, "no-action", "scenes[3].actions", "must"),
    (4, {"characters": []}, "no-performer", "scenes[4].characters", "should"),
    (0, {"actions": "Nora runs at 120 BPM"}, "music-words", "scenes[0].actions", "should"),
    (0, {"setting": "a platform in A minor"}, "music-words", "scenes[0].setting", "should"),
    (0, {"prompt": "Nora runs, catchy chorus"}, "music-words", "scenes[0].prompt", "should"),
    (0, {"plot": "They plan to kill all Jews."}, "unsafe", "scenes[0].plot", "must"),
]  # fmt: skip


@pytest.mark.parametrize(("index", "change", "code", "where", "severity"), SCENES)
def test_what_is_wrong_with_a_scene_is_named(
    index: int, change: dict[str, Any], code: str, where: str, severity: str, board_with: BoardWith
) -> None:
    found = lint(board_with(scenes={index: change}))
    assert [(each.code, each.where, each.severity, each.step) for each in found if each.code == code] == [
        (code, where, severity, "board")
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"actions": "Nora reads Idris's letter"},
        {"actions": "Nora looks at a photo of Idris"},
        {"actions": "Nora thinks of Idris and runs"},
        {"plot": "Nora waits for Idris. Idris never comes."},
        {"actions": "Nora runs past a policeman while he writes a ticket"},
        {"actions": "Nora sings on a stage with a guitar"},
        {"setting": "a street after a minor accident"},
        {"actions": "Nora dances in a chorus line"},
    ],
)
def test_what_only_looks_wrong_is_left_alone(change: dict[str, Any], board_with: BoardWith) -> None:
    assert lint(board_with(scenes={0: change})) == []


def test_a_chorus_that_nobody_performs_is_found(board_with: BoardWith) -> None:
    board = board_with(scenes={2: {"kind": "story"}, 4: {"kind": "story"}})
    assert codes(board) == [("performance", "scenes[2].kind")]


def test_a_setting_in_three_scenes_is_found(board_with: BoardWith) -> None:
    change = {"setting": "an empty railway platform under an iron roof"}
    board = board_with(scenes={1: {**change, "weather": "fog"}, 5: change})
    assert codes(board) == [("setting-repeated", "scenes[5].setting")]


def test_two_people_in_the_same_colours_are_found(board_with: BoardWith) -> None:
    clothes = [{"item": "dress", "color": "bright yellow"}, {"item": "shoes", "color": "green"}]
    assert codes(board_with(cast={1: {"clothing": clothes}})) == [("look-alike", "cast[1]")]
    assert codes(board_with(cast={1: {"clothing": clothes, "gender": "boy"}})) == []


def test_somebody_who_is_never_shown_is_found(board_with: BoardWith) -> None:
    scenes = {index: {"characters": ["Nora"], "actions": "Nora sings", "plot": ""} for index in (1, 2, 3, 4)}
    assert codes(board_with(scenes=scenes)) == [("never-shown", "cast[1]")]


def test_lines_out_of_order_are_found_in_a_board_that_nobody_validated(board_with: BoardWith) -> None:
    board = board_with()
    first, second, *others = board.scenes
    swapped = [
        first.model_copy(update={"lines": second.lines}),
        second.model_copy(update={"lines": first.lines}),
    ]
    found = lint(board.model_copy(update={"scenes": [*swapped, *others]}))
    assert [(each.code, each.where, each.severity) for each in found] == [("lines", "scenes", "must")]
    assert "[1, 0]" in found[0].message


def test_a_child_is_in_no_scene_with_anything_sexual(board_with: BoardWith) -> None:
    scenes = {0: {"mood": "sexy", "actions": "Nora runs", "plot": "A seductive night."}}
    assert codes(board_with(scenes=scenes)) == []
    found = lint(board_with(scenes=scenes, cast={0: {"age": 12, "gender": "girl"}}))
    assert [(each.code, each.where) for each in found] == [("unsafe", "scenes[0].actions")]


def test_the_same_board_gives_the_same_findings(board_with: BoardWith) -> None:
    board = board_with(sections={1: UNRHYMED}, scenes={0: {"actions": "The same man waves"}}, title="Otters")
    assert lint(board) == lint(Storyboard.model_validate(board.model_dump()))
    assert len(lint(board)) >= 3
    assert all(isinstance(finding, Finding) and len(finding.message) < 400 for finding in lint(board))
