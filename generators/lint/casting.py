"""The cast: whether its people can be told apart, and whether each is seen at all."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.generators.lint.finding import Finding
from storyboard.schema.board import Storyboard
from storyboard.schema.cast import Character

_SIZES = {"woman": "adult", "man": "adult", "person": "adult", "girl": "child", "boy": "child"}


def look_alikes(board: Storyboard) -> Iterator[Finding]:
    """Find pairs of one size with the same hair and clothing colours: viewers mix them up."""
    for index, one in enumerate(board.cast):
        for other in board.cast[:index]:
            if _seen(one) == _seen(other):
                yield Finding(
                    code="look-alike",
                    where=f"cast[{index}]",
                    message=f"{one.name} and {other.name} have the same hair and clothing colours; "
                    "change one of them",
                    step="cast",
                    severity="must",
                )


def never_shown(board: Storyboard) -> Iterator[Finding]:
    """Find characters with a sheet that no scene shows."""
    shown = {name for scene in board.scenes for name in scene.characters}
    for index, character in enumerate(board.cast):
        if character.name not in shown:
            message = f"no scene shows {character.name}; put them into one, or leave them out of the cast"
            yield Finding(code="never-shown", where=f"cast[{index}]", message=message, step="board")


def _seen(character: Character) -> tuple[object, ...]:
    size = _SIZES.get(character.gender, character.gender)
    colors = {garment.color.lower().split()[-1] for garment in character.clothing}
    hair = character.hair.color.lower() if character.hair.length != "bald" else "bald"
    return size, hair, frozenset(colors)
