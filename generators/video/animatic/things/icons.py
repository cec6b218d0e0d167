"""The drawings of things: coloured paths, read once from icons.json.gz."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import skia

from storyboard.generators.video.animatic.palette import RGB, mix, rgb, saturated

_FILE = Path(__file__).with_name("icons.json.gz")
_COMMAND = re.compile(r"([MLCQZ])([^MLCQZ]*)")
_CALM, _WARM, _PAPER = 0.70, 0.10, "#8a6f58"
"""How much of its saturation a colour keeps, and how much of the paint's undertone it takes."""


@dataclass(frozen=True)
class Part:
    """A filled path, or a line of some width where `line_w` is above 0."""

    path: skia.Path
    colour: RGB
    alpha: float
    line_w: float


@dataclass(frozen=True)
class Icon:
    """A drawing: its parts from back to front, and the box around them (left, top, right, bottom)."""

    parts: tuple[Part, ...]
    box: tuple[float, float, float, float]

    @property
    def extent(self) -> float:
        """The larger side of the box."""
        return max(self.width, self.height)

    @property
    def width(self) -> float:
        """Width of the box."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.box[3] - self.box[1]


@cache
def icon_of(name: str) -> Icon:
    """Return the drawing of a name in the table, its colours calmed to those of paint."""
    parts = tuple(
        Part(_path(commands, even_odd=bool(even_odd)), _painted(fill), alpha, float(line_w))
        for fill, alpha, even_odd, commands, line_w in _packed()[name]
    )
    bounds = [part.path.computeTightBounds() for part in parts]
    box = (
        min(each.left() for each in bounds),
        min(each.top() for each in bounds),
        max(each.right() for each in bounds),
        max(each.bottom() for each in bounds),
    )
    return Icon(parts, box)


@cache
def _packed() -> dict[str, list[list[Any]]]:
    packed: dict[str, list[list[Any]]] = json.loads(gzip.decompress(_FILE.read_bytes()))
    return packed


def _path(commands: str, *, even_odd: bool) -> skia.Path:
    path = skia.Path()
    if even_odd:
        path.setFillType(skia.PathFillType.kEvenOdd)
    draw = {"M": path.moveTo, "L": path.lineTo, "C": path.cubicTo, "Q": path.quadTo}
    for letter, numbers in _COMMAND.findall(commands):
        if letter == "Z":
            path.close()
        else:
            draw[letter](*(float(number) for number in numbers.split()))
    return path


def _painted(fill: str) -> RGB:
    return mix(saturated(rgb(fill), _CALM), _PAPER, _WARM)
