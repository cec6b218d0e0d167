"""Placing: where the things of a scene stand, lie, hang and fly, clear of the people."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import skia

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.scenery import Clock, Lamp, Layer, Scenery
from storyboard.generators.video.animatic.things.beasts import beasts_of
from storyboard.generators.video.animatic.things.catalogue import Thing
from storyboard.generators.video.animatic.things.drawing import extent_of, paint_thing, swing
from storyboard.generators.video.animatic.things.holding import held_thing
from storyboard.generators.video.animatic.things.room import (
    Standing,
    Stretch,
    free_ground,
    guessed_ground,
    is_at_the_left,
)
from storyboard.generators.video.animatic.things.stands import paint_logs, paint_stand, stand_height
from storyboard.generators.video.animatic.things.words import things_of
from storyboard.schema.scene import Scene

_GAP = 0.03
_FARTHEST, _NEARLY, _LARGE_M = 0.5, 0.85, 1.2
"""What has to be smaller than this share of itself to find room is left out: large, and other things."""
_IN_THE_SKY = 0.55
"""How large what flies high looks."""
_OVERHEAD = -0.60
"""How high the lower end of what hovers is: above the heads, where the picture reaches so far."""
_FIRE = "#ffb46b"
_SUNG, _SUNG_INDOORS_M = 2, 0.9
"""How many things a scene gets from its sung lines alone, and how large they may be in a room.

Outside what is small would need a box to lie on, in the middle of nowhere."""
_BACK_Y, _BACK_GROW = -0.052, 0.74
_FRONT_Y, _FRONT_DEPTH = 0.085, 1.12
"""Where what finds no room beside the people stands: farther back, or before them at the edge."""
_HUNG = frozenset(("red-paper-lantern", "light-bulb", "bell", "wind-chime"))
"""Small things that may as well hang from above."""


def place_things(
    scenery: Scenery,
    scene: Scene,
    rng: random.Random,
    cast: Sequence[Standing] | None = None,
    lyrics: Sequence[str] = (),
    animals: Sequence[str] = (),
) -> None:
    """Paint the things that a scene names into its set, except those that somebody holds.

    Inside a car, where something is drawn before the figures in every view, nothing is placed.

    Args:
        scenery: painted and closed; its last layer behind the figures takes them.
        scene: whose words name them.
        rng: decides what the words leave open.
        cast: the actors on their marks; without them room is left wherever they may stand.
        lyrics: the sung lines that it carries, which name things as well.
        animals: "name, face" of the film's animals and creatures, which are no things.
    """
    held = {held_thing(scene, name) for name in scene.characters}
    beasts = beasts_of(animals)
    things = [each for each in _wanted(scenery, scene, lyrics) if each not in held and each.where != "p"]
    things = [thing for thing in things if thing.icon not in beasts]
    stage = max((i for i, layer in enumerate(scenery.layers) if layer.depth <= 1.0), default=-1)
    if not things or stage < 0 or any(layer.kept for layer in scenery.layers):
        return
    free = guessed_ground(scenery, len(scene.characters)) if cast is None else free_ground(scenery, cast)
    behind = [] if cast is None else free_ground(scenery, cast, behind=True)
    stagehand = _Stagehand(scenery, scenery.layers[stage], free, behind, rng)
    stagehand.set_out(things)
    scenery.layers[stage : stage + 1] = [*stagehand.layers, *stagehand.before]


def _wanted(scenery: Scenery, scene: Scene, lyrics: Sequence[str]) -> list[Thing]:
    """Return what a scene's words name, then what only its sung lines name and the place can hold."""
    told = things_of(scene)
    sung = [thing for thing in things_of(scene, lyrics) if thing not in told]
    fit = [
        thing for thing in sung if (thing.size_m <= _SUNG_INDOORS_M if scenery.indoor else not thing.is_small)
    ]
    return [*told, *fit[:_SUNG]]


class _Stagehand:
    """Sets things out on one layer: large ones at the sides, small ones on a stand, light ones in the air."""

    def __init__(
        self, scenery: Scenery, layer: Layer, free: list[Stretch], behind: list[Stretch], rng: random.Random
    ) -> None:
        self.layers = [layer]
        self._scenery = scenery
        self._depth = layer.depth
        self._rng = rng
        self._free = list(free)
        self._behind = list(behind)
        self.before: list[Layer] = []

    def set_out(self, things: list[Thing]) -> None:
        """Put every thing in its place; what finds no room is left out."""
        for thing in sorted((each for each in things if each.where in "gf"), key=lambda each: -each.size_m):
            self._on_the_ground(thing)
        small = [thing for thing in things if thing.is_small]
        if small and not self._set_on(self._free, small, 0.0, 1.0):
            self._without_room(small)
        flying = "a" if self._scenery.indoor else "as"
        for index, thing in enumerate(each for each in things if each.where in flying):
            self._in_the_air(thing, index)

    @contextmanager
    def _painting(self) -> Iterator[Brush]:
        """Lend a brush on the last layer, or on a new one where that moves or people pass behind things."""
        last = self.layers[-1]
        apart = bool(last.moves) or (not last.nearer and not self._scenery.indoor)
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 4))
        if not apart:
            canvas.drawPicture(last.picture)
        yield Brush(canvas, self._scenery.palette, self._depth)
        picture = recorder.finishRecordingAsPicture()
        if apart:
            self.layers.append(replace(last, picture=picture, moves=[], nearer=True))
        else:
            self.layers[-1] = replace(last, picture=picture)

    def _on_the_ground(self, thing: Thing) -> None:
        """Stand a thing beside the people; one that finds no room there stands farther back, and smaller."""
        grow = min(1.0, max((right - left for left, right in self._free), default=0.0) / extent_of(thing)[0])
        if grow < (_FARTHEST if thing.size_m > _LARGE_M else _NEARLY):
            return
        width, height = extent_of(thing, grow)
        x = self._take(width, self._free)
        if x is None:
            return
        y = self._rng.uniform(-0.010, 0.008) - 0.09 * (1 - grow)
        with self._painting() as brush:
            brush.shadow(x, y + 0.002, width * 0.52, min(0.022, 0.006 + width * 0.05), 0.42)
            if thing.icon == "fire":
                paint_logs(brush, x, y, width)
            paint_thing(brush, self._scenery, thing, x, y, grow=grow)
        if thing.shines:
            self._lamp(x, y - height * 0.45, height * 0.9, 0.55)

    def _set_on(self, room: list[Stretch], things: list[Thing], y: float, grow: float) -> bool:
        """Put small things side by side on one table, crate or stump; fewer where there is less room."""
        for n_things in range(len(things), 0, -1):
            widths = [extent_of(thing, grow)[0] for thing in things[:n_things]]
            whole = max(0.19 * grow, sum(widths) + _GAP * (n_things + 1))
            x = self._take(whole, room)
            if x is not None:
                with self._painting() as brush:
                    self._set_out_on(brush, things[:n_things], widths, (x, y, grow))
                return True
        return False

    def _without_room(self, things: list[Thing]) -> None:
        """Find small things another place where the people fill the picture: above, behind or before them."""
        hung = next((thing for thing in things if thing.icon in _HUNG), None)
        if hung is not None:
            self._hang(hung)
            things = [thing for thing in things if thing is not hung]
        if things and not self._set_on(self._behind, things, _BACK_Y, _BACK_GROW):
            self._in_front(things[0])

    def _hang(self, thing: Thing) -> None:
        """Hang a thing on a cord above the heads, towards a side."""
        scenery = self._scenery
        width, height = extent_of(thing)
        x = self._rng.choice((-1, 1)) * (scenery.w * 0.72 - width / 2)
        y = max(scenery.top + height + 0.05, _OVERHEAD - 0.04)
        with self._painting() as brush:
            top = y - height * 0.97
            if scenery.indoor:
                brush.line([(x, scenery.high), (x, top)], "#2b2422", 0.004)
            else:  # from a cord between houses or trees
                ends = [(side * (scenery.w + 0.3), top - 0.12) for side in (-1, 1)]
                brush.line([ends[0], (x, top), ends[1]], "#2b2422", 0.004)
            paint_thing(brush, scenery, thing, x, y)
        if thing.shines:
            self._lamp(x, y - height * 0.5, 0.12 + height * 0.6, 0.42)

    def _in_front(self, thing: Thing) -> None:
        """Stand a thing before the people, at the edge of the picture."""
        scenery, depth = self._scenery, self._depth
        width = extent_of(thing)[0]
        whole = max(0.19, width + 2 * _GAP)
        x = self._rng.choice((-1, 1)) * (scenery.w * 0.97 - whole / 2)
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 4))
        self._depth = _FRONT_DEPTH
        brush = Brush(canvas, scenery.palette, _FRONT_DEPTH)
        self._set_out_on(brush, [thing], [width], (x, _FRONT_Y, 1.0))
        self._depth = depth
        self.before.append(Layer(_FRONT_DEPTH, 0.0, recorder.finishRecordingAsPicture(), []))

    def _set_out_on(
        self, brush: Brush, things: list[Thing], widths: list[float], at: tuple[float, float, float]
    ) -> None:
        """Paint a stand at (x, y), of a size, and things of these widths on it."""
        x, y, grow = at
        whole = max(0.19 * grow, sum(widths) + _GAP * (len(things) + 1))
        height = stand_height(self._scenery)
        brush.canvas.save()
        brush.canvas.translate(x, y)
        brush.canvas.scale(grow, grow)
        paint_stand(brush, self._scenery, 0.0, 0.0, whole / grow)
        brush.canvas.restore()
        left = x - sum(widths) / 2 - _GAP * (len(things) - 1) / 2
        for thing, width in zip(things, widths, strict=True):
            base = y + (0.004 - height + self._rng.uniform(0.0, 0.008)) * grow
            brush.shadow(left + width / 2, base, width * 0.46, 0.006, 0.45)
            paint_thing(brush, self._scenery, thing, left + width / 2, base, grow=grow)
            if thing.shines:
                tall = extent_of(thing, grow)[1]
                self._lamp(left + width / 2, base - tall * 0.8, 0.10 + tall * 0.6, 0.42)
            left += width + _GAP

    def _in_the_air(self, thing: Thing, index: int) -> None:
        """Let a thing hover above the heads, towards a side, swaying with the air and the beat."""
        scenery, seed = self._scenery, self._rng.uniform(0.0, 6.0)
        side = self._rng.choice((-1, 1)) if index == 0 else (-1) ** index
        grow = _IN_THE_SKY if thing.where == "s" else 1.0
        width, height = extent_of(thing, grow)
        x = side * max(0.0, scenery.w * (0.70 if index == 0 else 0.46) - width / 2)
        base = max(scenery.top + height + 0.12, _OVERHEAD - 0.05 * index)
        drawn = _recorded(scenery, thing, self._depth, grow)
        bounds = skia.Rect.MakeLTRB(-width, -height * 1.5, width, height * 0.5)
        reach = 0.012 if thing.where == "a" else 0.035

        def draw(brush: Brush, clock: Clock) -> None:
            canvas = brush.canvas
            canvas.save()
            canvas.translate(
                x + reach * swing(clock.t_s, seed), base + 0.010 * swing(clock.t_s * 1.3, seed + 2)
            )
            canvas.rotate(3.0 * swing(clock.t_s * 0.8, seed) + 1.5 * clock.pulse)
            if brush.softness > 0:  # out of focus
                blur = skia.ImageFilters.Blur(brush.softness, brush.softness)
                canvas.saveLayer(bounds, skia.Paint(ImageFilter=blur))
                canvas.drawPicture(drawn)
                canvas.restore()
            else:
                canvas.drawPicture(drawn)
            canvas.restore()

        last = self.layers[-1]
        self.layers[-1] = replace(last, moves=[*last.moves, draw])

    def _lamp(self, x: float, y: float, radius: float, strength: float) -> None:
        strength *= 0.35 + 0.65 * self._scenery.night
        self._scenery.lamps.append(Lamp(x, y, radius, _FIRE, strength, self._depth, 0.2, 0.5))

    def _take(self, width: float, room: list[Stretch]) -> float | None:
        """Return the middle of free ground of this width, and take it; the wider side first."""
        room.sort(key=lambda stretch: stretch[0] - stretch[1])
        for index, (left, right) in enumerate(room):
            slack = right - left - width
            if slack < -1e-9:
                continue
            share = self._rng.uniform(0.3, 0.6)  # nearer to the people than to the edge
            if is_at_the_left(self._scenery, (left, right)):
                share = 1 - share
            x = left + width / 2 + slack * share
            room[index : index + 1] = [(left, x - width / 2 - _GAP), (x + width / 2 + _GAP, right)]
            return x
        return None


def _recorded(scenery: Scenery, thing: Thing, depth: float, grow: float) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 4))
    paint_thing(Brush(canvas, scenery.palette, depth), scenery, thing, 0.0, 0.0, grow=grow)
    return recorder.finishRecordingAsPicture()
