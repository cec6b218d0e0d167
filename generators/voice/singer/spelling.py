"""How a sung syllable is written: its letters, as the lyrics spell the word, and its sounds in IPA."""
# ruff: noqa: RUF001 - phonetic letters are meant

from __future__ import annotations

import itertools
import re

from storyboard.generators.voice.singer.lyrics import Syllable

# The voice's alphabet has one letter for each diphthong and affricate.
_IPA = {"A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "ʤ": "dʒ", "ʧ": "tʃ", "ʦ": "ts"}
_IPA |= {"ʣ": "dz", "ᵊ": "ə", "ᵻ": "ɪ", "T": "ɾ", "ˈ": "", "ˌ": "", "ː": ""}
_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]+", re.IGNORECASE)
# Letters that stand for one sound, or begin a syllable together.
_TOGETHER = frozenset(
    "ch ck gh ng ph sh th wh bl br cl cr dr fl fr gl gr pl pr sc sk sl sm sn sp st sw tr tw qu".split()
)


def ipa_of(syllable: Syllable) -> str:
    """Return a syllable's sounds in IPA, without stress or length."""
    return "".join(_IPA.get(sound, sound) for sound in syllable.onset + syllable.nucleus + syllable.coda)


def written_syllables(word: str, count: int) -> list[str]:
    """Divide a written word into so many pieces, later ones marked by a leading hyphen.

    English spelling does not say how many syllables a word has, so the sounds decide and the letters
    follow: one group of vowels a piece where that comes out even, else pieces of like length.
    """
    if len(word) < count:
        return [word, *["-"] * (count - 1)]
    cuts = [0, *_cuts(word, count), len(word)]
    pieces = [word[first:end] for first, end in itertools.pairwise(cuts)]
    return [pieces[0], *(f"-{piece}" for piece in pieces[1:])]


def _cuts(word: str, count: int) -> list[int]:
    """Return where the pieces after the first begin."""
    groups = [match.span() for match in _VOWELS.finditer(word)]
    if len(groups) > count and _ends_silent(word):
        groups = groups[:-1]
    if len(groups) != count or count < 2:
        return [round(len(word) * number / count) for number in range(1, count)]
    return [_between(word, one[1], two[0]) for one, two in itertools.pairwise(groups)]


def _ends_silent(word: str) -> bool:
    return re.search(r"[^aeiouy](?:e|es|ed)$", word, re.IGNORECASE) is not None


def _between(word: str, end: int, start: int) -> int:
    """Return where, among the consonants between two vowels, the second syllable begins."""
    consonants = word[end:start].lower()
    if consonants.endswith("l") and len(consonants) > 1 and word[start:].lower() in ("e", "es", "ed"):
        return start - 2  # lit-tle, trou-bled
    if len(consonants) < 2 or (len(consonants) == 2 and consonants in _TOGETHER - {"ck", "ng"}):
        return end
    if consonants[-2:] in _TOGETHER - {"ck", "ng"}:
        return start - 2
    return start - 1
