"""From what was heard of each line to the words of the song, in order and without overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from storyboard.schema.timeline import Word
from storyboard.sync.align.cepstra import Floats
from storyboard.sync.align.lines import LyricLine, known_words, words_at
from storyboard.sync.align.pronunciation import pronunciations
from storyboard.sync.align.spreading import GUESSED_LINE, shares, spread
from storyboard.sync.align.trellis import Ways

Window = tuple[float, float]
FoundWord = tuple[float, float, float]
"""Start and end of a word in seconds, and its confidence."""


def all_words(
    placed: Sequence[tuple[LyricLine, Window]],
    ways: Sequence[Ways],
    heard: Mapping[int, Sequence[FoundWord]],
    sound: Floats,
    language: str,
) -> list[list[Word]]:
    """Return the words of every line that is sung, as far as anyone can tell."""
    guesses = _guesses(placed, ways, sound, language)
    made = []
    for index, (line, window) in enumerate(placed):
        if line.is_known:
            made.append(known_words(line, window))
        elif index in heard:
            made.append(_heard_words(line, language, window, heard[index]))
        elif line.start_s is not None:
            made.append(spread(line, window, language))
        elif index in guesses:
            made.append(spread(line, guesses[index], language, GUESSED_LINE))
    return made


def _guesses(
    placed: Sequence[tuple[LyricLine, Window]], ways: Sequence[Ways], sound: Floats, language: str
) -> dict[int, Window]:
    """Return a place for lines that cannot be sounded and have no time, by syllables.

    Only where no line of the lyrics can be sounded: beside lines that can be heard, a guess would
    cover what others sing.
    """
    if any(ways):
        return {}
    unknown = [i for i, (line, _) in enumerate(placed) if line.start_s is None and not line.is_known]
    guesses: dict[int, Window] = {}
    for window in dict.fromkeys(placed[i][1] for i in unknown):
        together = [i for i in unknown if placed[i][1] == window]
        spans = shares([placed[i][0] for i in together], sound, window, language)
        guesses.update(zip(together, spans, strict=True))
    return guesses


def _heard_words(line: LyricLine, language: str, window: Window, found: Sequence[FoundWord]) -> list[Word]:
    """Return the words of a line that was heard; one without sound is put between its neighbours."""
    places = iter(found)
    spans: list[Window] = []
    sure: list[float] = []
    at = max(window[0], found[0][0])
    for word in line.words:
        start_s, end_s, confidence = next(places) if pronunciations(word, language) else (at, at, 0.0)
        start_s = min(max(at, start_s), window[1])
        at = min(max(start_s, end_s), window[1])
        spans.append((start_s, at))
        sure.append(confidence)
    return words_at(line, spans, sure)


def in_order(lines: list[list[Word]]) -> list[Word]:
    """Return all words in the order of their times, none beginning before the one before it ends."""
    words = [word for line in lines for word in line]
    words.sort(key=lambda word: word.start_s)
    for word, following in pairwise(words):
        word.end_s = min(word.end_s, following.start_s)
    return words
