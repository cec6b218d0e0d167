"""The song sheet: title, style and lyrics to be pasted into song services that have no API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from storyboard.prompts import render
from storyboard.prompts.wording import language_name, one_line
from storyboard.schema.song import Section, Song

MAX_STYLE = 200
"""Characters that the style field of a song service takes at least."""
_TAGS = {"pre-chorus": "Pre-Chorus", "post-chorus": "Post-Chorus"}
_WITHOUT_WORDS = {"intro": "Instrumental Intro", "verse": "Instrumental", "bridge": "Instrumental Bridge"}


def song_sheet(song: Song, language: str) -> str:
    """Return the text of a song sheet.

    Args:
        song: the song.
        language: the code of the language that it is sung in.
    """
    tags = list(_style(song, language))
    return render(
        "song_sheet",
        title=song.title,
        short_style=_joined(tags, MAX_STYLE),
        full_style=_joined(tags),
        sections=list(_sections(song)),
    )


def _style(song: Song, language: str) -> Iterator[str]:
    """Yield the tags, what matters most to the sound first, none twice."""
    recording, vocals = song.recording, song.vocals
    said: set[str] = set()
    texts = [song.genre, vocals.voice, vocals.emotions, f"{song.tempo_bpm:g} BPM", song.key]
    texts += [song.time_signature + " time"] if song.time_signature != "4/4" else []
    texts += [f"sung in {language_name(language).partition(' (')[0]}"] if language[:2] != "en" else []
    texts += [recording.beat, recording.melody, recording.rhythm, vocals.expression, vocals.range]
    for tag in (tag.strip(" .") for text in texts for tag in one_line(text).split(",")):
        if tag and tag.casefold() not in said:
            said.add(tag.casefold())
            yield tag


def _joined(tags: list[str], longest: int | None = None) -> str:
    """Return the tags in one line, those left out that would make it too long."""
    text = ""
    for tag in tags:
        longer = f"{text}, {tag}" if text else tag[:longest]
        if longest is None or len(longer) <= longest:
            text = longer
    return text


def _sections(song: Song) -> Iterator[tuple[str, list[str]]]:
    """Yield the tag and the lines of each section; verses are numbered, bridges if there are several."""
    n_of = Counter(section.kind for section in song.sections if section.lines)
    number = Counter[str]()
    for section in song.sections:
        tag = _tag(section)
        if section.lines and section.kind in ("verse", "bridge"):
            number[section.kind] += 1
            tag += f" {number[section.kind]}" if section.kind == "verse" or n_of[section.kind] > 1 else ""
        yield tag, [_without_brackets(line) for line in section.lines]


def _tag(section: Section) -> str:
    if not section.lines and section.kind in _WITHOUT_WORDS:
        return _WITHOUT_WORDS[section.kind]
    return _TAGS.get(section.kind, section.kind.capitalize())


def _without_brackets(line: str) -> str:
    """Return a line that no service takes for a tag."""
    return one_line(line.replace("[", "(").replace("]", ")"))
