"""Parameters of generators as they are typed."""

from __future__ import annotations

import pytest

from storyboard.interfaces.parameters import parameters_of
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
