"""The forms of the short answers: the look, the story, a review, a revision."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from storyboard.generators.llm.answers.clean import clean, plain_words
from storyboard.generators.llm.answers.documents import (
    CritiqueAnswer,
    Edit,
    LookAnswer,
    RevisionAnswer,
    Score,
)
from storyboard.generators.llm.answers.form import Form, Parts, Read, schema_of
from storyboard.generators.llm.answers.labels import entries, label_of
from storyboard.generators.llm.answers.values import number_of, palette_of
from storyboard.generators.llm.answers.vocabulary import names_of
from storyboard.schema.board import Story

_LOOK_NAMES = names_of("look")
_STORY_NAMES = names_of("story")
CRITERIA = ("lyrics", "story", "cast", "pictures", "variety")
_EDIT = re.compile(
    r"^(?P<where>(?:scene|song|story|look|character)?[^:=]{2,80}?)\s*(?::|=|->|\u2192)\s*(?P<value>.+)$",
    re.IGNORECASE,
)


class LookForm(Form[LookAnswer]):
    """Style words and five colours, dark to light."""

    template: ClassVar[str] = "look_form"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a look."""
        return schema_of(LookAnswer)

    def labelled(self, text: str) -> dict[str, Any]:
        """Read "**Style:** …" and "**Palette:** #1b2a41, …"."""
        return {
            entry.name: entry.whole for entry in entries(text, _LOOK_NAMES, frozenset(_LOOK_NAMES.values()))
        }

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read the style; and the first five colours, wherever they stand in their field."""
        named = _named(data, _LOOK_NAMES)
        style, palette = clean(named.get("style"), 200), palette_of(named.get("palette"))
        parts: Parts = {"style": style} if style else {}
        return Read(parts | ({"palette": palette[:5]} if len(palette) >= 5 else {}))

    def gaps(self, parts: Parts) -> dict[str, str]:
        """Name what is missing."""
        said = {"style": "style: is missing", "palette": "palette: five colours as #rrggbb are needed"}
        return {name: problem for name, problem in said.items() if name not in parts}

    def assemble(self, parts: Parts) -> LookAnswer:
        """Return the look."""
        return LookAnswer(**parts)

    def donor(self, document: LookAnswer) -> Parts:
        """Return style and palette."""
        return document.model_dump()

    def called(self, name: str, parts: Parts) -> str:
        """Return "the style"."""
        return f"the {name}"


class StoryForm(Form[Story]):
    """Summary, who, where, and what changes."""

    template: ClassVar[str] = "story_form"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a story."""
        return schema_of(Story)

    def labelled(self, text: str) -> dict[str, Any]:
        """Read "**Summary:** …" and the others."""
        return {
            entry.name: entry.whole for entry in entries(text, _STORY_NAMES, frozenset(_STORY_NAMES.values()))
        }

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read the four fields."""
        named = _named(data, _STORY_NAMES)
        return Read({name: text for name in Story.model_fields if (text := clean(named.get(name)))})

    def gaps(self, parts: Parts) -> dict[str, str]:
        """Name what is missing."""
        return {name: f"{name}: is missing" for name in Story.model_fields if name not in parts}

    def assemble(self, parts: Parts) -> Story:
        """Return the story."""
        return Story(**parts)

    def donor(self, document: Story) -> Parts:
        """Return the fields that say something."""
        said: Parts = {name: text for name, text in document.model_dump().items() if text}
        return {name: document.summary for name in Story.model_fields} | said

    def called(self, name: str, parts: Parts) -> str:
        """Return "the story's change"."""
        return f"the story's {name}"


class CritiqueForm(Form[dict[str, Score]]):
    """Scores from 1 to 5 with a reason; a criterion without a score is left out."""

    template: ClassVar[str] = "critic_form"

    def __init__(self, criteria: Sequence[str] = CRITERIA) -> None:
        """Take the criteria that are judged."""
        self._criteria = tuple(criteria)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a review."""
        schema = schema_of(CritiqueAnswer)
        for name in set(CRITERIA) - set(self._criteria):
            del schema["properties"][name]
        return schema | {"required": list(self._criteria)}

    def labelled(self, text: str) -> dict[str, Any]:
        """Read "**Lyrics:** 2 - the hook is flat"."""
        names = {name: name for name in CRITERIA}
        found = {}
        for entry in entries(text, names, frozenset(CRITERIA)):
            found[entry.name] = {
                "score": entry.whole[:8],
                "reason": re.sub(r"^\W*\d(?:\s*/\s*5)?\W*", "", entry.whole),
            }
        return found

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read the criteria that have a score."""
        parts: Parts = {}
        for key, value in data.items():
            name = plain_words(str(key)[:40])
            given = value if isinstance(value, Mapping) else {"score": value}
            score = number_of(given.get("score"))
            if name in self._criteria and score is not None and 1 <= score <= 5:
                parts[name] = {
                    "score": round(score),
                    "reason": clean(given.get("reason"), 300),
                    "where": clean(given.get("where"), 60),
                }
        return Read(parts)

    def gaps(self, parts: Parts) -> dict[str, str]:
        """Ask for another answer only if this one holds no score at all."""
        return {} if parts else {"scores": "no criterion has a score from 1 to 5"}

    def assemble(self, parts: Parts) -> dict[str, Score]:
        """Return the scores by criterion, in their order."""
        return {name: Score(**parts[name]) for name in self._criteria if name in parts}

    def donor(self, document: dict[str, Score]) -> Parts:
        """Return the scores."""
        return {name: score.model_dump() for name, score in document.items()}

    def blank(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the criteria, whatever is missing: a review is asked for whole."""
        return {"only": list(self._criteria)}


class RevisionForm(Form[list[Edit]]):
    """A list of edits: which field becomes what."""

    template: ClassVar[str] = "revision_form"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a revision."""
        return schema_of(RevisionAnswer)

    def labelled(self, text: str) -> dict[str, Any]:
        """Read one edit a line: "scene 3.setting: a rooftop"."""
        lines = (
            line.strip().lstrip("-*\u2022 ").replace("**", "").replace("`", "") for line in text.splitlines()
        )
        found = [match for line in lines if (match := _EDIT.match(line))]
        return {"edits": [match.groupdict() for match in found[:64]]}

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read the edits that name a field and a value."""
        given = data.get("edits", data.get("items", data.get("changes")))
        if isinstance(given, Mapping):
            given = [{"where": where, "value": value} for where, value in given.items()]
        edits = [edit for item in (given if isinstance(given, list) else [])[:64] if (edit := _edit(item))]
        return Read({"edits": edits} if edits else {})

    def gaps(self, parts: Parts) -> dict[str, str]:
        """A revision needs an edit."""
        return {} if parts else {"edits": "edits: at least one, each with where and value"}

    def assemble(self, parts: Parts) -> list[Edit]:
        """Return the edits in order."""
        return [Edit(**edit) for edit in parts["edits"]]

    def donor(self, document: list[Edit]) -> Parts:
        """Return the edits."""
        return {"edits": [edit.model_dump() for edit in document]}


def _edit(item: Any) -> dict[str, str] | None:
    if not isinstance(item, Mapping):
        return None
    where = clean(item.get("where", item.get("field", item.get("path"))), 120)
    value = clean(item.get("value", item.get("to", item.get("new"))))
    return {"where": where, "value": value} if where and value else None


def _named(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return an answer's fields under their own names, also one level down: {"story": {"summary": …}}."""
    named: dict[str, Any] = {}
    inner = [value for value in data.values() if isinstance(value, Mapping)]
    for mapping in (data, *inner[:4]):
        for key, value in mapping.items():
            known = label_of(str(key)[:40].replace("_", " "), names)
            if known and not isinstance(value, Mapping) and clean(value):
                named.setdefault(known[0], value)
    return named
