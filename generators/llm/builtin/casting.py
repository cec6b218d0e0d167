"""Casting: the two or three parts of a film, and who or what each of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.mentions import Mention
from storyboard.generators.llm.builtin.phrases import given_names
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.schema.cast import Gender

ELDER_AGE = 66
NOT_HUMAN = ("robot", "animal", "creature")
_SHARE_WITH_THIRD = 0.35
_GROWN_UP = (20, 40)
_FEMALE = frozenset("female woman girl soprano alto".split())
_MALE = frozenset("male man boy tenor baritone bass".split())


@dataclass(frozen=True)
class Part:
    """A part to fill: the role in the story, and what is settled about who plays it."""

    role: str
    gender: Gender
    ages: tuple[int, int]
    name: str = ""
    is_told: bool = False
    """Whether the topic itself speaks of them."""
    species: str = ""
    """What they are, if that is no human being: "ghost", "fox"."""
    is_pet: bool = False
    """Whether it goes on four legs beside its people."""


def parts_of(reading: Reading, seed: int) -> list[Part]:
    """Return the parts, the protagonist first; an animal leads where the topic begins with it."""
    rng = reading.rng(seed, "parts")
    people = [replace(_part(mention, rng), is_told=True) for mention in reading.mentions]
    partner = _part(Mention(_partner_of(reading)), rng)
    named = [part for part in people if part.name]
    if reading.is_personal or not people or people[0].ages[1] < 5:
        narrator = Part("narrator", rng.choice(("woman", "man")), (23, 34))
        people = [narrator, *people]
    elif len(named) > 1:
        people = [*named, *(part for part in people if not part.name)]
    if len(people) < 2:
        people.append(partner)
    people = _with_an_animal_third(people)
    if len(people) < 3 and rng.random() < _SHARE_WITH_THIRD and partner.role not in (p.role for p in people):
        people.append(partner)
    has_owner = people[0].gender not in NOT_HUMAN
    parts = [_as_seen(part, has_owner) for part in people[:3]]
    return _paired(parts[:2], rng) + parts[2:]


def _as_seen(part: Part, has_owner: bool) -> Part:
    """Return an animal as a pet, or as one that walks upright and is as tall as people are."""
    if part.gender != "animal":
        return part
    return replace(part, is_pet=True) if has_owner else replace(part, ages=_GROWN_UP)


def _partner_of(reading: Reading) -> str:
    """Return the role of a theme's partner that is not told of already: no grandmother beside grandma."""
    roles = table("people")["roles"]
    told = [mention.role for mention in reading.mentions]
    known = [roles[role] for role in told if role in roles]
    partners = [theme.partner for theme in reading.themes]
    return next((role for role in partners if role not in told and roles.get(role) not in known), "friend")


def _with_an_animal_third(people: list[Part]) -> list[Part]:
    """Let the first animal of a crowd be seen: as the third, if more than three are told of."""
    animals = [part for part in people[3:] if part.gender == "animal"]
    return [*people[:2], *animals[:1], *people[2:]] if animals else people


def sung_by(parts: list[Part], voice: str) -> list[Part]:
    """Return the parts with a narrator of the gender that the tags of a voice name, if they name one."""
    words = set(re.findall(r"[a-z]+", voice.lower()))
    gender: Gender | None = "woman" if words & _FEMALE else "man" if words & _MALE else None
    lead, *others = parts
    return [replace(lead, gender=gender), *others] if gender and lead.role == "narrator" else parts


def voice_of(parts: list[Part]) -> str:
    """Return who sings, in the words of a song's vocal tags."""
    lead = parts[0]
    if lead.gender in ("girl", "boy"):
        return f"young {'female' if lead.gender == 'girl' else 'male'}, clear"
    if lead.gender == "robot":
        return "androgynous, slightly metallic"
    if lead.gender == "creature":
        return "androgynous, soft and airy"
    warmth = "weathered" if lead.ages[0] >= ELDER_AGE else "warm"
    return f"{'male' if lead.gender == 'man' else 'female'}, {warmth}"


def _part(mention: Mention, rng: Random) -> Part:
    people = table("people")
    words = mention.role.split()
    role = next(
        (word for word in reversed(words) if word in people["roles"] or word in people["kin"]), words[0]
    )
    kin = people["kin"].get(mention.being or role)
    if kin in NOT_HUMAN:
        return Part(mention.role, kin, (2, 12), mention.name, species=mention.being or role)
    gender, low, high = people["roles"].get(role, [kin or "any", 24, 45])
    if mention.name:
        gender = given_names()[mention.name.lower()]
        low, high = (7, 12) if gender in ("girl", "boy") else (22, 38)
    if gender in ("any", "person"):
        gender = rng.choice(("woman", "man"))
    return Part(mention.role, gender, (low, high), mention.name, species=mention.being)


def _paired(people: list[Part], rng: Random) -> list[Part]:
    """Let the free choice of the first two fall on different genders, mostly, so that they differ more."""
    first, second = people
    free = table("people")["roles"].get(second.role, [""])[0] == "any" and not second.name
    if free and first.gender == second.gender and rng.random() < 0.8:
        other: Gender = "man" if first.gender == "woman" else "woman"
        second = replace(second, gender=other)
    return [first, second]
