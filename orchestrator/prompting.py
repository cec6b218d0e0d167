"""Scene prompts: made from each scene's fields and the character sheets, never copied by a model."""

from __future__ import annotations

from storyboard.generators.settings import load_settings
from storyboard.prompts import negative_prompt, scene_prompt
from storyboard.schema.board import Storyboard
from storyboard.schema.scene import Scene


def with_prompts(board: Storyboard) -> Storyboard:
    """Return the storyboard with every prompt up to date; a prompt that a person wrote is kept."""
    scenes = [_prompted(scene, board) for scene in board.scenes]
    return board if scenes == board.scenes else board.model_copy(update={"scenes": scenes})


def _prompted(scene: Scene, board: Storyboard) -> Scene:
    if not scene.has_own_prompt:
        prompt = scene_prompt(scene, board.characters_of(scene), board.look, board.directions_of(scene))
        scene = scene.with_prompt(prompt)
    if not scene.negative_prompt:
        wished = load_settings().video.negative_prompt or ""
        scene = scene.model_copy(update={"negative_prompt": negative_prompt(board.look, wished)})
    return scene
