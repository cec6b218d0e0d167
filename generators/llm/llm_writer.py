"""LLMWriter: a storyboard from a language model, its prompts rendered by a function it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from storyboard.generators.llm.chat import Chat
from storyboard.generators.llm.slices import slices_of
from storyboard.generators.llm.writer import Brief, LookWords
from storyboard.generators.score import score_of
from storyboard.schema.board import Color, Story
from storyboard.schema.cast import Character
from storyboard.schema.document import Line, Part, Text
from storyboard.schema.scene import Scene, SceneKind, TimeOfDay, Weather
from storyboard.schema.song import Song

_SHORTEST_S, _LONGEST_S = 35.0, 110.0


class LookAnswer(Part):
    """What a model says about the look."""

    style: Line
    palette: list[Color] = Field(min_length=5, max_length=5, description="dark to light, #rrggbb")


class CastAnswer(Part):
    """What a model says about the cast."""

    characters: Annotated[list[Character], Field(min_length=2, max_length=3)]


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


class LLMWriter:
    """Writes with a language model: one question a step, every answer valid or an error."""

    name: ClassVar[str] = "llm"
    version: ClassVar[str] = "1"

    def __init__(self, chat: Chat, render: Callable[..., str]) -> None:
        """Take the model to ask, and `render(template, **inputs) -> prompt`."""
        self._chat = chat
        self._render = render

    @property
    def where(self) -> str:
        """The server and model that write."""
        return self._chat.where

    def check(self) -> None:
        """Raise GeneratorUnavailable if the key or the client package is missing."""
        self._chat.check()

    def write_song(self, brief: Brief) -> Song:
        """Ask for a song with at least a line a scene and a length that a film can have."""

        def fits(song: Song) -> None:
            n_lines = len(list(song.line_refs()))
            if n_lines < brief.n_scenes:
                raise ValueError(f"sections: {n_lines} sung lines, at least {brief.n_scenes} are needed")
            duration_s = score_of(song).duration_s
            if not _SHORTEST_S <= duration_s <= max(_LONGEST_S, 8.0 * brief.n_scenes):
                change = "shorten" if duration_s > _LONGEST_S else "lengthen"
                raise ValueError(f"sections: the song lasts {duration_s:.0f} s; {change} it to about 70 s")

        prompt = self._render("song", topic=brief.topic, language=brief.language, n_scenes=brief.n_scenes)
        return self._chat.answer(prompt, Song, fits, brief.seed)

    def look(self, brief: Brief, song: Song) -> LookWords:
        """Ask for style words and a palette; the brief's own style is kept."""
        prompt = self._render("look", topic=brief.topic, song=song, style=brief.style)
        answer = self._chat.answer(prompt, LookAnswer, None, brief.seed)
        return brief.style or answer.style, answer.palette

    def tell_story(self, brief: Brief, song: Song) -> Story:
        """Ask for the story of the song."""
        prompt = self._render("story", topic=brief.topic, song=song, n_scenes=brief.n_scenes)
        return self._chat.answer(prompt, Story, None, brief.seed)

    def cast(self, brief: Brief, song: Song, story: Story) -> list[Character]:
        """Ask for two or three characters with different names, hair and clothes."""
        prompt = self._render("cast", topic=brief.topic, song=song, story=story)
        return self._chat.answer(prompt, CastAnswer, _are_distinct, brief.seed).characters

    def draw_board(
        self,
        brief: Brief,
        song: Song,
        story: Story,
        cast: list[Character],
        findings: Sequence[str] = (),
    ) -> list[Scene]:
        """Ask for one scene to each run of lines."""
        runs = slices_of(song, brief.n_scenes)
        names = [character.name for character in cast]

        def fits(board: BoardAnswer) -> None:
            if len(board.scenes) != len(runs):
                raise ValueError(f"scenes: {len(board.scenes)} given, {len(runs)} are needed")
            for index, scene in enumerate(board.scenes):
                strangers = [name for name in scene.characters if name not in names]
                if strangers:
                    raise ValueError(
                        f"scenes[{index}].characters: no {strangers[0]!r}; allowed: {', '.join(names)}"
                    )
                if len(set(scene.characters)) < len(scene.characters):
                    raise ValueError(f"scenes[{index}].characters: a name stands twice")

        lines = [[song.line(ref) for ref in run] for run in runs]
        prompt = self._render(
            "board",
            topic=brief.topic,
            song=song,
            story=story,
            cast=cast,
            lines=lines,
            aspect=brief.aspect,
            findings=list(findings),
        )
        board = self._chat.answer(prompt, BoardAnswer, fits, brief.seed)
        return [
            Scene(id=f"scene-{index + 1}", lines=run, seed=(brief.seed + index) % 2**32, **draft.model_dump())
            for index, (draft, run) in enumerate(zip(board.scenes, runs, strict=True))
        ]


def _are_distinct(answer: CastAnswer) -> None:
    names = [character.name for character in answer.characters]
    if len(set(names)) < len(names):
        raise ValueError("characters: two have the same name")
    colors = [(c.hair.color, tuple(garment.color for garment in c.clothing)) for c in answer.characters]
    if len(set(colors)) < len(colors):
        raise ValueError("characters: two have the same hair and clothing colours; make them differ")
