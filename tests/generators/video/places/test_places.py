"""Places: unlike each other, at every hour and season, in every weather and format, and never twice alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.scenery import ADULT, Clock, Scenery
from storyboard.generators.video.animatic.seats import paint_seat
from storyboard.generators.video.animatic.settings import SETTINGS
from storyboard.generators.video.animatic.settings.building import scenery_of
from storyboard.generators.video.animatic.settings.pictures import place_picture, place_pictures
from storyboard.schema.board import Look
from storyboard.schema.scene import Scene

Picture = NDArray[np.uint8]
_SMALL = 144
_UNLIKE = 8.0
"""Mean difference of two pictures, of 255, from which a viewer sees two places."""


def small(setting: str, **change: str | int) -> Picture:
    picture: Callable[..., Picture] = place_picture
    return picture(setting, height=_SMALL, frame=0, **change)


def difference(first: Picture, second: Picture) -> float:
    return float(np.abs(first.astype(np.float32) - second.astype(np.float32)).mean())


def set_of(setting: str, *, weather: str = "clear", actions: str = "") -> Scenery:
    record: dict[str, str | list[str]] = {"id": "one", "title": "One", "setting": setting, "weather": weather}
    record |= {"characters": ["Mia"] if actions else [], "actions": actions}
    request = VideoRequest(
        scene=Scene.model_validate(record),
        scene_index=0,
        n_scenes=6,
        characters=[],
        look=Look.model_validate({"height": _SMALL}),
        seed=3,
        n_frames=1,
        shots=[ShotSpec(first_frame=0, n_frames=1, framing="wide")],
        beats=[0],
        downbeats=[0],
        sung=[],
    )
    return scenery_of(request)


@pytest.fixture(scope="module")
def by_day() -> dict[str, Picture]:
    return {kind: small(kind) for kind in SETTINGS}


def test_there_are_at_least_fifty_places(by_day: dict[str, Picture]) -> None:
    assert len(by_day) >= 50


def test_every_place_differs_from_every_other(by_day: dict[str, Picture]) -> None:
    close = {pair: difference(by_day[pair[0]], by_day[pair[1]]) for pair in combinations(by_day, 2)}
    assert min(close.values()) > _UNLIKE, min(close, key=lambda pair: close[pair])


@pytest.mark.parametrize("kind", list(SETTINGS))
def test_a_place_looks_other_with_another_seed(kind: str, by_day: dict[str, Picture]) -> None:
    other = small(kind, seed=24)
    mirrored = np.ascontiguousarray(other[:, ::-1])
    assert min(difference(by_day[kind], other), difference(by_day[kind], mirrored)) > 2.5


@pytest.mark.parametrize("aspect", ["9:16", "1:1"])
def test_no_place_is_a_blank_in_other_formats(aspect: str) -> None:
    flat = {kind: float(small(kind, aspect=aspect).std()) for kind in SETTINGS}
    assert min(flat.values()) > 14, min(flat, key=lambda kind: flat[kind])


@pytest.mark.parametrize(
    ("plain", "named"),
    [
        ("a mountain", "a mountain with a cairn"),
        ("a mountain", "a mountain with prayer flags"),
        ("a field", "a field with hay bales and a scarecrow"),
        ("a field", "a field of poppies"),
        ("the moon", "the moon with a blue planet above"),
        ("the moon", "a moon base with domes and a rocket"),
        ("a harbour", "a harbour with nets and cranes"),
        ("an office", "an office with paper towers"),
        ("an empty café", "a crowded café"),
        ("an empty cinema", "a packed cinema"),
        ("a museum", "a museum with a giant skeleton"),
        ("a bedroom", "a bedroom with a string of paper lamps"),
        ("a rooftop", "a rooftop with laundry lines"),
        ("a forest", "a birch forest"),
        ("a park", "a park with swings"),
        ("a street", "a street of painted doors and flower boxes"),
        ("a road with a blue car", "a road with a red car"),
    ],
)
def test_a_place_shows_what_its_words_name(plain: str, named: str) -> None:
    first, second = small(plain), small(named)
    assert (np.abs(first.astype(int) - second.astype(int)).max(axis=2) > 24).sum() > 60


def test_one_who_cooks_brings_the_only_stove() -> None:
    idle, busy = set_of("a kitchen"), set_of("a kitchen", actions="Mia cooks at the stove.")
    assert (
        sum(len(layer.moves) for layer in busy.layers) == sum(len(layer.moves) for layer in idle.layers) - 2
    )


@pytest.mark.parametrize(
    ("actions", "seat"),
    [
        ("Mia sits on the bonnet of the car and looks up.", "bonnet"),
        ("Mia sits on the steps and reads.", "steps"),
        ("Mia is sitting on a swing.", "swing"),
        ("Mia sits on a suitcase.", "suitcase"),
        ("Mia sits quietly on an old stump.", "stump"),
        ("Mia sits down at the table.", "bench"),
        ("Mia stands beside the car.", "bench"),
    ],
)
def test_one_sits_on_what_the_words_say(actions: str, seat: str) -> None:
    assert set_of("a park", actions=actions).seat == seat


@pytest.mark.parametrize("seat", ["bonnet", "steps", "swing", "stump", "suitcase", "crate", "sofa", "rock"])
@pytest.mark.parametrize("facing", [-1, 1])
def test_a_seat_carries_the_hips_of_the_sitter(seat: str, facing: int) -> None:
    scenery = set_of("a park")
    scenery.seat = seat
    surface = skia.Surface(400, 400)
    canvas = surface.getCanvas()
    canvas.translate(200, 300)
    canvas.scale(300, 300)
    paint_seat(Brush(canvas, scenery.palette, 1.0), scenery, 0.0, 0.0, 1.0, facing)
    solid = np.asarray(surface.makeImageSnapshot().toarray())[..., 3] > 200
    hips, level = 200 - round(facing * 0.13 * ADULT * 300), 300 - round(0.262 * ADULT * 300)
    assert solid[level + 1 : level + 5, hips - 6 : hips + 6].any()


def test_the_hours_of_a_place_differ() -> None:
    hours = ("dawn", "morning", "day", "golden hour", "dusk", "night")
    pictures = [small("a lake", time_of_day=hour) for hour in hours]
    assert min(difference(first, second) for first, second in pairwise(pictures)) > 6


def test_the_seasons_of_a_park_differ() -> None:
    seasons = [small(f"a park in {season}") for season in ("spring", "summer", "autumn", "winter")]
    assert min(difference(first, second) for first, second in combinations(seasons, 2)) > 2


def test_rain_is_seen_through_a_window() -> None:
    wet, dry = (set_of("a bedroom", weather=weather) for weather in ("rain", "cloudy"))
    assert sum(len(layer.moves) for layer in wet.layers) == 1 + sum(len(layer.moves) for layer in dry.layers)


def test_a_storm_is_darker_than_rain() -> None:
    assert small("a field in a thunderstorm").mean() < small("a field", weather="rain").mean() - 4


def test_lightning_strikes_off_the_beat() -> None:
    from storyboard.generators.video.animatic.pieces.storm import flash

    beats = np.arange(0, 40, 0.05)
    bright = np.array([flash(Clock(t_s=beat / 2, beat=beat, pulse=0.0), 2.0) for beat in beats])
    strokes = beats[1:][(bright[1:] > 0.9) & (bright[:-1] <= 0.1)]
    assert len(strokes) >= 6
    assert np.allclose(strokes % 1.0, 0.5, atol=0.11)


def test_a_dashboard_stays_in_close_views() -> None:
    assert any(layer.kept and layer.depth > 1 for layer in set_of("a car").layers)


def test_the_same_request_gives_the_same_picture() -> None:
    assert np.array_equal(small("a fairground"), small("a fairground"))


def test_pictures_are_named_by_place_and_hour() -> None:
    pictures = place_pictures(["church", "bar"])
    assert list(pictures) == ["bar, day", "bar, night", "church, day", "church, night"]
    assert all(picture.shape == (360, 640, 3) for picture in pictures.values())
