"""Contact sheets of the cast's looks: every attribute of a character sheet side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import skia

from storyboard.generators.video.animatic.figure.acting import Moment
from storyboard.generators.video.animatic.figure.figure import Figure
from storyboard.generators.video.animatic.figure.sprite import Light
from storyboard.schema.cast import Character

Picture = npt.NDArray[np.uint8]
_LIGHT = Light((0.96, 0.95, 0.97), (1.0, 0.9, 0.72), 1, 0.35)
_MOMENT = Moment(0.8, 1.25, 0.5, 0.0)
_GROUND = skia.Color(178, 188, 194)
_PLAIN = ("navy jeans", "white sneakers")


@dataclass(frozen=True)
class Frame:
    """How a sheet shows a figure: size of its cell and of the figure, and whether only the head."""

    width: int
    height: int
    unit_px: float
    close: bool = False
    per_row: int = 8


FULL = Frame(120, 236, 200.0, per_row=12)
CLOSE = Frame(132, 164, 420.0, close=True)
FEET = Frame(150, 100, 420.0)


def sheet_of(**changes: Any) -> Character:
    """Return a plain character sheet with some of its fields changed.

    `hair` is "colour, length, style"; `clothing` a list of "colour item" or "colour, item, material".
    """
    color, length, style = (part.strip() for part in changes.pop("hair", "brown, long, straight").split(","))
    clothing = changes.pop("clothing", ("teal sweater", *_PLAIN))
    record: dict[str, Any] = {
        "name": "Ana",
        "gender": "woman",
        "age": 28,
        "eyes": "green",
        "face": "fair skin",
    }
    record |= changes
    record["hair"] = {"color": color, "length": length, "style": style}
    record["clothing"] = [_garment(words) for words in clothing]
    return Character.model_validate(record)


def _garment(words: str) -> dict[str, str]:
    if "," in words:
        color, item, material = (part.strip() for part in words.split(","))
        return {"color": color, "item": item, "material": material}
    color, item = words.split(" ", 1)
    return {"color": color, "item": item}


def sheet_pictures() -> dict[str, Picture]:
    """Return contact sheets (height, width, 3; RGB), by name; the same bytes each time."""
    return {name: _contact(cast, frame) for name, (cast, frame) in _sheets().items()}


def draw_alone(character: Character, frame: Frame, light: Light = _LIGHT, action: str = "stand") -> Picture:
    """Return one figure on nothing (height, width, 4; RGBA, premultiplied)."""
    surface = skia.Surface(frame.width, frame.height)
    with surface as canvas:
        canvas.clear(0)
        _draw(canvas, character, frame, light, action)
    return np.array(surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType))


def _contact(cast: Sequence[Character], frame: Frame) -> Picture:
    columns = min(frame.per_row, len(cast))
    rows = -(-len(cast) // columns)
    surface = skia.Surface(columns * frame.width, rows * frame.height)
    with surface as canvas:
        canvas.clear(_GROUND)
        for i, character in enumerate(cast):
            canvas.save()
            canvas.translate((i % columns) * frame.width, (i // columns) * frame.height)
            canvas.clipRect(skia.Rect.MakeWH(frame.width, frame.height))
            _draw(canvas, character, frame, _LIGHT, "stand")
            canvas.restore()
    picture = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    return np.ascontiguousarray(picture[:, :, :3])


def _draw(canvas: skia.Canvas, character: Character, frame: Frame, light: Light, action: str) -> None:
    figure, unit = Figure(character, 3), frame.unit_px
    x, feet_y = frame.width / 2, frame.height - 0.07 * unit
    if frame.close:
        hx, hy, _ = figure.head(action, _MOMENT, x=0, feet_y=0, unit_px=unit, facing=1)
        x, feet_y = frame.width / 2 - hx, frame.height * 0.52 - hy
    figure.draw(canvas, action, _MOMENT, light, x=x, feet_y=feet_y, unit_px=unit, facing=1)


def _sheets() -> dict[str, tuple[list[Character], Frame]]:
    def dressed(item: str, *more: str) -> Character:
        return sheet_of(clothing=[item, *more])

    return {
        "ages": ([sheet_of(gender=g, age=a) for g in ("woman", "man") for a in AGES], FULL),
        "builds": ([sheet_of(height=words) for words in BUILDS], FULL),
        "skins": ([sheet_of(face=words) for words in SKINS], CLOSE),
        "hair": ([sheet_of(hair=f"auburn, {length}, {style}") for style, length in HAIR.items()], CLOSE),
        "hair-colours": ([sheet_of(hair=f"{color}, long, wavy") for color in HAIR_COLORS], CLOSE),
        "eyes": ([sheet_of(eyes=color) for color in EYES], CLOSE),
        "faces": ([sheet_of(gender="man", hair="brown, short, neat",
                            face=f"fair skin {words}") for words in FACES],
                  CLOSE),
        "clothes": ([dressed(f"teal {item}", "brown boots") for item in CLOTHES], FULL),
        "cloth": ([dressed(f"burgundy, {item}, {cloth}", *_PLAIN) for item in ("dress",
                                                                               "coat") for cloth in CLOTH],
                  FULL),
        "shoes": ([dressed("white t-shirt", "khaki shorts", shoes) for shoes in SHOES], FEET),
        "hats": ([dressed("teal sweater", *_PLAIN, f"mustard {hat}") for hat in HATS], CLOSE),
        "creatures": ([*CREATURES], FULL),
    }  # fmt: skip


AGES = (4, 9, 15, 20, 35, 50, 70, 85)
BUILDS = ("average", "petite", "tall", "lanky", "stocky", "plus-size", "muscular", "slim", "athletic")
SKINS = ("porcelain skin", "fair skin", "golden skin", "olive skin", "caramel skin", "brown skin",
         "dark skin",
         "ebony skin")  # fmt: skip
HAIR = {
    "buzz cut": "short", "pixie": "short", "bob": "medium", "straight": "long", "wavy": "long",
    "curly": "long",
    "afro": "medium", "braids": "long", "bun": "long", "ponytail": "long", "pigtails": "long",
    "dreadlocks": "long", "mohawk": "medium", "slicked back": "short", "undercut": "short",
    "mullet": "medium",
    "quiff": "short", "cornrows": "medium", "space buns": "medium", "messy": "short", "side part": "short",
    "bald": "bald",
}  # fmt: skip
HAIR_COLORS = ("black", "dark brown", "chestnut", "auburn", "ginger", "blonde", "platinum blonde", "grey",
               "white", "salt-and-pepper", "pink", "blue", "green", "black with pink tips")  # fmt: skip
EYES = ("brown", "blue", "green", "grey", "amber", "violet")
FACES = ("", "freckles", "full beard", "stubble", "moustache", "goatee", "glasses", "sunglasses", "make-up",
         "scar on the cheek", "dimples", "wrinkles", "thick eyebrows", "square jaw", "round face",
         "beauty mark",
         "nose ring", "eye patch", "face paint", "tattoo", "rosy cheeks", "domino mask")  # fmt: skip
CLOTHES = ("hoodie", "dress", "suit", "coat", "trench coat", "t-shirt", "tank top", "shirt", "blouse",
           "jacket",
           "bomber jacket", "denim jacket", "biker jacket", "puffer jacket", "blazer", "sweater", "cardigan",
           "vest", "skirt", "mini skirt", "pencil skirt", "maxi skirt", "tutu", "jeans", "shorts", "trousers",
           "leggings", "flared jeans", "cargo pants", "overalls", "kimono", "sari", "police uniform",
           "tracksuit",
           "pyjamas", "evening gown", "sundress", "mini dress", "cape", "parka", "raincoat", "polo shirt",
           "crop top", "tuxedo", "jumpsuit", "spacesuit", "swimsuit", "suit of armor")  # fmt: skip
CLOTH = ("cotton", "denim", "leather", "wool", "silk", "linen", "velvet", "corduroy", "plaid", "striped",
         "polka dot", "floral")  # fmt: skip
SHOES = ("white sneakers", "red high-tops", "brown boots", "black ankle boots", "black doc martens",
         "red heels",
         "tan sandals", "brown loafers", "pink ballet flats", "blue slippers")  # fmt: skip
HATS = ("cap", "beanie", "fedora", "straw hat", "hijab", "crown", "top hat", "beret", "cowboy hat",
        "headphones",
        "headband", "space helmet", "bowler hat", "flower crown", "witch hat", "bandana", "turban",
        "hard hat",
        "chef hat", "hair bow")  # fmt: skip
_BEASTS = (("dog", "golden"), ("cat", "black"), ("bird", "teal"), ("bear", "brown"), ("rabbit", "grey"),
           ("fox", "ginger"))  # fmt: skip


def _beast(kind: str, color: str, clothing: Sequence[str], gender: str = "animal") -> Character:
    return sheet_of(
        name=kind.title(), gender=gender, age=5, hair=f"{color}, short, fur", face=kind, eyes="amber",
        clothing=clothing,
    )  # fmt: skip


CREATURES = (
    _beast("robot", "silver", ("orange plates", "cream trim"), "robot"),
    *(_beast(kind, color, clothing) for kind, color in _BEASTS
      for clothing in (("purple hoodie", "navy jeans"), ("red collar",))),
    *(_beast(kind, color, clothing, "creature") for kind, color in (("ghost", "white"), ("alien", "lime"),
      ("monster", "violet")) for clothing in (("orange hoodie", "navy jeans"), ("red scarf",))),
)  # fmt: skip
