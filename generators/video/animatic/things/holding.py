"""Holding: what a character of a scene has in a hand."""

from __future__ import annotations

import re

from storyboard.generators.video.animatic.things.catalogue import Thing
from storyboard.generators.video.animatic.things.words import mentions, tokens_of
from storyboard.schema.scene import Scene

_LARGEST_M = 1.35
_BY_ACTION = frozenset(
    ("banjo", "books", "newspaper", "telephone", "laptop", "notebook-with-decorative-cover", "page-with-curl")
)
"""Drawn by the actions themselves: one who plays, reads or works has them already."""
_HOLDS = re.compile(
    r"^(?:h[oe]ld(?:s|ing)?|carr(?:y|ies|ied|ying)|clutch(?:es|ing)?|grip(?:s|ping)?|grab(?:s|bing)?|lift(?:s|ing)?"
    r"|rais(?:e|es|ing)|giv(?:e|es|ing)|hand(?:s|ing)|offer(?:s|ing)?|bring(?:s|ing)?|swing(?:s|ing)?|drag(?:s|ging)?"
    r"|pull(?:s|ing)?|wav(?:e|es|ing)|clasp(?:s|ing)?|cradl(?:e|es|ing)|sip(?:s|ping)?|drink(?:s|ing)?|eat(?:s|ing)?"
    r"|lick(?:s|ing)?|pick(?:s|ing)?|catch(?:es|ing)?|throw(?:s|ing)?|toss(?:es|ing)?|open(?:s|ing)?|shar(?:e|es|ing)"
    r"|show(?:s|ing)?|tak(?:e|es|ing)|present(?:s|ing)?|play(?:s|ing)?|squeez(?:e|es|ing)|hug(?:s|ging)?|twirl(?:s|ing)?"
    r"|with|under|deliver(?:s|ing)?|receiv(?:e|es|ing)|find(?:s|ing)?|fl(?:y|ies|ying))$"
)
_CLAUSE_END = re.compile(r"[.;!?\n]+|,\s*(?:and\s+)?|\s+(?:while|as|when|then|but)\s+", re.IGNORECASE)


def held_thing(scene: Scene, character: str) -> Thing | None:
    """Return what a character holds by the scene's actions, or None.

    The one who is named before the verb holds it; a clause without a name goes on with the one before.
    """
    current: list[str] = []
    for clause in _CLAUSE_END.split(scene.actions):
        named = _named(clause, scene.characters)
        current = named[:1] if named else current
        if character not in current:
            continue
        tokens = tokens_of(clause, scene.characters)
        verbs = [place for place, token in enumerate(tokens) if _HOLDS.match(token)]
        for mention in mentions(tokens):
            if _fits_a_hand(mention.thing) and any(verb < mention.start for verb in verbs):
                return mention.thing
    return None


def _fits_a_hand(thing: Thing) -> bool:
    return thing.grip != "-" and thing.size_m <= _LARGEST_M and thing.icon not in _BY_ACTION


def _named(clause: str, names: list[str]) -> list[str]:
    """Return the characters that a clause names, in the order of the text."""
    found = []
    for name in names:
        match = re.search(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(name.split()[0])})(?!\w)", clause)
        if match:
            found.append((match.start(), name))
    return [name for _, name in sorted(found)]
