"""What a language model is asked to fill in: the shapes of its answers, whose JSON Schema it is sent."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storyboard.schema.board import Color
from storyboard.schema.cast import Character
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.scene import SceneKind, TimeOfDay, Weather

MAX_CAST = 4


class LookAnswer(Part):
    """What a model says about the look."""

    style: Line
    palette: list[Color] = Field(min_length=5, max_length=5, description="dark to light, #rrggbb")


class CastAnswer(Part):
    """What a model says about the cast."""

    characters: Annotated[list[Character], Field(min_length=1, max_length=MAX_CAST)]


class SceneDraft(Part):
    """What a model decides about a scene; ids, lines and seeds are not its to choose."""

    title: Line
    setting: Line
    time_of_day: TimeOfDay
    weather: Weather
    characters: list[Line] = Field(default_factory=list, max_length=4)
    actions: Text
    plot: Text
    kind: SceneKind
    camera: Text
    mood: Text


class BoardAnswer(Part):
    """What a model says about the board."""

    scenes: list[SceneDraft]


class Score(Part):
    """One criterion of a review."""

    score: Annotated[int, Field(ge=1, le=5)]
    reason: Text
    where: Text = ""


class CritiqueAnswer(Part):
    """What a model says of a whole storyboard, by the five criteria."""

    lyrics: Score
    story: Score
    cast: Score
    pictures: Score
    variety: Score


class Edit(Part):
    """One field of the storyboard and what it becomes."""

    where: Line = Field(description='for example "scene 3.setting", "Mia.hair.color", "song.tempo_bpm"')
    value: Line


class RevisionAnswer(Part):
    """What a model makes of a wish: the fewest edits that fulfil it."""

    edits: list[Edit] = Field(max_length=64)
