"""Painted night: soft brushwork, rim light, bloom, reflections, a little grain. What most films want."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.looks.style import Pixels, Style, noise, vignette_of
from storyboard.generators.video.animatic.palette import Palette

_GRAINS = 6


class Painted(Style):
    """Paint on paper, lit like a film."""

    name = "painted"
    words = {  # noqa: RUF012
        "paint": 2, "gouache": 2, "oil": 2, "cinematic": 2, "dreamy": 1, "neon": 1, "soft": 1, "rim light": 1,
        "film grain": 1, "haze": 1, "hazy": 1, "glow": 1, "acrylic": 2, "pastel": 1, "storybook": 1,
        "picture book": 1,
    }  # fmt: skip

    def __init__(self, frame: Frame, palette: Palette, seed: int) -> None:
        super().__init__(frame, palette, seed)
        self._vignette: Pixels = (255 * vignette_of(frame, 0.34)).astype(np.uint8)
        self._grain = [_grain(frame.width, frame.height, seed * _GRAINS + tile) for tile in range(_GRAINS)]

    def texture(self, pixels: Pixels, depth: float) -> Pixels:
        """Break flat colour with soft patches and fine brush grain, as paint on paper does."""
        height, width = pixels.shape[:2]
        cv2.multiply(pixels, _paper(width, height, self.seed), dst=pixels, scale=1 / 255)
        return pixels

    def finish(self, planes: Pixels, index: int) -> None:
        """Darken the corners and add grain, on luma alone."""
        luma = planes[: self.frame.height]
        cv2.multiply(luma, self._vignette, dst=luma, scale=1 / 255)
        cv2.addWeighted(luma, 1.0, self._grain[index * 7 % _GRAINS], 1.0, -128.0, dst=luma)


def _grain(width: int, height: int, seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    half = rng.standard_normal((height // 2, width // 2)).astype(np.float32)
    full = cv2.resize(half, (width, height), interpolation=cv2.INTER_LINEAR)
    tile: Pixels = np.clip(128 + np.asarray(full) * 1.2, 0, 255).astype(np.uint8)
    return tile


@lru_cache(maxsize=2)
def _paper(width: int, height: int, seed: int) -> Pixels:
    field = np.full((height, width), 247.0, np.float32)
    for cells, amount in ((7, 6.0), (22, 4.0), (170, 2.6)):
        field += amount * noise(width, height, cells, seed + cells)
    tone = np.clip(field, 215, 255).astype(np.uint8)
    return np.dstack([tone, tone, tone, np.full_like(tone, 255)])


STYLE = Painted
