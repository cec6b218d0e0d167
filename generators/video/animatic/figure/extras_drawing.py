"""Drawing extras: silhouettes that dance, watch or pass by, in the focus and the light of their plane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import skia

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.camera import Drift, Frame, View, matrix_at
from storyboard.generators.video.animatic.figure.crowd import Onlooker, crowd
from storyboard.generators.video.animatic.figure.extras import Band
from storyboard.generators.video.animatic.figure.moves import STEPS
from storyboard.generators.video.animatic.looks import Style
from storyboard.generators.video.animatic.looks.style import Pixels, over
from storyboard.generators.video.animatic.palette import RGB, Colour, Palette, mix
from storyboard.generators.video.animatic.scenery import Clock

_ACTS = {"dance": "dance", "stand": "stand", "walk": "walk", "watch": "dance"}
_SOFT = 0.0052
"""How far out of focus what lies behind the cast is, as a share of the height, for each step of zoom."""
_APART = 0.42
"""How far the plane of those behind is from the cast, for the lens."""
_MELTED = 2.0
"""How much softer they are beside a face that fills the frame: they have none of their own."""
_FRONT_SOFT = 0.0045
_CLOTHES = ("#8a8f9c", "#b9a68a", "#6e5a66", "#d8cfc2")
_HAZY = 0.82
"""The depth whose haze lies over people behind the cast, who so stand back."""
_SOFTER_PX = 2.2
"""From this softness on people are drawn at a quarter of the size, before that at half."""
_WIDE, _TALL = 0.42, 1.0
"""How far arms and hair reach from one's place, in heights: to a side, and up."""
_OVERLAP = 0.13
"""How far the audience reaches into a medium shot, as a share of its height."""


class Extras:
    """Draws the extras of one scene; those before the cast stand in the dark if it is inside."""

    def __init__(
        self, bands: Sequence[Band], palette: Palette, frame: Frame, style: Style, *, indoor: bool
    ) -> None:
        self._bands = bands
        self._palette = palette
        self._frame = frame
        self._style = style
        r, g, b = palette.ambient
        self._daylight = 0.0 if indoor else max(0.0, min(1.0, 2.5 * ((r + g + b) / 3 - 0.6)))
        self._clothes: list[Colour] = [palette.accent(0), palette.accent(1), *_CLOTHES, palette.accent(2)]

    def draw(
        self,
        canvas: skia.Canvas,
        pixels: Pixels,
        view: View,
        drifted: Drift,
        clock: Clock,
        *,
        framing: str,
        energy: float,
        front: bool,
        focus: float = 1.0,
    ) -> None:
        """Draw those behind the cast, or those before it, on a canvas that draws on `pixels`.

        `focus` is where the lens is focused: 1 at the cast, 0 on what lies behind.
        """
        for band in self._bands:
            if (band.depth > 1.0) != front or (framing == "close" and front):
                continue
            if framing != "wide" and not self._has_room(band):
                continue
            matrix = matrix_at(self._frame, view, drifted, band.depth)
            if front and framing != "wide":
                matrix = matrix.preTranslate(0.0, self._raised(matrix, band))
            people = [one for one in _now(band, clock) if self._seen(one, matrix)]
            if not people:
                continue
            soft_px = self._softness(view, band) * focus * (_MELTED if framing == "close" else 1.0)
            if soft_px < 0.5:
                self._paint(canvas, matrix, band, people, clock, energy)
            else:
                self._set_in_soft(pixels, matrix, band, people, clock, energy, soft_px)

    def _paint(
        self,
        canvas: skia.Canvas,
        matrix: skia.Matrix,
        band: Band,
        people: list[Onlooker],
        clock: Clock,
        energy: float,
    ) -> None:
        canvas.save()
        canvas.concat(matrix)
        first, second = self._tones(band)
        clothes = [] if band.dim or band.depth > 1.0 else self._clothes
        brush = Brush(canvas, self._palette, band.depth if band.depth > 1.0 else _HAZY)
        if band.depth < 1.0:
            for one in people:
                brush.shadow(one.x, one.feet_y, 0.17 * one.unit, 0.022 * one.unit, 0.3)
        crowd(
            brush, people, first, second=second, action=_ACTS[band.doing], t_s=clock.t_s, beat=clock.beat,
            energy=energy, emit=band.depth > 1.0, clothes=clothes,
        )  # fmt: skip
        canvas.restore()

    def _set_in_soft(
        self,
        pixels: Pixels,
        matrix: skia.Matrix,
        band: Band,
        people: list[Onlooker],
        clock: Clock,
        energy: float,
        soft_px: float,
    ) -> None:
        """Draw people small and blur them, which costs less than either at full size."""
        step = 2 if soft_px < _SOFTER_PX else 4
        top, low = self._rows(people, matrix, soft_px)
        if low - top < 2 * step:
            return
        small: Pixels = np.zeros(((low - top) // step, self._frame.width // step, 4), np.uint8)
        surface = skia.Surface(small, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
        shrunk = skia.Matrix.Concat(
            skia.Matrix.Concat(skia.Matrix.Scale(1 / step, 1 / step), skia.Matrix.Translate(0, -top)),
            matrix,
        )
        self._paint(surface.getCanvas(), shrunk, band, people, clock, energy)
        surface.flushAndSubmit()
        blurred = cv2.GaussianBlur(small, (0, 0), max(0.5, soft_px / step))
        target = pixels[top:low]
        whole = cv2.resize(blurred, (target.shape[1], target.shape[0]), interpolation=cv2.INTER_LINEAR)
        over(target, np.asarray(whole, np.uint8))

    def _rows(self, people: list[Onlooker], matrix: skia.Matrix, soft_px: float) -> tuple[int, int]:
        """Return the rows of the picture that people fill."""
        spare = int(3 * soft_px) + 2
        tops = [matrix.mapXY(0.0, one.feet_y - 1.5 * one.unit).fY for one in people]
        lows = [matrix.mapXY(0.0, one.feet_y + 0.06 * one.unit).fY for one in people]
        top, low = max(0, int(min(tops)) - spare), min(self._frame.height, int(max(lows)) + spare)
        return top, low

    def _has_room(self, band: Band) -> bool:
        """Whether one who passes by behind a face does not take its frame from it."""
        return band.doing != "walk" or self._frame.width > self._frame.height

    def _seen(self, one: Onlooker, matrix: skia.Matrix) -> bool:
        at, reach = matrix.mapXY(one.x, one.feet_y), matrix.mapRadius(one.unit * _WIDE)
        head = at.fY - matrix.mapRadius(one.unit * _TALL)
        return bool(-reach < at.fX < self._frame.width + reach and head < self._frame.height)

    def _raised(self, matrix: skia.Matrix, band: Band) -> float:
        """Return how far the audience comes up, so that heads show at the lower edge of a medium shot."""
        crowns = [one.feet_y - one.unit for one in band.people]
        at: float = matrix.mapXY(0.0, min(crowns)).fY
        unit_px: float = matrix.mapRadius(1.0)
        return (self._frame.height * (1 - _OVERLAP) - at) / unit_px

    def _softness(self, view: View, band: Band) -> float:
        """Return how soft a plane is, as the deviation of a Gaussian in pixels."""
        height, depth_of_field = self._frame.height, self._style.depth_of_field
        if band.depth > 1.0:
            return depth_of_field * height * _FRONT_SOFT * min(2.0, view.zoom)
        if view.zoom < 1.2:
            return 0.0
        return depth_of_field * height * _SOFT * min(3.4, view.zoom - 0.6) * _APART

    def _tones(self, band: Band) -> tuple[RGB, RGB]:
        """Return the colours of people and of what they wear: hardly lit before the lights, hazy far away."""
        if band.depth > 1.0:
            light = self._daylight
            back, coat = mix("#0b0814", "#37323f", light), mix("#171224", "#453f4e", light)
            return mix(back, self._palette.accent(0), 0.06), mix(coat, self._palette.accent(1), 0.14)
        if band.dim:
            return mix("#2a2433", self._palette.accent(0), 0.16), mix("#2a2433", self._palette.accent(1), 0.6)
        return mix("#4a4652", self._palette.haze, 0.35), self._palette.accent(1)


def _now(band: Band, clock: Clock) -> list[Onlooker]:
    """Return the people where they are now: who walks comes in again on the other side."""
    if band.doing != "walk":
        return list(band.people)
    length, beats = STEPS["walk"]
    span = 2 * band.reach
    walked = []
    for one in band.people:
        gone = one.facing * length * one.body.leg * one.unit * clock.beat / beats
        walked.append(replace(one, x=(one.x + gone + band.reach) % span - band.reach))
    return walked
