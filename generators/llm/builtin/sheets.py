"""Sheets: what the people and creatures of a film look like, told apart at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from storyboard.generators.llm.builtin.casting import ELDER_AGE, NOT_HUMAN, Part
from storyboard.generators.llm.builtin.lexicon import table
from storyboard.generators.llm.builtin.reading import Reading
from storyboard.schema.cast import Character, Garment, Hair

_CHILD_AGE = 14
_SMOOTH = frozenset(
    "ghost phantom poltergeist alien martian dragon whale dolphin octopus shark devil demon".split()
)
_HEIGHTS = {
    "woman": ("tall", "of medium height", "short"),
    "man": ("very tall", "of medium height", "stocky"),
}


def cast_of(parts: list[Part], reading: Reading, seed: int, findings: Sequence[str] = ()) -> list[Character]:
    """Return a sheet for each part; no two share a colour, a hair colour or a first garment.

    The findings of a review change how they look, never their names and ages, which the story has by then.
    """
    rng, naming = reading.rng(seed, "cast", findings), reading.rng(seed, "names")
    wardrobe = table("wardrobe")
    palettes = rng.sample(wardrobe["families"], len(parts))
    hair_colors = rng.sample(wardrobe["hair"]["colors"], len(parts))
    elder_colors = rng.sample(wardrobe["hair"]["elder_colors"], len(parts))
    coats: list[str] = []
    taken: dict[str, set[str]] = {
        "names": {part.name for part in parts},
        "items": set(),
        "styles": set(),
        "extras": set(),
    }
    cast = []
    for index, part in enumerate(parts):
        age = naming.randint(*part.ages)
        hair_color = elder_colors[index] if age >= ELDER_AGE else hair_colors[index]
        if part.gender in NOT_HUMAN:
            hair_color = _coat(part, [*hair_colors, *elder_colors, *coats], rng)
            coats.append(hair_color)
        cast.append(
            Character(
                name=part.name or _fresh(_names(part, age), taken["names"], naming),
                gender=part.gender,
                age=age,
                hair=_hair(part, age, hair_color, taken["styles"], rng),
                eyes=_eyes(part, rng),
                face=_face(part, age, hair_color, rng),
                height=_height(part, age, index, rng),
                clothing=_clothing(part, age, palettes[index], taken, rng),
            )
        )
    return cast


def is_pet(character: Character) -> bool:
    """Whether an animal goes on four legs: it wears nothing that would make it stand upright."""
    pet_wear = {item for outfit in table("wardrobe")["outfits"]["pet"] for item, _ in outfit}
    return character.gender == "animal" and {each.item for each in character.clothing} <= pet_wear


def _names(part: Part, age: int) -> list[str]:
    names = table("people")["names"]
    if part.species in names:
        return list(names[part.species])
    elder = f"elder_{part.gender}"
    return list(names[elder] if age >= ELDER_AGE and elder in names else names[part.gender])


def _fresh(choices: list[str], taken: set[str], rng: Random) -> str:
    free = [choice for choice in choices if choice not in taken] or choices
    choice = rng.choice(free)
    taken.add(choice)
    return choice


def _hair(part: Part, age: int, color: str, taken: set[str], rng: Random) -> Hair:
    if part.gender in NOT_HUMAN:
        is_furry = part.gender == "animal" or (part.gender == "creature" and part.species not in _SMOOTH)
        return Hair(color=color, length="short" if is_furry else "bald", style="fur" if is_furry else "")
    wardrobe = table("wardrobe")["hair"]
    grown = {"girl": "woman", "boy": "man"}.get(part.gender, part.gender)
    shapes: list[list[str]] = wardrobe[f"elder_{grown}" if age >= ELDER_AGE else grown]
    free = [shape for shape in shapes if shape[0] not in taken and shape[1] not in taken]
    length, style = rng.choice(free or shapes)
    taken |= {length, style}
    return Hair(color=color, length=length, style=style)  # type: ignore[arg-type]


def _eyes(part: Part, rng: Random) -> str:
    return "glowing amber" if part.gender == "robot" else str(rng.choice(table("wardrobe")["face"]["eyes"]))


def _face(part: Part, age: int, color: str, rng: Random) -> str:
    faces = table("wardrobe")["face"]
    kind = part.gender if part.gender in NOT_HUMAN else "elder" if age >= ELDER_AGE else "shapes"
    face = str(rng.choice(faces[part.species] if part.species in faces else faces[kind]))
    if kind not in ("animal", "creature"):
        return face
    article = "an" if part.species.startswith(tuple("aeiou")) else "a"
    return f"the {color} face of {article} {part.species}, {face}"


def _height(part: Part, age: int, index: int, rng: Random) -> str:
    if part.gender in ("animal", "creature"):
        return "small" if part.is_pet else "of medium height"
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
    kind = _outfits_of(part) if part.gender in NOT_HUMAN else "young"
    if kind == "young":
        kind = "elder" if age >= ELDER_AGE else "child" if age <= _CHILD_AGE else "young"
    worn_by_men = [o for o in outfits[kind] if not {"dress", "skirt"} & {item for item, _ in o}]
    choices = outfits[kind] if part.gender in ("woman", "girl", *NOT_HUMAN) else worn_by_men
    free = [outfit for outfit in choices if outfit[0][0] not in taken["items"]]
    outfit = list(rng.choice(free or choices))
    trade = wardrobe["trades"].get(part.species or part.role)
    if trade and trade[0] == "dress" and part.gender not in ("woman", "girl"):
        trade = ["shirt", trade[1]]
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
    if part.gender not in ("animal", "creature"):
        extra = _fresh(_extras(wardrobe["extras"], outfit), taken["extras"], rng)
        worn.append(Garment(item=extra, color=colors[0] if extra in ("boots", "sneakers") else colors[1]))
    return worn


def _outfits_of(part: Part) -> str:
    """Return the name of the outfits for one who is no human being."""
    kind = "pet" if part.is_pet else part.species
    return kind if kind in table("wardrobe")["outfits"] else part.gender


def _coat(part: Part, taken: Sequence[str], rng: Random) -> str:
    """Return the colour of fur, feathers or plates: one of the species that nobody else has."""
    coats: dict[str, list[str]] = table("wardrobe")["coats"]
    colors = coats[part.species] if part.species in coats else coats[part.gender]
    return str(rng.choice([color for color in colors if color not in taken] or colors))


def _extras(extras: list[str], outfit: list[list[str]]) -> list[str]:
    worn = {item for item, _ in outfit}
    has_shoes = worn & {"boots", "sneakers"}
    return [item for item in extras if item not in worn and not (has_shoes and item in ("boots", "sneakers"))]
