"""The wardrobe: garments from the words of a character sheet, sorted by where they are worn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.colors import (
    RGB,
    color_of,
    colors_of,
    digest,
    luminance,
    mix,
    rgb,
    shade,
)
from storyboard.generators.video.animatic.figure.garments import CLOTH, GARMENTS, PLAIN, Cut
from storyboard.generators.video.animatic.figure.lexicon import parts_of_phrase
from storyboard.schema.cast import Character, Garment

_SHORT = re.compile(r"short[- ]sleeve|sleeveless|summer|strap|cap[- ]sleeve|off[- ]shoulder|rolled")
_LONG = re.compile(r"long[- ]sleeve|knit|wool|winter|sweater|velvet")
_BARE_ARMS = {("tee", ""), ("tank", ""), ("tank", "crop"), ("shirt", "short"), ("swimsuit", ""),
              ("dress", ""), ("dress", "mini"), ("dress", "gown"), ("dress", "sun"), ("dress", "sari"),
              ("cape", "")}  # fmt: skip
# What garments are made of when the sheet does not say.
_CLOTH = {"sweater": "knit", "beanie": "knit", "cardigan": "knit", "jeans": "denim", "scarf": "wool",
          "straw": "linen"}  # fmt: skip
_CUT_CLOTH = {"biker": "leather", "denim": "denim", "crew": "", "kimono": "floral", "sari": "silk",
              "rain": "leather",
              "tutu": "lace"}  # fmt: skip
_UNDER = ("tie", "scarf", "hat", "glasses", "sunglasses", "belt", "apron", "vest")


@dataclass(frozen=True)
class Piece:
    """One garment as it is drawn.

    Attributes:
        kind: what it is, which decides its outline.
        feel: its cloth or pattern.
        cut: what of its kind it is: a bomber of the jackets, a gown of the dresses.
        accent: the second colour that the sheet names, for stripes, trims and patterns.
    """

    kind: str
    color: RGB
    feel: str = ""
    long_sleeves: bool = True
    cut: str = ""
    accent: RGB | None = None

    @property
    def strapped(self) -> bool:
        """Whether it leaves the shoulders bare."""
        return self.kind in ("tank", "swimsuit") or (self.cut in ("sun", "gown") and not self.long_sleeves)


@dataclass(frozen=True)
class Outfit:
    """What a figure wears, by place; `whole` covers top and bottom."""

    top: Piece
    shoes: Piece
    bottom: Piece | None = None
    whole: Piece | None = None
    outer: Piece | None = None
    hat: Piece | None = None
    glasses: Piece | None = None
    scarf: Piece | None = None
    neck: Piece | None = None
    backpack: Piece | None = None
    apron: Piece | None = None
    belt: Piece | None = None

    @property
    def shell(self) -> Piece:
        """The outermost garment of the upper body."""
        return self.outer or self.upper

    @property
    def upper(self) -> Piece:
        """What is worn on the upper body under a jacket."""
        if self.whole and self.whole.kind not in ("overalls", "suit"):
            return self.whole
        return self.top

    @property
    def sleeves(self) -> Piece | None:
        """The garment whose sleeves are seen; None for bare arms."""
        piece = self.shell if self.shell.kind not in ("vest", "cape") else self.upper
        return None if piece.strapped else piece

    @property
    def skirt(self) -> Piece | None:
        """What hangs around the legs as one piece of cloth."""
        if self.whole and self.whole.kind == "dress":
            return self.whole
        return self.bottom if self.bottom and self.bottom.kind == "skirt" else None

    @property
    def legs(self) -> Piece | None:
        """What covers each leg; None for bare legs."""
        if self.skirt or (self.whole and self.whole.kind == "swimsuit"):
            return None
        return self.whole or self.bottom


def place_of(garment: Garment) -> tuple[str, Piece]:
    """Return where a garment is worn and how it is drawn; an unknown item is the nearest known one."""
    colors = _colors_of(garment)
    return _piece(GARMENTS.nearest(garment.item, PLAIN), garment.item, garment, colors)


def pieces_of(garment: Garment) -> list[tuple[str, Piece]]:
    """Return all that an item names: "hoodie under a denim jacket" is two garments."""
    parts = [(GARMENTS.find(part), part) for part in parts_of_phrase(garment.item)]
    cuts: list[tuple[Cut, str]] = []
    for cut, part in parts:
        if cut is not None and cut.place not in {each.place for each, _ in cuts}:
            trim = " with " in garment.item.lower() and cuts and cut.kind not in _UNDER
            cuts.extend([] if trim else [(cut, part)])
    if not cuts:
        return [place_of(garment)]
    colors = _colors_of(garment)
    if len(cuts) == 1:
        return [_piece(cuts[0][0], garment.item, garment, colors)]
    return [_piece(cut, part, garment, _own_colors(part, i, colors)) for i, (cut, part) in enumerate(cuts)]


def _colors_of(garment: Garment) -> tuple[RGB, ...]:
    return colors_of(garment.color) or (color_of(garment.color),)


def _own_colors(part: str, index: int, colors: tuple[RGB, ...]) -> tuple[RGB, ...]:
    """Return the colours of one of several garments: its own words, or its turn, or what goes with them."""
    own = colors_of(part)
    if len(own) > 0:
        return own
    if index < len(colors):
        return colors[index:]
    return (shade(colors[0], 1.6) if luminance(colors[0]) > 0.2 else rgb("d9d3c6"),)


def _piece(cut: Cut, words: str, garment: Garment, colors: tuple[RGB, ...]) -> tuple[str, Piece]:
    said = f"{words} {garment.material}".lower()
    feel = CLOTH.find(f"{garment.color} {said}") or _CUT_CLOTH.get(cut.cut, _CLOTH.get(cut.kind, ""))
    long_sleeves = (cut.kind, cut.cut) not in _BARE_ARMS and not _SHORT.search(said)
    long_sleeves |= cut.kind == "dress" and bool(_LONG.search(said))
    color, *others = colors
    accent = others[0] if others else None
    return cut.place, Piece(cut.kind, color, feel, long_sleeves, cut.cut, accent)


def outfit_of(character: Character) -> Outfit:
    """Return what a character wears, with plain clothes wherever the sheet names none."""
    worn: dict[str, Piece] = {}
    for garment in character.clothing:
        for found, piece in pieces_of(garment):
            place = found
            if place == "top" and "top" in worn:
                place = "outer" if "outer" not in worn else "extra"
            if place == "extra" and re.search(r"\bbelt|suspender|braces", garment.item.lower()):
                place = "belt"
            worn.setdefault(place, piece)
    worn.pop("extra", None)
    whole = worn.get("whole")
    if whole and whole.kind == "suit":
        worn.setdefault("outer", Piece("blazer", whole.color, whole.feel, cut=whole.cut))
        worn.setdefault("top", Piece("shirt", rgb("efece4")))
        if whole.cut == "tuxedo":
            worn.setdefault("neck", Piece("tie", rgb("1c1b20"), cut="bow"))
    _fill_gaps(worn, character.name)
    return Outfit(**worn)


def _fill_gaps(worn: dict[str, Piece], name: str) -> None:
    """Add a plain top, trousers and shoes that go with the rest."""
    choice = digest("plain " + name)
    if "top" not in worn:
        tops = ("e9e2d3", "d9d3c6", "b9c4c9", "3f4450", "c9b8a6")
        worn["top"] = Piece("tee", rgb(tops[choice % 5]), long_sleeves=False)
    if "whole" not in worn and "bottom" not in worn:
        above = worn.get("outer", worn["top"]).color
        dark = "2f3a52" if luminance(above) > 0.25 else "8d8779"
        worn["bottom"] = Piece("jeans", mix(rgb(dark), rgb("6b5a4a"), (choice >> 8) % 40 / 100), "denim")
    if "shoes" not in worn:
        shoes = ("e8e2d6", "3a3436", "6a4a35", "c9c2b8")
        worn["shoes"] = Piece("sneakers", rgb(shoes[(choice >> 4) % 4]))
