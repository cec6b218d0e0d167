"""How a line ends when it is sung: by phonemes in English, by letters elsewhere."""
# ruff: noqa: RUF001 - phonetic letters are meant

from __future__ import annotations

import functools
import re
import unicodedata

from storyboard.generators.voice.singer.lyrics import Syllable, words_of
from storyboard.schema.song import Song

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*['\u2019]?")
_LETTER_VOWELS = "aeiouyæœøаеёиоуыэюяіїєαεηιουω"
_LETTER_END = re.compile(rf"[{_LETTER_VOWELS}]+[^{_LETTER_VOWELS}]*$")
_SILENT_IN_FRENCH = re.compile(r"(?:ent|es?|[stxdzp])+$")
# A fifth of any English text are these; "in", "was" and "a" are words of its neighbours, too, and left out.
_ENGLISH = frozenset("the and of to you i my it that with is for on your we he she they this".split())
_ENGLISH_SHARE = 0.12
# Other readings of words than the one the dictionary prefers: phonemes from the stressed vowel on.
_ALSO = {
    "again": "An", "against": "Anst", "been": "in", "bow": "O W", "close": "Os", "clothes": "Oz",
    "lead": "id ɛd", "live": "Iv", "prayer": "ɛɹ", "read": "id ɛd", "real": "il", "row": "W",
    "tear": "ɛɹ ɪɹ", "use": "us uz", "wind": "Ind", "wound": "Wnd",
}  # fmt: skip
# Consonants that an ear takes for one another at the end of a sung line.
_ALIKE = str.maketrans(
    {**dict.fromkeys("mnŋ", "N"), **dict.fromkeys("ptkʧ", "T"), **dict.fromkeys("bdɡgʤ", "D")}
    | {**dict.fromkeys("fθsʃ", "S"), **dict.fromkeys("vðzʒ", "S"), "ᵊ": "ə"}
)
_VOWELS = "AIOQWYaæɑɐɒəɚɛɜɪᵻiɔʊʌueo"


def last_word(line: str) -> str:
    """Return the last sung word of a line in lower case, asides in brackets left out."""
    words = _WORD.findall(_ASIDE.sub(" ", line)) or _WORD.findall(line)
    return words[-1].lower().replace("\u2019", "'") if words else ""


def lines_rhyme(first: str, second: str, language: str = "en") -> bool:
    """Whether two lines end alike to a listener: perfect and near rhymes, and the same word again."""
    one, other = last_word(first), last_word(second)
    if not one or not other or one == other:
        return True
    if language == "en":
        return rhymes(one, other) or rhymes_nearly(one, other)
    return _ends_alike(one, other, language)


def rhymes(one: str, other: str) -> bool:
    """Whether two English words rhyme perfectly: the same sounds from the last stressed vowel on."""
    return bool(endings(one) & endings(other))


def rhymes_nearly(one: str, other: str) -> bool:
    """Whether two English words share the vowel, and consonants after it that sound alike."""
    return any(_are_near(a, b) for a in _near_endings(one) for b in _near_endings(other))


@functools.lru_cache(maxsize=8192)
def endings(word: str) -> frozenset[str]:
    """Return the phonemes from the stressed vowel on, for each way in which a word can carry a rhyme.

    A weak last syllable may carry it, too, when the stress lies far before: "memory" with "see".
    """
    sung = words_of(word)
    syllables = [syllable for part in sung for syllable in part.syllables]
    if not syllables:
        return frozenset()
    stressed = [index for index, each in enumerate(syllables) if "ˈ" in each.nucleus or "ˌ" in each.nucleus]
    starts = {stressed[-1] if stressed else len(syllables) - 1}
    if len(syllables) - 1 - max(starts) >= 2:
        starts.add(len(syllables) - 1)
    found = {_tail(syllables, start) for start in starts}
    return frozenset(found | set(_ALSO.get(word, "").split()))


def n_spoken(line: str) -> int:
    """Return the number of syllables of an English line, by phonemes."""
    return sum(len(word.syllables) for word in words_of(line))


def sung_language(song: Song, language: str) -> str:
    """Return the language a song is sung in: English where its small words are, else the storyboard's.

    A storyboard in another language may have English lyrics, of the built-in writer for one.
    """
    words = re.findall(r"[^\W\d_]+", " ".join(line for part in song.sections for line in part.lines).lower())
    is_english = sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * len(words)
    return "en" if is_english else language.split("-")[0].lower()


def is_alphabetic(text: str) -> bool:
    """Whether a text is written in Latin, Cyrillic or Greek letters, for the most part."""
    letters = [char for char in text if char.isalpha()]
    known = sum(
        unicodedata.name(char, "").split(" ")[0] in ("LATIN", "CYRILLIC", "GREEK") for char in letters
    )
    return bool(letters) and known >= 0.8 * len(letters)


def _tail(syllables: list[Syllable], start: int) -> str:
    first, *rest = syllables[start:]
    sounds = first.nucleus + first.coda + "".join(each.onset + each.nucleus + each.coda for each in rest)
    # "On" and "gone" rhyme for most, whichever of the two open vowels they have; "or" keeps its own.
    return re.sub("ɔ(?!ɹ)", "ɑ", re.sub("[ˈˌː]", "", sounds)).replace("ɾ", "t")


def _near_endings(word: str) -> set[str]:
    return {ending.translate(_ALIKE) for ending in endings(word)}


def _are_near(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    # "time" and "minds", "go" and "home" apart: one more consonant after a consonant, or a plural.
    added = longer.removeprefix(shorter)
    return (
        longer.startswith(shorter)
        and added in ("S", "D", "T")
        and not (added != "S" and shorter[-1] in _VOWELS)
    )


def _ends_alike(one: str, other: str, language: str) -> bool:
    first, second = (_letter_ending(word, language) for word in (one, other))
    return not first or not second or first.endswith(second) or second.endswith(first)


def _letter_ending(word: str, language: str) -> str:
    folded = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if language == "fr":
        folded = _SILENT_IN_FRENCH.sub("", folded) or folded
    found = _LETTER_END.search(folded)
    return found.group() if found else ""
