"""The lyrics to be found: each line with whatever is known of its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.schema.song import LineRef
from storyboard.schema.timeline import Word

SHORTEST_WORD_S = 0.02
_LONGEST_WORD_S = 1.5
_LONGEST_LINE_S = 4.0  # besides that of its words: a line of unknown end is over by then


@dataclass(frozen=True)
class LyricLine:
    """One occurrence of a sung line.

    Attributes:
        ref: its place in the song, (section, line).
        text: as written.
        start_s: when it begins, if known.
        end_s: when it ends, if known.
        words_s: the start of every word of `text.split()`, if known.
    """

    ref: LineRef
    text: str
    start_s: float | None = None
    end_s: float | None = None
    words_s: tuple[float, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words as written."""
        return self.text.split()

    @property
    def is_known(self) -> bool:
        """Whether the start of every word is known."""
        return bool(self.words_s) and len(self.words_s) == len(self.words)


def windows(lines: Sequence[LyricLine], duration_s: float) -> list[tuple[float, float]]:
    """Return when each line may be sung, in seconds: its own time, or between those that have one.

    A line that has a start only may last until the next one, within reason.
    """
    starts = [_begins(line) for line in lines]
    spans = []
    for index, line in enumerate(lines):
        later = next((start for start in starts[index + 1 :] if start is not None), duration_s)
        start = starts[index]
        if start is None:
            earliest = _end_of_those_before(lines[:index])
            spans.append((min(earliest, duration_s), max(earliest, later)))
            continue
        end = min(later, start + _LONGEST_LINE_S + _LONGEST_WORD_S * len(line.words))
        if line.end_s is not None and line.end_s > start:
            end = line.end_s
        spans.append((start, min(max(end, start + SHORTEST_WORD_S), duration_s)))
    return spans


def placed(lines: Sequence[LyricLine], duration_s: float) -> list[tuple[LyricLine, tuple[float, float]]]:
    """Return each line with its window."""
    return list(zip(lines, windows(lines, duration_s), strict=True))


def known_words(line: LyricLine, window: tuple[float, float]) -> list[Word]:
    """Return the words of a line whose starts are known; each lasts until the next, within reason."""
    starts = sorted(line.words_s)
    ends = [*starts[1:], max(window[1], starts[-1] + SHORTEST_WORD_S)]
    spans = [(start, min(end, start + _LONGEST_WORD_S)) for start, end in zip(starts, ends, strict=True)]
    return words_at(line, spans, [1.0] * len(spans))


def words_at(
    line: LyricLine, spans: Sequence[tuple[float, float]], confidences: Sequence[float]
) -> list[Word]:
    """Return the line's words at these times."""
    section, number = line.ref
    return [
        Word(
            text=text,
            start_s=round(max(0.0, start_s), 3),
            end_s=round(max(0.0, start_s, end_s), 3),
            section=section,
            line=number,
            confidence=round(confidence, 3),
        )
        for text, (start_s, end_s), confidence in zip(line.words, spans, confidences, strict=True)
    ]


def _begins(line: LyricLine) -> float | None:
    return min(line.words_s) if line.is_known else line.start_s


def _end_of_those_before(lines: Sequence[LyricLine]) -> float:
    """Return the time before which a line cannot begin: what is known of those before it."""
    for line in reversed(lines):
        start = _begins(line)
        if start is not None:
            known_end = line.end_s if line.end_s is not None else max((start, *line.words_s))
            return max(start, known_end)
    return 0.0
