"""A palette around the colours that the user's style words name."""

from __future__ import annotations

import re

from storyboard.generators.llm.builtin.lexicon import table

_Rgb = tuple[float, float, float]
_BLACK, _WHITE = (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)


def palette_of(style: str, usual: list[str]) -> list[str]:
    """Return five colours, dark to light, around those that the style names; the usual ones if none."""
    known: dict[str, str] = table("inks")
    named = [_rgb(known[word]) for word in re.findall(r"[a-z]+", style.lower()) if word in known]
    if not named:
        return list(usual)
    first, last = named[0], named[-1]
    middle = named[1] if len(named) > 2 else _mixed(first, last, 0.5)
    colors = [_mixed(first, _BLACK, 0.55), first, middle, last, _mixed(last, _WHITE, 0.75)]
    return [_hex(color) for color in sorted(colors, key=_luma)]


def _rgb(text: str) -> _Rgb:
    red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
    return float(red), float(green), float(blue)


def _hex(color: _Rgb) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in color)


def _mixed(color: _Rgb, other: _Rgb, share: float) -> _Rgb:
    red, green, blue = (a + (b - a) * share for a, b in zip(color, other, strict=True))
    return red, green, blue


def _luma(color: _Rgb) -> float:
    """Return the brightness of a colour as Rec. 709 weighs it."""
    return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]
