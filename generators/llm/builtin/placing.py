"""Places: a setting, an hour and a weather for every scene, none like another."""

from __future__ import annotations

from random import Random

from storyboard.generators.llm.builtin.lexicon import Theme, table
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Journey, Shape
from storyboard.schema.scene import TimeOfDay, Weather

# Places so alike in a picture that a film shows only one of them.
_KINDRED = (
    {"school", "classroom", "museum", "library"},
    {"shop", "bakery"},
    {"park", "garden"},
    {"office", "hospital"},
    {"road", "bridge"},
    {"field", "snow village"},
)
_OUTDOORS = frozenset(
    "street rooftop park beach road forest mountain field harbour garden desert bridge school".split()
)
SINGING = tuple("stage rooftop club bridge mountain beach field moon harbour forest desert street".split())
"""Places where a song is performed."""
_PARTICULAR = frozenset(("hospital", "desert", "moon", "snow village", "bakery", "classroom", "office"))


def kinds_of(reading: Reading, shape: Shape, rng: Random, performed: list[bool]) -> list[str]:
    """Return a kind of place for each scene: the topic's own first, the others as the journey has them."""
    ranked = ranked_kinds(reading, rng)
    chosen = without_kin(ranked)[: len(performed)]
    known = list(table("settings"))
    chosen += [known[index % len(known)] for index in range(len(performed) - len(chosen))]
    return _with_stage(_on_journey(chosen, shape.journey), performed, ranked)


def hours_of(shape: Shape, rng: Random, kinds: list[str]) -> list[TimeOfDay]:
    """Return the time of day of each scene; a club knows only the night."""
    hours = rng.choice(shape.hours)
    return ["night" if kind == "club" else hours[index % len(hours)] for index, kind in enumerate(kinds)]


def weathers_of(theme: Theme, rng: Random, kinds: list[str]) -> list[Weather]:
    """Return the weather of each scene: the mood's, as far as the place has any."""
    choices: list[Weather] = table("looks")[theme.mood]["weather"]
    first = rng.randrange(len(choices))
    return [
        weather_at(theme, kind, choices[(first + index) % len(choices)]) for index, kind in enumerate(kinds)
    ]


def kind_named(word: str) -> str:
    """Return the kind of place that a word of the topic means, or ""."""
    known, aliases = table("settings"), table("aliases")
    word = word.removesuffix("'s")
    forms = (word, word.removesuffix("s"), word.removesuffix("ing"), word.removesuffix("ing") + "e")
    return next((aliases.get(form, form) for form in forms if aliases.get(form, form) in known), "")


def ranked_kinds(reading: Reading, rng: Random) -> list[str]:
    """Return kinds of place, the topic's own before its themes' before all others."""
    ranked = [kind_named(word) for word in reading.words]
    for theme, share in zip(reading.themes, (8, 3, 2), strict=False):
        telling, others = list(theme.settings[:2]), list(theme.settings[2:share])
        rng.shuffle(telling)  # a theme names its most telling places first: one of them opens the film
        rng.shuffle(others)
        ranked += telling + others
    known = list(table("settings"))
    rest = [kind for kind in known if kind not in _PARTICULAR]
    rng.shuffle(rest)
    return [kind for kind in (*ranked, *rest, *known) if kind]


def without_kin(ranked: list[str]) -> list[str]:
    """Return the kinds in order, each once, and only one of those that look alike while others are left."""
    kept: list[str] = []
    spare: list[str] = []
    for kind in dict.fromkeys(ranked):
        alike = any(kind in kin and kin & set(kept) for kin in _KINDRED)
        (spare if alike else kept).append(kind)
    return kept + spare


def _on_journey(kinds: list[str], journey: Journey) -> list[str]:
    """Order all places but the first by their distance from home."""
    if journey == "free":
        return kinds
    places = table("settings")
    outward = sorted(kinds[1:], key=lambda kind: int(places[kind]["distance"]))
    if journey == "homeward":
        outward.reverse()
    if journey == "there and back":
        outward = outward[::2] + outward[1::2][::-1]
    return [*kinds[:1], *outward]


def _with_stage(chosen: list[str], performed: list[bool], ranked: list[str]) -> list[str]:
    """Move a place where one can sing to each performance; the topic's own place opens the film."""
    kinds = list(chosen)
    for index, is_performed in enumerate(performed):
        if not is_performed or kinds[index] in SINGING:
            continue
        at = next((i for i in range(1, len(kinds)) if kinds[i] in SINGING and not performed[i]), None)
        if at is not None:
            kinds[index], kinds[at] = kinds[at], kinds[index]
        else:
            free = [kind for kind in ("stage", *ranked) if kind in SINGING and kind not in kinds]
            kinds[index] = free[0] if free else kinds[index]
    return kinds


def weather_at(theme: Theme, kind: str, drawn: Weather) -> Weather:
    """Return the weather that a place can have, as near as can be to the one drawn."""
    if kind == "snow village":
        return "snow"
    if kind in ("moon", "desert") or (drawn == "snow" and theme.name != "winter"):
        return "clear"
    return "cloudy" if kind not in _OUTDOORS and drawn in ("wind", "fog") else drawn
