"""Flat colours: a layer's tones gathered into a few, as scissors or a stencil need them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.video.animatic.looks.style import Pixels

_BITS = 5
_BINS = 1 << _BITS
_ROUNDS = 10


class Poster:
    """The few colours of a layer, chosen when it is seen for the first time.

    Args:
        n_colours: how many there are at most.
    """

    def __init__(self, n_colours: int) -> None:
        self._n = n_colours
        self._tables: dict[float, NDArray[np.uint32]] = {}

    def flat(self, colour: Pixels, alpha: Pixels, depth: float) -> Pixels:
        """Return unpremultiplied BGR pixels in the few colours of the layer at this depth."""
        if depth not in self._tables:
            table = _table(colour, alpha, self._n)
            # One number a colour is looked up in half the time that three take.
            self._tables[depth] = np.pad(table, ((0, 0), (0, 1))).view(np.uint32)[:, 0]
        blue, green, red = (np.asarray(plane, np.int32) >> (8 - _BITS) for plane in cv2.split(colour))
        index = blue + (green << _BITS) + (red << 2 * _BITS)
        flat = self._tables[depth][index].view(np.uint8).reshape(*index.shape, 4)
        return np.asarray(cv2.medianBlur(cv2.cvtColor(flat, cv2.COLOR_BGRA2BGR), 3), np.uint8)


def unpremultiplied(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """Return the colour (BGR) and alpha of premultiplied pixels."""
    alpha = cv2.extractChannel(pixels, 3)
    colour = cv2.divide(pixels, cv2.merge([alpha] * 4), scale=255)
    return np.ascontiguousarray(colour[..., :3], np.uint8), np.asarray(alpha, np.uint8)


def premultiplied(colour: Pixels, alpha: Pixels) -> Pixels:
    """Return BGR colour and alpha as premultiplied BGRA pixels."""
    solid = cv2.multiply(colour, cv2.merge([alpha] * 3), scale=1 / 255)
    return np.asarray(cv2.merge([*cv2.split(solid), alpha]), np.uint8)


def _table(colour: Pixels, alpha: Pixels, n: int) -> Pixels:
    """Return for every bin of the colour cube the nearest of n colours, as BGR."""
    sample, solid = colour[::3, ::3], alpha[::3, ::3] > 100
    bins = sample[solid].astype(np.int32) >> (8 - _BITS)
    counts = np.bincount(bins @ np.array([1, _BINS, _BINS * _BINS]), minlength=_BINS**3)
    every = np.arange(_BINS**3)
    cube = np.stack([every % _BINS, every // _BINS % _BINS, every // _BINS**2], 1)
    shades = ((cube + 0.5) * (256 / _BINS)).astype(np.uint8)
    seen = np.flatnonzero(counts > 2)
    if seen.size == 0:
        return shades
    lab = _lab(shades)
    chosen = _gathered(lab[seen], np.sqrt(counts[seen].astype(np.float64)), n)
    nearest = _nearest(lab, chosen)
    grid = np.clip(chosen, 0, 255).astype(np.uint8)[None]
    colours: Pixels = np.asarray(cv2.cvtColor(grid, cv2.COLOR_LAB2BGR), np.uint8)[0]
    return colours[nearest]


def _lab(shades: Pixels) -> NDArray[np.float64]:
    lab: NDArray[np.float64] = np.asarray(cv2.cvtColor(shades[None], cv2.COLOR_BGR2LAB), np.float64)[0]
    return lab


def _gathered(points: NDArray[np.float64], weights: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return at most n centres of weighted points (Lloyd's k-means), begun far from one another."""
    centres = points[[int(np.argmax(weights))]]
    while len(centres) < min(n, len(points)):
        away = ((points[:, None] - centres[None]) ** 2).sum(2).min(1)
        centres = np.vstack([centres, points[int(np.argmax(away * weights))]])
    for _ in range(_ROUNDS):
        nearest = _nearest(points, centres)
        for index in range(len(centres)):
            mine = nearest == index
            if mine.any():
                centres[index] = np.average(points[mine], axis=0, weights=weights[mine])
    return centres


def _nearest(points: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.int64]:
    distance = np.stack([((points - centre) ** 2).sum(1) for centre in centres], 1)
    return np.asarray(distance.argmin(1), np.int64)
