"""Scenery: what a setting builds. Layers from far to near, lamps, things that move, where people stand.

Scene units: the ground line is y = 0, up is negative; an adult is 0.58 tall; x = 0 is the middle of the
frame. The picture shows x from -w to w and y from top to bottom in a wide shot; layers reach further, by
`pad`. `centre` is where the figures gather, as a share of w.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import skia

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import Colour, Palette

ADULT = 0.58
GROUND = 0.80
"""Where the ground line lies in a wide frame, as a share of its height from the top."""

Season = Literal["spring", "summer", "autumn", "winter"]


@dataclass(frozen=True)
class Clock:
    """When a frame is: seconds, beats since the clip began, the pulse a downbeat leaves (1 to 0)."""

    t_s: float
    beat: float
    pulse: float


Move = Callable[[Brush, Clock], None]


@dataclass
class Layer:
    """One plane of the set. Depth 0 is infinitely far, 1 where the figures stand, above 1 nearer."""

    depth: float
    softness: float
    picture: skia.Picture
    moves: list[Move]
    kept: bool = False
    """Whether a layer before the figures stays in close views too, as a dashboard does."""
    nearer: bool = False
    """Whether it stands before those who pass behind the figures, and hides them."""


@dataclass(frozen=True)
class Lamp:
    """A source of light, in scene units.

    `pulse` is how strongly it answers the downbeat, `flicker` how unsteady it is, 0 to 1.
    """

    x: float
    y: float
    radius: float
    colour: Colour
    strength: float
    depth: float
    pulse: float = 0.25
    flicker: float = 0.0


@dataclass
class Scenery:
    """The set under construction."""

    palette: Palette
    rng: random.Random
    w: float
    top: float
    bottom: float
    pad: float = 0.16
    layers: list[Layer] = field(default_factory=list)
    lamps: list[Lamp] = field(default_factory=list)
    seat: str = "chair"
    centre: float = 0.0
    seated: bool = False
    key_light: Colour | None = None
    key_side: Literal[-1, 1] = 1
    floor_gloss: float = 0.0
    indoor: bool = False
    weathered: bool = True
    said: str = ""
    """The words of the setting in small letters: what they name in particular, a place can show."""
    done: frozenset[str] = frozenset()
    """What the people of the scene do, as actions are called."""
    filled: list[tuple[float, float]] = field(default_factory=list)
    """Stretches of ground, left and right end, on which the place has something that is to be seen whole."""
    season: Season = "summer"
    storm: bool = False
    thunder: int = 2
    """Beats until the first lightning of a storm."""
    _open: list[tuple[skia.PictureRecorder, float, float, list[Move], bool, bool]] = field(
        default_factory=list
    )

    @property
    def left(self) -> float:
        """Left end of what a layer must cover."""
        return -self.w - self.pad

    @property
    def right(self) -> float:
        """Right end of what a layer must cover."""
        return self.w + self.pad

    @property
    def span(self) -> float:
        """Width of what a layer must cover."""
        return 2 * (self.w + self.pad)

    @property
    def high(self) -> float:
        """Upper end of what a layer must cover."""
        return self.top - self.pad

    @property
    def low(self) -> float:
        """Lower end of what a layer must cover."""
        return self.bottom + self.pad

    @property
    def night(self) -> float:
        """How much the lamps are on, 0 to 1."""
        return self.palette.lamps

    def about(self, share: float, by: float = 0.05) -> float:
        """Return a place across the frame near a share of its half width, elsewhere for every seed."""
        return self.w * (share + self.rng.uniform(-by, by))

    def layer(
        self, depth: float, *, softness: float = 0.0, kept: bool = False, nearer: bool = False
    ) -> Brush:
        """Begin the next nearer layer and return its brush; softness is a blur radius in units.

        Layers before the figures (deeper than 1) are left out of close views unless `kept`;
        those who pass behind the figures are behind a `nearer` one too.
        """
        self.close()
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-4, -4, 4, 4))
        self._open.append((recorder, depth, softness, [], kept, nearer))
        return Brush(canvas, self.palette, depth)

    def move(self, draw: Move) -> None:
        """Add something that is drawn anew in every frame, on top of the layer begun last."""
        self._open[-1][3].append(draw)

    def lamp(
        self,
        x: float,
        y: float,
        radius: float,
        colour: Colour,
        strength: float = 0.5,
        *,
        pulse: float = 0.25,
        flicker: float = 0.0,
    ) -> None:
        """Add a glowing source on the layer begun last."""
        self.lamps.append(Lamp(x, y, radius, colour, strength, self._open[-1][1], pulse, flicker))

    def close(self) -> None:
        """End the layer begun last."""
        while self._open:
            recorder, depth, softness, moves, kept, nearer = self._open.pop()
            picture = recorder.finishRecordingAsPicture()
            self.layers.append(Layer(depth, softness, picture, moves, kept, nearer))
