"""The cast: two or three people who can be told apart at a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.phrases import given_names
from storyboard.generators.llm.builtin.reading import Mention, Reading
from storyboard.schema.cast import Character, Garment, Gender, Hair

_ELDER_AGE, _CHILD_AGE = 66, 14
_FEMALE = frozenset("female woman girl soprano alto".split())
_MALE = frozenset("male man boy tenor baritone bass".split())
_HEIGHTS = {
    "woman": ("tall", "of medium height", "short"),
    "man": ("very tall", "of medium height", "stocky"),
}


@dataclass(frozen=True)
class Part:
    """A part to fill: the role in the story, and what is settled about who plays it."""

    role: str
    gender: Gender
    ages: tuple[int, int]
    name: str = ""
    is_told: bool = False
    """Whether the topic itself speaks of them."""


def parts_of(reading: Reading, seed: int) -> list[Part]:
    """Return the parts, the protagonist first; an animal, which is hard to draw, comes third."""
    rng = reading.rng(seed, "parts")
    told = [replace(_part(mention, rng), is_told=True) for mention in reading.mentions]
    people = [part for part in told if part.gender != "animal"]
    animals = [part for part in told if part.gender == "animal"]
    partner = _part(Mention(reading.themes[0].partner), rng)
    named = [part for part in people if part.name]
    if reading.is_personal or not people or people[0].ages[1] < 5:
        narrator = Part("narrator", rng.choice(("woman", "man")), (23, 34))
        people = [narrator, *people]
    elif named and len(named) > 1:
        people = [*named, *(part for part in people if not part.name)]
    if len(people) < 2:
        people.append(partner)
    third = animals[:1] or people[2:3]
    if not third and rng.random() < 0.35 and partner.role not in (part.role for part in people):
        third = [partner]
    return _paired(people[:2], rng) + third


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
    warmth = "weathered" if lead.ages[0] >= _ELDER_AGE else "warm"
    return f"{'male' if lead.gender == 'man' else 'female'}, {warmth}"


def _part(mention: Mention, rng: Random) -> Part:
    people = table("people")
    words = mention.role.split()
    role = next(
        (word for word in reversed(words) if word in people["roles"] or word in people["kin"]), words[0]
    )
    kin = people["kin"].get(role)
    if kin in ("robot", "animal"):
        return Part(mention.role, kin, (2, 12), mention.name)
    gender, low, high = people["roles"].get(role, [kin or "any", 24, 45])
    if mention.name:
        gender = given_names()[mention.name.lower()]
        low, high = (7, 12) if gender in ("girl", "boy") else (22, 38)
    if gender in ("any", "person"):
        gender = rng.choice(("woman", "man"))
    return Part(mention.role, gender, (low, high), mention.name)


def _paired(people: list[Part], rng: Random) -> list[Part]:
    """Let the free choice of the first two fall on different genders, mostly, so that they differ more."""
    first, second = people
    free = table("people")["roles"].get(second.role, [""])[0] == "any" and not second.name
    if free and first.gender == second.gender and rng.random() < 0.8:
        other: Gender = "man" if first.gender == "woman" else "woman"
        second = replace(second, gender=other)
    return [first, second]


def cast_of(parts: list[Part], reading: Reading, seed: int, findings: Sequence[str] = ()) -> list[Character]:
    """Return a sheet for each part; no two share a colour, a hair colour or a first garment.

    The findings of a review change how they look, never their names and ages, which the story has by then.
    """
    rng, naming = reading.rng(seed, "cast", findings), reading.rng(seed, "names")
    wardrobe = table("wardrobe")
    palettes = rng.sample(wardrobe["families"], len(parts))
    hair_colors = rng.sample(wardrobe["hair"]["colors"], len(parts))
    elder_colors = rng.sample(wardrobe["hair"]["elder_colors"], len(parts))
    taken: dict[str, set[str]] = {
        "names": {part.name for part in parts},
        "items": set(),
        "styles": set(),
        "extras": set(),
    }
    cast = []
    for index, part in enumerate(parts):
        age = naming.randint(*part.ages)
        hair_color = elder_colors[index] if age >= _ELDER_AGE else hair_colors[index]
        cast.append(
            Character(
                name=part.name or _fresh(_names(part, age), taken["names"], naming),
                gender=part.gender,
                age=age,
                hair=_hair(part, age, hair_color, taken["styles"], rng),
                eyes=_eyes(part, rng),
                face=_face(part, age, rng),
                height=_height(part, age, index, rng),
                clothing=_clothing(part, age, palettes[index], taken, rng),
            )
        )
    return cast


def _names(part: Part, age: int) -> list[str]:
    names = table("people")["names"]
    elder = f"elder_{part.gender}"
    return list(names[elder] if age >= _ELDER_AGE and elder in names else names[part.gender])


def _fresh(choices: list[str], taken: set[str], rng: Random) -> str:
    free = [choice for choice in choices if choice not in taken] or choices
    choice = rng.choice(free)
    taken.add(choice)
    return choice


def _hair(part: Part, age: int, color: str, taken: set[str], rng: Random) -> Hair:
    if part.gender == "robot":
        return Hair(color="copper", length="bald")
    if part.gender == "animal":
        return Hair(color=color, length="short", style="fur")
    wardrobe = table("wardrobe")["hair"]
    grown = {"girl": "woman", "boy": "man"}.get(part.gender, part.gender)
    shapes: list[list[str]] = wardrobe[f"elder_{grown}" if age >= _ELDER_AGE else grown]
    free = [shape for shape in shapes if shape[0] not in taken and shape[1] not in taken]
    length, style = rng.choice(free or shapes)
    taken |= {length, style}
    return Hair(color=color, length=length, style=style)  # type: ignore[arg-type]


def _eyes(part: Part, rng: Random) -> str:
    return "glowing amber" if part.gender == "robot" else str(rng.choice(table("wardrobe")["face"]["eyes"]))


def _face(part: Part, age: int, rng: Random) -> str:
    faces = table("wardrobe")["face"]
    kind = part.gender if part.gender in ("robot", "animal") else "elder" if age >= _ELDER_AGE else "shapes"
    face = str(rng.choice(faces[kind]))
    return f"the face of a {part.role}, {face}" if kind == "animal" else face


def _height(part: Part, age: int, index: int, rng: Random) -> str:
    if part.gender == "animal":
        return "small"
    if part.gender == "robot":
        return "short and boxy"
    if age <= _CHILD_AGE:
        return "small"
    heights = _HEIGHTS["man" if part.gender == "man" else "woman"]
    return heights[(index * 2 + rng.randrange(2)) % len(heights)]


def _clothing(
    part: Part, age: int, colors: list[str], taken: dict[str, set[str]], rng: Random
) -> list[Garment]:
    wardrobe = table("wardrobe")
    outfits: dict[str, list[Any]] = wardrobe["outfits"]
    kind: str = part.gender if part.gender in ("robot", "animal") else "young"
    if kind == "young":
        kind = "elder" if age >= _ELDER_AGE else "child" if age <= _CHILD_AGE else "young"
    worn_by_men = [o for o in outfits[kind] if not {"dress", "skirt"} & {item for item, _ in o}]
    choices = outfits[kind] if part.gender in ("woman", "girl") else worn_by_men
    free = [outfit for outfit in choices if outfit[0][0] not in taken["items"]]
    outfit = list(rng.choice(free or choices))
    trade = wardrobe["trades"].get(part.role)
    if trade and kind in ("young", "elder"):
        bottom = (
            [["boots", "leather"]] if trade[0] in ("overalls", "dress", "suit") else [["trousers", "cotton"]]
        )
        outfit = [trade, *bottom]
    taken["items"].add(outfit[0][0])
    worn = [
        Garment(item=item, color=colors[i % 2], material=material)
        for i, (item, material) in enumerate(outfit)
    ]
    if kind != "animal":
        extra = _fresh(_extras(wardrobe["extras"], outfit), taken["extras"], rng)
        worn.append(Garment(item=extra, color=colors[0] if extra in ("boots", "sneakers") else colors[1]))
    return worn


def _extras(extras: list[str], outfit: list[list[str]]) -> list[str]:
    worn = {item for item, _ in outfit}
    has_shoes = worn & {"boots", "sneakers"}
    return [item for item in extras if item not in worn and not (has_shoes and item in ("boots", "sneakers"))]
