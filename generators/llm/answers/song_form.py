"""The song: read from JSON or a filled-in text, with sane values where a model is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, ClassVar

from storyboard.generators.llm.answers.clean import clean
from storyboard.generators.llm.answers.form import Form, Parts, Read, schema_of
from storyboard.generators.llm.answers.lyrics import Passage, labelled_song, sections_of, without_case
from storyboard.generators.llm.answers.values import key_of, metre_of, tempo_of
from storyboard.generators.score import score_of
from storyboard.schema.song import RecordingTags, Section, Song, VocalTags

SHORTEST_S, LONGEST_S = 35.0, 110.0
_N_SECTIONS = 32

GENRES = ("electronic", "rock")
TEMPOS_BPM = (110.0, 112.0, 115.0, 118.0, 120.0)
KEYS = ("C major", "G major")
"""What a song gets where the model gave nothing usable: lively, plain, and in the singer's range."""


class SongForm(Form[Song]):
    """A song of at least one line a scene, with a verse and a chorus, as long as a film can be."""

    template: ClassVar[str] = "song_form"

    def __init__(self, n_scenes: int, seed: int) -> None:
        """Take the number of scenes, each of which needs a line, and the seed of what is left open."""
        self._n_scenes = n_scenes
        self._seed = seed
        self._longest_s = max(LONGEST_S, 8.0 * n_scenes)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a song."""
        return schema_of(Song)

    def labelled(self, text: str) -> dict[str, Any]:
        """Read "**Song Title:** …", "**Verse 1:**" and the lines under it."""
        return labelled_song(text)

    def parts_of(self, data: Mapping[str, Any]) -> Read:
        """Read title, tags and sections; genres that nobody knows are kept."""
        given = without_case(data)
        read = Read()
        readers = {"tempo_bpm": tempo_of, "time_signature": metre_of, "key": key_of}
        for name in ("title", "genre", "tempo_bpm", "time_signature", "key"):
            reader = readers.get(name, _short)
            if (value := reader(given.get(name))) is not None:
                read.parts[name] = value
        for name, model in (("recording", RecordingTags), ("vocals", VocalTags)):
            tags = without_case(given[name]) if isinstance(given.get(name), Mapping) else given
            found = {field: text for field in model.model_fields if (text := clean(tags.get(field), 120))}
            if found:
                read.parts[name] = found
        sections = sections_of(given)
        if any(passage.lines for passage in sections):
            kept = self._short_enough(sections[:_N_SECTIONS], read.parts)
            if len(kept) < len(sections):
                read.notes.append(
                    f"the song was cut to its first {len(kept)} sections: it was too long for a film"
                )
            read.parts["sections"] = [passage._asdict() for passage in kept]
        return read

    def gaps(self, parts: Parts) -> dict[str, str]:
        """Name what a song cannot do without: a title, a verse, a chorus, enough lines."""
        missing = {} if parts.get("title") else {"title": "title: is missing"}
        sections = self._sections(parts)
        kinds = [passage.kind for passage in sections if passage.lines]
        for kind in ("verse", "chorus"):
            if kind not in kinds:
                missing[kind] = f"sections: the {kind} is missing"
        n_lines = sum(len(passage.lines) for passage in sections)
        if not missing.keys() & {"verse", "chorus"} and "verse 2" not in parts:
            length_s = self._length_s(sections, parts)
            if n_lines < self._n_scenes:
                missing["verse 2"] = f"sections: {n_lines} sung lines, at least {self._n_scenes} are needed"
            elif length_s < SHORTEST_S:
                missing["verse 2"] = f"sections: the song lasts {length_s:.0f} s; lengthen it to about 70 s"
        return missing

    def fill(self, parts: Parts, donor: Parts, names: Sequence[str]) -> Parts:
        """Take title and sections from another answer; a lone section is whatever was asked for."""
        filled = dict(parts)
        sections = [(each["kind"], each["lines"]) for each in donor.get("sections", []) if each["lines"]]
        for name in names:
            if name == "title":
                filled |= {"title": donor["title"]} if "title" in donor else {}
                continue
            kind = name.partition(" ")[0]
            alike = [lines for other, lines in sections if other == kind]
            others = [lines for _, lines in sections] if len(names) == 1 or len(sections) == 1 else []
            lines = next(iter(alike[-1:] if name == "verse 2" else alike or others), None)
            if lines:
                filled[name] = lines
        return filled

    def assemble(self, parts: Parts) -> Song:
        """Put the song together; what is missing of genre, tempo, metre and key gets a sane value.

        Raises:
            ValueError: it has too few lines, or is too short or too long.
        """
        rng = Random(self._seed)
        song = Song(
            title=parts["title"],
            genre=parts.get("genre") or rng.choice(GENRES),
            tempo_bpm=parts.get("tempo_bpm") or rng.choice(TEMPOS_BPM),
            time_signature=parts.get("time_signature", "4/4"),
            key=parts.get("key") or rng.choice(KEYS),
            sections=[Section.model_validate(passage._asdict()) for passage in self._sections(parts)],
            recording=RecordingTags(**parts.get("recording", {})),
            vocals=VocalTags(**parts.get("vocals", {})),
        )
        length_s = score_of(song).duration_s
        if not SHORTEST_S <= length_s <= self._longest_s:
            raise ValueError(f"the song would last {length_s:.0f} s")
        if len(list(song.line_refs())) < self._n_scenes:
            raise ValueError(f"fewer than {self._n_scenes} sung lines")
        return song

    def donor(self, document: Song) -> Parts:
        """Return the parts of a song."""
        return document.model_dump()

    def called(self, name: str, parts: Parts) -> str:
        """Return "the chorus", "another verse"."""
        return "another verse" if name == "verse 2" else f"the {name}"

    def remarks(self, parts: Parts) -> list[str]:
        """Say which values the model left open."""
        names = {"genre": "genre", "tempo_bpm": "tempo", "key": "key"}
        chosen = [said for name, said in names.items() if name not in parts]
        return [f"the model gave no usable {' and '.join(chosen)}; a plain one was chosen"] if chosen else []

    def _sections(self, parts: Parts) -> list[Passage]:
        """Return the sections in order, with those that were asked for alone put where they belong."""
        sections = [Passage(**each) for each in parts.get("sections", [])]
        if "verse" in parts:
            first = next((i for i, each in enumerate(sections) if each.kind == "chorus" and each.lines), None)
            at = _sung_from(sections) if first is None else first
            sections.insert(at, Passage("verse", parts["verse"]))
        if "chorus" in parts:
            sections = _after_each_verse(sections, parts["chorus"])
        if "verse 2" in parts:
            chorus = next((each.lines for each in sections if each.kind == "chorus"), [])
            at = max((i for i, each in enumerate(sections) if each.lines), default=-1) + 1
            sections[at:at] = [Passage("verse", parts["verse 2"]), Passage("chorus", list(chorus))]
        return sections[:_N_SECTIONS]

    def _length_s(self, sections: list[Passage], parts: Parts) -> float:
        song = Song.model_construct(
            tempo_bpm=parts.get("tempo_bpm", 115.0),
            time_signature=parts.get("time_signature", "4/4"),
            sections=[Section.model_construct(**passage._asdict()) for passage in sections],
        )
        return score_of(song).duration_s

    def _short_enough(self, sections: list[Passage], parts: Parts) -> list[Passage]:
        """Return the sections that fit a film, from the first on: a model that repeats itself is cut off."""
        kept = list(sections)
        while len(kept) > 1 and self._length_s(kept, parts) > self._longest_s:
            kept.pop()
        return kept


def _short(value: Any) -> str | None:
    return clean(value, 120) or None


def _sung_from(sections: list[Passage]) -> int:
    return next((index for index, each in enumerate(sections) if each.kind != "intro"), len(sections))


def _after_each_verse(sections: list[Passage], chorus: list[str]) -> list[Passage]:
    """Put the chorus after every verse, and in place of choruses without words."""
    placed: list[Passage] = []
    for passage in sections:
        if passage.kind == "chorus" and not passage.lines:
            continue
        placed.append(passage)
        if passage.kind == "verse" and passage.lines:
            placed.append(Passage("chorus", list(chorus)))
    return placed
