"""The topic as English words: emoji, numerals and other scripts become words that can be sung."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from storyboard.generators.llm.builtin.lexicon import table

_LONGEST_WORD = 24  # letters of a word that can still be sung
_LATIN = re.compile(r"[A-Za-zÀ-ɏ0-9]+(?:['\u2019&-][A-Za-zÀ-ɏ0-9]+)*")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DULL_EMOJI = {
    "sign",
    "symbol",
    "with",
    "emoji",
    "modifier",
    "variation",
    "selector",
    "joiner",
    "heavy",
    "type",
}


def readable(topic: str) -> str:
    """Return a topic in Latin letters, each character that is none replaced by what it says."""
    text = unicodedata.normalize("NFC", topic).replace("\u2019", "'")
    text = re.sub(r"\bvs?\b\.?(?=\s)", "versus", text)
    for mark, hours in (("a", "in the morning"), ("p", "in the evening")):
        text = re.sub(rf"(\d)\s*{mark}\.?m\b\.?", rf"\1 {hours}", text, flags=re.IGNORECASE)
    text = re.sub(r"\d+", lambda found: _spoken(found.group()), text)
    text = re.sub(r"\s*&\s*", " and ", text)
    return " ".join(_signs(text).split())


def translated(words: list[str], *, is_foreign: bool = False) -> tuple[list[str], bool]:
    """Return words with known foreign ones in English, and whether the text is foreign at all."""
    known = table("foreign")["words"]
    if is_foreign:
        bare = [word.lower().rpartition("'")[2] for word in words]  # "l'alieno"
        return [known[word] for word in bare if word in known], True
    english = set(table("grammar")["determiners"].split()) | set(table("grammar")["prepositions"].split())
    english |= (
        set(table("grammar")["pronouns"].split())
        | set(table("grammar")["finite"].split())
        | {"and", "my", "to"}
    )
    if any(word.lower() in english - {"a", "in", "was", "am", "will", "i", "so", "me"} for word in words):
        return words, False
    found = [known.get(word.lower(), "") for word in words]
    # One shared word, such as "mar" or "chat", does not make a language; alone it is taken as meant.
    is_foreign = sum(map(bool, found)) * 5 >= len(words) and any(found)
    return ([word for word in found if word], True) if is_foreign else (words, False)


def without_idioms(words: Sequence[str]) -> list[str]:
    """Return words with each known idiom replaced by what it is about."""
    text = " ".join(words)
    for idiom, meaning in table("idioms")["idioms"].items():
        text = re.sub(rf"\b{re.escape(idiom)}s?\b", meaning, text, flags=re.IGNORECASE)
    return text.split()


def latin_words(text: str) -> list[str]:
    """Return the words of a text that are written in Latin letters."""
    return [word[:_LONGEST_WORD] for word in _LATIN.findall(text)]


def _signs(text: str) -> str:
    if text.isascii():
        return text
    signs = table("foreign")["signs"]
    cyrillic = table("foreign")["cyrillic"]
    letters = dict(zip(cyrillic["letters"], cyrillic["latin"].replace("_", "").split(" "), strict=True))
    ordered = sorted(signs, key=lambda sign: (-len(sign), sign))
    for sign in ordered:
        text = text.replace(sign, f" {signs[sign]} ")
    return "".join(_sign(char, letters) for char in text)


def _sign(char: str, letters: dict[str, str]) -> str:
    if char.lower() in letters:
        return letters[char.lower()]
    if char.isascii() or _LATIN.match(char):
        return char
    if unicodedata.category(char) == "So":
        named = unicodedata.name(char, "").lower().replace("-", " ").split()
        return " " + " ".join(word for word in named if word.isalpha() and word not in _DULL_EMOJI) + " "
    if unicodedata.category(char).startswith("P"):
        return ","
    return " "


def _spoken(digits: str) -> str:
    number = int(digits[:9])
    if len(digits) == 4 and 1100 <= number <= 2099 and number % 1000 >= 10:
        low = number % 100
        rest = _small(low) if low >= 10 else f"oh {_ONES[low]}" if low else "hundred"
        return f"{_small(number // 100)} {rest}"
    return _small(number) if number < 1000 else " ".join(_ONES[int(digit)] for digit in digits[:6])


def _small(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return _TENS[ten - 2] + (f" {_ONES[one]}" if one else "")
    hundred, rest = divmod(number, 100)
    return f"{_ONES[hundred]} hundred" + (f" {_small(rest)}" if rest else "")
