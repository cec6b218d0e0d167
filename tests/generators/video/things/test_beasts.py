"""Animals of the film are drawn from their sheets, strangers as things; what is sung may appear."""

from __future__ import annotations

import random

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import palette_of
from storyboard.generators.video.animatic.reel import scenery_of as scenery_of_scene
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.things import place_things, sheets_of
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.scene import Scene


def scenery_of(*, indoor: bool = True) -> Scenery:
    palette = palette_of(
        [], time_of_day="day", weather="clear", mood="", indoor=indoor, film_index=0, scene_index=0
    )
    scenery = Scenery(palette=palette, rng=random.Random(1), w=0.889, top=-0.8, bottom=0.2, indoor=indoor)
    scenery.layer(0.92).rect(-2, -2, 4, 4, (0.5, 0.5, 0.5))
    scenery.close()
    return scenery


def scene_of(plot: str) -> Scene:
    return Scene(id="one", title="One", setting="a room", plot=plot, characters=["Mia"])


def shown(scenery: Scenery) -> NDArray[np.int64]:
    """Return the set as RGB, 100 pixels to the unit."""
    surface = skia.Surface(178, 100)
    canvas = surface.getCanvas()
    canvas.scale(100, 100)
    canvas.translate(0.889, 0.8)
    for layer in scenery.layers:
        canvas.drawPicture(layer.picture)
        for move in layer.moves:
            move(Brush(canvas, scenery.palette, layer.depth), Clock(0.0, 0.0, 0.0))
    return np.asarray(surface.makeImageSnapshot().toarray()[..., :3], np.int64)


@pytest.mark.parametrize(
    "sheet", ["Rex, a shaggy brown dog", "Bella, a white poodle", "Rex, ", "Tomte, an old terrier"]
)
def test_an_animal_with_a_sheet_is_never_placed_as_a_thing(sheet: str) -> None:
    for plot in ("Her dog runs home.", "A stray dog runs home."):
        scenery = scenery_of()
        place_things(scenery, scene_of(plot), random.Random(5), animals=[sheet])
        assert len(scenery.layers) == 1
        assert not np.abs(shown(scenery) - shown(scenery_of())).any()


@pytest.mark.parametrize("plot", ["Her dog runs home.", "A stray dog runs home.", "A cat sleeps in the sun."])
def test_an_animal_that_is_nobody_of_the_film_is_placed(plot: str) -> None:
    scenery = scenery_of()
    place_things(scenery, scene_of(plot), random.Random(5), animals=["Coco, a green parrot"])
    assert np.abs(shown(scenery) - shown(scenery_of())).any()


def film_request(characters: list[Character], absent: list[str], lyrics: list[str]) -> VideoRequest:
    names = [one.name for one in characters]
    return VideoRequest(
        scene=Scene(id="one", title="One", setting="a park", characters=names),
        scene_index=0,
        n_scenes=6,
        characters=characters,
        look=Look(),
        seed=1,
        n_frames=1,
        shots=[ShotSpec(first_frame=0, n_frames=1, framing="wide")],
        absent=absent,
        lyrics=lyrics,
    )


def test_the_animals_of_a_film_are_those_here_and_those_elsewhere() -> None:
    garment, hair = Garment(item="collar", color="red"), Hair(color="brown", length="short")
    dog = Character(
        name="Rex", gender="animal", age=4, hair=hair, eyes="brown", face="a dog", clothing=[garment]
    )
    boy = Character(name="Tom", gender="boy", age=9, hair=hair, eyes="blue", clothing=[garment])
    request = film_request([dog, boy], ["Mitzi, a grey cat"], [])
    assert sheets_of(request) == ["Rex, a dog", "Mitzi, a grey cat"]


def sung(line: str, *, indoor: bool) -> bool:
    scenery = scenery_of(indoor=indoor)
    place_things(scenery, scene_of("Nothing happens."), random.Random(2), lyrics=[line])
    return bool(np.abs(shown(scenery) - shown(scenery_of(indoor=indoor))).any())


def test_what_is_sung_may_appear_if_the_place_can_hold_it() -> None:
    assert sung("I shared a sandwich with the moon", indoor=True)
    assert sung("I asked a mule, I asked a crow", indoor=False)
    assert not sung("I asked a mule", indoor=True)
    assert not sung("I shared a sandwich with the moon", indoor=False), "on a box in the middle of nowhere"
    assert not sung("we fight like cats", indoor=False)


def test_what_is_sung_is_placed_in_the_film() -> None:
    silent, singing = (
        scenery_of_scene(film_request([], [], lines)) for lines in ([], ["a red kite and a mule"])
    )
    assert len(singing.layers) > len(silent.layers) or any(
        len(one.moves) > len(other.moves) for one, other in zip(singing.layers, silent.layers, strict=False)
    )
