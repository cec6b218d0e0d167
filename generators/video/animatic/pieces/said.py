"""What the words of a setting name in particular, for a place to show: a cairn, a red car, a crowd."""

from __future__ import annotations

import re

from storyboard.generators.video.animatic.palette import Colour
from storyboard.generators.video.animatic.scenery import Scenery

_COLOURS: dict[str, str] = {
    "red": "#b8322e",
    "blue": "#3a6aa8",
    "green": "#4f7f4a",
    "yellow": "#e0b43c",
    "orange": "#dd7f35",
    "white": "#eee9df",
    "black": "#25252d",
    "grey": "#8d9099",
    "gray": "#8d9099",
    "pink": "#e08aa6",
    "purple": "#7a5aa0",
    "violet": "#7a5ab8",
    "brown": "#7d5739",
    "gold": "#c79a4a",
    "golden": "#c79a4a",
    "brass": "#c79a4a",
    "copper": "#b8693a",
    "silver": "#b9bec8",
    "turquoise": "#4fb0ac",
    "cream": "#efe2c8",
}
_CROWDED = r"crowd\w*|busy|packed|bustling|full of people|rush hour|people everywhere"
_EMPTY = r"empty|deserted|abandoned|closed|closing|after hours|nobody"


def says(s: Scenery, words: str) -> bool:
    """Whether the setting names one of some words (a pattern), in the singular or the plural."""
    return re.search(rf"\b(?:{words})(?:s|es)?\b", s.said) is not None


def colour_said(s: Scenery, thing: str, otherwise: Colour) -> Colour:
    """Return the colour that the setting gives a thing ("an old red car"), or another."""
    found = re.search(rf"\b({'|'.join(_COLOURS)})(?: [a-z-]+)? (?:{thing})(?:s|es)?\b", s.said)
    return _COLOURS[found[1]] if found else otherwise


def is_crowded(s: Scenery) -> bool:
    """Whether the setting says that many people are there."""
    return says(s, _CROWDED)


def is_deserted(s: Scenery) -> bool:
    """Whether the setting says that nobody else is there."""
    return says(s, _EMPTY)
