"""The camera: where it stands for a framing, how it moves during a shot, what each layer sees of that."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

_MOVES = (
    ("pull", ("pull", "zoom out", "dolly out", "back away", "widen", "reveal")),
    ("push", ("push", "zoom in", "dolly in", "dolly", "closer", "slow zoom", "track in")),
    ("orbit", ("orbit", "circle", "arc", "around", "360")),
    ("crane", ("crane", "boom", "tilt", "rise", "aerial", "drone", "sweep up")),
    ("handheld", ("handheld", "hand-held", "shaky", "documentary", "running")),
    ("left", ("pan left", "track left", "left")),
    ("right", ("pan", "track", "right", "tracking", "follow", "slide")),
    ("static", ("static", "locked", "still", "tripod", "fixed")),
)
_REACH = 0.055


@dataclass(frozen=True)
class Frame:
    """The picture's geometry: size in pixels, pixels in a scene unit, the middle of a wide shot in units."""

    width: int
    height: int
    scale: float
    middle_y: float


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
    """What the move adds in one frame: an offset in units at the figures' plane, zoom, roll in degrees."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    roll: float = 0.0


def move_of(text: str, fallback: int) -> str:
    """Return the move a camera direction asks for, or one chosen by a number."""
    words = text.lower()
    for name, keys in _MOVES:
        if any(key in words for key in keys):
            return name
    return ("push", "right", "orbit", "pull", "left", "crane")[fallback % 6]


def drift(move: str, share: float, t_s: float, strength: float, pulse: float) -> Drift:
    """Return where a move is at a share (0 to 1) of its shot; always eased, never quite still."""
    eased = share * share * (3 - 2 * share)
    swing = (0.8 * eased + 0.2 * share) * 2 - 1
    breath_x = 0.0016 * math.sin(t_s * 0.9 + 1.0) + 0.0010 * math.sin(t_s * 1.7)
    breath_y = 0.0013 * math.sin(t_s * 1.1)
    x, y, zoom, roll = 0.0, 0.0, 1.035, 0.0
    reach = _REACH * strength
    if move == "push":
        zoom = 1.01 + 0.075 * strength * (swing + 1) / 2
    elif move == "pull":
        zoom = 1.01 + 0.075 * strength * (1 - swing) / 2
    elif move in ("left", "right"):
        x, zoom = reach * swing * (1 if move == "right" else -1), 1.05
    elif move == "crane":
        y, zoom = reach * 0.5 * -swing, 1.07
    elif move == "orbit":
        x, zoom, roll = reach * 0.9 * swing, 1.05 - 0.02 * swing * swing, 0.3 * swing
    elif move == "handheld":
        breath_x, breath_y = (
            breath_x * 3.2 + 0.002 * math.sin(t_s * 3.1),
            breath_y * 3.2 + 0.002 * math.sin(t_s * 2.6),
        )
        roll, zoom = 0.25 * math.sin(t_s * 0.8), 1.05
    return Drift(x + breath_x, y + breath_y, zoom + 0.006 * pulse, roll)


def matrix_at(frame: Frame, view: View, drifted: Drift, depth: float) -> skia.Matrix:
    """Return the transform from scene units on a layer to pixels of the frame."""
    zoom = view.zoom_at(depth) * (1 + (drifted.zoom - 1) * (0.35 + 0.65 * depth))
    x, y = view.focus_at(depth, frame)
    x = -x if view.mirrored else x
    slide = depth / view.zoom
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


REST = Drift()
