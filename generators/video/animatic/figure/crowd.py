"""Crowds: people in the background, plainly drawn, each with a body, hair, clothes and rhythm of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import skia

from storyboard.generators.video.animatic.brush import Brush as LayerBrush
from storyboard.generators.video.animatic.figure.acting import Moment, cue_of
from storyboard.generators.video.animatic.figure.body import body_of
from storyboard.generators.video.animatic.figure.gestures import pose_of
from storyboard.generators.video.animatic.figure.heads import features, hand, head_of
from storyboard.generators.video.animatic.figure.rig import torso_ribbon
from storyboard.generators.video.animatic.figure.shapes import Point, Ribbon, add_segment, blob, limb, polygon
from storyboard.generators.video.animatic.figure.skeleton import Body, Joints, solve
from storyboard.generators.video.animatic.palette import RGB, Colour, mix, rgb
from storyboard.schema.cast import Character

_ARM = (0.034, 0.034, 0.029, 0.027, 0.02)
_LEG = (0.064, 0.058, 0.044, 0.042, 0.034)
_BUILDS = ("", "tall", "short", "slim", "stocky", "petite", "plus-size")
_SKINS = tuple(map(rgb, ("#e8b996", "#8d5a3c", "#c68863", "#5f3c2a", "#f0c9a8", "#a86e4a")))
_HAIRS = tuple(map(rgb, ("#2b211f", "#5a3a28", "#1d1a20", "#8a6a48", "#77706e")))
_TROUSERS = tuple(map(rgb, ("#2f3a52", "#4a4038", "#23252e", "#5b6472")))
_SHADE = rgb("#1c1730")
_HAIR = ("short", "long", "bun", "afro", "hat", "short", "bob", "tail")


@dataclass(frozen=True)
class Onlooker:
    """One of a crowd: where it stands and what makes it differ.

    Attributes:
        x: of the feet, in the brush's units.
        feet_y: the ground below it.
        unit: height of an adult there.
        tint: how much of the second colour its clothes take, 0 to 1.
    """

    body: Body
    x: float
    feet_y: float
    unit: float
    facing: Literal[-1, 1]
    hair: str
    skirt: bool
    tint: float
    phase: float
    variant: int


def gather(
    seed: int, count: int, *, left: float, right: float, feet_y: float, height: float, depth: float = 0.06
) -> list[Onlooker]:
    """Return people spread over a strip of ground, those in the back first.

    Args:
        seed: decides who stands where.
        count: how many.
        left: end of the strip, in the brush's units.
        right: its other end.
        feet_y: the ground of the foremost.
        height: of an adult in the front.
        depth: how much higher, as a share of the height, the hindmost stand; they are smaller as well.
    """
    rng = random.Random(seed)
    people: list[Onlooker] = []
    for i in range(count):
        back = rng.random()
        place = left + (right - left) * (i + 0.15 + 0.7 * rng.random()) / count
        people.append(
            Onlooker(
                body=_body(rng),
                x=place,
                feet_y=feet_y - back * depth * height,
                unit=height * (1 - 0.22 * back * min(1.0, depth * 8)),
                facing=rng.choice((-1, 1)),
                hair=rng.choice(_HAIR),
                skirt=rng.random() < 0.22,
                tint=rng.random(),
                phase=rng.random(),
                variant=rng.randrange(12),
            )
        )
    return sorted(people, key=lambda each: (each.feet_y, each.x))


def crowd(
    brush: LayerBrush,
    people: list[Onlooker],
    colour: Colour,
    *,
    second: Colour | None = None,
    action: str = "stand",
    t_s: float = 0.0,
    beat: float = 0.0,
    energy: float = 0.5,
    emit: bool = False,
    clothes: Sequence[Colour] = (),
) -> None:
    """Draw a crowd on a layer of a place: in silhouette, or in flat colours of their own.

    Args:
        brush: of the layer, in whose units the people stand.
        people: as `gather` returns them.
        colour: of the silhouettes.
        second: a colour that their clothes lean towards, each as much as its tint; none if None.
        action: what they do, any of the figures' actions: "stand", "walk", "dance", "wave", "sit" …
        t_s: time from the start of the clip.
        beat: beats from the start of the clip.
        energy: of the music, 0 to 1.
        emit: whether the light of the place leaves the colours as they are.
        clothes: what they wear in turn; if given, skin and hair have their own colours too, and `colour`
            is what all of that leans towards.
    """
    dark = rgb(colour) if isinstance(colour, str) else colour
    other = dark if second is None else rgb(second) if isinstance(second, str) else second
    moment = Moment(t_s, beat, energy, 0.0)
    for person in people:
        if clothes:
            tones = _dressed(person, dark, clothes)
        else:
            tones = _Tones(dark, mix(dark, other, 0.55 * person.tint), dark, dark)
        _silhouette(brush, person, action, moment, tones, emit)


def _body(rng: random.Random) -> Body:
    gender = rng.choice(("woman", "man"))
    child = rng.random() < 0.1
    return body_of(
        Character.model_validate(
            {
                "name": f"Passer {rng.randrange(10_000)}", "gender": gender,
                "age": rng.randrange(6, 12) if child else rng.randrange(18, 76), "eyes": "brown",
                "height": rng.choice(_BUILDS), "hair": {"color": "brown", "length": "short"},
                "clothing": [{"item": "coat", "color": "grey"}],
            }
        )
    )  # fmt: skip


@dataclass(frozen=True)
class _Tones:
    """The colours of one of a crowd."""

    skin: RGB
    top: RGB
    legs: RGB
    hair: RGB


def _dressed(person: Onlooker, dark: RGB, clothes: Sequence[Colour]) -> _Tones:
    skin, hair = _SKINS[person.variant % len(_SKINS)], _HAIRS[(person.variant * 5 + 1) % len(_HAIRS)]
    top = clothes[(person.variant + int(person.tint * 7)) % len(clothes)]
    legs = _TROUSERS[int(person.tint * 97) % len(_TROUSERS)] if not person.skirt else skin
    return _Tones(*(mix(dark, tone, 0.80) for tone in (skin, top, legs, hair)))


def _silhouette(
    brush: LayerBrush, person: Onlooker, action: str, moment: Moment, tones: _Tones, emit: bool
) -> None:
    body = person.body
    cue = cue_of(moment, person.phase, person.variant)
    pose = pose_of(action, cue)
    joints = solve(body, pose)
    dressed = tones.skin != tones.top
    canvas = brush.canvas
    canvas.save()
    canvas.translate(person.x, person.feet_y)
    canvas.scale(person.facing * person.unit, person.unit * (1 + pose.squash))

    def fill(path: skia.Path, tone: RGB, shade: float = 0.0) -> None:
        canvas.drawPath(path, brush.paint(mix(tone, _SHADE, shade) if dressed else tone, emit=emit))

    arm, leg = ([r * body.girth for r in radii] for radii in (_ARM, _LEG))
    if dressed:
        fill(hand(joints.far_arm), tones.skin, 0.2)
    fill(limb(joints.far_arm, arm), tones.top, 0.3)
    fill(limb(joints.far_leg, leg), tones.legs, 0.3)
    fill(limb(joints.near_leg, leg), tones.legs)
    for ankle in (joints.near_leg[2], joints.far_leg[2]):
        fill(_foot(ankle, body), tones.hair)
    torso = torso_ribbon(body, joints, pose.back, 0.012 * body.height).cut(1.02, -0.08)
    fill(torso.outline(0.01), tones.top)
    if person.skirt and not pose.seated:
        fill(_skirt(joints, body), tones.top)
    if dressed:
        _paint_cut(fill, torso, person, tones)
    neck, thick = skia.Path(), 0.034 * body.girth
    add_segment(neck, joints.neck, joints.head, thick, thick, thick)
    fill(neck, tones.skin, 0.22)
    if dressed:
        fill(hand(joints.near_arm), tones.skin)
    fill(limb(joints.near_arm, arm), tones.top, 0.1)
    head, *locks = head_of(joints, body, person.hair)
    fill(head, tones.skin)
    if dressed:
        for feature, shade in features(joints.head, body.head_r, person.variant):
            fill(feature, tones.skin, shade)
    for lock in locks:
        fill(lock, tones.hair)
    canvas.restore()


def _paint_cut(
    fill: Callable[[skia.Path, RGB, float], None], torso: Ribbon, person: Onlooker, tones: _Tones
) -> None:
    """Paint the shaded back of what one wears, and its cut: an open jacket, a bag's strap, a collar."""
    fill(torso.panel((0.0, 1.02), (0.30, 1.02), (0.24, -0.08), (0.0, -0.08)), tones.top, 0.16)
    cut = person.variant % 3
    if cut == 0:
        shirt = mix(tones.top, "#f4efe6", 0.62)
        fill(torso.panel((0.46, 1.02), (0.88, 1.02), (0.82, -0.04), (0.56, -0.04)), shirt, 0.0)
    elif cut == 1:
        fill(torso.panel((0.08, 0.98), (0.24, 1.02), (1.0, 0.08), (1.0, 0.20)), tones.legs, 0.25)
    else:
        fill(torso.panel((0.44, 1.04), (0.90, 1.04), (0.70, 0.82)), tones.skin, 0.12)


def _foot(ankle: Point, body: Body) -> skia.Path:
    x, y, h = ankle[0], ankle[1], body.height
    return blob(
        [(x - 0.035 * h, y - 0.02 * h), (x + 0.02 * h, y - 0.01 * h), (x + 0.085 * h, y + 0.03 * h),
         (x - 0.035 * h, y + 0.037 * h)]
    )  # fmt: skip


def _skirt(joints: Joints, body: Body) -> skia.Path:
    x, y = joints.pelvis
    wide, low = body.hip_w * 1.1, body.thigh * 0.95
    return polygon([(x - wide * 0.8, y - 0.04), (x + wide * 0.8, y - 0.04), (x + wide * 1.5, y + low),
                    (x - wide * 1.5, y + low)])  # fmt: skip
