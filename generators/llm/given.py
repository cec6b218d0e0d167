"""The user's own song: what a writer may say of it, and what stays as it was sung."""

from __future__ import annotations

import re
from collections import Counter

from storyboard.generators.llm.writer import Brief
from storyboard.schema.board import Storyboard
from storyboard.schema.document import Line, Part
from storyboard.schema.errors import InputError
from storyboard.schema.song import RecordingTags, Section, Song, VocalTags

_NO_GENRE = frozenset(("", "unknown", "other", "none", "misc", "miscellaneous", "song", "music", "genre"))
_FILE_WORDS = frozenset(
    "untitled unknown track title audio file recording recorded memo mixdown master mastered remaster demo "
    "bounce bounced export exported render draft wip output stereo mp3 wav flac ogg m4a opus aiff".split()
)
_BESIDE_THEM = frozenset(
    "song mix final new version take edit copy rough test voice no the a my of and v".split()
)
_LONGEST_TITLE = 6  # words of a hook
_LONGEST_QUOTE = 60  # characters
_MARKS = " ,.;:!?-\u2026\u2014\"'\u201c\u201d\u201e\u00ab\u00bb"
_MOST_LINES = 160  # of a song in a prompt: four minutes of rap without its repetitions
_LAST_LINES = 40


class SongDescription(Part):
    """What a writer says of a song that it did not write."""

    title: Line
    genre: Line
    recording: RecordingTags = RecordingTags()
    vocals: VocalTags = VocalTags()


def described(song: Song, description: SongDescription) -> Song:
    """Return a song with what was left open filled in; what it says of itself already is kept."""
    recording = description.recording.model_dump() | _said(song.recording)
    vocals = description.vocals.model_dump() | _said(song.vocals)
    return song.model_copy(
        update={
            "title": description.title if needs_title(song) else song.title,
            "genre": description.genre if needs_genre(song) else song.genre,
            "recording": RecordingTags(**recording),
            "vocals": VocalTags(**vocals),
        }
    )


def needs_title(song: Song) -> bool:
    """Whether a title says nothing: "Untitled", "track 01", "final mix v2", a date."""
    words = set(re.findall(r"[^\W\d_]+", song.title.lower()))
    return not words or (bool(words & _FILE_WORDS) and words <= _FILE_WORDS | _BESIDE_THEM)


def needs_genre(song: Song) -> bool:
    """Whether nobody has said yet what genre a song is."""
    return song.genre.strip(" .?-").lower() in _NO_GENRE


def hook_of(song: Song) -> str:
    """Return the line that a listener keeps: of a chorus if there is one, sung often, with the title in it.

    Empty for an instrumental.
    """
    lines = [(song.line(ref), song.sections[ref[0]].kind) for ref in song.line_refs()]
    if not lines:
        return ""
    times = Counter(_plain(line) for line, _ in lines)
    choruses = [line for line, kind in lines if kind == "chorus"]
    repeated = [line for line, _ in lines if times[_plain(line)] > 1]
    titled = _plain(song.title)
    choices = choruses or repeated or [lines[0][0]]
    return max(choices, key=lambda line: (times[_plain(line)], titled in _plain(line)))


def title_from(line: str) -> str:
    """Return a title made of a line's first clause, or its first words where that is long."""
    clause = re.split(r"[,;:.!?()\u2014]", line.strip(_MARKS))[0].strip() or line
    title = " ".join(clause.split()[:_LONGEST_TITLE])[:80]
    return title[:1].upper() + title[1:]


def quotable(line: str) -> str:
    """Return a line as a story quotes it: without marks around it, its first clauses where it is long."""
    text = " ".join(line.split()).strip(_MARKS)
    while len(text) > _LONGEST_QUOTE and (cut := max(text.rfind(mark) for mark in ",;:.!?")) > 0:
        text = text[:cut].strip(_MARKS)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0]


def fewer_scenes(brief: Brief, n_scenes: int) -> list[str]:
    """Return a note if a song has too few lines for the scenes asked for, each of which carries one."""
    if n_scenes >= brief.n_scenes:
        return []
    lines = "line" if n_scenes == 1 else "lines"
    return [f"the song has {n_scenes} {lines}: the film has a scene to each instead of {brief.n_scenes}"]


def compact(song: Song) -> Song:
    """Return a song for a prompt: passages that come again only named, a long text without its middle."""
    seen: set[tuple[str, ...]] = set()
    sections: list[Section] = []
    for section in song.sections:
        words = tuple(_plain(line) for line in section.lines)
        again = len(words) > 1 and words in seen
        seen.add(words)
        lines = ["(the same words again)"] if again else without_echoes(section.lines)
        sections.append(Section.model_construct(kind=section.kind, lines=lines, bars=section.bars))
    n_lines = sum(len(section.lines) for section in sections)
    if n_lines > _MOST_LINES:
        sections = _without_middle(sections, _MOST_LINES - _LAST_LINES, n_lines - _LAST_LINES)
    return song.model_copy(update={"sections": sections})


def without_echoes(lines: list[str]) -> list[str]:
    """Return lines in one row each, each only once, none of which looks like a mark of a prompt."""
    once: dict[str, str] = {}
    for line in lines:
        once.setdefault(_plain(line), " ".join(line.split()).lstrip("-=#[ "))
    return [line for line in once.values() if line]


def refuse_changes_of(board: Storyboard, what: str) -> None:
    """Refuse to change what a recording has fixed.

    Raises:
        InputError: the song of the storyboard is the user's own recording.
    """
    if board.song.audio is not None:
        raise InputError(
            f"the song is your own recording ({board.song.audio.file}): its {what} cannot be changed here",
            where="revision",
            hint="change the recording itself and begin anew with --song, or ask for a change of the scenes",
        )


def _said(tags: RecordingTags | VocalTags) -> dict[str, str]:
    return {name: text for name, text in tags.model_dump().items() if text}


def _plain(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.lower()))


def _without_middle(sections: list[Section], first: int, last: int) -> list[Section]:
    """Return sections without the lines whose places are from `first` to before `last`."""
    kept, place = [], 0
    for section in sections:
        lines = [line for index, line in enumerate(section.lines, place) if not first <= index < last]
        place += len(section.lines)
        if lines or not section.lines:
            kept.append(Section.model_construct(kind=section.kind, lines=lines, bars=section.bars))
    return kept
