"""What of a face never changes, read from a character sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.colors import RGB, color_of, mix
from storyboard.schema.cast import Character


@dataclass(frozen=True)
class Features:
    """What of a face never changes."""

    skin: RGB
    eyes: RGB
    hair: RGB
    jaw: float
    round: float
    child: float
    feminine: bool
    lips: bool
    beard: str
    moustache: bool
    freckles: bool
    wrinkles: bool
    rosy: bool
    brow_weight: float


def features_of(character: Character, skin: RGB, hair: RGB, child: float) -> Features:
    """Return the features that a character sheet names."""
    words = character.face.lower()
    gender = character.gender
    beard = "full" if re.search(r"beard|bearded", words) else "stubble" if "stubble" in words else ""
    if re.search(r"goatee", words):
        beard = "goatee"
    jaw = 0.09 if gender in ("man", "boy") else 0.0
    jaw += 0.09 if re.search(r"square|angular|strong jaw|chisel", words) else 0.0
    jaw -= 0.06 if re.search(r"heart|pointed|narrow|delicate|thin", words) else 0.0
    chubby = 0.08 if re.search(r"round|chubby|full cheek|soft|plump", words) else 0.0
    return Features(
        skin=skin,
        eyes=_eye_color(character.eyes),
        hair=hair,
        jaw=jaw * (1 - child),
        round=chubby + 0.07 * child,
        child=child,
        feminine=gender in ("woman", "girl"),
        lips=gender == "woman",
        beard=beard,
        moustache=bool(re.search(r"moustache|mustache", words)) or beard in ("full", "goatee"),
        freckles="freckle" in words,
        wrinkles=character.age >= 60,
        rosy=gender in ("girl", "boy") or bool(re.search(r"ros[yei]|blush|dimple", words)),
        brow_weight=1.35 if re.search(r"thick brow|bushy|heavy brow|strong brow", words) else 1.0,
    )


def _eye_color(words: str) -> RGB:
    if "hazel" in words.lower():
        return (0.56, 0.43, 0.22)
    return mix(color_of(words), (0.5, 0.5, 0.5), 0.12)
