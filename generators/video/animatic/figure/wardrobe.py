"""The wardrobe: garments from the words of a character sheet, sorted by where they are worn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.colors import RGB, color_of, digest, luminance, mix, rgb
from storyboard.schema.cast import Character, Garment

# Item words, in order: the first that matches decides what is drawn and where it is worn.
_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("shoes", "boots", r"boots?\b|wellies|wellington"),
    ("shoes", "sneakers", r"sneaker|trainer|running shoe|converse|high-?tops|skate"),
    ("shoes", "heels", r"heels|pumps|stiletto"),
    ("shoes", "sandals", r"sandal|flip-?flop|slipper"),
    ("shoes", "shoes", r"shoe|loafer|oxford|brogue|clog|ballet flat|\bflats\b|moccasin"),
    ("hat", "beanie", r"beanie|bobble|knit(ted)? (hat|cap)|toque|wool(len)? (hat|cap)"),
    ("hat", "beret", r"beret"),
    ("hat", "cap", r"\bcap\b|baseball cap|snapback"),
    ("hat", "headphones", r"headphone|headset"),
    ("hat", "helmet", r"helmet"),
    ("hat", "headband", r"headband|hair ?band|bandana|head ?scarf"),
    ("hat", "hat", r"\bhats?\b|fedora|bowler|stetson|sombrero|panama|trilby|sunhat"),
    ("glasses", "sunglasses", r"sunglass|shades\b"),
    ("glasses", "glasses", r"glasses|spectacles|goggles"),
    ("scarf", "scarf", r"scarf|shawl|bandanna|snood|neckerchief"),
    ("neck", "tie", r"\btie\b|necktie|bow ?tie"),
    ("neck", "necklace", r"necklace|pendant|chain|collar\b|medal|choker"),
    ("backpack", "backpack", r"backpack|rucksack|satchel|\bbag\b|school ?bag|guitar case"),
    ("apron", "apron", r"apron|smock"),
    ("outer", "vest", r"\bvest\b|waistcoat|gilet"),
    ("whole", "spacesuit", r"space ?suit|astronaut|flight suit"),
    ("whole", "overalls", r"overall|dungaree|pinafore"),
    ("whole", "jumpsuit", r"jumpsuit|tracksuit|romper|onesie|boiler ?suit|uniform|pyjama|pajama"
                          r"|swimsuit|bodysuit"),
    ("outer", "jacket", r"suit jacket|jacket|blazer|bomber|anorak|windbreaker|puffer"),
    ("bottom", "trousers", r"suit trousers|sweat ?pants|dress pants"),
    ("whole", "suit", r"\bsuit\b|tuxedo"),
    ("top", "shirt", r"dress shirt"),
    ("whole", "dress", r"dress|gown|kimono|robe|tunic|sari|frock"),
    ("outer", "coat", r"coat|trench|parka|cloak|cape|poncho"),
    ("outer", "cardigan", r"cardigan"),
    ("bottom", "shorts", r"shorts"),
    ("bottom", "skirt", r"skirt|kilt|tutu"),
    ("bottom", "jeans", r"jeans|\bdenims?\b$"),
    ("bottom", "trousers", r"trouser|pants|slacks|legging|chino|cargo|culotte|tights|corduroys"),
    ("top", "hoodie", r"hoodie|hooded"),
    ("top", "sweater", r"sweater|jumper|pullover|turtleneck|sweatshirt|fleece|knit"),
    ("top", "tee", r"t-? ?shirt|\btee\b|jersey"),
    ("top", "tank", r"tank|singlet|camisole|crop|halter|undershirt"),
    ("top", "shirt", r"shirt|blouse|polo|flannel|top\b"),
    ("extra", "belt", r"belt|glove|watch|bracelet|sock|ring\b|earring|brooch|ribbon|bow\b|mitten"
                      r"|umbrella|cane"),
)  # fmt: skip
_FEELS = (
    ("knit", r"knit|wool|cashmere|cable|crochet|mohair|fleece"),
    ("denim", r"denim|jean"),
    ("leather", r"leather|patent|vinyl|latex"),
    ("shiny", r"silk|satin|sequin|metallic|glitter|velvet|lam[eé]"),
    ("plaid", r"plaid|tartan|check|flannel|gingham"),
    ("striped", r"strip"),
    ("dotted", r"polka|dot"),
    ("floral", r"floral|flower"),
)
_SHORT = r"short[- ]sleeve|sleeveless|summer|sun ?dress|strap"


@dataclass(frozen=True)
class Piece:
    """One garment as it is drawn."""

    kind: str
    color: RGB
    feel: str = ""
    long_sleeves: bool = True


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
        piece = self.shell if self.shell.kind != "vest" else self.upper
        return None if piece.kind == "tank" else piece

    @property
    def skirt(self) -> Piece | None:
        """What hangs around the legs as one piece of cloth."""
        if self.whole and self.whole.kind == "dress":
            return self.whole
        return self.bottom if self.bottom and self.bottom.kind == "skirt" else None

    @property
    def legs(self) -> Piece | None:
        """What covers each leg; None for bare legs."""
        if self.skirt:
            return None
        return self.whole or self.bottom


def place_of(garment: Garment) -> tuple[str, Piece]:
    """Return where a garment is worn and how it is drawn; an unknown item is a top."""
    item, words = garment.item.lower(), f"{garment.item} {garment.material}".lower()
    place, kind = "top", "shirt"
    for candidate in _ITEMS:
        if re.search(candidate[2], item):
            place, kind = candidate[0], candidate[1]
            break
    feel = next((name for name, pattern in _FEELS if re.search(pattern, f"{words} {garment.color}")), "")
    if not feel and kind in ("sweater", "beanie", "cardigan", "jeans"):
        feel = "denim" if kind == "jeans" else "knit"
    long_sleeves = kind not in ("tee", "tank") and not re.search(_SHORT, words)
    if kind == "dress" and not re.search(
        r"long[- ]sleeve|knit|wool|winter|sweater|gown|robe"
        r"|kimono",
        words,
    ):
        long_sleeves = False
    return place, Piece(kind, color_of(garment.color), feel, long_sleeves)


def outfit_of(character: Character) -> Outfit:
    """Return what a character wears, with plain clothes wherever the sheet names none."""
    worn: dict[str, Piece] = {}
    for garment in character.clothing:
        place, piece = place_of(garment)
        if place == "top" and "top" in worn:
            place = "outer" if "outer" not in worn else "extra"
        worn.setdefault(place, piece)
    worn.pop("extra", None)
    whole = worn.get("whole")
    if whole and whole.kind == "suit":
        worn.setdefault("outer", Piece("blazer", whole.color, whole.feel))
        worn.setdefault("top", Piece("shirt", rgb("efece4")))
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
