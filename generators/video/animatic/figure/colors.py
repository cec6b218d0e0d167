"""Colours: words to RGB, natural skin tones, and the tones that shading needs."""

from __future__ import annotations

import hashlib
import re

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
}  # fmt: skip
_MODIFIERS = {
    "dark": (0.62, 0.0), "deep": (0.7, 0.0), "midnight": (0.6, 0.0), "light": (1.0, 0.38),
    "pale": (1.0, 0.5), "pastel": (1.0, 0.45), "soft": (1.0, 0.2), "faded": (0.97, 0.25),
    "bright": (1.08, 0.04), "neon": (1.15, 0.02), "dusty": (0.9, 0.18), "warm": (1.02, 0.02),
}  # fmt: skip
_SKINS = ("f7d9c4", "f0c8a8", "e3ae86", "cf9468", "b3764d", "95603f", "75472f", "57342a")
_SKIN_WORDS = (
    (r"ebony|very dark|deep brown skin", 7),
    (r"dark[- ]skin|dark complexion|dark brown skin|\bblack skin", 6),
    (r"brown skin|brown[- ]skinned", 5),
    (r"\btan\b|tanned|bronzed", 3),
    (r"olive", 3),
    (r"golden skin|warm skin|medium skin", 2),
    (r"fair|light[- ]skin|light complexion|rosy|freckle", 1),
    (r"pale|porcelain|ivory skin", 0),
)
_WORD = re.compile(r"[a-z]+")


def digest(text: str) -> int:
    """Return a stable 32-bit number for a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def color_of(words: str) -> RGB:
    """Return the colour that words name; unknown words get a stable colour of their own."""
    found = _WORD.findall(words.lower())
    bases = [word for word in found if word in _HEX and not (word in _MODIFIERS and len(found) > 1)]
    if not bases:
        return _stable_color(words)
    color = rgb(_HEX[bases[-1]])
    for word in found:
        if word in _MODIFIERS and word != bases[-1]:
            factor, white = _MODIFIERS[word]
            color = mix(scaled(color, factor), (1.0, 0.98, 0.95), white)
    return color


def skin_of(face: str, name: str) -> RGB:
    """Return a skin tone: from the words of the face if they say, else a stable choice by name."""
    for pattern, index in _SKIN_WORDS:
        if re.search(pattern, face.lower()):
            return rgb(_SKINS[index])
    return rgb(_SKINS[digest("skin " + name) % 7])


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
