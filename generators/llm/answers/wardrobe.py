"""Hair and clothes, as records or in words: "a mustard wool coat, teal jeans and an olive hat"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from storyboard.generators.llm.answers.clean import clean, plain_words
from storyboard.generators.llm.answers.vocabulary import names_of, words_of

_MAX_GARMENTS = 8
_ARTICLE = re.compile(r"^(?:an?|the|her|his|their|its|wears|wearing|some)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;/+&]|\band\b|\bwith\b|\bover\b")
_COLORS = frozenset(words_of("dress", "color"))
_SHADES = frozenset(words_of("dress", "shade"))
_MATERIALS = frozenset(words_of("dress", "material"))


def clothing_of(value: Any) -> list[dict[str, str]]:
    """Return the garments that have an item and a colour, as records of item, colour and material."""
    if isinstance(value, Mapping):
        is_one = any(plain_words(str(key)) in ("item", "color") for key in value)
        value = [value] if is_one else [_worn(item, said) for item, said in value.items()]
    text = clean(value, 400) if not isinstance(value, list) else ""
    pieces = value if isinstance(value, list) else [piece for piece in _BETWEEN.split(text) if piece.strip()]
    garments = [garment for piece in pieces[:16] if (garment := _garment(piece))]
    return garments[:_MAX_GARMENTS]


def hair_of(named: Mapping[str, Any]) -> dict[str, str] | None:
    """Return colour, length and style from their own fields or from one text: "long wavy auburn"."""
    hair = named.get("hair")
    record = (
        {plain_words(str(key)): value for key, value in hair.items()} if isinstance(hair, Mapping) else {}
    )
    text = "" if record else plain_words(clean(hair, 120))
    said = {
        part: clean(record.get(part) or named.get(f"hair {part}"), 60)
        for part in ("color", "length", "style")
    }
    color, style = said["color"] or _color_in(text), said["style"] or _style_in(text)
    length = _length_in(plain_words(said["length"] or text)) or _length_in(plain_words(style))
    if length == "bald":
        return {"color": color or "none", "length": "bald", "style": ""}
    if not color:
        return None
    return {
        "color": color.removesuffix(" hair"),
        "length": length or "medium",
        "style": style.removesuffix(" hair"),
    }


def _worn(item: Any, said: Any) -> Any:
    """Return a garment of {"coat": "mustard wool"} or {"coat": {"color": "mustard"}}."""
    return {"item": item, **said} if isinstance(said, Mapping) else f"{clean(said, 60)} {clean(item, 60)}"


def _garment(piece: Any) -> dict[str, str] | None:
    if not isinstance(piece, Mapping):
        return _garment_in(clean(piece, 120))
    named = {plain_words(str(key)): value for key, value in piece.items()}
    item = clean(named.get("item") or named.get("name") or named.get("type"), 60)
    color = clean(named.get("color"), 60)
    if item and not color:
        return _garment_in(item)
    return {"item": item, "color": color, "material": clean(named.get("material"), 60)} if item else None


def _garment_in(text: str) -> dict[str, str] | None:
    """Return the garment that "a dark blue wool coat" means; None without a colour."""
    words = _ARTICLE.sub("", text.rstrip(".")).split()
    n_color = _n_color_words(words[:-1])
    if not n_color:
        return None
    color, rest = " ".join(words[:n_color]), words[n_color:]
    n_material = 1 if len(rest) > 1 and plain_words(rest[0]) in _MATERIALS else 0
    return {"item": " ".join(rest[n_material:]), "color": color, "material": " ".join(rest[:n_material])}


def _n_color_words(words: list[str]) -> int:
    """Return how many words at the start name a colour; an unknown first word is taken for one."""
    plain = [plain_words(word) for word in words]
    if not plain or (plain[0] in _MATERIALS and plain[0] not in _COLORS):
        return 0
    return 2 if len(plain) > 1 and plain[0] in _SHADES and plain[1] in _COLORS else 1


def _color_in(text: str) -> str:
    words = text.split()
    at = next((index for index, word in enumerate(words) if word in _COLORS), None)
    if at is None:
        return ""
    return " ".join(words[at - 1 : at + 1]) if at and words[at - 1] in _SHADES else words[at]


def _style_in(text: str) -> str:
    return next((style for style in words_of("dress", "hair_style") if style in text), "")


def _length_in(text: str) -> str:
    lengths = names_of("hair_length")
    return next((lengths[word] for word in text.split() if word in lengths), "")
