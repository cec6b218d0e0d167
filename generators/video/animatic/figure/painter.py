"""The painter: draws a posed figure of any kind from back to front."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from storyboard.generators.video.animatic.figure import (
    clothes,
    creature,
    face,
    fowl,
    hair,
    headwear,
    legwear,
    limbs,
    outerwear,
    props,
    quadruped,
    robot,
    sleeves,
    strange,
)
from storyboard.generators.video.animatic.figure.acting import Cue
from storyboard.generators.video.animatic.figure.colors import color_of, shade
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.features import Features
from storyboard.generators.video.animatic.figure.haircut import Haircut
from storyboard.generators.video.animatic.figure.hands import fist_of
from storyboard.generators.video.animatic.figure.rig import Looks, Rig
from storyboard.generators.video.animatic.figure.shapes import lerp, limb
from storyboard.generators.video.animatic.figure.wardrobe import Piece


@dataclass(frozen=True)
class Anatomy:
    """What a figure is: which of the painter's ways it is drawn in, and with what head.

    Attributes:
        kind: human, robot, animal (upright), quadruped, bird (natural), strange or ghost.
        species: of an animal or a strange one.
        dressed: whether it wears clothes.
        height: standing height, where an adult is 1.0.
    """

    kind: str
    species: str
    dressed: bool
    looks: Looks
    features: Features
    shape: skia.Path
    cut: Haircut
    height: float


def paint(anatomy: Anatomy, rig: Rig, action: str, cue: Cue) -> None:
    """Draw a figure in its pose."""
    verb = parts_of(action)[0]
    if anatomy.kind == "quadruped":
        stand = quadruped.stand_of(verb, cue, rig.pose, anatomy.height, rig.body.leg, anatomy.species)
        quadruped.paint_quadruped(
            rig.brush,
            stand,
            anatomy.species,
            anatomy.features,
            rig.pose,
            cue,
            anatomy.height,
            _collar(anatomy),
        )
    elif anatomy.kind == "bird":
        stand = fowl.perch_of(verb, cue, rig.pose, anatomy.height, rig.body.leg)
        collar = _collar(anatomy)
        fowl.paint_fowl(rig.brush, stand, anatomy.features, rig.pose, cue, verb, anatomy.height, collar)
    elif anatomy.kind == "robot":
        _robot(anatomy, rig)
    elif anatomy.kind == "ghost":
        strange.begin_mist(rig.brush)
        _ghost(anatomy, rig)
        rig.brush.canvas.restore()
    else:
        _upright(anatomy, rig, cue)


def paint_near_arm(anatomy: Anatomy, rig: Rig) -> None:
    """Draw just the near arm, laid round somebody drawn since."""
    if anatomy.kind in ("human", "animal", "strange"):
        _arm(rig, near=True)


def _collar(anatomy: Anatomy) -> tuple[float, float, float]:
    return color_of(anatomy.looks.character.clothing[0].color)


def _robot(anatomy: Anatomy, rig: Rig) -> None:
    plating = robot.plating_of(anatomy.looks.character)
    for arm, near in ((True, False), (False, False), (False, True)):
        robot.draw_robot_limb(rig, plating, near, arm)
    robot.draw_robot_trunk(rig, plating)
    with _HeadSpace(rig):
        robot.draw_robot_head(rig.brush, plating, rig.pose.mood, rig.pose.nod, rig.pose.back)
    _prop(rig)
    if rig.pose.far.front:
        robot.draw_robot_limb(rig, plating, near=False, arm=True)
    robot.draw_robot_limb(rig, plating, near=True, arm=True)


def _ghost(anatomy: Anatomy, rig: Rig) -> None:
    """Draw a ghost: mist in place of legs, and of everything where it wears nothing."""
    dressed = anatomy.dressed
    if not dressed:
        strange.draw_mist_arm(rig, near=False)
    else:
        _arm(rig, near=False)
    strange.draw_mist(rig, dressed)
    if dressed:
        clothes.draw_upper(rig)
        outerwear.draw_neck(rig)
    with _HeadSpace(rig):
        _head(anatomy, rig)
    props.draw_scarf(rig)
    _prop(rig)
    if dressed:
        _arm(rig, near=True)
    else:
        strange.draw_mist_arm(rig, near=True)


def _upright(anatomy: Anatomy, rig: Rig, cue: Cue) -> None:
    pose = rig.pose
    with_head = _HeadSpace(rig)
    if anatomy.kind == "animal":
        creature.draw_upright_tail(rig, anatomy.species, creature.wag_of(cue.beat, cue.t_s))
    elif anatomy.kind == "human" and not pose.back and not headwear.hides_hair(rig.outfit.hat):
        with with_head:
            hair.draw_back_hair(rig.brush, anatomy.cut, rig.swing)
    _held(rig, behind=True)
    props.draw_backpack(rig, straps=False)
    _arm(rig, near=False)
    legwear.draw_leg(rig, near=False)
    legwear.draw_leg(rig, near=True)
    clothes.draw_lower(rig)
    clothes.draw_upper(rig)
    outerwear.draw_neck(rig)
    props.draw_backpack(rig, straps=True)
    props.draw_scarf(rig)
    with with_head:
        _head(anatomy, rig)
    _front(rig)


def _front(rig: Rig) -> None:
    """Draw what is nearer than the body: guitar, far arm where it reaches forward, near arm."""
    _prop(rig)
    if rig.pose.far.front:
        _arm(rig, near=False, forearm_only=True)
    _cast_arm_shadow(rig)
    _arm(rig, near=True)
    if rig.pose.prop == "phone":
        props.shine_phone(rig)


def _held(rig: Rig, behind: bool) -> None:
    """Draw what is in the near hand: overhead things before the body, all others after it."""
    if rig.held is not None and rig.held.is_behind is behind and not rig.pose.back:
        from storyboard.generators.video.animatic.things.drawing import draw_thing

        draw_thing(rig.brush, rig.held, *fist_of(rig, True))


def _prop(rig: Rig) -> None:
    _held(rig, behind=False)
    props.draw_strap(rig)
    if rig.pose.prop == "mic":
        props.draw_mic(rig)
    else:
        props.draw_prop(rig)


def _head(anatomy: Anatomy, rig: Rig) -> None:
    brush, pose, hat, features = rig.brush, rig.pose, rig.outfit.hat, anatomy.features
    if anatomy.kind == "human":
        _human_head(anatomy, rig)
    elif anatomy.kind == "animal":
        creature.draw_animal_head(brush, anatomy.species, features, pose.mood, pose.nod, pose.back)
    else:
        strange.draw_strange_head(brush, anatomy.species, features, pose.mood, pose.nod, pose.back)
    glasses = rig.outfit.glasses or _face_glasses(features)
    if glasses is not None and anatomy.kind != "human" and not pose.back:
        headwear.draw_glasses(brush, glasses, pose.nod, pose.yaw)
    if hat is not None:
        headwear.draw_hat(brush, hat, pose.back)


def _human_head(anatomy: Anatomy, rig: Rig) -> None:
    brush, pose, hat, features = rig.brush, rig.pose, rig.outfit.hat, anatomy.features
    hidden = headwear.hides_hair(hat)
    face.draw_head(brush, features, anatomy.shape)
    if pose.back:
        if not hidden:
            hair.draw_back_of_head(brush, anatomy.cut, rig.swing)
        return
    face.draw_face(brush, features, pose.mood, pose.nod, pose.yaw)
    glasses = rig.outfit.glasses or _face_glasses(features)
    if glasses is not None:
        headwear.draw_glasses(brush, glasses, pose.nod, pose.yaw)
    if not hidden:
        hair.draw_front_hair(brush, anatomy.cut, rig.swing, not headwear.covers_crown(hat))


def _face_glasses(features: Features) -> Piece | None:
    """Return the glasses that the words about the face name."""
    kind = next((kind for kind in ("sunglasses", "glasses") if kind in features.marks), None)
    return Piece(kind, (0.15, 0.14, 0.16)) if kind else None


def _arm(rig: Rig, near: bool, forearm_only: bool = False) -> None:
    limbs.draw_arm(rig, near, forearm_only)
    sleeves.finish_sleeve(rig, near, forearm_only)


def _cast_arm_shadow(rig: Rig) -> None:
    """Darken the torso beside the near arm, so that an arm in the same cloth stays readable."""
    shell = rig.outfit.shell
    radii = [r + 0.007 * rig.body.height for r in limbs.arm_radii(rig, 0.008)]
    a, b, c = ((p[0] + 0.008 * rig.brush.dark, p[1] + 0.012) for p in rig.joints.near_arm)
    a = lerp(a, b, 0.4)  # the shoulder itself runs into the torso
    canvas = rig.brush.canvas
    canvas.save()
    canvas.clipPath(clothes.shell_path(rig), True)
    rig.brush.fill(limb((a, b, c), radii), shade(shell.color, 1.25), 0.55)
    canvas.restore()


class _HeadSpace:
    """Puts the canvas into head space while it is entered: radius 1, upright, face towards +x."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._px = rig.brush.px

    def __enter__(self) -> None:
        canvas, joints, r = self._rig.brush.canvas, self._rig.joints, self._rig.body.head_r
        canvas.save()
        canvas.translate(*joints.head)
        canvas.rotate(math.degrees(joints.head_angle))
        canvas.scale(r, r)
        self._rig.brush.px = self._px * r

    def __exit__(self, *_: object) -> None:
        self._rig.brush.canvas.restore()
        self._rig.brush.px = self._px
