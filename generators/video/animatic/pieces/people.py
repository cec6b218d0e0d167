"""People in the background: silhouettes that stand, sit, sway a little and never draw the eye."""

from __future__ import annotations

import math

from storyboard.generators.video.animatic.brush import Brush
from storyboard.generators.video.animatic.palette import Colour
from storyboard.generators.video.animatic.scenery import ADULT, Scenery

_TALL = (0.90, 1.04)
"""Heights of the people, where an adult is 1.0."""


def bystander(s: Scenery, b: Brush, x: float, y: float, tone: Colour, *, scale: float = 1.0) -> None:
    """Paint somebody who stands, as a silhouette with the feet at (x, y)."""
    h = ADULT * scale * s.rng.uniform(*_TALL)
    lean, coat = s.rng.choice((-1, 1)) * h * 0.012, s.rng.random() < 0.45
    b.shadow(x, y, h * 0.14, h * 0.02, 0.3)
    for side in (-1, 1):
        b.line([(x + side * h * 0.035, y - h * 0.46), (x + side * h * 0.045, y)], tone, h * 0.062)
    low = y - h * (0.30 if coat else 0.44)
    b.blob(
        [
            (x - h * 0.085, low),
            (x - h * 0.105, y - h * 0.66),
            (x - h * 0.10 + lean, y - h * 0.82),
            (x + lean, y - h * 0.86),
            (x + h * 0.10 + lean, y - h * 0.82),
            (x + h * 0.105, y - h * 0.66),
            (x + h * 0.085, low),
        ],
        tone,
    )
    _arms(s, b, x + lean, y, h, tone)
    _head(s, b, x + lean * 1.6, y - h * 0.925, h * 0.066, tone)


def sitter(s: Scenery, b: Brush, x: float, seat_y: float, tone: Colour, *, facing: int, scale: float) -> None:
    """Paint somebody who sits, as a silhouette with the hips at (x, seat_y)."""
    h = ADULT * scale * s.rng.uniform(*_TALL)
    knee = x + facing * h * 0.20
    b.line([(x, seat_y - h * 0.03), (knee, seat_y - h * 0.035)], tone, h * 0.085)
    b.line([(knee, seat_y - h * 0.03), (knee - facing * h * 0.01, seat_y + h * 0.22)], tone, h * 0.055)
    b.blob(
        [
            (x - h * 0.085, seat_y),
            (x - h * 0.10, seat_y - h * 0.22),
            (x - h * 0.085, seat_y - h * 0.36),
            (x + facing * h * 0.02, seat_y - h * 0.41),
            (x + h * 0.09, seat_y - h * 0.35),
            (x + h * 0.095, seat_y - h * 0.2),
            (x + h * 0.085, seat_y),
        ],
        tone,
    )
    hand = (x + facing * h * 0.22, seat_y - h * s.rng.uniform(0.13, 0.20))
    b.line(
        [(x + facing * h * 0.05, seat_y - h * 0.33), (x + facing * h * 0.10, seat_y - h * 0.16), hand],
        tone,
        h * 0.045,
    )
    _head(s, b, x + facing * h * 0.03, seat_y - h * 0.475, h * 0.066, tone)


def _arms(s: Scenery, b: Brush, x: float, y: float, h: float, tone: Colour) -> None:
    for side in (-1, 1):
        shoulder = (x + side * h * 0.088, y - h * 0.79)
        if s.rng.random() < 0.22:  # hands together, or holding something
            bent = [shoulder, (x + side * h * 0.125, y - h * 0.62), (x + side * h * 0.02, y - h * 0.60)]
        else:
            bent = [shoulder, (x + side * h * 0.118, y - h * 0.62), (x + side * h * 0.105, y - h * 0.46)]
        b.line(bent, tone, h * 0.045, smooth=True)


def _head(s: Scenery, b: Brush, x: float, y: float, r: float, tone: Colour) -> None:
    b.line([(x, y), (x, y + r * 1.5)], tone, r * 0.9)
    b.oval(x, y, r * 0.86, r, tone)
    kind = s.rng.randrange(5)
    if kind == 0:
        b.oval(x, y - r * 0.35, r * 1.02, r * 0.82, tone)
        angle = s.rng.choice((-1, 1))
        b.oval(x + angle * r * 0.7, y + r * 0.6, r * 0.4, r * 0.9, tone)
    elif kind == 1:
        b.circle(x, y - r * 1.12, r * 0.42, tone)
    elif kind == 2:
        b.oval(x, y - r * 0.62, r * 1.45, r * 0.22, tone)
        b.rect(x - r * 0.72, y - r * 1.35, r * 1.44, r * 0.8, tone, r=r * 0.25)
    elif kind == 3:
        for k in range(7):
            at = math.pi * (1.0 + k / 6)
            b.circle(x + math.cos(at) * r * 0.8, y + math.sin(at) * r * 0.7, r * 0.42, tone)
