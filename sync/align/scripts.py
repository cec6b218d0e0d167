"""From the letters of other scripts to the recogniser's phones: Cyrillic, Greek, kana and Hangul."""
# ruff: noqa: RUF001 - letters that look like Latin ones are meant

from __future__ import annotations

import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюяђјљњћџ",
        "AA|B|V|G|G|D|Y EH|Y EH|Y AO|ZH|Z|IY|IY|Y IY|Y|K|L|M|N|AO|P|R|S|T|UW|W|F|HH|T S|CH|SH|SH||IH||EH|"
        "Y UW|Y AA|JH|Y|L Y|N Y|CH|JH".split("|"),
        strict=True,
    )
)
_GREEK_PAIRS = {
    "ου": "UW", "αι": "EH", "ει": "IY", "οι": "IY", "υι": "IY", "αυ": "AA V", "ευ": "EH V", "μπ": "B",
    "ντ": "D", "γκ": "G", "γγ": "NG G", "τσ": "T S", "τζ": "D Z",
}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "AA V G DH EH Z IY TH IY K L M N K|S AO P R S S T IY F HH P|S AO".split(),
        strict=True,
    )
)
_KANA_VOWELS = dict(zip("AIUEO", "AA IY UW EH OW".split(), strict=True))
_KANA_CONSONANTS = {
    "K": "K", "G": "G", "S": "S", "Z": "Z", "T": "T", "D": "D", "N": "N", "H": "HH", "B": "B", "P": "P",
    "M": "M", "Y": "Y", "R": "R", "W": "W", "V": "V", "SH": "SH", "J": "JH", "CH": "CH", "TS": "T S",
    "F": "F",
}  # fmt: skip
_KANA_IRREGULAR = {"SI": "SH IY", "TI": "CH IY", "TU": "T S UW", "HU": "F UW", "ZI": "JH IY", "DI": "JH IY"}
_HANGUL_FIRST = "K K N T T R M P P S S |JH JH CH K T P HH"
_HANGUL_MIDDLE = (
    "AA|EH|Y AA|Y EH|AH|EH|Y AH|Y EH|OW|W AA|W EH|W EH|Y OW|UW|W AO|W EH|W IY|Y UW|UH|UH IY|IY".split("|")
)
_HANGUL_LAST = "|K|K|K|N|N|N|T|L|K|M|L|L|L|L|L|M|P|P|T|T|NG|T|T|K|T|P|T".split("|")


def sounded(word: str) -> tuple[str, ...]:
    """Return how a word in one of these scripts sounds; empty where it is in none, or not in one alone."""
    letters = [char for char in unicodedata.normalize("NFC", word.lower()) if char.isalpha()]
    for script in (_cyrillic, _greek, _kana, _hangul):
        phones = script(letters)
        if phones:
            return tuple(phones)
    return ()


def _cyrillic(letters: list[str]) -> list[str]:
    if not all(char in _CYRILLIC for char in letters):
        return []
    return [phone for char in letters for phone in _CYRILLIC[char].split()]


def _greek(letters: list[str]) -> list[str]:
    # a diaeresis keeps two vowels apart, an accent does not
    plain = ["".join(c for c in unicodedata.normalize("NFD", char) if c != "\u0301") for char in letters]
    if not all(char[:1] in _GREEK for char in plain):
        return []
    phones, at = [], 0
    while at < len(plain):
        pair = "".join(plain[at : at + 2])
        phones += (_GREEK_PAIRS.get(pair) or _GREEK[plain[at][0]].replace("|", " ")).split()
        at += 2 if pair in _GREEK_PAIRS else 1
    return phones


def _kana(letters: list[str]) -> list[str]:
    names = [unicodedata.name(char, "") for char in letters]
    if not all(name.startswith(("HIRAGANA", "KATAKANA")) for name in names):
        return []
    phones: list[str] = []
    for name in names:
        small, mora = " SMALL " in name, name.split()[-1]
        if mora == "N":
            phones.append("N")
        elif name.endswith("SOUND MARK") or mora == "MARK" or (small and mora in ("TU", "KA", "KE")):
            continue  # a longer vowel, or a longer consonant
        else:
            if small and phones and phones[-1] in ("IY", "UW", "EH"):
                phones.pop()  # ki and a small ya are kya
            phones += _KANA_IRREGULAR.get(mora, _regular(mora)).split()
    return phones


def _regular(mora: str) -> str:
    consonant = _KANA_CONSONANTS.get(mora[:-1], "")
    return f"{consonant} {_KANA_VOWELS.get(mora[-1], '')}"


def _hangul(letters: list[str]) -> list[str]:
    if not all("가" <= char <= "힣" for char in letters):
        return []
    firsts = _HANGUL_FIRST.replace(" |", " - ").split()
    phones: list[str] = []
    for char in letters:
        block, last = divmod(ord(char) - 0xAC00, 28)
        first, middle = divmod(block, 21)
        phones += [firsts[first].replace("-", ""), *_HANGUL_MIDDLE[middle].split(), _HANGUL_LAST[last]]
    return [phone for phone in phones if phone]
