"""Where the scenes of a given song are: the places, hours and weather that its lines name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import get_args

from storyboard.generators.lint.places import kind_of
from storyboard.generators.llm.builtin.cues import cues_in, ranked
from storyboard.generators.llm.builtin.lexicon import Theme, table
from storyboard.generators.llm.builtin.places import places
from storyboard.generators.llm.builtin.placing import weather_at
from storyboard.schema.scene import TimeOfDay, Weather

HOURS: tuple[TimeOfDay, ...] = get_args(TimeOfDay)
WEATHERS: tuple[Weather, ...] = get_args(Weather)
_LESS_NAMED, _SAME_AS_BEFORE, _SAME_AS_NEXT, _SEEN_BEFORE = 0.6, 3.0, 1.5, 0.4
_MOST_SHARE = 0.6  # of the scenes of a film may be in one place, even of a song that stays there
_MOST_VISITS = 2  # to one corner of it


@dataclass(frozen=True)
class Named:
    """What the lines of one scene name, what is named most often first; "" for what they leave open."""

    kinds: tuple[str, ...] = ()
    hour: str = ""
    weather: str = ""
    deeds: tuple[str, ...] = ()

    def or_else(self, other: Named) -> Named:
        """Return this with what it leaves open taken from another."""
        return Named(*(getattr(self, name) or getattr(other, name) for name in self.__dataclass_fields__))


def named_in(lines: Sequence[str], language: str) -> Named:
    """Read the lines of a scene."""
    cues = cues_in(lines, language)
    hours, weathers = ranked(cues, "hours"), ranked(cues, "weathers")
    return Named(
        kinds=tuple(ranked(cues, "places")),
        hour=hours[0] if hours else "",
        weather=weathers[0] if weathers else "",
        deeds=tuple(ranked(cues, "deeds")),
    )


def kinds_for(named: Sequence[Named], performed: Sequence[bool], spare: Sequence[str]) -> list[str]:
    """Return the kind of place of each scene: one that its lines name, else one of the spare ones.

    Neighbours differ unless both name that one place alone. A scene in which the song is performed and
    whose lines name no place is where one can sing.
    """
    chosen = _named_kinds(named)
    for index, kind in enumerate(chosen):
        if not kind:
            beside = {chosen[index - 1] if index else "", *chosen[index + 1 : index + 2]}
            fitting = [each for each in spare if places()[each].sung] if performed[index] else list(spare)
            free = [each for each in fitting if each not in beside]
            chosen[index] = min(free, key=lambda each: (chosen.count(each), free.index(each)))
    return chosen


def settings_for(kinds: Sequence[str], key: str, rng: Random) -> list[str]:
    """Return a text of each kind of place ("texts" or "titles"), none again before all were used."""
    left: dict[str, list[str]] = {}
    drawn = []
    for kind in kinds:
        texts = table("settings")[kind][key]
        if not left.get(kind):
            left[kind] = rng.sample(texts, len(texts))
        drawn.append(left[kind].pop())
    return drawn


def hours_for(named: Sequence[Named], usual: Sequence[TimeOfDay]) -> list[TimeOfDay]:
    """Return the hour of each scene: the one that its lines name, else the usual one of the story."""
    return [_as_hour(each.hour) or hour for each, hour in zip(named, usual, strict=True)]


def weathers_for(
    named: Sequence[Named], usual: Sequence[Weather], kinds: Sequence[str], theme: Theme
) -> list[Weather]:
    """Return the weather of each scene: the one that its lines name, where the place can have it."""
    return [
        weather_at(theme, kind, usually) if not said or places()[kind].weather else said
        for said, usually, kind in zip(
            (_as_weather(each.weather) for each in named), usual, kinds, strict=True
        )
    ]


def told_apart(
    settings: Sequence[str],
    hours: list[TimeOfDay],
    weathers: list[Weather],
    named: Sequence[Named],
    kinds: Sequence[str] = (),
) -> tuple[list[TimeOfDay], list[Weather]]:
    """Return hours and weathers such that no two scenes look alike, what lines name being changed last.

    Of the kinds of place, if given, each keeps to the hours that it knows.
    """
    seen: set[tuple[str, str, str]] = set()
    for index, setting in enumerate(settings):
        kind = kind_of(setting) or setting
        known = (places()[kinds[index]].hours if kinds else ()) or HOURS
        options = [
            (_changes(named[index], hour, weather, hours[index], weathers[index]), place, hour, weather)
            for place, (hour, weather) in enumerate((hour, weather) for hour in known for weather in WEATHERS)
            if (kind, hour, weather) not in seen and (weather != "snow" or weathers[index] == "snow")
        ]
        if options:
            _, _, hours[index], weathers[index] = min(options)
        seen.add((kind, hours[index], weathers[index]))
    return hours, weathers


def _changes(said: Named, hour: str, weather: str, due_hour: str, due_weather: str) -> int:
    """Return what it costs to have another hour or weather than is due: more where the lines name it."""
    costs = (
        (hour != due_hour) * (4 if said.hour else 1),
        (weather != due_weather) * (4 if said.weather else 2),
    )
    return sum(costs)


def _named_kinds(named: Sequence[Named]) -> list[str]:
    """Return the place of each scene whose lines name one, "" for the others."""
    chosen: list[str] = []
    counts: Counter[str] = Counter()
    share = max(2, round(_MOST_SHARE * len(named)))
    for index, each in enumerate(named):
        following = named[index + 1].kinds if index + 1 < len(named) else ()
        only_next = following[0] if len(following) == 1 else ""
        costs = {
            kind: rank * _LESS_NAMED
            + (kind == chosen[-1] if chosen else False) * _SAME_AS_BEFORE
            + (kind == only_next) * _SAME_AS_NEXT
            + counts[kind] * _SEEN_BEFORE
            for rank, kind in enumerate(each.kinds)
            if counts[kind] < min(share, _MOST_VISITS * len(table("settings")[kind]["texts"]))
        }
        chosen.append(min(costs, key=lambda kind: costs[kind]) if costs else "")
        counts[chosen[-1]] += 1
    return chosen


def _as_hour(text: str) -> TimeOfDay | None:
    return next((hour for hour in HOURS if hour == text), None)


def _as_weather(text: str) -> Weather | None:
    return next((weather for weather in WEATHERS if weather == text), None)
