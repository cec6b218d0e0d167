"""How a written word sounds, in the phones of the acoustic model."""
# ruff: noqa: RUF001 - phonetic letters are meant

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from typing import Any

from storyboard.sync.align.scripts import sounded
from storyboard.sync.align.spelling import spelt

Pronunciation = tuple[str, ...]

VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
_MAX_WAYS = 3
_EDGES = re.compile(r"^[^\w']+|[^\w']+$")
_DROPPED_G = re.compile(r"in['’]?$")
_PHONES_OF_IPA = dict(
    zip(
        "AIOQWYaæɑɐɒəɚɛɜɪᵻiɔʊʌuᵊeobdfhjklmnpstvwzɡŋɹʃʒðθʤʧTɾ",
        "EY AY OW OW AW OY AA AE AA AH AA AH ER EH ER IH IH IY AO UH AH UW AH EH OW B D F HH Y K L M N P S "
        "T V W Z G NG R SH ZH DH TH JH CH T T".split(),
        strict=True,
    )
)  # hibari's letters: capitals are diphthongs and the flapped t


def pronunciations(word: str, language: str) -> list[Pronunciation]:
    """Return the ways a word may be sung, the likeliest first; empty where none can be told.

    English comes from pocketsphinx's dictionary, and unknown words from the reader of the embedded
    voice; other languages and scripts from their spelling. Digits are read in English everywhere.
    """
    bare = _EDGES.sub("", unicodedata.normalize("NFC", word).lower().replace("’", "'"))
    if not any(char.isalnum() for char in bare):
        return []
    if (language == "en" and _is_latin(bare)) or any(char.isdigit() for char in bare):
        return _english(bare)
    if not _is_latin(bare):
        phones = sounded(bare)
        return [phones] if phones else []
    parts = [spelt(part, language) for part in bare.replace("'", "").split("-")]
    known = [part for part in parts if part]
    if not known:
        return []
    head = tuple(phone for part in known[:-1] for phone in part[0])
    return [(*head, *way) for way in known[-1]]


def syllables(word: str, language: str) -> int:
    """Return how many syllables a word is sung on, at least one."""
    ways = pronunciations(word, language)
    if ways:
        return max(1, sum(phone in VOWELS for phone in ways[0]))
    wide = sum(unicodedata.east_asian_width(char) == "W" for char in word)
    return max(1, wide or round(sum(char.isalnum() for char in word) / 2.5))


@functools.lru_cache(maxsize=8192)
def _english(word: str) -> list[Pronunciation]:
    dictionary = _dictionary()
    spoken = dictionary.get(word) or dictionary.get(word.strip("'")) or []
    if not spoken and _DROPPED_G.search(word):
        full = dictionary.get(_DROPPED_G.sub("ing", word), [])
        spoken = [(*way[:-1], "N") for way in full if way[-1] == "NG"]
    return spoken[:_MAX_WAYS] or _read_aloud(word)


@functools.cache
def _dictionary() -> dict[str, list[Pronunciation]]:
    """Return pocketsphinx's dictionary: the ways to say each of 135,000 English words."""
    from pocketsphinx import get_model_path

    ways: dict[str, list[Pronunciation]] = {}
    path = Path(get_model_path(), "en-us", "cmudict-en-us.dict")
    for entry in path.read_text(encoding="utf-8").splitlines():
        word, *phones = entry.split()
        ways.setdefault(word.partition("(")[0], []).append(tuple(phones))
    return ways


def _read_aloud(word: str) -> list[Pronunciation]:
    from hibari.g2p.normalize import normalize  # type: ignore[import-untyped, unused-ignore]

    if not word.isascii() and not _is_latin(word):
        return []
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if char.isascii())
    reader = _reader()
    tokens = reader.phonemize_tokens(reader.tokenize(normalize(plain)))
    letters = "".join(token.phonemes or "" for token in tokens)
    phones = tuple(_PHONES_OF_IPA[letter] for letter in letters if letter in _PHONES_OF_IPA)
    return [phones] if phones else []


@functools.cache
def _reader() -> Any:
    from hibari.g2p import G2P  # type: ignore[import-untyped, unused-ignore]

    return G2P()


def _is_latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in word if char.isalpha())
