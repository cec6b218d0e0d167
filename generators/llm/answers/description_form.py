"""The description of a given song: title, genre and tags; whatever else an answer holds is left unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from storyboard.generators.llm.answers.clean import clean
from storyboard.generators.llm.answers.form import Form, Parts, Read, schema_of
from storyboard.generators.llm.answers.lyrics import labelled_song, without_case
from storyboard.generators.llm.given import SongDescription
from storyboard.schema.song import RecordingTags, VocalTags


class DescriptionForm(Form[SongDescription]):
    """What a song is called and what it sounds like."""

    template: ClassVar[str] = "describe_form"

    def __init__(self, title: str, *, is_sung: bool) -> None:
        """Take the title that the song keeps, empty if it needs one; and whether somebody sings it."""
        self._title = title
        self._needed = ["title", "genre", "recording", *(["vocals"] if is_sung else [])]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a description."""
        return schema_of(SongDescription)

    def labelled(self, text: str) -> dict[str, Any]:
        """Read "**Song Title:** …", "**Genre:** …" and the tags."""
        return labelled_song(text)

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read title, genre and tags, the tags also where they stand beside the genre."""
        given = without_case(data)
        title = self._title or clean(given.get("title"), 120)
        genre = clean(given.get("genre"), 120)
        parts: Parts = {name: text for name, text in (("title", title), ("genre", genre)) if text}
        for name, model in (("recording", RecordingTags), ("vocals", VocalTags)):
            tags = without_case(given[name]) if isinstance(given.get(name), Mapping) else given
            found = {field: text for field in model.model_fields if (text := clean(tags.get(field), 120))}
            if found:
                parts[name] = found
        return Read(parts if len(parts) > bool(self._title) else {})

    def gaps(self, parts: Parts) -> dict[str, str]:
        """Name what is missing."""
        return {name: f"{name}: is missing" for name in self._needed if name not in parts}

    def assemble(self, parts: Parts) -> SongDescription:
        """Return the description."""
        return SongDescription(**parts)

    def donor(self, document: SongDescription) -> Parts:
        """Return what a description says."""
        return document.model_dump()

    def blank(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the parts to fill in; not a title that is kept."""
        wanted = list(names) or self._needed
        return {"only": [name for name in wanted if name != "title" or not self._title]}

    def called(self, name: str, parts: Parts) -> str:
        """Return "the song's genre"."""
        return f"the song's {name}"
