"""Haircuts: style, length and hairline, read from a character sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.colors import RGB, digest
from storyboard.schema.cast import Character

_STYLES = (
    ("bald", r"\bbald|shaved head|hairless|clean-?shaven head"),
    ("buzz", r"buzz|crew ?cut|shav|cropped close|fade\b"),
    ("afro", r"afro"),
    ("bun", r"\bbun\b|top ?knot|chignon|updo|pinned up"),
    ("ponytail", r"pony ?tail|tied back|pulled back"),
    ("braids", r"braid|plait|pigtail|cornrow|dread|\blocs\b"),
    ("bob", r"\bbob\b|pageboy|chin[- ]length"),
    ("curly", r"curl|coil|ringlet|kink|frizz|perm"),
    ("wavy", r"wav|tousl|mess|shag|loose|layer|windswept|beach"),
    ("slick", r"slick|comb|side part|quiff|pompadour|undercut|neat"),
)


@dataclass(frozen=True)
class Haircut:
    """A haircut, read once: its style, its length and its outlines."""

    style: str
    length: str
    color: RGB
    hairline: str
    feminine: bool
    swirl: int


def haircut_of(character: Character, color: RGB) -> Haircut:
    """Return the haircut that a sheet describes; free text falls to the nearest."""
    words, length = character.hair.style.lower(), character.hair.length
    style = next((name for name, pattern in _STYLES if re.search(pattern, words)), "")
    feminine = character.gender in ("woman", "girl")
    if length == "bald" and style not in ("buzz",):
        style = "bald"
    if not style:
        style = "straight" if length != "short" or feminine else "slick"
    seed = digest("hairline " + character.name)
    hairline = ("sweep", "fringe", "middle")[seed % 3] if feminine else ("side", "sweep", "back")[seed % 3]
    for word, line in (
        ("bang", "fringe"),
        ("fringe", "fringe"),
        ("middle part", "middle"),
        ("side part", "side"),
        ("slick", "back"),
    ):
        if word in words:
            hairline = line
    if style in ("bun", "ponytail", "braids", "afro") and hairline in ("fringe", "side"):
        hairline = "back" if "fringe" not in words and "bang" not in words else "fringe"
    if style in ("slick",):
        hairline = "side" if seed % 2 else "back"
    return Haircut(style, length, color, hairline, feminine, seed % 7)
