"""The short scene prompt, for video models whose text encoder (CLIP) reads 77 tokens and no more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storyboard.prompts.wording import in_the_air, seen, with_article
from storyboard.schema.board import Look
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene

MAX_TOKENS = 75
"""77 less the encoder's own start and end."""
_PIECE = re.compile(r"[^\W\d_]+|\d|[^\w\s]|_")
_LETTERS_A_TOKEN = 6
_ADULTS = ("woman", "man", "girl", "boy", "person")


def n_tokens(text: str) -> int:
    """Estimate the tokens CLIP's byte-pair encoding makes of a text, rather too many than too few.

    It splits off every digit and punctuation mark. Most English words of up to ten letters are one token,
    names and rare words two or three: one for every six letters begun gives 1.3 to 1.5 tokens a word in
    scene prompts, where CLIP itself takes about 1.3. Letters beyond ASCII are up to two tokens each.
    """
    total = 0
    for piece in _PIECE.findall(text):
        n_foreign = sum(1 for char in piece if ord(char) > 127)
        total += 2 * n_foreign + -(-(len(piece) - n_foreign) // _LETTERS_A_TOKEN)
    return total


def compact_scene_prompt(
    scene: Scene, characters: Sequence[Character], look: Look, max_tokens: int = MAX_TOKENS
) -> str:
    """Return a scene in few words: who first, then what they do, where, the light, the style.

    Parts are left out whole, from the last on, until the estimate fits; a character is described whole or
    not at all, and in the same words in every scene with as many people. Names are left out: CLIP
    knows nobody.
    """
    n_details = 2 if len(characters) < 3 else 1
    people = _people_that_fit(characters, n_details, max_tokens)
    rest = [
        _without_names(seen(scene.actions), characters),
        seen(scene.setting),
        f"{scene.time_of_day}, {in_the_air(scene.weather)}",
        look.style,
    ]
    parts = [*people, *(part.strip().rstrip(".") for part in rest if part.strip())]
    while len(parts) > max(1, len(people)) and n_tokens(_joined(parts)) > max_tokens:
        parts.pop()
    return _joined(parts)


def identity(character: Character, n_garments: int = 2) -> str:
    """Return what tells a character from all others: age, hair and the first garments; no name."""
    hair = character.hair
    who = f"{character.age}-year-old {character.gender}" if character.gender in _ADULTS else character.gender
    phrase = (
        f"an {who}"
        if character.age in (8, 11, 18, *range(80, 90)) and who[0].isdigit()
        else with_article(who)
    )
    if character.gender != "robot":
        words = [hair.length, hair.style, hair.color] if hair.length != "bald" else ["bald head"]
        is_whole = hair.style in ("bob", "afro", "buzz cut", "ponytail", "bun", "braids", "fur")
        if hair.length == "bald":
            phrase += " with a bald head"
        elif is_whole:
            phrase += f" with {with_article(f'{hair.length} {hair.color} {hair.style}')}"
        else:
            phrase += f" with {' '.join(filter(None, words))} hair"
    garments = [with_article(f"{each.color} {each.item}") for each in character.clothing[:n_garments]]
    return f"{phrase}, wearing {' and '.join(garments)}" if garments else phrase


def _people_that_fit(characters: Sequence[Character], n_details: int, max_tokens: int) -> list[str]:
    """Describe everyone, with fewer garments if need be; then as many people as fit, the first always."""
    for n_garments in range(n_details, -1, -1):
        people = [identity(character, n_garments) for character in characters]
        if n_tokens(_joined(people)) <= max_tokens:
            return people
    while len(people) > 1 and n_tokens(_joined(people)) > max_tokens:
        people.pop()
    return people


def _without_names(actions: str, characters: Sequence[Character]) -> str:
    """Put "the woman", or what she wears where that leaves doubt, in place of each name."""
    genders = [character.gender for character in characters]
    for character in characters:
        said = f"the {character.gender}"
        if genders.count(character.gender) > 1:
            garment = character.clothing[0]
            said += f" in {with_article(f'{garment.color} {garment.item}')}"
        actions = re.sub(rf"\b{re.escape(character.name)}\b", said, actions)
    return re.sub(r"(?<=[.!?] )the\b", "The", actions)


def _joined(parts: Sequence[str]) -> str:
    return ". ".join(part[:1].upper() + part[1:] for part in parts) + "." if parts else ""
