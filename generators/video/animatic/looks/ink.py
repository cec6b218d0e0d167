"""Ink and wash: dark contours on white paper, pale washes that granulate, lines that breathe."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.looks.grade import Grade, vivid
from storyboard.generators.video.animatic.looks.style import Pixels, Style, chroma_of, dimmed, noise
from storyboard.generators.video.animatic.palette import Palette

_PAPER = (232, 124, 131)
"""Y, U and V of the paper, studio range."""
_WOBBLES = 3
_HELD_S = 1 / 8


class Ink(Style):
    """A brush drawing, tinted."""

    name = "ink and wash"
    words = {  # noqa: RUF012
        "ink": 2, "ink wash": 3, "ink and wash": 3, "watercolour": 2, "watercolor": 2, "wash": 1, "sumi": 3,
        "pen": 1, "sketch": 2, "hand-drawn": 1, "pencil": 2, "charcoal": 2, "line art": 2,
        "line drawing": 2, "woodcut": 2, "etching": 2, "engraving": 2, "graphic novel": 2,
        "graphic-novel": 2, "noir": 2, "manga": 2, "calligraph": 2, "contour": 1, "linocut": 2, "lines": 1,
    }  # fmt: skip
    depth_of_field = 0.55
    exposure = 0.66
    rim = 0.0
    gloss = 0.6
    bloom = 0.25
    lamps = 0.7
    figure_light = 0.86
    cut_out = True
    held_s = 1 / 12

    def __init__(self, frame: Frame, palette: Palette, seed: int) -> None:
        super().__init__(frame, palette, seed)
        width, height = frame.width, frame.height
        tooth = noise(width, height, width / 2.0, seed) + 1.2 * noise(width, height, width / 5, seed + 1)
        bloom = noise(width, height, 7, seed + 2) + 0.6 * noise(width, height, 19, seed + 3)
        self._pigment: Pixels = np.clip(200 + tooth * 6 + bloom * 13, 120, 255).astype(np.uint8)
        inside = _washed(frame, seed)
        self._inside: Pixels = (inside * 255).astype(np.uint8)
        self._bare: Pixels = ((1 - inside) * _PAPER[0]).astype(np.uint8)
        half = cv2.resize(inside, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        self._inside_half: Pixels = (np.asarray(half) * 255).astype(np.uint8)
        self._bare_half: list[Pixels] = [
            ((1 - np.asarray(half)) * tone).astype(np.uint8) for tone in _PAPER[1:]
        ]
        self._maps = [_wobble(frame, self.px(0.0011), seed + 10 * k) for k in range(_WOBBLES)]

    def grade(self, story: Grade) -> Grade:
        """Washes are thin."""
        return story.then(self.lifted()).then(vivid(0.86))

    def texture(self, pixels: Pixels, depth: float) -> Pixels:
        """Let a wash run a little: soft inside, pigment gathered at its edges."""
        sigma = max(0.6, self.px(0.0028))
        soft = cv2.bilateralFilter(np.ascontiguousarray(pixels[..., :3]), 5, 26, sigma)
        wide = cv2.GaussianBlur(soft, (0, 0), sigma * 2.2)
        gathered = cv2.addWeighted(soft, 1.35, wide, -0.35, 0.0)
        pixels[..., :3] = cv2.min(gathered, cv2.merge([cv2.extractChannel(pixels, 3)] * 3))
        return pixels

    def set_in(self, target: Pixels, figure: Pixels, left: int, top: int) -> None:
        """Set a figure in with a contour as thick as a brush tip."""
        alpha = cv2.extractChannel(figure, 3)
        side = max(1, round(self.px(0.0012))) * 2 + 1
        inner = cv2.erode(alpha, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
        rest = cv2.bitwise_not(dimmed(np.asarray(cv2.subtract(alpha, inner), np.uint8), 0.9))
        cv2.multiply(figure, cv2.cvtColor(rest, cv2.COLOR_GRAY2BGRA), dst=figure, scale=1 / 255)
        super().set_in(target, figure, left, top)

    def finish(self, planes: Pixels, index: int) -> None:
        """Turn tones into washes, draw the contours, let them breathe, leave the paper's edge bare."""
        luma = planes[: self.frame.height]
        lines = self._lines(luma)
        grains = cv2.multiply(cv2.LUT(luma, _WASH_DARK), self._pigment, scale=1 / 205)
        cv2.multiply(cv2.bitwise_not(grains), lines, dst=luma, scale=1 / 255)
        now = self._maps[int(index * 8 / 24) % _WOBBLES]
        luma[:] = cv2.remap(luma, *now, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        cv2.multiply(luma, self._inside, dst=luma, scale=1 / 255)
        cv2.add(luma, self._bare, dst=luma)
        for plane, bare in zip(chroma_of(planes), self._bare_half, strict=True):
            cv2.LUT(plane, _THIN, dst=plane)
            cv2.multiply(plane, self._inside_half, dst=plane, scale=1 / 255)
            cv2.add(plane, bare, dst=plane)

    def _lines(self, luma: Pixels) -> Pixels:
        """Return what the contours leave of the light: the dark side of every edge is inked."""
        fine = cv2.GaussianBlur(luma, (0, 0), max(0.5, self.px(0.0010)))
        side = max(1, round(self.px(0.0050))) * 2 + 1
        wide = cv2.blur(luma, (side, side))
        return np.asarray(cv2.LUT(cv2.subtract(wide, fine), _INK), np.uint8)


def _curve(values: NDArray[np.float64]) -> Pixels:
    return np.clip(values, 0, 255).astype(np.uint8)


_TONES = np.arange(256, dtype=np.float64)
_WASH = _curve(16 + 219 * (0.12 + 0.86 * np.clip((_TONES - 16) / 219, 0, 1) ** 0.70))
"""Even the darkest wash lets paper through."""
_WASH_DARK: Pixels = 255 - _WASH
_THIN = _curve(128 + (_TONES - 128) * 0.72)
_INK = _curve(255 - 225 * np.clip((_TONES - 3) / 13, 0, 1) ** 0.8)
"""How much light is left by how much darker a pixel is than its surroundings."""


def _washed(frame: Frame, seed: int) -> NDArray[np.float32]:
    """Return where the paper is painted, 0 to 1: all but a ragged rim."""
    width, height = frame.width, frame.height
    x = np.minimum(np.arange(width), np.arange(width)[::-1]).astype(np.float32)[None, :]
    y = np.minimum(np.arange(height), np.arange(height)[::-1]).astype(np.float32)[:, None]
    unit = min(width, height)
    away = np.minimum(x, y) / unit
    ragged = 0.036 + 0.010 * noise(width, height, 11, seed + 5) + 0.005 * noise(width, height, 60, seed + 6)
    ragged += 0.0015 * noise(width, height, 300, seed + 7)
    inside: NDArray[np.float32] = np.clip((away - ragged) / 0.004 + 0.5, 0, 1).astype(np.float32)
    return inside


def _wobble(frame: Frame, amount: float, seed: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where each pixel is taken from, x and y: OpenCV reads such maps faster than packed ones."""
    width, height = frame.width, frame.height
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    x += noise(width, height, 40, seed + 8) * amount
    y += noise(width, height, 40, seed + 9) * amount
    return x, y


STYLE = Ink
