"""A storyboard whose parts disagree is refused, with the field path and what is allowed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import DocumentError
from storyboard.schema.files import dump, parse

Edit = Callable[[dict[str, Any]], None]


def refused(data: dict[str, Any], edit: Edit) -> DocumentError:
    wrong = copy.deepcopy(data)
    edit(wrong)
    with pytest.raises(DocumentError) as caught:
        parse(json.dumps(wrong), Storyboard, source="storyboard.json")
    return caught.value


@pytest.mark.parametrize(
    ("edit", "where", "message"),
    [
        (lambda d: d["scenes"][1].update(wheather="rain"), "scenes[1].wheather", "no such field"),
        (lambda d: d["scenes"][1].update(weather="hail"), "scenes[1].weather", "'rain'"),
        (lambda d: d["scenes"][2].update(characters=["Ida", "Bo"]), "scenes[2].characters[1]", "Ida, Jon"),
        (lambda d: d["scenes"][2].update(characters=["Ida", "Ida"]), "scenes[2].characters[1]", "twice"),
        (lambda d: d["scenes"][1].update(id="scene-1"), "scenes[1].id", "two scenes"),
        (lambda d: d["cast"][1].update(name="Ida"), "cast[1].name", "two characters"),
        (lambda d: d["scenes"][0].update(lines=[]), "scenes[0].lines", "at least one sung line"),
        (lambda d: d["scenes"][2].update(lines=[[3, 1], [4, 0]]), "scenes[2].lines", "[4, 1]"),
        (lambda d: d["scenes"][0].update(lines=[[1, 1], [1, 0]]), "scenes[0].lines[0]", "[1, 0] comes next"),
        (lambda d: d["scenes"][0].update(lines=[[1, 0], [9, 0]]), "scenes[0].lines[1]", "[1, 0] to [4, 1]"),
        (lambda d: d["scenes"][0].update(outfits={"Jon": []}), "scenes[0].outfits.Jon", "not in this scene"),
        (lambda d: d["song"].update(key="H major"), "song.key", '"G major"'),
        (lambda d: d["song"].update(tempo_bpm=1000), "song.tempo_bpm", "240"),
        (lambda d: d["song"].pop("title"), "song.title", "is missing"),
        (lambda d: d.update(schema="storyboard/9"), "schema", "storyboard/1"),
        (lambda d: d["cast"][0].update(name="I\u0007da"), "cast[0].name", "control characters"),
    ],
)
def test_names_the_field_and_what_is_allowed(
    board_data: dict[str, Any], edit: Edit, where: str, message: str
) -> None:
    error = refused(board_data, edit)
    assert error.where == f"storyboard.json: {where}"
    assert message in error.message
    assert error.exit_code == 2


def test_further_problems_stand_in_the_hint(board_data: dict[str, Any]) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["scenes"][0]["tempo"] = 1
        data["cast"][0]["age"] = -4

    error = refused(board_data, edit)
    assert "scenes[0].tempo" in error.where + error.hint
    assert "cast[0].age" in error.where + error.hint


def test_text_with_braces_is_quoted_as_it_is(board_data: dict[str, Any]) -> None:
    error = refused(board_data, lambda d: d["scenes"][0].update(characters=["{name}"]))
    assert "'{name}'" in error.message


def test_broken_json_is_located() -> None:
    with pytest.raises(DocumentError, match=r"film\.json, line 2, column 11"):
        parse('{\n  "topic" 1}', Storyboard, source="film.json")


def test_the_same_storyboard_survives_a_round_trip_byte_for_byte(board: Storyboard) -> None:
    text = dump(board)
    assert dump(parse(text, Storyboard, source="x")) == text
    assert '"schema": "storyboard/1"' in text


def test_the_order_of_lines_is_by_occurrence(board: Storyboard) -> None:
    refs = list(board.song.line_refs())
    assert len(refs) == len(set(refs)) == 8
    assert board.song.line((2, 0)) == board.song.line((4, 0)), "the chorus is sung twice, and told apart"


def test_an_outfit_holds_for_its_scene_alone(board: Storyboard) -> None:
    black = board.cast[0].clothing[0].model_copy(update={"color": "black"})
    wet = board.scenes[0].model_copy(update={"outfits": {"Ida": [black]}})
    changed = board.model_copy(update={"scenes": [wet, *board.scenes[1:]]})
    assert changed.characters_of(wet)[0].clothing[0].color == "black"
    assert changed.characters_of(changed.scenes[2])[0].clothing[0].color == "mustard"


def test_an_instrumental_needs_no_lines(board_data: dict[str, Any]) -> None:
    data = copy.deepcopy(board_data)
    data["song"]["sections"] = [{"kind": "intro", "bars": 8}, {"kind": "solo", "bars": 8}]
    for scene in data["scenes"]:
        scene["lines"] = []
    assert Storyboard.model_validate(data).song.sections[1].bars == 8


def test_a_prompt_written_by_hand_is_known_as_such(board: Storyboard) -> None:
    scene = board.scenes[0].with_prompt("a kitchen")
    assert not scene.has_own_prompt
    assert scene.model_copy(update={"prompt": "a kitchen in a submarine"}).has_own_prompt
    assert not scene.model_copy(update={"prompt": ""}).has_own_prompt


@pytest.mark.parametrize(
    ("aspect", "height", "size"),
    [("16:9", 720, (1280, 720)), ("9:16", 720, (404, 720)), ("1:1", 480, (480, 480))],
)
def test_frames_have_even_sizes(board: Storyboard, aspect: str, height: int, size: tuple[int, int]) -> None:
    look = board.look.model_copy(update={"aspect": aspect, "height": height})
    assert look.size == size
