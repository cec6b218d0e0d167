"""Prompts: Jinja templates beside this file, and the one function that renders them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from storyboard.prompts import wording
from storyboard.prompts.compact import compact_scene_prompt
from storyboard.schema.board import Direction, Look
from storyboard.schema.cast import Character
from storyboard.schema.errors import StoryboardError
from storyboard.schema.scene import Scene

if TYPE_CHECKING:
    import jinja2

__all__ = ["character_description", "compact_scene_prompt", "negative_prompt", "render", "scene_prompt"]


def render(name: str, /, **inputs: Any) -> str:
    """Render a template by name; its inputs are listed in its first lines.

    Raises:
        StoryboardError: there is no such template, or an input that it uses is missing.
    """
    import jinja2

    try:
        return _environment().get_template(f"{name}.j2").render(**inputs).strip()
    except jinja2.TemplateNotFound as error:
        allowed = ", ".join(sorted(file.removesuffix(".j2") for file in _environment().list_templates()))
        raise StoryboardError(
            f"there is no prompt template {error.name!r}", where="prompts", hint=f"use one of: {allowed}"
        ) from error
    except jinja2.UndefinedError as error:
        raise StoryboardError(
            f"{error.message}",
            where=f"prompts/{name}.j2",
            hint="give the template every input its first lines list",
        ) from error


def character_description(character: Character) -> str:
    """Describe a character sheet in one clause, the same wherever it is used."""
    return " ".join(render("character", character=character).split())


def scene_prompt(
    scene: Scene, characters: Sequence[Character], look: Look, directions: Sequence[Direction] = ()
) -> str:
    """Return the prompt for a video model: what is seen, who is there, style last.

    `directions` are the user's wishes for the lines of the scene.
    """
    descriptions = [character_description(character) for character in characters]
    inputs = {"scene": scene, "descriptions": descriptions, "look": look, "directions": directions}
    return " ".join(render("scene", **inputs).split())


def negative_prompt(look: Look, wished: str = "") -> str:
    """Return what a video model should keep out of every scene; `wished` is what the user wants kept out."""
    return " ".join(render("negative", look=look, wished=wished.strip(" ,")).split())


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__name__, "."),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the output is text for a model, never HTML
    )
    for word in (wording.quoted, wording.one_line, wording.with_article, wording.one_sentence, wording.seen):
        environment.filters[word.__name__] = word
    environment.filters["in_the_air"] = wording.in_the_air
    environment.filters["language_name"] = wording.language_name
    environment.filters["description"] = character_description
    return environment
