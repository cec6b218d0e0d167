"""Filming: one frame after another, from the baked layers to the finished I420 planes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
import skia

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.bake import NEAR, Baked, Pixels, Stock, bake, lay
from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.camera import (
    Drift,
    View,
    drift,
    focusing_of,
    matrix_at,
    move_of,
    racked,
)
from storyboard.generators.video.animatic.energy import Energy
from storyboard.generators.video.animatic.figure.extras import bands_of
from storyboard.generators.video.animatic.figure.extras_drawing import Extras
from storyboard.generators.video.animatic.focus import Rack, softness_px
from storyboard.generators.video.animatic.light import SWEPT, LightPass, reflect
from storyboard.generators.video.animatic.looks import look_of
from storyboard.generators.video.animatic.looks.grade import story_grade
from storyboard.generators.video.animatic.players import Players
from storyboard.generators.video.animatic.rhythm import Rhythm
from storyboard.generators.video.animatic.scenery import Clock, Scenery
from storyboard.generators.video.animatic.settings import kind_of
from storyboard.generators.video.animatic.staging import Shot, cast_of, frame_of, shots_of
from storyboard.generators.video.animatic.weather import Weather

_VIEWS_BYTES = 120e6
"""What baked views may take together: at 1280x720 one takes about 20 MB, at 2160p nine times that."""
_SHALLOW = 1.7
_MOVE_STRENGTH = {"wide": 1.0, "medium": 0.75, "close": 0.6}


class Film:
    """One clip being drawn."""

    def __init__(self, request: VideoRequest, scenery: Scenery) -> None:
        self._request = request
        self._scenery = scenery
        self._frame = frame_of(request)
        self._cast = cast_of(request, self._frame, scenery.centre)
        self._rhythm = Rhythm(request)
        self._seed = request.seed * 1009 + request.scene_index
        self._style = look_of(request.look.style)(self._frame, scenery.palette, self._seed)
        grade = self._style.grade(
            story_grade(scenery.palette.film, request.scene.mood, request.scene_index, request.n_scenes)
        )
        self._stock = Stock(self._frame, self._style, grade)
        self._palette = scenery.palette.graded(grade)
        self._energy = Energy(request)
        kind = kind_of(request.scene.setting, request.seed)
        self._weather = Weather(self._palette, self._frame, self._seed, kind)
        self._light_pass = LightPass(scenery, self._palette, self._frame, self._style, sweeps=kind in SWEPT)
        self._players = Players(request, scenery, self._palette, self._style)
        bands = bands_of(
            request.scene,
            kind,
            seed=self._seed,
            reach=scenery.w,
            bottom=scenery.bottom,
            taken=[actor.x for actor in self._cast],
        )
        self._extras = Extras(bands, self._palette, self._frame, self._style, indoor=scenery.indoor)
        self._pixels: Pixels = np.zeros((self._frame.height, self._frame.width, 4), np.uint8)
        self._surface = skia.Surface(
            self._pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType
        )
        self._focusing = focusing_of(request.scene.camera)
        self._baked: dict[tuple[float, ...], list[Baked]] = {}

    def frames(self) -> Iterator[tuple[Pixels, bool]]:
        """Yield each frame as I420 planes, and whether a shot begins with it."""
        planes: Pixels = np.zeros((self._frame.height * 3 // 2, self._frame.width), np.uint8)
        for index, shot in enumerate(shots_of(self._request, self._frame, self._cast)):
            rack = self._rack(shot, index)
            for k in range(shot.n_frames):
                share = k / max(1, shot.n_frames - 1)
                self._draw(shot, self._move(shot, index), k, rack, racked(share) if rack else 1.0)
                cv2.cvtColor(self._pixels, cv2.COLOR_BGRA2YUV_I420, dst=planes)
                self._style.finish(planes, shot.first_frame + k)
                yield planes, k == 0

    def _rack(self, shot: Shot, index: int) -> Rack | None:
        """Return the two focuses of a view whose focus is racked: in the first shot, if it is near enough."""
        if self._focusing != "rack" or index > 0 or not shot.actors or shot.view.zoom < NEAR:
            return None
        behind, before = (
            bake(self._scenery, self._stock, shot.view, focus=focus, whole=True) for focus in (0.0, 1.0)
        )
        return Rack(behind, before)

    def _bake(self, view: View) -> list[Baked]:
        view = replace(view, deep_focus=view.deep_focus or self._focusing == "deep")
        key = (view.zoom, view.x, view.y, float(view.mirrored))
        if key not in self._baked:
            while sum(layer.n_bytes for each in self._baked.values() for layer in each) > _VIEWS_BYTES:
                self._baked.pop(next(iter(self._baked)))
            focus = _SHALLOW if self._focusing == "shallow" else 1.0
            self._baked[key] = bake(self._scenery, self._stock, view, focus=focus)
        return self._baked[key]

    def _move(self, shot: Shot, index: int) -> tuple[str, float]:
        """Return the camera's move in a shot, and how strong it is; the first is as the scene says."""
        fallback = self._request.scene_index * 5 + self._request.seed + index
        text = self._request.scene.camera if index == 0 else ""
        strength = _MOVE_STRENGTH[shot.framing] * (1.0 if self._cast else 1.3)
        return move_of(text, fallback), strength

    def _draw(self, shot: Shot, move: tuple[str, float], k: int, rack: Rack | None, focus: float) -> None:
        clock = self._rhythm.clock(shot.first_frame + k)
        energy = self._energy.at(shot.first_frame + k)
        share = k / max(1, shot.n_frames - 1)
        drifted = drift(move[0], share, clock.t_s, move[1], clock.pulse)
        baked = rack.at(focus) if rack else self._bake(shot.view)
        canvas = self._surface.getCanvas()
        canvas.resetMatrix()
        behind = [layer for layer in baked if layer.depth <= 1.0]
        for layer in behind:
            if not layer.nearer:
                self._draw_layer(canvas, layer, shot.view, drifted, clock)
        self._draw_extras(canvas, shot, drifted, clock, energy, front=False, focus=focus)
        for layer in behind:
            if layer.nearer:
                self._draw_layer(canvas, layer, shot.view, drifted, clock)
        stage = matrix_at(self._frame, shot.view, drifted, 1.0)
        soft_px = softness_px(focus, self._frame.height, shot.view.zoom)
        self._players.draw(canvas, self._pixels, stage, shot, k, soft_px)
        self._surface.flushAndSubmit()
        gloss = max(self._scenery.floor_gloss, 0.0 if self._scenery.indoor else _wetness(self._scenery))
        ground_y = min(self._frame.height, int(stage.mapXY(0.0, 0.014).fY))
        reflect(self._pixels, ground_y, gloss * self._style.gloss)
        for layer in baked[len(behind) :]:
            self._draw_layer(canvas, layer, shot.view, drifted, clock)
        self._draw_extras(canvas, shot, drifted, clock, energy, front=True)
        if self._scenery.weathered:
            self._weather.draw(canvas, clock)
        self._surface.flushAndSubmit()
        fog = self._weather.fog(clock) if self._scenery.weathered else None
        self._light_pass.energy = energy if self._request.beats else 0.0
        self._light_pass.apply(self._pixels, shot.view, drifted, clock, fog)

    def _draw_extras(
        self,
        canvas: skia.Canvas,
        shot: Shot,
        drifted: Drift,
        clock: Clock,
        energy: float,
        *,
        front: bool,
        focus: float = 1.0,
    ) -> None:
        self._surface.flushAndSubmit()
        self._extras.draw(
            canvas, self._pixels, shot.view, drifted, clock,
            framing=shot.framing, energy=energy, front=front, focus=focus,
        )  # fmt: skip

    def _draw_layer(
        self, canvas: skia.Canvas, layer: Baked, view: View, drifted: Drift, clock: Clock
    ) -> None:
        now = matrix_at(self._frame, view, drifted, layer.depth)
        rest = matrix_at(self._frame, view, Drift(), layer.depth)
        undo = skia.Matrix()
        rest.invert(undo)
        change = skia.Matrix.Concat(skia.Matrix.Concat(now, undo), layer.to_frame)
        self._surface.flushAndSubmit()
        lay(self._pixels, layer, change)
        if layer.moves:
            canvas.save()
            canvas.concat(now)
            soft = (
                layer.blur_px / (self._frame.scale * view.zoom_at(layer.depth))
                if layer.blur_px > 1.0
                else 0.0
            )
            brush = Brush(canvas, self._palette, layer.depth, soft)
            for move in layer.moves:
                move(brush, clock)
            canvas.restore()


def _wetness(scenery: Scenery) -> float:
    return 0.42 if scenery.palette.weather == "rain" else 0.0
