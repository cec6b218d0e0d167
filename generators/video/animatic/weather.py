"""Weather that falls, blows and drifts in front of the scene."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
import skia

from storyboard.generators.video.animatic.bake import Pixels
from storyboard.generators.video.animatic.camera import Frame
from storyboard.generators.video.animatic.palette import RGB, Palette, mix
from storyboard.generators.video.animatic.scenery import Clock

_TREELESS = frozenset(("moon", "space", "desert", "ship", "harbour", "beach", "aeroplane"))
"""Kinds of places over which the wind blows no leaves."""


class Weather:
    """What the air holds outdoors."""

    def __init__(self, palette: Palette, frame: Frame, seed: int, place: str) -> None:
        self._kind = palette.weather
        self._has_leaves = place not in _TREELESS
        self._frame = frame
        self._palette = palette
        rng = random.Random(seed)
        self._flakes = [(rng.random(), rng.random(), rng.random()) for _ in range(230)]
        self._fog = _fog_bank(frame, palette, seed) if self._kind == "fog" else None

    def draw(self, canvas: skia.Canvas, clock: Clock) -> None:
        """Draw rain, snow or leaves over a frame."""
        if self._kind == "rain":
            self._rain(canvas, clock)
        elif self._kind == "snow":
            self._snow(canvas, clock)
        elif self._kind == "wind" and self._has_leaves:
            self._leaves(canvas, clock)

    def fog(self, clock: Clock) -> Pixels | None:
        """Return the fog to lay over a frame by SCREEN, at quarter size."""
        if self._fog is None:
            return None
        return np.roll(self._fog, round(clock.t_s * 7), axis=1)

    def _rain(self, canvas: skia.Canvas, clock: Clock) -> None:
        w, h = self._frame.width, self._frame.height
        tone = mix(self._palette.sky[1], "#ffffff", 0.55)
        for plane, (speed, length, width, alpha) in enumerate(
            ((1.5, 0.060, 0.0014, 0.36), (2.1, 0.12, 0.0024, 0.32))
        ):
            points = []
            for u, v, phase in self._flakes[plane * 95 : plane * 95 + 95]:
                y = ((v + clock.t_s * speed * (0.85 + 0.3 * phase)) % 1.25 - 0.15) * h
                x = ((u - clock.t_s * 0.10) % 1.1 - 0.05) * w - y * 0.10
                tall = length * h * (0.7 + 0.6 * phase)
                points += [skia.Point(x, y), skia.Point(x - tall * 0.10, y + tall)]
            paint = skia.Paint(Color4f=skia.Color4f(*tone, alpha), AntiAlias=True)
            paint.setStrokeWidth(width * h)
            canvas.drawPoints(skia.Canvas.PointMode.kLines_PointMode, points, paint)
        self._splashes(canvas, clock, tone)

    def _splashes(self, canvas: skia.Canvas, clock: Clock, tone: RGB) -> None:
        w, h = self._frame.width, self._frame.height
        paint = skia.Paint(Color4f=skia.Color4f(*tone, 0.30), AntiAlias=True, Style=skia.Paint.kStroke_Style)
        paint.setStrokeWidth(h * 0.0016)
        for index, (u, v, phase) in enumerate(self._flakes[:40]):
            life = (clock.t_s * 2.6 + phase * 3) % 1.0
            turn = int(clock.t_s * 2.6 + phase * 3)
            x, y = ((u + turn * 0.37 + index * 0.11) % 1.0) * w, (0.80 + 0.20 * v) * h
            r = h * (0.004 + 0.012 * life) * (0.7 + v)
            if life < 0.7:
                canvas.drawOval(skia.Rect.MakeLTRB(x - r, y - r * 0.28, x + r, y + r * 0.28), paint)

    def _snow(self, canvas: skia.Canvas, clock: Clock) -> None:
        w, h = self._frame.width, self._frame.height
        for plane, (speed, size, alpha) in enumerate(
            ((0.05, 0.0040, 0.60), (0.09, 0.0072, 0.85), (0.16, 0.015, 0.55))
        ):
            points = []
            for u, v, phase in self._flakes[plane * 90 : plane * 90 + (90, 80, 24)[plane]]:
                y = ((v + clock.t_s * speed * (0.8 + 0.4 * phase)) % 1.1 - 0.05) * h
                x = (
                    (u + 0.02 * math.sin(clock.t_s * (0.6 + phase) + phase * 20) - clock.t_s * 0.015) % 1.1
                    - 0.05
                ) * w
                points.append(skia.Point(x, y))
            paint = skia.Paint(Color4f=skia.Color4f(0.95, 0.97, 1.0, alpha), AntiAlias=True)
            paint.setStrokeWidth(size * h * 1.6)
            paint.setStrokeCap(skia.Paint.kRound_Cap)
            if plane == 2:
                paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, size * h * 0.3))
            canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, points, paint)

    def _leaves(self, canvas: skia.Canvas, clock: Clock) -> None:
        w, h = self._frame.width, self._frame.height
        for index, (u, v, phase) in enumerate(self._flakes[:22]):
            x = ((u + clock.t_s * (0.22 + 0.2 * phase)) % 1.2 - 0.1) * w
            y = (
                (v * 0.9 + 0.06 * math.sin(clock.t_s * (1.1 + phase) + phase * 9) + clock.t_s * 0.05) % 1.1
                - 0.05
            ) * h
            size = h * (0.006 + 0.008 * phase)
            tone = self._palette.local(("#c8863c", "#a8552e", "#c9a13f")[index % 3])
            paint = skia.Paint(Color4f=skia.Color4f(*tone, 0.9), AntiAlias=True)
            canvas.save()
            canvas.translate(x, y)
            canvas.rotate((clock.t_s * 130 * (0.5 + phase) + phase * 360) % 360)
            canvas.drawOval(
                skia.Rect.MakeLTRB(
                    -size, -size * 0.42 * abs(math.cos(clock.t_s * 3 + phase * 7)) - 0.5, size, size * 0.42
                ),
                paint,
            )
            canvas.restore()


def _fog_bank(frame: Frame, palette: Palette, seed: int) -> Pixels:
    width, height = max(2, frame.width // 4), max(2, frame.height // 4)
    rng = np.random.default_rng(seed)
    noise = np.zeros((height, width), np.float32)
    for cells, amount in ((4, 0.6), (9, 0.4)):
        patch = rng.random((3, cells)).astype(np.float32)
        patch = np.concatenate([patch, patch[:, :1]], axis=1)
        noise += amount * cv2.resize(patch, (width, height), interpolation=cv2.INTER_CUBIC)
    rise = np.linspace(0.25, 1.0, height, dtype=np.float32)[:, None]
    strength = np.clip(noise, 0, 1) * rise * 120
    r, g, b = palette.haze
    bank = np.dstack([strength * b, strength * g, strength * r, np.zeros_like(strength)])
    clipped: Pixels = np.clip(bank, 0, 255).astype(np.uint8)
    return clipped
