"""The illustration draws portraits and scenes in any size, from the sheets alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyboard.generators import registry
from storyboard.generators.image.illustration import Illustration
from storyboard.generators.image.picture import Picture, read_picture
from storyboard.generators.seams import ImageRequest
from storyboard.generators.testing import check_image
from storyboard.schema.board import Look, Storyboard
from storyboard.schema.errors import GeneratorError
from storyboard.schema.progress import ignore

COAT = (200, 150, 50)  # mustard, in the light of a studio or a morning


def asked(board: Storyboard, **changed: Any) -> ImageRequest:
    told = {
        "prompt": "",
        "characters": board.cast[:1],
        "look": Look(),
        "width": 192,
        "height": 192,
        "seed": 1,
    }
    return ImageRequest(**{**told, **changed})


def drawn(folder: Path, request: ImageRequest) -> Picture:
    Illustration().draw(request, folder / "picture.png", ignore)
    return read_picture(folder / "picture.png")


def share_of(picture: Picture, color: tuple[int, int, int]) -> float:
    """Return how much of a picture is about of a colour."""
    return float((np.abs(picture.astype(int) - color).max(axis=2) < 60).mean())


def test_it_is_what_auto_takes() -> None:
    assert registry.choose("image", "auto") == "illustration"
    assert isinstance(registry.image("illustration"), Illustration)


def test_portraits_conform(board: Storyboard, tmp_path: Path) -> None:
    check_image(registry.image("illustration"), asked(board), tmp_path)


def test_scenes_conform(board: Storyboard, tmp_path: Path) -> None:
    scene = board.scenes[2]
    check_image(Illustration(), asked(board, scene=scene, characters=board.characters_of(scene)), tmp_path)


@pytest.mark.parametrize("size", [(64, 64), (256, 384), (512, 288), (136, 704)])
@pytest.mark.parametrize("is_portrait", [True, False])
def test_any_size_is_drawn(
    size: tuple[int, int], is_portrait: bool, board: Storyboard, tmp_path: Path
) -> None:
    scene = None if is_portrait else board.scenes[0]
    picture = drawn(tmp_path, asked(board, scene=scene, width=size[0], height=size[1]))
    assert picture.shape == (size[1], size[0], 3) and picture.std() > 8


def test_a_portrait_shows_hair_and_clothes_of_the_sheet_before_a_plain_background(
    board: Storyboard, tmp_path: Path
) -> None:
    picture = drawn(tmp_path, asked(board))
    assert share_of(picture[:96], (205, 100, 40)) > 0.05, "red hair above"
    assert share_of(picture[96:], COAT) > 0.1, "a mustard coat below"
    corners = picture[:24, [*range(24), *range(168, 192)]].astype(int)
    assert corners.mean() > 190 and corners.std() < 12, "light and plain"
    ida = board.cast[0]
    dark = ida.model_copy(update={"hair": ida.hair.model_copy(update={"color": "black"})})
    other = drawn(tmp_path, asked(board, characters=[dark]))
    changed = (picture != other).any(axis=2)
    assert changed[:128].mean() > 0.05 and not changed[176:, 90:110].any(), "the hair alone has changed"


def test_an_animal_has_a_portrait_too(board: Storyboard, tmp_path: Path) -> None:
    dog = {
        "name": "Rex",
        "gender": "animal",
        "face": "a dog",
        "clothing": [{"item": "collar", "color": "red"}],
    }
    rex = board.cast[1].model_copy(
        update=board.cast[1].model_validate({**board.cast[1].model_dump(), **dog}).__dict__
    )
    picture = drawn(tmp_path, asked(board, characters=[rex]))
    assert picture.std() > 20 and not (picture == drawn(tmp_path, asked(board))).all()


def test_the_nearer_the_camera_the_more_of_the_hair_is_seen(board: Storyboard, tmp_path: Path) -> None:
    def share(framing: str) -> float:
        picture = drawn(tmp_path, asked(board, scene=board.scenes[0], framing=framing, height=112))
        red, green, blue = picture[:, 48:144].astype(int).transpose(2, 0, 1)
        return float(((red > 170) & (red - green > 70) & (green - blue > 25)).mean())

    assert share("wide") < share("medium") < share("close")


def test_nothing_to_draw_is_said(board: Storyboard, tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match="neither a scene nor a character"):
        drawn(tmp_path, asked(board, characters=[]))
