"""A player: a figure with a part in a scene, and with the furniture that its action brings along."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Literal

import numpy as np
import skia

from storyboard.generators.video.animatic.figure import furniture
from storyboard.generators.video.animatic.figure.acting import Moment, Playing
from storyboard.generators.video.animatic.figure.body import body_of
from storyboard.generators.video.animatic.figure.brush import Brush
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.figure.feelings import energy_of
from storyboard.generators.video.animatic.figure.figure import Figure
from storyboard.generators.video.animatic.figure.sprite import Light
from storyboard.schema.cast import Character

_HIPS_X = -0.13
_SEAT_TOP = -0.235
_STILL = Moment(0.0, 0.0, 0.4, 0.0)
_LAID = 0.1
"""Half the depth of a body, by which its middle lies above the mattress, in heights."""


class Player(Figure):
    """A figure that feels, has a partner, and walks as far in a step as its shot has room for.

    Args:
        character: its sheet.
        seed: of the figure, as in Figure.
        playing: what it brings to every moment.
        in_car: whether the place is the inside of a car, which then needs no car of its own.
    """

    def __init__(
        self, character: Character, seed: int, playing: Playing | None = None, *, in_car: bool = False
    ) -> None:
        super().__init__(character, seed)
        self._playing = playing or Playing()
        self._in_car = in_car
        self._own_height = body_of(character).height
        self._number = seed

    @property
    def leg(self) -> float:
        """Length of a leg, where an adult is 1.0 tall."""
        return self._body.leg

    @cached_property
    def crown(self) -> float:
        """How high hair, hat or feelers stand above the middle of the head, in its radii."""
        size, unit = 240, 150.0
        pixels = np.zeros((size, size, 4), np.uint8)
        canvas = skia.Surface(
            pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType
        ).getCanvas()
        light = Light(ambient=(1.0, 1.0, 1.0), rim=(1.0, 1.0, 1.0), rim_side=1, strength=0.0)
        super().draw(canvas, "stand", _STILL, light, x=size / 2, feet_y=size - 10.0, unit_px=unit, facing=1)
        _, y, radius = super().head("stand", _STILL, x=0.0, feet_y=size - 10.0, unit_px=unit, facing=1)
        filled = np.flatnonzero(pixels[..., 3].max(1) > 100)
        return float((y - filled[0]) / radius) if filled.size else 1.0

    @property
    def is_pet(self) -> bool:
        """Whether it is an animal on its own legs, which has no seat and no hands."""
        return super().seat("sit", _STILL, x=0.0, feet_y=0.0, unit_px=1.0, facing=1) is None

    @property
    def playing(self) -> Playing:
        """What it brings to every moment."""
        return self._playing

    def as_playing(self, playing: Playing) -> Player:
        """Return the same figure in another part."""
        other = copy.copy(self)
        other._playing = playing
        return other

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
        """Draw the figure with what stands behind and before it; see Figure.draw."""
        felt = self._felt(moment)
        if only_near_arm:
            super().draw(
                canvas, action, felt, light, x=x, feet_y=feet_y, unit_px=unit_px, facing=facing,
                only_near_arm=True,
            )  # fmt: skip
            return
        prop = parts_of(action)[1]
        with self._space(canvas, light, x, feet_y, unit_px, facing) as brush:
            self._draw_behind(brush, prop, light)
        if prop == "lie":
            self._draw_lying(canvas, felt, light, x=x, feet_y=feet_y, unit_px=unit_px, facing=facing)
        else:
            super().draw(canvas, action, felt, light, x=x, feet_y=feet_y, unit_px=unit_px, facing=facing)
        with self._space(canvas, light, x, feet_y, unit_px, facing) as brush:
            self._draw_before(brush, action, felt)

    def head(
        self, action: str, moment: Moment, *, x: float, feet_y: float, unit_px: float, facing: Literal[-1, 1]
    ) -> tuple[float, float, float]:
        """Return centre x, y and radius of the head, in pixels."""
        felt = self._felt(moment)
        if action != "lie":
            return super().head(action, felt, x=x, feet_y=feet_y, unit_px=unit_px, facing=facing)
        hx, hy, radius = super().head(action, felt, x=0.0, feet_y=0.0, unit_px=unit_px, facing=facing)
        at_x, at_y = self._laid_at(x, feet_y, unit_px, facing)
        return (at_x + facing * hy, at_y - facing * hx, radius)

    def _felt(self, moment: Moment) -> Moment:
        feeling = self._playing.feeling
        energy = 0.5 * (moment.energy + energy_of(feeling)) if feeling else moment.energy
        return replace(moment, energy=energy, playing=self._playing)

    def _draw_behind(self, brush: Brush, action: str, light: Light) -> None:
        if action == "piano":
            furniture.draw_stool(brush, _HIPS_X, _SEAT_TOP)
        elif action == "drive":
            furniture.draw_car_seat(brush, _HIPS_X, _SEAT_TOP)
        elif action == "window":
            furniture.draw_window(brush, light.rim)
        elif action == "lie":
            furniture.draw_bed(brush, self._number)

    def _draw_before(self, brush: Brush, doing: str, moment: Moment) -> None:
        legs, action = parts_of(doing)
        if action == "work" and legs in ("work", "sit"):
            furniture.draw_worktop(brush, self._number, seated=legs == "sit")
        elif action == "drive" and not self._in_car:
            furniture.draw_car(brush, self._number, moment.t_s)
        elif action == "lie":
            furniture.draw_quilt(brush, self._number, math.sin(math.tau * moment.t_s / 4.4))

    def _draw_lying(
        self,
        canvas: skia.Canvas,
        moment: Moment,
        light: Light,
        *,
        x: float,
        feet_y: float,
        unit_px: float,
        facing: Literal[-1, 1],
    ) -> None:
        """Draw the figure on its back, the head away from where it faces."""
        canvas.save()
        canvas.translate(*self._laid_at(x, feet_y, unit_px, facing))
        canvas.rotate(-90.0 * facing)
        super().draw(canvas, "lie", moment, light, x=0.0, feet_y=0.0, unit_px=unit_px, facing=facing)
        canvas.restore()

    def _laid_at(self, x: float, feet_y: float, unit_px: float, facing: int) -> tuple[float, float]:
        """Return where the feet of one who lies are."""
        unit = unit_px * self._own_height
        return (x + facing * 0.5 * unit, feet_y - (furniture.BED_TOP + _LAID) * unit)

    @contextmanager
    def _space(
        self, canvas: skia.Canvas, light: Light, x: float, feet_y: float, unit_px: float, facing: int
    ) -> Iterator[Brush]:
        """Put the canvas into figure space, scaled to this figure's height."""
        unit = unit_px * self._own_height
        canvas.save()
        canvas.translate(x, feet_y)
        canvas.scale(facing * unit, unit)
        yield Brush(canvas, unit, light.ambient, -light.rim_side * facing)
        canvas.restore()
