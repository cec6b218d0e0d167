"""What the drawn figures must look like, measured on pixels."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest

skia = pytest.importorskip("skia")

from storyboard.generators.video.animatic.figure import ACTIONS, Figure, Light, Moment  # noqa: E402
from storyboard.schema.cast import Character  # noqa: E402

WIDTH, HEIGHT, UNIT, FEET = 260, 340, 220.0, 310.0
DAY = Light((1.0, 1.0, 1.0), (1.0, 0.9, 0.7), 1, 0.6)
REST = Moment(0.8, 1.25, 0.5, 0.0)
Picture = npt.NDArray[np.uint8]


def sheet(
    name: str, gender: str = "woman", age: int = 28, hair: str = "brown long wavy", **more: object
) -> Character:
    color, length, style = hair.split(" ", 2) if hair.count(" ") > 1 else (*hair.split(" "), "")
    clothing = more.pop("clothing", "red sweater, navy jeans, white sneakers")
    garments = [
        dict(zip(("color", "item"), item.split(" ", 1), strict=True)) for item in str(clothing).split(", ")
    ]
    record = {"name": name, "gender": gender, "age": age, "eyes": "green", "clothing": garments, **more}
    record["hair"] = {"color": color, "length": length, "style": style}
    return Character.model_validate(record)


CAST = [
    sheet("Maya", clothing="blue jacket, white t-shirt, mustard skirt, brown boots"),
    sheet("Leo", "man", 31, "black short curly", face="beard", clothing="teal hoodie, navy jeans"),
    sheet("Rosa", "woman", 72, "grey medium bun", clothing="burgundy cardigan, cream dress"),
    sheet("Tim", "boy", 7, "ginger short messy", clothing="blue overalls, yellow t-shirt"),
    sheet("Ava", "girl", 9, "blonde long braids", clothing="coral dress, navy boots"),
    sheet("Marcus", "man", 45, "black bald", clothing="charcoal suit, burgundy tie"),
    sheet("Zoe", "woman", 23, "black short afro", clothing="black jacket, crimson tank top, white jeans"),
    sheet("Yuki", "woman", 30, "black medium bob", clothing="camel coat, cream sweater, red scarf"),
    sheet("Sam", "person", 20, "pink short buzz", clothing="sage sweater, khaki shorts, orange beanie"),
    sheet("Biscuit", "animal", 4, "golden short fluffy", face="dog", clothing="red collar"),
    sheet("Pip", "animal", 3, "teal short feathers", face="bird", clothing="purple sweater"),
    sheet("Bolt", "robot", 2, "silver bald", clothing="orange armor, cream plates"),
]


def draw(
    figure: Figure, action: str = "stand", moment: Moment = REST, facing: int = 1, light: Light = DAY
) -> Picture:
    surface = skia.Surface(WIDTH, HEIGHT)
    with surface as canvas:
        canvas.clear(0)
        figure.draw(canvas, action, moment, light, x=WIDTH / 2, feet_y=FEET, unit_px=UNIT, facing=facing)  # type: ignore[arg-type]
    return np.array(surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType))


def box(picture: Picture) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(picture[:, :, 3] > 40)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.fixture(scope="module")
def standing() -> list[Picture]:
    return [draw(Figure(character, 3)) for character in CAST]


def test_any_two_characters_differ_clearly(standing: list[Picture]) -> None:
    for (i, one), (j, other) in itertools.combinations(enumerate(standing), 2):
        drawn = np.maximum(one[:, :, 3], other[:, :, 3]) > 40
        apart = np.abs(one.astype(int) - other.astype(int)).max(axis=2)[drawn]
        assert np.mean(apart > 40) > 0.3, (CAST[i].name, CAST[j].name)


def test_the_same_character_is_the_same_to_the_pixel() -> None:
    for character in (CAST[0], CAST[9], CAST[11]):
        assert np.array_equal(draw(Figure(character, 3), "dance"), draw(Figure(character, 3), "dance"))


@pytest.mark.parametrize("action", [action for action in ACTIONS if action != "stand"])
def test_every_action_stays_in_its_box_and_differs_from_standing(
    action: str, standing: list[Picture]
) -> None:
    for index in (0, 1):
        picture = draw(Figure(CAST[index], 3), action)
        left, top, right, bottom = box(picture)
        assert left > 0 and right < WIDTH - 1 and top > 0
        assert abs(bottom - FEET) < 0.2 * UNIT and bottom - top > 0.5 * UNIT
        changed = np.abs(picture.astype(int) - standing[index].astype(int)).max(axis=2) > 40
        assert changed.sum() > 0.05 * (picture[:, :, 3] > 40).sum()


@pytest.mark.parametrize("action", ACTIONS)
def test_the_head_is_where_the_figure_says(action: str) -> None:
    for character in CAST:
        figure = Figure(character, 3)
        x, y, radius = figure.head(action, REST, x=WIDTH / 2, feet_y=FEET, unit_px=UNIT, facing=1)
        drawn = draw(figure, action)[:, :, 3] > 200
        rows, columns = np.ogrid[:HEIGHT, :WIDTH]
        inside = (columns - x) ** 2 + (rows - y) ** 2 < (0.7 * radius) ** 2
        assert drawn[inside].all(), character.name
        above = slice(0, max(0, round(y - 2.7 * radius)))
        assert not drawn[above, round(x - radius) : round(x + radius)].any() or action in (
            "jump",
            "dance",
            "wave",
        )


@pytest.mark.parametrize(
    "action", ["stand", "dance", "sing", "phone", "wave", "point", "look_up", "guitar", "cry", "sit"]
)
def test_feet_stand_on_the_ground(action: str) -> None:
    for character in CAST:
        for beat in (0.0, 0.4, 1.7):
            _, _, _, bottom = box(draw(Figure(character, 3), action, Moment(beat, beat, 0.5, 0.0)))
            assert abs(bottom + 1 - FEET) <= 0.03 * UNIT, character.name


def test_facing_mirrors_the_figure_but_not_the_light() -> None:
    flat = Light((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 1, 0.0)
    mirrored = Light((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), -1, 0.0)
    figure = Figure(CAST[0], 3)
    right, left = draw(figure, light=flat), draw(figure, facing=-1, light=mirrored)
    assert np.abs(right.astype(int) - left[:, ::-1].astype(int)).max(axis=2).mean() < 1.0
    same_light = draw(figure, facing=-1, light=flat)
    assert np.abs(left.astype(int) - same_light.astype(int)).max(axis=2).mean() > 1.0


def test_rim_light_falls_on_its_side_and_ambient_darkens() -> None:
    figure = Figure(CAST[1], 3)
    plain = draw(figure, light=Light((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 1, 0.0)).astype(int)
    rim = draw(figure, light=Light((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 1, 1.0)).astype(int)
    _, columns = np.nonzero(np.abs(rim - plain).max(axis=2) > 60)
    assert columns.size > 50 and columns.mean() > WIDTH / 2
    night = draw(figure, light=Light((0.3, 0.3, 0.5), (1.0, 1.0, 1.0), 1, 0.0)).astype(int)
    assert night[:, :, :3].sum() < 0.5 * plain[:, :, :3].sum()


def test_only_the_clip_is_drawn_on() -> None:
    surface = skia.Surface(WIDTH, HEIGHT)
    with surface as canvas:
        canvas.clear(0)
        canvas.clipRect(skia.Rect.MakeXYWH(100, 80, 60, 60))
        Figure(CAST[0], 3).draw(canvas, "stand", REST, DAY, x=130, feet_y=FEET, unit_px=UNIT, facing=1)
    alpha = np.array(surface.makeImageSnapshot().toarray())[:, :, 3]
    assert alpha[80:140, 100:160].any()
    alpha[80:140, 100:160] = 0
    assert not alpha.any()


def test_children_are_smaller_and_words_about_height_count() -> None:
    adult, child = Figure(sheet("Ana"), 1).height, Figure(sheet("Ana", "girl", 8), 1).height
    assert 0.55 < child < 0.78 < adult
    assert (
        Figure(sheet("Ana", height="tall"), 1).height > adult > Figure(sheet("Ana", height="short"), 1).height
    )
    assert Figure(sheet("Ana", age=80), 1).height < adult


def test_seats_are_given_for_sitting_only() -> None:
    figure, place = Figure(CAST[0], 3), {"x": 100.0, "feet_y": FEET, "unit_px": UNIT}
    seat = figure.seat("sit", REST, **place, facing=1)  # type: ignore[arg-type]
    assert seat is not None and FEET - 0.35 * UNIT < seat[1] < FEET - 0.15 * UNIT
    assert figure.seat("stand", REST, **place, facing=1) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "item", ["gizmo", "flying carpet", "kimono", "tutu", "sock", "chain mail", "帽子", "🧥"]
)
def test_unknown_words_are_drawn_all_the_same(item: str) -> None:
    odd = sheet("Odd", "person", 30, "blurple medium zigzag", face="??", height="x", clothing=f"blorp {item}")
    assert (draw(Figure(odd, 3))[:, :, 3] > 0).sum() > 2000


def test_a_backpack_is_seen_from_behind() -> None:
    plain = "yellow sweater, navy jeans"
    laden, bare = (
        draw(Figure(sheet("Maya", hair="brown short bob", clothing=clothing), 3), "turn_away").astype(int)
        for clothing in (plain + ", red backpack", plain)
    )
    red = (laden[:, :, 0] > 140) & (laden[:, :, 1] < 90) & (laden[:, :, 2] < 90) & (laden[:, :, 3] > 200)
    assert red.sum() > 900
    assert (np.abs(laden - bare).max(axis=2) > 60).sum() > 1200
