"""Light and finish: lamps and bloom at quarter size, laid on by SCREEN; reflections, vignette, grain."""

from __future__ import annotations

import math

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from storyboard.generators.video.animatic.bake import LINEAR, Pixels
from storyboard.generators.video.animatic.camera import Drift, Frame, View, matrix_at
from storyboard.generators.video.animatic.palette import rgb
from storyboard.generators.video.animatic.scenery import Clock, Scenery

_SPRITE = 128
_BRIGHT = 132
"""Pixels above this, of 255, bleed light."""


def _glow_sprite() -> skia.Image:
    axis = np.linspace(-1, 1, _SPRITE, dtype=np.float32)
    distance = np.hypot(axis[None, :], axis[:, None])
    fall = np.clip(1 - distance, 0, 1) ** 2.4
    alpha = (fall * 255).astype(np.uint8)
    return skia.Image.fromarray(np.dstack([alpha] * 4), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


class LightPass:
    """Adds light to finished frames of one scene."""

    def __init__(self, scenery: Scenery, frame: Frame, *, bloom: float) -> None:
        self._scenery = scenery
        self._frame = frame
        self._bloom = bloom
        self._size = (max(2, frame.width // 4), max(2, frame.height // 4))
        self._sprite = _glow_sprite()
        self._threshold: Pixels = np.full((self._size[1], self._size[0], 4), _BRIGHT, np.uint8)
        self._buffer: Pixels = np.zeros((self._size[1], self._size[0], 4), np.uint8)
        self._surface = skia.Surface(
            self._buffer, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType
        )

    def apply(
        self, pixels: Pixels, view: View, drifted: Drift, clock: Clock, fog: Pixels | None = None
    ) -> None:
        """Lay lamps, bloom and fog on a frame, in place."""
        small = cv2.resize(pixels, self._size, interpolation=cv2.INTER_AREA)
        bright = cv2.subtract(small, self._threshold)
        soft = cv2.blur(cv2.blur(bright, (9, 9)), (17, 17))
        light = cv2.addWeighted(soft, self._bloom * (1 + 0.18 * clock.pulse), bright, 0.10, 0)
        self._lamps(view, drifted, clock)
        light = cv2.add(light, self._buffer)
        if fog is not None:
            light = cv2.add(light, fog)
        full = cv2.resize(light, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
        screen(pixels, np.asarray(full, np.uint8))

    def _lamps(self, view: View, drifted: Drift, clock: Clock) -> None:
        self._buffer[:] = 0
        canvas = self._surface.getCanvas()
        for index, lamp in enumerate(self._scenery.lamps):
            matrix = matrix_at(self._frame, view, drifted, lamp.depth)
            centre = matrix.mapXY(lamp.x, lamp.y)
            radius = matrix.mapRadius(lamp.radius) / 4 * (1 + 0.08 * clock.pulse * lamp.pulse)
            unsteady = (
                lamp.flicker * math.sin(clock.t_s * 11 + index) * math.sin(clock.t_s * 7.3 + index * 2.1)
            )
            strength = lamp.strength * (
                0.80 + lamp.pulse * clock.pulse + unsteady + 0.03 * math.sin(clock.t_s * 1.9 + index)
            )
            strength *= (0.55 + 0.25 * min(1.0, lamp.depth)) / (1.0 + 0.9 * (view.zoom - 1.0))
            r, g, b = self._scenery.palette.light(rgb(lamp.colour))
            colour = skia.Color4f(r * strength, g * strength, b * strength, 1.0)
            paint = skia.Paint(BlendMode=skia.BlendMode.kPlus)
            paint.setColorFilter(skia.ColorFilters.Blend(colour.toColor(), skia.BlendMode.kModulate))
            box = skia.Rect.MakeLTRB(
                centre.fX / 4 - radius, centre.fY / 4 - radius, centre.fX / 4 + radius, centre.fY / 4 + radius
            )
            canvas.drawImageRect(self._sprite, box, LINEAR, paint)
        self._surface.flushAndSubmit()
        self._buffer[..., 3] = 0


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


class Finish:
    """Vignette and grain on the luma plane of I420 frames."""

    def __init__(
        self, width: int, height: int, seed: int, *, vignette: float = 0.34, grain: float = 1.2
    ) -> None:
        x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
        edge = np.clip((np.sqrt(0.62 * x * x + 0.52 * y * y) - 0.42) / 0.75, 0, 1)
        self._vignette: NDArray[np.uint8] = (255 * (1 - vignette * edge * edge * (3 - 2 * edge))).astype(
            np.uint8
        )
        rng = np.random.default_rng(seed)
        self._grain = [self._tile(rng, width, height, grain) for _ in range(6)]

    @staticmethod
    def _tile(rng: np.random.Generator, width: int, height: int, amount: float) -> NDArray[np.uint8]:
        noise = rng.standard_normal((height // 2, width // 2)).astype(np.float32)
        full = cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)
        tile: NDArray[np.uint8] = np.clip(128 + np.asarray(full) * amount, 0, 255).astype(np.uint8)
        return tile

    def apply(self, planes: Pixels, height: int, index: int) -> None:
        """Finish one frame, in place."""
        luma = planes[:height]
        cv2.multiply(luma, self._vignette, dst=luma, scale=1 / 255)
        cv2.addWeighted(luma, 1.0, self._grain[index * 7 % 6], 1.0, -128.0, dst=luma)
