"""Animal heads and tails: an animal with clothes stands upright on the same rig as people."""

from __future__ import annotations

import math
import re

import skia

from storyboard.generators.video.animatic.figure import mouths
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, lift, luminance, mix, shade
from storyboard.generators.video.animatic.figure.face import draw_eyes
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.lexicon import Lexicon
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import Point, add_segment, blob, strand
from storyboard.generators.video.animatic.figure.skeleton import Mood
from storyboard.generators.video.animatic.figure.wardrobe import place_of
from storyboard.schema.cast import Character

SPECIES: Lexicon[str] = Lexicon(
    {
        "cat": "cat, kitten, kitty, feline, tabby, tiger, lion, panther, leopard, siamese, lynx, puma,"
        " tomcat",
        "rabbit": "rabbit, bunny, hare, kangaroo, donkey, llama, deer, goat",
        "fox": "fox, vixen, raccoon, squirrel, ferret, weasel, badger, red panda, skunk",
        "bear": "bear, panda, koala, mouse, hamster, monkey, ape, teddy, gorilla, rat, beaver, otter,"
        " elephant, hedgehog, guinea pig, sloth, hippo, pig, piglet, frog, turtle",
        "bird": "bird, parrot, owl, crow, raven, penguin, duck, chick, sparrow, eagle, beak, feather,"
        " robin, pigeon, swan, goose, chicken, hen, rooster, seagull, flamingo, dove, peacock, toucan,"
        " canary, hawk, falcon",
        "dog": "dog, pup, puppy, hound, wolf, terrier, retriever, collie, poodle, corgi, labrador, husky,"
        " dachshund, bulldog, beagle, dalmatian, pug, coyote, horse, pony, sheep, cow, unicorn, zebra",
        "ghost": "ghost, spirit, phantom, spectre, specter, apparition, spook, wraith, poltergeist,"
        " shade, banshee",
        "alien": "alien, extraterrestrial, martian, space creature, ufo pilot, visitor from space, venusian",
        "monster": "monster, creature, beast, yeti, bigfoot, troll, ogre, goblin, demon, gremlin, devil,"
        " dragon, dinosaur, imp, werewolf, gargoyle, furry monster, sea monster, kaiju, golem",
    }
)
STRANGE = ("ghost", "alien", "monster")
_NOSE = (0.16, 0.12, 0.14)
_BARE = re.compile(
    r"fur|coat of|harness|saddle|none|nothing|tag|bell|natural|feather|plumage|sheet|mist|scales"
)


def species_of(character: Character) -> str:
    """Return the species nearest to the words of a sheet: a dog if they name none, or a monster."""
    strange = character.gender == "creature"
    for words in (character.face, character.name, character.hair.style, character.height):
        found = SPECIES.find(words)
        if found is not None and (
            strange or found not in STRANGE or character.gender in ("person", "animal")
        ):
            return found
    worn = " ".join(garment.item for garment in character.clothing)
    return SPECIES.find(worn) or ("monster" if strange else "dog")


def is_bare(character: Character) -> bool:
    """Whether a creature wears no more than a pet does."""
    places = {place_of(garment)[0] for garment in character.clothing}
    return places <= {"neck", "scarf", "extra"} or all(
        _BARE.search(garment.item.lower()) for garment in character.clothing
    )


def draw_tail(brush: Brush, species: str, fur: RGB, root: Point, size: float, wag: float) -> None:
    """Draw a tail from its root, backwards and up; `wag` from -1 to 1."""
    x, y = root
    path = skia.Path()
    lift_y = {"cat": 0.34, "dog": 0.22, "fox": 0.12, "rabbit": 0.02, "bear": 0.02, "bird": -0.08}[
        species
    ] * size
    reach = {"cat": 0.2, "dog": 0.2, "fox": 0.28, "rabbit": 0.06, "bear": 0.05, "bird": 0.2}[species] * size
    sway = 0.05 * wag * size
    tip = (x - reach + sway * 0.4, y - lift_y + sway)
    middle = (x - reach * 0.75, y - lift_y * 0.15 + sway * 0.4)
    thick = {"cat": 0.022, "dog": 0.028, "fox": 0.075, "rabbit": 0.06, "bear": 0.035, "bird": 0.05}[
        species
    ] * size
    line = skia.Path()
    line.moveTo(*root)
    line.cubicTo(x - reach * 0.7, y + lift_y * 0.12, x - reach * 1.25, y - lift_y * 0.25, *tip)
    if species in ("cat", "dog"):
        brush.line(line, shade(fur, 0.5), thick * 1.9)
        return
    add_segment(path, root, middle, thick * 0.7, thick, thick * 1.1)
    add_segment(path, middle, tip, thick * 1.1, thick * 1.15, thick * 0.4)
    brush.fill(path, shade(fur, 0.5))
    if species == "fox":
        end = skia.Path()
        add_segment(
            end,
            ((middle[0] + tip[0]) / 2, (middle[1] + tip[1]) / 2),
            tip,
            thick * 0.8,
            thick * 0.8,
            thick * 0.5,
        )
        brush.fill(end, (0.95, 0.92, 0.86))
    elif species == "rabbit":
        brush.oval(tip, thick * 1.1, thick * 1.1, lift(fur, 0.5))


def draw_animal_head(
    brush: Brush, species: str, features: Features, mood: Mood, nod: float, back: bool
) -> None:
    """Draw the head of an animal in head space."""
    fur = features.skin
    _ears(brush, species, fur, False)
    skull = blob(
        [
            (0.0, -0.92),
            (0.55, -0.8),
            (0.84, -0.36),
            (0.88, 0.2),
            (0.62, 0.68),
            (0.1, 0.9),
            (-0.5, 0.78),
            (-0.92, 0.32),
            (-0.92, -0.3),
            (-0.56, -0.8),
        ]
    )
    brush.fill(skull, fur)
    brush.canvas.save()
    brush.canvas.clipPath(skull, True)
    side = [(-1.1, -0.9), (-0.66, -0.8), (-0.56, -0.1), (-0.3, 0.5), (0.0, 1.0), (-1.0, 1.1)]
    brush.fill(blob([(-x, y) for x, y in side] if brush.dark > 0 else side), shade(fur), 0.7)
    brush.canvas.restore()
    if not back:
        canvas = brush.canvas
        canvas.save()
        canvas.translate(0.14, 0.1 * nod)
        _muzzle(brush, species, fur, mood)
        draw_eyes(brush, features, mood)
        canvas.restore()
    _ears(brush, species, fur, True)


def _ears(brush: Brush, species: str, fur: RGB, near: bool) -> None:
    inner = mix(fur, (0.95, 0.62, 0.6), 0.5)
    dark = shade(fur, 0.9)
    if species == "dog":
        if near:
            brush.fill(
                blob(
                    [
                        (-0.5, -0.86),
                        (-0.84, -0.8),
                        (-1.16, -0.3),
                        (-1.14, 0.28),
                        (-0.9, 0.38),
                        (-0.7, 0.0),
                        (-0.52, -0.5),
                    ]
                ),
                dark,
            )
        else:
            brush.fill(
                blob([(0.42, -0.86), (0.74, -0.86), (1.06, -0.4), (1.08, 0.1), (0.9, 0.14), (0.74, -0.3)]),
                shade(fur, 1.2),
            )
    elif species in ("cat", "fox"):
        ear = (
            [(-0.86, -0.42), (-0.78, -1.34), (-0.2, -0.82)]
            if near
            else [(0.22, -0.84), (0.72, -1.32), (0.84, -0.4)]
        )
        mid = (sum(x for x, _ in ear) / 3, sum(y for _, y in ear) / 3)
        for tone, size in ((fur if near else dark, 1.0), (inner, 0.6)):
            path = skia.Path()
            points = [(mid[0] + (x - mid[0]) * size, mid[1] + (y - mid[1]) * size) for x, y in ear]
            path.moveTo(*points[0])
            path.quadTo(
                (points[0][0] + points[1][0]) / 2 - 0.06, (points[0][1] + points[1][1]) / 2, *points[1]
            )
            path.quadTo(
                (points[1][0] + points[2][0]) / 2 + 0.08, (points[1][1] + points[2][1]) / 2, *points[2]
            )
            path.close()
            brush.fill(path, tone)
    elif species == "rabbit":
        x, way = (-0.42, -0.16) if near else (0.3, 0.12)
        for tone, r in ((fur if near else dark, 0.2), (inner, 0.1)):
            path = skia.Path()
            add_segment(path, (x, -0.75), (x + way, -1.85), r * 0.8, r * 1.2, r * 0.6)
            brush.fill(path, tone)
    elif species == "bear":
        x = -0.66 if near else 0.62
        brush.oval((x, -0.78), 0.3, 0.3, fur if near else dark)
        brush.oval((x + 0.02, -0.76), 0.16, 0.16, inner)
    elif near:
        for x, y in ((-0.2, -1.3), (0.05, -1.42), (0.28, -1.3)):
            path = skia.Path()
            add_segment(path, (0.0, -0.86), (x, y), 0.12, 0.12, 0.05)
            brush.fill(path, dark)


def _muzzle(brush: Brush, species: str, fur: RGB, mood: Mood) -> None:
    if species == "bird":
        _beak(brush, mood)
        return
    pale = lift(fur, 0.5) if luminance(fur) < 0.75 else shade(fur, 0.25)
    long = {"dog": 1.0, "fox": 1.05, "bear": 0.85}.get(species, 0.68)
    mouths.draw_muzzle_mouth(brush, mood)
    if species == "fox":
        brush.fill(
            blob(
                [(-0.95, 0.34), (-0.4, 0.2), (0.1, 0.3), (0.66, 0.2), (0.5, 0.66), (0.1, 0.78), (-0.5, 0.72)]
            ),
            (0.97, 0.94, 0.88),
        )
    else:
        brush.fill(
            blob(
                [
                    (-0.3 * long, 0.42),
                    (-0.1, 0.16),
                    (0.3, 0.1),
                    (0.42 + 0.3 * long, 0.24),
                    (0.36 + 0.3 * long, 0.5),
                    (0.2, 0.64),
                    (-0.14, 0.62),
                ]
            ),
            pale,
        )
    nose = (0.22 + 0.34 * long, 0.2)
    brush.fill(
        blob(
            [
                (nose[0] - 0.16, nose[1] - 0.08),
                (nose[0] + 0.1, nose[1] - 0.08),
                (nose[0] + 0.1, nose[1] + 0.05),
                (nose[0], nose[1] + 0.12),
                (nose[0] - 0.13, nose[1] + 0.06),
            ]
        ),
        _NOSE,
    )
    brush.oval((nose[0] - 0.04, nose[1] - 0.04), 0.035, 0.022, (1, 1, 1), 0.6)
    bend = 0.09 * (0.6 + mood.smile)
    line = strand(
        [(-0.1, 0.46 - bend * 0.3), (0.12, 0.5 + bend * 0.5), (nose[0] - 0.06, 0.42), (nose[0] + 0.04, 0.5)]
    )
    brush.line(line, _NOSE, 0.04)
    if species in ("cat", "rabbit") and brush.fine(0.01):
        for y in (0.3, 0.42):
            brush.line(strand([(-0.2, y), (-0.85, y - 0.04 + (y - 0.36))]), (0.95, 0.93, 0.9), 0.018, 0.8)
            brush.line(strand([(0.62, y), (1.15, y - 0.02 + (y - 0.36))]), (0.95, 0.93, 0.9), 0.018, 0.8)


def _beak(brush: Brush, mood: Mood) -> None:
    gap = 0.2 * mood.open
    lower = blob([(0.2, 0.36), (0.86, 0.36 + gap), (0.5, 0.56 + gap), (0.2, 0.52)])
    brush.fill(lower, (0.82, 0.5, 0.12))
    brush.fill(blob([(0.08, 0.14), (0.5, 0.1), (1.12, 0.4), (0.6, 0.42), (0.12, 0.42)]), (0.95, 0.66, 0.2))


def draw_upright_tail(rig: Rig, species: str, wag: float) -> None:
    """Draw the tail of an animal on two legs."""
    x, y = rig.joints.pelvis
    size = rig.body.height
    draw_tail(rig.brush, species, rig.looks.skin, (x - rig.body.hip_w * 0.6, y - 0.02 * size), size, wag)


def wag_of(beat: float, t_s: float) -> float:
    """Return how a tail wags: with the half beats, and a little on its own."""
    return 0.7 * math.sin(2 * math.pi * beat) + 0.3 * math.sin(2.1 * t_s)
