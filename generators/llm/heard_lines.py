"""From what a recogniser answers to lines as one sings them, without what it makes up where nobody sings."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from storyboard.generators.llm.clients import Unreadable

_PAUSE_S = 0.8  # between two words of a segment: the singer has begun a new line
_MOST_WORDS = 12
_FEWEST_WORDS = 3
_MOST_REPEATS = 4
_NO_SPEECH, _DOUBTFUL = 0.6, -1.0  # a segment beyond both is silence (Whisper's own thresholds)
_SIGNS = re.compile(r"[♪♫♬♩🎵🎶\ufe0f]+")
_REMARK = re.compile(r"[\[(*][^\])*]*[\])*]")
_MADE_UP = re.compile(
    r"amara\.org|(?:thanks|thank you) for watching|subtitles? (?:by|made)|untertitel|sous-titr|subtitulado"
    r"|legendas? (?:por|pela)|sottotitoli|please subscribe",
    re.IGNORECASE,
)
"""The credits of the subtitles that recognisers were trained on; they hear them where nobody sings."""
Word = tuple[str, float, float]
"""A word with its start and end in seconds."""


@dataclass(frozen=True)
class HeardLine:
    """A line as it was heard, in seconds; start and end are both 0 where the server gives text alone."""

    text: str
    start_s: float
    end_s: float
    words: list[Word] = field(default_factory=list)


class _Segment(NamedTuple):
    text: str
    start_s: float
    end_s: float
    is_silence: bool


class Transcript(NamedTuple):
    """An answer as it is read: all of its text, and what of it has times."""

    text: str
    segments: list[_Segment]
    words: list[Word]


def read_answer(answer: Any) -> Transcript:
    """Read an answer of any form; what has no usable time is left out.

    Raises:
        Unreadable: it is none.
    """
    if isinstance(answer, str):
        return Transcript(answer, [], [])
    text, segments, words = (_value(answer, name) for name in ("text", "segments", "words"))
    if not isinstance(text, str) and not isinstance(segments, list):
        raise Unreadable("it is no transcription")
    timed = [
        _Segment(str(_value(each, "text") or "").strip(), *span, _is_silence(each))
        for each in segments or []
        if (span := _span(each))
    ]
    spoken = [
        (said, *span)
        for each in words or []
        if (span := _span(each)) and (said := _said(str(_value(each, "word") or "")))
    ]
    return Transcript(text or "", timed, sorted(spoken, key=lambda word: word[1]))


def lines_of(answer: Transcript) -> list[HeardLine]:
    """Return the lines of an answer, without what nobody sang."""
    if answer.segments:
        lines = [line for part in _parts(answer) for line in part]
    elif answer.words:
        lines = _as_sung(answer.words)
    else:
        lines = [HeardLine(text, 0.0, 0.0) for text in re.split(r"\n+|(?<=[.!?])\s+", answer.text)]
    heard = [
        HeardLine(text, line.start_s, line.end_s, line.words)
        for line in lines
        if (text := _said(line.text)) and not _MADE_UP.search(text)
    ]
    return [line for _, same in itertools.groupby(heard, _sound) for line in list(same)[:_MOST_REPEATS]]


def _value(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def _span(item: Any) -> tuple[float, float] | None:
    start_s, end_s = _value(item, "start"), _value(item, "end")
    if not all(isinstance(each, int | float) and math.isfinite(each) for each in (start_s, end_s)):
        return None
    start_s = round(max(0.0, start_s), 3)
    return start_s, round(max(end_s, start_s + 0.05), 3)


def _is_silence(segment: Any) -> bool:
    no_speech, log_share = _value(segment, "no_speech_prob"), _value(segment, "avg_logprob")
    known = isinstance(no_speech, int | float) and isinstance(log_share, int | float)
    return known and no_speech > _NO_SPEECH and log_share < _DOUBTFUL


def _said(text: str) -> str:
    """Return a text without signs of music and remarks; empty if nothing is left."""
    text = " ".join(_REMARK.sub(" ", _SIGNS.sub(" ", text)).split())
    return text if any(char.isalnum() for char in text) else ""


def _sound(line: HeardLine) -> str:
    return " ".join(re.findall(r"\w+", line.text.casefold()))


def _parts(answer: Transcript) -> Iterator[list[HeardLine]]:
    """Yield the lines of each segment; a word belongs to the last segment that has begun at its middle."""
    starts = [segment.start_s for segment in answer.segments]
    of_segment: list[list[Word]] = [[] for _ in starts]
    for word in answer.words:
        begun = [index for index, start_s in enumerate(starts) if start_s <= (word[1] + word[2]) / 2]
        of_segment[begun[-1] if begun else 0].append(word)
    for segment, words in zip(answer.segments, of_segment, strict=True):
        written = _said(segment.text).split()
        if segment.is_silence or not written:
            continue
        if len(written) == len(words):  # words come without punctuation, segments with it
            words = [(text, *word[1:]) for text, word in zip(written, words, strict=True)]
        yield _as_sung(words) if words else [HeardLine(segment.text, segment.start_s, segment.end_s)]


def _as_sung(words: Sequence[Word]) -> list[HeardLine]:
    """Break words into lines: at pauses, at a capital after punctuation, and where a line gets too long."""
    lines: list[list[Word]] = [[]]
    for word in words:
        if lines[-1] and _begins_line(lines[-1], word):
            lines.append([])
        lines[-1].append(word)
    short = [part for line in lines for part in _shortened(line)]
    return [HeardLine(" ".join(word[0] for word in line), line[0][1], line[-1][2], line) for line in short]


def _begins_line(line: Sequence[Word], word: Word) -> bool:
    last = line[-1]
    is_capital = word[0][:1].isupper() and not re.match(r"I\b", word[0])
    is_new = is_capital and last[0][-1] in ".,;!?" and len(line) >= _FEWEST_WORDS
    return word[1] - last[2] >= _PAUSE_S or is_new


def _shortened(line: list[Word]) -> list[list[Word]]:
    """Break a line of too many words at its longest pause, the one nearest to its middle among equals."""
    if len(line) <= _MOST_WORDS:
        return [line]
    places = range(_FEWEST_WORDS, len(line) - _FEWEST_WORDS + 1)
    at = max(places, key=lambda n: (round(line[n][1] - line[n - 1][2], 2), -abs(n - len(line) / 2)))
    return [*_shortened(line[:at]), *_shortened(line[at:])]
