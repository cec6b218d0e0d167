"""Mouths: their shapes in the drawn pixels, and when a singer has which."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

skia = pytest.importorskip("skia")

from storyboard.generators.seams import ShotSpec, VideoRequest, Viseme  # noqa: E402
from storyboard.generators.video.animatic.figure import Figure, Light, Moment  # noqa: E402
from storyboard.generators.video.animatic.figure.acting import cue_of  # noqa: E402
from storyboard.generators.video.animatic.figure.gestures import pose_of  # noqa: E402
from storyboard.generators.video.animatic.figure.mouths import MOUTHS  # noqa: E402
from storyboard.generators.video.animatic.rhythm import Rhythm  # noqa: E402
from storyboard.schema.board import Look  # noqa: E402
from storyboard.schema.cast import Character  # noqa: E402
from storyboard.schema.scene import Scene  # noqa: E402

SIDE, UNIT = 240, 1400.0
FLAT = Light((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 1, 0.0)


def figure(gender: str, age: int = 28, face: str = "") -> Figure:
    record = {
        "name": "Maya", "gender": gender, "age": age, "hair": {"color": "brown", "length": "short"},
        "face": face, "eyes": "green", "clothing": [{"item": "coat", "color": "teal"}],
    }  # fmt: skip
    return Figure(Character.model_validate(record), 3)


def face_of(singer: Figure, shape: Viseme, energy: float = 0.6) -> npt.NDArray[np.int64]:
    moment = Moment(0.8, 1.25, energy, MOUTHS[shape])
    still = Moment(0.8, 1.25, energy, 0.0)
    x, y, _ = singer.head("stand", still, x=0.0, feet_y=0.0, unit_px=UNIT, facing=1)
    surface = skia.Surface(SIDE, SIDE)
    with surface as canvas:
        canvas.clear(0)
        singer.draw(
            canvas, "stand", moment, FLAT, x=SIDE / 2 - x, feet_y=SIDE / 2 - y, unit_px=UNIT, facing=1
        )
    picture = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    return np.asarray(picture)[SIDE // 2 :, :, :3].astype(np.int64)


def hollow(picture: npt.NDArray[np.int64]) -> int:
    """Return how many pixels are the dark red inside of a mouth."""
    red, green, blue = picture[..., 0], picture[..., 1], picture[..., 2]
    return int(((red > 85) & (red < 130) & (green < 50) & (blue < 60)).sum())


@pytest.mark.parametrize(("gender", "age"), [("woman", 28), ("man", 50), ("girl", 8), ("person", 75)])
def test_an_m_is_drawn_closed_and_an_ah_open(gender: str, age: int) -> None:
    singer = figure(gender, age)
    inside = {shape: hollow(face_of(singer, shape)) for shape in MOUTHS}
    assert inside["closed"] < 12 > inside["rest"]
    assert inside["open"] > 8 * max(12, inside["closed"])
    assert inside["open"] > inside["wide"] > inside["closed"]
    assert inside["round"] > 40


@pytest.mark.parametrize(("gender", "face"), [("animal", "cat"), ("animal", "dog"), ("robot", "")])
def test_animals_and_robots_open_their_mouths_too(gender: str, face: str) -> None:
    singer = figure(gender, 5, face)
    shut, met, wide_open = (face_of(singer, shape) for shape in ("rest", "closed", "open"))
    assert np.abs(wide_open - shut).sum() > 5 * np.abs(met - shut).sum()
    assert (np.abs(wide_open - shut).max(axis=2) > 60).sum() > 60


def test_round_lips_are_narrower_than_spread_ones() -> None:
    singer = figure("woman")

    def width(shape: Viseme) -> int:
        picture = face_of(singer, shape)
        inside = (picture[..., 0] < 130) & (picture[..., 1] < 50) & (picture[..., 0] > 85)
        columns = np.nonzero(inside.sum(axis=0) > 2)[0]
        return int(columns.max() - columns.min())

    assert width("round") < 0.65 * width("wide")


def test_every_shape_of_the_mouth_is_told_from_the_others() -> None:
    singer = figure("man", 35)
    faces = {shape: face_of(singer, shape) for shape in MOUTHS}
    for one in MOUTHS:
        for other in MOUTHS:
            if one < other:
                assert (np.abs(faces[one] - faces[other]).max(axis=2) > 40).sum() > 30, (one, other)


def test_the_jaw_falls_further_in_loud_music() -> None:
    singer = figure("woman")
    assert hollow(face_of(singer, "open", 1.0)) > 1.15 * hollow(face_of(singer, "open", 0.1))


def rhythm_of(*visemes: tuple[int, Viseme], fps: int = 24) -> Rhythm:
    scene = Scene(id="s", title="t", setting="a park")
    return Rhythm(
        VideoRequest(
            scene=scene, scene_index=0, n_scenes=1, characters=[], look=Look(fps=fps), seed=1, n_frames=90,
            shots=[ShotSpec(first_frame=0, n_frames=90, framing="close")], visemes=list(visemes),
        )
    )  # fmt: skip


def test_a_shape_is_there_on_its_very_frame_and_comes_in_over_two() -> None:
    rhythm = rhythm_of((20, "open"), (30, "closed"), (32, "wide"), (40, "rest"))
    assert rhythm.mouth(20) == MOUTHS["open"]
    assert rhythm.mouth(30) == MOUTHS["closed"]
    assert rhythm.mouth(32) == MOUTHS["wide"]
    assert 0 < rhythm.mouth(19).open < MOUTHS["open"].open
    assert rhythm.mouth(17) == MOUTHS["rest"] == rhythm.mouth(60) == rhythm.mouth(0)
    assert rhythm.mouth(25) == MOUTHS["open"]


def test_at_sixty_frames_a_second_mouths_blend_as_long_in_time() -> None:
    rhythm = rhythm_of((40, "open"), fps=60)
    assert rhythm.mouth(34).open == 0 < rhythm.mouth(37).open < rhythm.mouth(39).open < 1


@pytest.mark.parametrize(
    "action", ["sing", "sing_stand", "walk", "sit", "guitar", "piano", "dance_jump", "stand"]
)
def test_lips_meet_whatever_else_the_singer_does(action: str) -> None:
    def mood(shape: Viseme) -> float:
        return pose_of(action, cue_of(Moment(1.0, 2.0, 0.7, MOUTHS[shape]), 0.2, 1)).mood.open

    assert mood("closed") < 0.05
    assert mood("open") > 0.5
