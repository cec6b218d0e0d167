"""Lyrics as language models write them: sections under headings; chords, counts and directions between."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from storyboard.generators.llm.answers.clean import clean, plain_words, without_bullet
from storyboard.generators.llm.answers.labels import entries, label_of
from storyboard.generators.llm.answers.vocabulary import all_of, names_of


class Passage(NamedTuple):
    """A section as it is read: its kind, its sung lines, and its length in bars if that is given."""

    kind: str
    lines: list[str]
    bars: int | None = None


_N_LINES, _N_BARS = 32, 16
_KIND_KEYS = ("kind", "type", "section", "name", "title", "label")
_LINE_KEYS = ("lines", "lyrics", "text", "content", "words")
_SECTION_NAMES = names_of("section")
_FIELD_NAMES = names_of("song")
_NAMES = _FIELD_NAMES | _SECTION_NAMES
_HEADINGS = all_of("section") | {"lyrics", "recording", "vocals"}

_CHORD = re.compile(r"\[[A-G][#b]?(?:m|maj|min|dim|sus|add|\d)*\d*\]")
_COUNT = re.compile(
    r"\s*(?:[(\[]\s*(?:x\s?\d|\d\s?x|\d\s?times|repeat[^)\]]*)\s*[)\]]|\bx\s?\d)\s*$", re.IGNORECASE
)
_DIRECTION = re.compile(
    r"^[(\[*]\s*(?:\w+\s+)?(?:instrumental|repeat|music|guitar|piano|synth|drums?|solo|fade|spoken|humming"
    r"|no lyrics|instruments?)\b[^)\]]*[)\]*.]*$"
    r"|^(?:instrumental|no lyrics|none|repeat(?: the)? chorus|\w+ solo)\W*$",
    re.IGNORECASE,
)


def labelled_song(text: str) -> dict[str, Any]:
    """Return a filled-in song template in the shape of the JSON answer."""
    song: dict[str, Any] = {}
    sections: list[dict[str, Any]] = []
    said = "\n".join(line for line in text.splitlines() if not _is_direction(line))
    for entry in entries(said, _NAMES, _HEADINGS):
        if entry.name in _SECTION_NAMES.values():
            sections.append({"kind": entry.name, "lines": [entry.value, *entry.lines]})
        elif entry.name in ("title", "genre", "tempo_bpm", "time_signature", "key") and not entry.value:
            song.setdefault(entry.name, next(iter(entry.lines), ""))
        elif entry.name not in ("lyrics", "recording", "vocals", "sections"):
            song.setdefault(entry.name, entry.value or " ".join(entry.lines))
    return song | ({"sections": sections} if sections else {})


def without_case(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a song's fields under their own names, however a model spelled them; the first one counts."""
    named: dict[str, Any] = {}
    for key, value in data.items():
        known = label_of(str(key)[:60].replace("_", " "), _FIELD_NAMES)
        named.setdefault(known[0] if known else str(key)[:60].lower(), value)
    inner = named.get("title")
    if isinstance(inner, Mapping):  # {"song": {"title": …}}
        return without_case(inner)
    return named


def sections_of(song: Mapping[str, Any]) -> list[Passage]:
    """Return the sections of a song, its lines cleaned; a chorus named again without words has its words."""
    given: Any = song.get("sections") or song.get("lyrics") or song.get("items") or []
    if isinstance(given, str):
        given = labelled_song(given).get("sections") or [{"kind": "verse", "lines": given.splitlines()}]
    if isinstance(given, Mapping):
        given = [{"kind": kind, "lines": lines} for kind, lines in given.items()]
    if not isinstance(given, list):
        return []
    sections: list[Passage] = []
    words: dict[str, list[str]] = {}
    for section in given[:64]:
        passage = _passage(section)
        if passage is None:
            continue
        if passage.kind in ("chorus", "pre-chorus", "post-chorus"):
            passage = passage._replace(lines=list(passage.lines or words.get(passage.kind, [])))
            words.setdefault(passage.kind, passage.lines)
        sections.append(passage)
    return sections


def _passage(section: Any) -> Passage | None:
    if not isinstance(section, Mapping):
        return None
    named = {plain_words(str(key)[:40]): value for key, value in section.items()}
    heading = clean(next((named[key] for key in _KIND_KEYS if key in named), ""))
    known = label_of(heading, _SECTION_NAMES)
    given: Any = next((named[key] for key in _LINE_KEYS if key in named), [])
    lines = given.splitlines() if isinstance(given, str) else given if isinstance(given, list) else []
    sung = [line for line in map(_sung, lines[: 4 * _N_LINES]) if line][:_N_LINES]
    if not known and not sung:
        return None
    bars = named.get("bars")
    fits = type(bars) is int and 1 <= bars <= _N_BARS
    return Passage(known[0] if known else "verse", sung, bars if fits else None)


def _is_direction(line: str) -> bool:
    """Whether a line is "(guitar solo)", which begins no section of its own."""
    return line.lstrip().startswith("(") and bool(_DIRECTION.match(line.strip()[:120]))


def _sung(line: Any) -> str:
    """Return the words of a line that are sung; empty if it is a direction, a chord or a blank."""
    text = without_bullet(_CHORD.sub("", line)) if isinstance(line, str) else clean(line)
    text = clean(_COUNT.sub("", text), 120)
    if _DIRECTION.match(text) or not any(char.isalpha() for char in text):
        return ""
    return text.strip("/").strip()
