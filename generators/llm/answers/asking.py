"""From a question to a valid document, however badly the model answers.

JSON, or a filled-in text ─► what is wrong goes back (twice) ─► nothing usable in JSON: the text template
   ─► the missing parts alone (twice) ─► the built-in writer fills what is still missing, and a note says so
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from storyboard.generators.llm.answers.form import Form, Parts, Read
from storyboard.generators.settings import StepName
from storyboard.schema.errors import GeneratorError

Document = TypeVar("Document")
Render = Callable[..., str]
Messages = list[dict[str, str]]

N_CORRECTIONS = 2
N_PART_QUESTIONS = 2
_MAX_REFUSALS = 2
_LONGEST_QUOTE = 12_000  # characters of a faulty answer that go back with what is wrong in it
_REFUSAL = re.compile(
    r"^\W*(?:(?:i['\u2019]?m |i am )?sorry|as an ai|i (?:can(?:no|['\u2019])t|am unable|won['\u2019]t))\b",
    re.IGNORECASE,
)


class Completer(Protocol):
    """The part of Chat that is needed here."""

    @property
    def where(self) -> str:
        """The server and model, for messages."""
        ...

    @property
    def takes_schema(self) -> bool:
        """Whether the server takes a JSON schema."""
        ...

    def complete(
        self,
        prompt: str | Sequence[Mapping[str, str]],
        *,
        step: StepName,
        schema: dict[str, Any] | None = None,
        seed: int = 0,
    ) -> str:
        """Return the text of an answer."""
        ...


@dataclass
class Question(Generic[Document]):
    """A document to be asked for.

    Attributes:
        step: chooses model and temperature, and where the usage is counted.
        prompt: what is asked, without a word about the form of the answer.
        form: how the document is read and put together.
        seed: for servers that can answer the same way twice.
        fallback: writes the document by rules, for what the model leaves out; None where nothing can.
    """

    step: StepName
    prompt: str
    form: Form[Document]
    seed: int = 0
    fallback: Callable[[], Document] | None = None


def ask(chat: Completer, render: Render, question: Question[Document], notes: list[str]) -> Document:
    """Ask for a document and return it valid; what was left out or filled by rules is added to `notes`.

    Raises:
        GeneratorError: the server failed, the model refused, or it gave nothing usable and no rules
            can write this document.
    """
    return _Asking(chat, render, question, notes).document()


class _Asking(Generic[Document]):
    """One question on its way down the ladder, and the best answer so far."""

    def __init__(
        self, chat: Completer, render: Render, question: Question[Document], notes: list[str]
    ) -> None:
        self._chat = chat
        self._render = render
        self._question = question
        self._form = question.form
        self._notes = notes
        self._best: Read | None = None
        self._n_refused = 0
        self._n_asked = 0

    def document(self) -> Document:
        in_json = self._chat.takes_schema
        self._ask_for_whole(in_json, N_CORRECTIONS + 1)
        if in_json and not (self._best and self._best.parts):
            self._ask_for_whole(False, N_CORRECTIONS)
        read = self._best or Read()
        if not read.parts and self._n_refused == self._n_asked:
            raise self._failure("the model refused to write about this topic", "reword the topic")
        parts = self._with_missing_parts(read.parts)
        self._notes += read.notes
        return self._filled(parts)

    def _ask_for_whole(self, in_json: bool, n_tries: int) -> None:
        """Ask for the whole document until it is whole and without fault, keeping the best answer."""
        opening = self._opening(in_json)
        messages = opening
        for _ in range(n_tries):
            text = self._complete(messages, self._form.schema if in_json else None)
            read = self._form.read(text)
            self._keep_better(read)
            faults = [*read.faults, *self._form.gaps(read.parts).values()]
            if not faults:
                return
            # A server that has just refused the schema is asked for text from now on.
            if in_json and not self._chat.takes_schema and not read.parts:
                return
            again = self._render("answer_again", faults=faults[:8], in_json=in_json)
            messages = [*opening, _said("assistant", text[:_LONGEST_QUOTE]), _said("user", again)]

    def _opening(self, in_json: bool) -> Messages:
        if in_json:
            note = self._render("answer_json", schema=json.dumps(self._form.schema, ensure_ascii=False))
        else:
            note = self._render("answer_text", form=self._blank([]))
        return [_said("user", f"{self._question.prompt}\n\n{note}")]

    def _keep_better(self, read: Read) -> None:
        if self._best is None or self._rank(read) < self._rank(self._best):
            self._best = read

    def _rank(self, read: Read) -> tuple[bool, int, int]:
        return not read.parts, len(self._form.gaps(read.parts)), len(read.faults)

    def _with_missing_parts(self, parts: Parts) -> Parts:
        """Ask for the missing parts alone; where everything is missing there is nothing to go on from."""
        for _ in range(N_PART_QUESTIONS):
            gaps = self._form.gaps(parts)
            if not gaps or not parts:
                break
            asked = self._render(
                "answer_part",
                prompt=self._question.prompt,
                held=_shown(parts),
                missing=[self._form.called(name, parts) for name in gaps],
                form=self._blank(list(gaps)),
            )
            read = self._form.read(self._complete([_said("user", asked)], None))
            parts = self._form.fill(parts, read.parts, list(gaps))
        return parts

    def _filled(self, parts: Parts) -> Document:
        """Put the document together, its gaps filled by the built-in rules."""
        gaps = self._form.gaps(parts)
        if not gaps:
            try:
                document = self._form.assemble(parts)
            except ValueError as error:
                return self._by_rules(str(error))
            self._notes += self._form.remarks(parts)
            return document
        if self._question.fallback is None or not parts:
            return self._by_rules("; ".join(gaps.values()))
        donor = self._form.donor(self._question.fallback())
        whole = self._form.fill(parts, donor, list(gaps))
        if self._form.gaps(whole):
            return self._by_rules("; ".join(gaps.values()))
        called = " and ".join(self._form.called(name, parts) for name in gaps)
        were = "were" if len(gaps) > 1 else "was"
        self._notes.append(f"{called} {were} written by the built-in rules: the model left it out")
        return self._assembled(whole)

    def _assembled(self, whole: Parts) -> Document:
        try:
            return self._form.assemble(whole)
        except ValueError as error:
            return self._by_rules(str(error))

    def _by_rules(self, problem: str) -> Document:
        step = self._question.step
        if self._question.fallback is None:
            raise self._failure(
                f"no usable {step} in {self._n_asked} answers; the last: {problem[:300]}", "try again"
            )
        self._notes.append(f"the {step} was written by the built-in rules: the model gave nothing usable")
        return self._question.fallback()

    def _blank(self, names: list[str]) -> str:
        return self._render(self._form.template, **self._form.blank(names))

    def _complete(self, messages: Messages, schema: dict[str, Any] | None) -> str:
        """Return the text of an answer; empty where the model refused, which one in many does by chance."""
        seed = self._question.seed + self._n_asked
        self._n_asked += 1
        try:
            text = self._chat.complete(messages, step=self._question.step, schema=schema, seed=seed)
        except GeneratorError as error:
            if "refused to write" not in error.message or self._n_refused >= _MAX_REFUSALS:
                raise
            self._n_refused += 1
            return ""
        self._n_refused += len(text) < 600 and bool(_REFUSAL.match(text))
        return text

    def _failure(self, problem: str, advice: str) -> GeneratorError:
        hint = f"{advice}, choose a larger model, or use --llm builtin"
        return GeneratorError(problem, where=f"{self._chat.where}, {self._question.step}", hint=hint)


def _said(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content or "(empty)"}


def _shown(parts: Parts) -> str:
    """Return what is held already, so that the missing part fits it."""
    return json.dumps(parts, ensure_ascii=False, default=str, indent=1)[:_LONGEST_QUOTE]
