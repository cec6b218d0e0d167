"""Requests that rules can read, and what they leave as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storyboard.generators.lint import lint
from storyboard.generators.llm import Brief
from storyboard.generators.llm.builtin import BuiltinWriter
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import InputError

BRIEF = Brief(topic="Anna and Tom get married on a boat")


@pytest.fixture(scope="module")
def board(board_of: Callable[..., Storyboard]) -> Storyboard:
    """Return a board under one grey sky, so that whatever weather is asked for is another."""
    board = board_of(BRIEF.topic)
    scenes = [scene.model_copy(update={"weather": "cloudy"}) for scene in board.scenes]
    return board.model_copy(update={"scenes": scenes})


def revised(board: Storyboard, request: str) -> Storyboard:
    after = BuiltinWriter().revise(BRIEF, board, request)
    return Storyboard.model_validate(after.model_dump())


def changed_fields(before: Any, after: Any, path: str = "") -> set[str]:
    """Return the paths of fields that differ."""
    if isinstance(before, dict):
        return {f for key in before for f in changed_fields(before[key], after[key], f"{path}.{key}")}
    if isinstance(before, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return {f for i, (one, other) in pairs for f in changed_fields(one, other, f"{path}[{i}]")}
    return {path.lstrip(".")} if before != after else set()


def touched(board: Storyboard, request: str) -> set[str]:
    return changed_fields(board.model_dump(), revised(board, request).model_dump())


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("make scene 3 a rooftop at night", {"setting": "rooftop", "time_of_day": "night"}),
        ("scene 2 in the rain", {"weather": "rain"}),
        ("put the first scene on the beach at sunset", {"setting": "beach", "time_of_day": "golden hour"}),
        ("the last scene at dawn", {"time_of_day": "dawn"}),
        ("scene two in a submarine full of parrots", {"setting": "a submarine full of parrots"}),
        ("the second scene should happen in a snowy forest", {"setting": "forest", "weather": "snow"}),
        ("scene 4: Tom sits and reads", {"actions": "Tom sits and reads."}),
        ("scene 1 title: Before the Tide", {"title": "Before the Tide"}),
        ("scene 3 camera: static", {"camera": "static"}),
        ("make it fog in scene 5", {"weather": "fog"}),
    ],
)
def test_a_scene_becomes_what_was_asked(
    request_text: str, expected: dict[str, str], board: Storyboard
) -> None:
    paths = touched(board, request_text)
    [index] = {int(path.split("[")[1].split("]")[0]) for path in paths}
    scene = revised(board, request_text).scenes[index]
    assert {name: text for name, text in expected.items() if text not in getattr(scene, name)} == {}
    assert {path.split(".")[-1].split("[")[0] for path in paths} <= {
        *expected,
        *({"title", "actions"} if "setting" in expected else {"characters"}),
    }


@pytest.mark.parametrize("number", range(1, 7))
def test_another_place_leaves_nothing_for_the_linter(number: int, board: Storyboard) -> None:
    assert lint(revised(board, f"scene {number} in a museum")) == []


def test_who_is_in_a_scene_follows_the_words(board: Storyboard) -> None:
    assert revised(board, "scene 4: Tom sits and reads").scenes[3].characters == ["Tom"]
    alone = next(i for i, scene in enumerate(board.scenes) if scene.characters == ["Anna"])
    joined = revised(board, f"add Tom to scene {alone + 1}")
    assert joined.scenes[alone].characters == ["Anna", "Tom"] and "Tom" in joined.scenes[alone].actions
    left = revised(joined, f"scene {alone + 1} without Tom").scenes[alone]
    assert left.characters == ["Anna"] and "Tom" not in left.actions and "Anna" in left.actions


def test_a_name_changes_wherever_it_stands_but_in_the_lyrics(board: Storyboard) -> None:
    after = revised(board, "rename Anna to Ines")
    assert after.cast[0].name == "Ines" and after.song == board.song
    told = [after.story.summary.split(":")[0], *(scene.actions + scene.plot for scene in after.scenes)]
    assert not any("Anna " in text and "Anna and Tom get" not in text for text in told)
    assert lint(after) == []


def test_clothes_and_hair_take_the_place_of_what_was_there(board: Storyboard) -> None:
    anna = revised(board, "Anna wears a red wool coat").cast[0]
    coats = [garment for garment in anna.clothing if garment.item == "coat"]
    assert [(coat.color, coat.material) for coat in coats] == [("red", "wool")]
    again = revised(revised(board, "Anna wears a red wool coat"), "Anna wears a black leather jacket").cast[0]
    assert "coat" not in [garment.item for garment in again.clothing]
    hair = revised(board, "Tom has long curly green hair").cast[1].hair
    assert (hair.color, hair.length, hair.style) == ("green", "long", "curly")


def test_the_song_follows_requests(board: Storyboard) -> None:
    tempo_bpm = board.song.tempo_bpm
    assert revised(board, "faster").song.tempo_bpm > tempo_bpm > revised(board, "a bit slower").song.tempo_bpm
    assert revised(board, "much slower").song.tempo_bpm < revised(board, "slower").song.tempo_bpm
    assert revised(board, "make it 97 bpm").song.tempo_bpm == 97
    assert revised(board, "in Bb minor").song.key == "Bb minor"
    assert revised(board, "title: Two Rings").song.title == "Two Rings"
    assert touched(board, "title: Two Rings") == {"song.title"}
    assert touched(board, "style: charcoal on paper") == {"look.style"}


def test_several_requests_are_carried_out_in_order(board: Storyboard) -> None:
    after = revised(board, "scene 1 in the snow; slower\nrename Tom to Theo")
    assert after.scenes[0].weather == "snow" and after.song.tempo_bpm < board.song.tempo_bpm
    assert after.cast[1].name == "Theo"


def test_a_locked_scene_is_never_changed(board: Storyboard) -> None:
    locked = revised(board, "lock scene 1")
    for request in ("scene 1 at night", "rename Anna to Ines", "scene 1: Tom sings"):
        with pytest.raises(InputError, match="scene 1 is locked"):
            revised(locked, request)
    assert revised(locked, "scene 2 in the rain").scenes[0] == locked.scenes[0]
    assert revised(revised(locked, "unlock scene 1"), "scene 1 in the fog").scenes[0].weather == "fog"


@pytest.mark.parametrize(
    "request_text",
    [
        "",
        "make it better",
        "she should leave in the last verse",
        "scene 2 nicer please",
        "scene 99 at night",
        "rename Bob to Al",
        "Bob wears a hat",
        "900 bpm",
        "rename Anna to Tom",
        "x" * 2000,
        "scene 1 title: " + "y" * 999,
    ],
)
def test_what_cannot_be_done_says_what_can(request_text: str, board: Storyboard) -> None:
    with pytest.raises(InputError) as refused:
        revised(board, request_text)
    assert refused.value.message and refused.value.hint
