"""Pictures are read whatever their mode, and cover the size that is wanted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyboard.generators.image.picture import cover, read_picture, write_png
from storyboard.schema.errors import MediaError


def saved(image: Image.Image, folder: Path, name: str = "picture.png") -> Path:
    image.save(folder / name)
    return folder / name


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_an_image_of_any_mode_is_taken(mode: str, tmp_path: Path) -> None:
    light = np.full((3, 5), 204 * 257, np.uint16)
    image = Image.fromarray(light) if mode == "I;16" else Image.new("RGB", (5, 3), "#cccccc").convert(mode)
    picture = read_picture(saved(image, tmp_path))
    assert picture.shape == (3, 5, 3) and picture.dtype == np.uint8
    if mode != "1":
        assert np.abs(picture.astype(int) - 204).max() <= 1, "as light as it was"


def test_a_cmyk_jpeg_is_taken(tmp_path: Path) -> None:
    path = saved(Image.new("RGB", (8, 8), "#ff0000").convert("CMYK"), tmp_path, "picture.jpg")
    assert read_picture(path)[4, 4, 0] > 240


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    image.putpixel((1, 2), (0, 0, 255, 255))
    picture = read_picture(saved(image, tmp_path))
    assert picture[0, 0].tolist() == [255, 255, 255] and picture[2, 1].tolist() == [0, 0, 255]


def test_what_is_no_image_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("milk, bread")
    with pytest.raises(MediaError, match="no image that can be read") as caught:
        read_picture(tmp_path / "notes.png")
    assert "notes.png" in caught.value.where
    with pytest.raises(MediaError, match="no such image"):
        read_picture(tmp_path / "lost.png")


@pytest.mark.parametrize("size", [(640, 64), (30, 900), (1, 1), (128, 64)])
def test_a_picture_covers_the_size_that_is_wanted(size: tuple[int, int]) -> None:
    width, height = size
    picture = np.full((height, width, 3), 90, np.uint8)
    covered = cover(picture, 128, 64)
    assert covered.shape == (64, 128, 3) and (covered == 90).all(), "no bars"


def test_the_middle_of_a_wide_picture_is_kept() -> None:
    picture = np.zeros((64, 256, 3), np.uint8)
    picture[:, 96:160] = 255
    assert (cover(picture, 64, 64) == 255).all()


def test_a_png_appears_whole(tmp_path: Path) -> None:
    picture = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    write_png(picture, tmp_path / "new" / "picture.png")
    assert (read_picture(tmp_path / "new" / "picture.png") == picture).all()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["picture.png"]
