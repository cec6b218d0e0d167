"""Fixtures: the furniture under the hands of a figure, by the name that its pose gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storyboard.generators.video.animatic.figure import furniture
from storyboard.generators.video.animatic.figure.hands import fist_of, mouth_of
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import Point


@contextmanager
def _in_heights(rig: Rig) -> Iterator[float]:
    """Scale the canvas to the figure's height, which is returned."""
    size, px = rig.body.height, rig.brush.px
    rig.brush.canvas.save()
    rig.brush.canvas.scale(size, size)
    rig.brush.px = px * size
    yield size
    rig.brush.px = px
    rig.brush.canvas.restore()


def _keyboard(rig: Rig) -> None:
    with _in_heights(rig):
        furniture.draw_keyboard(rig.brush, rig.looks.seed)


def _wheel(rig: Rig) -> None:
    with _in_heights(rig):
        furniture.draw_wheel(rig.brush)


def _stove(rig: Rig) -> None:
    with _in_heights(rig) as size:
        near, far = (_scaled(fist_of(rig, near), size) for near in (True, False))
        furniture.draw_stove(rig.brush, rig.looks.seed, (near, far), rig.t_s)


def _mic_stand(rig: Rig) -> None:
    with _in_heights(rig) as size:
        furniture.draw_mic_stand(rig.brush, _scaled(fist_of(rig, False), size), _scaled(mouth_of(rig), size))


def _scaled(point: Point, size: float) -> Point:
    return (point[0] / size, point[1] / size)


FIXTURES: dict[str, Callable[[Rig], None]] = {
    "piano": _keyboard,
    "wheel": _wheel,
    "pan": _stove,
    "mic_stand": _mic_stand,
}
"""What draws a fixture between a figure's body and its arms, by name."""
