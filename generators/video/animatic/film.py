"""Filming: one frame after another, from the baked layers to the finished I420 planes."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import skia

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.bake import Baked, Pixels, bake, lay
from storyboard.generators.video.animatic.blocking import lays_an_arm
from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.camera import Drift, View, drift, matrix_at, move_of
from storyboard.generators.video.animatic.figure import Light, Moment
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.light import Finish, LightPass, reflect
from storyboard.generators.video.animatic.palette import mix, rgb
from storyboard.generators.video.animatic.rhythm import Rhythm
from storyboard.generators.video.animatic.scenery import ADULT, Clock, Scenery
from storyboard.generators.video.animatic.seats import paint_seat
from storyboard.generators.video.animatic.staging import Actor, Shot, cast_of, frame_of, shots_of
from storyboard.generators.video.animatic.weather import Weather

_FIGURE_DARKEST = 0.68
_MAX_VIEWS = 4
"""Baked views kept: at 1280x720 one takes about 20 MB."""
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
        self._weather = Weather(scenery.palette, self._frame, self._seed)
        self._light_pass = LightPass(scenery, self._frame, bloom=0.50 + 0.25 * scenery.night)
        self._light = _light_on_figures(scenery)
        self._finish = Finish(self._frame.width, self._frame.height, self._seed)
        self._pixels: Pixels = np.zeros((self._frame.height, self._frame.width, 4), np.uint8)
        self._surface = skia.Surface(
            self._pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType
        )
        self._baked: dict[tuple[float, ...], list[Baked]] = {}
        self._energy = 0.75 if request.scene.kind == "performance" else 0.5

    def frames(self) -> Iterator[tuple[Pixels, bool]]:
        """Yield each frame as I420 planes, and whether a shot begins with it."""
        planes: Pixels = np.zeros((self._frame.height * 3 // 2, self._frame.width), np.uint8)
        for index, shot in enumerate(shots_of(self._request, self._frame, self._cast)):
            baked = self._bake(shot.view)
            for k in range(shot.n_frames):
                self._draw(shot, index, k, baked)
                cv2.cvtColor(self._pixels, cv2.COLOR_BGRA2YUV_I420, dst=planes)
                self._finish.apply(planes, self._frame.height, shot.first_frame + k)
                yield planes, k == 0

    def _bake(self, view: View) -> list[Baked]:
        key = (view.zoom, view.x, view.y, float(view.mirrored))
        if key not in self._baked:
            if len(self._baked) >= _MAX_VIEWS:
                self._baked.pop(next(iter(self._baked)))
            self._baked[key] = bake(self._scenery, self._frame, view, self._seed)
        return self._baked[key]

    def _draw(self, shot: Shot, index: int, k: int, baked: list[Baked]) -> None:
        clock = self._rhythm.clock(shot.first_frame + k)
        drifted = self._drift(shot, index, k, clock)
        canvas = self._surface.getCanvas()
        canvas.resetMatrix()
        behind = [layer for layer in baked if layer.depth <= 1.0]
        for layer in behind:
            self._draw_layer(canvas, layer, shot.view, drifted, clock)
        stage = matrix_at(self._frame, shot.view, drifted, 1.0)
        self._draw_cast(canvas, stage, shot, k, clock)
        self._surface.flushAndSubmit()
        gloss = max(self._scenery.floor_gloss, 0.0 if self._scenery.indoor else _wetness(self._scenery))
        reflect(self._pixels, min(self._frame.height, int(stage.mapXY(0.0, 0.014).fY)), gloss)
        for layer in baked[len(behind) :]:
            self._draw_layer(canvas, layer, shot.view, drifted, clock)
        if self._scenery.weathered:
            self._weather.draw(canvas, clock)
        self._surface.flushAndSubmit()
        fog = self._weather.fog(clock) if self._scenery.weathered else None
        self._light_pass.apply(self._pixels, shot.view, drifted, clock, fog)

    def _drift(self, shot: Shot, index: int, k: int, clock: Clock) -> Drift:
        fallback = self._request.scene_index * 5 + self._request.seed + index
        move = move_of(self._request.scene.camera, fallback) if index == 0 else move_of("", fallback)
        share = k / max(1, shot.n_frames - 1)
        strength = _MOVE_STRENGTH[shot.framing] * (1.0 if self._cast else 1.3)
        return drift(move, share, clock.t_s, strength, clock.pulse)

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
            brush = Brush(canvas, self._scenery.palette, layer.depth, soft)
            for move in layer.moves:
                move(brush, clock)
            canvas.restore()

    def _draw_cast(self, canvas: skia.Canvas, stage: skia.Matrix, shot: Shot, k: int, clock: Clock) -> None:
        """Draw the actors from back to front, then the arms that lie on the backs of others."""
        actors = sorted(shot.actors, key=lambda actor: (actor.y, actor.x))
        for actor in actors:
            self._draw_actor(canvas, actor, stage, shot, k, clock)
        holding = [actor for actor in actors if actor.action == "embrace"]
        heights = [actor.figure.height for actor in holding]
        for actor in holding[:-1]:
            if lays_an_arm(actor.figure.height, heights):
                self._draw_actor(canvas, actor, stage, shot, k, clock, only_near_arm=True)

    def _draw_actor(
        self,
        canvas: skia.Canvas,
        actor: Actor,
        stage: skia.Matrix,
        shot: Shot,
        k: int,
        clock: Clock,
        *,
        only_near_arm: bool = False,
    ) -> None:
        fps = self._request.look.fps
        travelled = actor.speed * (k - shot.n_frames / 2) / fps if shot.framing == "wide" else 0.0
        reach = self._frame.width / self._frame.scale * 0.16
        x = actor.x + max(-reach, min(reach, travelled))
        if not only_near_arm:
            self._paint_under(canvas, actor, stage, x)
        at = stage.mapXY(x, actor.y)
        moment = Moment(
            t_s=clock.t_s,
            beat=clock.beat,
            energy=self._energy,
            mouth=self._rhythm.mouth(shot.first_frame + k) if actor.sings else 0.0,
        )
        facing = -actor.facing if shot.view.mirrored else actor.facing
        light = self._light if not shot.view.mirrored else _mirrored(self._light)
        unit = stage.mapRadius(ADULT)
        actor.figure.draw(
            canvas,
            actor.action,
            moment,
            light,
            x=at.fX,
            feet_y=at.fY,
            unit_px=unit,
            facing=facing,
            only_near_arm=only_near_arm,
        )

    def _paint_under(self, canvas: skia.Canvas, actor: Actor, stage: skia.Matrix, x: float) -> None:
        """Paint the shadow on the ground, and the seat of one who sits."""
        canvas.save()
        canvas.concat(stage)
        brush = Brush(canvas, self._scenery.palette, 1.0)
        brush.shadow(x, actor.y + 0.004, 0.105 * actor.figure.height, 0.016, 0.42)
        if parts_of(actor.action)[0] in ("sit", "sleep"):
            paint_seat(brush, self._scenery, x, actor.y, actor.figure.height, actor.facing)
        canvas.restore()


def _wetness(scenery: Scenery) -> float:
    return 0.42 if scenery.palette.weather == "rain" else 0.0


def _light_on_figures(scenery: Scenery) -> Light:
    palette = scenery.palette
    r, g, b = palette.ambient
    lift = max(0.0, _FIGURE_DARKEST - (r + g + b) / 3)
    ambient = (min(1.0, r + lift), min(1.0, g + lift), min(1.0, b + lift))
    key = scenery.key_light if scenery.key_light is not None else palette.sun
    rim = mix(palette.light(rgb(key)), "#ffffff", 0.15)
    strength = 0.55 + 0.35 * scenery.night
    return Light(ambient=ambient, rim=rim, rim_side=scenery.key_side, strength=strength)


def _mirrored(light: Light) -> Light:
    return Light(
        ambient=light.ambient,
        rim=light.rim,
        rim_side=-1 if light.rim_side == 1 else 1,
        strength=light.strength,
    )
