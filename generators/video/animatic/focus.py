"""Racking focus: a view baked twice, sharp behind and sharp in front, and everything between the two."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from storyboard.generators.video.animatic.bake import Baked, rows_of

_SOFTEST = 0.0075
"""How far out of focus figures are, as a share of the frame's height, at a zoom of 1."""


@dataclass
class Rack:
    """A view whose focus can move between the background (0) and the figures (1)."""

    behind: list[Baked]
    before: list[Baked]

    def at(self, focus: float) -> list[Baked]:
        """Return the layers as the lens sees them."""
        if focus <= 0.0 or focus >= 1.0:
            return self.before if focus >= 1.0 else self.behind
        return [_between(far, near, focus) for far, near in zip(self.behind, self.before, strict=True)]


def softness_px(focus: float, height_px: int, zoom: float) -> float:
    """Return how soft figures are, as the deviation of a Gaussian, when the lens looks past them."""
    return (1.0 - focus) * _SOFTEST * height_px * min(1.8, zoom)


def _between(far: Baked, near: Baked, focus: float) -> Baked:
    if far.pixels is None or near.pixels is None:
        return near
    mixed = cv2.addWeighted(far.pixels, 1.0 - focus, near.pixels, focus, 0.0)
    blur = far.blur_px + (near.blur_px - far.blur_px) * focus
    pixels = np.asarray(mixed, np.uint8)
    return replace(near, pixels=pixels, blur_px=blur, rows=rows_of(pixels))
