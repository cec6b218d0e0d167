"""Cues: the places, hours, weather, people and deeds that lines of a song name, in six languages."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.words import latin_words, readable

Sort = Literal["places", "hours", "weathers", "people", "ideas", "deeds"]
LANGUAGES = ("en", "es", "fr", "de", "it", "pt")
_SURE = 0.08  # of the words of a text: fewer common ones do not make a language
_PLAIN = 2  # of a few words: one common word may be English or a name
_REACH = 2  # words between a negation and what it denies
_COMPOUND = 5  # letters from which a German word may be the first half of another


@dataclass(frozen=True)
class Cue:
    """Something that a line names: of what sort, and what it means in the words of our tables."""

    sort: Sort
    meaning: str


def language_of(lines: Sequence[str], hint: str = "en") -> str:
    """Return the language of lyrics if it is one that can be read here, else "".

    Args:
        lines: the lyrics.
        hint: the language that they are said to be in; a text too short to tell is taken for that.
    """
    words = [word.lower() for word in re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", " ".join(lines))]
    shares = {
        code: sum(word in small_words(code) for word in words) / max(1, len(words)) for code in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda code: (shares[code], code == hint.partition("-")[0]))
    if shares[best] >= _SURE:
        return best
    is_latin = 2 * sum(len(word) for word in latin_words(" ".join(lines))) >= sum(map(len, words))
    return hint.partition("-")[0] if is_latin and hint.partition("-")[0] in LANGUAGES else ""


def foreign_language(words: Sequence[str]) -> str:
    """Return the language of a topic that is plainly not English, else ""."""
    low = dict.fromkeys(word.lower() for word in words)
    text = unicodedata.normalize("NFC", " ".join(words)).lower()
    known = {
        code: sum(word in small_words(code) for word in low) + len(set(_cues_of(text, code)))
        for code in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda code: known[code])
    return best if known[best] >= max(_PLAIN, known["en"] + 2) else ""


def cues_in(lines: Iterable[str], language: str) -> Counter[Cue]:
    """Return what lines name and how often; of an unknown language, what its known signs mean."""
    found: Counter[Cue] = Counter()
    for line in lines:
        # Signs of other scripts, such as that for rain, become English words.
        text, code = (line, language) if language else (readable(line), "en")
        found.update(_cues_of(unicodedata.normalize("NFC", text).replace("\u2019", "'").lower(), code))
    return found


def ranked(cues: Counter[Cue], sort: Sort) -> list[str]:
    """Return the meanings of one sort, those named most often first, then those named first."""
    order = list(cues)
    chosen = [cue for cue in order if cue.sort == sort]
    return [cue.meaning for cue in sorted(chosen, key=lambda cue: (-cues[cue], order.index(cue)))]


def in_english(lines: Sequence[str], language: str) -> list[str]:
    """Return the words of lyrics in English, as far as they are known."""
    if language == "en":
        return [word for line in lines for word in latin_words(readable(line))]
    cues = cues_in(lines, language)
    spoken = {cue: times for cue, times in cues.items() if cue.sort != "deeds"}
    return [cue.meaning.split()[-1] for cue, times in spoken.items() for _ in range(times)]


def _cues_of(text: str, language: str) -> list[Cue]:
    found: list[Cue] = []
    after = 0
    for match in _pattern(language).finditer(text):
        if not _is_denied(text[after : match.start()], language):
            found += _meanings(language).get(match["named"], [])
        after = match.end()
    return found


def _is_denied(before: str, language: str) -> bool:
    """Whether one of the last words before a cue says that there is none: "no rain", "without a train"."""
    near = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", re.split(r"[,.;:!?]", before)[-1])[-_REACH:]
    return bool(_negations(language) & set(near))


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return an expression for every phrase and idiom of a language, the longest first."""
    data = table(f"cues/{language}")
    phrases = [*_meanings(language), *_split(data["idioms"])]
    ending = f"(?:{data['endings']})?" if data["endings"] else ""
    choices = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    if language == "de":
        ending = r"(?:(?<=\w{" + str(_COMPOUND) + r"})\w*|" + ending + ")"
    return re.compile(rf"(?<!\w)(?P<named>{'|'.join(map(re.escape, choices))}){ending}(?!\w)")


@functools.cache
def _meanings(language: str) -> dict[str, list[Cue]]:
    """Return what each phrase of a language means."""
    data = table(f"cues/{language}")
    meanings: dict[str, list[Cue]] = {}
    for sort in get_args(Sort):
        for meaning, phrases in data[sort].items():
            for phrase in _split(phrases):
                meanings.setdefault(phrase, []).append(Cue(sort, meaning))
    return meanings


@functools.cache
def small_words(language: str) -> frozenset[str]:
    """Return the most common words of a language."""
    return frozenset(table(f"cues/{language}")["common"].split())


@functools.cache
def _negations(language: str) -> frozenset[str]:
    return frozenset(table(f"cues/{language}")["not_before"].split())


def name_of(language: str) -> str:
    """Return the English name of a language that is known here, else its code."""
    return str(table(f"cues/{language}")["name"]) if language in LANGUAGES else f"\u201c{language}\u201d"


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",")]
