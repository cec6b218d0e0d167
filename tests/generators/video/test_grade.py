"""The grade: films that keep their colours, and turn them with the mood and the story."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.looks.grade import Grade, plain, story_grade, vivid
from storyboard.generators.video.animatic.palette import FILM_PALETTES, rgb
from storyboard.generators.video.animatic.reel import scenery_of
from storyboard.schema.board import Look
from storyboard.schema.scene import Scene

SCENES = (
    ("a bedroom", "night", "lonely"),
    ("a city street", "night", "tense"),
    ("a café", "golden hour", "hopeful"),
    ("a park", "day", "joyful"),
    ("a beach", "golden hour", "tender"),
)
FILM = tuple(rgb(colour) for colour in FILM_PALETTES[0])
CHART = [(r / 4, g / 4, b / 4) for r in range(1, 4) for g in range(1, 4) for b in range(1, 4)]


def hues_of(palette: tuple[str, ...], index: int) -> NDArray[np.float64]:
    """Return how the colours of a scene's picture are spread, in the a and b of CIELAB."""
    setting, hour, mood = SCENES[index]
    request = VideoRequest(
        scene=Scene.model_validate(
            {"id": "s", "title": "t", "setting": setting, "time_of_day": hour, "mood": mood}
        ),
        scene_index=index,
        n_scenes=len(SCENES),
        characters=[],
        look=Look(palette=list(palette), height=144),
        seed=11,
        n_frames=1,
        shots=[ShotSpec(first_frame=0, n_frames=1, framing="wide")],
    )
    planes, _ = next(Film(request, scenery_of(request)).frames())
    picture = cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420).astype(np.float32) / 255
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    spread = np.histogram2d(lab[:, 1], lab[:, 2], bins=12, range=[[-60, 60], [-60, 60]])[0]
    return np.asarray(spread / len(lab), np.float64)


def test_neighbouring_scenes_of_a_film_are_nearer_in_colour_than_scenes_of_other_films() -> None:
    films = [[hues_of(palette, index) for index in range(len(SCENES))] for palette in FILM_PALETTES[:5]]
    own, other = [], []
    for index in range(len(SCENES) - 1):
        for mine in films:
            own.append(np.abs(mine[index] - mine[index + 1]).sum())
            other.append(
                np.mean([np.abs(mine[index] - film[index + 1]).sum() for film in films if film is not mine])
            )
    assert np.mean(own) < 0.96 * np.mean(other)
    assert np.mean(np.array(own) < np.array(other)) > 0.6


def graded(mood: str, index: int, n: int = 6) -> NDArray[np.float64]:
    grade = story_grade(FILM, mood, index, n)
    return np.array([grade(colour) for colour in CHART])


def chroma(colours: NDArray[np.float64]) -> float:
    return float((colours.max(1) - colours.min(1)).mean())


def warmth(colours: NDArray[np.float64]) -> float:
    return float((colours[:, 0] - colours[:, 2]).mean())


def test_the_story_turns_from_calm_over_a_climax_full_of_colour_to_a_warm_end() -> None:
    film = [graded("", index) for index in range(6)]
    assert chroma(film[4]) == max(chroma(each) for each in film)
    assert chroma(film[0]) == min(chroma(each) for each in film)
    assert warmth(film[0]) == min(warmth(each) for each in film)
    assert warmth(film[5]) == max(warmth(each) for each in film)


def test_moods_turn_the_colours() -> None:
    sad, plain_mood, glad, tense = (graded(mood, 2) for mood in ("heartbroken", "", "joyful", "furious"))
    assert chroma(sad) < chroma(plain_mood) < chroma(glad)
    assert warmth(sad) < warmth(plain_mood) < warmth(glad)
    assert tense.std() > plain_mood.std()
    assert warmth(graded("sad", 5)) < warmth(graded("", 5))


def test_a_film_of_one_scene_can_be_graded() -> None:
    assert np.isfinite(graded("joyful", 0, 1)).all()


def test_pixels_are_graded_as_colours_are_and_never_shine_beyond_what_they_cover() -> None:
    grade = story_grade(FILM, "joyful", 4, 6)
    red, green, blue = grade((0.6, 0.4, 0.2))
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[0, 0] = (51, 102, 153, 255)
    pixels[1, 1] = (26, 51, 76, 128)
    done = grade.apply(pixels)
    assert np.allclose(done[0, 0], [255 * blue, 255 * green, 255 * red, 255], atol=2)
    assert np.allclose(done[1, 1], [128 * blue, 128 * green, 128 * red, 128], atol=2)
    assert not done[2:].any()
    assert (done[..., :3].max(2) <= done[..., 3]).all()


@pytest.mark.parametrize("colour", [(0.1, 0.5, 0.9), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)])
def test_grades_follow_one_another(colour: tuple[float, float, float]) -> None:
    half = Grade(plain().rows * 0.5)
    assert half.then(plain())(colour) == pytest.approx([0.5 * channel for channel in colour], abs=1e-6)
    grey = vivid(0.0)(colour)
    assert np.ptp(grey) < 1e-5
