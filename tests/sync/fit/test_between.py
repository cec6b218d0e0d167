"""Pictures between two frames show what is between them."""

from __future__ import annotations

import numpy as np
import pytest

from storyboard.sync.fit.between import Between

SIZE = (160, 96)


def picture(x: float, seed: int = 0) -> np.ndarray:
    """A patch of texture before a still ground, as planes of yuv420p."""
    ground = _smooth(np.random.default_rng(7), (SIZE[1], SIZE[0])) * 0.4 + 30
    patch = _smooth(np.random.default_rng(seed), (40, 200))[:, :50] + 60
    columns = np.arange(SIZE[0])
    for row in range(40):
        inside = (columns >= x) & (columns <= x + 49)
        ground[28 + row, inside] = np.interp(columns[inside] - x, np.arange(50), patch[row])
    chroma = np.full((SIZE[1] // 2, SIZE[0]), 128)
    return np.concatenate([ground, chroma]).clip(16, 235).astype(np.uint8)


def _smooth(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    noise = rng.random(shape) * 150
    for axis in (0, 1):
        noise = np.mean([np.roll(noise, shift, axis) for shift in range(-2, 3)], axis=0)
    return noise


@pytest.mark.parametrize("part", [0.25, 0.5, 0.8])
def test_what_moves_is_where_it_would_be(part: float) -> None:
    before, after, truth = picture(40), picture(50), picture(40 + 10 * part)
    flow = np.abs(Between("flow").picture(before, after, part).astype(int) - truth).mean()
    blend = np.abs(Between("blend").picture(before, after, part).astype(int) - truth).mean()
    assert flow < 0.5 * blend


def test_at_its_ends_it_is_the_frames_themselves() -> None:
    before, after, between = picture(40), picture(46), Between()
    assert np.abs(between.picture(before, after, 0.0).astype(int) - before).mean() < 0.2
    assert np.abs(between.picture(before, after, 1.0).astype(int) - after).mean() < 0.2


def test_a_blend_is_the_mean_of_both() -> None:
    before, after = picture(40), picture(46)
    mixed = Between("blend").picture(before, after, 0.25)
    assert np.abs(mixed - (0.75 * before + 0.25 * after)).max() <= 1


def test_pictures_that_have_nothing_in_common_are_blended_not_bent() -> None:
    rng = np.random.default_rng(3)
    before, after = (rng.integers(16, 235, (144, 160), np.uint8) for _ in range(2))
    assert np.array_equal(
        Between("flow").picture(before, after, 0.5), Between("blend").picture(before, after, 0.5)
    )
