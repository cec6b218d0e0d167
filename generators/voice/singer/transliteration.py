"""A rough reading of any script in Latin letters, from the names Unicode gives its characters."""

from __future__ import annotations

import re
import unicodedata

_CONSONANT_NAMES = re.compile(r"^E(?=[FLMNRSX]$)|(?<=[^AEIOU])(?:E|EI|EH|HE)$")
_GREEK = {
    "ALPHA": "a", "BETA": "v", "GAMMA": "g", "DELTA": "d", "EPSILON": "e", "ZETA": "z", "ETA": "i",
    "THETA": "th", "IOTA": "i", "KAPPA": "k", "LAMDA": "l", "MU": "m", "NU": "n", "XI": "ks", "OMICRON": "o",
    "PI": "p", "RHO": "r", "SIGMA": "s", "TAU": "t", "UPSILON": "i", "PHI": "f", "CHI": "h", "PSI": "ps",
    "OMEGA": "o",
}  # fmt: skip
_CYRILLIC = {
    "YERU": "y", "IE": "ye", "IO": "yo", "SHORT I": "y", "SHCHA": "shch", "GHE": "g", "SHA": "sh",
    "TSE": "ts", "CHE": "ch", "ZHE": "zh", "KA": "k", "HA": "h", "HARD SIGN": "", "SOFT SIGN": "",
}  # fmt: skip
_ABJAD_VOWELS = {
    "ALEF": "a",
    "WAW": "u",
    "YEH": "i",
    "YOD": "i",
    "VAV": "v",
    "AYIN": "a",
    "AIN": "a",
    "HE": "h",
}
_TYPOGRAPHIC = "\u2018\u2019\u201c\u201d\u2026\u2014\u2013"
_SYLLABARIES = ("HIRAGANA", "KATAKANA", "HANGUL")
_ABJADS = ("ARABIC", "HEBREW")


def latin_of(text: str) -> str:
    """Return the text with other scripts spelt in Latin letters; "" for what has no known reading.

    Latin letters, digits and punctuation stay; Han characters vanish, since their names tell no sound.
    """
    composed = unicodedata.normalize("NFKC", text)
    return re.sub(r"(.)\1{2,}", r"\1\1", "".join(_spelt(char) for char in composed))


def _spelt(char: str) -> str:
    if ord(char) < 0x250 or char in _TYPOGRAPHIC:
        return char
    name = unicodedata.name(char, "")
    if unicodedata.category(char)[0] == "N":
        return str(unicodedata.digit(char, ""))
    script, _, letter = name.partition(" ")
    letter = re.sub(r"^(SMALL |CAPITAL |LETTER |FINAL |SYLLABLE |VOWEL SIGN )+", "", letter).split(" WITH ")[
        0
    ]
    if unicodedata.category(char)[0] not in "LM" or not letter or script == "CJK":
        return ""
    if script == "GREEK":
        return _GREEK.get(letter, "")
    if script == "CYRILLIC":
        return _CYRILLIC.get(letter, _sound_of(letter))
    if script in _ABJADS:
        return _ABJAD_VOWELS.get(letter, letter[:1].lower() + "a") if "LETTER" in name else ""
    if script in _SYLLABARIES:
        return letter.lower() if letter.isalpha() else ""
    return _sound_of(letter) if letter.isalpha() else ""


def _sound_of(letter: str) -> str:
    """Return what a letter's name says it sounds like: EM and PE are m and p, KA is ka."""
    return _CONSONANT_NAMES.sub("", letter).lower()[:4]
