"""LLMWriter: a storyboard from a language model, its prompts rendered by a function it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

from storyboard.generators.lint.finding import Finding
from storyboard.generators.llm.answers import (
    BoardForm,
    CastForm,
    CritiqueForm,
    DescriptionForm,
    Form,
    LookAnswer,
    LookForm,
    Question,
    RevisionForm,
    SceneDraft,
    SongForm,
    StoryForm,
    ask,
)
from storyboard.generators.llm.answers.outfits import outfits_in
from storyboard.generators.llm.answers.revising import apply_edits
from storyboard.generators.llm.chat import Chat
from storyboard.generators.llm.critique import findings_of, rubric_of
from storyboard.generators.llm.given import (
    SongDescription,
    compact,
    described,
    fewer_scenes,
    hook_of,
    needs_title,
    without_echoes,
)
from storyboard.generators.llm.safety import refuse_forbidden_lyrics
from storyboard.generators.llm.slices import slices_of
from storyboard.generators.llm.usage import Usage
from storyboard.generators.llm.writer import Brief, LookWords, Writer
from storyboard.generators.settings import StepName
from storyboard.schema.board import Story, Storyboard
from storyboard.schema.cast import Character
from storyboard.schema.errors import InputError
from storyboard.schema.scene import Scene
from storyboard.schema.song import Song

Document = TypeVar("Document")


class LLMWriter:
    """Writes with a language model; what it cannot give the built-in writer does, and a note says so."""

    name: ClassVar[str] = "llm"
    version: ClassVar[str] = "2"

    def __init__(self, chat: Chat, render: Callable[..., str]) -> None:
        """Take the model to ask, and `render(template, **inputs) -> prompt`."""
        self._chat = chat
        self._render = render
        self.notes: list[str] = []
        """What the user should know of what was written; whoever reads it may empty it."""

    @property
    def where(self) -> str:
        """The server and model that write."""
        return self._chat.where

    @property
    def usage(self) -> Usage:
        """Calls, tokens, seconds and cost by step."""
        return self._chat.usage

    def check(self) -> None:
        """Raise GeneratorUnavailable if the key or the client package is missing."""
        self._chat.check()

    def write_song(self, brief: Brief, findings: Sequence[str] = ()) -> Song:
        """Write a song with at least a line a scene and a length that a film can have."""
        prompt = self._prompt("song", brief, findings, language=brief.language, n_scenes=brief.n_scenes)
        form = SongForm(brief.n_scenes, brief.seed)
        return self._ask("song", brief, prompt, form, lambda rules: rules.write_song(brief))

    def describe_song(self, brief: Brief, song: Song, findings: Sequence[str] = ()) -> Song:
        """Describe a given song; only what was left open is taken from the answer.

        Raises:
            InputError: no film is made of these lyrics.
        """
        refuse_forbidden_lyrics(song)
        inputs = {"song": compact(song), "moods": list(brief.moods), "needs_title": needs_title(song)}
        prompt = self._prompt("describe", brief, findings, **inputs)
        form = DescriptionForm("" if needs_title(song) else song.title, is_sung=bool(hook_of(song)))

        def by_rules(rules: Writer) -> SongDescription:
            made = rules.describe_song(brief, song)
            return SongDescription(**made.model_dump(include=set(SongDescription.model_fields)))

        return described(song, self._ask("song", brief, prompt, form, by_rules))

    def look(self, brief: Brief, song: Song) -> LookWords:
        """Choose style words and a palette; the brief's own style is kept."""
        inputs = {"topic": brief.topic, "song": song, "style": brief.style}
        prompt = self._render("look", **inputs, **_heard(brief))

        def by_rules(rules: Writer) -> LookAnswer:
            style, palette = rules.look(brief, song)
            return LookAnswer(style=style, palette=palette)

        answer = self._ask("look", brief, prompt, LookForm(), by_rules)
        return brief.style or answer.style, answer.palette

    def tell_story(self, brief: Brief, song: Song, findings: Sequence[str] = ()) -> Story:
        """Tell the story of the song."""
        sung = compact(song) if brief.is_given else song
        inputs = {"song": sung, "n_scenes": brief.n_scenes, **_heard(brief)}
        prompt = self._prompt("story", brief, findings, **inputs)
        return self._ask("story", brief, prompt, StoryForm(), lambda rules: rules.tell_story(brief, song))

    def cast(self, brief: Brief, song: Song, story: Story, findings: Sequence[str] = ()) -> list[Character]:
        """Cast one to four characters with different names, hair and clothes."""
        prompt = self._prompt("cast", brief, findings, song=song, story=story, **_heard(brief))
        return self._ask("cast", brief, prompt, CastForm(), lambda rules: rules.cast(brief, song, story))

    def draw_board(
        self,
        brief: Brief,
        song: Song,
        story: Story,
        cast: list[Character],
        findings: Sequence[str] = (),
    ) -> list[Scene]:
        """Draw one scene to each run of lines; which lines it carries is not the model's to choose."""
        runs = slices_of(song, brief.n_scenes)
        lines = [[song.line(ref) for ref in run] for run in runs]
        if brief.is_given:
            lines = [without_echoes(run) for run in lines]
            self.notes += fewer_scenes(brief, len(runs))
        inputs: dict[str, Any] = {
            "song": song,
            "story": story,
            "cast": cast,
            "lines": lines,
            "aspect": brief.aspect,
            **_heard(brief),
        }
        prompt = self._prompt("board", brief, findings, **inputs)

        def by_rules(rules: Writer) -> list[SceneDraft]:
            scenes = rules.draw_board(brief, song, story, cast)
            return [SceneDraft(**scene.model_dump(include=set(SceneDraft.model_fields))) for scene in scenes]

        form = BoardForm([character.name for character in cast], len(runs))
        drafts = self._ask("board", brief, prompt, form, by_rules)
        return [
            Scene(
                id=f"scene-{index + 1}",
                lines=run,
                seed=(brief.seed + index) % 2**32,
                outfits=outfits_in(draft.actions, draft.characters),
                **draft.model_dump(),
            )
            for index, (draft, run) in enumerate(zip(drafts, runs, strict=True))
        ]

    def criticise(self, brief: Brief, board: Storyboard) -> list[Finding]:
        """Score the storyboard by five criteria; those below three points become findings.

        A critic whose answers cannot be read finds nothing, and a note says so.
        """
        rubric = rubric_of(board)
        prompt = self._render("critic", topic=brief.topic, board=board, rubric=rubric)
        question = Question("critic", prompt, CritiqueForm(list(rubric)), brief.seed, fallback=dict)
        notes: list[str] = []
        scores = ask(self._chat, self._render, question, notes)
        if not scores:
            self.notes.append("the storyboard was not reviewed by the model: its answer could not be read")
        return findings_of(scores)

    def revise(self, brief: Brief, board: Storyboard, request: str) -> Storyboard:
        """Have the model turn a request into edits of single fields, and apply them.

        Raises:
            InputError: the request was not understood, it touches what is locked, or it would change the
                lyrics, tempo, metre or key of the user's own recording.
            GeneratorError: the server failed, or the model refused.
        """
        prompt = self._render("revise", board=board, request=request)
        question = Question("revise", prompt, RevisionForm(), brief.seed, fallback=list)
        edits = ask(self._chat, self._render, question, notes=[])
        if not edits:
            raise InputError(
                f"the model made no edit of it that can be read: {request[:120]!r}",
                where="revision",
                hint="say it in other words, one change at a time",
            )
        return apply_edits(board, edits)

    def _prompt(self, template: str, brief: Brief, findings: Sequence[str], **inputs: Any) -> str:
        return self._render(template, topic=brief.topic, findings=list(findings), **inputs)

    def _ask(
        self,
        step: StepName,
        brief: Brief,
        prompt: str,
        form: Form[Document],
        by_rules: Callable[[Writer], Document],
    ) -> Document:
        def fallback() -> Document:
            from storyboard.generators.llm.builtin import BuiltinWriter

            return by_rules(BuiltinWriter())

        return ask(self._chat, self._render, Question(step, prompt, form, brief.seed, fallback), self.notes)


def _heard(brief: Brief) -> dict[str, Any]:
    """Return what prompts say of a song that is the user's own."""
    return {"moods": list(brief.moods), "is_given": brief.is_given}
