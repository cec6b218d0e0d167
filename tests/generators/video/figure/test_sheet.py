"""Every attribute of a character sheet shows, and a character is the same wherever it is drawn."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest

cv2 = pytest.importorskip("cv2")
skia = pytest.importorskip("skia")

from storyboard.generators.video.animatic.figure import Figure, Light, Moment  # noqa: E402
from storyboard.generators.video.animatic.figure.sheets import (  # noqa: E402
    AGES,
    BUILDS,
    CLOTH,
    CLOTHES,
    CREATURES,
    EYES,
    FACES,
    FEET,
    HAIR,
    HAIR_COLORS,
    HATS,
    SHOES,
    SKINS,
    Frame,
    draw_alone,
    sheet_of,
    sheet_pictures,
)
from storyboard.schema.cast import Character  # noqa: E402

Picture = npt.NDArray[np.uint8]
Lab = npt.NDArray[np.float32]
FLAT = Light((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 1, 0.0)
FULL = Frame(132, 250, 210.0)
HEAD = Frame(150, 190, 520.0, close=True)
PLAIN = ("teal sweater", "navy jeans", "white sneakers")

# CIELAB distances. 2.3 is the least that an eye notices between two patches; a difference counts where
# it is above 10, clearly another colour, and sheets count as different where a hundredth of the union of
# both silhouettes is: that is as much as an eye, some 15 pixels square of a 720p figure.
CLEAR, VISIBLE = 10.0, 0.01


def lab_of(picture: Picture) -> Lab:
    """Return the colours over mid-grey, as CIELAB."""
    alpha = picture[:, :, 3:].astype(np.float32) / 255
    flat = picture[:, :, :3].astype(np.float32) / 255 + (1 - alpha) * 0.6
    return cv2.cvtColor(np.ascontiguousarray(flat), cv2.COLOR_RGB2Lab)  # type: ignore[no-any-return]


def share_apart(one: tuple[Picture, Lab], other: tuple[Picture, Lab]) -> float:
    """Return which share of the union of two silhouettes is clearly another colour."""
    union = (one[0][:, :, 3] > 40) | (other[0][:, :, 3] > 40)
    apart = np.linalg.norm((one[1] - other[1])[union], axis=1)
    return float((apart > CLEAR).mean())


def changed(one: Picture, other: Picture) -> float:
    return share_apart((one, lab_of(one)), (other, lab_of(other)))


def assert_all_differ(cast: dict[str, Character], frame: Frame, least: float = VISIBLE) -> None:
    pictures = {name: draw_alone(character, frame, FLAT) for name, character in cast.items()}
    drawn = {name: (picture, lab_of(picture)) for name, picture in pictures.items()}
    for (a, one), (b, other) in itertools.combinations(drawn.items(), 2):
        share = share_apart(one, other)
        assert share > least, (a, b, share)


def test_equal_sheets_do_not_differ() -> None:
    assert changed(draw_alone(sheet_of(), FULL, FLAT), draw_alone(sheet_of(), FULL, FLAT)) == 0.0


def test_genders_differ() -> None:
    cast = {gender: sheet_of(gender=gender, hair="brown, short, ") for gender in ("woman", "man", "person")}
    assert_all_differ(cast, FULL, 0.03)


@pytest.mark.parametrize("gender", ["woman", "man"])
def test_ages_differ(gender: str) -> None:
    hair = "brown, short, neat"
    cast = {str(age): sheet_of(gender=gender, age=age, hair=hair) for age in AGES}
    assert_all_differ(cast, FULL, 0.05)
    assert_all_differ(cast, HEAD, 0.02)


def test_builds_differ() -> None:
    assert_all_differ({words: sheet_of(height=words) for words in BUILDS}, FULL, 0.05)


def test_skins_differ() -> None:
    assert_all_differ({words: sheet_of(face=words) for words in SKINS}, HEAD, 0.12)


def test_hair_styles_differ() -> None:
    cast = {style: sheet_of(hair=f"auburn, {length}, {style}") for style, length in HAIR.items()}
    assert len(cast) >= 14
    assert_all_differ(cast, HEAD, 0.03)


def test_hair_lengths_differ() -> None:
    for style in ("straight", "wavy", "curly", "afro", "bob", "braids", "ponytail", "mohawk", "dreadlocks"):
        lengths = {each: sheet_of(hair=f"auburn, {each}, {style}") for each in ("short", "medium", "long")}
        assert_all_differ(lengths, HEAD)


def test_hair_colours_differ() -> None:
    assert_all_differ({words: sheet_of(hair=f"{words}, long, wavy") for words in HAIR_COLORS}, HEAD, 0.015)


def test_eye_colours_differ_in_the_eyes() -> None:
    """Eyes are a 150th of a close picture, so they are measured by themselves."""
    drawn = {words: draw_alone(sheet_of(eyes=words), HEAD, FLAT) for words in EYES}
    stack = np.stack([lab_of(picture) for picture in drawn.values()])
    iris = np.ptp(stack, axis=0).max(axis=2) > CLEAR
    assert 30 < iris.sum() < 0.02 * iris.size * 2
    for (i, a), (j, b) in itertools.combinations(enumerate(drawn), 2):
        apart = np.linalg.norm(stack[i] - stack[j], axis=2)[iris]
        assert apart.mean() > 8, (a, b, apart.mean())


def test_face_words_differ() -> None:
    cast = {
        words: sheet_of(gender="man", hair="brown, short, neat", face=f"fair skin {words}") for words in FACES
    }
    assert_all_differ(cast, HEAD, 0.001)  # a beauty mark is no larger
    plain = draw_alone(cast[""], HEAD, FLAT)
    for words in set(FACES[1:]) - {"beauty mark", "nose ring", "dimples"}:
        assert changed(draw_alone(cast[words], HEAD, FLAT), plain) > 0.009, words


def test_clothes_differ() -> None:
    cast = {item: sheet_of(clothing=(f"teal {item}", "brown boots")) for item in CLOTHES}
    assert len(cast) >= 16
    assert_all_differ(cast, FULL)


@pytest.mark.parametrize("place", ["sweater", "jeans", "sneakers", "baseball cap", "scarf"])
def test_colours_of_clothes_differ(place: str) -> None:
    cast = {
        color: sheet_of(clothing=(*(each for each in PLAIN if place not in each), f"{color} {place}"))
        for color in ("red", "navy", "mustard", "white", "black", "forest green")
    }
    assert_all_differ(cast, FULL, 0.007 if place == "sneakers" else VISIBLE)


@pytest.mark.parametrize("item", ["dress", "coat", "trousers"])
def test_materials_differ(item: str) -> None:
    cast = {cloth: sheet_of(clothing=(f"burgundy, {item}, {cloth}", "white sneakers")) for cloth in CLOTH}
    assert_all_differ(cast, Frame(220, 420, 360.0), 0.02)


def test_shoes_differ() -> None:
    cast = {shoes: sheet_of(clothing=("white t-shirt", "khaki shorts", f"black {shoes.split(' ', 1)[1]}"))
            for shoes in SHOES}  # fmt: skip
    assert_all_differ(cast, FEET, 0.04)


def test_hats_differ() -> None:
    assert_all_differ({hat: sheet_of(clothing=(*PLAIN, f"mustard {hat}")) for hat in HATS}, HEAD, 0.03)


def test_creatures_differ_and_six_kinds_are_not_human() -> None:
    cast = {f"{each.name} {each.clothing[0].item}": each for each in CREATURES}
    assert len({each.name for each in CREATURES}) >= 6
    assert_all_differ(cast, FULL, 0.05)


def test_creatures_act_as_people_do() -> None:
    for character in CREATURES:
        stand = draw_alone(character, FULL, FLAT)
        for action in ("walk", "dance", "sit", "jump"):
            assert changed(draw_alone(character, FULL, FLAT, action), stand) > 0.05, (character.name, action)


CAST = [
    sheet_of(name="Maya", hair="brown, long, wavy", clothing=("red dress", "brown boots")),
    sheet_of(name="Leo", gender="man", hair="black, short, curly", face="brown skin, beard",
             clothing=("grey hoodie", "navy jeans")),
    sheet_of(name="Rosa", age=72, hair="white, medium, bun", face="olive skin",
             clothing=("lavender cardigan", "cream blouse", "purple skirt")),
    sheet_of(name="Tim", gender="boy", age=8, hair="ginger, short, messy", face="pale skin, freckles",
             clothing=("blue overalls", "yellow t-shirt")),
    sheet_of(name="Zoe", hair="pink, medium, bob", face="dark skin",
             clothing=("black, jacket, leather", "white tank top", "mustard trousers")),
    sheet_of(name="Bolt", gender="robot", clothing=("orange plates", "cream trim")),
    sheet_of(name="Boo", gender="creature", face="ghost", hair="white, short, ", clothing=("teal scarf",)),
]  # fmt: skip
LIGHTS = [
    FLAT,
    Light((0.62, 0.66, 0.9), (0.6, 0.7, 1.0), 1, 0.5),
    Light((0.95, 0.78, 0.6), (1.0, 0.7, 0.4), -1, 0.6),
    Light((0.5, 0.4, 0.55), (1.0, 0.3, 0.6), -1, 0.4),
]


def scene_of(character: Character, number: int, seed: int) -> tuple[Picture, Light]:
    """Draw a character as a scene would: another light, size, place, action and way to face."""
    light = LIGHTS[number % len(LIGHTS)]
    unit = (200.0, 260.0, 330.0, 230.0)[number % 4]
    surface = skia.Surface(360, 420)
    with surface as canvas:
        canvas.clear(0)
        Figure(character, seed).draw(
            canvas,
            ("stand", "walk", "look_up", "wave")[number % 4],
            Moment(0.4 + number, 0.7 + number, 0.5, 0.0),
            light,
            x=180 + 7 * number,
            feet_y=395 - 3 * number,
            unit_px=unit,
            facing=1 if number % 2 else -1,
        )
    picture = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    return np.array(picture), light


def colours_of(picture: Picture, light: Light) -> npt.NDArray[np.float32]:
    """Return the histogram of colours inside the silhouette, with the light divided out."""
    inside = picture[picture[:, :, 3] > 215][:, :3].astype(np.float32) / 255
    plain = np.clip(inside / np.array(light.ambient, np.float32), 0, 1)
    lab = cv2.cvtColor(plain[None], cv2.COLOR_RGB2Lab)[0]
    cells, _ = np.histogramdd(lab, bins=(6, 9, 9), range=((0, 100), (-60, 75), (-65, 75)))
    smooth = cv2.GaussianBlur(cells.reshape(6, 81).astype(np.float32), (1, 3), 0.6)
    return (smooth / smooth.sum()).ravel()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def appearances() -> dict[str, list[npt.NDArray[np.float32]]]:
    return {each.name: [colours_of(*scene_of(each, k, 11 * k)) for k in range(4)] for each in CAST}


def test_a_character_is_nearest_to_itself_in_every_scene(
    appearances: dict[str, list[npt.NDArray[np.float32]]],
) -> None:
    for name, shown in appearances.items():
        for k, histogram in enumerate(shown):
            apart = {
                other: min(
                    float(np.abs(histogram - each).sum()) / 2 for j, each in enumerate(looks) if j != k
                )
                for other, looks in appearances.items()
            }
            assert min(apart, key=lambda other: apart[other]) == name, (name, k, apart)
            assert apart[name] < 0.5


@pytest.mark.parametrize("character", CAST, ids=lambda each: each.name)
def test_looks_do_not_depend_on_the_seed_of_the_scene(character: Character) -> None:
    """Colours, size and head are the sheet's alone; the seed only varies how a figure moves."""
    first, second = Figure(character, 1), Figure(character, 999)
    assert first.height == second.height
    rest = Moment(0.0, 0.0, 0.5, 0.0)
    heads = [each.head("stand", rest, x=0.0, feet_y=0.0, unit_px=300.0, facing=1) for each in (first, second)]
    assert heads[0][2] == heads[1][2]
    one, other = (colours_of(*scene_of(character, 0, seed)) for seed in (1, 999))
    assert np.abs(one - other).sum() / 2 < 0.12


def test_contact_sheets_are_the_same_bytes_each_time() -> None:
    first, second = sheet_pictures(), sheet_pictures()
    assert list(first) == list(second) and all(np.array_equal(first[name], second[name]) for name in first)
    assert {"hair", "faces", "clothes", "cloth", "shoes", "hats", "creatures"} <= set(first)
    assert all(picture.dtype == np.uint8 and picture.shape[2] == 3 for picture in first.values())
