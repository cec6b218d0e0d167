"""An outfit changes in a scene only where its actions say so."""

from __future__ import annotations

import pytest

from storyboard.generators.llm.answers.outfits import outfits_in


@pytest.mark.parametrize(
    ("actions", "worn"),
    [
        ("Mia wears a white silk dress now. Leo waves.", {"Mia": ["white dress"]}),
        ("Leo is wearing a red coat and black boots; Mia sits.", {"Leo": ["red coat", "black boots"]}),
        ("Mia walks past a white dress in a window.", {}),
        ("Mia wears a smile.", {}),
        ("Miami wears a red coat.", {}),
    ],
)
def test_what_the_actions_say_is_worn(actions: str, worn: dict[str, list[str]]) -> None:
    found = outfits_in(actions, ["Mia", "Leo"])
    assert {name: [f"{g.color} {g.item}" for g in garments] for name, garments in found.items()} == worn
