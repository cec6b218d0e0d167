"""The words of prompts: articles, sentences, names of languages, and what can be seen of what is heard."""

from __future__ import annotations

import json
import re

_NO_ARTICLE = ("s", "clothing", "fur")
_AIR = {
    "clear": "clear air",
    "cloudy": "overcast",
    "rain": "rain",
    "snow": "falling snow",
    "fog": "fog",
    "wind": "wind",
}
_LANGUAGES = dict(
    pair.split()
    for pair in (
        "ar Arabic, bg Bulgarian, bn Bengali, ca Catalan, cs Czech, da Danish, de German, el Greek, en "
        "English, es Spanish, et Estonian, fa Persian, fi Finnish, fr French, he Hebrew, hi Hindi, hr "
        "Croatian, hu Hungarian, id Indonesian, it Italian, ja Japanese, ko Korean, lt Lithuanian, lv "
        "Latvian, ms Malay, nb Norwegian, nl Dutch, no Norwegian, pl Polish, pt Portuguese, ro Romanian, ru "
        "Russian, sk Slovak, sl Slovenian, sr Serbian, sv Swedish, sw Swahili, ta Tamil, th Thai, tl "
        "Tagalog, tr Turkish, uk Ukrainian, ur Urdu, vi Vietnamese, zh Chinese"
    ).split(", ")
)
_HEARD = re.compile(
    r"(?:\s*\b(?:to|with|over|along to|of|in)\b)?(?:\s*\b(?:the|a|an|her|his|their|its|this|that|every)\b)?"
    r"\s*\b(?:lyrics?|songs?|chorus(?:es)?|verses?|melody|melodies|music|rhythms?|tempo|bpm|tunes?"
    r"|(?<=the )beats?|(?<=every )beat)\b",
    re.IGNORECASE,
)


def quoted(text: str) -> str:
    """Return a text as a JSON string: it cannot break out of its line, and stays readable."""
    return json.dumps(text, ensure_ascii=False)


def one_line(text: str) -> str:
    """Return a text in one line, so that no mark stands on a line of its own in it."""
    return " ".join(text.split())


def with_article(phrase: str) -> str:
    """Return "a mustard wool coat", "an olive hat", "teal jeans"."""
    last = phrase.split()[-1]
    if last.endswith(_NO_ARTICLE) and not last.endswith("ss"):
        return phrase
    return f"{'an' if phrase[:1].lower() in 'aeiou' else 'a'} {phrase}"


def one_sentence(text: str) -> str:
    """Return a text with a capital at its start and one full stop at its end."""
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def seen(text: str) -> str:
    """Return a text without what can only be heard: "dances to the beat" is "dances"."""
    return re.sub(r"\s+([.,;])", r"\1", _HEARD.sub("", text)).strip()


def in_the_air(weather: str) -> str:
    """Return the weather as a painter would say it."""
    return _AIR[weather]


def language_name(code: str) -> str:
    """Return "German (de)"; of a language without a name here, its code alone."""
    name = _LANGUAGES.get(code.partition("-")[0])
    return f"{name} ({code})" if name else f'the language with the code "{code}"'
