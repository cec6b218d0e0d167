"""Extras: the people whom a scene's words call for besides its cast. Dancers, an audience, passers-by."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from storyboard.generators.video.animatic.figure.crowd import Onlooker, gather
from storyboard.schema.scene import Scene

Doing = Literal["dance", "stand", "walk", "watch"]

_MANY = re.compile(
    r"\b(crowds?|crowded (?!little|with)|audience|packed|busy|bustling|full of people|guests|festival"
    r"|parade|rush hour|market|queue|commuters|passers-?by|pedestrians|onlookers|strangers|tourists"
    r"|spectators"
    r"|people (dance|dancing|walk|stand|watch|pass|everywhere)\w*)\b"
)
_CROWD = re.compile(r"\b(crowds?|audience)\b")
_PARTY = re.compile(
    r"\b(part(y|ies)|weddings?|reception|ballroom|masked ball|rave|disco|prom|carnival|celebrat\w+"
    r"|dance ?floor|everybody dances|mosh pit|new year's eve|fiesta|quincea.era)\b"
)
_NOBODY = re.compile(
    r"\b(empty|deserted|abandoned|closed|lonely|alone|nobody|no one|silent|quiet|hushed|vacant|forgotten"
    r"|backstage|dressing room|rehearsal|after hours|ghost town|back alley|dead.end)\b"
)
_DANCED = frozenset(("club",))
_WATCHED = frozenset(("stage",))
_PASSED = {
    "street": 4, "train station": 4, "airport": 4, "fairground": 5, "bridge": 2, "park": 2,
    "old town": 4, "bus stop": 3, "school yard": 4,
}  # fmt: skip
"""Where people pass by in daytime, and how many."""
_LIT = frozenset(("street", "train station", "airport", "fairground"))
"""Where people pass by at night as well."""
_SEATED = frozenset(
    ("aeroplane", "cinema", "diner", "café", "restaurant", "train interior", "classroom", "car")
)
"""Where people sit, whom the place itself shows, if any."""
_STANDING = {"church": 6, "bar": 5, "garden": 6, "beach": 5, "harbour": 4, "rooftop": 6, "shop": 3}
"""Where more people than elsewhere have room to stand about, if words speak of many."""
_BACK, _FRONT = 0.86, 1.30
"""Depths of the people behind the cast and before it."""
_GAP, _NARROW_GAP = 0.17, 0.10
"""How far people behind keep from the cast, so that faces stand free, in scene units; less if narrow."""
_NARROW = 0.6


@dataclass(frozen=True)
class Band:
    """People in one plane who do the same.

    Attributes:
        people: as `gather` returns them.
        doing: dance, stand, walk past, or watch from before the cast with their backs to us.
        depth: of the plane; above 1 before the cast.
        reach: half the width they fill, in scene units.
        dim: whether they are mere shapes against the lights.
    """

    people: tuple[Onlooker, ...]
    doing: Doing
    depth: float
    reach: float
    dim: bool = False


def bands_of(
    scene: Scene, kind: str, *, seed: int, reach: float, bottom: float, taken: Sequence[float]
) -> list[Band]:
    """Return the extras of a scene, those farther away first.

    Args:
        scene: whose words call for them.
        kind: of its place.
        seed: decides who they are.
        reach: half the width that they fill, in scene units.
        bottom: lower edge of the picture, in scene units.
        taken: where across the picture the cast stands.
    """
    words = f"{scene.setting}. {scene.actions}".lower()
    many, party = bool(_MANY.search(words)), bool(_PARTY.search(words))
    if _NOBODY.search(scene.setting.lower()) and not many:
        return []
    bands: list[Band] = []
    doing, n = _behind(scene, kind, many=many, party=party)
    if n:
        band = _band(doing, round(n * max(0.75, reach / 0.9)), seed, reach, taken)
        bands.append(replace(band, dim=kind in _DANCED))
    if kind in _WATCHED | _DANCED or (_CROWD.search(words) and scene.kind == "performance"):
        bands.append(_audience(seed + 1, reach, bottom))
    return bands


def _behind(scene: Scene, kind: str, *, many: bool, party: bool) -> tuple[Doing, int]:
    """Return what the people behind the cast do, and how many they are in a frame of 16:9."""
    if kind in _WATCHED | _SEATED:
        return "stand", 0
    if kind in _DANCED or (party and kind not in ("church", "shop")):
        return "dance", 9 if kind in _DANCED or many else 7
    night = scene.time_of_day in ("night", "midnight") and kind not in _LIT
    foul = scene.weather in ("storm",)
    if kind in _PASSED and not night and not foul:
        return "walk", _PASSED[kind] + (4 if many else 0) - (1 if scene.weather in ("rain", "snow") else 0)
    if many or party:
        return "stand", _STANDING.get(kind, 4)
    return "stand", 0


def _band(doing: Doing, n: int, seed: int, reach: float, taken: Sequence[float]) -> Band:
    people = gather(
        seed, n, left=-reach, right=reach, feet_y=-0.036, height=0.515, depth=0.05,
    )  # fmt: skip
    if doing != "walk":
        gap = _GAP if reach > _NARROW else _NARROW_GAP
        people = [one for one in people if all(abs(one.x - x * _BACK) > gap for x in taken)]
    return Band(tuple(people), doing, _BACK, reach + 0.40)


def _audience(seed: int, reach: float, bottom: float) -> Band:
    """Return heads and shoulders along the lower edge, with gaps."""
    rng = random.Random(seed)
    height = 0.66
    people = gather(
        seed, max(4, round(7 * reach / 0.9)), left=-reach, right=reach, feet_y=bottom - 0.125 + height,
        height=height, depth=0.06,
    )  # fmt: skip
    return Band(tuple(one for one in people if rng.random() < 0.88), "watch", _FRONT, reach)
