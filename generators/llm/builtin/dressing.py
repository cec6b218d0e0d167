"""Dressing: "Mia wears a red coat", "Leo has long black hair" as changes of a character sheet."""

from __future__ import annotations

import re

from storyboard.generators.llm.builtin.lexicon import table
from storyboard.schema.board import Storyboard
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.errors import InputError

_WEARS = re.compile(
    r"^(?:let )?(?P<who>.+?) (?:wears?|should wear|is wearing|(?:is )?dressed in|puts on|has|is|should have)"
    r"\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_HAIR = re.compile(r"^(?P<looks>.+?) hair$|^(?P<bald>bald)$", re.IGNORECASE)
# What is worn in the same place, so that one takes the other's.
_PLACES = (
    "coat jacket blazer cardigan cape suit poncho raincoat parka hoodie sweater jumper pullover",
    "t-shirt shirt blouse top apron vest tunic",
    "dress gown kimono overalls jumpsuit robe",
    "jeans trousers skirt shorts pants leggings",
    "boots shoes sneakers sandals heels slippers trainers",
    "hat cap beanie helmet crown beret hood headscarf",
    "scarf tie necklace shawl",
    "glasses sunglasses goggles",
    "backpack bag satchel handbag suitcase",
    "gloves mittens",
)
_MAX_GARMENTS = 8


def dressed(board: Storyboard, request: str) -> Storyboard | None:
    """Return the storyboard with a character's hair or one garment changed, or None for another request.

    Raises:
        InputError: the character is not in the cast.
    """
    found = _WEARS.match(request.strip(" .!"))
    if not found:
        return None
    what = re.sub(r"^(?:an?|the|his|her|their|its|some) ", "", found["what"].strip(), flags=re.IGNORECASE)
    names = {character.name.lower(): character for character in board.cast}
    character = names.get(found["who"].lower().strip())
    hair = _HAIR.match(what)
    if not hair and not _place_of(what.split()[-1]):
        return None
    if character is None:
        known = ", ".join(each.name for each in board.cast)
        raise InputError(
            f"no character is named {found['who']!r}", where="revise", hint=f"there are: {known}"
        )
    changed = _with_hair(character, hair) if hair else _wearing(character, what)
    return board.model_copy(update={"cast": [changed if each is character else each for each in board.cast]})


def _wearing(character: Character, what: str) -> Character:
    """Put a garment in the place of what is worn there."""
    *words, item = what.lower().split()
    materials = _materials()
    material = next((word for word in words if word in materials), "")
    color = " ".join(word for word in words if word != material)
    place = _place_of(item)
    kept = [garment for garment in character.clothing if _place_of(garment.item) != place]
    index = next(
        (i for i, garment in enumerate(character.clothing) if _place_of(garment.item) == place), len(kept)
    )
    before = character.clothing[index].color if index < len(character.clothing) else "black"
    kept.insert(index, Garment(item=item, color=color or before, material=material))
    return character.model_copy(update={"clothing": kept[:_MAX_GARMENTS]})


def _with_hair(character: Character, found: re.Match[str]) -> Character:
    if found["bald"]:
        return character.model_copy(update={"hair": Hair(color=character.hair.color, length="bald")})
    words = found["looks"].lower().replace(",", "").split()
    lengths = ("short", "medium", "long")
    styles = "curly wavy straight braided frizzy spiky".split()
    length = next((word for word in words if word in lengths), character.hair.length)
    style = next((word for word in words if word in styles), character.hair.style)
    color = " ".join(word for word in words if word not in (*lengths, *styles, "and"))
    hair = Hair(
        color=color or character.hair.color,
        length="medium" if length == "bald" else length,  # type: ignore[arg-type]
        style=style,
    )
    return character.model_copy(update={"hair": hair})


def _place_of(item: str) -> str:
    word = item.lower().split()[-1]
    return next((place for place in _PLACES if word in place.split()), "")


def _materials() -> set[str]:
    wardrobe = table("wardrobe")
    known = {
        material for outfits in wardrobe["outfits"].values() for outfit in outfits for _, material in outfit
    }
    return (
        known | {material for _, material in wardrobe["trades"].values()} | {"silk", "lace", "wool", "tweed"}
    )
