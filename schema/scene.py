"""The scene: a unit of the story, with the sung lines it carries."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import Field

from storyboard.schema.cast import Garment
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.song import LineRef

SceneKind = Literal["performance", "story", "environment"]
TimeOfDay = Literal["dawn", "morning", "day", "golden hour", "dusk", "night"]
Weather = Literal["clear", "cloudy", "rain", "snow", "fog", "wind"]


Share = Annotated[float, Field(ge=0, le=1)]


class SceneGenerator(Part):
    """Overrides for one scene; an empty name means the storyboard's video generator."""

    name: Text = ""
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)


class Scene(Part):
    """One scene of the storyboard."""

    id: Annotated[Line, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    title: Line
    setting: Line
    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    characters: list[Line] = Field(default_factory=list, max_length=4, description="names from cast")
    outfits: dict[str, list[Garment]] = Field(
        default_factory=dict,
        description="clothes that a character wears in this scene instead of the sheet's, by name",
    )
    actions: Text = Field(default="", description="what each character named does")
    plot: Text = ""
    kind: SceneKind = "story"
    camera: Text = ""
    mood: Text = ""
    focus: tuple[Share, Share] | None = Field(
        default=None,
        description="where the eye shall be, from the left and the top, 0 to 1; other shapes keep it in view",
    )
    lines: list[LineRef] = Field(
        default_factory=list, description="the sung lines it carries, as [section, line] from 0"
    )
    prompt: Text = Field(
        default="", description="made from the fields above and the cast; edit it and yours is kept"
    )
    prompt_digest: Text = Field(
        default="", description="while this matches the prompt, the prompt follows the fields"
    )
    negative_prompt: Text = ""
    seed: int = Field(default=0, ge=0, lt=2**32)
    locked: bool = Field(default=False, description="revisions leave a locked scene as it is")
    generator: SceneGenerator = Field(default_factory=SceneGenerator)

    @property
    def has_own_prompt(self) -> bool:
        """Whether a person wrote the prompt, so that it must be kept."""
        return bool(self.prompt) and digest_of(self.prompt) != self.prompt_digest

    def with_prompt(self, prompt: str) -> Scene:
        """Return this scene with a prompt made from its fields."""
        return self.model_copy(update={"prompt": prompt, "prompt_digest": digest_of(prompt)})


def digest_of(text: str) -> str:
    """Return a short digest by which an edited prompt is told from a generated one."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
