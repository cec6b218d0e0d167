"""Free text to actions."""

from __future__ import annotations

import pytest

from storyboard.generators.video.animatic.figure.actions import ACTIONS, actions_of
from storyboard.schema.scene import Scene


def scene(actions: str, kind: str = "story", names: tuple[str, ...] = ("Maya", "Leo")) -> Scene:
    record = {
        "id": "s",
        "title": "t",
        "setting": "a room",
        "characters": list(names),
        "actions": actions,
        "kind": kind,
    }
    return Scene.model_validate(record)


@pytest.mark.parametrize(
    ("text", "maya", "leo"),
    [
        ("Maya scrolls through her phone. Leo strums a guitar.", "phone", "guitar"),
        ("Maya stares at the sky while Leo waves", "look_up", "wave"),
        ("Maya sings into a microphone, Leo dances beside her", "sing", "dance"),
        ("Maya runs down the street; Leo walks behind", "run", "walk"),
        ("Leo sits on a bench. Maya points at the moon.", "point", "sit"),
        ("Maya and Leo dance under the lights", "dance", "dance"),
        ("Maya walks in. She looks up at the stars.", "look_up", "stand"),
        ("Maya waves at Leo", "wave", "stand"),
        ("Maya hugs Leo", "hug", "hug"),
        ("They hug", "hug", "hug"),
        ("Leo turns away. Maya cries.", "cry", "turn_away"),
        ("Maya is typing on a laptop, Leo cooks pasta", "work", "work"),
        ("Leo reads a letter and Maya sleeps on the couch", "sleep", "read"),
        ("Both jump for joy", "jump", "jump"),
        ("Maya laughs, then she sits down", "laugh", "stand"),
        ("Maya gazes up at the stars. Leo leans on the wall", "look_up", "stand"),
        ("Maya stands at the window. A cat runs past.", "stand", "stand"),
        ("Maya sits at the window and looks at her phone. Leo waves.", "sit+phone", "wave"),
        ("Maya sits down, laughs and Leo reads on a bench", "sit+laugh", "sit+read"),
        ("Maya runs along the beach and waves", "run+wave", "stand"),
        ("Maya sits on the steps. Leo runs past the bench.", "sit", "run"),
        ("", "stand", "stand"),
        ("A cat runs past the window", "stand", "stand"),
    ],
)
def test_each_character_does_what_the_text_says(text: str, maya: str, leo: str) -> None:
    assert actions_of(scene(text)) == {"Maya": maya, "Leo": leo}


def test_a_performance_has_a_singer_and_dancers() -> None:
    assert actions_of(scene("", "performance", ("A", "B", "C"))) == {"A": "sing", "B": "dance", "C": "dance"}


def test_a_name_is_not_a_verb() -> None:
    assert actions_of(scene("Rose waits by the door", names=("Rose", "Walker"))) == {
        "Rose": "stand",
        "Walker": "stand",
    }


def test_a_long_name_answers_to_its_first_word() -> None:
    assert actions_of(scene("Maya dances", names=("Maya Lopez",))) == {"Maya Lopez": "dance"}


def test_every_action_that_is_given_can_be_drawn() -> None:
    assert len(set(ACTIONS)) == len(ACTIONS) >= 19
