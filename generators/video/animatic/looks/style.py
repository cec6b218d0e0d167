"""A style: the steps of a picture that a look may change. What it leaves alone is painted light."""

from __future__ import annotations

from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.looks.grade import Grade, gain
from storyboard.generators.video.animatic.palette import HOURS, Palette

Pixels = NDArray[np.uint8]


class Style:
    """How the pictures of one scene are made.

    Attributes:
        name: of the look.
        words: what of a style text means this look, and how surely (1 hints, 2 says so).
        depth_of_field: how soft what is out of focus gets, 1 as a lens would.
        rim: strength of the rim light on figures.
        gloss: strength of reflections on wet and polished ground.
        bloom: how far bright things bleed.
        lamps: strength of the glow around lamps.
        rings: into how many flat rings that glow is cut; 0 fades.
        exposure: brightness that dark scenes are lifted to, 0 to 1, so that flat colours stay colours.
        figure_light: the darkest that figures are lit.
        hard_shadows: whether shadows on the ground have an edge.
        cut_out: whether figures are set in by `set_in`, one by one.
        held_s: how long a pose is held before the next is drawn; 0 moves with every frame.
    """

    name: ClassVar[str] = ""
    words: ClassVar[dict[str, int]] = {}
    depth_of_field: ClassVar[float] = 1.0
    rim: ClassVar[float] = 1.0
    gloss: ClassVar[float] = 1.0
    bloom: ClassVar[float] = 1.0
    lamps: ClassVar[float] = 1.0
    rings: ClassVar[int] = 0
    exposure: ClassVar[float] = 0.0
    figure_light: ClassVar[float] = 0.68
    hard_shadows: ClassVar[bool] = False
    cut_out: ClassVar[bool] = False
    held_s: ClassVar[float] = 0.0

    def __init__(self, frame: Frame, palette: Palette, seed: int) -> None:
        self.frame = frame
        self.palette = palette
        self.seed = seed

    def px(self, share: float) -> float:
        """Return a share of the frame's shorter side in pixels."""
        return share * min(self.frame.width, self.frame.height)

    def grade(self, story: Grade) -> Grade:
        """Return the grade of the scene in this look."""
        return story.then(self.lifted())

    def lifted(self) -> Grade:
        """Return a grade that brings a dark scene up to the look's exposure."""
        r, g, b = self.palette.ambient
        share = 0.45 if self.palette.hour is HOURS["night"] else 0.75  # a night stays one
        by = max(1.0, self.exposure / max(0.1, (r + g + b) / 3)) ** share
        return gain(by, by, by)

    def texture(self, pixels: Pixels, depth: float) -> Pixels:
        """Return a baked layer (premultiplied BGRA) with the look's texture."""
        return pixels

    def set_in(self, target: Pixels, figure: Pixels, left: int, top: int) -> None:
        """Set a figure (premultiplied BGRA) into the picture, in place, with its edge and shadow."""
        height, width = figure.shape[:2]
        over(target[top : top + height, left : left + width], figure)

    def finish(self, planes: Pixels, index: int) -> None:
        """Finish frame `index` of I420 planes, in place."""


def over(target: Pixels, pixels: Pixels) -> None:
    """Lay premultiplied BGRA pixels on others of the same shape, in place."""
    through = cv2.merge([cv2.bitwise_not(cv2.extractChannel(pixels, 3))] * 4)
    cv2.multiply(target, through, dst=target, scale=1 / 255)
    cv2.add(target, pixels, dst=target)


def vignette_of(frame: Frame, strength: float) -> NDArray[np.float32]:
    """Return how much light reaches each pixel, 1 in the middle; of shape (height, width)."""
    x = np.linspace(-1, 1, frame.width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, frame.height, dtype=np.float32)[:, None]
    edge = np.clip((np.sqrt(0.62 * x * x + 0.52 * y * y) - 0.42) / 0.75, 0, 1)
    return np.asarray(1 - strength * edge * edge * (3 - 2 * edge), np.float32)


def dimmed(plane: Pixels, by: float) -> Pixels:
    """Return a plane with every value multiplied."""
    return np.asarray(cv2.convertScaleAbs(plane, alpha=by), np.uint8)


def noise(width: int, height: int, cells: float, seed: int) -> NDArray[np.float32]:
    """Return smooth noise of mean 0 and deviation about 1, with so many cells across."""
    rng = np.random.default_rng(seed)
    columns = max(2, min(width, round(cells)))
    rows = max(2, min(height, round(cells * height / width)))
    field = rng.standard_normal((rows, columns)).astype(np.float32)
    return np.asarray(cv2.resize(field, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def chroma_of(planes: Pixels) -> tuple[Pixels, Pixels]:
    """Return the two chroma planes of I420 planes, as views of half the width and height."""
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    flat = planes[height:].reshape(-1)
    half = flat.size // 2
    shape = (height // 2, width // 2)
    return flat[:half].reshape(shape), flat[half:].reshape(shape)
