"""The looks: chosen by words, told apart at a glance, each with what it promises."""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.looks import LOOKS, look_of
from storyboard.generators.video.animatic.looks.poster import Poster
from storyboard.generators.video.animatic.palette import Palette, palette_of
from storyboard.generators.video.animatic.reel import scenery_of
from storyboard.schema.board import Look
from storyboard.schema.cast import Character, Garment, Hair
from storyboard.schema.scene import Scene

Picture = NDArray[np.float32]
MIA = Character(
    name="Mia",
    gender="woman",
    age=24,
    hair=Hair(color="auburn", length="long"),
    eyes="green",
    clothing=[Garment(item="jacket", color="yellow"), Garment(item="jeans", color="blue")],
)
PALETTE = ["#2d3047", "#e84855", "#f9dc5c", "#3185fc"]


def request_of(style: str, setting: str = "a street", n_frames: int = 1, **look: object) -> VideoRequest:
    scene = {"id": "s", "title": "t", "setting": setting, "characters": ["Mia"], "camera": "static"}
    return VideoRequest(
        scene=Scene.model_validate({**scene, "time_of_day": "golden hour"}),
        scene_index=1,
        n_scenes=6,
        characters=[MIA],
        look=Look.model_validate({"style": style, "height": 180, "palette": PALETTE, **look}),
        seed=7,
        n_frames=n_frames,
        shots=[ShotSpec(first_frame=0, n_frames=n_frames, framing="wide")],
        beats=list(range(0, n_frames + 24, 12)),
    )


def stills(request: VideoRequest) -> list[Picture]:
    """Return the frames as RGB."""
    return [
        cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420).astype(np.float32)
        for planes, _ in Film(request, scenery_of(request)).frames()
    ]


def day_palette() -> Palette:
    return palette_of(
        PALETTE, time_of_day="day", weather="clear", mood="", indoor=False, film_index=0, scene_index=0
    )


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("", "painted"),
        ("xyzzy", "painted"),
        ("painted night", "painted"),
        ("gouache picture book, rosy light, paper texture", "painted"),
        ("warm flat illustration, soft rim light, film grain", "painted"),
        ("cinematic flat illustration, neon on wet ground, film grain", "painted"),
        ("paper cut", "paper cut"),
        ("playful cut-paper collage, saturated colours, crisp shadows", "paper cut"),
        ("torn paper layers", "paper cut"),
        ("ink and wash", "ink and wash"),
        ("muted ink and wash, cold light with one warm accent", "ink and wash"),
        ("loose watercolour", "ink and wash"),
        ("black-and-white noir", "ink and wash"),
        ("graphic-novel illustration, hard shadows, one red accent", "ink and wash"),
        ("flat pop", "flat pop"),
        ("bold flat illustration, bright sunlight, screen-print texture", "flat pop"),
        ("clean vector shapes", "flat pop"),
        ("Pop art with halftone dots", "flat pop"),
    ],
)
def test_the_words_of_a_style_choose_the_look(style: str, name: str) -> None:
    assert look_of(style).name == name


def test_there_are_four_looks_and_the_same_scene_differs_at_a_glance_in_each() -> None:
    pictures = {
        name: np.stack([stills(request_of(name, place))[0] for place in ("a park", "a bedroom")])
        for name in LOOKS
    }
    assert {"painted", "paper cut", "ink and wash", "flat pop"} <= set(pictures)
    for one, other in combinations(pictures, 2):
        assert float(np.abs(pictures[one] - pictures[other]).mean()) > 14, (one, other)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_a_look_draws_the_same_bytes_again_in_every_shape(name: str) -> None:
    for aspect in ("16:9", "9:16", "1:1"):
        request = request_of(name, aspect=aspect, height=144)
        first, again = stills(request)[0], stills(request)[0]
        assert np.array_equal(first, again)
        assert first.std() > 15


def test_ink_leaves_the_rim_of_the_paper_bare_and_draws_dark_lines() -> None:
    ink, painted = (stills(request_of(name, "a park"))[0] for name in ("ink and wash", "painted"))
    rim = np.concatenate([ink[:2].reshape(-1, 3), ink[-2:].reshape(-1, 3)])
    assert rim.min() > 180
    assert np.ptp(rim.mean(0)) < 30
    assert ink.mean() > painted.mean()
    assert np.percentile(ink[20:-20, 20:-20].mean(2), 1) < 75


def test_ink_mutes_colours_and_pop_strengthens_them() -> None:
    def chroma(name: str) -> float:
        picture = stills(request_of(name, "a park"))[0]
        return float((picture.max(2) - picture.min(2)).mean())

    assert chroma("ink and wash") < 0.8 * chroma("painted")
    assert chroma("flat pop") > 1.1 * chroma("painted")


def test_a_poster_has_no_more_colours_than_asked_for_and_keeps_the_main_ones() -> None:
    ramp = np.tile(np.linspace(0, 255, 300).astype(np.uint8), (60, 1))
    colour = np.dstack([ramp, np.full_like(ramp, 90), ramp[:, ::-1]])
    solid = np.full_like(ramp, 255)
    flat = Poster(6).flat(colour, solid, 1.0)
    assert 4 <= len(np.unique(flat.reshape(-1, 3), axis=0)) <= 6
    assert np.abs(flat.astype(int) - colour).mean() < 25


def test_card_throws_a_shadow_to_its_lower_right() -> None:
    frame = Frame(320, 180, 180.0, -0.3)
    layer = np.zeros((180, 320, 4), np.uint8)
    layer[60:120, 100:200] = (40, 120, 200, 255)
    card = LOOKS["paper cut"](frame, day_palette(), 3).texture(layer, 1.0)
    assert card[121, 150, 3] > 20
    assert card[121, 150, :3].max() < 10
    assert card[57, 150, 3] < card[122, 150, 3]


def test_pop_draws_an_ink_outline_round_a_figure() -> None:
    frame = Frame(640, 360, 360.0, -0.3)
    target = np.full((360, 640, 4), 255, np.uint8)
    figure = np.zeros((100, 60, 4), np.uint8)
    figure[:, :] = (60, 200, 240, 255)
    LOOKS["flat pop"](frame, day_palette(), 3).set_in(target, figure, 300, 120)
    assert target[170, 299, :3].max() < 80
    assert tuple(target[170, 330, :3]) == (60, 200, 240)
    assert tuple(target[170, 290, :3]) == (255, 255, 255)


def test_a_dark_scene_is_lifted_by_looks_that_need_clear_colours() -> None:
    night = palette_of(
        PALETTE, time_of_day="night", weather="clear", mood="", indoor=False, film_index=0, scene_index=0
    )
    frame = Frame(320, 180, 180.0, -0.3)
    lifted = {name: look(frame, night, 1).lifted()((0.2, 0.2, 0.2))[0] for name, look in LOOKS.items()}
    assert lifted["painted"] == pytest.approx(0.2, abs=1e-4)
    assert min(lifted["paper cut"], lifted["flat pop"]) > 0.23
