"""Proportions from a character sheet: age, gender and words about height and build."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.colors import digest
from storyboard.generators.video.animatic.figure.lexicon import Lexicon
from storyboard.generators.video.animatic.figure.skeleton import Body
from storyboard.schema.cast import Character

# Heads to a body and height by age, after the usual artists' canon, heads a little larger.
_HEADS = ((2, 3.5), (6, 4.2), (10, 4.9), (14, 5.5), (18, 6.0), (35, 6.2))
_HEIGHTS = ((2, 0.5), (5, 0.6), (9, 0.71), (12, 0.79), (15, 0.91), (18, 1.0))
# Girth by age: lean youth, a middle that fills out, thinner again when very old.
_GIRTHS = ((12, 1.0), (16, 0.93), (20, 0.95), (35, 1.01), (52, 1.09), (70, 1.05), (85, 0.96))
_WAISTS = ((25, 1.0), (50, 1.12), (70, 1.15), (90, 1.1))
_SHARES = {"woman": (0.098, 0.083, 0.063, 0.09), "man": (0.118, 0.1, 0.083, 0.083)}
_PERSON = (0.107, 0.09, 0.073, 0.086)


@dataclass(frozen=True)
class Build:
    """A build: factors on height, girth, shoulders and waist."""

    height: float = 1.0
    girth: float = 1.0
    shoulders: float = 1.0
    waist: float = 1.0


_STATURES: Lexicon[Build] = Lexicon(
    {
        Build(1.1): "very tall, towering, giant, gigantic, huge, enormous, six foot five, basketball player",
        Build(1.06): "tall, leggy, long-legged, statuesque, big, six foot, over six feet, above average",
        Build(0.9, 0.95): "petite, tiny, very short, diminutive, elfin, minute, little, dwarf, small-boned",
        Build(0.93): "short, small, below average, shortish, low",
        Build(1.05, 0.88, 0.97, 0.94): "lanky, gangly, gangling, beanpole, rangy, spindly, string bean",
        Build(): "average, medium, average height, medium height, normal, regular",
    }
)
_BUILDS: Lexicon[Build] = Lexicon(
    {
        Build(1.0, 1.36, 1.02, 1.26): "plus-size, plus size, fat, obese, large build, heavyset,"
        " overweight, very heavy, big build, rotund, portly, fleshy, pot-bellied, big belly, paunchy,"
        " beer belly, heavy",
        Build(1.0, 1.22, 0.98, 1.16): "chubby, plump, curvy, full-figured, round, voluptuous, pudgy,"
        " tubby, stout, full, dumpy, soft build, curvaceous, rounded, ample",
        Build(0.98, 1.2, 1.08, 1.08): "stocky, thickset, broad, sturdy, solid, barrel-chested, burly,"
        " compact, squat, broad-shouldered, stocky build, robust, well-built, hefty, thick",
        Build(1.02, 1.14, 1.22, 0.94): "muscular, muscly, brawny, bodybuilder, buff, ripped, strong,"
        " powerful, beefy, jacked, strapping, hulking, heavily built, muscled",
        Build(1.0, 1.03, 1.09, 0.95): "athletic, fit, toned, sporty, trim, wiry, agile, dancer,"
        " well-toned, swimmer",
        Build(1.0, 0.86, 0.98, 0.94): "slim, thin, slender, skinny, lean, willowy, slight, slight build,"
        " svelte, thin build, bony, scrawny, skeletal, frail, gaunt, waif, delicate, narrow, lithe,"
        " reedy, slim build",
    }
)


def body_of(character: Character) -> Body:
    """Return the proportions of a character."""
    age = _age(character)
    height = _between(_HEIGHTS, age) * _stature(character, age)
    heads = _between(_HEADS, age)
    child = max(0.0, min(1.0, (18 - age) / 13))
    if character.gender in ("robot", "creature"):
        heads = 5.0 if character.gender == "robot" else 4.6
    if character.gender == "animal":
        heads, child = 4.2, 0.55
    build = _build(character)
    shoulder, chest, waist, hip = (share * height for share in _shares(character.gender, child))
    seeded = 0.96 + 0.08 * (digest("girth " + character.name) % 1000) / 1000
    girth = seeded * build.girth * _between(_GIRTHS, age)
    waist *= build.waist * _between(_WAISTS, age)
    head_r = height / heads / 2
    leg = height * (0.5 - 0.065 * child)
    ankle = height * 0.037
    reach = height * (0.3 - 0.03 * child)
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
        shoulder_w=shoulder * (0.5 + 0.5 * girth) * build.shoulders,
        chest_w=chest * girth * (0.4 + 0.6 * build.shoulders),
        waist_w=waist * girth,
        hip_w=hip * girth,
        girth=girth * height,
        stoop=0.17 * max(0.0, min(1.0, (age - 55) / 30)),
        child=child,
    )


def _age(character: Character) -> float:
    if character.gender == "animal":
        return 9  # an animal on two legs is as tall as a child, whatever its years
    if character.gender in ("robot", "creature"):
        return 25
    return min(character.age, 13) if character.gender in ("girl", "boy") else character.age


def _stature(character: Character, age: float) -> float:
    words = character.height.lower()
    factor = {"woman": 0.965, "man": 1.02}.get(character.gender, 1.0) if age >= 15 else 1.0
    metres = re.search(r"\b([12])[.,](\d\d?)\s*m?\b", words)
    if metres and age >= 15:
        return max(0.85, min(1.15, float(f"{metres[1]}.{metres[2]}") / 1.72))
    said = _STATURES.find(words)
    factor *= (said.height if said else 1.0) * _build(character).height
    elderly = 0.035 * max(0.0, min(1.0, (age - 60) / 20))
    return factor * (1 - elderly)


def _shares(gender: str, child: float) -> list[float]:
    adult = _SHARES.get(gender, _PERSON)
    young = (0.108, 0.094, 0.088, 0.09)
    return [a + (b - a) * child for a, b in zip(adult, young, strict=True)]


def _build(character: Character) -> Build:
    """Return the build that the words about height name, or the face's if they are about fullness."""
    lanky = _STATURES.find(character.height)
    found = _BUILDS.find(character.height)
    if found is None and lanky is not None and lanky.girth != 1.0:
        return Build(1.0, lanky.girth, lanky.shoulders, lanky.waist)
    if found is None and re.search(r"chubby|plump|heavyset|stout", character.face.lower()):
        return Build(1.0, 1.16, 1.0, 1.1)
    return found or Build()


def _between(table: tuple[tuple[int, float], ...], age: float) -> float:
    """Return the table's value at an age, between its entries in a straight line."""
    first = table[0]
    if age <= first[0]:
        return first[1]
    for (a0, v0), (a1, v1) in itertools.pairwise(table):
        if age <= a1:
            return v0 + (v1 - v0) * (age - a0) / (a1 - a0)
    return table[-1][1]
