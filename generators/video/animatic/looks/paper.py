"""Paper cut: layers of coloured card, cut with scissors, each throwing a soft shadow on the next."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.looks.grade import Grade, contrast, vivid
from storyboard.generators.video.animatic.looks.poster import Poster, premultiplied, unpremultiplied
from storyboard.generators.video.animatic.looks.style import Pixels, Style, noise, over, vignette_of
from storyboard.generators.video.animatic.palette import Palette

_COLOURS = 8
_SHADOW = 0.58
_FIBRE_LIGHT = 202
"""What a figure's card is lit by, of 255, before its fibre shades it."""
_CUT_EDGE = (226, 236, 242)
"""Blue, green and red of the card's cut edge."""


class Paper(Style):
    """Coloured card under a lamp from the upper left."""

    name = "paper cut"
    words = {  # noqa: RUF012
        "paper cut": 3, "cut paper": 3, "cut-paper": 3, "papercut": 3, "paper-cut": 3, "collage": 2,
        "cut-out": 2, "cutout": 2, "cut out": 2, "origami": 2, "craft": 1, "stop motion": 1,
        "stop-motion": 2, "layered paper": 3, "paper": 1, "scissors": 2, "torn": 1, "felt": 1, "diorama": 2,
        "silhouette": 1,
    }  # fmt: skip
    depth_of_field = 0.30
    rim = 0.0
    gloss = 0.0
    bloom = 0.0
    lamps = 0.8
    rings = 3
    exposure = 0.90
    figure_light = 0.90
    cut_out = True
    held_s = 1 / 12

    def __init__(self, frame: Frame, palette: Palette, seed: int) -> None:
        super().__init__(frame, palette, seed)
        self._poster = Poster(_COLOURS)
        self._light: Pixels = (255 * vignette_of(frame, 0.12)).astype(np.uint8)
        dim = 0.55 + 0.45 * min(1.0, sum(palette.ambient) / 3 * 1.25)
        self._edge = tuple(round(channel * dim) for channel in _CUT_EDGE)

    def grade(self, story: Grade) -> Grade:
        """Card has clearer colours than paint."""
        return story.then(self.lifted()).then(vivid(1.45)).then(contrast(1.04, 0.5))

    def texture(self, pixels: Pixels, depth: float) -> Pixels:
        """Cut a layer from card: few colours, wavering edges, fibre, the shadow that it throws."""
        height, width = pixels.shape[:2]
        scissors = _scissors(width, height, self.px(1), self.seed)
        pixels = np.asarray(cv2.remap(pixels, *scissors, cv2.INTER_LINEAR), np.uint8)
        colour, alpha = unpremultiplied(pixels)
        colour = self._poster.flat(colour, alpha, depth)
        alpha = np.asarray(cv2.LUT(alpha, _TISSUE), np.uint8)
        colour = self._relief(colour, alpha)
        colour = np.asarray(cv2.GaussianBlur(colour, (3, 3), 0.7), np.uint8)
        card = premultiplied(
            np.asarray(cv2.multiply(colour, _fibre(width, height, self.seed), scale=1 / 200), np.uint8), alpha
        )
        if alpha.min() < 255:
            under = self._shadow(alpha, 0.010, 0.015)
            card[..., 3] = cv2.add(alpha, cv2.multiply(under, cv2.bitwise_not(alpha), scale=1 / 255))
        return np.asarray(card, np.uint8)

    def set_in(self, target: Pixels, figure: Pixels, left: int, top: int) -> None:
        """Lay the figure with its pale cut edge on the picture, over its shadow."""
        spare = int(self.px(0.035))
        height, width = target.shape[:2]
        x0, y0 = max(0, left - spare), max(0, top - spare)
        x1, y1 = min(width, left + figure.shape[1] + spare), min(height, top + figure.shape[0] + spare)
        sprite: Pixels = np.zeros((y1 - y0, x1 - x0, 4), np.uint8)
        inner = sprite[top - y0 : top - y0 + figure.shape[0], left - x0 : left - x0 + figure.shape[1]]
        fibre = _clear_fibre(width, height, self.seed)[: figure.shape[0], : figure.shape[1]]
        cv2.multiply(figure, fibre, dst=inner, scale=1 / _FIBRE_LIGHT)
        alpha = cv2.extractChannel(sprite, 3)
        wide = cv2.dilate(alpha, _disc(self.px(0.0046)))
        under = self._shadow(np.asarray(wide, np.uint8), 0.009, 0.017)
        colours = [cv2.multiply(wide, wide, scale=tone / 255 / 255) for tone in self._edge]
        edge = np.asarray(cv2.merge([*colours, wide]), np.uint8)
        over(edge, sprite)
        part = target[y0:y1, x0:x1]
        cv2.multiply(part, cv2.merge([cv2.bitwise_not(under)] * 4), dst=part, scale=1 / 255)
        over(part, edge)

    def finish(self, planes: Pixels, index: int) -> None:
        """Let the lamp fall off towards the corners."""
        luma = planes[: self.frame.height]
        cv2.multiply(luma, self._light, dst=luma, scale=1 / 255)

    def _shadow(self, alpha: Pixels, blur: float, away: float) -> Pixels:
        """Return how dark a silhouette's soft shadow is, to its lower right, 0 to 255."""
        step = max(1, round(self.px(away)))
        solid = cv2.threshold(alpha, 150, 255 * _SHADOW, cv2.THRESH_BINARY)[1]
        across = round(step * 0.7)
        rest = solid[: max(1, solid.shape[0] - step), : max(1, solid.shape[1] - across)]
        moved = cv2.copyMakeBorder(rest, step, 0, across, 0, cv2.BORDER_REPLICATE)
        side = max(3, round(self.px(blur)) * 2 + 1)
        return np.asarray(cv2.blur(cv2.blur(moved, (side, side)), (side, side)), np.uint8)

    def _relief(self, colour: Pixels, alpha: Pixels) -> Pixels:
        """Shade where a lighter piece of card lies on a darker one, inside one layer."""
        grey = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)
        step = max(1, round(self.px(0.0055)))
        moved = cv2.warpAffine(
            grey, np.array([[1, 0, step * 0.7], [0, 1, step]], np.float32), grey.shape[::-1],
            borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        side = step * 2 + 1
        cast = cv2.blur(cv2.threshold(cv2.subtract(moved, grey), 5, 62, cv2.THRESH_BINARY)[1], (side, side))
        shaded = cv2.multiply(colour, cv2.merge([cv2.bitwise_not(cast)] * 3), scale=1 / 255)
        return np.asarray(shaded, np.uint8)


def _steps(share: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(share < 0.06, 0.0, np.where(share < 0.22, 0.14, np.where(share < 0.5, 0.34, share)))


_TISSUE: Pixels = (255 * _steps(np.arange(256) / 255)).astype(np.uint8)
"""What shines through is tissue paper: in flat sheets."""


def _disc(radius: float) -> Pixels:
    side = max(1, round(radius)) * 2 + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


@lru_cache(maxsize=2)
def _fibre(width: int, height: int, seed: int) -> Pixels:
    """Return the card's surface, lit from the upper left: about 200 of 255, in three channels."""
    field = noise(width, height, width / 2.2, seed) + noise(width, height, width / 7, seed + 1) * 1.3
    long = (
        cv2.blur(noise(width, height, width, seed + 2), (11, 1)) * 3
        + cv2.blur(noise(width, height, width, seed + 3), (1, 9)) * 3
    )
    bumps = field + long
    lit = bumps - np.roll(bumps, (1, 1), (0, 1))
    patch = noise(width, height, 9, seed + 4) * 1.6
    tone = np.clip(199 + lit * 4.2 + patch, 165, 235).astype(np.uint8)
    return np.dstack([tone, tone, tone])


@lru_cache(maxsize=2)
def _clear_fibre(width: int, height: int, seed: int) -> Pixels:
    """Return the card's surface with a fourth channel that leaves alpha as it is."""
    fibre = _fibre(width, height, seed)
    return np.dstack([fibre, np.full_like(fibre[..., 0], _FIBRE_LIGHT)])


@lru_cache(maxsize=2)
def _scissors(
    width: int, height: int, unit: float, seed: int
) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
    """Return the map that makes edges waver as scissors do."""
    amount = unit * 0.0016
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    for cells, share in ((46, 1.0), (130, 0.5)):
        x += noise(width, height, cells, seed + cells) * amount * share
        y += noise(width, height, cells, seed + cells + 1) * amount * share
    first, second = cv2.convertMaps(x, y, cv2.CV_16SC2)
    return np.asarray(first, np.int16), np.asarray(second, np.uint16)


STYLE = Paper
