"""Parameters of generators as they are typed."""

from __future__ import annotations

import pytest

from storyboard.interfaces.parameters import parameters_of, portraits_of
from storyboard.schema.errors import InputError


def test_values_are_numbers_truth_or_text() -> None:
    given = [
        "music.steps=30",
        "music.guidance_scale=7.5",
        "music.negative_prompt=hiss, hum",
        "voice.echo=true",
    ]
    assert parameters_of(given) == {
        "music": {"steps": 30, "guidance_scale": 7.5, "negative_prompt": "hiss, hum"},
        "voice": {"echo": True},
    }


@pytest.mark.parametrize("text", ["steps=30", "music.steps", "music.=3", ".steps=3"])
def test_what_is_not_written_so_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="FAMILY"):
        parameters_of([text])


def test_portraits_are_named_by_character() -> None:
    assert portraits_of(["Ida=a=b.png", " Jon = jon.jpg"]) == {"Ida": "a=b.png", "Jon": "jon.jpg"}
    for wrong in (["ida.png"], ["Ida="], ["=ida.png"], ["Ida=a.png", "Ida=b.png"]):
        with pytest.raises(InputError, match="--portrait"):
            portraits_of(wrong)
