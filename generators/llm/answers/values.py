"""Values as language models write them, read into those a document allows; None where nothing fits."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from storyboard.generators.llm.answers.clean import clean, plain_words
from storyboard.generators.llm.answers.vocabulary import names_of
from storyboard.schema.cast import Gender
from storyboard.schema.scene import SceneKind, TimeOfDay, Weather

_NUMBER = re.compile(r"\d{1,4}(?:\.\d+)?")
_KEY = re.compile(
    r"\b([A-G])\s?(#|\u266f|b\b|\u266d|[- ]?sharp|[- ]?flat)?[ -]*(major|minor|maj|min|dur|moll|m)?\b",
    re.IGNORECASE,
)
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b")

_METRES = ("2/4", "3/4", "4/4", "6/8")
_FLATS_OF = {"A#": "Bb", "D#": "Eb", "G#": "Ab", "E#": "F", "B#": "C", "Cb": "B", "Fb": "E"}
_DECADE = {"early": 2, "mid": 5, "late": 7}


def number_of(value: Any) -> float | None:
    """Return a number; of a range such as "110-120 BPM" its middle."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e6 and math.isfinite(value) else None
    found = [float(number) for number in _NUMBER.findall(clean(value))]
    if not found:
        return None
    return (
        sum(found[:2]) / 2
        if len(found) > 1 and re.search(r"\d\s*(?:-|\u2013|\u2014|to|and|\.\.)\s*\d", clean(value))
        else found[0]
    )


def tempo_of(value: Any) -> float | None:
    """Return a tempo in beats a minute that a song can have, to half a beat."""
    bpm = number_of(value)
    return round(bpm * 2) / 2 if bpm is not None and 40 <= bpm <= 240 else None


def key_of(value: Any) -> str | None:
    """Return a key as the song has it: "G" is G major, "Am" A minor, "F sharp minor" F# minor."""
    found = _KEY.search(
        re.sub(r"^\s*(?:the\s+)?key(?:\s+of)?\s*:?\s*", "", clean(value), flags=re.IGNORECASE)
    )
    if not found:
        return None
    letter, accidental, mode = found[1].upper(), (found[2] or "").strip(" -").lower(), found[3] or "major"
    sign = "#" if accidental in ("#", "\u266f", "sharp") else "b" if accidental else ""
    note = _FLATS_OF.get(letter + sign, letter + sign)
    is_minor = mode == "m" or mode.lower() in ("minor", "min", "moll")
    return f"{note} {'minor' if is_minor else 'major'}"


def metre_of(value: Any) -> str | None:
    """Return a time signature that the score knows; compound ones become 6/8."""
    text = clean(value)
    found = re.search(r"(\d{1,2})\s*/\s*(\d{1,2})", text)
    if found:
        metre = f"{int(found[1])}/{int(found[2])}"
        return metre if metre in _METRES else "6/8" if metre in ("12/8", "9/8") else None
    words = plain_words(text)
    return "3/4" if "waltz" in words else "4/4" if "common" in words else None


def age_of(value: Any) -> int | None:
    """Return an age in years: "27", "27-29", "in her late twenties", "30s"."""
    text = plain_words(clean(value))
    for name, digits in names_of("age").items():
        text = text.replace(name, digits)
    decade = re.search(r"(\d)0s\b", text)
    if decade:
        return int(decade[1]) * 10 + next((more for word, more in _DECADE.items() if word in text), 5)
    years = number_of(value) or number_of(text)
    return round(years) if years is not None and 1 <= round(years) <= 120 else None


def gender_of(value: Any, age: int | None = None) -> Gender | None:
    """Return the gender that words mean; those of grown-ups are children's below 13 years."""
    text = plain_words(clean(value))
    words = set(text.split())
    found: Any = next((gender for word, gender in names_of("gender").items() if word in words), None)
    gender: Gender | None = found
    if age is not None and age < 13:
        return "girl" if gender == "woman" else "boy" if gender == "man" else gender
    return gender


def hour_of(value: Any) -> TimeOfDay | None:
    """Return the time of day."""
    found: TimeOfDay | None = _first_of(value, "time_of_day")
    return found


def weather_of(value: Any) -> Weather | None:
    """Return the weather."""
    found: Weather | None = _first_of(value, "weather")
    return found


def kind_of(value: Any) -> SceneKind | None:
    """Return the kind of scene."""
    found: SceneKind | None = _first_of(value, "kind")
    return found


def palette_of(value: Any) -> list[str]:
    """Return the colours written as #rrggbb, each once, in lower case."""
    texts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
    found = [color.lower() for text in texts for color in _HEX.findall(str(text)[:2000])]
    return list(dict.fromkeys(found))


def _first_of(value: Any, table: str) -> Any:
    """Return what the earliest of a table's words in a text stands for; longer words go before shorter."""
    text = plain_words(clean(value))
    hits = ((re.search(rf"\b{word}", text), word, meaning) for word, meaning in names_of(table).items())
    found = [(hit.start(), -len(word), meaning) for hit, word, meaning in hits if hit]
    return min(found, key=lambda hit: hit[:2])[2] if found else None
