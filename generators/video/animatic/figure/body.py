"""Proportions from a character sheet: age, gender and words about height and build."""

from __future__ import annotations

import itertools
import re

from storyboard.generators.video.animatic.figure.colors import digest
from storyboard.generators.video.animatic.figure.skeleton import Body
from storyboard.schema.cast import Character

# Heads to a body and height by age, after the usual artists' canon, heads a little larger.
_HEADS = ((2, 3.9), (6, 4.6), (10, 5.1), (14, 5.6), (18, 6.08))
_HEIGHTS = ((2, 0.5), (5, 0.6), (9, 0.71), (12, 0.79), (15, 0.91), (18, 1.0))
_SHARES = {"woman": (0.098, 0.083, 0.063, 0.09), "man": (0.118, 0.1, 0.083, 0.083)}
_PERSON = (0.107, 0.09, 0.073, 0.086)
_WORDS = (
    (r"very tall|towering|giant", 1.1),
    (r"\btall|lanky|leggy", 1.06),
    (r"petite|tiny|very short", 0.9),
    (r"\bshort|small", 0.93),
)


def body_of(character: Character) -> Body:
    """Return the proportions of a character."""
    age = _age(character)
    height = _between(_HEIGHTS, age) * _stature(character, age)
    heads = _between(_HEADS, age)
    child = max(0.0, min(1.0, (18 - age) / 13))
    if character.gender == "robot":
        heads = 5.0
    shoulder, chest, waist, hip = (share * height for share in _shares(character.gender, child))
    girth = _girth(character)
    head_r = height / heads / 2
    leg = height * (0.5 - 0.065 * child)
    ankle = height * 0.037
    reach = height * (0.3 - 0.03 * child)
    if character.gender == "animal":
        heads, child = 4.4, 0.55
    return Body(
        height=height,
        head_r=head_r,
        leg=leg,
        ankle=ankle,
        thigh=(leg - ankle - 0.01 * height) * 0.512,
        shin=(leg - ankle - 0.01 * height) * 0.492,
        torso=height * 0.982 - 2 * head_r - leg,
        upper_arm=reach * 0.52,
        forearm=reach * 0.48,
        shoulder_w=shoulder * (0.5 + 0.5 * girth),
        chest_w=chest * girth,
        waist_w=waist * girth,
        hip_w=hip * girth,
        girth=girth * height,
        stoop=0.12 * max(0.0, min(1.0, (age - 58) / 22)),
        child=child,
    )


def _age(character: Character) -> float:
    if character.gender == "animal":
        return 9  # an animal on two legs is as tall as a child, whatever its years
    if character.gender == "robot":
        return 25
    return min(character.age, 13) if character.gender in ("girl", "boy") else character.age


def _stature(character: Character, age: float) -> float:
    words = character.height.lower()
    factor = {"woman": 0.965, "man": 1.02}.get(character.gender, 1.0) if age >= 15 else 1.0
    metres = re.search(r"\b([12])[.,](\d\d?)\s*m?\b", words)
    if metres and age >= 15:
        return max(0.85, min(1.15, float(f"{metres[1]}.{metres[2]}") / 1.72))
    for pattern, stature in _WORDS:
        if re.search(pattern, words):
            factor *= stature
            break
    elderly = 0.035 * max(0.0, min(1.0, (age - 60) / 20))
    return factor * (1 - elderly)


def _shares(gender: str, child: float) -> list[float]:
    adult = _SHARES.get(gender, _PERSON)
    young = (0.108, 0.094, 0.088, 0.09)
    return [a + (b - a) * child for a, b in zip(adult, young, strict=True)]


def _girth(character: Character) -> float:
    words = f"{character.height} {character.face}".lower()
    seeded = 0.95 + 0.1 * (digest("girth " + character.name) % 1000) / 1000
    if re.search(r"stocky|heavy|plump|broad|stout|chubby|large build|burly", words):
        return seeded + 0.2
    if re.search(r"slim|thin|slender|skinny|lanky|lean\b|willowy", words):
        return seeded - 0.07
    return seeded


def _between(table: tuple[tuple[int, float], ...], age: float) -> float:
    """Return the table's value at an age, between its entries in a straight line."""
    first = table[0]
    if age <= first[0]:
        return first[1]
    for (a0, v0), (a1, v1) in itertools.pairwise(table):
        if age <= a1:
            return v0 + (v1 - v0) * (age - a0) / (a1 - a0)
    return table[-1][1]
