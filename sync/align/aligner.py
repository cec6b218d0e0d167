"""Known lyrics to the time of every word, by occurrence: one search over the whole song."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.timeline import Word
from storyboard.sync.align.acoustics import acoustic_model
from storyboard.sync.align.cepstra import FRAME_S, RATE_HZ, Floats, cepstra, levelled, streams
from storyboard.sync.align.foreground import foreground
from storyboard.sync.align.holes import closed
from storyboard.sync.align.judgement import confidences, likelihoods, sung_lines
from storyboard.sync.align.lines import LyricLine, known_words, windows, words_at
from storyboard.sync.align.pronunciation import pronunciations
from storyboard.sync.align.spreading import GUESSED, GUESSED_LINE, shares, spread
from storyboard.sync.align.trellis import Fit, Heard, Ways, best_path, trellis_of

_LATENCY_S = 0.013  # a frame hears the 26 ms from its start on; its middle is meant

Window = tuple[float, float]
Found = tuple[float, float, float]
"""Start and end of a word in seconds, and its confidence."""


def align(
    audio: Path, lines: Sequence[LyricLine], language: str, *, on_fraction: OnFraction = ignore
) -> list[Word]:
    """Return when every word of the lyrics is sung, in order and without overlap.

    One Word for each of `text.split()`, with a confidence from 0 to 1. Words whose times are known are
    taken as they are; a line whose start is known is looked for in its own time only, and where it
    cannot be heard there its words are spread over that time. Other lines are looked for between
    those; one that is not sung is left out. A line is not torn: where more than 4 s would part two of
    its words, the lesser part is put next to the better one, with a low confidence. Lyrics in a
    language or script that cannot be sounded are spread over the song, with a confidence near 0.

    Args:
        audio: the song, or better its voice alone; anything soundfile reads.
        lines: every sung line in order.
        language: as in "en", "pt-BR".
        on_fraction: receives progress.

    Raises:
        MediaError: the file cannot be read as sound.
        SystemRequirementError: the acoustic model is broken.
    """
    written = [line for line in lines if line.words]
    if all(line.is_known for line in written):
        return _in_order([known_words(line, span) for line, span in _placed(written, float("inf"))])
    sound = foreground(audio)
    duration_s = len(sound) / RATE_HZ
    code = language.lower().replace("_", "-").split("-")[0]
    ways = [_ways(line, code) for line in written]
    placed = _placed(written, duration_s)
    sought = [i for i, line in enumerate(written) if ways[i] and not line.is_known]
    timed = {n for n, i in enumerate(sought) if written[i].start_s is not None}
    bounded = {n for n in timed if written[sought[n]].end_s is not None}
    spans = [placed[i][1] for i in sought]
    found = _search(sound, [ways[i] for i in sought], spans, timed, bounded, on_fraction)
    heard = {sought[i]: words for i, words in found.items()}
    return _in_order(_all_words(placed, ways, heard, sound, code))


def _placed(lines: Sequence[LyricLine], duration_s: float) -> list[tuple[LyricLine, Window]]:
    return list(zip(lines, windows(lines, duration_s), strict=True))


def _ways(line: LyricLine, language: str) -> Ways:
    """Return how the words that can be sounded are sung; empty when most of them cannot."""
    ways = [pronunciations(word, language) for word in line.words]
    written = sum(any(char.isalpha() for char in word) for word in line.words)
    known = [way for way in ways if way]
    return known if len(known) * 2 > written else []


def _search(
    sound: Floats,
    lines: Sequence[Ways],
    spans: Sequence[Window],
    timed: set[int],
    bounded: set[int],
    on_fraction: OnFraction,
) -> dict[int, list[Found]]:
    """Return where the words of each line that is sung were heard."""
    frames = [(round(start / FRAME_S), round(end / FRAME_S)) for start, end in spans]
    if not lines or len(sound) < RATE_HZ // 2:
        return {}
    model = acoustic_model()
    heard = streams(levelled(cepstra(sound), model.spread))
    row = trellis_of(lines, model)
    fit = Fit(row, heard, frames, model, timed)
    found: dict[int, dict[int, Heard]] = {}
    for (line, word), where in best_path(row, fit, on_fraction).items():
        found.setdefault(line, {})[word] = where
    n_phones = [[len(ways[0]) for ways in line] for line in lines]
    likely = likelihoods(found, len(lines), n_phones, timed)
    sung = sung_lines(found, likely)
    sure = confidences(sung, likely, n_phones)
    sung, moved = closed(sung, frames, n_phones, bounded)
    sure.update((place, min(GUESSED, sure[place])) for place in moved)
    return {
        line: [
            (_seconds(where.first_frame), _seconds(where.end_frame), sure[line, word])
            for word, where in sorted(words.items())
        ]
        for line, words in sung.items()
    }


def _seconds(frame: int) -> float:
    return frame * FRAME_S + _LATENCY_S


def _all_words(
    placed: Sequence[tuple[LyricLine, Window]],
    ways: Sequence[Ways],
    heard: dict[int, list[Found]],
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


def _heard_words(line: LyricLine, language: str, window: Window, found: Sequence[Found]) -> list[Word]:
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


def _in_order(lines: list[list[Word]]) -> list[Word]:
    """Return all words in the order of their times, none beginning before the one before it ends."""
    words = [word for line in lines for word in line]
    words.sort(key=lambda word: word.start_s)
    for word, following in pairwise(words):
        word.end_s = min(word.end_s, following.start_s)
    return words
