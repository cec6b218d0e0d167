"""Who is in a scene: names against the list of characters, and references that name nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.generators.lint.finding import Finding
from storyboard.schema.board import Storyboard
from storyboard.schema.cast import Character
from storyboard.schema.scene import Scene

# "Leo's letter" and "a photo of Leo" do not put Leo into the picture.
_AWAY_BEFORE = re.compile(
    r"\b(?:(?:photo\w*|picture|portrait|drawing|painting|poster|statue|note|letter|message|text|postcard|call|thought|"
    r"memory|memories|news|sign|name|voice|video|profile|dream|word) (?:of|to|from|for|by|about|with)"
    r"|(?:calls|texts|misses|remembers|phones|messages|dreams of|thinks of|thinks about|writes to|waits for|"
    r"looks for|searches for|without|named|called|reads)) (?:\w+ and )?$",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|isn't|doesn't|won't|hasn't|is gone|has gone|has left|left|absent|away|missing|"
    r"died|dead|is late|remembered|only)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:both|they|them|everyone|everybody|each other|one another|all|together"
    r"|the (?:two|three|four|couple|band|friends|group|family|crew|pair|siblings|lovers))\b",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"\bthe same (?:woman|man|girl|boy|person|people|character|figure|couple|protagonist|pair)s?\b"
    r"|\b(?:the|our) (?:protagonist|main character|heroine|lead character|(?:fe)?male lead)s?\b",
    re.IGNORECASE,
)
_PRONOUNS = {
    "she": re.compile(r"\b(?:she|herself)\b", re.IGNORECASE),
    "he": re.compile(r"\b(?:he|him|himself)\b", re.IGNORECASE),
}
# Who else in a text may be meant by a pronoun.
_OTHERS = {
    "she": "woman women girl lady mother mum mom sister daughter wife bride queen waitress grandmother "
    "actress princess nurse widow aunt",
    "he": "man men boy guy father dad brother son husband groom king waiter grandfather actor prince "
    "gentleman uncle fisherman policeman postman",
}
_MAY_BE = {"she": ("woman", "girl"), "he": ("man", "boy")}
_ANYONE = ("person", "animal", "robot")


def named_but_absent(board: Storyboard) -> Iterator[Finding]:
    """Find characters who act in a scene whose list lacks them: the picture would show a stranger."""
    for index, scene in enumerate(board.scenes):
        for character in board.cast:
            if character.name in scene.characters:
                continue
            if _acts(character.name, scene.actions):
                yield _absent(index, "actions", character.name, "must")
            elif _leads(character.name, scene.plot):
                yield _absent(index, "plot", character.name, "should")


def present_but_idle(board: Storyboard) -> Iterator[Finding]:
    """Find characters of a scene whose actions do not say what they do."""
    for index, scene in enumerate(board.scenes):
        present = [character for character in board.cast if character.name in scene.characters]
        idle = [each.name for each in present if not _is_called(each.name, scene.actions)]
        # An empty text is another finding; "they dance" tells of all, "she dances" of the only one.
        told = _TOGETHER.search(scene.actions) or (
            len(present) == 1 and _pronoun_fits(present[0], scene.actions)
        )
        if idle and scene.actions.strip() and not told:
            who = " and ".join(idle)
            verb = "does" if len(idle) == 1 else "do"
            yield Finding(
                code="idle",
                where=f"scenes[{index}].actions",
                message=f"the actions do not say what {who} {verb}; name everyone who is in the scene",
                step="board",
            )


def nameless_references(board: Storyboard) -> Iterator[Finding]:
    """Find "the same woman", "the protagonist", and a "she" or "he" where nobody in the scene is one.

    A video model sees one scene alone and cannot know who was meant.
    """
    for index, scene in enumerate(board.scenes):
        for field in ("setting", "actions", "plot"):
            found = _NAMELESS.search(getattr(scene, field))
            if found:
                yield _nameless(index, field, found.group())
        for pronoun in ("she", "he"):
            if _is_unmoored(pronoun, scene, board):
                yield _nameless(index, "actions", pronoun)


def _absent(index: int, field: str, name: str, severity: str) -> Finding:
    return Finding(
        code="absent",
        where=f"scenes[{index}].{field}",
        message=f"{name} is named but not in scenes[{index}].characters; add {name}, or write them out",
        step="board",
        severity="must" if severity == "must" else "should",
    )


def _nameless(index: int, field: str, words: str) -> Finding:
    return Finding(
        code="nameless",
        where=f"scenes[{index}].{field}",
        message=f"\u201c{words}\u201d does not say who; use the character's name",
        step="board",
        severity="must",
    )


def _names(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _is_called(name: str, text: str) -> bool:
    """Whether a text names somebody, by the whole name or a part of it: "Amara" for "Dr Amara Osei"."""
    parts = [part for part in name.split() if len(part) > 2 and part[:1].isupper() and part != "The"]
    return _names(name, text) or any(_names(part, text) for part in parts)


def _acts(name: str, text: str) -> bool:
    """Whether a name stands for somebody seen: not as an owner, nor inside a picture, letter or thought."""
    places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w|['\u2019])", text)
    return any(not _AWAY_BEFORE.search(text[: place.start()]) for place in places)


def _leads(name: str, plot: str) -> bool:
    """Whether a sentence of the plot begins with the name and tells what that character does there."""
    for sentence in re.split(r"(?<=[.!?;])\s+", plot):
        starts = re.match(rf"{re.escape(name)}(?: and \w+)? (?=[a-z])", sentence)
        if starts and not _NEGATION.search(sentence):
            return True
    return False


def _pronoun_fits(character: Character, text: str) -> bool:
    kinds = [kind for kind, pattern in _PRONOUNS.items() if pattern.search(text)]
    return any(_may_be(kind, character) for kind in kinds)


def _may_be(pronoun: str, character: Character) -> bool:
    return character.gender in (*_MAY_BE[pronoun], *_ANYONE)


def _is_unmoored(pronoun: str, scene: Scene, board: Storyboard) -> bool:
    if not _PRONOUNS[pronoun].search(scene.actions):
        return False
    others = re.search(
        rf"\b(?:{'|'.join(_OTHERS[pronoun].split())})s?\b", f"{scene.setting} {scene.actions}", re.I
    )
    named = [
        each for each in board.cast if each.name in scene.characters or _is_called(each.name, scene.actions)
    ]
    return not others and not any(_may_be(pronoun, each) for each in named)
