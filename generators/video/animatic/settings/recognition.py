"""Recognition: which kind of place a free text means, its season, and whether it storms there."""

from __future__ import annotations

import functools
import re

from storyboard.generators.video.animatic.scenery import Season
from storyboard.generators.video.animatic.settings.registry import SETTINGS
from storyboard.generators.video.animatic.settings.themes import OUTSIDE, THEMES

_ASIDE = (
    "in front of", "next to", "outside", "off", "by", "with", "near", "behind", "above", "below", "over",
    "from", "beside", "before", "after", "past", "overlooking", "facing", "between", "where", "while",
    "during", "to", "against", "beyond", "for", "that", "which", "as",
)  # fmt: skip
"""Words that lead to what is near the place or seen from it, not to the place itself."""
_INTO = (
    "into", "inside", "in", "on", "at", "of", "under", "beneath", "along", "across", "through", "among",
    "amid", "around", "within", "and",
)  # fmt: skip
_SPLIT = re.compile(r"[,.;:()/]|\s[-\N{EN DASH}\N{EM DASH}]\s|\b(?:" + "|".join((*_ASIDE, *_INTO)) + r")\b")
_AFTERTHOUGHT = {"downtown"}
"""Names that also stand behind another one and only say where it is ("a jazz club downtown")."""
_INDOORS = re.compile(
    r"\b(?:inside|indoors?|hall|window|lamp|walls?|door|upstairs|basement|floor|ceiling|curtains?|chair|candle"
    r"|table|tv|television|mirror|shelf|clock|piano)\b"
)
_ANY_INDOOR = ("living room", "café", "bedroom", "hotel lobby", "library")
_ANY_OUTDOOR = ("street", "park", "rooftop", "field", "beach", "mountain", "lake")
_NOT_HOUSES = frozenset(("kitchen", "bathroom", "bedroom", "living room", "stage", "train interior"))
"""Of these one may stand in front of a part and still be inside ("in front of the open fridge")."""
_SEASONS: dict[Season, str] = {
    "winter": r"winter\w*|christmas|xmas|new year's|december|january|february"
    r"|snow\w*|frost\w*|frozen|icy|yule",
    "autumn": r"autumn\w*|fallen leaves|falling leaves|fall leaves|fall colou?rs"
    r"|in (?:the |late |early )?fall"
    r"|fall (?:day|evening|afternoon|morning|night|foliage)|october|november|september|halloween|harvest"
    r"|thanksgiving|(?:red|golden|orange|dead|dry) leaves",
    "spring": r"springtime|(?:in|of|early|late|first|this|that) (?:the )?spring"
    r"|spring (?:day|evening|afternoon|morning|night|rain|sun\w*|flowers?|garden|meadow)"
    r"|april|easter|blossom\w*|cherry blossoms?|bloom\w*"
    r"|cherry trees?|tulips?|daffodils?",
    "summer": r"summer\w*|june|july|august|heat ?wave|midsummer",
}
_STORM = re.compile(r"\b(?:thunder\w*|lightning|storm(?:s|y|ing)?|tempest\w*|hurricane|typhoon|rainstorm)\b")


def kind_of(text: str, seed: int) -> str:
    """Return the kind of place a text means.

    English names the place first and qualifies it after ("the bakery on Main Street"), and inside a
    noun phrase the last noun is the head ("train station"): so the first phrase with a known word
    decides, and in it the word that ends last. What is only near the place or seen from it counts
    after the rest, and outside a house is not in it. Text without a name of a place goes by a word
    that fits one ("altar", "thermals"), else by whether it speaks of a room, and by the seed.
    """
    words = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return (
        _whole(words)
        or _first_named(words, _names(), aside=False)
        or _outside(words)
        or _first_named(words, _names(), aside=True)
        or _by_theme(words, seed)
        or _by_hint(words, seed)
    )


def season_of(text: str, weather: str) -> Season:
    """Return the season that words name; else winter where it snows, summer elsewhere."""
    words = text.lower()
    found: list[tuple[int, Season]] = [
        (match.start(), season)
        for season, pattern in _SEASONS.items()
        if (match := re.search(rf"\b(?:{pattern})\b", words))
    ]
    if found:
        return min(found, key=lambda hit: hit[0])[1]
    return "winter" if weather == "snow" else "summer"


def storms(text: str) -> bool:
    """Return whether words speak of thunder and lightning."""
    return _STORM.search(text.lower()) is not None


@functools.cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of every name of a place, longest first, and the kind each means."""
    kinds = {word: kind for kind, setting in SETTINGS.items() for word in setting.words.split(", ")}
    longest_first = sorted(kinds, key=lambda word: (-len(word), word))
    names = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"\b({names})(?:s|es)?\b"), kinds


def _whole(words: str) -> str:
    """Return the kind of a name that itself holds a preposition ("village in the snow")."""
    pattern, kinds = _names()
    hits = [match for match in pattern.finditer(words) if _SPLIT.search(match[1])]
    return kinds[hits[-1][1]] if hits else ""


def _phrases(words: str) -> list[tuple[str, str]]:
    """Return the phrases of a text, each with the word before it."""
    cuts = [(0, 0, ""), *((cut.start(), cut.end(), cut[0]) for cut in _SPLIT.finditer(words))]
    ends = [start for start, _, _ in cuts[1:]] + [len(words)]
    return [(lead, words[end:stop]) for (_, end, lead), stop in zip(cuts, ends, strict=True)]


def _first_named(words: str, names: tuple[re.Pattern[str], dict[str, str]], *, aside: bool) -> str:
    pattern, kinds = names
    for lead, phrase in _phrases(words):
        if aside or lead not in _ASIDE:
            hits = [match[1] for match in pattern.finditer(phrase)]
            if len(hits) > 1 and hits[-1] in _AFTERTHOUGHT:
                hits.pop()
            if hits:
                return kinds[hits[-1]]
    return ""


def _outside(words: str) -> str:
    """Return where one is who is outside a house: before it, not in it."""
    pattern, kinds = _names()
    for lead, phrase in _phrases(words):
        hits = list(pattern.finditer(phrase)) if lead in ("outside", "in front of") else []
        kind = kinds[hits[-1][1]] if hits else ""
        if kind and (lead == "outside" or kind not in _NOT_HOUSES):
            return OUTSIDE.get(kind, "street") if SETTINGS[kind].indoor else kind
    return ""


def _by_theme(words: str, seed: int) -> str:
    """Return a kind for the earliest word that belongs to a theme."""
    found = [
        (match.start(), kinds)
        for theme, kinds in THEMES
        if (match := re.search(rf"\b(?:{theme})(?:s|es)?\b", words))
    ]
    if not found:
        return ""
    kinds = min(found)[1]
    return kinds[seed % len(kinds)]


def _by_hint(words: str, seed: int) -> str:
    indoors = _INDOORS.search(words) and "outside" not in words
    pool = _ANY_INDOOR if indoors else _ANY_OUTDOOR
    return pool[seed % len(pool)]
