"""Requests in plain words: which scene is meant, and the hour, weather and place that a phrase names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from storyboard.generators.llm.builtin.places import kind_named
from storyboard.schema.scene import TimeOfDay, Weather

_Word = TypeVar("_Word", bound=str)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_SCENE = re.compile(
    rf"\b(?:the )?(?:scene (?:no\.? |number |#)?(?P<number>\d+|{'|'.join(_NUMBERS)}|last)"
    rf"|(?P<ordinal>{'|'.join(_ORDINALS)}|last) scene)\b",
    re.IGNORECASE,
)
_HOURS: dict[TimeOfDay, str] = {
    "golden hour": "golden hour|sunset|sundown|late afternoon",
    "dawn": "dawn|sunrise|daybreak|first light",
    "morning": "morning",
    "dusk": "dusk|twilight|evening|nightfall",
    "night": "night|midnight|night ?time",
    "day": "noon|midday|day ?time|day|afternoon",
}
_WEATHERS: dict[Weather, str] = {
    "rain": "rain|rainy|raining|a storm|stormy",
    "snow": "snow|snowy|snowing|a blizzard",
    "fog": "fog|foggy|mist|misty",
    "wind": "wind|windy",
    "cloudy": "clouds|cloudy|overcast",
    "clear": "clear weather|clear|sun|sunny|sunshine",
}
_BEFORE = r"(?:(?:set |happening |playing )?(?:at|by|in|under|during|with|into|to) )?(?:the |a |an )?"
_FILLER = re.compile(
    r"^(?:please|change|switch|make|put|move|set|let|it|be|is|are|should|must|happens?|plays?|takes? place"
    r"|place|the weather|the time(?: of day)?|to|into|and|,|:|=|-|\s)+\b"
    r"|(?:please|instead|\b(?:in|of|for)$|\band$|,|\.|!|\s)+$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"^(?:in|on|at|inside|by|near|under|to|onto|into)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|some)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Wish:
    """What a phrase asks of a scene; None and "" for what it does not speak of."""

    time_of_day: TimeOfDay | None = None
    weather: Weather | None = None
    kind: str = ""
    setting: str = ""
    rest: str = ""


def scene_named(text: str, n_scenes: int) -> tuple[int | None, str]:
    """Return the number of the scene that a text names, from 1 (None: it names none), and the other words."""
    found = _SCENE.search(text)
    if not found:
        return None, text
    word = (found["number"] or found["ordinal"]).lower()
    if word == "last":
        number = n_scenes
    elif word in _NUMBERS:
        number = _NUMBERS.index(word) + 1
    else:
        number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word)
    return number, f"{text[: found.start()]} {text[found.end() :]}".strip()


def wish_of(text: str) -> Wish:
    """Read "a rooftop at night in the rain"; what cannot be read is left in `rest`."""
    hour, text = _taken(text, _HOURS)
    weather, text = _taken(text, _WEATHERS)
    text = _FILLER.sub("", text)
    text = _FILLER.sub("", text)
    is_place = bool(_PREPOSITION.search(text) or _ARTICLE.search(text))
    phrase = _PREPOSITION.sub("", text)
    bare = _ARTICLE.sub("", phrase)
    kind = next(
        (kind for words in (bare.lower(), *reversed(bare.lower().split())) if (kind := kind_named(words))), ""
    )
    if not bare or not (kind or is_place):
        return Wish(hour, weather, rest=bare)
    # "A rooftop" is any rooftop; "a rooftop with a pool" is the one that was asked for.
    own = phrase if not kind or len(bare.split()) > len(kind.split()) else ""
    return Wish(hour, weather, kind, own)


def _taken(text: str, table: dict[_Word, str]) -> tuple[_Word | None, str]:
    """Return what a text names of a table, and the text without it."""
    for meaning, words in table.items():
        found = re.search(
            rf"\b{_BEFORE}(?:{words})\b(?! (?:market|club|train|bus|sky|of)\b)", text, re.IGNORECASE
        )
        if found:
            return meaning, f"{text[: found.start()]}{text[found.end() :]}".strip()
    return None, text
