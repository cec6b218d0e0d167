"""A figure: reads a character sheet once, then draws it in any action at any moment."""

from __future__ import annotations

import math
from typing import Literal

import skia

from storyboard.generators.video.animatic.figure import (
    clothes,
    creature,
    face,
    hair,
    headwear,
    limbs,
    outerwear,
    props,
    quadruped,
    robot,
)
from storyboard.generators.video.animatic.figure.acting import Cue, Moment, cue_of
from storyboard.generators.video.animatic.figure.body import body_of
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import RGB, color_of, digest, mix, shade, skin_of
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.features import features_of
from storyboard.generators.video.animatic.figure.gestures import pose_of
from storyboard.generators.video.animatic.figure.haircut import haircut_of
from storyboard.generators.video.animatic.figure.rig import Looks, Rig
from storyboard.generators.video.animatic.figure.shapes import lerp, limb
from storyboard.generators.video.animatic.figure.skeleton import Joints, Pose, seat_height, solve
from storyboard.generators.video.animatic.figure.sprite import Light, draw_sprite
from storyboard.generators.video.animatic.figure.wardrobe import Piece, outfit_of
from storyboard.schema.cast import Character


class Figure:
    """One character, posable and drawable.

    Args:
        character: its sheet.
        seed: of the film; with the name it decides what the sheet leaves open and how it moves.
    """

    def __init__(self, character: Character, seed: int) -> None:
        number = digest(f"{seed} {character.name}")
        color = _hair_color(character)
        self._kind = _kind_of(character)
        self._species = creature.species_of(character)
        furry = character.gender == "animal"
        skin = color if furry else skin_of(character.face, character.name)
        self._body = body_of(character)
        self._looks = Looks(character, self._body, outfit_of(character), skin, color, number)
        self._features = features_of(character, skin, color, self._body.child)
        self._shape = face.head_shape(self._features)
        self._cut = haircut_of(character, color)
        self._phase = (number >> 8) % 1000 / 1000
        self._variant = (number >> 20) % 12

    @property
    def height(self) -> float:
        """Standing height, where an adult is 1.0."""
        return self._body.height * (_PET_SIZE if self._kind == "quadruped" else 1.0)

    def draw(
        self,
        canvas: skia.Canvas,
        action: str,
        moment: Moment,
        light: Light,
        *,
        x: float,
        feet_y: float,
        unit_px: float,
        facing: Literal[-1, 1],
        only_near_arm: bool = False,
    ) -> None:
        """Draw the figure with its feet at (x, feet_y); an adult stands unit_px pixels tall.

        `only_near_arm` draws just that arm: the one laid round somebody drawn since.
        """
        cue, pose, joints = self._posed(action, moment)
        grow = unit_px * self._body.height

        def paint(inner: skia.Canvas) -> None:
            inner.translate(x, feet_y)
            inner.scale(facing * unit_px * (1 - pose.squash * 0.8), unit_px * (1 + pose.squash))
            scale = abs(inner.getTotalMatrix().getScaleY())
            brush = Brush(inner, scale, light.ambient, -light.rim_side * facing)
            rig = Rig(self._looks, self._body, pose, joints, brush, moment.t_s, self._lag(cue))
            if not only_near_arm:
                self._paint(rig, action, cue)
            elif self._kind in ("human", "animal"):
                limbs.draw_arm(rig, near=True)

        bounds = skia.Rect.MakeLTRB(
            x - 0.72 * grow, feet_y - 1.62 * grow, x + 0.72 * grow, feet_y + 0.06 * grow
        )
        draw_sprite(canvas, bounds, light, 0.0045 * unit_px + 0.9, paint)

    def head(
        self, action: str, moment: Moment, *, x: float, feet_y: float, unit_px: float, facing: Literal[-1, 1]
    ) -> tuple[float, float, float]:
        """Return centre x, y and radius of the head, in pixels."""
        cue, pose, joints = self._posed(action, moment)
        (hx, hy), radius = joints.head, self._body.head_r
        if self._kind == "quadruped":
            stand = quadruped.stand_of(parts_of(action)[0], cue, pose, self.height)
            (hx, hy), radius = stand.head, stand.head_r
        return (
            x + facing * hx * unit_px * (1 - pose.squash * 0.8),
            feet_y + hy * unit_px * (1 + pose.squash),
            radius * unit_px,
        )

    def seat(
        self, action: str, moment: Moment, *, x: float, feet_y: float, unit_px: float, facing: Literal[-1, 1]
    ) -> tuple[float, float] | None:
        """Return where the seat's surface is, in pixels; None if the action does not sit."""
        _, pose, joints = self._posed(action, moment)
        if not pose.seated or self._kind == "quadruped":
            return None
        height = seat_height(self._body) - 0.045 * self._body.girth
        return (x + facing * joints.pelvis[0] * unit_px, feet_y - height * unit_px)

    def _posed(self, action: str, moment: Moment) -> tuple[Cue, Pose, Joints]:
        cue = cue_of(moment, self._phase, self._variant)
        pose = pose_of(action, cue)
        return cue, pose, solve(self._body, pose)

    def _lag(self, cue: Cue) -> float:
        """Return how loose things swing, -1 to 1: behind the beat, more in loud music."""
        swing = 0.55 * cue.swing(4, -0.12) + 0.3 * cue.swing(2, -0.2)
        return swing * (0.35 + 0.5 * cue.energy) + 0.2 * cue.drift(4.7)

    def _paint(self, rig: Rig, action: str, cue: Cue) -> None:
        if self._kind == "quadruped":
            stand = quadruped.stand_of(parts_of(action)[0], cue, rig.pose, self.height)
            collar = self._looks.character.clothing[0].color
            quadruped.paint_quadruped(
                rig.brush, stand, self._species, self._features, rig.pose, cue, self.height, color_of(collar)
            )
        elif self._kind == "robot":
            self._paint_robot(rig)
        else:
            self._paint_upright(rig, cue)

    def _paint_robot(self, rig: Rig) -> None:
        plating = robot.plating_of(self._looks.character)
        for arm, near in ((True, False), (False, False), (False, True)):
            robot.draw_robot_limb(rig, plating, near, arm)
        robot.draw_robot_trunk(rig, plating)
        with _HeadSpace(rig):
            robot.draw_robot_head(rig.brush, plating, rig.pose.mood, rig.pose.nod, rig.pose.back)
        self._paint_prop(rig)
        if rig.pose.far.front:
            robot.draw_robot_limb(rig, plating, near=False, arm=True)
        robot.draw_robot_limb(rig, plating, near=True, arm=True)

    def _paint_upright(self, rig: Rig, cue: Cue) -> None:
        """Draw everything from back to front."""
        pose = rig.pose
        with_head = _HeadSpace(rig)
        if self._kind == "animal":
            creature.draw_upright_tail(rig, self._species, creature.wag_of(cue.beat, cue.t_s))
        elif not pose.back:
            with with_head:
                hair.draw_back_hair(rig.brush, self._cut, rig.swing)
        props.draw_backpack(rig, straps=False)
        limbs.draw_arm(rig, near=False)
        limbs.draw_leg(rig, near=False)
        limbs.draw_leg(rig, near=True)
        clothes.draw_lower(rig)
        clothes.draw_upper(rig)
        outerwear.draw_neck(rig)
        props.draw_backpack(rig, straps=True)
        props.draw_scarf(rig)
        with with_head:
            self._paint_head(rig)
        self._paint_front(rig)

    def _paint_front(self, rig: Rig) -> None:
        """Draw what is nearer than the body: guitar, far arm where it reaches forward, near arm."""
        self._paint_prop(rig)
        if rig.pose.far.front:
            limbs.draw_arm(rig, near=False, forearm_only=True)
        self._cast_arm_shadow(rig)
        limbs.draw_arm(rig, near=True)
        if rig.pose.prop == "phone":
            props.shine_phone(rig)

    def _paint_prop(self, rig: Rig) -> None:
        props.draw_strap(rig)
        if rig.pose.prop == "mic":
            props.draw_mic(rig)
        else:
            props.draw_prop(rig)

    def _paint_head(self, rig: Rig) -> None:
        brush, pose, hat = rig.brush, rig.pose, rig.outfit.hat
        if self._kind == "animal":
            creature.draw_animal_head(brush, self._species, self._features, pose.mood, pose.nod, pose.back)
            if rig.outfit.glasses is not None and not pose.back:
                headwear.draw_glasses(brush, rig.outfit.glasses, pose.nod, pose.yaw)
        else:
            self._paint_human_head(rig)
        if hat is not None:
            headwear.draw_hat(brush, hat, pose.back)

    def _paint_human_head(self, rig: Rig) -> None:
        brush, pose, hat = rig.brush, rig.pose, rig.outfit.hat
        face.draw_head(brush, self._features, self._shape)
        if pose.back:
            hair.draw_back_of_head(brush, self._cut, rig.swing)
        else:
            face.draw_face(brush, self._features, pose.mood, pose.nod, pose.yaw)
            if rig.outfit.glasses or "glasses" in rig.looks.character.face.lower():
                piece = rig.outfit.glasses or _FACE_GLASSES
                headwear.draw_glasses(brush, piece, pose.nod, pose.yaw)
            hair.draw_front_hair(brush, self._cut, rig.swing, not headwear.covers_crown(hat))

    def _cast_arm_shadow(self, rig: Rig) -> None:
        """Darken the torso beside the near arm, so that an arm in the same cloth stays readable."""
        shell = rig.outfit.shell
        radii = [r + 0.007 * self._body.height for r in limbs.arm_radii(rig, 0.008)]
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


_PET_SIZE = 0.7  # a four-legged animal against one on two legs
_FACE_GLASSES = Piece("glasses", (0.15, 0.14, 0.16))


def _kind_of(character: Character) -> str:
    if character.gender == "robot":
        return "robot"
    if character.gender != "animal":
        return "human"
    return "quadruped" if creature.walks_on_four(character) else "animal"


def _hair_color(character: Character) -> RGB:
    words = character.hair.color.lower()
    if "salt" in words:
        return (0.55, 0.55, 0.57)
    color = color_of(words)
    # "red" hair is ginger and "white" hair silver; dyed colours are said with an adjective
    if words in ("red", "orange"):
        return color_of("ginger")
    return mix(color, (0.8, 0.8, 0.84), 0.3) if words == "white" else color
