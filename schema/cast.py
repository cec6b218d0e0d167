"""The character sheet: the one record from which a character's looks are described everywhere."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from storyboard.schema.document import Line, Part, Text

Gender = Literal["woman", "man", "girl", "boy", "person", "animal", "robot", "creature"]


class Hair(Part):
    """Hair: colour, length and style, each a word or two."""

    color: Line
    length: Literal["bald", "short", "medium", "long"]
    style: Text = ""


class Garment(Part):
    """One piece of clothing."""

    item: Line
    color: Line
    material: Text = ""


class Character(Part):
    """A character sheet; scenes name it by `name`."""

    name: Annotated[Line, Field(max_length=40)]
    gender: Gender
    age: int = Field(ge=1, le=120, description="years")
    hair: Hair
    eyes: Line
    face: Text = ""
    height: Text = ""
    clothing: list[Garment] = Field(min_length=1, max_length=8)
