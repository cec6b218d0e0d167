"""Text on a canvas in any script: shaped, joined and in its own direction, each part in its face."""

from __future__ import annotations

from functools import cache
from typing import Any

from storyboard.sync.fonts.choosing import choose
from storyboard.sync.fonts.faces import Face

_ELLIPSIS = "…"
_UNLIMITED = 1e5  # pixels


def draw(canvas: Any, text: str, x: float, y: float, size: float, color: int, max_width: float = 0) -> None:
    """Draw a line of text on a skia canvas.

    Args:
        canvas: a skia.Canvas.
        text: the line.
        x: its left edge in pixels.
        y: its baseline in pixels.
        size: of the letters, in pixels an em.
        color: 0xAARRGGBB.
        max_width: in pixels; what is longer ends in an ellipsis. 0: any width.
    """
    text = choose(text).drawable(text)
    line = _line(text, size, color)
    while max_width and len(text) > 2 and line.LongestLine > max_width:
        text = text[:-2].rstrip() + _ELLIPSIS
        line = _line(text, size, color)
    line.paint(canvas, x, y - line.AlphabeticBaseline)


def width_of(text: str, size: float) -> float:
    """Return how wide `draw` makes a line, in pixels."""
    return float(_line(text, size, 0).LongestLine)


def _line(text: str, size: float, color: int) -> Any:
    """Return a text as skia lays it out."""
    import skia

    builder = skia.textlayout.ParagraphBuilder.make(
        skia.textlayout.ParagraphStyle(), _collection(), _unicode()
    )
    for run in choose(text).runs(text):
        style = skia.textlayout.TextStyle()
        style.setFontFamilies([_registered(run.face)])
        style.setFontSize(size)
        style.setColor(color)
        builder.pushStyle(style)
        builder.addText(run.text)
        builder.pop()
    paragraph = builder.Build()
    paragraph.layout(_UNLIMITED)
    return paragraph


@cache
def _unicode() -> Any:
    import skia

    return skia.Unicodes.ICU.Make()


@cache
def _provider() -> Any:
    import skia

    return skia.textlayout.TypefaceFontProvider()


@cache
def _collection() -> Any:
    import skia

    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(_provider())
    return collection


@cache
def _registered(face: Face) -> str:
    """Make a face known under a name of its own, which it returns."""
    import skia

    name = f"{face.path}#{face.index}"
    _provider().registerTypeface(face.typeface, skia.String(name))
    return name
