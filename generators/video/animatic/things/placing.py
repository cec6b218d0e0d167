"""Placing: where the things of a scene stand, lie, hang and fly, clear of the people."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import skia

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.scenery import Clock, Lamp, Layer, Scenery
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
_PETS = ("dog", "poodle", "cat", "black-cat", "rabbit")
_STRANGE = re.compile(r"\b(stray|wild|alley|street|neighbou?r\w*)\b", re.IGNORECASE)


def place_things(
    scenery: Scenery,
    scene: Scene,
    rng: random.Random,
    cast: Sequence[Standing] | None = None,
    lyrics: Sequence[str] = (),
) -> None:
    """Paint the things that a scene names into its set, except those that somebody holds.

    Inside a car, where something is drawn before the figures in every view, nothing is placed.

    Args:
        scenery: painted and closed; its last layer behind the figures takes them.
        scene: whose words name them.
        rng: decides what the words leave open.
        cast: the actors on their marks; without them room is left wherever they may stand.
        lyrics: the sung lines that it carries, which name things as well.
    """
    held = {held_thing(scene, name) for name in scene.characters}
    things = [thing for thing in things_of(scene, lyrics) if thing not in held and thing.where != "p"]
    things = [thing for thing in things if thing.icon not in _PETS or _is_nobodys(scene, lyrics)]
    stage = max((i for i, layer in enumerate(scenery.layers) if layer.depth <= 1.0), default=-1)
    if not things or stage < 0 or any(layer.kept for layer in scenery.layers):
        return
    free = guessed_ground(scenery, len(scene.characters)) if cast is None else free_ground(scenery, cast)
    stagehand = _Stagehand(scenery, scenery.layers[stage], free, rng)
    stagehand.set_out(things)
    scenery.layers[stage : stage + 1] = stagehand.layers


def _is_nobodys(scene: Scene, lyrics: Sequence[str]) -> bool:
    """Whether an animal in the words is a stranger's: one of the story's has a sheet, and is not drawn so."""
    told = " ".join((scene.title, scene.setting, scene.actions, scene.plot, *lyrics))
    return bool(_STRANGE.search(told))


class _Stagehand:
    """Sets things out on one layer: large ones at the sides, small ones on a stand, light ones in the air."""

    def __init__(self, scenery: Scenery, layer: Layer, free: list[Stretch], rng: random.Random) -> None:
        self.layers = [layer]
        self._scenery = scenery
        self._depth = layer.depth
        self._rng = rng
        self._free = list(free)

    def set_out(self, things: list[Thing]) -> None:
        """Put every thing in its place; what finds no room is left out."""
        for thing in sorted((each for each in things if each.where in "gf"), key=lambda each: -each.size_m):
            self._on_the_ground(thing)
        small = [thing for thing in things if thing.is_small]
        if small:
            self._on_a_stand(small)
        flying = "a" if self._scenery.indoor else "as"
        for index, thing in enumerate(each for each in things if each.where in flying):
            self._in_the_air(thing, index)

    @contextmanager
    def _painting(self) -> Iterator[Brush]:
        """Lend a brush on the last layer, or on a new one where something moves on that."""
        last = self.layers[-1]
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 4))
        if not last.moves:
            canvas.drawPicture(last.picture)
        yield Brush(canvas, self._scenery.palette, self._depth)
        picture = recorder.finishRecordingAsPicture()
        if last.moves:
            self.layers.append(replace(last, picture=picture, moves=[]))
        else:
            self.layers[-1] = replace(last, picture=picture)

    def _on_the_ground(self, thing: Thing) -> None:
        """Stand a thing beside the people; one that finds no room there stands farther back, and smaller."""
        grow = min(1.0, max((right - left for left, right in self._free), default=0.0) / extent_of(thing)[0])
        if grow < (_FARTHEST if thing.size_m > _LARGE_M else _NEARLY):
            return
        width, height = extent_of(thing, grow)
        x = self._take(width)
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

    def _on_a_stand(self, things: list[Thing]) -> None:
        """Put small things side by side on one table, crate or stump; fewer where there is less room."""
        while things:
            widths = [extent_of(thing)[0] for thing in things]
            whole = max(0.19, sum(widths) + _GAP * (len(things) + 1))
            x = self._take(whole)
            if x is not None:
                break
            things = things[:-1]
        else:
            return
        at = x - sum(widths) / 2 - _GAP * (len(things) - 1) / 2
        with self._painting() as brush:
            paint_stand(brush, self._scenery, x, 0.0, whole)
            for thing, width in zip(things, widths, strict=True):
                self._lay_down(brush, thing, at + width / 2, width)
                at += width + _GAP

    def _lay_down(self, brush: Brush, thing: Thing, x: float, width: float) -> None:
        base = 0.004 - stand_height(self._scenery) + self._rng.uniform(0.0, 0.008)
        brush.shadow(x, base, width * 0.46, 0.006, 0.45)
        paint_thing(brush, self._scenery, thing, x, base)
        if thing.shines:
            height = extent_of(thing)[1]
            self._lamp(x, base - height * 0.8, 0.10 + height * 0.6, 0.42)

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

    def _take(self, width: float) -> float | None:
        """Return the middle of free ground of this width, and take it; the wider side first."""
        self._free.sort(key=lambda room: room[0] - room[1])
        for index, (left, right) in enumerate(self._free):
            slack = right - left - width
            if slack < -1e-9:
                continue
            share = self._rng.uniform(0.3, 0.6)  # nearer to the people than to the edge
            x = (
                left
                + width / 2
                + slack * (1 - share if is_at_the_left(self._scenery, (left, right)) else share)
            )
            self._free[index : index + 1] = [(left, x - width / 2 - _GAP), (x + width / 2 + _GAP, right)]
            return x
        return None


def _recorded(scenery: Scenery, thing: Thing, depth: float, grow: float) -> skia.Picture:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 4))
    paint_thing(Brush(canvas, scenery.palette, depth), scenery, thing, 0.0, 0.0, grow=grow)
    return recorder.finishRecordingAsPicture()
