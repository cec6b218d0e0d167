"""BuiltinWriter: a storyboard from rules and word data, for when there is no language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from storyboard.generators.lint.finding import Finding
from storyboard.generators.llm.builtin.boarding import board_of
from storyboard.generators.llm.builtin.casting import Part, parts_of, sung_by, voice_of
from storyboard.generators.llm.builtin.describing import description_of, notes_on
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.lyric_board import lyric_board_of
from storyboard.generators.llm.builtin.lyric_reading import read_song
from storyboard.generators.llm.builtin.palettes import palette_of
from storyboard.generators.llm.builtin.reading import Reading, read
from storyboard.generators.llm.builtin.revising import revised
from storyboard.generators.llm.builtin.shapes import shape_of
from storyboard.generators.llm.builtin.sheets import cast_of
from storyboard.generators.llm.builtin.songwriting import compose
from storyboard.generators.llm.builtin.story import set_where, story_of
from storyboard.generators.llm.given import described, fewer_scenes
from storyboard.generators.llm.safety import refuse_forbidden_lyrics
from storyboard.generators.llm.writer import Brief, LookWords
from storyboard.schema.board import Story, Storyboard
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene
from storyboard.schema.song import Song


class BuiltinWriter:
    """Writes in English about a topic in any language, the same for the same topic, seed and findings."""

    name: ClassVar[str] = "builtin"
    version: ClassVar[str] = "3"

    def __init__(self) -> None:
        self.notes: list[str] = []
        """What the user should know of what was written; whoever reads it may empty it."""

    def check(self) -> None:
        """Nothing is needed but this package."""

    def write_song(self, brief: Brief, findings: Sequence[str] = ()) -> Song:
        """Write lyrics that rhyme and scan around the topic's own words."""
        reading = read(brief.topic)
        voice = voice_of(parts_of(reading, brief.seed))
        return compose(reading, brief.seed, brief.n_scenes, voice, findings)

    def describe_song(self, brief: Brief, song: Song, findings: Sequence[str] = ()) -> Song:
        """Name genre and tags that fit the tempo and mood; a file without a title gets one of its hook.

        Raises:
            InputError: no film is made of these lyrics.
        """
        refuse_forbidden_lyrics(song)
        self._note(*notes_on(brief, song))
        return described(song, description_of(brief, song, findings))

    def look(self, brief: Brief, song: Song) -> LookWords:
        """Return style words and five colours: the brief's, where it names any, else those of the mood."""
        reading = _reading(brief, song)
        rng = reading.rng(brief.seed, "look")
        mood = table("looks")[reading.themes[0].mood]
        style, palette = rng.choice(mood["styles"]), rng.choice(mood["palettes"])
        return brief.style or style, palette_of(brief.style, palette)

    def tell_story(self, brief: Brief, song: Song, findings: Sequence[str] = ()) -> Story:
        """Tell what goes wrong and what changes, in one of the shapes that suit the topic or the lyrics."""
        reading = _reading(brief, song)
        parts = _parts(reading, brief, song)
        cast = cast_of(parts, reading, brief.seed)
        story = story_of(reading, shape_of(reading, brief.seed), parts, cast, brief.seed, findings)
        return set_where(story, reading) if brief.is_given else story

    def cast(self, brief: Brief, song: Song, story: Story, findings: Sequence[str] = ()) -> list[Character]:
        """Return two or three characters in different colours, hair and clothes; findings dress them anew."""
        reading = _reading(brief, song)
        return cast_of(_parts(reading, brief, song), reading, brief.seed, findings)

    def draw_board(
        self,
        brief: Brief,
        song: Song,
        story: Story,
        cast: list[Character],
        findings: Sequence[str] = (),
    ) -> list[Scene]:
        """Return scenes in different places, the lines of the song split among them in order.

        Those of a given song are where their lines are. It may have fewer lines than scenes were
        asked for, each of which carries one; a note says so.
        """
        reading = _reading(brief, song)
        shape = shape_of(reading, brief.seed)
        if not brief.is_given:
            return board_of(reading, shape, brief.seed, brief.n_scenes, song, story, cast, findings)
        scenes = lyric_board_of(reading, shape, brief, song, story, cast, findings)
        self._note(*fewer_scenes(brief, len(scenes)))
        return scenes

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

    def _note(self, *notes: str) -> None:
        self.notes += [note for note in notes if note not in self.notes]


def _reading(brief: Brief, song: Song) -> Reading:
    return read_song(brief, song) if brief.is_given else read(brief.topic)


def _parts(reading: Reading, brief: Brief, song: Song) -> list[Part]:
    """Return the parts to be cast; who sings a given song is what its tags say of the voice."""
    parts = parts_of(reading, brief.seed)
    return sung_by(parts, song.vocals.voice) if brief.is_given else parts
