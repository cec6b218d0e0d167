"""The song: what is sung, how fast, in which key, and the words that describe its sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, field_validator

from storyboard.schema.document import Line, Part, Text

SectionKind = Literal[
    "intro",
    "verse",
    "pre-chorus",
    "chorus",
    "post-chorus",
    "bridge",
    "break",
    "solo",
    "outro",
    "instrumental",
]
TimeSignature = Literal["2/4", "3/4", "4/4", "6/8"]
LineRef = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
"""One sung line by its occurrence: (index in song.sections, index in that section's lines), from 0."""

_KEY = re.compile(r"^([A-G])([#b]?) (major|minor)$")


class Section(Part):
    """A section of the song. One without lines is instrumental."""

    kind: SectionKind
    lines: list[Line] = Field(default_factory=list, max_length=32)
    bars: int | None = Field(
        default=None, ge=1, le=64, description="length in bars; empty: as many as the lines need"
    )


class RecordingTags(Part):
    """Adjectives for the recording."""

    melody: Text = ""
    beat: Text = ""
    rhythm: Text = ""


class VocalTags(Part):
    """Adjectives for the vocal performance."""

    emotions: Text = ""
    range: Text = ""
    expression: Text = ""
    voice: Text = Field(default="", description="who sings, for example: female, warm")


class SongFile(Part):
    """A finished recording that is the song of the film, instead of one made here."""

    file: Line = Field(description="its path in the project")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    duration_s: float = Field(gt=0)


class LineTime(Part):
    """When one occurrence of a line is sung, for lyrics that came with times."""

    section: int = Field(ge=0)
    line: int = Field(ge=0)
    start_s: float = Field(ge=0)
    end_s: float | None = Field(
        default=None, gt=0, description="empty: until the next line, or its last word"
    )
    words_s: list[float] = Field(
        default_factory=list, description="the start of every word, where each is known"
    )

    @property
    def ref(self) -> LineRef:
        """The line by its occurrence."""
        return self.section, self.line


class Song(Part):
    """The song: title, genre, tempo in BPM, metre, key, lyrics in sections, tags."""

    title: Annotated[Line, Field(max_length=120)]
    genre: Line
    tempo_bpm: float = Field(ge=40, le=240, description="beats a minute")
    time_signature: TimeSignature = "4/4"
    key: str = Field(description='for example "G major" or "C# minor"')
    sections: list[Section] = Field(min_length=1, max_length=32)
    recording: RecordingTags = Field(default_factory=RecordingTags)
    vocals: VocalTags = Field(default_factory=VocalTags)
    audio: SongFile | None = Field(default=None, description="the user's own recording; nothing is recorded")
    times: list[LineTime] = Field(default_factory=list, description="of lines of which the time is known")

    @field_validator("key")
    @classmethod
    def _known_key(cls, key: str) -> str:
        if not _KEY.match(key):
            raise ValueError('write the key as a note, "major" or "minor": "G major", "Bb minor"')
        return key

    @property
    def tonic(self) -> int:
        """The key note as a pitch class, 0 (C) to 11 (B)."""
        letter, accidental, _ = _KEY.match(self.key).groups()  # type: ignore[union-attr]
        natural = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}[letter]
        return (natural + {"#": 1, "b": -1, "": 0}[accidental]) % 12

    @property
    def is_minor(self) -> bool:
        """Whether the key is minor."""
        return self.key.endswith("minor")

    @property
    def tags(self) -> str:
        """All tags in one string, as song models want them."""
        recording, vocals = self.recording, self.vocals
        parts = [self.genre, f"{self.tempo_bpm:g} BPM", self.key]
        parts += [recording.melody, recording.beat, recording.rhythm]
        parts += [vocals.emotions, vocals.range, vocals.expression, vocals.voice]
        return ", ".join(part for part in parts if part)

    def line_refs(self) -> Iterator[LineRef]:
        """Yield every sung line in the order it is sung."""
        for section_index, section in enumerate(self.sections):
            for line_index in range(len(section.lines)):
                yield section_index, line_index

    def line(self, ref: LineRef) -> str:
        """Return the text of one occurrence of a line."""
        return self.sections[ref[0]].lines[ref[1]]
