"""What the ladder of questions asks of every document: to be read in parts, and to say which are missing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel

from storyboard.generators.llm.answers.json_in import json_in, without_thoughts

Document = TypeVar("Document")
Parts = dict[str, Any]
"""Pieces of a document, each valid on its own, by name: "title", "scene 4", "character 2: clothing"."""


@dataclass
class Read:
    """What an answer holds: usable parts, faults that a model can mend, and what was left out."""

    parts: Parts = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Form(ABC, Generic[Document]):
    """How one document is asked for, read from JSON and from text, and put together from its parts."""

    template: ClassVar[str]
    """The template of the text to be filled in."""

    @property
    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of an answer."""

    @abstractmethod
    def labelled(self, text: str) -> dict[str, Any]:
        """Read a filled-in template into the shape that JSON answers have."""

    @abstractmethod
    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Return the valid parts of an answer; whatever it holds, nothing is raised."""

    @abstractmethod
    def gaps(self, parts: Parts) -> dict[str, str]:
        """Return the missing parts by name, each with a sentence for the model; empty if it is whole."""

    @abstractmethod
    def assemble(self, parts: Parts) -> Document:
        """Put a whole document together from parts without gaps.

        Raises:
            ValueError: the parts do not fit each other.
        """

    @abstractmethod
    def donor(self, document: Document) -> Parts:
        """Return the parts of a valid document, for filling the gaps of another."""

    def read(self, text: str) -> Read:
        """Read an answer, JSON or text, whatever is around it."""
        data = json_in(text)
        read = self.parts_of(_as_mapping(data)) if data is not None else Read()
        return read if read.parts else self.parts_of(self.labelled(without_thoughts(text)))

    def fill(self, parts: Parts, donor: Parts, names: Sequence[str]) -> Parts:
        """Return the parts with those named taken from another document, as far as it has them."""
        return parts | {name: donor[name] for name in names if name in donor}

    def blank(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the inputs of the text template for these parts; for none named, for all."""
        return {"only": list(names)}

    def called(self, name: str, parts: Parts) -> str:
        """Return a part's name as a person says it of a document that has these parts."""
        return name

    def remarks(self, parts: Parts) -> list[str]:
        """Return what the user should know about a document put together from these parts."""
        return []


def schema_of(model_type: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a document."""
    return model_type.model_json_schema()


def _as_mapping(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {"items": data}
