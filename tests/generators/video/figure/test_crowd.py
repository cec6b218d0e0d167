"""Crowds stand where they are asked to, each person different, the same by the same seed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

skia = pytest.importorskip("skia")

from storyboard.generators.video.animatic.brush import Brush  # noqa: E402
from storyboard.generators.video.animatic.figure.crowd import crowd, gather  # noqa: E402
from storyboard.generators.video.animatic.palette import palette_of  # noqa: E402

STRIP = {"left": 0.2, "right": 3.8, "feet_y": 0.9, "height": 0.6}
PALETTE = palette_of(
    ["#26408b", "#c2e7d9", "#f2a65a"],
    time_of_day="day",
    weather="clear",
    mood="calm",
    indoor=False,
    film_index=0,
    scene_index=0,
)


def draw(seed: int, action: str = "stand", beat: float = 0.0) -> npt.NDArray[np.uint8]:
    surface = skia.Surface(800, 200)
    with surface as canvas:
        canvas.clear(0)
        canvas.scale(200, 200)
        people = gather(seed, 12, **STRIP)  # type: ignore[arg-type]
        crowd(
            Brush(canvas, PALETTE, 0.5),
            people,
            "#20202c",
            second="#803050",
            action=action,
            t_s=beat / 2,
            beat=beat,
        )
    return np.array(surface.makeImageSnapshot().toarray())


def test_the_same_seed_gives_the_same_crowd() -> None:
    assert np.array_equal(draw(4), draw(4))
    assert not np.array_equal(draw(4), draw(5))


def test_people_fill_the_strip_and_stand_on_the_ground() -> None:
    rows, columns = np.nonzero(draw(4)[:, :, 3] > 128)
    assert 20 < columns.min() < 130 and 670 < columns.max() < 790
    assert abs(rows.max() + 1 - 180) < 5 and 30 < rows.min() < 90


def test_no_two_people_are_alike() -> None:
    people = gather(4, 12, **STRIP)  # type: ignore[arg-type]
    assert len({(each.body, each.hair, each.facing, each.tint) for each in people}) == 12
    assert [each.feet_y for each in people] == sorted(each.feet_y for each in people)


def test_a_crowd_dances_on_the_beat() -> None:
    moved = np.abs(draw(4, "dance", 0.0).astype(int) - draw(4, "dance", 0.5).astype(int)).max(axis=2) > 40
    assert moved.sum() > 1500


def test_people_in_clothes_have_faces_and_hands() -> None:
    tones = []
    for clothes in ((), ("#8a8f9c", "#b9a68a")):
        surface = skia.Surface(800, 200)
        with surface as canvas:
            canvas.scale(200, 200)
            crowd(Brush(canvas, PALETTE, 1.0), gather(4, 12, **STRIP), "#20202c", clothes=clothes)  # type: ignore[arg-type]
        drawn = np.array(surface.makeImageSnapshot().toarray())
        solid = drawn[drawn[..., 3] == 255][:, :3]
        tones.append(len(np.unique(solid // 8, axis=0)))
    assert tones[0] <= 2 < 40 < tones[1]
