"""From a written line to syllables that can be sung: words, phonemes, syllables and their stress."""
# ruff: noqa: RUF001 - phonetic letters are meant

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from storyboard.generators.voice.singer.transliteration import latin_of

Stress = Literal[0, 1, 2]
"""0 unstressed, 1 secondary, 2 primary."""

_VOWELS = frozenset("AIOQWYaæɑɐɒəɚɛɜɪᵻiɔʊʌuᵊeo")
_SYLLABIC = "ɹlmnŋ"  # what can carry a syllable in a word without vowel: hmm, brr
_MARKS = frozenset("ˈˌː")
_GLIDES = frozenset("ɹlwj")
_STOPS = frozenset("pbtdkɡfθʃ")
_HUMMED = "lˈɑ"
_LA_FOR_LETTERS = 2.5  # letters an unreadable syllable stands for
_FUNCTION_WORDS = frozenset(
    "a an the and or but nor so if of to in on at by for from with as than that this it its is was were be "
    "been am are do did does has had have can could will would shall should may might must i me my we us our "
    "you your he him his she her they them their".split()
)


@dataclass(frozen=True)
class Syllable:
    """One syllable: consonants before the vowel, the vowel with its stress mark, consonants after it."""

    onset: str
    nucleus: str
    coda: str
    stress: Stress
    starts_word: bool


@dataclass(frozen=True)
class SungWord:
    """A word as written, without punctuation at its ends, and its syllables (at least one)."""

    text: str
    syllables: tuple[Syllable, ...]
    ends_clause: bool


def words_of(line: str) -> tuple[SungWord, ...]:
    """Read a line of any text in any script; empty when it holds nothing that could be sung.

    Letters that the voice cannot read are transliterated; a word that stays unreadable is hummed.
    """
    written = [(chunk, _bare(chunk)) for chunk in line.split()]
    kept = [(chunk, text) for chunk, text in written if text]
    readings = _readings([latin_of(chunk) for chunk, _ in kept])
    words = []
    for (chunk, text), reading in zip(kept, readings, strict=True):
        syllables = syllables_of(reading) or syllables_of(_hummed(text))
        if text.lower() in _FUNCTION_WORDS:
            syllables = tuple(_weakened(syllable) for syllable in syllables)
        words.append(SungWord(text, syllables, chunk[-1] in ",.;:!?…—–"))
    return tuple(words)


def syllables_of(phonemes: str) -> tuple[Syllable, ...]:
    """Divide a word's phonemes; consonants go to the following vowel as far as English allows."""
    phonemes = "".join(char for char in phonemes if char.isalpha() or char in _MARKS or char == "ᵊ")
    nuclei = _nuclei(phonemes)
    if not nuclei:
        return ()
    starts = [0] + [_onset_start(phonemes, end, start) for (_, end), (start, _) in itertools.pairwise(nuclei)]
    ends = [*starts[1:], len(phonemes)]
    return tuple(
        Syllable(
            phonemes[first:start],
            phonemes[start:end],
            phonemes[end:last],
            _stress(phonemes[start:end]),
            first == 0,
        )
        for first, (start, end), last in zip(starts, nuclei, ends, strict=True)
    )


def _bare(chunk: str) -> str:
    """Strip whatever is neither letter nor digit from both ends (marks belong to their letter)."""
    sounding = [index for index, char in enumerate(chunk) if unicodedata.category(char)[0] in "LNM"]
    if not any(unicodedata.category(char)[0] in "LN" for char in chunk):
        return ""
    return chunk[sounding[0] : sounding[-1] + 1]


def _hummed(text: str) -> str:
    letters = sum(unicodedata.category(char)[0] in "LN" for char in text)
    wide = sum(unicodedata.east_asian_width(char) == "W" for char in text)
    return _HUMMED * max(1, wide or round(letters / _LA_FOR_LETTERS))


def _weakened(syllable: Syllable) -> Syllable:
    return Syllable(syllable.onset, syllable.nucleus, syllable.coda, 0, syllable.starts_word)


def _readings(words: list[str]) -> list[str]:
    """Return the phonemes of each word, read in the context of the line ("" where there are none)."""
    from hibari.g2p.normalize import normalize  # type: ignore[import-untyped, unused-ignore]

    pieces = [normalize(word).split() or [word] for word in words]
    groups = _groups(" ".join(piece for spoken in pieces for piece in spoken))
    if len(groups) != sum(map(len, pieces)):
        return ["".join(_groups(" ".join(spoken))) for spoken in pieces]
    readings, taken = [], 0
    for spoken in pieces:
        readings.append("".join(groups[taken : taken + len(spoken)]))
        taken += len(spoken)
    return readings


def _groups(text: str) -> list[str]:
    """Return phonemes for each stretch of text between spaces."""
    groups, open_group = [], ""
    reader = _reader()
    for token in reader.phonemize_tokens(reader.tokenize(_cased(text))):
        open_group += token.phonemes or ""
        if token.whitespace:
            groups.append(open_group)
            open_group = ""
    return [*groups, open_group]


def _cased(text: str) -> str:
    """Lower a shouted line, which would otherwise be spelt letter by letter."""
    shouted = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word.isupper()]
    return text.lower() if len(shouted) > 1 or any(len(word) > 4 for word in shouted) else text


@functools.cache
def _reader() -> Any:
    from hibari.g2p import G2P  # type: ignore[import-untyped, unused-ignore]

    return G2P()


def _nuclei(phonemes: str) -> list[tuple[int, int]]:
    """Return (first, end) of each vowel with its stress mark, or of one syllabic consonant."""
    vowels = [index for index, char in enumerate(phonemes) if char in _VOWELS]
    if not vowels:
        vowels = [index for index, char in enumerate(phonemes) if char in _SYLLABIC][:1]
    spans = []
    for index in vowels:
        first, end = index, index + 1
        while first > 0 and phonemes[first - 1] in "ˈˌ":
            first -= 1
        while end < len(phonemes) and phonemes[end] == "ː":
            end += 1
        spans.append((first, end))
    return spans


def _onset_start(phonemes: str, coda_first: int, next_nucleus: int) -> int:
    """Return where the next syllable begins among the consonants between two vowels."""
    n_onset = min(1, next_nucleus - coda_first)
    cluster = phonemes[coda_first:next_nucleus]
    if len(cluster) >= 2 and cluster[-1] in _GLIDES and cluster[-2] in _STOPS:
        n_onset = 2
    if len(cluster) > n_onset and n_onset and cluster[-n_onset - 1] == "s" and cluster[-n_onset] in "ptkmnlw":
        n_onset += 1
    return next_nucleus - n_onset


def _stress(nucleus: str) -> Stress:
    return 2 if "ˈ" in nucleus else 1 if "ˌ" in nucleus else 0
