"""The lyrics: whether the lines can be sung, and whether the song keeps its promises to a listener."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator

from storyboard.generators.lint.finding import Finding
from storyboard.generators.lint.sounds import is_alphabetic, n_spoken, sung_language
from storyboard.generators.score import score_of, syllables
from storyboard.schema.board import Storyboard
from storyboard.schema.song import Section

_BREATH_S = 0.7  # what the score leaves at the end of a line
_FASTEST_PER_S = 4.4  # syllables; sung words blur above it (the score's own pace is 3.8)
_FASTEST_RAPPED_PER_S = 6.5
_MOST_SYLLABLES = 16  # a fourteener, the longest line of song metre, and an upbeat
_MOST_RAPPED = 28  # two bars of sixteenths, less a breath
_TIMES_MEDIAN = 1.8  # how much longer or shorter than its section's middle line a line may be ...
_BESIDES_MEDIAN = 4  # ... if it differs by more than this, so that 4 and 8 syllables may alternate
_MOST_TIMES = 2  # outside choruses: once, and once more as an echo
_REFRAIN = ("chorus", "post-chorus", "intro", "outro")
_SMALL = frozenset("a an the and or of in on at to for by with from my your our is are".split())


def lines_against_their_slot(board: Storyboard) -> Iterator[Finding]:
    """Find lines that get too little time for their syllables at the song's tempo."""
    score = score_of(board.song)
    fastest = _FASTEST_RAPPED_PER_S if _is_rapped(board) else _FASTEST_PER_S
    for slot in score.lines:
        sung_s = max(0.1, score.beat_s(slot.n_beats) - _BREATH_S)
        count = _beyond(fastest * sung_s, slot.text, board)
        if count:
            yield Finding(
                code="tempo",
                where=f"song.sections[{slot.ref[0]}].lines[{slot.ref[1]}]",
                message=f"{count} syllables in {sung_s:.1f} s are too fast to follow; shorten the line",
                step="song",
            )


def lines_too_long(board: Storyboard) -> Iterator[Finding]:
    """Find lines that do not fit one breath."""
    most = _MOST_RAPPED if _is_rapped(board) else _MOST_SYLLABLES
    for section, line in board.song.line_refs():
        count = _beyond(most, board.song.line((section, line)), board)
        if count:
            yield Finding(
                code="length",
                where=f"song.sections[{section}].lines[{line}]",
                message=f"{count} syllables are more than one breath; split the line or cut it to {most}",
                step="song",
            )


def uneven_sections(board: Storyboard) -> Iterator[Finding]:
    """Find lines that cannot share their section's melody, being far longer or shorter than the others."""
    for index, section in enumerate(board.song.sections):
        if len(section.lines) < 3 or not is_alphabetic(" ".join(section.lines)):
            continue
        counts = [syllables(line) for line in section.lines]
        middle = statistics.median(counts)
        for place, count in enumerate(counts):
            far = abs(count - middle) > _BESIDES_MEDIAN
            if far and not middle / _TIMES_MEDIAN <= count <= middle * _TIMES_MEDIAN:
                yield Finding(
                    code="evenness",
                    where=f"song.sections[{index}].lines[{place}]",
                    message=f"{count} syllables among lines of about {middle:g} do not fit the same melody",
                    step="song",
                )


def lines_sung_too_often(board: Storyboard) -> Iterator[Finding]:
    """Find lines repeated outside the chorus; a song without chorus may end each verse on a refrain."""
    sections = board.song.sections
    n_verses = sum(section.kind == "verse" for section in sections)
    has_chorus = any(section.kind == "chorus" for section in sections)
    most = _MOST_TIMES if has_chorus else max(_MOST_TIMES, n_verses)
    sung = Counter(
        spoken(line) for section in sections if section.kind not in _REFRAIN for line in section.lines
    )
    for text, times in sung.items():
        if times > most and text:
            yield Finding(
                code="repetition",
                where=_first_place(board, text),
                message=f"this line is sung {times} times outside the chorus; write other lines",
                step="song",
            )


def verses_sung_twice(board: Storyboard) -> Iterator[Finding]:
    """Find verses that say what an earlier verse said, word for word."""
    seen: dict[tuple[str, ...], int] = {}
    for index, section in enumerate(board.song.sections):
        words = tuple(map(spoken, section.lines))
        if section.kind != "verse" or len(words) < 2:
            continue
        if words in seen:
            message = f"this verse repeats song.sections[{seen[words]}]; a second verse moves the story on"
            yield Finding(code="repetition", where=f"song.sections[{index}]", message=message, step="song")
        seen.setdefault(words, index)


def choruses_that_change(board: Storyboard) -> Iterator[Finding]:
    """Find choruses that come back with mostly other words: a listener must know them again."""
    first: Section | None = None
    for index, section in enumerate(board.song.sections):
        if section.kind != "chorus" or not section.lines:
            continue
        if first is None:
            first = section
            continue
        ours, theirs = set(map(spoken, section.lines)), set(map(spoken, first.lines))
        if len(ours & theirs) * 2 < min(len(ours), len(theirs)):
            yield Finding(
                code="chorus",
                where=f"song.sections[{index}]",
                message="this chorus has other words than the first; sing the same ones, or call it a bridge",
                step="song",
            )


def title_not_sung(board: Storyboard) -> Iterator[Finding]:
    """Find a title of which the chorus (or a song without one) sings less than half of the main words."""
    song = board.song
    titled = [word for word in spoken(song.title).split() if word not in _SMALL]
    choruses = [section for section in song.sections if section.kind in ("chorus", "post-chorus")]
    heard = [line for section in choruses or song.sections for line in section.lines]
    text = spoken(" ".join(heard))
    if not titled or not text or not is_alphabetic(song.title) or not is_alphabetic(text):
        return
    # Stems, so that "Running Home" is heard in "run home".
    stems = {word[:4] for word in text.split()}
    if sum(word[:4] in stems for word in titled) * 2 < len(titled):
        where = "chorus" if choruses else "song"
        message = (
            f"the title \u201c{song.title}\u201d is not heard in the {where}; sing it, or choose another"
        )
        yield Finding(code="title", where="song.title", message=message, step="song")


def spoken(line: str) -> str:
    """Return a line as it is heard: words in lower case, without accents and marks."""
    folded = unicodedata.normalize("NFKD", line.lower())
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters.replace("'", "").replace("\u2019", "")))


def _beyond(most: float, line: str, board: Storyboard) -> int:
    """Return the number of syllables of a line that has more than so many, or 0.

    Spelling, which is quick and serves many languages, counts some English vowels twice; phonemes decide.
    """
    count = syllables(line) if is_alphabetic(line) else 0
    if count > most and sung_language(board.song, board.language) == "en":
        count = n_spoken(line)
    return count if count > most else 0


def _first_place(board: Storyboard, text: str) -> str:
    refs = (ref for ref in board.song.line_refs() if spoken(board.song.line(ref)) == text)
    section, line = next(refs)
    return f"song.sections[{section}].lines[{line}]"


def _is_rapped(board: Storyboard) -> bool:
    return bool(re.search(r"\b(hip.?hop|rap|trap|drill|grime)\b", board.song.genre.lower()))
