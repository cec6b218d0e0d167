"""What of a face never changes, read from a character sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.colors import RGB, color_of, colors_of, luminance, mix, shade
from storyboard.generators.video.animatic.figure.lexicon import Lexicon
from storyboard.schema.cast import Character

BEARDS: Lexicon[str] = Lexicon(
    {
        "none": "clean-shaven, clean shaven, beardless, smooth-shaven, no beard, smooth chin, baby-faced",
        "stubble": "stubble, stubbly, five o'clock shadow, unshaven, scruff, light beard, short stubble,"
        " scruffy beard, patchy beard, designer stubble, bristly",
        "long": "long beard, wizard beard, flowing beard, santa beard, viking beard, braided beard, white"
        " beard",
        "full": "beard, bearded, full beard, trimmed beard, short beard, bushy beard, thick beard, neat"
        " beard, grey beard",
        "goatee": "goatee, van dyke, chin beard, soul patch, circle beard, chinstrap, balbo",
        "sideburns": "sideburn, mutton chops, whiskers, side whiskers, lamb chops",
        "moustache": "moustache, mustache, handlebar, handlebar moustache, walrus moustache, tache,"
        " pencil moustache",
    }
)
MARKS: Lexicon[str] = Lexicon(
    {
        "freckles": "freckle, freckled, freckly, sun spots, freckled nose",
        "dimples": "dimple, dimpled, dimpled cheeks",
        "scar": "scar, scarred, slash, scarface, claw mark, stitches",
        "mole": "mole, beauty mark, beauty spot, birthmark",
        "nosering": "nose ring, nose stud, septum, septum ring, nose piercing, nostril ring",
        "piercing": "piercing, pierced, eyebrow piercing, eyebrow ring, lip ring, pierced eyebrow, lip"
        " piercing",
        "earrings": "earring, hoop, hoop earrings, ear stud, studs, gauges",
        "eyepatch": "eye patch, eyepatch, patch over one eye",
        "paint": "face paint, war paint, painted face, clown make-up, clown, tribal paint, body paint",
        "tattoo": "tattoo, tattooed, face tattoo, neck tattoo, ink",
        "wrinkles": "wrinkle, wrinkled, lined, weathered, crow's feet, laugh lines, smile lines, creased,"
        " craggy, leathery, lined face, worn, time-worn, furrowed",
        "bandage": "bandage, plaster, band-aid, bandaid",
        "bindi": "bindi, tilak, tikka",
        "makeup": "make-up, makeup, eyeshadow, eye shadow, smoky eyes, smokey eyes, eyeliner, winged"
        " eyeliner, mascara, made-up, glam, glamorous, cat eye, kohl, glitter, heavy lashes, long"
        " lashes, goth make-up",
        "lipstick": "lipstick, red lips, painted lips, lip gloss, dark lips, glossy lips, bright lips",
        "blush": "rosy, rosy-cheeked, blush, blushing, ruddy, red cheeks, flushed, apple-cheeked, pink"
        " cheeks, rosy cheeks, cherubic",
        "tired": "tired eyes, bags under, dark circles, weary, baggy eyes, sunken eyes, gaunt, hollow",
        "glasses": "glass, spectacle, eyeglass, bespectacled, round glasses, horn-rimmed glasses, reading"
        " glasses",
        "sunglasses": "sunglass, shade, aviator, dark glasses",
        "mask": "mask, masked, domino mask, superhero mask, surgical mask, face mask",
    }
)
_SHAPES: Lexicon[tuple[float, float]] = Lexicon(
    {
        (0.15, 0.03): "square, square jaw, angular, strong jaw, chiseled, chiselled, rugged, broad face,"
          " strong chin, square-jawed, blocky, firm jaw",
        (-0.13, -0.05): "heart, heart-shaped, pointed chin, narrow, delicate, thin, sharp, slender face,"
          " fine-boned, elfin, pointed, sharp chin, high cheekbones, gaunt, hollow cheeks, long face,"
          " thin face",
        (-0.02, 0.15): "round, round face, chubby, full cheeks, soft face, plump, moon-faced, chubby"
          " cheeks, baby face, full face, cherubic",
        (0.0, 0.0): "round glasses, round eyes, thin lips, thin moustache, thin brows, full lips, square"
          " glasses, oval, oval face, average",
    }
)  # fmt: skip
_HEAVY_BROWS = re.compile(r"(thick|bushy|heavy|strong|bold|full|dark)\W+(eye)?brow|unibrow|monobrow")
_PALE_LIGHT = (0.86, 0.84, 0.82)


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
    rosy: bool
    brow_weight: float
    age: float = 0.0
    marks: frozenset[str] = frozenset()
    paint: RGB = (0.55, 0.35, 0.6)
    brows: RGB = (0.2, 0.15, 0.12)
    lip: RGB = (0.72, 0.2, 0.25)


def features_of(character: Character, skin: RGB, hair: RGB, child: float) -> Features:
    """Return the features that a character sheet names."""
    words = character.face.lower()
    gender = character.gender
    marks = frozenset(MARKS.every(words))
    beards = BEARDS.every(words)
    beard = next((name for name in beards if name not in ("none", "moustache")), "")
    jaw, chubby = _SHAPES.find(words) or (0.0, 0.0)
    jaw += 0.09 if gender in ("man", "boy") else 0.0
    tones = colors_of(words)
    return Features(
        skin=skin,
        eyes=_eye_color(character.eyes),
        hair=_beard_color(words, hair, skin),
        jaw=jaw * (1 - child),
        round=chubby + 0.07 * child,
        child=child,
        feminine=gender in ("woman", "girl") or "makeup" in marks,
        lips=gender == "woman" or bool(marks & {"makeup", "lipstick"}),
        beard=beard,
        moustache="moustache" in beards or beard in ("full", "goatee", "long"),
        rosy=gender in ("girl", "boy") or bool(marks & {"blush", "dimples", "makeup"}),
        brow_weight=1.4 if _HEAVY_BROWS.search(words) else 1.0,
        age=max(_years_shown(character), 0.75 if "wrinkles" in marks else 0.0),
        marks=marks,
        paint=tones[0] if tones and "makeup" in marks | {"paint"} & marks else (0.45, 0.32, 0.58),
        brows=_brow_color(character, hair),
        lip=_lip_color(words),
    )


def _years_shown(character: Character) -> float:
    """Return how much age a face shows: 0 up to 27 years, 0.5 at 50, 1 at 80."""
    if character.gender in ("animal", "robot", "creature"):
        return 0.0
    age = character.age
    return max(0.0, min(1.0, (age - 27) / 46 if age < 50 else 0.5 + (age - 50) / 60))


def _beard_color(words: str, hair: RGB, skin: RGB) -> RGB:
    """Return the colour of beard and brows: as the hair, but never lost on the skin."""
    named = re.search(r"(\w+)\s+(beard|moustache|mustache|goatee)", words)
    color = colors_of(named[1])[0] if named and colors_of(named[1]) else hair
    if abs(luminance(color) - luminance(skin)) < 0.12:
        return shade(color, 1.7) if luminance(skin) > 0.25 else mix(color, _PALE_LIGHT, 0.25)
    return color


def _brow_color(character: Character, hair: RGB) -> RGB:
    color = mix(hair, (0.15, 0.1, 0.1), 0.35 if luminance(hair) < 0.6 else 0.25)
    if character.gender in ("animal", "robot"):
        return color
    return mix(color, (0.78, 0.77, 0.76), 0.75 * max(0.0, min(1.0, (character.age - 60) / 22)))


def _lip_color(words: str) -> RGB:
    said = re.search(r"(\w+)\s+(?:lips\b|lipstick|lip gloss)", words)
    tones = colors_of(said[1]) if said else ()
    return tones[0] if tones else (0.72, 0.2, 0.25)


def _eye_color(words: str) -> RGB:
    if "hazel" in words.lower():
        return (0.62, 0.47, 0.2)
    if words.lower().split()[:1] in (["dark"], ["black"]) and len(words.split()) < 3:
        return (0.16, 0.1, 0.08)
    return mix(color_of(words), (0.5, 0.5, 0.5), 0.04)
