"""Colours: words to RGB, natural skin tones, and the tones that shading needs."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from storyboard.generators.video.animatic.figure.lexicon import Lexicon, words_of

RGB = tuple[float, float, float]

_HEX = {
    "black": "26252b", "charcoal": "3a3b42", "slate": "56616e", "grey": "8f939b", "gray": "8f939b",
    "silver": "c3c8cf", "white": "f4f1ea", "ivory": "f3ecd9", "cream": "f1e5c8", "beige": "dcc8a6",
    "sand": "d9bf91", "khaki": "b5a26e", "tan": "c39a6b", "camel": "bd8b52", "brown": "7a4d33",
    "chestnut": "6d3b26", "chocolate": "4f3024", "hazel": "8a6a3a", "amber": "d98e2b", "copper": "b5653a",
    "rust": "b04f2c", "terracotta": "c5664a", "auburn": "8a3a24", "ginger": "c8642d", "red": "cf3b3c",
    "crimson": "b3243f", "scarlet": "d83a2b", "burgundy": "70203a", "maroon": "6b2230", "wine": "6a2138",
    "coral": "f07f68", "salmon": "ee937c", "peach": "f5b893", "orange": "e8822e", "mustard": "d7a02c",
    "gold": "dcae42", "golden": "d9a441", "yellow": "efc84a", "lemon": "f3df6b", "lime": "a8cf45",
    "green": "479457", "olive": "7c7c3c", "sage": "9db08c", "mint": "a3dcc0", "emerald": "1f8f68",
    "forest": "2d5a3f", "jade": "3f9c7c", "teal": "1f7f86", "turquoise": "3fbcb8", "cyan": "4cc3dd",
    "aqua": "5fcfce", "sky": "84bfe6", "blue": "3b6fc4", "denim": "44628f", "indigo": "3d3f8f",
    "navy": "27345c", "cobalt": "2c52b5", "royal": "3450b8", "lavender": "b7a5dd", "lilac": "c6a7d8",
    "violet": "7d52b8", "purple": "71429c", "plum": "713a69", "magenta": "c43a8d", "fuchsia": "d6409a",
    "pink": "ee94b2", "rose": "dd6f86", "blush": "eab6ae", "blonde": "e2bb6b", "blond": "e2bb6b",
    "platinum": "eadfbf", "strawberry": "d98a58", "brunette": "4e3226", "raven": "211f27",
    "jet": "1f1e24", "honey": "c98f43", "dark": "33323a", "light": "dedad0", "bronze": "9c6b3a",
    "platinum blonde": "efe6cc", "strawberry blonde": "d98a58", "dirty blonde": "b08d57",
    "ash blonde": "c9b68f", "ash brown": "7d6a58", "sandy blonde": "cfa768", "mousy brown": "7d6450",
    "jet black": "1b1a20", "salt and pepper": "85868c", "pepper": "6b6c73", "gunmetal": "4a525c",
    "off white": "efe8d8", "navy blue": "27345c", "sky blue": "84bfe6", "baby blue": "a9cfec",
    "royal blue": "3450b8", "electric blue": "2a6df0", "powder blue": "b3cfe0", "steel blue": "5a7fa8",
    "ice blue": "bfe0ee", "midnight blue": "1d2547", "forest green": "2d5a3f", "olive green": "6f7440",
    "army green": "5b6140", "lime green": "a0d040", "sea green": "4fa58a", "neon green": "62e84a",
    "hot pink": "ee3f93", "baby pink": "f5bfd0", "rose gold": "d9a093", "burnt orange": "c15a26",
    "blood red": "8f1620", "brick red": "9c3b2c", "cherry": "b21f38", "ruby": "a3163e", "berry": "8a2a57",
    "raspberry": "c4325f", "eggplant": "4a2848", "mauve": "b48aa6", "periwinkle": "8f9be0",
    "orchid": "c579c9", "sapphire": "20479c", "aquamarine": "74d6be", "seafoam": "a5dcc2",
    "pistachio": "b7cf8a", "moss": "74793f", "avocado": "6f7f3a", "hunter": "31543a",
    "champagne": "ecd9b4", "ecru": "d8c9a3", "oatmeal": "d5c6a8", "taupe": "90806f", "mocha": "76563f",
    "coffee": "5a3b28", "espresso": "40281c", "caramel": "b97a3e", "cinnamon": "9c542b",
    "mahogany": "5e2a20", "walnut": "5b4030", "toffee": "9a6534", "cocoa": "5f4032", "nude": "dcb79b",
    "fawn": "c9a47a", "wheat": "e0c58a", "straw": "e1c877", "flaxen": "e3cf93", "sunshine": "f5cf3f",
    "canary": "f4dc4e", "saffron": "e5a321", "apricot": "efb27c", "tangerine": "ee7d2c", "flame": "e0542b",
    "fire": "de4a26", "titian": "a2492a", "claret": "741c33", "oxblood": "561a22", "graphite": "45474d",
    "ash": "a9a8a5", "smoke": "8b8f96", "pearl": "e9e5dc", "snow": "f7f6f3", "onyx": "1f1e23",
    "ebony": "2a211f", "ink": "22253a", "obsidian": "201f27", "pewter": "868c91", "chrome": "c6ccd2",
    "steel": "7d8894", "brass": "b8923f", "iron": "5c5f66", "rainbow": "d6409a", "multicolored": "d6409a",
    "multicolor": "d6409a", "iridescent": "a9b9e0", "transparent": "d9e2e8", "clear": "d9e2e8",
    "fuschia": "d6409a", "camouflage": "6d7148", "leopard": "c79a58", "lavendar": "b7a5dd",
}  # fmt: skip
_NAMES: Lexicon[str] = Lexicon({name: name for name in _HEX})
_AND = re.compile(r"(?<!salt)\s*(?:\band\b|\bwith\b|\bon\b|&|,|/|\bto\b|\bover\b)\s*")
_MODIFIERS = {
    "dark": (0.62, 0.0), "deep": (0.7, 0.0), "midnight": (0.6, 0.0), "light": (1.0, 0.38),
    "pale": (1.0, 0.5), "pastel": (1.0, 0.45), "soft": (1.0, 0.2), "faded": (0.97, 0.25),
    "bright": (1.08, 0.04), "neon": (1.15, 0.02), "dusty": (0.9, 0.18), "warm": (1.02, 0.02),
}  # fmt: skip
_SKINS = ("f6d8c4", "efc6a4", "e3ae86", "cf9468", "b3764d", "95603f", "75472f", "57342a")
_SKIN_TONES: Lexicon[int] = Lexicon(
    {
        8: "ebony, very dark skin, deep brown skin, deep skin, blue black skin, darkest skin, jet skin",
        7: "dark skin, dark skinned, dark complexion, dark brown skin, black skin, dark, espresso skin,"
        " mahogany skin, african, cocoa skin, dark brown complexion",
        6: "brown skin, brown skinned, brown complexion, chestnut skin, mocha skin, indian",
        5: "caramel skin, light brown skin, bronze skin, toffee skin, tawny, amber skin",
        4: "tan, tanned, bronzed, olive skin, olive, olive complexion, sun-kissed, latina, sunburnt",
        3: "golden skin, warm skin, medium skin, medium complexion, beige skin, honey skin, wheat skin,"
        " warm beige",
        2: "fair, fair skin, light skin, light complexion, rosy, ruddy, peach skin, light skinned, cream"
        " skin",
        1: "pale, pale skin, porcelain, ivory skin, alabaster, white skin, milky, ghostly, fair pale",
    }
)


def digest(text: str) -> int:
    """Return a stable 32-bit number for a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


@lru_cache(maxsize=1024)
def color_of(words: str) -> RGB:
    """Return the colour that words name, the first if several; unknown words get one of their own."""
    named = colors_of(words)
    if named:
        return named[0]
    likely = _NAMES.nearest(words, "")
    return rgb(_HEX[likely]) if likely else _stable_color(words)


@lru_cache(maxsize=1024)
def colors_of(words: str) -> tuple[RGB, ...]:
    """Return every colour that words name: "black with pink tips" are two."""
    text = re.sub(r"salt\W+(and|n|&)\W+pepper", "salt and pepper", words.lower())
    parts = [text] if "salt and pepper" in text else _AND.split(text)
    return tuple(color for color in map(_named, parts) if color is not None)


def _named(words: str) -> RGB | None:
    words = re.sub(r"\bblond\b", "blonde", words.lower())
    found = _NAMES.every(words)
    tokens = words_of(words)
    bases = [name for name in found if not (name in _MODIFIERS and len(tokens) > 1)]
    if not bases and found and all(token in _MODIFIERS for token in tokens):
        bases = found[-1:]
    if not bases:
        return rgb(_HEX["dark"]) if "dark" in tokens else rgb(_HEX["light"]) if "light" in tokens else None
    color = rgb(_HEX[bases[-1]])
    if len(bases) > 1:
        color = mix(color, rgb(_HEX[bases[-2]]), 0.25)
    for word in tokens:
        if word in _MODIFIERS and word not in bases[-1].split():
            factor, white = _MODIFIERS[word]
            color = mix(scaled(color, factor), (1.0, 0.98, 0.95), white)
    return color


def skin_of(face: str, name: str) -> RGB:
    """Return a skin tone: from the words of the face if they say, else a stable choice by name."""
    tone = _SKIN_TONES.find(face)
    if tone is not None:
        return rgb(_SKINS[tone - 1])
    return rgb(_SKINS[1 + digest("skin " + name) % 6])  # the extremes only where words ask for them


def rgb(hexadecimal: str) -> RGB:
    """Return "rrggbb" as three numbers, 0 to 1."""
    return tuple(int(hexadecimal[i : i + 2], 16) / 255 for i in (0, 2, 4))  # type: ignore[return-value]


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """Return the first colour with a share (0 to 1) of the second."""
    keep = 1.0 - share
    return (
        first[0] * keep + second[0] * share,
        first[1] * keep + second[1] * share,
        first[2] * keep + second[2] * share,
    )


def scaled(color: RGB, factor: float) -> RGB:
    """Return a colour made darker or brighter."""
    return (min(1.0, color[0] * factor), min(1.0, color[1] * factor), min(1.0, color[2] * factor))


def shade(color: RGB, depth: float = 1.0) -> RGB:
    """Return the tone of a colour in its core shadow: darker, and cooler as real shadows are."""
    return (
        color[0] * (1 - 0.27 * depth),
        color[1] * (1 - 0.30 * depth),
        color[2] * (1 - 0.20 * depth),
    )


def lift(color: RGB, amount: float = 0.12) -> RGB:
    """Return a colour where light falls on it."""
    return mix(color, (1.0, 0.95, 0.86), amount)


def luminance(color: RGB) -> float:
    """Return perceived brightness, 0 to 1 (Rec. 709 weights)."""
    return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]


def _stable_color(words: str) -> RGB:
    number = digest("color " + words.lower().strip())
    hue = (number & 0xFFF) / 0xFFF * 6.0
    low, high = 0.32, 0.5 + 0.3 * ((number >> 12) & 0xFF) / 255
    rise = low + (high - low) * (1 - abs(hue % 2 - 1))
    table = [(high, rise, low), (rise, high, low), (low, high, rise)]
    table += [(low, rise, high), (rise, low, high), (high, low, rise)]
    return table[int(hue) % 6]


def far_tone(color: RGB, near: bool) -> RGB:
    """The far limb lies a little in the shade, which tells it from the near one."""
    return color if near else mix(color, shade(color), 0.55)
