"""The grade: one linear change of all colours of a scene, as a colourist would make it for a film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.video.animatic.palette import RGB, luminance, mix, scaled

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_SAD = ("sad", "lonel", "melanchol", "heartbr", "grief", "regret", "lost", "wistful", "empty", "numb", "cold")
_GLAD = ("happy", "joy", "playful", "party", "euphor", "excit", "hope", "warm", "love", "tender", "free")
_TENSE = ("tens", "ang", "rage", "fear", "dark", "danger", "bitter", "jealous", "furious", "defian")
_FILM_SHARE, _OFF_AXIS = 0.24, 0.35
"""How much of every colour is the film's own, and how much is left of hues that the film does not have."""
_FRESH = 1.18
_OPENING, _CLIMAX, _ENDING = 0.35, 0.80, 0.85
"""Shares of the film: the opening ends, the climax lies, the ending begins."""


@dataclass(frozen=True)
class Grade:
    """Three rows (red, green, blue) of four numbers: shares of red, green and blue, and what is added."""

    rows: NDArray[np.float32]

    def __call__(self, colour: RGB) -> RGB:
        """Return a colour as graded, each channel 0 to 1."""
        r, g, b = np.clip(self.rows @ np.array([*colour, 1.0], np.float32), 0.0, 1.0)
        return (float(r), float(g), float(b))

    def apply(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return premultiplied BGRA pixels graded; what is added counts as much as a pixel covers."""
        full = np.eye(4, dtype=np.float32)
        full[:3, :3] = self.rows[::-1, 2::-1]
        full[:3, 3] = self.rows[::-1, 3]
        graded = cv2.transform(pixels, full)
        alpha = cv2.extractChannel(pixels, 3)
        return np.asarray(cv2.min(graded, cv2.merge([alpha] * 4)), np.uint8)

    def then(self, other: Grade) -> Grade:
        """Return this grade followed by another."""
        square = np.vstack([self.rows, np.array([[0, 0, 0, 1]], np.float32)])
        return Grade((other.rows @ square).astype(np.float32))


def plain() -> Grade:
    """Return the grade that changes nothing."""
    return Grade(np.eye(3, 4, dtype=np.float32))


def vivid(by: float) -> Grade:
    """Return a grade that multiplies every colour's distance from grey."""
    rows = np.zeros((3, 4), np.float32)
    rows[:, :3] = (1 - by) * _LUMA[None, :] + by * np.eye(3, dtype=np.float32)
    return Grade(rows)


def gain(red: float, green: float, blue: float) -> Grade:
    """Return a grade that multiplies the channels."""
    rows = np.zeros((3, 4), np.float32)
    rows[[0, 1, 2], [0, 1, 2]] = (red, green, blue)
    return Grade(rows)


def contrast(by: float, middle: float = 0.42) -> Grade:
    """Return a grade that multiplies every channel's distance from a middle tone."""
    rows = gain(by, by, by).rows
    rows[:, 3] = middle * (1 - by)
    return Grade(rows)


def duotone(dark: RGB, light: RGB, share: float) -> Grade:
    """Return a grade that pulls shadows towards one colour and lights towards another."""
    low, high = np.array(dark, np.float32), np.array(light, np.float32)
    rows = np.eye(3, 4, dtype=np.float32) * (1 - share)
    rows[:, :3] += share * (high - low)[:, None] * _LUMA[None, :]
    rows[:, 3] += share * low
    return Grade(rows)


def story_grade(film: Sequence[RGB], mood: str, index: int, n_scenes: int) -> Grade:
    """Return the grade of a scene: the film's own tones, turned by the mood and by where the story is.

    The first scenes are calmer and a little cool, the climax is full of colour, the last scene resolves in
    warmth, or stays cool where it is sad.

    Args:
        film: the film's palette.
        mood: the words of the scene's mood.
        index: the scene's place in the film, from 0.
        n_scenes: how many scenes the film has.
    """
    share = index / max(1, n_scenes - 1) if n_scenes > 1 else 0.5
    opening = max(0.0, 1 - share / _OPENING)
    climax = max(0.0, 1 - abs(share - _CLIMAX) / 0.25)
    ending = max(0.0, (share - _ENDING) / (1 - _ENDING))
    sad, glad, tense = (_says(mood, words) for words in (_SAD, _GLAD, _TENSE))
    warmth = 0.030 * ending * (1 - 2 * sad) - 0.030 * opening + 0.030 * glad - 0.035 * sad
    colour = 1.0 - 0.10 * opening + 0.16 * climax + 0.06 * glad - 0.14 * sad - 0.06 * tense
    return (
        film_grade(film)
        .then(vivid(colour))
        .then(contrast(1.0 + 0.05 * climax + 0.08 * tense - 0.03 * opening))
        .then(gain(1 + warmth, 1 + 0.2 * warmth, 1 - warmth))
    )


def film_grade(film: Sequence[RGB]) -> Grade:
    """Return what all scenes of a film share.

    Hues keep to the axis of the film's palette, as in a film of teal and orange; shadows lean towards the
    darkest of its colours, lights towards the lightest with some of the strongest in it.
    """
    tones = sorted(film, key=luminance)
    strongest = max(film, key=lambda tone: max(tone) - min(tone))
    dark = scaled(tones[0], 0.12 / max(0.05, luminance(tones[0])))
    light = mix(tones[-1], strongest, 0.35)
    light = scaled(light, 0.86 / max(0.3, luminance(light)))
    return along(film, _OFF_AXIS).then(duotone(dark, light, _FILM_SHARE)).then(vivid(_FRESH))


def along(film: Sequence[RGB], off_axis: float) -> Grade:
    """Return a grade that keeps a share of what lies off the axis on which a palette's hues spread most.

    A palette that spreads both ways keeps more.
    """
    tones = np.array(film, np.float32)
    luma = tones @ _LUMA
    chroma = np.stack([tones[:, 0] - luma, tones[:, 2] - luma], 1)
    spread, axes = np.linalg.eigh(chroma.T @ chroma)
    axis = axes[:, -1]
    off_axis += (1 - off_axis) * 0.6 * float(spread[0] / max(1e-6, spread[1]))
    kept = np.outer(axis, axis) * (1 - off_axis) + np.eye(2) * off_axis
    to_chroma = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]) - _LUMA[None, :]
    changed = kept @ to_chroma
    red, blue = changed[0] + _LUMA, changed[1] + _LUMA
    green = (_LUMA - _LUMA[0] * red - _LUMA[2] * blue) / _LUMA[1]
    rows = np.zeros((3, 4), np.float32)
    rows[:, :3] = np.stack([red, green, blue])
    return Grade(rows)


def _says(mood: str, words: Sequence[str]) -> float:
    return 1.0 if any(word in mood.lower() for word in words) else 0.0
