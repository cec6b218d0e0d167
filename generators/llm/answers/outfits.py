"""Clothes that change: what a scene's actions say a character wears now becomes that scene's outfit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storyboard.generators.llm.answers.wardrobe import clothing_of
from storyboard.schema.cast import Garment

_ALSO = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


def outfits_in(actions: str, names: Sequence[str]) -> dict[str, list[Garment]]:
    """Return the garments of every "Mia wears a white silk dress now" in a scene's actions, by name.

    A character of whom no clothes with a colour are told keeps those of the sheet.
    """
    found = {name: _worn_by(name, actions) for name in names}
    return {name: garments for name, garments in found.items() if garments}


def _worn_by(name: str, actions: str) -> list[Garment]:
    told = re.search(rf"\b{re.escape(name)}\b(?:\s+now)?\s+(?:wears|is wearing)\s+([^.;!?]+)", actions)
    if told is None:
        return []
    pieces = [re.sub(r"\s+now$", "", piece.strip()) for piece in _ALSO.split(told[1])]
    return [Garment.model_validate(record) for record in clothing_of(pieces)]
