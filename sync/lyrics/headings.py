"""Headings such as [Chorus], "Strophe 2:" or (Pre-Chorus x2), and annotations, which nobody sings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.schema.song import SectionKind
from storyboard.sync.lyrics.section_names import kind_named

REFRAINS: tuple[SectionKind, ...] = ("chorus", "pre-chorus", "post-chorus")
WORDLESS: tuple[SectionKind, ...] = ("intro", "break", "solo", "outro", "instrumental")
"""Sections that may be there without a word sung."""

_X = r"[x\u00d7]"
_TIMES = (
    rf"(?:[x\u00d7*]\s?(?P<after>\d{{1,2}})|(?P<twice>bis)"
    rf"|(?P<before>\d{{1,2}})\s?(?:{_X}|\*|times|mal|fois|veces|vezes|volte))"
)
_COUNT = re.compile(
    rf"(?:\s*[(\[{{]\s*(?:repeat\s*)?{_TIMES}\s*[)\]}}]"
    rf"|\s+(?:{_X}\s?(?P<bare>\d{{1,2}})|(?P<bare_first>\d){_X}))"
    r"\s*:?\s*$",
    re.IGNORECASE,
)
_COUNT_ALONE = re.compile(rf"^[(\[{{]?\s*(?:repeat\s*)?{_TIMES}\s*[)\]}}]?\.?$", re.IGNORECASE)
_COUNT_INSIDE = re.compile(rf"(?:[\s,:(-]|\brepeat\b)*\b{_TIMES}\)?\s*$", re.IGNORECASE)
_MOST_TIMES = 32
_BRACKETED = re.compile(r"^(?P<open>[\[({<])\s*(?P<name>[^\])}>]*?)\s*[\])}>]\s*:?$")
_LABELLED = re.compile(r"^(?P<name>[^:]{1,40}?)\s*:\s*(?P<text>.*)$")
_MARKUP = re.compile(r"^[#*_=~\s-]+(?=[^\W_]|[\[(])|(?<=[\w)\]])[#*_=~\s-]+$")
_SIGNS = re.compile(r"[♪♫♬♩🎵🎶\ufe0f]+")
_NOISE = re.compile(
    r"^[(\[{*]+\s*(?:\w+\s+){0,2}(?:music|musik|musica|música|musique|instrumental|applause|applaus|laughter|cheering"
    r"|silence|humming|no lyrics|inaudible|vocali[sz]ing)(?:\s+\w+){0,2}\W*[)\]}*]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """A heading: the kind of section, how often it is sung, and a first line that stands beside it."""

    kind: SectionKind
    n_times: int = 1
    text: str = ""


def heading_of(line: str, *, may_be_bare: bool = False) -> Heading | None:
    """Read a line as a heading; None if it is none.

    Args:
        line: a line of the file.
        may_be_bare: whether a name alone, without bracket or colon, is one: "Chorus" between two blanks is,
            "solo" within a verse is not.
    """
    text, n_times = without_count(_MARKUP.sub("", line.strip()))
    bracketed = _BRACKETED.match(text)
    if bracketed:
        name, n_inside = _count_inside(bracketed["name"])
        name = re.split(r"\s*[:|\u2013\u2014]\s*|\s+-\s+", name)[0]  # [Verse 1: who sings it]
        kind = kind_named(name)
        return Heading(kind, max(n_times, n_inside)) if kind else None
    labelled = _LABELLED.match(text)
    if labelled:
        name, n_inside = _count_inside(labelled["name"].strip("([ "))
        kind = kind_named(name.rstrip(")]"))
        return Heading(kind, max(n_times, n_inside), labelled["text"].strip(" *_")) if kind else None
    is_short = len(text.split()) <= 3 and not re.search(r"\b[a-h]\b", text)
    kind = kind_named(text) if is_short and (may_be_bare or text != line.strip()) else None
    return Heading(kind, n_times) if kind else None


def without_count(line: str) -> tuple[str, int]:
    """Return a line without "(x2)" at its end, and how often it is sung."""
    match = _COUNT.search(line)
    if not match or not line[: match.start()].strip():
        return line, 1
    return line[: match.start()].rstrip(), _number(match)


def count_alone(line: str) -> int:
    """Return n of a line that says "(xn)" and nothing more; 0 of any other."""
    match = _COUNT_ALONE.match(line.strip())
    return _number(match) if match else 0


def is_annotation(line: str) -> bool:
    """Whether a whole line is a remark such as [Spoken], (music) or ♪, which nobody sings."""
    text = sung_text(line)
    if not any(char.isalnum() for char in text):
        return True
    bracketed = _BRACKETED.match(text)
    return bool(_NOISE.match(text)) or bool(bracketed and bracketed["open"] in "[{<")


def sung_text(line: str) -> str:
    """Return a line without the signs of music around it."""
    return " ".join(_SIGNS.sub(" ", line).split())


def _count_inside(name: str) -> tuple[str, int]:
    match = _COUNT_INSIDE.search(name)
    return (name[: match.start()], _number(match)) if match and match.start() else (name, 1)


def _number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("twice"):
        return 2
    number = int(
        groups.get("after") or groups.get("before") or groups.get("bare") or groups.get("bare_first") or 1
    )
    return min(max(number, 1), _MOST_TIMES)
