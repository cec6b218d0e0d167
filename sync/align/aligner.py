"""Known lyrics to the time of every word, by occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.song import LineRef
from storyboard.schema.timeline import Word, WordsFrom
from storyboard.sync.align.arranging import FoundWord, Window, all_words, in_order
from storyboard.sync.align.cepstra import FRAME_S, RATE_HZ
from storyboard.sync.align.foreground import Foreground, foregrounds, mixed
from storyboard.sync.align.holes import closed
from storyboard.sync.align.judgement import SUNG, Evidence, confidences, sung_lines
from storyboard.sync.align.lines import LyricLine, known_words, placed, words_at
from storyboard.sync.align.pronunciation import pronunciations
from storyboard.sync.align.search import search
from storyboard.sync.align.spreading import GUESSED, spread
from storyboard.sync.align.starts import heard_end_s, heard_start_s
from storyboard.sync.align.trellis import Ways
from storyboard.sync.language_codes import bare_code

_SEPARATING = 0.4  # of the time that finding takes
# Mean confidence over all words sought: right lyrics have 0.8 and more, those of another song 0.1 at most.
_WEAK = 0.5  # below, the next sound is tried as well
_CLEARLY = 0.2  # by so much a sound must do better than the one before it to be preferred


@dataclass(frozen=True)
class Alignment:
    """What became of the lyrics.

    Attributes:
        words: when each word is sung, in order and without overlap.
        words_from: what they were found in.
        unsung: the lines that were not found.
    """

    words: list[Word]
    words_from: WordsFrom
    unsung: list[LineRef]


def find_words(
    audio: Path,
    lines: Sequence[LyricLine],
    language: str,
    *,
    is_voice: bool = False,
    model: Path | None = None,
    on_fraction: OnFraction = ignore,
) -> Alignment:
    """Return when every word of the lyrics is sung, in order and without overlap.

    One Word for each of `text.split()`, with a confidence from 0 to 1. Words whose times are known are
    taken as they are; a line whose start is known is looked for in its own time only, and where it
    cannot be heard there its words are spread over that time. Other lines are looked for between
    those; one that is not sung is left out. A line is not torn: where more than 4 s would part two of
    its words, the lesser part is put next to the better one, with a low confidence. Lyrics in a
    language or script that cannot be sounded are spread over the song, with a confidence near 0.

    They are looked for in the voice as `foregrounds` makes it, and in the next best sound where the
    confidence of all words together is low.

    Args:
        audio: the song, or better its voice alone; anything soundfile reads.
        lines: every sung line in order.
        language: as in "en", "pt-BR".
        is_voice: whether `audio` is the voice alone.
        model: folder of a CTC acoustic model to find them with, instead of the embedded one.
        on_fraction: receives progress.

    Raises:
        MediaError: the file cannot be read as sound.
        SystemRequirementError: the acoustic model is broken.
    """
    written = [line for line in lines if line.words]
    if all(line.is_known for line in written):
        words = in_order([known_words(line, span) for line, span in placed(written, float("inf"))])
        return Alignment(words, "times" if words else "nothing", [])
    code = bare_code(language)
    if model is not None:
        return _with_model(audio, written, code, is_voice, model, on_fraction)
    ways = [_ways(line, code) for line in written]
    if not any(ways):
        return _heard_in(mixed(audio), written, ways, code, on_fraction)
    n_words = sum(len(line.words) for line in written)
    best: Alignment | None = None
    reached = 0.0
    told = _rising(on_fraction)
    for sound in foregrounds(audio, is_voice, _part(told, 0.0, _SEPARATING)):
        found = _heard_in(sound, written, ways, code, _part(told, _SEPARATING, 1.0))
        score = sum(word.confidence for word in found.words) / n_words
        if best is None or score > reached + _CLEARLY:
            best, reached = found, score
        if score >= _WEAK:
            break
    on_fraction(1.0)
    return best or _alignment([], written, "nothing")


def _part(on_fraction: OnFraction, first: float, last: float) -> OnFraction:
    return lambda done: on_fraction(first + (last - first) * done)


def _rising(on_fraction: OnFraction) -> OnFraction:
    """Tell nothing that was told before."""
    most = 0.0

    def told(done: float) -> None:
        nonlocal most
        most = max(most, done)
        on_fraction(most)

    return told


def _heard_in(
    sound: Foreground,
    lines: Sequence[LyricLine],
    ways: Sequence[Ways],
    language: str,
    on_fraction: OnFraction,
) -> Alignment:
    """Return what becomes of the lyrics in one sound."""
    places = placed(lines, len(sound.samples) / RATE_HZ)
    sought = [i for i, line in enumerate(lines) if ways[i] and not line.is_known]
    timed = {n for n, i in enumerate(sought) if lines[i].start_s is not None}
    bounded = {n for n in timed if lines[sought[n]].end_s is not None}
    spans = [places[i][1] for i in sought]
    found = _search(sound, [ways[i] for i in sought], spans, timed, bounded, on_fraction)
    heard = {sought[i]: words for i, words in found.items()}
    words = in_order(all_words(places, ways, heard, sound.samples, language))
    return _alignment(words, lines, sound.kind)


def _alignment(words: list[Word], lines: Sequence[LyricLine], kind: WordsFrom) -> Alignment:
    found = {(word.section, word.line) for word in words}
    return Alignment(
        words, kind if words else "nothing", [line.ref for line in lines if line.ref not in found]
    )


def _search(
    sound: Foreground,
    lines: Sequence[Ways],
    spans: Sequence[Window],
    timed: set[int],
    bounded: set[int],
    on_fraction: OnFraction,
) -> dict[int, list[FoundWord]]:
    """Return where the words of each line that is sung were heard."""
    frames = [(round(start / FRAME_S), round(end / FRAME_S)) for start, end in spans]
    searched = search(sound.samples, lines, frames, timed, sound.is_alone, on_fraction)
    n_phones = [[len(ways[0]) for ways in line] for line in lines]
    evidence = Evidence(searched, n_phones, timed)
    likely = sung_lines(evidence)
    sure = confidences(evidence, likely)
    sung = {line: words for line, words in searched.last.items() if likely[line] >= SUNG}
    sung, moved = closed(sung, frames, n_phones, bounded)
    sure.update((place, min(GUESSED, sure[place])) for place in moved)
    return {
        line: [
            (heard_start_s(where), heard_end_s(where), sure[line, word])
            for word, where in sorted(words.items())
        ]
        for line, words in sung.items()
    }


def _ways(line: LyricLine, language: str) -> Ways:
    """Return how the words that can be sounded are sung; empty when most of them cannot."""
    ways = [pronunciations(word, language) for word in line.words]
    written = sum(any(char.isalpha() for char in word) for word in line.words)
    known = [way for way in ways if way]
    return known if len(known) * 2 > written else []


def _with_model(
    audio: Path,
    lines: Sequence[LyricLine],
    language: str,
    is_voice: bool,
    folder: Path,
    on_fraction: OnFraction,
) -> Alignment:
    """Return what becomes of the lyrics when a CTC model looks for them."""
    from storyboard.sync.align.model import find

    sound = next(foregrounds(audio, is_voice, _part(on_fraction, 0.0, _SEPARATING)))
    places = placed(lines, len(sound.samples) / RATE_HZ)
    sought = [i for i, line in enumerate(lines) if not line.is_known]
    found = find(
        sound.samples,
        [lines[i] for i in sought],
        language,
        folder,
        windows=[places[i][1] for i in sought],
        on_fraction=_part(on_fraction, _SEPARATING, 1.0),
    )
    made = []
    for i, (line, window) in enumerate(places):
        if line.is_known:
            made.append(known_words(line, window))
        elif sought.index(i) in found:
            words = found[sought.index(i)]
            made.append(words_at(line, [word[:2] for word in words], [word[2] for word in words]))
        elif line.start_s is not None:
            made.append(spread(line, window, language))
    return _alignment(in_order(made), lines, "model")
