"""A figure: reads a character sheet once, then draws it in any action at any moment."""

from __future__ import annotations

from typing import Literal

import skia

from storyboard.generators.video.animatic.figure import creature, fowl, painter, quadruped
from storyboard.generators.video.animatic.figure.acting import Cue, Moment, cue_of
from storyboard.generators.video.animatic.figure.body import body_of
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.colors import digest, skin_of
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.face import head_shape
from storyboard.generators.video.animatic.figure.features import features_of
from storyboard.generators.video.animatic.figure.gestures import pose_of
from storyboard.generators.video.animatic.figure.haircut import hair_color, hair_dye, haircut_of
from storyboard.generators.video.animatic.figure.rig import Looks, Rig
from storyboard.generators.video.animatic.figure.skeleton import Joints, Pose, seat_height, solve
from storyboard.generators.video.animatic.figure.sprite import Light, draw_sprite
from storyboard.generators.video.animatic.figure.strange import skin_of_strange
from storyboard.generators.video.animatic.figure.wardrobe import outfit_of
from storyboard.schema.cast import Character


class Figure:
    """One character, posable and drawable.

    Args:
        character: its sheet.
        seed: of the film; with the name it decides what the sheet leaves open and how it moves.
    """

    def __init__(self, character: Character, seed: int) -> None:
        number = digest(f"{seed} {character.name}")
        color = hair_color(character)
        kind, species = _kind_of(character)
        if kind in ("animal", "quadruped", "bird"):
            skin = color
        elif kind in ("strange", "ghost"):
            skin = skin_of_strange(character, species)
        else:
            skin = skin_of(character.face, character.name)
        self._body = body_of(character)
        looks = Looks(character, self._body, outfit_of(character), skin, color, number)
        features = features_of(character, skin, color, self._body.child)
        self._anatomy = painter.Anatomy(
            kind=kind,
            species=species,
            dressed=not creature.is_bare(character),
            looks=looks,
            features=features,
            shape=head_shape(features),
            cut=haircut_of(character, color, *hair_dye(character)),
            height=self._body.height * _PET_SIZES.get(kind, 1.0),
        )
        self._looks = looks
        self._phase = (number >> 8) % 1000 / 1000
        self._variant = (number >> 20) % 12

    @property
    def height(self) -> float:
        """Standing height, where an adult is 1.0."""
        return self._anatomy.height

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
            held = moment.playing.held if not pose.prop else None
            rig = Rig(self._looks, self._body, pose, joints, brush, moment.t_s, self._lag(cue), held)
            if not only_near_arm:
                painter.paint(self._anatomy, rig, action, cue)
            else:
                painter.paint_near_arm(self._anatomy, rig)

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
        verb, anatomy = parts_of(action)[0], self._anatomy
        if anatomy.kind in _PET_SIZES:
            stand = (
                fowl.perch_of(verb, cue, pose, self.height, self._body.leg)
                if anatomy.kind == "bird"
                else quadruped.stand_of(verb, cue, pose, self.height, self._body.leg, anatomy.species)
            )
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
        if not pose.seated or self._anatomy.kind in _PET_SIZES:
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


_PET_SIZES = {"quadruped": 0.7, "bird": 0.62}  # animals as nature made them, against those in clothes


def _kind_of(character: Character) -> tuple[str, str]:
    """Return in which of the painter's ways a character is drawn, and its species."""
    species = creature.species_of(character)
    if character.gender == "robot":
        return "robot", species
    if species in creature.STRANGE and character.gender in ("creature", "person", "animal"):
        return ("ghost" if species == "ghost" else "strange"), species
    if character.gender not in ("animal", "creature"):
        return "human", species
    if creature.is_bare(character):
        return ("bird" if species == "bird" else "quadruped"), species
    return "animal", species
