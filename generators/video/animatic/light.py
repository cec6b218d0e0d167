"""Light: lamps and bloom at quarter size, laid on by SCREEN; reflections."""

from __future__ import annotations

import math

import cv2
import numpy as np
import skia

from storyboard.generators.video.animatic.bake import LINEAR, Pixels
from storyboard.generators.video.animatic.camera import Drift, Frame, View, matrix_at
from storyboard.generators.video.animatic.looks import Style
from storyboard.generators.video.animatic.palette import Palette, rgb
from storyboard.generators.video.animatic.scenery import Clock, Scenery

_SPRITE = 128
_BRIGHT = 132
"""Pixels above this, of 255, bleed light."""
SWEPT = (
    "stage",
    "club",
    "concert hall",
    "nightclub",
    "bar",
    "arena",
    "theatre",
    "dance floor",
    "karaoke bar",
)
"""Kinds of places whose lights sweep with the music."""
_SHAFTS = 3
_BEATS_A_BAR = 4


def _glow_sprite(rings: int) -> skia.Image:
    """Return a round light that fades to its rim, or falls in so many flat rings."""
    axis = np.linspace(-1, 1, _SPRITE, dtype=np.float32)
    distance = np.hypot(axis[None, :], axis[:, None])
    fall = np.clip(1 - distance, 0, 1)
    if rings:
        fall = np.ceil(fall * rings - 0.35).clip(0, rings) / rings * 0.55
    alpha = (fall**2.4 * 255).astype(np.uint8)
    return skia.Image.fromarray(np.dstack([alpha] * 4), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


class LightPass:
    """Adds light to finished frames of one scene, as far as the look wants it.

    Attributes:
        energy: of the music now, 0 to 1.
    """

    def __init__(
        self,
        scenery: Scenery,
        palette: Palette,
        frame: Frame,
        style: Style,
        *,
        sweeps: bool = False,
    ) -> None:
        self._scenery = scenery
        self._palette = palette
        self._frame = frame
        self._bloom = (0.50 + 0.25 * scenery.night) * style.bloom
        self._lamp = style.lamps
        self.energy = 0.0
        self._sweeps = sweeps
        self._size = (max(2, frame.width // 4), max(2, frame.height // 4))
        self._sprite = _glow_sprite(style.rings)
        self._threshold: Pixels = np.full((self._size[1], self._size[0], 4), _BRIGHT, np.uint8)
        self._buffer: Pixels = np.zeros((self._size[1], self._size[0], 4), np.uint8)
        self._surface = skia.Surface(
            self._buffer, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType
        )

    def apply(
        self, pixels: Pixels, view: View, drifted: Drift, clock: Clock, fog: Pixels | None = None
    ) -> None:
        """Lay lamps, bloom and fog on a frame, in place."""
        light = self._lamps(view, drifted, clock)
        if self._bloom > 0:
            light = np.asarray(cv2.add(light, self._bleeding(pixels, clock)), np.uint8)
        if fog is not None:
            light = np.asarray(cv2.add(light, fog), np.uint8)
        if not light.any():
            return
        full = cv2.resize(light, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
        screen(pixels, np.asarray(full, np.uint8))

    def _bleeding(self, pixels: Pixels, clock: Clock) -> Pixels:
        small = cv2.resize(pixels, self._size, interpolation=cv2.INTER_AREA)
        bright = cv2.subtract(small, self._threshold)
        soft = cv2.blur(cv2.blur(bright, (9, 9)), (17, 17))
        light = cv2.addWeighted(soft, self._bloom * (1 + 0.18 * self._pulse(clock)), bright, 0.10, 0)
        return np.asarray(light, np.uint8)

    def _lamps(self, view: View, drifted: Drift, clock: Clock) -> Pixels:
        self._buffer[:] = 0
        canvas = self._surface.getCanvas()
        for index, lamp in enumerate(self._scenery.lamps):
            matrix = matrix_at(self._frame, view, drifted, lamp.depth)
            centre = matrix.mapXY(lamp.x, lamp.y)
            radius = matrix.mapRadius(lamp.radius) / 4 * (1 + 0.08 * clock.pulse * lamp.pulse)
            unsteady = (
                lamp.flicker * math.sin(clock.t_s * 11 + index) * math.sin(clock.t_s * 7.3 + index * 2.1)
            )
            strength = (
                self._lamp
                * lamp.strength
                * (
                    0.80
                    + lamp.pulse * self._pulse(clock)
                    + unsteady
                    + 0.03 * math.sin(clock.t_s * 1.9 + index)
                )
            )
            strength *= (0.55 + 0.25 * min(1.0, lamp.depth)) / (1.0 + 0.9 * (view.zoom - 1.0))
            r, g, b = self._palette.light(rgb(lamp.colour))
            colour = skia.Color4f(r * strength, g * strength, b * strength, 1.0)
            paint = skia.Paint(BlendMode=skia.BlendMode.kPlus)
            paint.setColorFilter(skia.ColorFilters.Blend(colour.toColor(), skia.BlendMode.kModulate))
            box = skia.Rect.MakeLTRB(
                centre.fX / 4 - radius, centre.fY / 4 - radius, centre.fX / 4 + radius, centre.fY / 4 + radius
            )
            canvas.drawImageRect(self._sprite, box, LINEAR, paint)
        if self._sweeps:
            self._sweep(canvas, view, clock)
        self._surface.flushAndSubmit()
        self._buffer[..., 3] = 0
        return self._buffer

    def _pulse(self, clock: Clock) -> float:
        """Return how strongly the music is felt: most on downbeats, less on every beat, with its energy."""
        beat = math.exp(-(clock.beat % 1.0) * 3.2)
        return max(clock.pulse, 0.6 * self.energy * beat)

    def _sweep(self, canvas: skia.Canvas, view: View, clock: Clock) -> None:
        """Swing shafts of coloured light over the picture, once in two bars."""
        width, height = self._size
        for index in range(_SHAFTS):
            turn = 2 * math.pi * (clock.beat / (2 * _BEATS_A_BAR) + index / _SHAFTS)
            top = width * (0.5 + 0.36 * (index - (_SHAFTS - 1) / 2))
            foot = top + width * 0.42 * math.sin(turn) * (-1 if index % 2 else 1)
            r, g, b = self._palette.light(self._palette.accent(index))
            strength = (0.10 + 0.16 * self._pulse(clock)) * (0.6 + 0.6 * self.energy) / view.zoom**0.5
            ends = [skia.Point(top, -0.1 * height), skia.Point(foot, height)]
            stops = [
                skia.Color4f(r * share, g * share, b * share, 1.0).toColor() for share in (strength, 0.0)
            ]
            paint = skia.Paint(
                Shader=skia.GradientShader.MakeLinear(ends, stops),
                BlendMode=skia.BlendMode.kPlus,
                AntiAlias=True,
            )
            for half in (0.030, 0.062):
                path = skia.Path()
                feet = [skia.Point(foot + side * width * half * 2.2, height) for side in (1, -1)]
                heads = [skia.Point(top + side * width * half * 0.25, -0.1 * height) for side in (-1, 1)]
                path.addPoly([*heads, *feet], True)
                canvas.drawPath(path, paint)


def screen(pixels: Pixels, light: Pixels) -> None:
    """Lay light on pixels, in place, so that bright colours do not burn out."""
    dark = cv2.bitwise_not(pixels)
    cv2.multiply(dark, cv2.bitwise_not(light), dst=dark, scale=1 / 255)
    cv2.bitwise_not(dark, dst=pixels)


def reflect(pixels: Pixels, ground_y: int, strength: float) -> None:
    """Mirror what stands on the ground in wet or polished ground, fading towards the bottom, in place."""
    height = pixels.shape[0]
    depth = height - ground_y
    if depth < 4 or strength <= 0.01:
        return
    source = pixels[max(0, ground_y - depth * 2) : ground_y]
    mirrored = cv2.resize(cv2.flip(source, 0), (pixels.shape[1] // 2, depth), interpolation=cv2.INTER_AREA)
    mirrored = cv2.blur(mirrored, (5, 7))
    mirrored = cv2.resize(mirrored, (pixels.shape[1], depth), interpolation=cv2.INTER_LINEAR)
    fade = (np.linspace(strength, strength * 0.35, depth) * 255).astype(np.uint8)
    weight = np.repeat(np.repeat(fade[:, None], pixels.shape[1], 1)[:, :, None], 4, 2)
    ground = pixels[ground_y:]
    light = cv2.multiply(mirrored, np.ascontiguousarray(weight), scale=1 / 255)
    dark = cv2.multiply(ground, cv2.bitwise_not(np.ascontiguousarray(weight // 2)), scale=1 / 255)
    wet = np.asarray(dark, np.uint8)
    screen(wet, np.asarray(light, np.uint8))
    ground[..., :3] = wet[..., :3]
