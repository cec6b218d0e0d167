"""Who is in a scene besides its cast, as its words call for; and that they move and keep off the faces."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

skia = pytest.importorskip("skia")

from storyboard.generators.video.animatic.camera import REST, Frame, View  # noqa: E402
from storyboard.generators.video.animatic.figure.extras import Band, bands_of  # noqa: E402
from storyboard.generators.video.animatic.figure.extras_drawing import Extras  # noqa: E402
from storyboard.generators.video.animatic.looks import look_of  # noqa: E402
from storyboard.generators.video.animatic.palette import palette_of  # noqa: E402
from storyboard.generators.video.animatic.scenery import Clock  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

FRAME = Frame(256, 144, 144.0, -0.30)
PALETTE = palette_of(
    ["#26408b", "#c2e7d9", "#f2a65a"],
    time_of_day="day",
    weather="clear",
    mood="calm",
    indoor=False,
    film_index=0,
    scene_index=0,
)


def bands(setting: str, kind: str, taken: tuple[float, ...] = (0.0,), **scene: str) -> list[Band]:
    record = {"id": "s", "title": "t", "setting": setting, **scene}
    return bands_of(Scene.model_validate(record), kind, seed=3, reach=0.89, bottom=0.2, taken=taken)


def doing(*args: str, **scene: str) -> set[str]:
    return {band.doing for band in bands(*args, **scene)}


@pytest.mark.parametrize(
    ("setting", "kind", "people"),
    [
        ("a basement club", "club", {"dance", "watch"}),
        ("a garden party with lanterns", "garden", {"dance"}),
        ("a small stage", "stage", {"watch"}),
        ("a busy train station", "train station", {"walk"}),
        ("a street of neon signs", "street", {"walk"}),
        ("a church full of guests", "church", {"stand"}),
        ("a deserted street", "street", set()),
        ("a quiet park", "park", set()),
        ("a kitchen", "kitchen", set()),
        ("a forest", "forest", set()),
    ],
)
def test_words_call_for_people(setting: str, kind: str, people: set[str]) -> None:
    assert doing(setting, kind) == people


def test_nobody_strolls_in_a_park_by_night_and_many_where_it_is_busy() -> None:
    assert not doing("a park", "park", time_of_day="night")
    (few,), (many,) = bands("a street", "street"), bands("a busy street", "street")
    assert len(many.people) > len(few.people)


def test_who_stands_or_dances_behind_keeps_off_the_cast() -> None:
    taken = (-0.3, 0.25)
    for band in bands("a crowded club", "club", taken):
        if band.doing == "dance":
            assert band.people
            assert all(abs(one.x - x * band.depth) > 0.15 for one in band.people for x in taken)


def picture(of: list[Band], beat: float, *, front: bool, view: View, framing: str) -> NDArray[np.uint8]:
    pixels = np.zeros((FRAME.height, FRAME.width, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    extras = Extras(of, PALETTE, FRAME, look_of("")(FRAME, PALETTE, 1), indoor=True)
    clock = Clock(beat / 2, beat, 0.0)
    extras.draw(surface.getCanvas(), pixels, view, REST, clock, framing=framing, energy=0.7, front=front)
    surface.flushAndSubmit()
    return pixels


WIDE, NEAR = View(1.0, 0.0, FRAME.middle_y), View(2.1, 0.0, -0.42)


@pytest.mark.parametrize(("setting", "kind"), [("a club", "club"), ("a street", "street")])
@pytest.mark.parametrize(("view", "framing"), [(WIDE, "wide"), (NEAR, "medium")])
def test_they_move_with_the_music(setting: str, kind: str, view: View, framing: str) -> None:
    of = bands(setting, kind)
    first, later = (picture(of, beat, front=False, view=view, framing=framing) for beat in (0.0, 0.7))
    assert first[..., 3].any()
    assert np.abs(first.astype(int) - later).mean() > 0.2


def test_an_audience_is_seen_along_the_lower_edge_from_wide_and_medium_but_not_close() -> None:
    of = bands("a small stage", "stage")
    for view, framing in ((WIDE, "wide"), (NEAR, "medium")):
        rows = np.flatnonzero(picture(of, 0.0, front=True, view=view, framing=framing)[..., 3].any(1))
        assert rows.size and rows.min() > 0.6 * FRAME.height and rows.max() == FRAME.height - 1
    assert not picture(of, 0.0, front=True, view=NEAR, framing="close").any()


def test_a_crowded_shop_is_full_of_things_and_not_an_audience() -> None:
    def doing(setting: str) -> set[str]:
        scene = Scene(id="s", title="t", setting=setting, kind="performance")
        return {band.doing for band in bands_of(scene, "shop", seed=1, reach=0.9, bottom=0.2, taken=[])}

    assert "watch" in doing("a shop before a crowd")
    assert doing("a crowded little shop with lamps") == set()
