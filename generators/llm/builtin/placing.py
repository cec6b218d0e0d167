"""Placing: a setting, an hour and a weather for every scene, none like another."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import get_args

from storyboard.generators.llm.builtin.cues import cues_in, ranked
from storyboard.generators.llm.builtin.lexicon import Theme, table
from storyboard.generators.llm.builtin.places import Meant, meant_by, places
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.generators.llm.builtin.shapes import Journey, Shape
from storyboard.schema.scene import TimeOfDay, Weather

_SHARE_AT_HOME = 0.7  # of the performances in a place that is no stage, where somebody may sing
_SHARE_WITHOUT_STREET = 0.45  # of the films, as most places and themes lead to one
_SHARE_IN_STREETS = 0.5  # of the performances that could only be there or in a place of their own
_LEAST_SHARE = 3  # of how many scenes one at least is inside, and one outside


def kinds_of(reading: Reading, shape: Shape, rng: Random, performed: list[bool]) -> list[str]:
    """Return a kind of place for each scene: the topic's own first, the others as the journey has them."""
    named = meant(reading).named[: len(performed)]
    ranked = without_kin(ranked_kinds(reading, rng), named)
    chosen = _in_and_out(ranked, len(performed), named)
    known = list(places())
    chosen += [known[index % len(known)] for index in range(len(performed) - len(chosen))]
    kinds = _on_journey(chosen, shape.journey)
    return _with_stage(kinds, performed, ranked, named, rng)


def meant(reading: Reading) -> Meant:
    """Return the places that a topic means, in its own language too."""
    said = meant_by(reading.words)
    if not reading.language:
        return said
    named = dict.fromkeys([*ranked(cues_in([reading.topic], reading.language), "places"), *said.named])
    return Meant(tuple(named), tuple(kind for kind in said.told if kind not in named))


def ranked_kinds(reading: Reading, rng: Random) -> list[str]:
    """Return kinds of place: the topic's own, its themes' and those near by turns, then all others."""
    own = meant(reading)
    near = _shuffled([each for kind in own.kinds[:1] for each in places()[kind].near], rng)
    by_theme: list[str] = []
    for theme, share in zip(reading.themes, (8, 3, 2), strict=False):
        # A theme names its most telling places first: one of them opens the film.
        by_theme += _shuffled(theme.settings[:2], rng) + _shuffled(theme.settings[2:share], rng)
    if own.named:
        by_theme = near[:3] + by_theme[:2] + near[3:] + by_theme[2:]
    else:
        by_theme = by_theme[:2] + near[:2] + by_theme[2:] + near[2:]
    usual = _shuffled([kind for kind, place in places().items() if not place.rare], rng)
    order = dict.fromkeys([*own.named, *own.told[:2], *by_theme, *own.told[2:], *usual, *places()])
    if "street" not in own.kinds and rng.random() < _SHARE_WITHOUT_STREET:
        del order["street"]
        order["street"] = None
    return list(order)


def without_kin(ranked: Sequence[str], kept: Sequence[str] = ()) -> list[str]:
    """Return the kinds in order, each once, and only one of those that look alike while others are left."""
    chosen: list[str] = []
    spare: list[str] = []
    for kind in dict.fromkeys(ranked):
        alike = places()[kind].like in (places()[other].like for other in chosen)
        (spare if alike and kind not in kept else chosen).append(kind)
    return chosen + spare


def hours_of(shape: Shape, rng: Random, kinds: list[str], said: str = "") -> list[TimeOfDay]:
    """Return the time of day of each scene: the shape's, or the least used one that the place knows.

    A topic that says an hour has it first, in exchange for that of another scene if that place knows it.
    """
    usual = rng.choice(shape.hours)
    hours: list[TimeOfDay] = []
    for index, kind in enumerate(kinds):
        due, known = usual[index % len(usual)], places()[kind].hours
        hours.append(due if due in known or not known else min(known, key=hours.count))
    first: TimeOfDay | None = next((hour for hour in get_args(TimeOfDay) if hour == said), None)
    if first is None or not hours:
        return hours
    at = next((index for index, hour in enumerate(hours) if hour == first), 0)
    known = places()[kinds[at]].hours
    if hours[0] in known or not known:
        hours[at] = hours[0]
    hours[0] = first
    return hours


def weathers_of(theme: Theme, rng: Random, kinds: list[str], said: str = "") -> list[Weather]:
    """Return the weather of each scene: the mood's, as far as the place has any.

    A topic that says a weather has it in every second scene.
    """
    choices: list[Weather] = table("looks")[theme.mood]["weather"]
    first = rng.randrange(len(choices))
    usual = [weather_at(theme, kind, choices[(first + i) % len(choices)]) for i, kind in enumerate(kinds)]
    named = next((weather for weather in get_args(Weather) if weather == said), None)
    if named is None:
        return usual
    return [
        named if index % 2 == 0 and not places()[kind].weather else weather
        for index, (kind, weather) in enumerate(zip(kinds, usual, strict=True))
    ]


def light_said(reading: Reading) -> tuple[str, str]:
    """Return the hour and the weather that a topic names, "" for what it leaves open."""
    cues = cues_in([reading.topic], reading.language or "en")
    hours, weathers = ranked(cues, "hours"), ranked(cues, "weathers")
    return hours[0] if hours else "", weathers[0] if weathers else ""


def weather_at(theme: Theme, kind: str, drawn: Weather) -> Weather:
    """Return the weather that a place can have, as near as can be to the one drawn."""
    place = places()[kind]
    if place.weather:
        return drawn if drawn in place.weather else place.weather[0]
    if drawn == "snow" and theme.name != "winter":
        return "clear"
    return "cloudy" if place.inside and drawn in ("wind", "fog") else drawn


def _shuffled(kinds: Sequence[str], rng: Random) -> list[str]:
    return rng.sample(kinds, len(kinds))


def _in_and_out(ranked: Sequence[str], n_scenes: int, named: Sequence[str]) -> list[str]:
    """Return the first kinds, the last of those not named giving way where all are inside, or outside."""
    chosen = list(ranked[:n_scenes])
    for is_inside in (True, False):
        free = [kind for kind in ranked[n_scenes:] if places()[kind].inside == is_inside]
        others = [k for k in reversed(chosen[1:]) if places()[k].inside != is_inside and k not in named]
        n_due = n_scenes // _LEAST_SHARE - sum(places()[kind].inside == is_inside for kind in chosen)
        for old, new in list(zip(others, free, strict=False))[: max(0, n_due)]:
            chosen[chosen.index(old)] = new
    return chosen


def _on_journey(kinds: list[str], journey: Journey) -> list[str]:
    """Order all places but the first by their distance from home."""
    if journey == "free":
        return kinds
    outward = sorted(kinds[1:], key=lambda kind: places()[kind].distance)
    if journey == "homeward":
        outward.reverse()
    if journey == "there and back":
        outward = outward[::2] + outward[1::2][::-1]
    return [*kinds[:1], *outward]


def _is_sung_at(kind: str) -> bool:
    """Whether one of the things done in a place is singing."""
    return any("sing" in move for move in table("settings")[kind]["moves"])


def _with_stage(
    chosen: list[str], performed: list[bool], ranked: Sequence[str], named: Sequence[str], rng: Random
) -> list[str]:
    """Move a place where one can sing to each performance; the topic's own place opens the film.

    Some songs are sung where they are: at the stove, on a garden bench.
    """
    kinds = list(chosen)
    for index, is_performed in enumerate(performed):
        if not is_performed or places()[kinds[index]].sung:
            continue
        if _is_sung_at(kinds[index]) and rng.random() < _SHARE_AT_HOME:
            continue
        sung = [i for i in range(1, len(kinds)) if places()[kinds[i]].sung and not performed[i]]
        telling = [i for i in sung if kinds[i] != "street"]  # a street is in most films
        free = [kind for kind in ("stage", *ranked) if places()[kind].sung and kind not in kinds]
        alike = [kind for kind in free if places()[kind].inside == places()[kinds[index]].inside]
        if telling or (sung and rng.random() < _SHARE_IN_STREETS):
            at = rng.choice(telling or sung)
            kinds[index], kinds[at] = kinds[at], kinds[index]
        elif kinds[index] not in named and free:
            kinds[index] = (alike or free)[0]
    return kinds
