"""The seam for writing: what the orchestrator asks of a writer, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol, runtime_checkable

from pydantic import ConfigDict, Field

from storyboard.generators.lint.finding import Finding
from storyboard.schema.board import Aspect, Story, Storyboard
from storyboard.schema.cast import Character
from storyboard.schema.document import Part
from storyboard.schema.scene import Scene
from storyboard.schema.song import Song

LookWords = tuple[str, list[str]]
"""Style words and a palette of five colours as #rrggbb, dark to light."""


class Brief(Part):
    """What is to be written: the user's topic and wishes, and the seed for what they leave open.

    Attributes:
        topic: what the film is about; may be empty when the song is given.
        moods: words for how a given song sounds, measured from its recording: "driving", "warm".
        is_given: whether the song is the user's own, whose lines, tempo and key stay as they are.
    """

    model_config = ConfigDict(frozen=True)

    topic: str
    seed: int = 0
    n_scenes: int = Field(default=6, ge=1, le=24)
    style: str = ""
    language: str = "en"
    aspect: Aspect = "16:9"
    moods: tuple[str, ...] = ()
    is_given: bool = False


@runtime_checkable
class Writer(Protocol):
    """Writes a storyboard step by step. `version` changes whenever its output would.

    Every step is a function of its arguments alone, so that a step can be repeated, and skipped
    when what it would return is known. `findings` is what a review found wrong with the last try.
    """

    name: ClassVar[str]
    version: ClassVar[str]

    def check(self) -> None:
        """Raise GeneratorUnavailable, naming what is missing and how to get it."""
        ...

    def write_song(self, brief: Brief, findings: Sequence[str] = ()) -> Song:
        """Return the song: title, lyrics, tempo, key, tags."""
        ...

    def describe_song(self, brief: Brief, song: Song, findings: Sequence[str] = ()) -> Song:
        """Return a given song with genre and tags, and with a title where it had none to speak of.

        Lines, times, tempo, metre, key and recording are the same as before.

        Raises:
            InputError: no film is made of these lyrics.
        """
        ...

    def look(self, brief: Brief, song: Song) -> LookWords:
        """Return style words and a palette."""
        ...

    def tell_story(self, brief: Brief, song: Song, findings: Sequence[str] = ()) -> Story:
        """Return what happens while the song is sung."""
        ...

    def cast(self, brief: Brief, song: Song, story: Story, findings: Sequence[str] = ()) -> list[Character]:
        """Return the character sheets, the protagonist first."""
        ...

    def draw_board(
        self,
        brief: Brief,
        song: Song,
        story: Story,
        cast: list[Character],
        findings: Sequence[str] = (),
    ) -> list[Scene]:
        """Return `brief.n_scenes` scenes without prompts."""
        ...

    def criticise(self, brief: Brief, board: Storyboard) -> list[Finding]:
        """Return what a reader of taste would send back, each to the step that can mend it."""
        ...

    def revise(self, brief: Brief, board: Storyboard, request: str) -> Storyboard:
        """Return the storyboard with what the request asks for, and nothing else, changed.

        Locked scenes stay as they are.

        Raises:
            InputError: the request was not understood, it touches what is locked, or it would change the
                lyrics, tempo, metre or key of the user's own recording.
        """
        ...
