"""Things in the picture: drawn whole, at their size, in the scene's light, clear of the people."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.figure.brush import Brush as FigureBrush
from storyboard.generators.video.animatic.palette import palette_of
from storyboard.generators.video.animatic.scenery import ADULT, Clock, Scenery
from storyboard.generators.video.animatic.things import Thing, draw_thing, place_things, things_of
from storyboard.generators.video.animatic.things.catalogue import meanings
from storyboard.generators.video.animatic.things.drawing import extent_of, size_of
from storyboard.generators.video.animatic.things.icons import icon_of
from storyboard.schema.scene import Scene

PX = 300.0
"""Pixels in a scene unit."""
GREY = (0.5, 0.5, 0.5)


def every_thing() -> list[Thing]:
    return list(dict.fromkeys(meaning.thing for meaning in meanings().values()))


def scenery_of(*, w: float = 0.889, hour: str = "day", indoor: bool = True, seat: str = "chair") -> Scenery:
    palette = palette_of(
        [], time_of_day=hour, weather="clear", mood="", indoor=indoor, film_index=0, scene_index=0
    )
    scenery = Scenery(
        palette=palette, rng=random.Random(1), w=w, top=-0.8, bottom=0.2, seat=seat, indoor=indoor
    )
    brush = scenery.layer(0.92)
    brush.rect(-2, -2, 4, 4, GREY)
    scenery.close()
    return scenery


def scene_of(plot: str, n_people: int = 1) -> Scene:
    names = ["Mia", "Leo", "Ida", "Jon"][:n_people]
    return Scene(id="one", title="One", setting="a room", plot=plot, characters=names)


def shown(scenery: Scenery, t_s: float = 0.0) -> NDArray[np.int64]:
    """Return the set as RGB, x from -w to w and y from -0.8 to 0.2."""
    surface = skia.Surface(round(2 * scenery.w * PX), round(PX))
    canvas = surface.getCanvas()
    canvas.scale(PX, PX)
    canvas.translate(scenery.w, 0.8)
    for layer in scenery.layers:
        canvas.drawPicture(layer.picture)
        for move in layer.moves:
            move(Brush(canvas, scenery.palette, layer.depth), Clock(t_s, t_s * 2, 0.0))
    picture = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    return np.asarray(picture[..., :3], np.int64)


def placed(plot: str, n_people: int = 1, seed: int = 1, **kind: object) -> tuple[Scenery, NDArray[np.bool_]]:
    """Return a set and where its things are."""
    bare, scenery = scenery_of(**kind), scenery_of(**kind)  # type: ignore[arg-type]
    place_things(scenery, scene_of(plot, n_people), random.Random(seed))
    return scenery, np.abs(shown(scenery) - shown(bare)).max(axis=2) > 12


def test_every_row_of_the_table_has_a_drawing_of_a_sensible_size() -> None:
    things = every_thing()
    assert len(things) > 400
    for thing in things:
        icon = icon_of(thing.icon)
        assert icon.parts
        assert 8 * 32 < icon.extent <= 34 * 32, thing.icon
        assert 0.03 < thing.size_m < 5, thing.icon
        assert thing.where in ("g", "t", "a", "s", "w", "f", "p")
        assert thing.grip in ("b", "c", "t", "l", "-")


def test_sizes_are_true_to_each_other() -> None:
    sizes = {thing.icon: size_of(thing) for thing in every_thing()}
    assert sizes["red-apple"] < sizes["teddy-bear"] < sizes["bicycle"] < sizes["elephant"]
    assert 0.3 < sizes["luggage"] < 0.55, "a suitcase reaches to the hip of an adult, who is 1.0"
    assert sizes["red-apple"] > 0.08, "small things can still be seen"


def test_things_do_not_stand_where_people_stand() -> None:
    for n_people in (1, 2, 3):
        scenery, there = placed("A stray dog, a suitcase and a birthday cake.", n_people)
        assert there.sum() > 500
        columns = np.nonzero(there.any(axis=0))[0] / PX - scenery.w
        reach = {1: 0.12, 2: 0.30, 3: 0.45}[n_people]
        assert np.abs(columns).min() > reach


@dataclass(frozen=True)
class Somebody:
    """Somebody on a mark."""

    x: float
    action: str = "stand"
    facing: int = 1


@pytest.mark.parametrize("action", ["stand", "sit", "lie", "cook", "sit+phone"])
def test_things_keep_clear_of_the_cast_and_of_what_belongs_to_an_action(action: str) -> None:
    reach = {"stand": (0.12, 0.12), "lie": (0.38, 0.38), "cook": (0.12, 0.32)}.get(action, (0.2, 0.2))
    for x in (-0.3, 0.2):
        bare, scenery = scenery_of(), scenery_of()
        cast = [Somebody(x, action)]
        place_things(scenery, scene_of("A stray dog and an apple."), random.Random(2), cast)
        there = np.abs(shown(scenery) - shown(bare)).max(axis=2) > 12
        columns = np.nonzero(there.any(axis=0))[0] / PX - scenery.w
        assert len(columns) > 20
        assert not np.any((columns > x - reach[0]) & (columns < x + reach[1]))


def test_in_a_car_nothing_is_placed() -> None:
    scenery = scenery_of()
    scenery.layer(1.04, kept=True)
    scenery.close()
    place_things(scenery, scene_of("A stray dog."), random.Random(1))
    assert len(scenery.layers) == 2
    assert not shown(scenery)[..., 0].std()


def test_nothing_is_placed_before_faces_or_below_the_ground() -> None:
    for seed in range(6):
        _, there = placed("A horse, a kite, a butterfly and a lantern.", 2, seed, indoor=False, seat="bench")
        rows = np.nonzero(there.any(axis=1))[0] / PX - 0.8
        assert rows.max() < 0.08


def test_small_things_share_a_stand_that_fits_the_place() -> None:
    heights = {}
    for seat, indoor in (("chair", True), ("bench", False), ("rock", False), ("crate", True)):
        _, there = placed("An apple and a cup of coffee.", seat=seat, indoor=indoor)
        rows = np.nonzero(there.any(axis=1))[0] / PX - 0.8
        heights[seat] = -rows.min()
        assert rows.min() < -0.18, "they lie on something"
    assert heights["chair"] > heights["rock"]


def test_a_narrow_stage_leaves_out_what_is_large() -> None:
    assert not placed("An elephant, a bus and a horse.", 3, w=0.40)[1].any()


def crowded(plot: str) -> tuple[Scenery, NDArray[np.bool_]]:
    """Return a tall frame's set with two people who leave no room beside them, and where its things are."""
    bare, scenery = scenery_of(w=0.44), scenery_of(w=0.44)
    cast = [Somebody(-0.18), Somebody(0.18, facing=-1)]
    place_things(scenery, scene_of(plot, 2), random.Random(3), cast)
    return scenery, np.abs(shown(scenery) - shown(bare)).max(axis=2) > 12


def test_small_things_stand_farther_back_where_people_leave_no_room() -> None:
    _, there = crowded("A cup of coffee.")
    rows = np.nonzero(there.any(axis=1))[0] / PX - 0.8
    assert there.sum() > 300
    assert rows.max() < 0.0, "behind the feet of the people"


def test_what_finds_no_room_at_all_stands_in_front_at_the_edge() -> None:
    scenery, there = crowded("A basket of apples, a birthday cake and a guitar case, a laptop.")
    columns = np.nonzero(there.any(axis=0))[0] / PX - scenery.w
    assert there.any()
    assert np.abs(columns).max() <= scenery.w
    bare, packed = scenery_of(w=0.30), scenery_of(w=0.30)
    cast = [Somebody(x) for x in (-0.20, 0.0, 0.20)]
    place_things(packed, scene_of("An open laptop.", 3), random.Random(3), cast)
    assert [layer.depth > 1 for layer in packed.layers] == [False, True]
    assert len(bare.layers) == 1


def test_a_lantern_hangs_where_nothing_can_stand() -> None:
    _, there = crowded("A paper lantern.")
    rows = np.nonzero(there.any(axis=1))[0] / PX - 0.8
    assert there.any()
    assert rows.max() < -0.5, "above the heads"


def test_what_flies_moves_and_what_stands_does_not() -> None:
    flying, _ = placed("A balloon.")
    standing, _ = placed("A suitcase.")
    assert np.abs(shown(flying, 0.0) - shown(flying, 1.5)).max() > 20
    assert np.array_equal(shown(standing, 0.0), shown(standing, 1.5))


def test_a_thing_takes_the_light_of_its_scene() -> None:
    means = {}
    for hour in ("day", "night"):
        scenery, there = placed("A suitcase.", hour=hour, indoor=False)
        means[hour] = shown(scenery)[there].mean(axis=0)
    assert means["night"].mean() < means["day"].mean() * 0.75
    assert means["night"][2] / means["night"].sum() > means["day"][2] / means["day"].sum()


def test_what_shines_lights_its_place() -> None:
    lit, dark = placed("A lantern.", hour="night")[0], placed("A suitcase.", hour="night")[0]
    assert len(lit.lamps) == 1
    assert not dark.lamps


def test_what_somebody_holds_is_not_placed_as_well() -> None:
    scenery = scenery_of()
    scene = scene_of("A red balloon.").model_copy(update={"actions": "Mia holds a red balloon"})
    assert things_of(scene)
    before = len(scenery.layers)
    place_things(scenery, scene, random.Random(1))
    assert len(scenery.layers) == before
    assert not scenery.layers[0].moves


def test_things_are_painted_over_what_moves_behind_them() -> None:
    scenery = scenery_of()
    scenery.layers[0].moves.append(lambda brush, clock: brush.rect(-2, -2, 4, 4, "#ff00ff", emit=True))
    place_things(scenery, scene_of("A suitcase."), random.Random(1))
    picture = shown(scenery)
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 30


def test_the_same_scene_is_set_out_the_same() -> None:
    first, second = (shown(placed("A stray dog, a kite and a candle.", seed=5)[0]) for _ in range(2))
    other = shown(placed("A stray dog, a kite and a candle.", seed=6)[0])
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def in_hand(icon: str) -> NDArray[np.bool_]:
    """Return the pixels of a thing held at the middle of a picture, 100 pixels to the unit."""
    thing = next(each for each in every_thing() if each.icon == icon)
    surface = skia.Surface(300, 300)
    canvas = surface.getCanvas()
    canvas.translate(150, 150)
    canvas.scale(100, 100)
    draw_thing(FigureBrush(canvas, 100.0, (1.0, 1.0, 1.0), 1), thing, 0.0, 0.0)
    return np.asarray(surface.makeImageSnapshot().toarray())[..., 3] > 0


@pytest.mark.parametrize(
    ("icon", "above"), [("umbrella", True), ("rose", True), ("luggage", False), ("basket", False)]
)
def test_a_held_thing_hangs_from_the_hand_or_stands_on_it(icon: str, above: bool) -> None:
    rows = np.nonzero(in_hand(icon).any(axis=1))[0] - 150
    assert len(rows) > 15
    assert (abs(rows.min()) > 3 * abs(rows.max())) == above
    assert (abs(rows.max()) > 3 * abs(rows.min())) != above


def test_a_held_balloon_hovers_above_the_head_on_its_string() -> None:
    there = in_hand("balloon")
    assert there[140:152, 145:156].any(), "the string begins in the hand"
    rows = np.nonzero(there.sum(axis=1) > 8)[0] - 150
    assert rows.max() < -45
    assert np.all(there[rows.min() + 150 : 150].any(axis=1)), "nothing is between them but string"


def test_a_thing_is_as_large_as_it_says() -> None:
    for thing in every_thing()[::40]:
        width, height = extent_of(thing)
        assert max(width, height) == pytest.approx(size_of(thing) * ADULT, rel=1e-6)


def test_who_passes_by_passes_behind_the_things_of_a_street() -> None:
    outside, inside = (placed("A suitcase.", indoor=indoor)[0] for indoor in (False, True))
    assert [layer.nearer for layer in outside.layers] == [False, True]
    assert not any(layer.nearer for layer in inside.layers)
