"""The text of each caption: the line as the lyrics write it, divided among its words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from storyboard.schema.song import LineRef, Song
from storyboard.schema.timeline import SongMap, Word
from storyboard.sync.captions.timing import CaptionSpan, caption_spans

_UNSURE = 0.3
"""Below this mean confidence a line is shown, but its words are not followed: they may be anywhere."""


@dataclass(frozen=True)
class Caption:
    """One sung line with its words, shown from start_s to end_s."""

    span: CaptionSpan
    written: tuple[str, ...]  # each word as the lyrics write it, with its punctuation and the space after it

    @property
    def text(self) -> str:
        """The line as one text."""
        return "".join(self.written)

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words, in order."""
        return self.span.words

    @property
    def ref(self) -> LineRef:
        """The line by its occurrence."""
        return self.span.ref

    @property
    def start_s(self) -> float:
        """When it appears."""
        return self.span.start_s

    @property
    def end_s(self) -> float:
        """When it disappears."""
        return self.span.end_s

    @property
    def is_sure(self) -> bool:
        """Whether its words can be followed one by one."""
        return self.span.confidence >= _UNSURE


def captions_of(song_map: SongMap, song: Song) -> list[Caption]:
    """Return one caption for each occurrence of a line that is sung, in order."""
    return [
        Caption(span, as_written([word.text for word in span.words], song.line(span.ref)))
        for span in caption_spans(song_map)
    ]


def text_of(captions: list[Caption]) -> str:
    """Return everything that is shown as one text, for which fonts are chosen."""
    return "\n".join(caption.text for caption in captions)


def as_written(words: list[str], line: str) -> tuple[str, ...]:
    """Return the line in one part for each word; the words as heard where they are not those of the line."""
    line = " ".join(line.split())
    starts, at = [], 0
    folded, letters = _letters(line)
    for word in words:
        wanted = _letters(word)[0]
        at = folded.find(wanted, at) if wanted else -1
        if at < 0:
            return _by_count(words, line)
        starts.append(letters[at])
        at += len(wanted)
    if at != len(folded) or starts[0] != letters[0]:
        return _by_count(words, line)
    edges = [0, *(_opened(line, start) for start in starts[1:]), len(line)]
    return tuple(line[start:end] for start, end in pairwise(edges))


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text in small letters, and where in the text each of them stands."""
    folded, places = "", []
    for place, character in enumerate(text):
        if unicodedata.category(character)[0] in "LMN":
            small = character.casefold()
            folded += small
            places += [place] * len(small)
    return folded, places


def _opened(line: str, start: int) -> int:
    """Return where a word begins with the marks that open it: quotes and brackets after a space."""
    while (
        start > 0 and not line[start - 1].isspace() and unicodedata.category(line[start - 1]) in ("Ps", "Pi")
    ):
        start -= 1
    space = line.rfind(" ", 0, start) + 1
    return space if space and not _letters(line[space:start])[0] else start


def _by_count(words: list[str], line: str) -> tuple[str, ...]:
    written = line.split()
    chosen = written if len(written) == len(words) else words
    return tuple(f"{word} " for word in chosen[:-1]) + tuple(chosen[-1:])
