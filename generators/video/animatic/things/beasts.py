"""Beasts: the animals of a film that have a sheet, and so are drawn from it and never as mere things."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.things.catalogue import meanings
from storyboard.generators.video.animatic.things.words import phrases_in, tokens_of

_KIN = (
    frozenset(("dog", "poodle")),
    frozenset(("cat", "black-cat")),
    frozenset(("rooster", "baby-chick", "turkey")),
    frozenset(("duck", "goose", "swan")),
    frozenset(("ewe", "ram", "goat")),
    frozenset(("bird", "blackbird", "dove", "parrot", "eagle")),
    frozenset(("horse", "donkey", "zebra")),
    frozenset(("tiger", "leopard", "cat")),
    frozenset(("dragon", "t-rex", "sauropod")),
)
"""Icons of animals that words take for each other."""
_UNNAMED = frozenset(("dog", "poodle"))
"""What an animal is whose sheet says of what kind it is with no word that we know."""


def sheets_of(request: VideoRequest) -> list[str]:
    """Return "name, face" of every animal and creature of the film, in this scene or elsewhere."""
    here = (each for each in request.characters if each.gender in ("animal", "creature"))
    return [*(f"{each.name}, {each.face}" for each in here), *request.absent]


def beasts_of(sheets: Sequence[str]) -> frozenset[str]:
    """Return the icons that would double one of a film's animals.

    Args:
        sheets: "name, face" of each.
    """
    icons: set[str] = set()
    for sheet in sheets:
        named = {meanings()[phrase].thing.icon for phrase in phrases_in(tokens_of(sheet))}
        icons |= named or _UNNAMED
    return frozenset(icons.union(*(kin for kin in _KIN if kin & icons)))
