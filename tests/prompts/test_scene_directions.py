"""The user's wishes for single lines reach the prompt of the scene that carries them."""

from __future__ import annotations

from storyboard.orchestrator.prompting import with_prompts
from storyboard.schema.board import Direction, Storyboard


def test_a_wish_for_a_line_is_in_the_prompt_of_its_scene_and_no_other(board: Storyboard) -> None:
    wish = Direction(section=2, line=1, prompt="lanterns go out one by one", style="charcoal")
    scenes = with_prompts(board.model_copy(update={"directions": [wish]})).scenes
    assert "Lanterns go out one by one. Charcoal." in scenes[1].prompt
    assert not any("anterns go out" in scene.prompt for scene in (scenes[0], scenes[2]))
