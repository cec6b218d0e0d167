"""The players: the actors of a shot, drawn where they stand, in the light and the look of the scene."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import skia

from storyboard.generators.seams import VideoRequest
from storyboard.generators.video.animatic.blocking import lays_an_arm
from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.energy import Energy
from storyboard.generators.video.animatic.figure import Light, Moment
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.looks import Style
from storyboard.generators.video.animatic.looks.style import Pixels, over
from storyboard.generators.video.animatic.palette import Palette, mix, rgb
from storyboard.generators.video.animatic.rhythm import Rhythm
from storyboard.generators.video.animatic.scenery import ADULT, Scenery
from storyboard.generators.video.animatic.seats import paint_seat
from storyboard.generators.video.animatic.staging import Actor, Shot

_LEAPING = frozenset(("jump", "dance_jump", "run"))
FOLLOWED = 0.8
"""How much of a leap the camera follows in a shot in which no feet are seen."""


class Players:
    """Draws the cast of one scene."""

    def __init__(self, request: VideoRequest, scenery: Scenery, palette: Palette, style: Style) -> None:
        self._request = request
        self._scenery = scenery
        self._palette = palette
        self._style = style
        self._rhythm = Rhythm(request)
        self._light = _light_on_figures(scenery, palette, style)
        self._energy = Energy(request)
        self._held = max(1, round(style.held_s * request.look.fps))
        self._cut: Pixels | None = None

    def draw(
        self,
        canvas: skia.Canvas,
        pixels: Pixels,
        stage: skia.Matrix,
        shot: Shot,
        k: int,
        soft_px: float = 0.0,
    ) -> None:
        """Draw the actors of frame `k` of a shot, from back to front, then arms on the backs of others.

        Args:
            canvas: draws on `pixels`.
            pixels: the picture so far, BGRA.
            stage: from scene units where the figures stand to pixels.
            shot: who is in it.
            k: the frame, from the shot's first.
            soft_px: how far out of focus the figures are.
        """
        held = k - (shot.first_frame + k) % self._held
        actors = sorted(shot.actors, key=lambda actor: (actor.y, actor.x))
        for actor in actors:
            self._paint_under(canvas, actor, stage, self._place(actor, shot, held))
            self._set_in(canvas, pixels, soft_px, self._drawing(actor, stage, shot, held, k))
        holding = [actor for actor in actors if actor.action == "embrace"]
        heights = [actor.figure.height for actor in holding]
        for actor in holding[:-1]:
            if lays_an_arm(actor.figure.height, heights):
                self._set_in(
                    canvas,
                    pixels,
                    soft_px,
                    self._drawing(actor, stage, shot, held, k, only_near_arm=True),
                    arm=True,
                )

    def _drawing(
        self,
        actor: Actor,
        stage: skia.Matrix,
        shot: Shot,
        k: int,
        shown: int,
        *,
        only_near_arm: bool = False,
    ) -> Callable[[skia.Canvas], None]:
        """Return what draws an actor in the pose of frame `k`, its mouth as sung in the frame shown."""
        frame = max(0, shot.first_frame + k)
        clock = self._rhythm.clock(frame)
        moment = Moment(
            t_s=clock.t_s,
            beat=clock.beat,
            energy=self._energy.at(frame),
            mouth=self._rhythm.mouth(shot.first_frame + shown) if actor.sings else 0.0,
        )
        at = stage.mapXY(self._place(actor, shot, k), actor.y + self._steadied(actor, shot, moment))

        def draw(canvas: skia.Canvas) -> None:
            actor.figure.draw(
                canvas,
                actor.action,
                moment,
                _mirrored(self._light) if shot.view.mirrored else self._light,
                x=at.fX,
                feet_y=at.fY,
                unit_px=stage.mapRadius(ADULT),
                facing=-actor.facing if shot.view.mirrored else actor.facing,
                only_near_arm=only_near_arm,
            )

        return draw

    def _place(self, actor: Actor, shot: Shot, k: int) -> float:
        """Return where an actor stands at a frame; one who walks crosses the shot."""
        gone_s = (k - shot.n_frames / 2) / self._request.look.fps
        return actor.x + actor.ahead + actor.speed * gone_s

    @staticmethod
    def _steadied(actor: Actor, shot: Shot, moment: Moment) -> float:
        """Return how far the camera follows the ups and downs of one seen from near, in scene units."""
        if shot.framing == "wide" or not _LEAPING & set(parts_of(actor.action)):
            return 0.0
        head = actor.figure.head(
            actor.action, moment, x=actor.x, feet_y=actor.y, unit_px=ADULT, facing=actor.facing
        )
        return FOLLOWED * (actor.head[1] - head[1])

    def _set_in(
        self,
        canvas: skia.Canvas,
        pixels: Pixels,
        soft_px: float,
        draw: Callable[[skia.Canvas], None],
        *,
        arm: bool = False,
    ) -> None:
        """Draw into the picture, or cut the figure out first where look or lens ask for it."""
        if not self._style.cut_out and soft_px < 0.8:
            draw(canvas)
            return
        cut = self._cut_out(pixels, draw)
        x, y, w, h = (int(value) for value in cv2.boundingRect(np.ascontiguousarray(cut[..., 3])))
        if w == 0 or h == 0:
            return
        if soft_px >= 0.8:
            spare = int(soft_px * 3)
            x, y, w, h = _grown(x, y, w, h, spare, pixels.shape[1], pixels.shape[0])
            figure = cv2.GaussianBlur(np.ascontiguousarray(cut[y : y + h, x : x + w]), (0, 0), soft_px)
        else:
            figure = np.ascontiguousarray(cut[y : y + h, x : x + w])
        if arm:
            over(pixels[y : y + h, x : x + w], np.asarray(figure, np.uint8))
        else:
            self._style.set_in(pixels, np.asarray(figure, np.uint8), x, y)

    def _cut_out(self, pixels: Pixels, draw: Callable[[skia.Canvas], None]) -> Pixels:
        if self._cut is None:
            self._cut = np.zeros_like(pixels)
        self._cut[:] = 0
        surface = skia.Surface(
            self._cut, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType
        )
        draw(surface.getCanvas())
        surface.flushAndSubmit()
        return self._cut

    def _paint_under(self, canvas: skia.Canvas, actor: Actor, stage: skia.Matrix, x: float) -> None:
        """Paint the shadow on the ground, and the seat of one who sits."""
        canvas.save()
        canvas.concat(stage)
        brush = Brush(canvas, self._palette, 1.0)
        rx, ry = 0.105 * actor.figure.height, 0.016
        if self._style.hard_shadows:
            brush.oval(x, actor.y + 0.004, rx, ry * 0.8, "#140a24", alpha=0.45)
        else:
            brush.shadow(x, actor.y + 0.004, rx, ry, 0.42)
        if parts_of(actor.action)[0] in ("sit", "sleep"):
            paint_seat(brush, self._scenery, x, actor.y, actor.figure.height, actor.facing)
        canvas.restore()


def _grown(x: int, y: int, w: int, h: int, by: int, width: int, height: int) -> tuple[int, int, int, int]:
    left, top = max(0, x - by), max(0, y - by)
    return left, top, min(width, x + w + by) - left, min(height, y + h + by) - top


def _light_on_figures(scenery: Scenery, palette: Palette, style: Style) -> Light:
    r, g, b = palette.ambient
    lift = max(0.0, style.figure_light - (r + g + b) / 3)
    ambient = (min(1.0, r + lift), min(1.0, g + lift), min(1.0, b + lift))
    key = scenery.key_light if scenery.key_light is not None else palette.sun
    rim = mix(palette.light(rgb(key)), "#ffffff", 0.15)
    strength = (0.55 + 0.35 * scenery.night) * style.rim
    return Light(ambient=ambient, rim=rim, rim_side=scenery.key_side, strength=strength)


def _mirrored(light: Light) -> Light:
    return Light(
        ambient=light.ambient,
        rim=light.rim,
        rim_side=-1 if light.rim_side == 1 else 1,
        strength=light.strength,
    )
