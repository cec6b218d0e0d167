"""Prompts: made from each scene's fields and the character sheets, never copied by a model."""

from __future__ import annotations

from storyboard.generators.seams import Cue, VideoRequest
from storyboard.generators.settings import load_settings
from storyboard.prompts import character_description, negative_prompt, scene_prompt
from storyboard.schema.board import Look, Storyboard
from storyboard.schema.cast import Character
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
        scene = scene.model_copy(update={"negative_prompt": unwanted_in(board.look)})
    return scene


def unwanted_in(look: Look) -> str:
    """Return what no picture of a film should show, with what the user's settings keep out of every film."""
    return negative_prompt(look, load_settings().video.negative_prompt or "")


def portrait_prompt(character: Character, look: Look) -> str:
    """Return the prompt for the one picture that says how a character looks."""
    parts = [
        f"Portrait of {character_description(character)}",
        "Alone, head and shoulders, facing the camera, plain light background, soft even light",
        f"Style: {look.style}" if look.style else "",
    ]
    return " ".join(f"{part}." for part in parts if part)


def key_frame_prompt(request: VideoRequest, shot: int) -> str:
    """Return the prompt for the picture that a shot begins with: what is wished for the line sung then."""
    wished = next((cue for cue in reversed(_begun(request, shot)) if cue.prompt or cue.style), None)
    parts = [wished.prompt, wished.style] if wished else []
    return " ".join([*(f"{part.rstrip('. ')}." for part in parts if part), request.scene.prompt])


def unwanted_in_key_frame(request: VideoRequest, shot: int) -> str:
    """Return what that picture shall not show: nor what the line sung then shall not."""
    held = [cue.negative_prompt for cue in _begun(request, shot)[-1:]]
    return ", ".join(text for text in (request.scene.negative_prompt, *held) if text)


def _begun(request: VideoRequest, shot: int) -> list[Cue]:
    """Return the wishes that have begun when a shot does."""
    return [cue for cue in request.cues if cue.first_frame <= request.shots[shot].first_frame]
