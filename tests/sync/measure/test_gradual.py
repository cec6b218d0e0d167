"""Fades and fills are found where they are, from pictures that go on moving."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.sync.measure.filling import fill_start
from storyboard.sync.measure.mixing import crossfade_in, dip_in, is_gradual


def moving(kind: int, n_frames: int, pixels: float) -> NDArray[np.float64]:
    """Return a picture that glides sideways by some pixels a frame, as vectors."""
    coarse = np.random.default_rng(kind).integers(30, 220, (5, 24), np.uint8)
    wide = cv2.resize(coarse, (200, 27), interpolation=cv2.INTER_CUBIC)
    places = np.clip(np.arange(48)[None] + np.rint(np.arange(n_frames) * pixels)[:, None], 0, 199)
    return np.stack([wide[:, columns.astype(int)].ravel() for columns in places]).astype(float)


def mixed(n_mixed: int, pixels: float) -> NDArray[np.uint8]:
    """Return 60 frames of which some, evenly around frame 30, fade from one picture to another."""
    share = np.clip((np.arange(60) - (30 - n_mixed // 2) + 1) / (n_mixed + 1), 0, 1)[:, None]
    pictures = moving(1, 60, pixels) * (1 - share) + moving(2, 60, pixels) * share
    return np.rint(pictures).astype(np.uint8)


@pytest.mark.parametrize("pixels", [0.0, 0.1, 0.2])
@pytest.mark.parametrize("n_mixed", [8, 16, 24])
def test_the_middle_of_a_crossfade_is_found_while_pictures_move(n_mixed: int, pixels: float) -> None:
    change = crossfade_in(mixed(n_mixed, pixels), (12, 48))
    assert change is not None and is_gradual(change)
    assert change.middle == pytest.approx(30, abs=1.0)
    assert change.n_frames == pytest.approx(n_mixed + 1, abs=4)


def test_a_flash_in_a_crossfade_does_not_move_it() -> None:
    pictures = mixed(20, 0.0)
    for step, light in enumerate((0.6, 0.3, 0.1)):
        pictures[30 + step] = np.rint(pictures[30 + step] * (1 - light) + 235 * light)
    change = crossfade_in(pictures, (15, 46))
    assert change is not None and change.middle == pytest.approx(30, abs=0.6)


def test_a_hard_cut_is_not_gradual() -> None:
    change = crossfade_in(mixed(0, 0.3), (18, 42))
    assert change is None or not is_gradual(change)


def test_a_camera_that_moves_is_no_crossfade() -> None:
    change = crossfade_in(moving(3, 60, 2.0).astype(np.uint8), (18, 42))
    assert change is None


@pytest.mark.parametrize(("old", "new"), [(120.0, 120.0), (60.0, 180.0)])
def test_a_dip_is_found_between_unequal_lights(old: float, new: float) -> None:
    light = np.where(np.arange(60) < 30, old, new)
    near = np.clip(1 - np.abs(np.arange(60) - 30) / 7, 0, 1)
    change = dip_in(light + (20 - light) * near, (15, 45))
    assert change is not None and change.middle == pytest.approx(30, abs=0.6)
    assert dip_in(light, (15, 45)) is None


@pytest.mark.parametrize("start", [10.0, 20.4, 30.75])
@pytest.mark.parametrize("length", [1.0, 4.0, 15.0])
def test_a_fill_begins_between_frames(start: float, length: float) -> None:
    rng = np.random.default_rng(round(start * 10 + length))
    ink = np.column_stack([np.linspace(0, 1, 21), np.linspace(0, 1, 21) ** 1.2])
    front = np.clip((np.arange(60) - start) / length, 0, 1)
    seen = 0.1 + 0.6 * np.interp(front, ink[:, 0], ink[:, 1]) + rng.normal(0, 0.01, 60)
    assert fill_start(seen, ink) == pytest.approx(start, abs=0.6)


def test_a_word_that_never_fills_has_no_start() -> None:
    ink = np.column_stack([np.linspace(0, 1, 5), np.linspace(0, 1, 5)])
    noise = np.random.default_rng(0).normal(0, 0.02, 60)
    assert fill_start(noise, ink) is None
    assert fill_start(noise[::-1] * 6, ink) is None
