"""What is to be filmed: sizes, rates, lengths, prompts and seeds of a scene's pieces."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from storyboard.generators.seams import Cue, ShotSpec
from storyboard.generators.video.diffusion.lattice import FrameLattice
from storyboard.generators.video.diffusion.parameters import ClipParameters
from storyboard.generators.video.diffusion.wish import Wish, frame_of, n_frames_of, wishes_of
from storyboard.schema.board import Look
from storyboard.schema.errors import InputError

LATTICE = FrameLattice(16, 4, 64, overlap=8)


def pieces(request: Any, fps: float = 8.0, **told: Any) -> list[Wish[ClipParameters]]:
    parameters = ClipParameters(**told)
    frame = frame_of(request.look, parameters, fps, 256 * 256, 8)
    return wishes_of(request, parameters, frame, LATTICE)


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
@pytest.mark.parametrize("multiple", [8, 16, 32])
def test_the_film_s_shape_is_filled_at_the_area_of_the_training(aspect: str, multiple: int) -> None:
    look = Look.model_validate({"aspect": aspect})
    frame = frame_of(look, ClipParameters(), 8, 512 * 512, multiple)
    assert frame.width % multiple == frame.height % multiple == 0
    assert frame.width / frame.height == pytest.approx(look.size[0] / look.size[1], rel=0.07)
    assert frame.width * frame.height == pytest.approx(512 * 512, rel=0.07)


def test_one_side_that_is_told_gives_the_other() -> None:
    frame = frame_of(Look(), ClipParameters(height=288), 8, 512 * 512, 32)
    assert (frame.width, frame.height) == (512, 288)
    frame = frame_of(Look(), ClipParameters(width=1024, fps=12), 8, 512 * 512, 64)
    assert (frame.width, frame.height, frame.fps) == (1024, 576, 12)


@pytest.mark.parametrize("name", ["width", "height"])
def test_a_side_that_is_no_multiple_is_refused_by_name(name: str) -> None:
    with pytest.raises(InputError, match=f"{name} = 520: this model wants a multiple of 64") as caught:
        frame_of(Look(), ClipParameters.model_validate({name: 520}), 8, 512 * 512, 64)
    assert (caught.value.where, caught.value.hint) == (f"generators.parameters.video.{name}", "write 512")


def test_a_rate_is_whole_as_that_of_the_file() -> None:
    assert frame_of(Look(), ClipParameters(), 7.6, 512 * 512, 8).fps == 8


@pytest.mark.parametrize("fps", [7, 8, 24, 25, 60])
@pytest.mark.parametrize("n_frames", [1, 5, 24, 37, 100])
def test_a_piece_lasts_as_long_as_its_shot(fps: int, n_frames: int) -> None:
    shot = ShotSpec(first_frame=0, n_frames=n_frames, framing="wide")
    made = n_frames_of(shot, 24, float(fps))
    assert Fraction(made, fps) >= Fraction(n_frames, 24)
    assert Fraction(made - 1, fps) >= Fraction(n_frames - 1, 24), "its last frame is there to be shown"
    assert Fraction(made - 2, fps) < Fraction(n_frames, 24), "hardly longer"


def test_each_shot_has_a_piece_of_its_own(asking: Any) -> None:
    wide, close = pieces(asking(45, 96))
    assert wide.stretches == (16,) and close.stretches == (36,)
    assert wide.prompt == "Wide shot. A street at night." and close.prompt.startswith("Close-up. ")
    assert wide.negative_prompt == "blurry"
    assert wide.seed != close.seed and wide.film_seed == close.film_seed


def test_frames_at_once_that_are_told_are_the_model_s_counts(asking: Any) -> None:
    assert pieces(asking(96), num_frames=24)[0].stretches == (24, 24)
    with pytest.raises(InputError, match=r"num_frames = 30: this model makes 16, 20 … 64 at once") as caught:
        pieces(asking(96), num_frames=30)
    assert caught.value.where == "generators.parameters.video.num_frames"
    for count in (4, 8, 68):
        with pytest.raises(InputError, match="num_frames"):
            pieces(asking(96), num_frames=count)


def test_what_the_user_tells_stands_above_the_scene(asking: Any) -> None:
    (told,) = pieces(asking(24), negative_prompt="rain", seed=70)
    assert (told.negative_prompt, told.seed) == ("rain", 70)


def test_rows_of_the_spreadsheet_change_the_prompt_where_they_begin(asking: Any) -> None:
    cues = [
        Cue(first_frame=0, prompt="A red door", negative_prompt="people"),
        Cue(first_frame=72, style="woodcut", negative_prompt="blurry"),
    ]
    first, second = pieces(asking(48, 48, cues=cues))
    assert first.prompt == "Wide shot. A red door. A street at night." and not first.travel
    assert first.negative_prompt == "blurry, people"
    assert second.prompt.startswith("Close-up. A red door")
    assert second.travel == ((8, "Close-up. woodcut. A street at night."),)
