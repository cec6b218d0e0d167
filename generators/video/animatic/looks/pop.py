"""Flat pop: few strong colours, thick outlines, halftone dots in the shadows. No grain, no glow."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.looks.grade import Grade, contrast, gain, vivid
from storyboard.generators.video.animatic.looks.poster import Poster, premultiplied, unpremultiplied
from storyboard.generators.video.animatic.looks.style import Pixels, Style, chroma_of, dimmed, over
from storyboard.generators.video.animatic.palette import HOURS, Palette

_COLOURS = 10
_INK_BGR = (44, 18, 26)
_CELL = 0.0115
"""Distance of halftone dots, as a share of the frame's shorter side."""


class Pop(Style):
    """A screen print."""

    name = "flat pop"
    words = {  # noqa: RUF012
        "flat pop": 3, "pop art": 3, "pop-art": 3, "pop": 2, "flat": 1, "flat colour": 2, "flat color": 2,
        "vector": 2, "bold": 1, "screen-print": 2, "screen print": 2, "silkscreen": 2, "halftone": 3,
        "comic": 2, "cartoon": 2, "poster": 2, "minimalist": 1, "graphic": 1, "risograph": 2, "cel": 1,
        "outline": 1, "saturated": 1,
    }  # fmt: skip
    depth_of_field = 0.0
    rim = 0.0
    gloss = 0.0
    bloom = 0.0
    lamps = 0.55
    rings = 2
    exposure = 0.82
    figure_light = 0.92
    hard_shadows = True
    cut_out = True

    def __init__(self, frame: Frame, palette: Palette, seed: int) -> None:
        super().__init__(frame, palette, seed)
        self._poster = Poster(_COLOURS)

    def grade(self, story: Grade) -> Grade:
        """Ink straight from the pot; less of it for the light of a night, which would pass for a day."""
        red, _, blue = self.palette.ambient
        night = 0.0 if self.palette.hour is not HOURS["night"] else 1.0 if blue > red else 0.3
        dim = gain(1 - 0.14 * night, 1 - 0.12 * night, 1.0).then(contrast(1 + 0.10 * night, 1.10))
        return story.then(self.lifted()).then(dim).then(vivid(1.40)).then(contrast(1.10, 0.40))

    def texture(self, pixels: Pixels, depth: float) -> Pixels:
        """Print a layer: flat colours, dots where it is darker than its flat colour, outlines."""
        colour, alpha = unpremultiplied(pixels)
        flat = self._poster.flat(colour, alpha, depth)
        residue = cv2.subtract(_grey(flat), _grey(colour))
        dots = _dots(pixels.shape[1], pixels.shape[0], self.px(_CELL))
        dark = cv2.add(cv2.convertScaleAbs(residue, alpha=7), dots)
        ink = dimmed(np.asarray(cv2.threshold(dark, 254, 255, cv2.THRESH_BINARY)[1], np.uint8), 0.20)
        flat = np.asarray(cv2.multiply(flat, cv2.merge([cv2.bitwise_not(ink)] * 3), scale=1 / 255), np.uint8)
        flat = np.asarray(cv2.GaussianBlur(flat, (3, 3), 0.6), np.uint8)
        return premultiplied(self._outlined(flat, alpha, depth), alpha)

    def set_in(self, target: Pixels, figure: Pixels, left: int, top: int) -> None:
        """Draw a thick outline round the figure."""
        spare = int(self.px(0.03))
        height, width = target.shape[:2]
        x0, y0 = max(0, left - spare), max(0, top - spare)
        x1, y1 = min(width, left + figure.shape[1] + spare), min(height, top + figure.shape[0] + spare)
        sprite: Pixels = np.zeros((y1 - y0, x1 - x0, 4), np.uint8)
        sprite[top - y0 : top - y0 + figure.shape[0], left - x0 : left - x0 + figure.shape[1]] = figure
        alpha = cv2.extractChannel(sprite, 3)
        side = max(1, round(self.px(0.0060))) * 2 + 1
        wide = cv2.dilate(alpha, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
        edge = np.zeros_like(sprite)
        for channel, tone in enumerate(_INK_BGR):
            edge[..., channel] = cv2.convertScaleAbs(wide, alpha=tone / 255)
        edge[..., 3] = wide
        over(edge, sprite)
        over(target[y0:y1, x0:x1], edge)

    def finish(self, planes: Pixels, index: int) -> None:
        """Deepen the colours of the whole print."""
        luma = planes[: self.frame.height]
        cv2.LUT(luma, _PUNCH, dst=luma)
        for plane in chroma_of(planes):
            cv2.LUT(plane, _DEEP, dst=plane)

    def _outlined(self, colour: Pixels, alpha: Pixels, depth: float) -> Pixels:
        """Return a layer with ink where its tone changes much, thinner far away."""
        grey = cv2.min(_grey(colour), alpha)
        edge = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        line = cv2.threshold(edge, 34, 255, cv2.THRESH_BINARY)[1]
        side = max(1, round(self.px(0.0030) * (0.35 + 0.65 * min(1.0, depth))))
        if side > 1:
            line = cv2.dilate(line, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
        line = cv2.convertScaleAbs(cv2.GaussianBlur(line, (3, 3), 0.8), alpha=0.35 + 0.5 * min(1.0, depth))
        keep = cv2.merge([cv2.bitwise_not(line)] * 3)
        return np.asarray(cv2.multiply(colour, keep, scale=1 / 255), np.uint8)


def _grey(colour: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)


@lru_cache(maxsize=2)
def _dots(width: int, height: int, cell: float) -> Pixels:
    """Return a screen of round dots at 45 degrees: 255 in the middle of each, 0 between them."""
    x = np.arange(width, dtype=np.float32)[None, :] * (np.pi / cell)
    y = np.arange(height, dtype=np.float32)[:, None] * (np.pi / cell)
    field = (np.cos(x + y) + np.cos(x - y)) / 4 + 0.5
    return np.asarray(field * 255, np.float32).astype(np.uint8)


def _curve(values: NDArray[np.float64]) -> Pixels:
    return np.clip(values, 0, 255).astype(np.uint8)


_TONES = np.arange(256, dtype=np.float64)
_PUNCH = _curve(16 + 219 * np.clip(((_TONES - 16) / 219 - 0.5) * 1.10 + 0.54, 0, 1))
_DEEP = _curve(128 + (_TONES - 128) * 1.22)

STYLE = Pop
