"""BuiltinWriter: a storyboard from rules and word data, for when there is no language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from storyboard.generators.llm.builtin.boarding import board_of
from storyboard.generators.llm.builtin.casting import Part, cast_of, parts_of, voice_of
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.reading import Reading, read
from storyboard.generators.llm.builtin.songwriting import compose
from storyboard.generators.llm.builtin.story import story_of
from storyboard.generators.llm.writer import Brief, LookWords
from storyboard.schema.board import Story
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene
from storyboard.schema.song import Song


class BuiltinWriter:
    """Writes in English about a topic in any language, the same for the same topic and seed."""

    name: ClassVar[str] = "builtin"
    version: ClassVar[str] = "1"

    def check(self) -> None:
        """Nothing is needed but this package."""

    def write_song(self, brief: Brief) -> Song:
        """Write lyrics that rhyme and scan around the topic's own words."""
        reading = read(brief.topic)
        return compose(reading, brief.seed, brief.n_scenes, voice_of(parts_of(reading, brief.seed)))

    def look(self, brief: Brief, song: Song) -> LookWords:
        """Return style words (the brief's, if it has any) and five colours by the topic's mood."""
        reading = read(brief.topic)
        rng = reading.rng(brief.seed, "look")
        mood = table("looks")[reading.themes[0].mood]
        style, palette = rng.choice(mood["styles"]), rng.choice(mood["palettes"])
        return brief.style or style, list(palette)

    def tell_story(self, brief: Brief, song: Song) -> Story:
        """Tell what goes wrong and what changes."""
        reading, parts, cast = self._people(brief)
        return story_of(reading, parts, cast)

    def cast(self, brief: Brief, song: Song, story: Story) -> list[Character]:
        """Return two or three characters in different colours, hair and clothes."""
        return self._people(brief)[2]

    def draw_board(
        self,
        brief: Brief,
        song: Song,
        story: Story,
        cast: list[Character],
        findings: Sequence[str] = (),
    ) -> list[Scene]:
        """Return scenes in different places, the lines of the song split among them in order."""
        reading = read(brief.topic)
        return board_of(reading, brief.seed, brief.n_scenes, song, story, cast, findings)

    def _people(self, brief: Brief) -> tuple[Reading, list[Part], list[Character]]:
        reading = read(brief.topic)
        parts = parts_of(reading, brief.seed)
        return reading, parts, cast_of(parts, reading.rng(brief.seed, "cast"))
