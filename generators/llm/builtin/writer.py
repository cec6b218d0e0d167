"""BuiltinWriter: a storyboard from rules and word data, for when there is no language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from storyboard.generators.lint.finding import Finding
from storyboard.generators.llm.builtin.boarding import board_of
from storyboard.generators.llm.builtin.casting import cast_of, parts_of, voice_of
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.palettes import palette_of
from storyboard.generators.llm.builtin.reading import read
from storyboard.generators.llm.builtin.revising import revised
from storyboard.generators.llm.builtin.shapes import shape_of
from storyboard.generators.llm.builtin.songwriting import compose
from storyboard.generators.llm.builtin.story import story_of
from storyboard.generators.llm.writer import Brief, LookWords
from storyboard.schema.board import Story, Storyboard
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene
from storyboard.schema.song import Song


class BuiltinWriter:
    """Writes in English about a topic in any language, the same for the same topic, seed and findings."""

    name: ClassVar[str] = "builtin"
    version: ClassVar[str] = "2"

    def check(self) -> None:
        """Nothing is needed but this package."""

    def write_song(self, brief: Brief, findings: Sequence[str] = ()) -> Song:
        """Write lyrics that rhyme and scan around the topic's own words."""
        reading = read(brief.topic)
        voice = voice_of(parts_of(reading, brief.seed))
        return compose(reading, brief.seed, brief.n_scenes, voice, findings)

    def look(self, brief: Brief, song: Song) -> LookWords:
        """Return style words and five colours: the brief's, where it names any, else those of the mood."""
        reading = read(brief.topic)
        rng = reading.rng(brief.seed, "look")
        mood = table("looks")[reading.themes[0].mood]
        style, palette = rng.choice(mood["styles"]), rng.choice(mood["palettes"])
        return brief.style or style, palette_of(brief.style, palette)

    def tell_story(self, brief: Brief, song: Song, findings: Sequence[str] = ()) -> Story:
        """Tell what goes wrong and what changes, in one of the shapes that suit the topic."""
        reading = read(brief.topic)
        parts = parts_of(reading, brief.seed)
        cast = cast_of(parts, reading, brief.seed)
        return story_of(reading, shape_of(reading, brief.seed), parts, cast, brief.seed, findings)

    def cast(self, brief: Brief, song: Song, story: Story, findings: Sequence[str] = ()) -> list[Character]:
        """Return two or three characters in different colours, hair and clothes; findings dress them anew."""
        reading = read(brief.topic)
        return cast_of(parts_of(reading, brief.seed), reading, brief.seed, findings)

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
        shape = shape_of(reading, brief.seed)
        return board_of(reading, shape, brief.seed, brief.n_scenes, song, story, cast, findings)

    def criticise(self, brief: Brief, board: Storyboard) -> list[Finding]:
        """Return no findings: what rules can judge, the linter judges."""
        return []

    def revise(self, brief: Brief, board: Storyboard, request: str) -> Storyboard:
        """Return the storyboard with a request carried out that rules can read.

        Raises:
            InputError: the request cannot be read, names a scene or character that is not there, or would
                change a locked scene.
        """
        return revised(board, request)
