"""The camera: where it stands for a framing, how it moves during a shot, what each layer sees of that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import skia

REACH = 0.055
"""How far a move goes to either side, in scene units at the figures' plane."""
_STRONGEST = 1.3
_FULL_TURN = 0.3
"""Degrees that an orbit rolls."""


@dataclass(frozen=True)
class Frame:
    """The picture's geometry: size in pixels, pixels in a scene unit, the middle of a wide shot in units."""

    width: int
    height: int
    scale: float
    middle_y: float

    @property
    def margin_px(self) -> int:
        """How much further than the frame layers must reach on all sides, for every move there is."""
        roll = math.radians(_FULL_TURN) * max(self.width, self.height) / 2
        return math.ceil((REACH * _STRONGEST + 0.012) * self.scale + roll) + 2


@dataclass(frozen=True)
class View:
    """Where the camera looks: zoom over the wide shot, the point it centres on at the figures' plane.

    With `deep_focus` all layers stay sharp, as there is no figure to look at.
    """

    zoom: float
    x: float
    y: float
    mirrored: bool = False
    deep_focus: bool = False

    def zoom_at(self, depth: float) -> float:
        """Far layers grow less, as when a camera moves in rather than zooms."""
        return float(self.zoom ** (0.30 + 0.70 * min(1.0, depth)))

    def focus_at(self, depth: float, frame: Frame) -> tuple[float, float]:
        """Return the point at the middle of the picture on the layer of this depth."""
        if self.zoom <= 1.001:
            return self.x * depth, self.y
        share = (1 - 1 / self.zoom_at(depth)) / (1 - 1 / self.zoom)
        return self.x * share, frame.middle_y + (self.y - frame.middle_y) * share


@dataclass(frozen=True)
class Drift:
    """What the move adds in one frame: an offset in units at the figures' plane, zoom, roll in degrees.

    `pivot` is the depth that stays where it is: 0 when the camera slides, so that far things hardly move;
    1 when it circles the figures, so that the world turns behind them; far below 0 when it only turns its
    head, so that everything moves alike.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    roll: float = 0.0
    pivot: float = 0.0

    def slide(self, depth: float) -> float:
        """Return the share of the offset that a layer of this depth moves by."""
        return (min(depth, 1.6) - self.pivot) / max(1.0, abs(1.0 - self.pivot))


@dataclass(frozen=True)
class Move:
    """A camera move: what it changes from its begin to its end, and the words that ask for it.

    x and y are shares of the reach, zooms factors; `arc` is roll in degrees, `shake` how much a hand shakes.
    """

    name: str
    words: str
    x: tuple[float, float] = (0.0, 0.0)
    y: tuple[float, float] = (0.0, 0.0)
    zoom: tuple[float, float] = (1.035, 1.035)
    pivot: float = 0.0
    arc: float = 0.0
    shake: float = 1.0


_TURNED = -4.0
MOVES = (
    Move("pull", "pull, zoom out, dolly out, back away, backs away, widen, reveal", zoom=(1.085, 1.010)),
    Move("orbit", "orbit, circle, circling, arc, around, 360", x=(-0.9, 0.9), zoom=(1.06, 1.04), pivot=1.0,
         arc=_FULL_TURN),
    Move("tilt down", "tilt down, tilts down, look down", y=(-0.62, 0.45), zoom=(1.07, 1.07), pivot=_TURNED),
    Move("tilt up", "tilt, look up", y=(0.45, -0.62), zoom=(1.07, 1.07), pivot=_TURNED),
    Move("crane", "crane, boom, rise, rises, rising, aerial, drone, sweep up", y=(0.5, -0.5),
         zoom=(1.085, 1.045)),
    Move("handheld", "handheld, hand-held, shaky, documentary, running", zoom=(1.05, 1.05), shake=3.2),
    Move("pan left", "pan left, pans left, panning left", x=(1.0, -1.0), zoom=(1.05, 1.05), pivot=_TURNED),
    Move("left", "track left, tracks left, dolly left, slide left, to the left, leftward",
         x=(1.0, -1.0), zoom=(1.05, 1.05)),
    Move("push", "push, zoom in, dolly in, closer, slow zoom, track in, move in, moves in",
         zoom=(1.010, 1.085)),
    Move("pan right", "pan, pans, panning", x=(-1.0, 1.0), zoom=(1.05, 1.05), pivot=_TURNED),
    Move("right", "track, right, tracking, follow, follows, slide, parallax, travelling, traveling",
         x=(-1.0, 1.0), zoom=(1.05, 1.05)),
    Move("dolly", "dolly", zoom=(1.010, 1.085)),
    Move("static", "static, locked, still, tripod, fixed", shake=0.6),
)  # fmt: skip
_BY_NAME = {move.name: move for move in MOVES}
_UNASKED = ("push", "right", "orbit", "pull", "left", "crane")

Focusing = Literal["lens", "deep", "shallow", "rack"]
_FOCUSING: tuple[tuple[Focusing, tuple[str, ...]], ...] = (
    ("rack", ("rack", "focus pull", "pull focus", "pulls focus", "shift focus", "shifts focus")),
    ("deep", ("deep focus", "everything in focus", "all in focus")),
    ("shallow", ("shallow", "bokeh", "blurred background", "soft background", "out of focus")),
)
_RACK = (0.14, 0.50)
"""Between which shares of the shot the focus goes from the background to the figures."""


def move_of(text: str, fallback: int) -> str:
    """Return the move a camera direction asks for, or one chosen by a number."""
    words = text.lower().replace("pull focus", "").replace("focus pull", "")
    for move in MOVES:
        if any(word in words for word in move.words.split(", ")):
            return move.name
    return _UNASKED[fallback % len(_UNASKED)]


def focusing_of(text: str) -> Focusing:
    """Return how the lens is to be focused, by the words of a camera direction."""
    words = text.lower()
    for name, keys in _FOCUSING:
        if any(key in words for key in keys):
            return name
    return "lens"


def racked(share: float) -> float:
    """Return where a racking lens is focused at a share of its shot: 0 the background, 1 the figures."""
    return _eased(min(1.0, max(0.0, (share - _RACK[0]) / (_RACK[1] - _RACK[0]))))


def drift(move: str, share: float, t_s: float, strength: float, pulse: float) -> Drift:
    """Return where a move is at a share (0 to 1) of its shot; always eased, never quite still."""
    plan = _BY_NAME[move]
    gone = 0.8 * _eased(share) + 0.2 * share
    reach = REACH * min(_STRONGEST, strength)
    x, y = (reach * (a + (b - a) * gone) for a, b in (plan.x, plan.y))
    shake_x = 0.0016 * math.sin(t_s * 0.9 + 1.0) + 0.0010 * math.sin(t_s * 1.7)
    shake_y = 0.0013 * math.sin(t_s * 1.1)
    roll = plan.arc * (2 * gone - 1)
    if plan.shake > 1:
        shake_x += 0.0006 * math.sin(t_s * 3.1)
        shake_y += 0.0006 * math.sin(t_s * 2.6)
        roll += 0.25 * math.sin(t_s * 0.8)
    begin, end = (1.01 + (zoom - 1.01) * min(1.0, 0.4 + 0.6 * strength) for zoom in plan.zoom)
    zoom = begin + (end - begin) * gone + 0.006 * pulse
    return Drift(x + plan.shake * shake_x, y + plan.shake * shake_y, zoom, roll, plan.pivot)


def matrix_at(frame: Frame, view: View, drifted: Drift, depth: float) -> skia.Matrix:
    """Return the transform from scene units on a layer to pixels of the frame."""
    zoom = view.zoom_at(depth) * (1 + (drifted.zoom - 1) * (0.35 + 0.65 * depth))
    x, y = view.focus_at(depth, frame)
    x = -x if view.mirrored else x
    slide = drifted.slide(depth) / view.zoom
    pixels = frame.scale * zoom
    matrix = skia.Matrix()
    matrix.setTranslate(frame.width / 2, frame.height / 2)
    if drifted.roll:
        matrix.preRotate(drifted.roll)
    matrix.preScale(pixels, pixels)
    matrix.preTranslate(-(x + drifted.x * slide), -(y + drifted.y * slide))
    if view.mirrored:
        matrix.preScale(-1, 1)
    return matrix


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


REST = Drift()
